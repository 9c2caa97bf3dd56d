"""The roster: a month is planned fairly, turns are confirmed and swapped, an unconfirmed night is the county's."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from niangjia.access.models import SeenLog, User
from niangjia.flow.api import clocks, ring
from niangjia.kit.dates import CHINA, moved_to, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.notices.models import Message
from niangjia.rights import actions
from niangjia.rights.actions import duty
from niangjia.rights.models import Reach, Roster, Turn
from niangjia.rights.queries.duty import on_duty, stood
from niangjia.rights.tests.conftest import SINCE
from niangjia.unions.models import Office

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 12, 1, 9, tzinfo=CHINA)


@pytest.fixture
def staff(town):
    """Three more in the township's office."""
    people = []
    for n, name in enumerate("甲乙丙"):
        user = User.objects.create(username=f"duty-{n}", name=f"值班{name}")
        Office.objects.create(union=town.township, user=user, name=user.name, duty="staff", post="干事", since=SINCE)
        people.append(user)
    return people


def test_a_month_is_filled_fairly_by_nights_and_days_of_rest(town, staff):
    with moved_to(BEGIN):
        made = duty.plan(town.township, 2026, 12, by=town.township_rights)
    assert (made.made, made.empty) == (31 * 4, 31)  # nobody leads there
    nights = Counter(Turn.objects.filter(part="NIGHT").values_list("user", flat=True))
    assert set(nights.values()) <= {7, 8}
    rests = Counter(Turn.objects.filter(part="NIGHT", rest=True).values_list("user", flat=True))
    assert max(rests.values()) - min(rests.values()) <= 1
    line = dict(Turn.objects.filter(part="NIGHT").values_list("day", "user"))
    assert not any(line[day] == line.get(day + timedelta(days=1)) for day in line)
    both = dict(Turn.objects.filter(part="SUBSTITUTE").values_list("day", "user"))
    assert not any(both[day] == line[day] for day in line)


def test_planned_twice_nothing_is_doubled_and_what_was_confirmed_stays(town, staff):
    with moved_to(BEGIN):
        duty.plan(town.township, 2026, 12, by=town.township_rights)
        one = Turn.objects.filter(part="NIGHT").exclude(user=None).first()
        duty.confirm_turns(town.township, [one], by=one.user)
        again = duty.plan(town.township, 2026, 12, by=town.township_rights)
        anew = duty.plan(town.township, 2026, 12, anew=True, by=town.township_rights)
    assert (again.made, anew.made) == (0, 31 * 4 - 1)
    assert Turn.objects.get(pk=one.pk).confirmed_at is not None


def test_only_the_office_or_one_above_plans(town, staff):
    with moved_to(BEGIN):
        for who in (town.other_county, town.grassroots_chair, town.county_finance):
            with pytest.raises(Refused):
                duty.plan(town.township, 2026, 12, by=who)
        duty.plan(town.township, 2026, 12, by=town.county_rights)
        with pytest.raises(RuleBroken):
            duty.plan(town.township, 2026, 11, by=town.township_rights)


def test_an_unconfirmed_night_is_the_countys_and_it_is_told_once(town, staff):
    with moved_to(BEGIN):
        duty.plan(town.township, 2026, 12, by=town.township_rights)
        roster = Roster.objects.get(union=town.township)
        assert clocks(roster)[0].due_at == datetime(2026, 12, 1, 20, tzinfo=CHINA)
    with moved_to(datetime(2026, 12, 1, 20, 1, tzinfo=CHINA)):
        assert (ring(), ring()) == (1, 0)
        assert Turn.objects.get(union=town.township, day=date(2026, 12, 1), part="NIGHT").stood_in_at is not None
        assert Message.objects.filter(what="duty-unconfirmed", to=town.county_rights).count() == 1
        roster.refresh_from_db()
        assert clocks(roster)[0].due_at == datetime(2026, 12, 2, 20, tzinfo=CHINA)
        event = actions.report(town.firm, actions.Facts("甲", "E06", 132), by=town.grassroots_chair)
        assert event.tellings.get(role="DUTY").to == town.county_rights


def test_a_confirmed_night_moves_the_clock_to_the_next(town, staff):
    with moved_to(BEGIN):
        duty.plan(town.township, 2026, 12, by=town.township_rights)
        night = Turn.objects.get(day=date(2026, 12, 1), part="NIGHT")
        assert duty.confirm_turns(town.township, [night], by=town.county_rights) == 0
        assert duty.confirm_turns(town.township, [night], by=night.user) == 1
        assert clocks(Roster.objects.get())[0].due_at == datetime(2026, 12, 2, 20, tzinfo=CHINA)


def test_the_night_goes_on_until_the_morning(town, staff):
    Turn.objects.create(union=town.township, day=date(2026, 12, 1), part="NIGHT", user=staff[0])
    Turn.objects.create(union=town.township, day=date(2026, 12, 2), part="DAY", user=staff[1])
    assert on_duty(town.township, datetime(2026, 12, 2, 8, 29, tzinfo=CHINA))["DUTY"] == staff[0]
    assert on_duty(town.township, datetime(2026, 12, 2, 8, 30, tzinfo=CHINA))["DUTY"] == staff[1]


def test_a_swap_needs_the_other_ones_yes(town, staff):
    with moved_to(BEGIN):
        duty.plan(town.township, 2026, 12, by=town.township_rights)
        mine = Turn.objects.filter(part="NIGHT", user=staff[0]).order_by("day")[1]
        theirs = Turn.objects.filter(part="NIGHT", user=staff[1]).exclude(day=mine.day).order_by("-day")[0]
        Turn.objects.filter(part="SUBSTITUTE", day__in=[mine.day, theirs.day]).update(user=staff[2])
        swap = duty.ask_swap(mine, staff[1], theirs=theirs, why="孩子开家长会。", by=staff[0])
        with pytest.raises(Refused):
            duty.answer_swap(swap, agree=True, by=staff[2])
        duty.answer_swap(swap, agree=True, by=staff[1])
        mine.refresh_from_db()
        theirs.refresh_from_db()
        assert (mine.user, theirs.user, mine.confirmed_at is not None) == (staff[1], staff[0], True)
        swap.state = "ASKED"
        with pytest.raises(Overtaken):
            duty.answer_swap(swap, agree=False, by=staff[1])


def test_nobody_is_her_own_substitute_and_days_gone_by_stay(town, staff):
    with moved_to(BEGIN):
        duty.put(town.township, date(2026, 12, 5), "NIGHT", staff[0], by=town.township_rights)
        with pytest.raises(RuleBroken):
            duty.put(town.township, date(2026, 12, 5), "SUBSTITUTE", staff[0], by=town.township_rights)
        with pytest.raises(RuleBroken):
            duty.put(town.township, date(2026, 11, 5), "NIGHT", staff[0], by=town.township_rights)
        with pytest.raises(RuleBroken):
            duty.put(town.township, date(2026, 12, 6), "NIGHT", town.far_chair, by=town.township_rights)
    assert [(one.user, one.nights) for one in stood(town.township, 2026)] == [(staff[0], 1)]


def test_a_number_is_sealed_shown_with_a_reason_and_written_down(town):
    one = duty.reach_by(town.township_rights, phone="10000000001")
    assert b"10000000001" not in bytes(one.phone_sealed)
    with pytest.raises(RuleBroken):
        duty.disclose_reach(one, why=" ", by=town.county_rights)
    assert duty.disclose_reach(one, why="红色事件", by=town.county_rights) == "10000000001"
    assert SeenLog.objects.filter(act="revealed", kind="rights.reach", thing_id=one.pk).count() == 1
    duty.reach_by(town.township_rights, fixed="0572-0000000", away_from=today(), away_to=today())
    assert Reach.objects.get().phone_sealed is not None


def test_numbers_go_with_the_last_office(town):
    duty.reach_by(town.township_rights, phone="10000000001")
    assert duty.forget_reaches() == 0
    Office.objects.filter(user=town.township_rights).update(until=today() - timedelta(days=1))
    assert duty.forget_reaches() == 1
