"""Until when workers may go to arbitration: what begins the year anew, when none runs, and the clock that warns (art. 27)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from niangjia.flow.api import clocks
from niangjia.kit.dates import CHINA, day_of, moved_to, today
from niangjia.members.models import Membership
from niangjia.rights import actions
from niangjia.rights.enums import PauseKind
from niangjia.rights.queries import admission_of, limit_of, limitation_of
from niangjia.rights.tests.conftest import number

pytestmark = pytest.mark.django_db


def at(year, month, day):
    return moved_to(datetime(year, month, day, 10, tzinfo=CHINA))


def running(dispute):
    return next((day_of(one.due_at) for one in clocks(dispute) if one.code == "RD-D5"), None)


def reckoned(dispute, by, **said):
    facts = dict.fromkeys(("ended", "stopped", "resumed", "day_a", "day_b", "day_c")) | {f"how_{n}": "" for n in "abc"}
    return actions.attach_reckoning(dispute, "limitation", facts | {"what": "OTHER"} | said, by=by)


def looked_at(dispute):
    return next(one.good for one in admission_of(dispute, 1) if one.code == "limitation")


@pytest.fixture
def opened(town):
    """A dispute about severance, applied for on Monday, 12 January 2026."""
    with at(2026, 1, 12):
        made = actions.open_(town.township, actions.Opening("031", today(), Decimal(9000), "解除后未付补偿。"), by=town.township_rights)
        actions.add_respondent(made, employer=town.employer, by=town.township_rights)
        actions.add_claimant(made, name="示例工甲", number=number(3), claimed=Decimal(9000), by=town.township_rights)
    return made


def test_the_application_begins_the_year_anew_and_a_person_looks_at_what_lay_before(town, opened):
    assert limitation_of(opened) == date(2027, 1, 12)
    assert looked_at(opened) is None
    assert running(opened) is None, "what is not accepted is decided within days"
    with at(2026, 1, 13):
        actions.accept(opened, by=town.township_rights)
    assert running(opened) == opened.arbitrate_by == date(2027, 1, 12)


def test_what_was_reckoned_before_says_whether_it_had_run_out(town, opened):
    with at(2026, 1, 12):
        reckoned(opened, town.township_rights, known=date(2025, 3, 3))
        assert looked_at(opened) is True
        assert limitation_of(opened) == date(2027, 1, 12)
        reckoned(opened, town.township_rights, known=date(2024, 3, 4))
        assert looked_at(opened) is False
        assert limitation_of(opened) == date(2025, 3, 4)
        reckoned(opened, town.township_rights, known=date(2024, 3, 4), day_a=date(2025, 2, 3), how_a="ADMITTED")
        assert looked_at(opened) is True


def test_none_runs_for_wages_while_work_goes_on(town, dispute):
    assert limit_of(dispute).known is False
    for line in dispute.claimants.select_related("person"):
        Membership.objects.create(
            person=line.person, union=town.firm, township=town.township, county=town.county, state="MEMBER", primary=True, joined_on=today(), how="ROSTER",
            work="CONTRACT", sex="1", employer=town.employer, name=line.person.name, name_py="", tokens=[],
        )  # fmt: skip
    assert (limitation_of(dispute), looked_at(dispute)) == (None, True)
    actions.accept(dispute, by=town.township_rights)
    assert running(dispute) is None
    reckoned(dispute, town.township_rights, known=today() - timedelta(days=90), what="WAGES", ended=today() - timedelta(days=30))
    assert running(dispute) == limitation_of(dispute) > today()
    reckoned(dispute, town.township_rights, known=today() - timedelta(days=90), what="WAGES")
    assert running(dispute) is None


def test_agreement_payment_and_complaint_begin_it_anew_and_arbitration_ends_it(town, opened):
    by = {"by": town.township_rights}
    with at(2026, 1, 13):
        actions.accept(opened, **by)
    with at(2026, 1, 20):
        actions.agree(opened, amount=Decimal(8000), number="示调1号", on=today(), pay_by=date(2026, 2, 27), **by)
    assert running(opened) == date(2027, 1, 20)
    with at(2026, 2, 26):
        paid = actions.receive(opened, amount=Decimal(3000), on=today(), evidence="回单1", **by)
    assert running(opened) == date(2027, 2, 26)
    with at(2026, 2, 27):
        actions.void(paid, why="记错案件", **by)
    assert running(opened) == date(2027, 1, 20)
    with at(2026, 3, 2):
        actions.file(opened, kind="INSPECTION", body="甲县人社局", filed_on=today(), **by)
    assert running(opened) == date(2027, 3, 2)
    with at(2026, 3, 9):
        filed = actions.file(opened, kind="ARBITRATION", body="甲县仲裁委", filed_on=today(), **by)
        assert running(opened) is None
        actions.decide(filed, outcome="WITHDRAWN", on=today(), **by)
    assert running(opened) == date(2027, 3, 9)


def test_the_page_names_the_day_and_its_article_and_warns_when_it_is_near(town, client, opened):
    with at(2026, 1, 13):
        actions.accept(opened, by=town.township_rights)
        actions.pause(opened, kind=PauseKind.INJURY, why="等待工伤认定", consent="双方同意书", by=town.township_rights)
    client.force_login(town.township_rights)
    with at(2026, 1, 14):
        page = client.get(opened.get_absolute_url()).content.decode()
        assert "申请仲裁的最后一日：2027年1月12日。" in page
        assert "《劳动争议调解仲裁法》第二十七条" in page
        assert '<li class="is-soon"><h3>仲裁时效届满前申请仲裁' not in page
    with at(2026, 12, 20):
        client.force_login(town.township_rights)
        assert '<li class="is-soon"><h3>仲裁时效届满前申请仲裁' in client.get(opened.get_absolute_url()).content.decode()
        assert "仲裁时效届满前申请仲裁" in client.get("/desk/").content.decode()
        client.cookies["django_language"] = "en"
        assert "Arbitration can be asked for until 12 Jan 2027." in client.get(opened.get_absolute_url()).content.decode()


def test_the_terms_of_the_agreement_and_of_what_was_filed_stand_with_the_case(town, client, opened):
    by = {"by": town.township_rights}
    with at(2026, 1, 13):
        actions.accept(opened, **by)
        actions.agree(opened, amount=Decimal(8000), number="示调1号", on=today(), pay_by=today(), **by)
    with at(2026, 1, 15):
        actions.file(opened, kind="ORDER", body="甲县人民法院", filed_on=today(), **by)
        client.force_login(town.township_rights)
        page = client.get(opened.get_absolute_url()).content.decode()
    for said in ("共同申请司法确认", "共同申请仲裁审查", "法院通知是否受理支付令申请"):
        assert said in page
    page = client.post(reverse("rights:reckon_terms"), {"agreed": "2026-01-13"}).content.decode()
    assert "2026年2月12日" in page  # thirty days
