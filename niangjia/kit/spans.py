"""Spans: lengths of time as the law writes them, in minutes, hours, calendar days, working days, months or years.

>>> str(days(15)), Span.read("5 wd") == working_days(5), longer(hours(25), days(1))
('15 d', True, True)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from niangjia.kit.dates import add_months, at, day_of
from niangjia.kit.workdays import add_working_days, roll

Works = Mapping[date, bool] | None
LENGTHS = {  # about how long a unit is: for warnings and comparisons, which need no calendar
    "m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "wd": timedelta(days=1), "mo": timedelta(days=30),
    "y": timedelta(days=365),
}  # fmt: skip


@dataclass(frozen=True)
class Span:
    """A length of time: minutes (m), hours (h), calendar days (d), working days (wd), months (mo) or years (y)."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count} {self.unit}"

    @classmethod
    def read(cls, text: str) -> Span:
        """What `str` wrote; ValueError if it is no span."""
        count, _, unit = text.partition(" ")
        if unit not in LENGTHS:
            raise ValueError(f"{text} is no span")
        return cls(int(count), unit)

    def after(self, start: datetime, table: Works = None) -> datetime:
        """The end of the span. Days end at midnight of their last day, which rolls to a working day; hours and minutes do not roll."""
        if self.unit in ("m", "h"):
            return start + self.count * LENGTHS[self.unit]
        return at(self.last_day(day_of(start), table), 23, 59)

    def last_day(self, first: date, table: Works = None) -> date:
        """The last day of a span that is counted in days or longer units, from a day that does not count itself."""
        if self.unit == "wd":
            return add_working_days(first, self.count, table)
        if self.unit == "d":
            return roll(first + timedelta(days=self.count), table)
        return roll(add_months(first, self.count * (12 if self.unit == "y" else 1)), table)

    def length(self) -> timedelta:
        """About how long it is."""
        return self.count * LENGTHS[self.unit]


def longer(one: Span, than: Span) -> bool:
    """Whether a span is longer than another, about."""
    return one.length() > than.length()


def minutes(count: int) -> Span:
    """So many minutes, night and day."""
    return Span(count, "m")


def hours(count: int) -> Span:
    """So many hours, night and day."""
    return Span(count, "h")


def days(count: int) -> Span:
    """Calendar days; the first is the day after, the last rolls to a working day (Civil Code, arts 201, 203)."""
    return Span(count, "d")


def working_days(count: int) -> Span:
    """Working days; the first is the day after."""
    return Span(count, "wd")


def months(count: int) -> Span:
    """Calendar months; the last day rolls to a working day."""
    return Span(count, "mo")


def years(count: int) -> Span:
    """Calendar years; the last day rolls to a working day."""
    return Span(count, "y")
