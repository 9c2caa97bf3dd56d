"""Events: where they arrive, how they climb, who may set what."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from niangjia.flow.api import clocks, ring
from niangjia.flow.models import Clock
from niangjia.kit.dates import CHINA, moved_to, now
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.notices.models import Message
from niangjia.rights import actions
from niangjia.rights.models import Event, Report, Task

pytestmark = pytest.mark.django_db


def facts(affected=46, **more):
    return actions.Facts("甲织造有限公司（示例）", "E06", affected, **more)


def clock(event, code):
    return next((one for one in clocks(event) if one.code == code), None)


def test_it_arrives_on_the_reporters_own_rung_with_the_clock_of_its_severity(town, arrears):
    assert (arrears.severity, arrears.rung, arrears.desk) == ("ORANGE", "4", town.firm)
    assert arrears.report_by - arrears.reported_at == timedelta(hours=1)
    assert clock(arrears, "EV-D1").union_id == town.firm.pk


def test_a_red_one_goes_to_the_township_at_once_and_asks_the_departments_in(town):
    event = actions.report(town.firm, facts(132), by=town.grassroots_chair)
    assert (event.severity, event.rung, event.desk) == ("RED", "3", town.township)
    assert Task.objects.filter(event=event, auto=True).count() == 3
    told = Message.objects.get(to=town.township_rights)
    assert (told.what, told.urgent, told.receipt) == ("event-arrived", True, True)


def test_a_report_by_the_township_begins_at_the_township(town):
    event = actions.report(town.firm, facts(5), by=town.township_rights)
    assert (event.rung, event.desk, event.severity) == ("3", town.township, "BLUE")
    assert event.report_by - event.reported_at == timedelta(hours=48)


def test_numbers_run_within_a_year(town, arrears):
    second = actions.report(town.firm, facts(5), by=town.grassroots_chair)
    assert int(second.reference[-6:]) == int(arrears.reference[-6:]) + 1


def test_who_sits_elsewhere_may_not_report_here(town):
    for who in (town.far_chair, town.other_county, town.county_finance):
        with pytest.raises(Refused):
            actions.report(town.firm, facts(), by=who)


def test_another_type_says_what_happened(town):
    with pytest.raises(RuleBroken):
        actions.report(town.firm, actions.Facts("甲", "E14", 3), by=town.grassroots_chair)


def test_it_climbs_rung_by_rung_to_the_province_and_each_rung_keeps_its_receipt(town, arrears):
    for who, rung, desk in (
        (town.grassroots_chair, "3", town.township), (town.township_rights, "2", town.county), (town.county_rights, "1", town.city),
        (town.city_rights, "0", town.city),
    ):  # fmt: skip
        actions.climb(arrears, by=who)
        assert (arrears.rung, arrears.desk) == (rung, desk)
    rungs = list(arrears.reports.order_by("-rung").values_list("rung", "auto"))
    assert rungs == [("4", False), ("3", False), ("2", False), ("1", False), ("0", False)]
    assert arrears.reports.filter(left_at=None).count() == 1
    assert arrears.report_by is None
    with pytest.raises(IllegalStep):
        actions.climb(arrears, by=town.city_rights)


def test_the_office_below_may_not_send_on_what_has_left_it(town, arrears):
    actions.climb(arrears, by=town.grassroots_chair)
    actions.climb(arrears, by=town.township_rights)
    for who in (town.grassroots_chair, town.township_rights):
        with pytest.raises(Refused):
            actions.climb(arrears, by=who)


def test_nobody_acts_on_a_rung_and_the_house_climbs_to_the_city(town, arrears):
    begin = now()
    for after, rung, desk in (
        (timedelta(hours=2), "3", town.township),
        (timedelta(hours=6), "2", town.county),
        (timedelta(hours=12), "1", town.city),
    ):
        with moved_to(begin + after):
            assert ring() >= 1  # beside it, whoever gave no receipt meanwhile
        arrears.refresh_from_db()
        assert (arrears.rung, arrears.desk) == (rung, desk)
    assert list(arrears.reports.order_by("-rung").values_list("auto", flat=True)) == [True, True, True, False]
    with moved_to(begin + timedelta(days=3)):
        ring()
    arrears.refresh_from_db()
    assert arrears.rung == "1"  # to the province a person writes
    assert Message.objects.filter(to=town.city_rights, what="event-late").exists()


def test_when_the_house_climbs_it_tells_the_office_it_came_from_and_the_one_where_it_arrives(town, arrears):
    with moved_to(now() + timedelta(hours=2)):
        ring()
    assert Message.objects.filter(to=town.grassroots_chair, what="event-overdue").count() == 1
    assert Message.objects.filter(to=town.township_rights, what="event-arrived").count() == 1


def test_a_rung_rings_once(town, arrears):
    with moved_to(now() + timedelta(hours=1, minutes=1)):
        assert ring() == 1
        assert ring() == 0


def test_a_severity_is_lowered_only_from_above_the_level_that_set_it(town, arrears):
    actions.climb(arrears, by=town.grassroots_chair)
    actions.confirm(arrears, severity="ORANGE", why="核实46人。", by=town.township_rights)
    with pytest.raises(RuleBroken):
        actions.reassess(arrears, severity="YELLOW", why="人数少了。", by=town.township_rights)
    actions.reassess(arrears, severity="YELLOW", why="人数少了。", by=town.county_rights)
    assert [(s.was, s.now, s.level) for s in arrears.severities.order_by("pk")] == [("ORANGE", "ORANGE", 3), ("ORANGE", "YELLOW", 2)]
    with pytest.raises(RuleBroken):
        actions.reassess(arrears, severity="BLUE", why="更少了。", by=town.county_rights)


def test_the_township_may_lower_what_the_scale_suggested_to_the_firm(town, arrears):
    actions.confirm(arrears, severity="YELLOW", why="实际只有12人。", by=town.township_rights)
    assert arrears.severity == "YELLOW"
    assert arrears.report_by - arrears.reported_at == timedelta(hours=4)


def test_anyone_above_may_raise_it_and_the_graver_clock_counts_from_now(town, arrears):
    actions.climb(arrears, by=town.grassroots_chair)
    actions.confirm(arrears, severity="RED", why="有人堵路。", by=town.township_rights)
    assert timedelta(minutes=29) < arrears.report_by - now() <= timedelta(minutes=30)
    assert arrears.reports.get(rung="3").due_at == arrears.report_by
    assert Task.objects.filter(event=arrears).count() == 3


def test_a_severity_needs_a_reason(town, arrears):
    with pytest.raises(RuleBroken):
        actions.confirm(arrears, severity="RED", why=" ", by=town.township_rights)


def test_follow_ups_keep_the_most_and_lift_the_severity_by_rule(town, arrears):
    actions.confirm(arrears, severity="ORANGE", why="核实。", by=town.county_rights)
    actions.follow_up(arrears, text="走了几个。", affected=20, by=town.grassroots_chair)
    assert (arrears.affected, arrears.severity) == (46, "ORANGE")
    actions.follow_up(arrears, text="又来了一批。", affected=132, behaviour="GATHERING", by=town.grassroots_chair)
    assert (arrears.affected, arrears.severity, arrears.behaviour) == (132, "RED", "GATHERING")
    assert timedelta(hours=3, minutes=59) < arrears.follow_by - now() <= timedelta(hours=4)
    assert arrears.followups.count() == 3


def test_what_turns_red_at_the_firm_does_not_wait_there(town, arrears):
    actions.follow_up(arrears, text="又来了一批。", affected=132, by=town.grassroots_chair)
    assert (arrears.severity, arrears.rung, arrears.desk) == ("RED", "3", town.township)


def test_red_is_followed_every_four_hours_until_stable_then_daily(town):
    event = actions.report(town.firm, facts(120), by=town.grassroots_chair)
    actions.confirm(event, severity="RED", why="核实。", by=town.county_rights)
    assert clock(event, "EV-D2").due_at - now() <= timedelta(hours=4)
    actions.take_on(event, by=town.county_rights)
    actions.calm(event, reason="都回宿舍了。", by=town.county_rights)
    assert timedelta(hours=23) < clock(event, "EV-D2").due_at - now() <= timedelta(hours=24)


def test_a_yellow_event_is_followed_weekly_and_a_blue_one_monthly(town):
    with moved_to(datetime(2026, 12, 1, 10, tzinfo=CHINA)):
        for people, severity, last in ((12, "YELLOW", "2026-12-08"), (3, "BLUE", "2027-01-04")):  # 1 to 3 January are days of rest
            event = actions.report(town.firm, facts(people), by=town.grassroots_chair)
            actions.confirm(event, severity=severity, why="核实。", by=town.township_rights)
            assert clock(event, "EV-D2").due_at.astimezone(CHINA).date().isoformat() == last


def test_what_nobody_has_confirmed_is_asked_of_the_office_that_may(town):
    event = actions.report(town.firm, facts(46), by=town.grassroots_chair)
    one = clock(event, "EV-D7")
    assert (one.due_at - one.started_at, one.union_id) == (timedelta(hours=4), town.township.pk)  # the firm confirms nothing
    assert clock(event, "EV-D2").due_at - event.reported_at == timedelta(hours=24)
    actions.follow_up(event, text="又来了。", affected=120, by=town.grassroots_chair)
    assert clock(event, "EV-D7").due_at - one.started_at == timedelta(hours=1)
    with moved_to(now() + timedelta(minutes=61)):
        ring()
        late = Message.objects.filter(what="event-late")
        assert {message.to for message in late} == {town.county_rights, town.city_rights}  # the house has sent it on meanwhile
    event.refresh_from_db()
    actions.confirm(event, severity="RED", why="核实。", by=town.county_rights)
    assert clock(event, "EV-D7") is None


def test_a_follow_up_that_stays_away_is_told_each_period_one_level_higher(town):
    event = actions.report(town.firm, facts(120), by=town.grassroots_chair)
    actions.confirm(event, severity="RED", why="核实。", by=town.township_rights)
    begin, heard = clock(event, "EV-D2").due_at, []
    for n in range(3):
        with moved_to(begin + n * timedelta(hours=4) + timedelta(minutes=1 + n)):
            Message.objects.all().delete()
            Clock.objects.filter(code="EV-D1").delete()  # only the follow-ups are looked at
            Event.objects.filter(pk=event.pk).update(report_by=None)
            ring()
            event.refresh_from_db()
            said = Message.objects.filter(what="event-late", facts__what__isnull=False)
            heard.append({message.to for message in said if message.to in (town.township_rights, town.county_rights, town.city_rights)})
            assert event.missed == n + 1
    assert heard[0] == {town.township_rights, town.county_rights}
    assert town.city_rights in heard[1]
    assert clock(event, "EV-D2").due_at == begin  # it stays late
    assert clock(event, "EV-D8") is not None
    actions.follow_up(event, text="平稳。", by=town.township_rights)
    assert (event.missed, clock(event, "EV-D8")) == (0, None)


def test_weekly_reports_end_on_a_working_day(town):
    """A blue event that reaches the county on a Saturday must be at the city a week later, which is a Saturday: so by Monday."""
    with moved_to(datetime(2026, 7, 4, 10, tzinfo=CHINA)):
        event = actions.report(town.county, facts(3), by=town.county_rights)
    assert (event.rung, event.severity) == ("2", "BLUE")
    assert event.report_by.astimezone(CHINA).date().isoformat() == "2026-07-13"


def test_the_closing_report_is_due_in_five_working_days_over_a_weekend(town, arrears):
    with moved_to(datetime(2026, 12, 3, 10, tzinfo=CHINA)):  # a Thursday
        actions.confirm(arrears, severity="ORANGE", why="核实。", by=town.county_rights)
        actions.take_on(arrears, by=town.county_rights)
        actions.settle(arrears, resolution="已付清。", by=town.county_rights)
        assert clock(arrears, "EV-D1") is None
        due = clock(arrears, "EV-D3").due_at
    assert due.astimezone(CHINA).date().isoformat() == "2026-12-10"


def test_its_whole_life(town, arrears):
    by = {"by": town.county_rights}
    actions.confirm(arrears, severity="ORANGE", why="核实。", **by)
    actions.take_on(arrears, **by)
    actions.calm(arrears, reason="平稳。", **by)
    actions.flare(arrears, reason="又停工。", **by)
    actions.settle(arrears, resolution="工资付清。", **by)
    actions.close_event(arrears, closing="原因、经过、结果。", **by)
    actions.visit(arrears, reason="回访，无新的欠薪。", **by)
    assert (arrears.state, arrears.closed_on is not None) == ("VISITED", True)
    with pytest.raises(IllegalStep):
        actions.follow_up(arrears, text="再说。", **by)


def test_what_reached_the_county_is_not_closed_by_the_township(town, arrears):
    for who in (town.grassroots_chair, town.township_rights):
        actions.climb(arrears, by=who)
    actions.confirm(arrears, severity="ORANGE", why="核实。", by=town.county_rights)
    actions.take_on(arrears, by=town.township_rights)
    actions.settle(arrears, resolution="付清。", by=town.township_rights)
    with pytest.raises(Refused):
        actions.close_event(arrears, closing="报告。", by=town.township_rights)
    actions.close_event(arrears, closing="报告。", by=town.county_rights)


def test_two_who_confirm_at_once_are_told_apart(town, arrears):
    one, two = Event.objects.get(pk=arrears.pk), Event.objects.get(pk=arrears.pk)
    actions.confirm(one, severity="ORANGE", why="核实。", by=town.county_rights)
    with pytest.raises(Overtaken):
        actions.confirm(two, severity="ORANGE", why="我也核实。", by=town.city_rights)
    assert arrears.severities.count() == 1


def test_two_who_send_it_on_at_once_send_it_once(town, arrears):
    one, two = Event.objects.get(pk=arrears.pk), Event.objects.get(pk=arrears.pk)
    actions.climb(one, by=town.grassroots_chair)
    with pytest.raises(Overtaken):
        actions.climb(two, by=town.township_rights)
    assert Report.objects.filter(event=arrears).count() == 2


def test_a_task_is_given_and_done_once(town, arrears):
    task = actions.add_task(arrears, department="LABOUR", what="核工资册", by=town.county_rights)
    actions.finish_task(task, said="册子已核。", by=town.county_rights)
    with pytest.raises(IllegalStep):
        actions.finish_task(task, said="再核。", by=town.county_rights)
    with pytest.raises(Refused):
        actions.add_task(arrears, department="POLICE", what="到场", by=town.grassroots_chair)


def test_money_at_stake_alone_makes_it_orange(town):
    assert actions.report(town.firm, facts(2, owed=Decimal(500000)), by=town.grassroots_chair).severity == "ORANGE"
