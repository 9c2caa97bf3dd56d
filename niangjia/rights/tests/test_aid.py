"""Legal aid from the application to the file: papers, decision, refusal and its review, assignment, hearings, money, report, subsidy; and its clocks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from niangjia.files.models import Paper as Filed
from niangjia.flow.api import clocks, ring, story
from niangjia.kit.dates import CHINA, day_of, moved_to, now, today
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.notices.models import Message
from niangjia.rights import actions
from niangjia.rights.models import Aid, AidReceipt, Paper, Slip
from niangjia.rights.queries.aid import received_in
from niangjia.rights.tests import aidhand as hand
from niangjia.rights.tests.conftest import person
from niangjia.unions.models import Cover

pytestmark = pytest.mark.django_db


def due(case, code):
    return next(day_of(one.due_at) for one in clocks(case) if one.code == code)


def test_from_the_application_to_the_file_and_the_subsidy(town):
    agent = hand.lawyer(town)
    case = hand.handled(town, agent)
    her = town.people["lawyer 1"]
    assert (case.state, case.agent, case.handler) == ("HANDLING", agent, her)
    line = actions.plan_hearing(case, kind="ARBITRATE", at=now() + timedelta(days=9), body="甲县仲裁委", by=her)
    assert due(case, "LA-D7") == today() + timedelta(days=9)
    with pytest.raises(RuleBroken):
        actions.record_hearing(line, outcome="休庭。", by=her)
    with moved_to(now() + timedelta(days=10)):
        actions.record_hearing(line, outcome="裁决支付8000元。", by=her)
        assert "LA-D7" not in {one.code for one in clocks(case)}
        actions.finish_aid(case, on=today(), result="PARTLY", awarded=Decimal(8000), number="甲劳仲案〔2026〕1号", by=her)
        assert due(case, "LA-D4") >= today() + timedelta(days=15)
        actions.receive_aid(case, amount=Decimal(5000), on=today(), evidence="银行回单 2026060100012345", by=her)
        actions.report_aid(case, text="代理仲裁，裁决支付8000元，已付5000元。", by=her)
        with pytest.raises(Refused):
            actions.close_aid(case, by=her)
        actions.return_report(case, reason="补充庭审情况。", by=town.township_rights)
        actions.report_aid(case, text="代理仲裁，开庭一次，裁决支付8000元，已付5000元。", by=town.township_rights)
        with pytest.raises(Refused):  # whoever wrote the report does not close the case
            actions.close_aid(case, by=town.township_rights)
        actions.close_aid(case, by=hand.second(town))
        assert case.state == "CLOSED"
        subsidy = actions.propose_subsidy(case, by=hand.second(town))
        assert (subsidy.amount, subsidy.state) == (Decimal(1200), "PROPOSED")
        with pytest.raises(RuleBroken):
            actions.propose_subsidy(case, by=hand.second(town))
        with pytest.raises(Refused):
            actions.approve_subsidy(subsidy, by=hand.second(town))
        actions.return_subsidy(subsidy, reason="核对形式。", by=hand.leader(town))
        actions.propose_again(subsidy, by=hand.second(town))
        actions.approve_subsidy(subsidy, by=hand.leader(town))
        assert (subsidy.state, subsidy.approved_by) == ("APPROVED", hand.leader(town))
    assert sorted(Paper.objects.values_list("kind", "number")) == [("aid_assignment", 1), ("aid_closing", 1)]
    assert {one.name.rpartition(".")[2] for one in Filed.objects.filter(kind="rights.aid")} == {"docx", "pdf"}
    assert [one.verb for one in story(case)][-3:] == ["return", "report", "close"]


def test_what_is_missing_is_told_and_the_days_stand_still_while_papers_are_asked_for(town):
    with moved_to(datetime(2026, 6, 1, 9, tzinfo=CHINA)):
        case = hand.applied(town, papers=False, kind="HARDSHIP")
        assert due(case, "LA-D1") == date(2026, 6, 8)
        with pytest.raises(RuleBroken, match=r"经济|Economic"):
            actions.grant_aid(case, form="ARBITRATE", opinion="同意。", by=town.township_rights)
    with moved_to(datetime(2026, 6, 3, 17, tzinfo=CHINA)):
        actions.ask_papers(case, wanted="身份证、单位工会出具的经济状况证明。", by=town.township_rights)
        assert {one.code for one in clocks(case)} == {"LA-D6"}
    with moved_to(datetime(2026, 6, 10, 9, tzinfo=CHINA)):
        for kind in ("IDENTITY", "MEANS", "EVIDENCE"):
            actions.add_proof(case, kind=kind, note="已提交", by=town.township_rights)
        actions.supply(case, by=town.township_rights)
        assert due(case, "LA-D1") == date(2026, 6, 15)  # two of the seven days were lived before the pause
        actions.grant_aid(case, form="ARBITRATE", opinion="同意。", by=town.township_rights)
        assert (case.decided, case.review_days or Aid.objects.get(pk=case.pk).review_days) == ("IN", 9)
        assert due(case, "LA-D2") == date(2026, 6, 15)  # the third day is a Saturday: Monday


def test_the_days_go_on_to_a_working_day_after_a_holiday_and_a_moved_weekend(town):
    with moved_to(datetime(2026, 9, 24, 9, tzinfo=CHINA)):
        case = hand.applied(town)
        assert due(case, "LA-D1") == date(2026, 10, 8)  # 1 October and what follows are rest
    with moved_to(datetime(2026, 2, 11, 9, tzinfo=CHINA)):
        other = hand.granted(town, n=62)
        assert due(other, "LA-D2") == date(2026, 2, 14)  # a Saturday that is worked


def test_aid_comes_before_the_papers_only_where_a_limitation_ends_within_days(town):
    case = hand.applied(town, papers=False, kind="HARDSHIP", limit_on=today() + timedelta(days=6))
    actions.grant_aid(case, form="ARBITRATE", opinion="时效将满，先行援助。", by=town.township_rights)
    assert case.advance
    other = hand.applied(town, n=62, papers=False, kind="HARDSHIP", limit_on=today() + timedelta(days=7))
    with pytest.raises(RuleBroken):
        actions.grant_aid(other, form="ARBITRATE", opinion="同意。", by=town.township_rights)


def test_a_refusal_is_looked_at_by_the_union_above_and_by_nobody_who_refused(town):
    case = hand.applied(town)
    actions.refuse_aid(case, ground="GROUND", reason="没有证据证明劳动关系。", by=town.township_rights)
    actions.object_to(case, reason="有考勤记录。", by=town.township_rights)
    assert (case.reviewer, {one.code for one in clocks(case)}) == (town.county, {"LA-D5"})
    with pytest.raises(Refused):
        actions.overturn(case, reason="…", by=town.township_rights)
    with pytest.raises(Refused):
        actions.uphold(case, reason="…", by=town.other_county)
    actions.overturn(case, reason="考勤记录可以证明。", by=town.county_rights)
    assert (case.state, due(case, "LA-D2") >= today()) == ("GRANTED", True)
    other = hand.applied(town, n=62)
    actions.refuse_aid(other, ground="SCOPE", reason="不属于范围。", by=town.township_rights)
    actions.object_to(other, reason="不服。", by=town.township_rights)
    actions.uphold(other, reason="维持。", by=town.county_rights)
    assert other.state == "UPHELD"


def test_a_refusal_of_the_city_is_looked_at_by_a_leader_who_did_not_decide(town):
    case = hand.applied(town, n=63)
    Aid.objects.filter(pk=case.pk).update(union=town.city, reviewer=town.city, county=None, township=None)
    case.refresh_from_db()
    vice = person("city-vice", "示例副主席", town.city, "leader")
    actions.refuse_aid(case, ground="GROUND", reason="没有证据证明劳动关系。", by=town.city_leader)
    actions.object_to(case, reason="有考勤记录。", by=town.city_rights)
    assert {(one.code, one.union_id, one.duty) for one in clocks(case)} == {("LA-D5", town.city.pk, "leader")}
    assert [one.to for one in Message.objects.filter(what="aid-objected")] == [vice]
    for who in (town.city_rights, town.city_leader):
        with pytest.raises(Refused):
            actions.overturn(case, reason="…", by=who)
    actions.overturn(case, reason="考勤记录可以证明。", by=vice)
    assert case.state == "GRANTED"


def test_who_is_aided_in_what(town):
    for wrong in ({"matter": "FUNDS"}, {"kind": "UNION", "matter": "PAY"}, {"matter": "DUTY"}, {"facts": " "}, {"claimed": Decimal(-1)}):
        with pytest.raises(RuleBroken):
            hand.applied(town, **wrong)
    union = hand.applied(town, kind="UNION", matter="FUNDS", claimed=Decimal(12000), applicant_union=town.firm)
    assert (union.applicant_union, union.recipients.count(), union.claimed) == (town.firm, 0, Decimal(12000))
    first = hand.applied(town)
    with pytest.raises(RuleBroken, match=first.reference):
        hand.applied(town)
    line = actions.add_recipient(first, name="示例工丁", number=hand.number(64), claimed=Decimal(400), by=town.township_rights)
    first.refresh_from_db()
    assert (line.claimed, first.claimed, first.recipients.count()) == (400, 10000, 2)


@pytest.mark.parametrize(("tie", "declared", "taken"), [
    ("counsel", "", False), ("counsel", "已告知", False), ("same-firm", "", False), ("officer", "", False), ("officer", "不参与经办，已告知", True), ("expired", "", False), ("", "", True),
])  # fmt: skip
def test_an_agent_with_a_tie_to_the_employer_is_not_assigned(town, tie, declared, taken):
    case = hand.granted(town)
    agent = hand.lawyer(
        town, counsel_to=[town.employer] if tie == "counsel" else [], until=date(2020, 1, 1) if tie == "expired" else hand.HOLDS
    )
    if tie == "same-firm":
        hand.lawyer(town, 2, firm=agent.firm, counsel_to=[town.employer])
    if tie == "officer":
        Cover.objects.create(union=town.firm, employer=town.employer, since=hand.SINCE)
        hand.Office.objects.create(union=town.firm, user=agent.user, name=agent.name, duty="women", post="委员", since=hand.SINCE)
    if not taken:
        with pytest.raises(RuleBroken):
            actions.assign(case, agent, form="ARBITRATE", declared=declared, by=town.township_rights)
        assert Aid.objects.get(pk=case.pk).state == "GRANTED"
        return
    actions.assign(case, agent, form="ARBITRATE", declared=declared, by=town.township_rights)
    assert case.state == "SIGNING"


def test_the_letter_is_signed_before_it_has_a_number_and_the_agent_may_decline(town):
    case = hand.granted(town)
    line = actions.assign(case, hand.lawyer(town), form="LITIGATE", by=town.township_rights)
    assert not Paper.objects.exists()
    with pytest.raises(Refused):
        actions.sign_assignment(case, by=town.township_rights)
    actions.give_assignment_back(case, reason="改为代理仲裁。", by=hand.leader(town))
    assert (case.state, Paper.objects.count()) == ("GRANTED", 0)
    line = actions.assign(case, line.agent, form="ARBITRATE", by=town.township_rights)
    signed = actions.sign_assignment(case, by=hand.leader(town))
    assert (signed.paper.number, signed.signed_by, case.state) == (1, hand.leader(town), "ASSIGNED")
    with pytest.raises(RuleBroken):
        actions.void_paper(signed.paper, why="重写。", by=town.township_rights)
    her = town.people["lawyer 1"]
    actions.decline_aid(case, reason="时间冲突。", by=her)
    assert (case.state, case.agent, case.handler) == ("GRANTED", None, None)
    with pytest.raises(Refused):
        actions.assign(case, line.agent, form="ARBITRATE", by=her)
    actions.assign(case, hand.lawyer(town, 2), form="ARBITRATE", by=town.township_rights)
    actions.sign_assignment(case, by=hand.leader(town))
    actions.take_aid(case, by=town.people["lawyer 2"])
    actions.change_agent(case, reason="律师生病。", by=town.township_rights)
    assert case.state == "GRANTED"


def test_out_of_a_dispute_nobody_is_asked_twice_and_no_yuan_counts_twice(town, dispute):
    by = {"by": town.township_rights}
    actions.accept(dispute, **by)
    case = actions.aid_from(dispute, kind="MIGRANT", form="ARBITRATE", **by)
    assert (case.claimed, case.against, case.matter, case.recipients.count(), case.facts) == (10000, town.employer, "PAY", 2, dispute.facts)
    with pytest.raises(RuleBroken):
        actions.aid_from(dispute, kind="MIGRANT", form="ARBITRATE", **by)
    actions.add_proof(case, kind="EVIDENCE", note="考勤", **by)
    actions.grant_aid(case, form="ARBITRATE", opinion="同意。", **by)
    actions.assign(case, hand.lawyer(town), form="ARBITRATE", **by)
    actions.sign_assignment(case, by=hand.leader(town))
    actions.take_aid(case, **by)
    with pytest.raises(RuleBroken, match=dispute.reference):
        actions.receive_aid(case, amount=Decimal(10), on=today(), evidence="回单", **by)
    paid = actions.receive(dispute, amount=Decimal(3000), on=today(), evidence="银行回单 2026060100099999", **by)
    (line,) = actions.take_over(case, **by)
    assert (line.source, line.receipt, received_in(case)) == ("DISPUTE", paid, 3000)
    with pytest.raises(RuleBroken):
        actions.take_over(case, **by)
    actions.void(paid, why="记错。", **by)
    assert received_in(case) == 0  # what counts no more there counts no more here


def test_a_slip_counts_once_over_disputes_and_aid(town, dispute):
    by = {"by": town.township_rights}
    case, slip = hand.handled(town), "银行回单 2026060100012345"
    actions.accept(dispute, **by)
    actions.receive_aid(case, amount=Decimal(5000), on=today(), evidence=slip, **by)
    with pytest.raises(RuleBroken):
        actions.receive(dispute, amount=Decimal(5000), on=today(), evidence=slip, **by)
    with pytest.raises(RuleBroken):
        actions.receive_aid(case, amount=Decimal(5000), on=today(), evidence=slip, **by)
    line = AidReceipt.objects.get()
    actions.void_aid_receipt(line, why="记错。", **by)
    assert (Slip.objects.get().given, received_in(case)) == (0, 0)
    actions.receive(dispute, amount=Decimal(5000), on=today(), evidence=slip, **by)
    with pytest.raises(RuleBroken):
        actions.receive_aid(case, amount=Decimal(9999), on=today(), evidence="回单另一张", **by)


def test_it_ends_early_in_each_way(town):
    by = {"by": town.township_rights}
    gone = actions.withdraw_aid(hand.applied(town, n=61), reason="已和解。", **by)
    ended = actions.terminate(hand.granted(town, n=62), ending="OWN", reason="自行委托律师。", **by)
    other = hand.applied(town, n=63)
    with pytest.raises(RuleBroken):
        actions.hand_over(other, to=" ", reason="…", **by)
    actions.hand_over(other, to="甲县法律援助中心", reason="属于应当由国家援助的案件。", **by)
    assert [one.state for one in (gone, ended, other)] == ["WITHDRAWN", "TERMINATED", "TRANSFER"]
    assert not any(clocks(one) for one in (gone, ended, other))
    with pytest.raises(IllegalStep):
        actions.withdraw_aid(gone, reason="…", **by)


def test_what_rings_is_told_to_the_office_the_agent_and_the_level_above(town):
    case = hand.applied(town)
    with moved_to(now() + timedelta(days=20)):
        ring()
        case.refresh_from_db()
        assert case.decided == "LATE"
        told = set(Message.objects.filter(what="aid-late").values_list("to__username", flat=True))
        assert {town.township_rights.username, town.county_rights.username} <= told
        assert town.grassroots_chair.username not in told


def test_an_agent_who_acts_as_a_part_of_her_post_is_paid_nothing(town):
    case = hand.closed(town, hand.lawyer(town, kind="PUBLIC"))
    with pytest.raises(RuleBroken):
        actions.propose_subsidy(case, by=hand.second(town))


def test_advice_counts_its_people_until_it_is_made_void(town):
    said = actions.Advice(today(), "PHONE", "MIGRANT", "PAY", "加班费怎么算？", "告知计算方法和时效。", 3)
    one = actions.advise_people(town.township, said, by=town.township_rights)
    with pytest.raises(Refused):
        actions.advise_people(town.township, said, by=town.other_county)
    with pytest.raises(Refused):
        actions.void_advice(one, why="记错。", by=town.other_county)
    actions.void_advice(one, why="记错。", by=town.township_rights)
    assert one.void
