"""Two reports of one event: likely ones are shown with reasons, made one and parted again; the books count once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from niangjia.flow.api import clocks
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import Period
from niangjia.rights import actions, printed
from niangjia.rights.models import Event
from niangjia.rights.queries.same import likely, merged_in
from niangjia.rights.shown.events import story
from niangjia.worklog.api import Asked, audit, evaluate, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(town):
    """The firm's chair has reported, and the hotline too, with another name and more people."""
    first = actions.report(town.firm, actions.Facts("甲织造有限公司（示例）", "E01", 46), by=town.grassroots_chair)
    with moved_to(now() + timedelta(hours=1)):
        second = actions.report(
            town.township,
            actions.Facts("甲织造厂", "E06", 60, channel="HOTLINE", anonymous=True, detail="工人来电。"),
            by=town.township_rights,
        )
    return first, second


def test_a_likely_one_is_shown_with_its_reasons(town, two):
    found = likely(two[0], town.city_rights)
    assert [(one.event, one.reasons) for one in found] == [(two[1], ["name", "place"])]
    far = actions.report(town.far_firm, actions.Facts("甲织造有限公司（示例）", "E01", 46), by=town.far_chair)
    assert likely(far, town.city_rights) == []


def test_made_one_it_has_the_earliest_and_the_most_and_the_other_stops(town, two):
    first, second = two
    kept = actions.merge(first, second, by=town.county_rights)
    assert kept == second  # it has climbed higher
    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.known_at, second.affected, second.also) == (first.known_at, 60, "E01")
    assert (first.state, clocks(first), merged_in(first).kept) == ("MERGED", [], second)
    assert not first.tellings.filter(state="WAITING").exists()
    told = [(one.did, one.who) for one in story(second)]
    assert any(first.reference in did for did, _who in told)
    assert [who for did, who in told if did == "首次上报"] == ["匿名"]


def test_within_its_time_they_are_parted_again_and_are_not_asked_of_again(town, two):
    first, second = two
    actions.merge(first, second, by=town.county_rights)
    line = merged_in(first)
    with moved_to(now() + timedelta(days=31)), pytest.raises(RuleBroken):
        actions.unmerge(line, by=town.county_rights)
    actions.follow_up(second, text="又来了几个。", affected=70, by=town.township_rights)
    actions.unmerge(line, by=town.county_rights)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.affected, second.affected, second.also) == ("REPORTED", 46, 70, "")
    assert second.known_at > first.known_at
    assert clocks(first) != []
    assert likely(first, town.city_rights) == []
    with pytest.raises(IllegalStep):
        actions.unmerge(line, by=town.county_rights)


def test_two_matters_are_remembered(town, two):
    actions.tell_apart(*two, by=town.county_rights)
    assert likely(two[0], town.city_rights) == likely(two[1], town.city_rights) == []


def test_only_an_office_above_both_makes_them_one(town, two):
    for who in (town.grassroots_chair, town.other_county):
        with pytest.raises(Refused):
            actions.merge(*two, by=who)
    actions.merge(*two, by=town.city_rights)
    with pytest.raises(IllegalStep):
        actions.merge(*two, by=town.city_rights)


@pytest.mark.django_db(transaction=True)
def test_the_books_count_one_event_and_stay_equal(town, two, owner):
    def value(code):
        post()
        return evaluate(FIGURES[code].plan, Asked(Period(date(today().year, 1, 1), date(today().year + 1, 12, 31)), town.city.pk))

    assert value("rights.events") == 2
    actions.merge(*two, by=town.county_rights)
    assert (value("rights.events"), value("rights.affected")) == (1, 60)
    with owner():
        assert audit() == []
    actions.unmerge(merged_in(Event.objects.get(pk=two[0].pk)), by=town.county_rights)
    assert value("rights.events") == 2
    assert value("rights.told") == 0  # both were reported by whoever answers for them there
    with owner():
        assert audit() == []


def test_a_brief_has_the_next_number_and_keeps_what_was_known(town, two):
    one = actions.draw_up(two[0], by=town.county_rights)
    actions.follow_up(two[0], text="人数增加。", affected=90, by=town.grassroots_chair)
    two[0].refresh_from_db()
    second = actions.draw_up(two[0], by=town.county_rights)
    assert int(second.reference[-6:]) == int(one.reference[-6:]) + 1
    assert "涉及职工46人" in "".join(map(str, printed.draft(one).text))
    assert printed.draft(second).title.endswith("第2次专报")
    assert printed.word(one) == printed.word(one)
    with pytest.raises(Refused):
        actions.draw_up(two[0], by=town.township_rights)


def test_the_same_employer_is_one_pattern_however_its_name_was_typed(town):
    from niangjia.rights.queries.same import by_firm

    for name, employer in (
        ("甲织造厂", town.employer),
        ("甲织造", town.employer),
        ("甲织造", None),
        ("甲织造", None),
        ("丙包装厂", town.other_employer),
    ):
        actions.report(town.firm, actions.Facts(name, "E06", 3, employer=employer), by=town.grassroots_chair)
    assert [(one.label, one.n) for one in by_firm(town.county_rights)] == [("甲织造", 2), (town.employer.name, 2)]
