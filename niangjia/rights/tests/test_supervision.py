"""Supervision: leads, supervisors with cards, the three letters, their clocks, who may know what."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from niangjia.access.models import User
from niangjia.files.models import Paper as Filed
from niangjia.flow.api import clocks, ring
from niangjia.kit.dates import CHINA, moved_to, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.who import allows, permitted
from niangjia.notices.models import Message
from niangjia.rights import actions
from niangjia.rights.enums import May
from niangjia.rights.models import Letter, Paper, Supervision
from niangjia.rights.tests.conftest import SINCE
from niangjia.unions.models import Cover, Office

pytestmark = pytest.mark.django_db
CARD = date(2028, 12, 31)


def told(town, **more):
    facts = {
        "employer": town.employer, "lead": "COMPLAINT", "breach": "PAY", "facts": "车间三个月没有足额发放加班工资。", "received_on": today(),
        "name": "示例工甲", "contact": "10000000001",
    } | more  # fmt: skip
    return actions.Told(**facts)


def draft(**more):
    facts = {
        "to": "甲织造有限公司（示例）", "found": "加班工资未足额支付。", "articles": "《中华人民共和国劳动法》第四十四条", "asks": "足额补发加班工资。",
    } | more  # fmt: skip
    return actions.Draft(**facts)


@pytest.fixture
def supervisors(town):
    user = User.objects.create(username="t-supervisor", name="监督乙")
    Office.objects.create(union=town.township, user=user, name=user.name, duty="staff", post="干事", since=SINCE)
    town.people["supervisor"] = user
    by = {"by": town.township_rights}
    return [
        actions.enroll_supervisor(town.township, actions.Carded("监督甲", "甲监001", CARD, town.township_rights), **by),
        actions.enroll_supervisor(town.township, actions.Carded("监督乙", "甲监002", CARD, user), **by),
    ]


@pytest.fixture
def case(town):
    Cover.objects.create(union=town.firm, employer=town.employer, since=SINCE)
    return actions.open_supervision(town.township, told(town, confidential=True), by=town.township_rights)


@pytest.fixture
def looked(town, case, supervisors):
    by = {"by": town.township_rights}
    actions.take_up(case, **by)
    for one in supervisors:
        actions.charge(case, one, **by)
    actions.inquire(case, on=today(), place="甲织造车间", text="查看考勤和工资表。", **by)
    return case


@pytest.fixture
def leader(town):
    user = User.objects.create(username="t-vice", name="示例副主席")
    Office.objects.create(union=town.township, user=user, name=user.name, duty="leader", post="副主席", since=SINCE)
    town.people["leader"] = user
    return user


def served(town, case, leader):
    by = {"by": town.township_rights}
    actions.demand(case, draft(), **by)
    letter = actions.sign(case, by=leader)
    actions.serve(letter, on=today(), how="HAND", to="示例收件人", **by)
    case.refresh_from_db()
    letter.refresh_from_db()
    return letter


def test_from_the_lead_to_the_labour_bureau(town, looked, leader):
    by = {"by": town.township_rights}
    first = actions.remind_firm(looked, draft(risks="可能受到行政处罚。", answer_by=today() + timedelta(days=10)), **by)
    assert (first.paper, looked.state) == (None, "SIGNING")
    with pytest.raises(Refused):
        actions.sign(looked, **by)  # whoever drafts it does not sign it
    first = actions.sign(looked, by=leader)
    assert (first.signed_by, first.paper.number, looked.state) == (leader, 1, "REMINDED")
    actions.serve(first, on=today(), how="POST", to="示例收件人", **by)
    letter = served(town, looked, leader)
    assert (letter.signed_by, letter.signed_as, looked.state) == (leader, "副主席", "DEMANDED")
    with pytest.raises(RuleBroken):
        actions.advise(looked, draft(to="甲县人力资源和社会保障局"), **by)
    actions.answer_letter(letter, on=today(), reply="REFUSED", text="不认可。", **by)
    actions.advise(looked, draft(to="甲县人力资源和社会保障局"), **by)
    actions.give_back(looked, reason="写明金额。", by=leader)
    assert looked.state == "DEMANDED"
    actions.advise(looked, draft(to="甲县人力资源和社会保障局"), **by)
    assert actions.sign(looked, by=leader).kind == "ADVICE"
    actions.refer_supervision(looked, kind="PROCURACY", body="甲县人民检察院", on=today(), **by)
    with pytest.raises(RuleBroken):
        actions.close_supervision(looked, outcome="CORRECTED", reason="…", **by)
    actions.close_supervision(looked, outcome="ORDERED", reason="人社部门责令改正，已补发。", **by)
    assert (looked.state, looked.outcome) == ("CLOSED", "ORDERED")
    assert sorted(Paper.objects.values_list("kind", "number")) == [("ls_advice", 1), ("ls_opinion", 1), ("ls_reminder", 1)]
    assert {one.name.rpartition(".")[2] for one in Filed.objects.filter(kind="rights.supervision")} == {"docx", "pdf"}


def test_the_employers_days_run_from_the_serving_over_a_holiday(town, looked, leader):
    by = {"by": town.township_rights}
    with moved_to(datetime(2027, 1, 4, 10, tzinfo=CHINA)):
        letter = served(town, looked, leader)
        due = next(one.due_at for one in clocks(looked) if one.code == "LS-D3").astimezone(CHINA).date()
        assert due == date(2027, 1, 25)  # fifteen working days from Monday, 4 January: three whole weeks
    with moved_to(datetime(2027, 1, 26, 1, tzinfo=CHINA)):
        ring()
        assert Message.objects.filter(what="supervision-late", to=town.people["supervisor"]).exists()
        actions.advise(looked, draft(to="甲县人力资源和社会保障局"), **by)
        actions.sign(looked, by=leader)
        assert looked.state == "ADVISED"
    assert not letter.reply


def test_a_lead_is_decided_within_five_working_days_and_declined_in_writing(town, case):
    with moved_to(datetime(2026, 9, 24, 10, tzinfo=CHINA)):
        made = actions.open_supervision(town.county, told(town), by=town.county_rights)
        due = next(one.due_at for one in clocks(made) if one.code == "LS-D1").astimezone(CHINA).date()
        assert due == date(2026, 10, 9)  # Mid-autumn and the National Day lie between
        with pytest.raises(RuleBroken):
            actions.decline(made, reason="", by=town.county_rights)
        actions.decline(made, reason="属于公司股东之间的纠纷。", by=town.county_rights)
    assert (made.state, made.drawn.get().kind) == ("OUT", "ls_out")


def test_what_a_union_found_itself_is_taken_up_at_once(town):
    assert actions.open_supervision(town.township, told(town, lead="FOUND"), by=town.township_rights).state == "INQUIRY"


def test_two_with_cards_that_hold_look_into_it(town, case, supervisors):
    by = {"by": town.township_rights}
    actions.take_up(case, **by)
    actions.charge(case, supervisors[0], **by)
    with pytest.raises(RuleBroken):
        actions.inquire(case, on=today(), place="车间", text="…", **by)
    old = actions.enroll_supervisor(town.township, actions.Carded("监督丙", "甲监003", date(2020, 1, 1)), **by)
    with pytest.raises(RuleBroken):
        actions.charge(case, old, **by)
    actions.change_supervisor(old, actions.Carded("监督丙", "甲监003", CARD), active=True, **by)
    line = actions.charge(case, old, **by)
    with pytest.raises(RuleBroken):
        actions.remind_firm(case, draft(answer_by=today() + timedelta(days=5)), **by)  # nobody has looked into it
    actions.discharge(line, why="外出学习。", **by)
    with pytest.raises(Overtaken):
        actions.discharge(line, why="外出学习。", **by)


def test_an_officer_of_the_firms_union_does_not_look_into_it(town, case, supervisors):
    by = {"by": town.township_rights}
    actions.take_up(case, **by)
    own = actions.enroll_supervisor(town.township, actions.Carded("示例主席", "甲监009", CARD, town.grassroots_chair), **by)
    with pytest.raises(RuleBroken):
        actions.charge(case, own, **by)


def test_the_employers_own_union_never_learns_who_complained(town, looked, leader, client):
    chair = town.grassroots_chair
    assert not permitted(chair, May.SEE_SUPERVISION).exists()
    served(town, looked, leader)
    assert allows(chair, May.SEE_SUPERVISION, looked)
    assert not allows(chair, May.SEE_LEAD, looked)
    with pytest.raises(Refused):
        actions.disclose_complainant(looked, why="想知道", by=chair)
    client.force_login(chair)
    page = client.get(looked.get_absolute_url()).content.decode()
    assert "足额补发加班工资" in page
    for word in ("示例工甲", "没有足额发放", "投诉"):
        assert word not in page
    assert client.get(reverse("rights:complainant", args=[looked.uuid])).status_code == 403
    assert actions.disclose_complainant(looked, why="核对情况", by=town.township_rights) == ("示例工甲", "10000000001")
    with pytest.raises(RuleBroken):
        actions.open_supervision(town.firm, told(town, confidential=True), by=chair)


def test_only_a_chair_or_a_vice_chair_signs_and_may_give_it_back(town, looked, leader):
    actions.demand(looked, draft(), by=town.township_rights)
    for who in (town.township_rights, town.other_county, town.people["supervisor"]):
        with pytest.raises(Refused):
            actions.sign(looked, by=who)
    actions.give_back(looked, reason="依据写得不全。", by=leader)
    assert (looked.state, Letter.objects.get().void, Paper.objects.count()) == ("INQUIRY", True, 0)
    letter = served(town, looked, leader)
    assert letter.paper.number == 1


def test_two_who_sign_at_once_are_told_apart(town, looked, leader):
    actions.demand(looked, draft(), by=town.township_rights)
    one, two = Supervision.objects.get(pk=looked.pk), Supervision.objects.get(pk=looked.pk)
    actions.sign(one, by=leader)
    with pytest.raises(Overtaken):
        actions.sign(two, by=town.county_chair)
    assert Paper.objects.count() == 1


def test_a_reminder_whose_day_has_passed_is_written_anew(town, looked, leader):
    by = {"by": town.township_rights}
    actions.remind_firm(looked, draft(answer_by=today() + timedelta(days=5)), **by)
    with moved_to(datetime.now(CHINA) + timedelta(days=5)):
        with pytest.raises(RuleBroken):
            actions.sign(looked, by=leader)
        actions.give_back(looked, reason="日期已过。", by=leader)
        actions.remind_firm(looked, draft(answer_by=today() + timedelta(days=5)), **by)
        actions.sign(looked, by=leader)
    assert looked.state == "REMINDED"


def test_a_letter_that_waits_shows_its_own_steps_and_no_other(town, looked, leader, client):
    client.force_login(leader)

    def verbs():
        return {one.verb for one in client.get(looked.get_absolute_url()).context["steps"] if getattr(one, "verb", "")}

    actions.remind_firm(looked, draft(answer_by=today() + timedelta(days=5)), by=town.township_rights)
    assert verbs() == {"sign-reminder", "give-back"}
    client.post(reverse("rights:supervision_step", args=[looked.uuid]), {"verb": "sign-reminder"})
    looked.refresh_from_db()
    assert looked.state == "REMINDED"
    actions.demand(looked, draft(), by=town.township_rights)
    assert verbs() == {"sign", "give-back"}


def test_a_letter_that_was_not_served_is_taken_back_and_its_number_stays(town, looked, leader):
    by = {"by": town.township_rights}
    actions.remind_firm(looked, draft(answer_by=today() + timedelta(days=5)), **by)
    letter = actions.sign(looked, by=leader)
    with pytest.raises(RuleBroken):
        actions.void_paper(letter.paper, why="写错", **by)
    actions.recall_letter(looked, reason="单位名称写错。", **by)
    actions.remind_firm(looked, draft(answer_by=today() + timedelta(days=5)), **by)
    again = actions.sign(looked, by=leader)
    assert (again.paper.number, Paper.objects.filter(void_at__isnull=False).count()) == (2, 1)
    actions.serve(again, on=today(), how="HAND", to="示例收件人", **by)
    with pytest.raises(RuleBroken):
        actions.recall_letter(looked, reason="再收回。", **by)


def test_the_money_counts_in_the_dispute_once(town, looked, dispute):
    by = {"by": town.township_rights}
    assert actions.link_dispute(looked, dispute.reference, **by) == dispute
    other = actions.open_supervision(town.township, told(town, lead="FOUND"), **by)
    with pytest.raises(RuleBroken):
        actions.link_dispute(other, dispute.reference, **by)
    with pytest.raises(RuleBroken):
        actions.link_dispute(other, "TJ-2020-000009", **by)


def test_others_do_not_touch_it(town, looked):
    for who in (town.county_finance, town.other_county, town.grassroots_chair):
        with pytest.raises(Refused):
            actions.inquire(looked, on=today(), place="车间", text="…", by=who)
    with pytest.raises(IllegalStep):
        actions.correct(looked, reason="…", by=town.township_rights)


def test_the_pages_open_and_the_list_asks_a_fixed_number_of_questions(town, looked, leader, client):
    client.force_login(town.township_rights)
    actions.remind_firm(looked, draft(answer_by=today() + timedelta(days=5)), by=town.township_rights)
    letter = actions.sign(looked, by=leader)
    page = client.get(looked.get_absolute_url()).content.decode()
    assert "工监提" in page
    for name, args in (
        ("supervisions", []), ("supervisions_export", []), ("supervision_new", []), ("supervisors", []), ("supervisor_new", []), ("supervision_demand", [looked.uuid]),
        ("supervision_charge", [looked.uuid]), ("supervision_inquiry", [looked.uuid]), ("letter_served", [looked.uuid, letter.uuid]), ("complainant", [looked.uuid]),
        ("supervision_dispute", [looked.uuid]), ("supervision_papers", [looked.uuid]), ("papers", []),
    ):  # fmt: skip
        assert client.get(reverse(f"rights:{name}", args=args)).status_code == 200, name
    from django.db import connection

    def asked():
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("rights:supervisions"))
        return len(found)

    asked()
    one = asked()
    for _n in range(3):
        actions.open_supervision(town.township, told(town), by=town.township_rights)
    assert asked() <= one
    done = client.post(reverse("rights:supervision_new"), {
        "uscc": town.employer.uscc, "lead": "FOUND", "breach": "TIME", "received_on": str(today()), "facts": "连续加班。", "once": "x",
    })  # fmt: skip
    assert done.status_code in (302, 303)


def test_the_terms_of_the_law_stand_with_the_case(town, client, looked, leader):
    served(town, looked, leader)
    client.force_login(town.township_rights)
    page = client.get(looked.get_absolute_url()).content.decode()
    assert "法定期限" in page
    assert "用人单位书面答复监督意见书" in page


def test_the_list_is_of_those_who_handle_it_and_no_other_office_above(town, case, client):
    for who, sees in (("township rights", True), ("county rights", True), ("county leader", True), ("county centre", True), ("county finance", False),
                      ("county culture", False), ("county office", False), ("firm finance", False), ("other county", False)):  # fmt: skip
        assert allows(town.people[who], May.SEE_SUPERVISION, case) is sees, who
        client.force_login(town.people[who])
        assert (case.reference in client.get(reverse("rights:supervisions")).content.decode()) is sees, who
        assert client.get(case.get_absolute_url()).status_code == (200 if sees else 404), who


def test_the_labour_bureau_is_waited_for(town, looked, leader):
    by = {"by": town.township_rights}
    with moved_to(datetime(2027, 1, 4, 10, tzinfo=CHINA)):
        letter = served(town, looked, leader)
        actions.answer_letter(letter, on=today(), reply="REFUSED", text="不认可。", **by)
        actions.advise(looked, draft(to="甲县人力资源和社会保障局"), **by)
        actions.sign(looked, by=leader)
        one = next(one for one in clocks(looked) if one.code == "LS-D4")
    with moved_to(one.due_at + timedelta(hours=1)):
        ring()
        assert Message.objects.filter(what="supervision-late", to=town.township_rights).exists()
