"""What each year since the review comes to. Nothing of it is published: it is assumed, so that a city of today has a past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from niangjia.scenario.targets import REVIEW, SLICES

BEGIN = REVIEW + timedelta(days=1)
DAY = timedelta(days=1)
OPEN_EVENTS = timedelta(days=36)  # the last weeks are the living work's: what history tells of cases is over by then
OPEN_DISPUTES = timedelta(days=47)


@dataclass(frozen=True)
class Year:
    """A whole year: of members by a hundred, of the rest by number."""

    joined: float
    left: float
    founded: int
    ended: int
    drivers: int  # unions of new-form workers among those founded
    events: int
    disputes: int


# The members dip in 2020 and recover; drivers and deliverers are organised from 2021 on; cases become fewer, but for 2020 and 2023.
YEARS = {
    2015: Year(0.83, 0.69, 101, 63, 0, 214, 1_868),
    2016: Year(0.93, 0.69, 78, 52, 1, 159, 871),
    2017: Year(0.71, 0.54, 66, 47, 1, 127, 683),
    2018: Year(0.57, 0.49, 57, 49, 0, 118, 597),
    2019: Year(0.46, 0.53, 46, 52, 1, 112, 553),
    2020: Year(0.21, 0.94, 27, 61, 1, 124, 586),
    2021: Year(0.56, 0.37, 53, 43, 5, 103, 509),
    2022: Year(0.43, 0.39, 47, 46, 4, 108, 478),
    2023: Year(0.51, 0.35, 49, 42, 4, 99, 503),
    2024: Year(0.46, 0.41, 44, 47, 3, 97, 471),
    2025: Year(0.42, 0.38, 41, 44, 3, 94, 443),
    2026: Year(0.41, 0.39, 43, 41, 2, 91, 419),
}
LAST, ROUND = 2026, 4  # whoever loads later sees the last four years come again
MOVED = 0.06  # of a hundred members, in a year
STIRRED = 0.11  # of the unions, those whose roster changes in a year: they admit and strike off on a day or two
LATE = 0.026  # of the grassroots unions, whose election is late on the day of the load


def of(year: int) -> Year:
    """What a year comes to."""
    return YEARS[year if year <= LAST else LAST - (LAST - year) % ROUND]


@dataclass(frozen=True)
class Stretch:
    """A year, or what of it lies between the review and the end of history."""

    first: date
    last: date

    @cached_property
    def year(self) -> Year:
        return of(self.first.year)

    def share(self, months: Sequence[float]) -> float:
        """How much of a year's work falls into it, by the season."""
        return weight(self.first, self.last, months) / weight(date(self.first.year, 1, 1), date(self.first.year, 12, 31), months)

    def of(self, many: float, months: Sequence[float]) -> int:
        """How many of a year's things fall into it."""
        return round(many * self.share(months))


def weight(first: date, last: date, months: Sequence[float]) -> float:
    """The days of a span by the weight of their months."""
    return sum(months[date.fromordinal(day).month - 1] for day in range(first.toordinal(), last.toordinal() + 1))


def stretches(until: date) -> list[Stretch]:
    """The years from the day after the review to a day."""
    return [
        Stretch(max(BEGIN, date(year, 1, 1)), min(until, date(year, 12, 31)))
        for year in range(BEGIN.year, until.year + 1)
        if until >= BEGIN
    ]


def slices(today: date) -> tuple[date, ...]:
    """The days on which facts were known: those of the review, then the end of each year, then the day before the load."""
    ends = (date(year, 12, 31) for year in range(SLICES[-1].year, today.year))
    later = [day for day in (*ends, today - DAY) if day > SLICES[-1]]
    return (*SLICES, *dict.fromkeys(later))
