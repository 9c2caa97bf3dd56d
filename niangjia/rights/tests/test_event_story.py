"""What the house did by itself stands in the story of an event, and what came before is read of the employer."""

from __future__ import annotations

from datetime import timedelta

from django.utils import translation

from niangjia.flow.api import clocks, ring
from niangjia.kit.dates import moved_to
from niangjia.rights import actions, rules
from niangjia.rights.tests.conftest import SINCE
from niangjia.unions.models import Office


def facts(affected=46, **more):
    return actions.Facts("甲织造有限公司（示例）", "E06", affected, **more)


def clock(event, code):
    return next((one for one in clocks(event) if one.code == code), None)


def test_whoever_is_told_twice_is_told_of_what(town, arrears):
    from niangjia.rights.shown import ladder

    actions.climb(arrears, by=town.grassroots_chair)
    actions.confirm(arrears, severity="ORANGE", why="核实。", by=town.township_rights)
    with moved_to(clock(arrears, "EV-D2").due_at + timedelta(minutes=1)):
        ring()
        said = ladder.tellings(arrears)
    assert {ladder.about(one) for one in said if one.to == town.township_rights} == {"上报到本级", "没有按时上报"}
    assert "逾期：续报" in {ladder.about(one) for one in said}
    with translation.override("en"):
        assert "late: Follow up" in {ladder.about(one) for one in said}


def house(event):
    from niangjia.rights.shown import events, ladder

    return [one.did for one in events.story(event, ladder.tellings(event)) if one.auto]


def test_the_story_tells_what_the_house_did_by_itself(town):
    event = actions.report(town.firm, facts(132), by=town.grassroots_chair)
    assert house(event) == ["因为是红色，已请这些部门一起处置：人社局、公安局、信访局"]
    actions.climb(event, by=town.township_rights)
    actions.climb(event, by=town.county_rights)
    actions.climb(event, by=town.city_rights)
    actions.confirm(event, severity="RED", why="核实。", by=town.city_rights)
    with moved_to(clock(event, "EV-D2").due_at + timedelta(minutes=1)):
        ring()
        assert house(event)[0] == "“续报”逾期，已告知1人"


def test_a_clock_that_rang_where_nobody_sits_is_told_too(town):
    event = actions.report(town.firm, facts(132), by=town.grassroots_chair)
    actions.confirm(event, severity="RED", why="核实。", by=town.township_rights)
    for _n in range(3):
        actions.climb(event, by=town.city_rights)
    Office.objects.filter(union=town.city).update(until=SINCE + timedelta(days=1))
    with moved_to(clock(event, "EV-D2").due_at + timedelta(minutes=1)):
        ring()
        assert house(event)[0] == "“续报”逾期，没有人可以告知"


def test_what_the_house_sent_on_stands_in_the_story_once(town, arrears):
    with moved_to(arrears.report_by + timedelta(minutes=1)):
        ring()
        arrears.refresh_from_db()
        assert house(arrears) == ["上报到甲镇总工会"]


def test_the_trade_and_what_came_before_are_read_of_the_employer_and_shown(town, client):
    type(town.employer).objects.filter(pk=town.employer.pk).update(industry="E")
    town.employer.refresh_from_db()
    first = actions.report(town.firm, facts(6, employer=town.employer), by=town.grassroots_chair)
    assert (first.severity, first.followups.get().trace["version"]) == ("YELLOW", rules.VERSION)
    assert [step[0] for step in first.followups.get().trace["steps"]] == ["sector"]
    others = [actions.report(town.firm, facts(2, employer=town.employer), by=town.grassroots_chair) for _n in range(2)]
    assert [one.severity for one in others] == ["BLUE", "YELLOW"]
    client.force_login(town.township_rights)
    assert "近期上报过3次" in client.get(others[1].get_absolute_url()).content.decode()
    actions.dismiss(first, reason="不属实。", by=town.township_rights)
    assert (
        actions.report(town.firm, facts(2, employer=town.employer), by=town.grassroots_chair).severity == "YELLOW"
    )  # a false report does not count
    assert actions.report(town.firm, facts(2, employer=town.other_employer), by=town.grassroots_chair).severity == "BLUE"
