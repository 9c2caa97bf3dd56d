"""A union ends, and nothing of it hangs in the air: its settlement, its founding, its election, its chair, its offices."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from niangjia.files.api import papers
from niangjia.flow.api import clocks, ring
from niangjia.flow.models import Clock, Move
from niangjia.gazette.api import notices_of
from niangjia.kit.dates import add_months, at, moved_to, now, today
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until, year
from niangjia.notices.models import Message
from niangjia.unions import actions
from niangjia.unions.actions import ending, founding, units, vacant
from niangjia.unions.enums import Poll, Way
from niangjia.unions.models import Body, Cover, Election, Employer, Founding, Office, Settlement, Union, open_on
from niangjia.unions.tests.electing import posted
from niangjia.unions.tests.test_founding import applied, clue
from niangjia.worklog.api import Asked, evaluate, post
from tests.town import credit

pytestmark = pytest.mark.django_db(transaction=True)


def fresh(union):
    return Union.objects.get(pk=union.pk)


def counted(name, union, day=None):
    post()
    return evaluate(FIGURES[name].plan, Asked(until(day or today()), union.pk, "today"))


def waiting(union):
    """The clocks that run on a union, besides that of its term."""
    return {one.code for one in clocks(fresh(union))} - {"UN-D1"}


# ---------- the settlement ----------


def test_what_a_union_leaves_is_settled_by_the_office_above_with_its_paper(town, as_):
    page = f"/unions/{town.firm.code}/"
    said = {"on": str(today()), "retained": "no", "reason": "企业注销"}
    assert as_(town.north_org).post(f"{page}step/abolish/", said).status_code == 303
    firm = fresh(town.firm)
    assert (firm.state, firm.settle_by, waiting(firm)) == ("ABOLISHED", add_months(today(), 3), {"UN-D5"})
    row = Settlement.objects.get(union=firm)
    assert (row.heir, row.retained, row.until) == (town.hill, False, None)
    assert Clock.objects.get(code="UN-D5", stopped_at=None).union_id == town.hill.pk
    assert Message.objects.filter(what="union-to-settle", to=town.hill_chair).count() == 1
    assert counted("unions.settling", town.north) == 1
    assert firm.name in as_(town.north_org).get("/unions/?view=settling").content.decode()
    assert "UN-D5" not in waiting(town.mill)
    assert "settle/" in as_(town.hill_chair).get(page).content.decode()

    gone = {"on": str(today()), "assets": "余款2万元，交煤山镇总工会。", "account_closed_on": str(today())}
    assert as_(town.north_rights).post(f"{page}settle/", gone).status_code == 403
    assert as_(town.hill_chair).post(f"{page}settle/", gone).status_code == 422  # a legal person: the day of its cancelling is missing
    gone |= {
        "cancelled_on": str(today()),
        "paper": SimpleUploadedFile("清算报告.pdf", b"%PDF-1.4\n%\xe2\xe3\n1 0 obj\n<<>>\nendobj\n%%EOF"),
    }
    assert as_(town.hill_chair).post(f"{page}settle/", gone).status_code == 303
    row.refresh_from_db()
    assert (row.until, row.cancelled_on, [one.name for one in papers(row)]) == (today(), today(), ["清算报告.pdf"])
    assert waiting(firm) == set()
    assert Move.objects.filter(kind="unions.union", thing_id=firm.pk, verb="settle").count() == 1
    assert "余款2万元" in as_(town.hill_chair).get(page).content.decode()
    assert counted("unions.settling", town.north) == 0
    with pytest.raises(RuleBroken):
        ending.settle(fresh(firm), on=today(), assets="无", by=town.hill_chair)


def test_a_settlement_says_what_there_was_and_on_days_that_have_come(town):
    ending.abolish(town.firm, on=today(), reason="企业注销", by=town.north_org)
    for wrong in ({"assets": " "}, {"on": today() + timedelta(days=1)}, {"cancelled_on": today() - timedelta(days=1)}):
        with pytest.raises(RuleBroken):
            ending.settle(fresh(town.firm), **{"on": today(), "assets": "无", "cancelled_on": today()} | wrong, by=town.hill_chair)
    with pytest.raises(Refused):
        ending.settle(fresh(town.firm), on=today(), assets="无", cancelled_on=today(), by=town.south_org)


def test_nobody_is_left_to_a_union_that_has_ended(town):
    ending.abolish(town.mill, on=today(), reason="企业注销", by=town.north_org)
    with pytest.raises(RuleBroken):
        ending.abolish(town.firm, on=today(), reason="企业注销", heir=fresh(town.mill), by=town.north_org)
    with pytest.raises(IllegalStep):
        ending.abolish(fresh(town.mill), on=today(), reason="x", by=town.north_org)


# ---------- what was under way ----------


def test_a_founding_whose_union_is_abolished_ends_and_the_employer_may_be_followed_again(town):
    one = founding.grant(applied(town), on=today(), grant_no="煤总工〔2026〕3号", by=town.hill_chair)
    ending.abolish(one.union, on=today(), reason="企业注销", by=town.north_org)
    one = Founding.objects.get(pk=one.pk)
    assert (one.state, clocks(one)) == (Way.WITHDRAWN, [])
    assert clue(town).state == Way.CLUE


def test_a_founding_is_ended_after_its_union_was_founded_too(town):
    one = founding.grant(applied(town), on=today(), grant_no="煤总工〔2026〕3号", by=town.hill_chair)
    actions.approve(one.union, on=today(), approval_no="煤总工〔2026〕4号", by=town.north_org)
    assert {clock.code for clock in clocks(Founding.objects.get(pk=one.pk))} == {"FD-D4"}
    ending.abolish(fresh(one.union), on=today(), reason="企业注销", by=town.north_org)
    assert (Founding.objects.get(pk=one.pk).state, clocks(one)) == (Way.WITHDRAWN, [])


def test_what_is_given_up_ends_its_union_once(town):
    one = founding.grant(applied(town), on=today(), grant_no="煤总工〔2026〕3号", by=town.hill_chair)
    founding.give_up(Founding.objects.get(pk=one.pk), reason="单位不办了。", by=town.hill_chair)
    assert [Founding.objects.get(pk=one.pk).state, fresh(one.union).state] == ["WITHDRAWN", "ABOLISHED"]
    assert list(Move.objects.filter(kind="unions.founding", thing_id=one.pk).values_list("verb", flat=True))[-1] == "give-up"


def test_an_election_of_a_union_that_ends_leads_nowhere_and_its_notice_comes_down(town):
    one = posted(town)
    ending.abolish(fresh(one.union), on=today(), reason="企业注销", by=town.north_org)
    one = Election.objects.get(pk=one.pk)
    assert (one.state, clocks(one)) == (Poll.WITHDRAWN, [])
    assert [notice.running for notice in notices_of(one)] == [False]


# ---------- a vacant chair, an office to hand over ----------


def test_a_vacant_chair_has_a_clock_on_the_desk_above_that_climbs(town, as_):
    office = Office.objects.get(union=town.firm, duty="chair")
    actions.dismiss(office, on=today(), by=town.hill_chair)
    firm = fresh(town.firm)
    assert (firm.chair_by, waiting(firm)) == (add_months(today(), 3), {"UN-D6"})
    assert firm.name in as_(town.hill_chair).get("/unions/?view=vacant").content.decode()
    clock = Clock.objects.get(code="UN-D6", stopped_at=None)
    assert (clock.union_id, clock.duty) == (town.hill.pk, "organisation")
    with moved_to(at(firm.chair_by) + timedelta(days=1, hours=1)):
        ring()
    told = Message.objects.filter(what="chair-vacant-late")
    assert {one.to for one in told} == {town.north_org}
    actions.appoint(firm, name="何新任", duty="chair", post="主席", since=today(), by=town.hill_chair)
    assert (fresh(firm).chair_by, waiting(firm)) == (None, {"UN-D4"})  # another legal representative


def test_who_takes_over_at_once_leaves_no_vacancy(town):
    office = Office.objects.get(union=town.firm, duty="chair")
    actions.hand_over(office, on=today(), name="何新任", by=town.hill_chair)
    assert fresh(town.firm).chair_by is None
    assert not Clock.objects.filter(code="UN-D6").exists()


def test_chairs_that_stood_empty_before_get_their_clock_once(town):
    Office.objects.filter(union__in=[town.firm, town.mill], duty="chair").delete()  # as before there was a clock: nobody was asked
    Office.objects.create(union=town.mill, name="何候任", duty="chair", post="主席", since=today() + timedelta(days=3))
    assert (waiting(town.firm), fresh(town.firm).chair_by) == (set(), None)
    without = vacant.find_vacant()
    assert (waiting(town.firm), fresh(town.firm).chair_by) == ({"UN-D6"}, add_months(today(), 3))
    assert (waiting(town.mill), fresh(town.mill).chair_by) == (set(), None)  # hers from a later day on
    assert waiting(town.city) == set()  # nobody stands above it
    living = Union.objects.exclude(parent=None)
    assert without == living.exclude(chair_by=None).count()
    clock = Clock.objects.get(code="UN-D6", thing_id=town.firm.pk)
    with moved_to(now() + timedelta(days=40)):
        assert vacant.find_vacant() == 0
    assert Clock.objects.get(code="UN-D6", thing_id=town.firm.pk).due_at == clock.due_at


def test_a_union_that_is_prepared_or_has_ended_has_no_vacant_chair(town):
    Office.objects.filter(union=town.firm, duty="chair").delete()
    Union.objects.filter(pk=town.firm.pk).update(state="ABOLISHED", closed_on=today())
    vacant.find_vacant()
    assert fresh(town.firm).chair_by is None


def test_a_chair_who_left_is_to_be_handed_over_and_is_back_when_she_is(town, as_):
    assert vacant.holder_left(town.firm_chair, town.firm, on=today(), by=town.north_org) == 1
    office = Office.objects.get(union=town.firm, duty="chair")
    assert (office.until, office.left_on, waiting(town.firm)) == (None, today(), {"UN-D6"})
    assert {one.to for one in Message.objects.filter(what="office-to-hand-over")} == {town.hill_chair}
    assert f"offices/{office.uuid}/" in as_(town.hill_chair).get(f"/unions/{town.firm.code}/").content.decode()
    assert vacant.holder_left(town.firm_chair, town.firm, on=today(), by=None) == 0  # told once
    vacant.holder_back(town.firm_chair, town.firm)
    office.refresh_from_db()
    assert (office.left_on, waiting(town.firm)) == (None, set())


# ---------- codes, days, employers ----------


def test_a_code_that_is_another_unions_is_a_sentence_and_no_fault(town, as_):
    page = f"/unions/{town.firm.code}/facts/"
    said = {"name": town.firm.name, "short_name": town.firm.short_name, "uscc": town.mill.uscc}
    assert as_(town.firm_chair).post(page, said).status_code == 422
    assert as_(town.firm_chair).post(page, said | {"uscc": credit(5)}).status_code == 422  # an employer's
    late = town.firm.term_end + timedelta(days=1)
    assert as_(town.firm_chair).post(page, said | {"uscc": town.firm.uscc, "legal_until": str(late)}).status_code == 422
    assert as_(town.firm_chair).post(page, said | {"uscc": town.firm.uscc, "legal_until": str(town.firm.term_end)}).status_code == 303
    assert fresh(town.firm).legal_until == town.firm.term_end


UNIT = {"name": "煤山百草有限公司", "category": "190", "industry": "C", "employees": 8}


def test_a_cover_is_neither_ahead_nor_before_the_founding(town):
    for day in (today() + timedelta(days=1), town.firm.founded_on - timedelta(days=1)):
        with pytest.raises(RuleBroken):
            units.cover(town.firm, uscc=credit(77), since=day, by=town.firm_chair, **UNIT)
    one = units.cover(town.firm, uscc=credit(77), since=date(2020, 1, 1), by=town.firm_chair, **UNIT)
    with pytest.raises(RuleBroken):
        units.uncover(one, on=today() + timedelta(days=1), by=town.firm_chair)


def test_a_body_is_exempt_by_a_paper_begins_on_a_day_that_has_come_and_ends_with_a_reason(town, as_):
    page = f"/unions/{town.firm.code}/bodies/"
    ahead, before = today() + timedelta(days=1), town.firm.founded_on - timedelta(days=1)
    for wrong in ({"since": str(ahead)}, {"since": str(before)}, {"form": "EXEMPT"}):
        said = {"kind": "WOMEN", "form": "COMMITTEE", "since": str(today())} | wrong
        assert as_(town.firm_chair).post(page, said).status_code == 422, wrong
    said = {"kind": "WOMEN", "form": "EXEMPT", "basis": "煤总工〔2025〕6号", "since": "2025-03-01"}
    assert as_(town.firm_chair).post(page, said).status_code == 303
    assert "煤总工〔2025〕6号" in as_(town.firm_chair).get(f"/unions/{town.firm.code}/").content.decode()
    assert as_(town.firm_chair).post(f"{page}WOMEN/", {"on": str(today()), "why": ""}).status_code == 422
    assert as_(town.mill_chair).post(f"{page}WOMEN/", {"on": str(today()), "why": "x"}).status_code == 404
    assert as_(town.firm_chair).post(f"{page}WOMEN/", {"on": str(today()), "why": "女职工增至30人"}).status_code == 303
    assert not Body.objects.filter(open_on(today()), union=town.firm, kind="WOMEN").exists()
    assert as_(town.firm_chair).get(f"{page}WOMEN/").status_code == 404


def test_nothing_of_a_union_counts_before_the_union_does(town):
    one = founding.grant(applied(town), on=today(), grant_no="煤总工〔2026〕3号", by=town.hill_chair)
    units, bodies = counted("unions.units", town.hill), counted("unions.women.bodies", town.hill)
    Body.objects.create(union=one.union, kind="WOMEN", since=today() - timedelta(days=30))
    assert (counted("unions.units", town.hill), counted("unions.women.bodies", town.hill)) == (units, bodies)
    actions.approve(one.union, on=today() - timedelta(days=2), approval_no="煤总工〔2026〕4号", by=town.north_org)
    assert (counted("unions.units", town.hill), counted("unions.women.bodies", town.hill)) == (units + 1, bodies + 1)
    assert counted("unions.women.bodies", town.hill, today() - timedelta(days=3)) == bodies


def test_a_union_that_is_entered_afterwards_has_its_employer(town, as_):
    page = f"/unions/{town.hill.code}/unions/"
    said = {"name": "煤山百草有限公司工会委员会", "kind": "20", "term_years": "3", "category": "190", "industry": "C"}
    assert as_(town.hill_chair).post(page, said).status_code == 422
    said |= {"uscc": credit(77), "unit": "煤山百草有限公司", "employees": "8"}
    assert as_(town.hill_chair).post(page, said).status_code == 303
    made = Union.objects.get(name=said["name"])
    assert (made.employer.uscc, made.employer.category, made.employer.employees) == (credit(77), "190", 8)
    assert Cover.objects.filter(union=made, employer=made.employer, until=None).count() == 1
    assert as_(town.hill_chair).post(page, said | {"name": "煤山百草工会委员会"}).status_code == 422  # it has one already
    none = counted("returns.category.none", town.hill)
    actions.approve(made, on=today(), approval_no="煤总工〔2026〕9号", by=town.north_org)
    assert counted("returns.category.domestic", town.hill) == 1
    assert counted("returns.category.none", town.hill) == none


def test_the_first_unit_of_a_union_of_one_unit_is_its_employer(town):
    made = actions.found(town.hill, actions.Facts("煤山旧有工会委员会", "20"), by=town.north_org)
    units.cover(made, uscc=credit(77), since=today(), by=town.north_org, **UNIT)
    assert fresh(made).employer == Employer.objects.get(uscc=credit(77))


# ---------- figures, workbooks ----------


def test_certificates_and_terms_that_have_run_out_are_counted_by_the_day(town):
    Union.objects.filter(pk=town.firm.pk).update(legal_from=date(2024, 1, 1), legal_until=today())
    Union.objects.filter(pk=town.mill.pk).update(term_end=today() - timedelta(days=1))
    assert counted("unions.legal", town.hill) == 1
    assert counted("unions.legal.rate", town.hill) == 50
    assert counted("unions.legal", town.hill, today() + timedelta(days=1)) == 0
    assert counted("unions.legal", town.hill, date(2023, 12, 31)) == 0
    assert counted("unions.overdue", town.hill) == 1
    assert counted("unions.overdue.rate", town.hill) == 50
    assert counted("unions.overdue", town.hill, today() - timedelta(days=1)) == 0


@pytest.mark.parametrize(("page", "head"), [("foundings", "JH-"), ("elections", "XJ-")])
def test_foundings_and_elections_are_taken_away_as_the_list_shows_them(town, as_, page, head):
    applied(town)
    posted(town)
    book = load_workbook(BytesIO(b"".join(as_(town.north_org).get(f"/unions/{page}/export/").streaming_content)))
    rows = list(book.active.iter_rows(values_only=True))
    assert len([row for row in rows if str(row[0]).startswith(head)]) == 1
    book = load_workbook(BytesIO(b"".join(as_(town.south_org).get(f"/unions/{page}/export/").streaming_content)))
    assert not [row for row in book.active.iter_rows(values_only=True) if str(row[0]).startswith(head)]
    for other in ("reorganisations", "taxpayers/lists"):
        assert as_(town.north_org).get(f"/unions/{other}/export/").status_code == 200
    assert counted("unions.elections.held", town.north) == 0


def test_what_was_agreed_to_is_counted_by_its_day(town):
    founding.grant(applied(town), on=today(), grant_no="煤总工〔2026〕3号", by=town.hill_chair)

    post()
    assert evaluate(FIGURES["unions.foundings.granted"].plan, Asked(year(today().year), town.north.pk)) == 1
