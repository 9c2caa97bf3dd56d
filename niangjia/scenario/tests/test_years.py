"""The years since the review, as they are made: each has life, none is moved by the day of the load, and the review stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from statistics import median
from typing import Any

import numpy as np
import pytest

from niangjia.kit.dates import day_of
from niangjia.scenario import targets
from niangjia.scenario.later.years import BEGIN, slices, stretches
from niangjia.scenario.later.years import YEARS as ASSUMED
from niangjia.scenario.load import City, made
from niangjia.scenario.people import WORKS
from niangjia.scenario.spread import dice
from niangjia.scenario.terms import Term, Terms
from niangjia.scenario.tests.conftest import SMALL, TODAY, made_once

YEARS = range(2016, 2026)  # whole years
REVIEW = targets.REVIEW


@pytest.fixture(scope="module", params=[2015, 7])
def city(request: pytest.FixtureRequest) -> City:
    return made_once(seed=request.param)


def stock(city: City, day: date, works: Iterable[str] = WORKS) -> int:
    """Members in force on a day, as figure F103 counts them."""
    people, at = city.people, day.toordinal()
    counts = ~people.retained & ~people.second & np.isin(people.work, [WORKS.index(work) for work in works])
    return int((counts & (people.joined <= at) & ((people.left == 0) | (people.left > at))).sum())


def living(city: City, day: date) -> int:
    """Grassroots unions on a day."""
    return sum(union.grassroots and union.founded <= day and not (union.closed and union.closed <= day) for union in city.tree.unions)


def years_of(days: np.ndarray) -> Counter[int]:
    return Counter(date.fromordinal(int(day)).year for day in days if day)


def terms(city: City) -> dict[int, Term]:
    return Terms(city.seed, city.tree, dice(city.seed, "register"), city.today).of


def test_in_each_year_people_join_and_leave(city: City) -> None:
    joined, left = years_of(city.people.joined), years_of(city.people.left)
    members = targets.MEMBERS[0] * SMALL
    assert {year: joined[year] for year in YEARS if not 0.002 < joined[year] / members < 0.03} == {}
    assert {year: left[year] for year in YEARS if not 0.002 < left[year] / members < 0.03} == {}


def test_the_curve_of_members_has_life_in_it(city: City) -> None:
    ends = {year: stock(city, date(year, 12, 31)) for year in (2015, *YEARS)}
    assert len(set(ends.values())) > 8
    assert ends[2020] < 0.994 * ends[2019]
    assert ends[2021] > ends[2020] < ends[2018]
    assert abs(stock(city, TODAY) / (855_000 * SMALL) - 1) < 0.015
    new = WORKS[3:]
    assert stock(city, TODAY, new) > 2 * stock(city, date(2020, 12, 31), new)


def test_the_old_leave_first(city: City) -> None:
    people = city.people
    here = (people.left == 0) & ~people.retained & ~people.second
    age = (TODAY.toordinal() - people.born[people.person - 1]) / 365.25
    assert (age[here] > 66).mean() < 0.05
    since = people.left > BEGIN.toordinal()
    then = (people.left - people.born[people.person - 1]) / 365.25
    assert np.median(then[since]) > np.median(age[here]) - 6


def test_unions_come_and_go_each_year_and_are_about_as_many(city: City) -> None:
    founded = Counter(union.founded.year for union in city.tree.unions if union.grassroots)
    closed = Counter(union.closed.year for union in city.tree.unions if union.closed)
    assert {year: (founded[year], closed[year]) for year in YEARS if not (20 < founded[year] < 130 and 30 < closed[year] < 130)} == {}
    assert living(city, REVIEW) == targets.UNIONS
    assert abs(living(city, TODAY) / targets.UNIONS - 1) < 0.01
    merged = [union for union in city.tree.unions if union.successor and union.grassroots]
    assert len(merged) > 60
    assert all(city.tree.by_pk[union.successor or 0].founded < (union.closed or REVIEW) for union in merged)
    assert city.tree.firm.closed is None


def test_events_and_disputes_go_on_and_become_fewer(city: City) -> None:
    events = Counter(event.day.year for event in city.events)
    disputes = Counter(one.applied.year for one in city.disputes)
    assert {year: events[year] for year in YEARS if not 70 <= events[year] <= 175} == {}
    assert {year: disputes[year] for year in YEARS if not 350 <= disputes[year] <= 950} == {}
    assert sum(events[year] for year in range(2023, 2026)) < 0.8 * sum(events[year] for year in range(2016, 2019))
    assert sum(disputes[year] for year in range(2023, 2026)) < 0.8 * sum(disputes[year] for year in range(2016, 2019))
    assert {"E13"} <= {event.type for event in city.events if event.day.year > 2020}


def test_no_record_makes_more_than_a_fiftieth_of_its_year(city: City) -> None:
    kinds: dict[str, Callable[[], Iterable[tuple[int, float]]]] = {
        "affected": lambda: ((event.day.year, event.affected) for event in city.events),
        "claimants": lambda: ((one.applied.year, one.workers) for one in city.disputes),
        "received": lambda: ((day.year, fen) for one in city.disputes for day, _, fen in one.receipts),
    }
    for kind, rows in kinds.items():
        by: dict[int, list[float]] = defaultdict(list)
        for year, value in rows():
            by[year].append(value)
        # In 2016 money still came of what the review had seen.
        assert {year: max(by[year]) / sum(by[year]) for year in YEARS[1:] if max(by[year]) > 0.02 * sum(by[year])} == {}, kind


def test_no_year_comes_to_a_round_number() -> None:
    assert [year for year, one in ASSUMED.items() for many in (one.events, one.disputes, one.founded, one.ended) if many % 10 == 0] == []


def test_counties_share_the_cases_as_they_share_the_unions(city: City) -> None:
    unions = Counter(union.county for union in city.tree.living)
    cases = Counter(one.union.county for one in city.disputes if one.applied >= BEGIN)
    for county, many in unions.items():
        if many > 500:
            assert 0.6 < cases[county] / sum(cases.values()) / (many / sum(unions.values())) < 1.5


def test_few_elections_are_late_and_most_of_these_by_weeks(city: City) -> None:
    found = terms(city)
    late = [(TODAY - found[union.pk].end).days for union in city.tree.living if found[union.pk].state == "OVERDUE"]
    assert 0.018 <= len(late) / len(city.tree.living) <= 0.04
    assert median(late) < 180
    assert max(late) < 900
    held = Counter(day.year for term in found.values() for day in term.elections)
    assert {year: held[year] for year in YEARS if not 0.18 < held[year] / targets.UNIONS < 0.35} == {}


def test_elections_follow_each_other_by_a_term(city: City) -> None:
    for pk, term in terms(city).items():
        union = city.tree.by_pk[pk]
        days = [union.founded, *term.elections]
        assert days == sorted(set(days)), union.name
        assert (term.start, term.number) == (days[-1] if union.closed is None or union.closed > REVIEW else union.founded, len(days))
        least = [0.34, *[0.9] * len(days)]
        assert all((later - day).days > part * 365 * term.years for part, day, later in zip(least, days, days[1:], strict=False)), (
            union.name
        )


def test_what_was_told_of_a_case_is_over_before_the_living_work(city: City) -> None:
    for one in (*city.events, *city.disputes):
        assert day_of(one.story.steps[-1].at) < TODAY
    assert len({event.reference for event in city.events}) == len(city.events)
    assert len({one.reference for one in city.disputes}) == len(city.disputes)


def of_the_review(city: City) -> list[Any]:
    """All that was known of a city on the day of the review."""
    people, at = city.people, REVIEW.toordinal()
    spells = people.joined <= at
    left = np.where(people.left > at, 0, people.left)[spells]
    events = [(one.reference, one.firm.uscc, one.affected, one.story.steps, one.rungs) for one in city.events if one.day <= REVIEW]
    disputes = [
        (one.reference, one.each, one.receipts, one.story.steps, city.people.claimants[one.pk])
        for one in city.disputes if one.applied <= REVIEW
    ]  # fmt: skip
    unions = [
        (one.code, one.name, one.size, one.closed if one.closed and one.closed <= REVIEW else None)
        for one in city.tree.unions
        if one.founded <= REVIEW
    ]
    return [
        events,
        disputes,
        unions,
        left.tolist(),
        people.joined[spells].tolist(),
        people.union[spells].tolist(),
        people.person[spells].tolist(),
    ]


@pytest.mark.parametrize("today", [date(2015, 10, 21), date(2016, 1, 15), date(2019, 3, 4), date(2031, 7, 9)])
def test_the_review_is_the_same_whatever_the_day(today: date) -> None:
    usual, other = made_once(scale=0.002), made(scale=0.002, today=today, seed=2015)
    assert of_the_review(other) == of_the_review(usual)
    assert other.people.left.max() < today.toordinal()
    assert max(other.people.joined) < max(today, BEGIN).toordinal()
    assert all(day_of(one.story.steps[-1].at) < max(today, date(2016, 9, 1)) for one in (*other.events, *other.disputes))
    assert abs(stock(other, today) / (855_000 * 0.002) - 1) < 0.03


def test_slices_go_to_the_day_before_the_load() -> None:
    assert slices(date(2016, 3, 1)) == targets.SLICES
    assert slices(date(2017, 1, 1)) == (*targets.SLICES, date(2016, 12, 31))
    assert slices(date(2018, 2, 3))[len(targets.SLICES) :] == (date(2016, 12, 31), date(2017, 12, 31), date(2018, 2, 2))
    assert [(one.first, one.last) for one in stretches(date(2016, 2, 9))] == [
        (date(2015, 10, 21), date(2015, 12, 31)),
        (date(2016, 1, 1), date(2016, 2, 9)),
    ]
