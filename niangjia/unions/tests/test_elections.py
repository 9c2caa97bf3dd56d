"""Elections: who may stand, who examines, and the public notice of the candidates."""

from __future__ import annotations

from datetime import timedelta

import pytest

from niangjia.flow.api import clocks, ring
from niangjia.flow.models import Clock, Move
from niangjia.gazette import actions as gazette
from niangjia.gazette.api import notices_of
from niangjia.kit.dates import day_of, moved_to, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.notices.models import Message
from niangjia.unions import actions
from niangjia.unions.actions import elections, results
from niangjia.unions.enums import Poll
from niangjia.unions.models import Union
from niangjia.unions.polls import Paper
from niangjia.unions.tests.electing import ELECTED, end_of, fresh, planned, posted, stand, voted

LEAVE = {"leave": "长总工组〔2026〕5号"}


def codes(one):
    return {remark.code for remark in Paper(fresh(one)).against()}


@pytest.fixture
def draft(town):
    one = planned(town.firm, by=town.firm_chair, **LEAVE)
    stand(one, by=town.firm_chair)
    return one


# ---------- who may stand ----------


def test_a_list_that_is_right_has_nothing_against_it(draft):
    assert codes(draft) == set()


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"seats": 9}, "seats"), ({"seats": 4}, "even"), ({"seats": 5}, "difference"), ({"audit_seats": 2}, "audit-seats"), ({"audit_seats": 0}, "no-audit"),
        ({"women_seats": 1}, "women"), ({"women_seats": 0}, "no-women"), ({"assembly": "CONGRESS", "delegates": 35}, "congress"),
        ({"assembly": "CONGRESS", "delegates": 20, "members": 150, "seats": 3}, "delegates"), ({"seats": 1}, "alone"), ({"leave": ""}, "early"),
        ({"audit_seats": 3}, "few"),
    ],
)  # fmt: skip
def test_what_a_plan_lacks_is_said(town, draft, facts, code):
    plan = (
        {"members": 60, "women": 20, "planned_on": today() + timedelta(days=20), "seats": 3, "audit_seats": 1, "women_seats": 3}
        | LEAVE
        | facts
    )
    elections.amend(draft, elections.Called(**plan), by=town.firm_chair)
    assert code in codes(draft)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"body": "COMMITTEE", "tie": "RELATIVE"}, "relative"), ({"body": "COMMITTEE", "tie": "PRINCIPAL"}, "principal"), ({"body": "WOMEN", "retained": True}, "retained"),
        ({"body": "AUDIT", "cash": True}, "audit-cash"), ({"body": "COMMITTEE", "post": "CHAIR", "tie": "PERSONNEL"}, "chair-tie"), ({"body": "AUDIT", "name": ELECTED[0]}, "audit-chair"),
    ],
)  # fmt: skip
def test_who_may_not_stand_is_said(town, draft, facts, code):
    elections.nominate(draft, elections.Standing(**{"name": "戚另外"} | facts), by=town.firm_chair)
    assert code in codes(draft)


def test_a_hard_remark_keeps_the_list_and_a_soft_one_asks_for_a_reason(town, draft):
    barred = elections.nominate(draft, elections.Standing("戚亲属", "COMMITTEE", tie="RELATIVE"), by=town.firm_chair)
    with pytest.raises(RuleBroken, match="戚亲属"):
        elections.send(draft, by=town.firm_chair)
    elections.take_off(barred, by=town.firm_chair)
    plan = {"members": 60, "women": 20, "planned_on": today() + timedelta(days=20), "seats": 3, "audit_seats": 1, "women_seats": 0}
    elections.amend(draft, elections.Called(**plan, **LEAVE), by=town.firm_chair)
    with pytest.raises(RuleBroken):
        elections.send(draft, by=town.firm_chair)
    elections.amend(draft, elections.Called(**plan, **LEAVE, why="女会员拟单独选举。"), by=town.firm_chair)
    elections.send(draft, by=town.firm_chair)
    assert Move.objects.filter(kind="unions.election", verb="send").get().reason == "女会员拟单独选举。"


def test_within_half_a_year_of_the_end_no_leave_is_asked_for(town):
    Union.objects.filter(pk=town.firm.pk).update(term_end=today() + timedelta(days=90))
    one = planned(Union.objects.get(pk=town.firm.pk), by=town.firm_chair)
    stand(one, by=town.firm_chair)
    assert codes(one) == set()


def test_only_one_election_runs_at_a_union_and_only_at_the_grassroots(town, draft):
    with pytest.raises(RuleBroken):
        planned(town.firm, by=town.firm_chair)
    with pytest.raises(RuleBroken):
        planned(town.hill, by=town.hill_chair)
    with pytest.raises(Refused):
        planned(town.mill, by=town.firm_chair)


def test_what_was_sent_is_not_changed(town, draft):
    elections.send(draft, by=town.firm_chair)
    draft.refresh_from_db()
    with pytest.raises(RuleBroken):
        elections.nominate(draft, elections.Standing("戚另外", "COMMITTEE"), by=town.firm_chair)
    with pytest.raises(RuleBroken):
        elections.take_off(draft.candidates.first(), by=town.firm_chair)


def test_who_sends_does_not_examine(town, draft):
    elections.send(draft, by=town.firm_chair)
    draft.refresh_from_db()
    for who in (town.firm_chair, town.mill_chair, town.fort_chair, town.north_rights, town.south_org):
        with pytest.raises(Refused):
            elections.examine(draft, by=who)
    with pytest.raises(RuleBroken):
        elections.give_back(draft, reason=" ", by=town.hill_chair)
    elections.give_back(draft, reason="差额不足。", by=town.hill_chair)
    assert fresh(draft).state == Poll.DRAFT
    assert Message.objects.get(what="election-returned").to == town.firm_chair


def test_two_who_decide_at_once_do_not_both_write(town, draft):
    elections.send(draft, by=town.firm_chair)
    draft.refresh_from_db()
    same = fresh(draft)
    elections.examine(draft, by=town.hill_chair)
    with pytest.raises(Overtaken):
        elections.give_back(same, reason="x", by=town.north_org)


def test_the_clock_of_the_examination_lies_above(town, draft):
    elections.send(draft, by=town.firm_chair)
    clock = Clock.objects.get(kind="unions.election", code="EL-D1", stopped_at=None)
    assert (clock.union_id, clock.duty) == (town.hill.pk, "organisation")
    assert 14 <= (day_of(clock.due_at) - today()).days <= 20
    actions.reparent(town.firm, town.fort, since=today(), basis="长总工组〔2026〕9号", by=town.north_org)
    clock.refresh_from_db()
    assert (clock.union_id, fresh(draft).above) == (town.fort.pk, town.fort)


# ---------- the notice ----------


def test_the_public_is_shown_names_work_and_posts(town):
    one = posted(town)
    [notice] = notices_of(one)
    assert notice.columns == ["姓名", "所在部门和职务", "拟提名为"]
    assert notice.rows[0] == ["朱企业", "车间", "工会委员会主席"]
    assert len(notice.rows) == 8
    assert clocks(notice)[0].span == "5 wd"


def test_the_assembly_waits_for_the_notice(town):
    one = posted(town)
    with pytest.raises(RuleBroken):
        results.hold(one, voted(one, on=today()), by=town.firm_chair)
    with moved_to(end_of(one)):
        ring()
        results.hold(fresh(one), voted(one, on=today()), by=town.firm_chair)
    assert fresh(one).state == Poll.HELD


def test_an_objection_that_is_right_takes_the_candidates_back(town):
    one = posted(town)
    [notice] = notices_of(one)
    said = gazette.object_to(notice, text="严新丙是法定代表人的弟弟。", row=4)
    with moved_to(end_of(one)):
        ring()
        assert fresh(one).state == Poll.POSTED
        gazette.answer(said, "uphold", text="属实。", by=town.firm_chair)
    assert fresh(one).state == Poll.DRAFT
    assert Message.objects.filter(what="election-objected").get().to == town.firm_chair


def test_an_objection_that_is_not_right_lets_it_go_on(town):
    one = posted(town)
    said = gazette.object_to(notices_of(one)[0], text="不合适。")
    moment = end_of(one)
    with moved_to(moment):
        ring()
        with pytest.raises(RuleBroken):
            results.hold(fresh(one), voted(one, on=today()), by=town.firm_chair)
        gazette.answer(said, "dismiss", text="不属实。", by=town.firm_chair)
        results.hold(fresh(one), voted(one, on=today()), by=town.firm_chair)


def test_a_notice_that_was_taken_down_is_put_up_anew(town):
    one = posted(town)
    gazette.withdraw(notices_of(one)[0], reason="写错一人。", by=town.firm_chair)
    assert fresh(one).state == Poll.EXAMINED
    elections.post(fresh(one), text="重新公示。", by=town.firm_chair)
    assert len(notices_of(one)) == 2
