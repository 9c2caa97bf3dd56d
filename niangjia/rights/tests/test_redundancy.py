"""Redundancy hearings: from the explanation to the end, papers, clocks, advice from above, the way into supervision and into an event."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO

import docx
import pytest

from niangjia.files.models import Paper as Filed
from niangjia.flow.api import clocks, ring
from niangjia.kit.dates import CHINA, moved_to, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.who import allows, permitted
from niangjia.notices.models import Message
from niangjia.rights import actions
from niangjia.rights.drawn import DRAWN
from niangjia.rights.drawn import redundancy as drawn
from niangjia.rights.enums import May
from niangjia.rights.models import Event, Paper, Redundancy, Supervision
from niangjia.rights.tests.layoffs import NONE, heard, planned

pytestmark = pytest.mark.django_db


def one_worker(town, **more):
    return planned(town, kind="SINGLE", ground="NOTICE", planned=1, **more)


def due(case, code):
    return next(one.due_at for one in clocks(case) if one.code == code).astimezone(CHINA).date()


def test_from_the_explanation_to_the_end(town, case):
    chair = {"by": town.grassroots_chair}
    assert (case.state, case.reached, case.free_on) == ("NOTIFIED", True, today() + timedelta(days=30))
    with pytest.raises(IllegalStep):
        actions.reply_to(case, verdict="AGREES", text="没有意见。", **chair)
    heard(case, town.grassroots_chair)
    heard(case, town.grassroots_chair, kind="COMMITTEE", people=7)
    actions.reply_to(case, verdict="PROPOSES", text="建议先轮岗，再裁减。", **chair)
    actions.answer_union(case, on=today(), answer="PARTLY", text="减少2人。", **chair)
    actions.revise(case, planned=18, planned_on=case.planned_on, why="采纳工会意见。", **chair)
    assert (case.planned, case.reached, case.free_on) == (18, False, None)  # eighteen of 186 are less than a tenth
    actions.revise(case, planned=19, planned_on=case.planned_on, why="重新核定。", **chair)
    assert case.reached
    actions.report_plan(case, on=today(), body="甲县人力资源和社会保障局", **chair)
    with moved_to(datetime.combine(case.planned_on, datetime.min.time(), CHINA) + timedelta(hours=10)):
        actions.carry_out(case, on=today(), dismissed=19, **chair)
        assert (case.kept, case.state) == ("IN", "CARRIED")
        assert case.trace["rules"]["rights.redundancy.people"]["value"] == 20
        assert next(one["good"] for one in case.trace["found"] if one["code"] == "days")
        assert due(case, "RH-D5") == case.rehire_until
        actions.finish_redundancy(case, reason="六个月内没有招用。", **chair)
    assert case.state == "CLOSED"
    assert case.revisions.count() == 2


def test_what_is_carried_out_too_soon_is_recorded_and_judged(town, case):
    with moved_to(datetime.combine(today() + timedelta(days=29), datetime.min.time(), CHINA) + timedelta(hours=10)):
        actions.carry_out(case, on=today(), dismissed=20, by=town.grassroots_chair)
    assert case.kept == "OUT"
    assert {one["code"] for one in case.trace["found"] if one["good"] is False} == {"days_short", "unheard", "unreported"}


def test_where_more_go_than_were_planned_those_who_went_are_judged(town):
    small = actions.open_redundancy(town.firm, planned(town, planned=5), by=town.grassroots_chair)
    assert not small.reached
    actions.carry_out(small, on=today(), dismissed=25, by=town.grassroots_chair)
    assert (small.reached, small.kept) == (True, "OUT")
    assert small.rehire_until is not None


def test_one_worker_needs_no_report_and_no_thirty_days(town):
    chair = {"by": town.grassroots_chair}
    made = actions.open_redundancy(town.firm, one_worker(town, planned_on=today() + timedelta(days=10)), **chair)
    assert (made.reached, made.free_on, made.report_by) == (False, None, None)
    heard(made, town.grassroots_chair, kind="TALK", people=1)
    actions.reply_to(made, verdict="CORRECT", text="没有培训或者调整岗位。", **chair)
    assert {one.code for one in clocks(made)} == {"RH-D2", "RH-D4"}
    with pytest.raises(RuleBroken):
        actions.report_plan(made, on=today(), body="甲县人社局", **chair)
    actions.answer_union(made, on=today(), answer="TAKEN", text="不再解除。", **chair)
    actions.give_up(made, reason="单位采纳工会意见。", **chair)
    assert made.state == "WITHDRAWN"
    again = actions.open_redundancy(town.firm, one_worker(town), **chair)
    with pytest.raises(RuleBroken):
        actions.carry_out(again, on=today(), dismissed=2, **chair)


@pytest.mark.parametrize("more", [
    {"explained_on": date(2099, 1, 1)}, {"ground": "FAULT"}, {"planned": 187}, {"planned": 0}, {"plan": " "}, {"reasons": ""},
    {"kind": "SINGLE", "ground": "NOTICE"}, {"protected": NONE | {"mothers": 21}}, {"protected": NONE | {"sick": -1}},
])  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(town, more):
    with pytest.raises(RuleBroken):
        actions.open_redundancy(town.firm, planned(town, **more), by=town.grassroots_chair)
    assert not Redundancy.objects.exists()


def test_a_hearing_and_an_answer_have_their_days_and_their_words(town, case):
    chair = town.grassroots_chair
    for more in ({"people": 0}, {"opinions": " "}, {"on": today() + timedelta(days=1)}, {"on": today() - timedelta(days=1)}):
        with pytest.raises(RuleBroken):
            heard(case, chair, **more)
    heard(case, chair)
    with pytest.raises(RuleBroken):
        actions.reply_to(case, verdict="AGREES", text=" ", by=chair)
    actions.reply_to(case, verdict="AGREES", text="没有不同意见。", by=chair)
    with pytest.raises(RuleBroken):
        actions.answer_union(case, on=today() + timedelta(days=1), answer="TAKEN", text="", by=chair)
    with pytest.raises(RuleBroken):
        actions.carry_out(case, on=today() + timedelta(days=1), dismissed=3, by=chair)
    with pytest.raises(RuleBroken):
        actions.carry_out(case, on=today(), dismissed=0, by=chair)
    for change in ({"planned": 20}, {"planned": 0}, {"planned": 500}):
        with pytest.raises(RuleBroken):
            actions.revise(case, planned_on=case.planned_on, why="调整。", by=chair, **change)


def test_the_letter_has_a_number_and_says_what_was_heard(town, replied):
    assert replied.paper.kind == "layoff_reply"
    assert {one.name.rpartition(".")[2] for one in Filed.objects.filter(kind="rights.redundancy")} == {"docx", "pdf"}
    form = drawn.reply(replied, "工裁听〔2026〕1号", None)
    text = "\n".join(part for part in form.parts if isinstance(part, str))
    assert form.title == "裁员听取意见函"
    for word in (
        "劳动合同法》第四十一条",
        "织造车间分两批裁减20人",
        "订单减少一半",
        "职工会议，参加120人：先停止招工",
        "四、工会意见：提出意见建议",
        "建议先轮岗",
        "书面通知本会",
    ):
        assert word in text, word
    written = docx.Document(BytesIO(DRAWN["layoff_reply"].draw(replied, "工裁听〔2026〕1号", None).word()))
    assert any("建议先轮岗" in line.text for line in written.paragraphs)


def test_a_reply_is_taken_back_on_its_case_and_its_number_stays_void(town, replied):
    chair = {"by": town.grassroots_chair}
    paper = replied.paper
    with pytest.raises(RuleBroken):
        actions.void_paper(paper, why="写错", **chair)
    actions.recall_reply(replied, reason="人数写错。", **chair)
    replied.refresh_from_db()
    paper.refresh_from_db()
    assert (replied.state, replied.paper, replied.verdict) == ("HEARD", None, "")
    assert paper.void_why == "人数写错。"
    actions.reply_to(replied, verdict="AGREES", text="没有不同意见。", **chair)
    assert (replied.paper.number, Paper.objects.count()) == (2, 2)


def test_two_who_reply_at_once_are_told_apart(town, case):
    heard(case, town.grassroots_chair)
    one, two = Redundancy.objects.get(pk=case.pk), Redundancy.objects.get(pk=case.pk)
    actions.reply_to(one, verdict="AGREES", text="同意。", by=town.grassroots_chair)
    with pytest.raises(Overtaken):
        actions.reply_to(two, verdict="CORRECT", text="不同意。", by=town.township_rights)
    assert (Paper.objects.count(), Redundancy.objects.get().verdict) == (1, "AGREES")


def test_the_clocks(town):
    chair = {"by": town.grassroots_chair}
    with moved_to(datetime(2026, 6, 1, 10, tzinfo=CHINA)):
        made = actions.open_redundancy(town.firm, planned(town, planned_on=date(2026, 7, 6)), **chair)
        assert due(made, "RH-D1") == date(2026, 7, 1)  # five days before the planned one
        heard(made, town.grassroots_chair)
    with moved_to(datetime(2026, 7, 2, 1, tzinfo=CHINA)):
        ring()
        told = Message.objects.filter(what="redundancy-late")
        assert {one.to for one in told} == {town.grassroots_chair, town.township_rights}
        actions.reply_to(made, verdict="PROPOSES", text="建议轮岗。", **chair)
        # five working days from Thursday, 2 July; the report at the latest the day before
        assert (due(made, "RH-D2"), due(made, "RH-D3")) == (date(2026, 7, 9), date(2026, 7, 5))
        actions.revise(made, planned=20, planned_on=date(2026, 7, 20), why="推迟。", **chair)
        assert due(made, "RH-D3") == date(2026, 7, 19)
        actions.answer_union(made, on=today(), answer="REFUSED", text="", **chair)
        assert due(made, "RH-D4") == date(2026, 7, 20)
        actions.report_plan(made, on=today(), body="甲县人社局", **chair)
        assert {one.code for one in clocks(made)} == {"RH-D4"}
    with moved_to(datetime(2026, 7, 20, 10, tzinfo=CHINA)):
        actions.carry_out(made, on=today(), dismissed=20, **chair)
        assert due(made, "RH-D5") == date(2027, 1, 20)
        actions.finish_redundancy(made, reason="没有招用。", **chair)
        assert not clocks(made)


def test_who_agrees_waits_for_no_answer_and_a_step_that_was_skipped_is_looked_after(town, case):
    heard(case, town.grassroots_chair)
    assert due(case, "RH-D4") == case.follow_on  # nobody has replied, and people may go all the same
    actions.reply_to(case, verdict="AGREES", text="没有不同意见。", by=town.grassroots_chair)
    assert {one.code for one in clocks(case)} == {"RH-D3", "RH-D4"}
    with moved_to(datetime.combine(case.follow_on + timedelta(days=1), datetime.min.time(), tzinfo=CHINA)):
        ring()
        assert Message.objects.filter(what="redundancy-late", to=town.grassroots_chair).exists()


def test_plans_of_one_employer_close_by_are_added_together(town):
    chair = {"by": town.grassroots_chair}
    with moved_to(datetime(2026, 6, 1, 10, tzinfo=CHINA)):
        first = actions.open_redundancy(town.firm, planned(town, planned=12, staff=400, planned_on=date(2026, 7, 6)), **chair)
        other = actions.open_redundancy(town.firm, planned(town, planned=12, staff=400, employer=town.other_employer), **chair)
    assert not first.reached
    with moved_to(datetime(2026, 6, 20, 10, tzinfo=CHINA)):
        second = actions.open_redundancy(town.firm, planned(town, planned=10, staff=400), **chair)
        first.refresh_from_db()
        other.refresh_from_db()
        assert (first.reached, second.reached, other.reached) == (True, True, False)
        assert (first.free_on, second.free_on) == (date(2026, 7, 1), date(2026, 7, 20))
        assert due(first, "RH-D3") == date(2026, 7, 5) if first.state == "REPLIED" else True
        assert Message.objects.filter(what="redundancy-explained", to=town.county_rights).count() == 2
        actions.give_up(second, reason="不裁了。", **chair)
        first.refresh_from_db()
        assert (first.reached, first.free_on) == (False, None)
    with moved_to(datetime(2026, 7, 2, 10, tzinfo=CHINA)):
        late = actions.open_redundancy(town.firm, planned(town, planned=10, staff=400), **chair)
        assert not late.reached  # thirty-one days lie between


def test_a_plan_that_grows_begins_the_thirty_days_anew(town):
    chair = {"by": town.grassroots_chair}
    with moved_to(datetime(2026, 6, 1, 10, tzinfo=CHINA)):
        made = actions.open_redundancy(town.firm, planned(town, planned=30, staff=400, planned_on=date(2026, 7, 6)), **chair)
        assert made.free_on == date(2026, 7, 1)
    with moved_to(datetime(2026, 6, 15, 10, tzinfo=CHINA)):
        actions.revise(made, planned=25, planned_on=date(2026, 7, 6), why="减少。", **chair)
        assert (made.grown_on, made.free_on) == (None, date(2026, 7, 1))
        actions.revise(made, planned=40, planned_on=date(2026, 7, 6), why="增加。", **chair)
        assert (made.grown_on, made.free_on, due(made, "RH-D4")) == (date(2026, 6, 15), date(2026, 7, 15), date(2026, 7, 15))
    with moved_to(datetime(2026, 7, 6, 10, tzinfo=CHINA)):
        actions.carry_out(made, on=today(), dismissed=40, **chair)
    assert "days_short" in {one["code"] for one in made.trace["found"] if one["good"] is False}


def test_a_plan_is_seen_by_whoever_handles_it_and_no_other_office_above(town, case):
    for who, sees in (
        ("grassroots chair", True),
        ("county rights", True),
        ("county finance", False),
        ("county office", False),
        ("firm finance", False),
        ("other county", False),
    ):
        assert allows(town.people[who], May.SEE_REDUNDANCY, case) is sees, who


def test_the_union_there_has_the_day_itself_where_the_time_is_short(town):
    made = actions.open_redundancy(town.firm, planned(town, planned_on=today() + timedelta(days=2)), by=town.grassroots_chair)
    assert made.reply_by == made.planned_on


def test_offices_above_are_told_by_the_size_and_advise(town):
    small = actions.open_redundancy(town.firm, planned(town, planned=5), by=town.grassroots_chair)
    assert {one.to for one in Message.objects.filter(what="redundancy-explained")} == {town.township_rights}
    actions.open_redundancy(town.firm, planned(town), by=town.grassroots_chair)
    assert town.county_rights in {one.to for one in Message.objects.filter(what="redundancy-explained")}
    with pytest.raises(Refused):
        actions.advise_union(small, text="请核对名单。", by=town.grassroots_chair)
    actions.advise_union(small, text="请核对名单。", by=town.county_rights)
    assert Message.objects.get(what="redundancy-advised").to == town.grassroots_chair


def test_it_becomes_a_supervision_case_of_the_office_that_turns_it_over(town, case):
    with pytest.raises(Refused):
        actions.turn_over(case, facts="没有提前说明。", by=town.grassroots_chair)
    made = actions.turn_over(case, facts="没有提前说明。", by=town.township_rights)
    assert (made.union, made.state, made.breach, made.employer) == (town.township, "INQUIRY", "CONTRACT", town.employer)
    case.refresh_from_db()
    assert (case.state, case.supervision) == ("SUPERVISED", made)
    assert not clocks(case)
    with pytest.raises(IllegalStep):
        actions.turn_over(case, facts="再转一次。", by=town.county_rights)
    assert Supervision.objects.count() == 1


def test_it_is_reported_as_an_event_once_and_the_hearing_goes_on(town, case):
    made = actions.warn_of(case, detail="三十多人聚在门口。", by=town.grassroots_chair)
    assert (made.type, made.affected, made.employer, made.union) == ("E07", 20, town.employer, town.firm)
    with pytest.raises(RuleBroken):
        actions.warn_of(case, detail="再报一次。", by=town.grassroots_chair)
    assert (Event.objects.count(), Redundancy.objects.get().state) == (1, "NOTIFIED")


def test_who_sees_it(town, case):
    for who in ("grassroots_chair", "township_rights", "county_rights", "county_chair", "city_rights"):
        assert allows(getattr(town, who), May.SEE_REDUNDANCY, case), who
    for who in ("other_county", "far_chair", "county_finance", "county_culture", "firm_finance", "firm_informant"):
        assert not permitted(getattr(town, who), May.SEE_REDUNDANCY).exists(), who
        with pytest.raises(Refused):
            heard(case, getattr(town, who))
