"""Certificates of legal persons: issued anew, replaced after a loss, cancelled; and their register."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from niangjia.files.api import papers
from niangjia.flow.api import clocks, story
from niangjia.kit.dates import today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.unions import actions
from niangjia.unions.actions import certificates
from niangjia.unions.models import Certification, Union

pytestmark = pytest.mark.django_db(transaction=True)
PDF = b"%PDF-1.4\n%\xe2\xe3\n1 0 obj\n<<>>\nendobj\n%%EOF"


def paper():
    return SimpleUploadedFile("申请表.pdf", PDF)


def fresh(union):
    return Union.objects.get(pk=union.pk)


def issued(town, *, by=None, **more):
    facts = {
        "what": "RENEWED",
        "on": today(),
        "certificate_no": "浙E0599007",
        "until": town.firm.term_end,
        "paper": paper(),
        "name": "申请表.pdf",
    }
    return certificates.issue(fresh(town.firm), **facts | more, by=by or town.hill_chair)


def test_a_certificate_is_issued_in_the_place_of_another(town):
    actions.correct(town.firm, certificate_no="浙E0599001", legal_until=today() + timedelta(days=9), by=town.firm_chair)
    one = issued(town)
    firm = fresh(town.firm)
    assert (firm.certificate_no, firm.legal_until, one.old_no) == ("浙E0599007", town.firm.term_end, "浙E0599001")
    assert [row.name for row in papers(one)] == ["申请表.pdf"]
    assert [line.verb for line in story(firm)][-1] == "certify"


def test_after_a_change_of_entries_the_change_is_filed_with_it(town):
    actions.correct(town.firm, address="煤山镇示例路9号", by=town.firm_chair)
    assert fresh(town.firm).entries_by is not None
    issued(town, what="CHANGED")
    assert (fresh(town.firm).entries_by, "UN-D4" in {clock.code for clock in clocks(fresh(town.firm))}) == (None, False)


def test_a_lost_certificate_is_made_public_first(town):
    with pytest.raises(RuleBroken):
        issued(town, what="LOST")
    assert issued(town, what="LOST", notice="湖州日报2026年11月20日").notice == "湖州日报2026年11月20日"


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": "CANCELLED"}, {"certificate_no": " "}, {"until": today()}, {"paper": None}, {"on": today() + timedelta(days=1)},
        {"until": today() + timedelta(days=9000)},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(town, wrong):
    with pytest.raises(RuleBroken):
        issued(town, **wrong)
    assert not Certification.objects.exists()


def test_only_the_office_above_issues(town):
    for by in (town.firm_chair, town.south_org, town.north_rights):
        with pytest.raises(Refused):
            issued(town, by=by)


def test_a_legal_person_is_cancelled_and_its_union_goes_on(town, as_):
    actions.correct(town.firm, legal_until=town.firm.term_end, by=town.firm_chair)
    assert "UN-D2" in {clock.code for clock in clocks(fresh(town.firm))}
    with pytest.raises(RuleBroken):
        certificates.cancel(town.firm, on=today(), why=" ", paper=paper(), by=town.hill_chair)
    page = f"/unions/{town.firm.code}/certificate/cancel/"
    assert as_(town.firm_chair).get(page).status_code == 403
    said = {"on": str(today()), "why": "并入集团工会账户。"}
    assert as_(town.hill_chair).post(page, said).status_code == 422
    assert as_(town.hill_chair).post(page, said | {"paper": paper()}).status_code == 303
    firm = fresh(town.firm)
    assert (firm.state, firm.cancelled_on, firm.legal_until) == ("NORMAL", today(), today())
    assert "UN-D2" not in {clock.code for clock in clocks(firm)}
    with pytest.raises(RuleBroken):
        issued(town)
    actions.correct(firm, legal_until=town.firm.term_end, by=town.firm_chair)  # registered anew
    assert fresh(town.firm).cancelled_on is None


def test_the_register_is_narrowed_and_exported(town, as_):
    actions.correct(town.firm, legal_until=today() + timedelta(days=9), by=town.firm_chair)
    actions.correct(town.mill, legal_until=today() + timedelta(days=400), by=town.mill_chair)
    Union.objects.filter(pk=town.mill.pk).update(legal_until=today() - timedelta(days=1))

    def those(query):
        page = as_(town.north_org).get(f"/unions/certificates/{query}").content.decode()
        return {name for name in ("firm", "mill", "shop") if town.unions[name].name in page}

    assert those("") == {"firm", "mill"}
    assert those("?view=soon") == {"firm"}
    assert those("?view=over") == {"mill"}
    assert those(f"?q={town.mill.uscc}") == {"mill"}
    assert those("?view=gone") == set()
    assert as_(town.north_org).get("/unions/certificates/export/").status_code == 200
