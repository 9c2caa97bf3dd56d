"""Working days: the State Council's moved weekends, and above them a dated table that people edit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import holidays

LAST_NOTICE = 2026  # the State Council's notice is known up to this year; later days are provisional


@lru_cache(1)
def _calendar() -> Any:
    return holidays.country_holidays("CN", language="zh_CN")


@lru_cache(8192)
def statutory(day: date) -> bool:
    """Whether people work on a day by the yearly notice, moved weekends included; by the law alone for years without one."""
    return bool(_calendar().is_working_day(day))


def is_working(day: date, table: Mapping[date, bool] | None = None) -> bool:
    """Whether a day counts as a working day; `table` is what the house itself has been told, and stands above."""
    said = table.get(day) if table else None
    return statutory(day) if said is None else said


def provisional(day: date) -> bool:
    """Whether a day lies in a year whose notice is not yet known."""
    return day.year > LAST_NOTICE


def add_working_days(start: date, count: int, table: Mapping[date, bool] | None = None) -> date:
    """The last of `count` working days after `start`; the day itself does not count (Civil Code, art. 201).

    >>> add_working_days(date(2026, 2, 13), 2)  # 14 February 2026 is a moved working Saturday
    datetime.date(2026, 2, 24)
    """
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_working(day, table)
    return day


def roll(day: date, table: Mapping[date, bool] | None = None) -> date:
    """The day itself, or the next working day: a term that ends on a holiday ends after it (Civil Code, art. 203)."""
    while not is_working(day, table):
        day += timedelta(days=1)
    return day


def working_days_between(start: date, end: date, table: Mapping[date, bool] | None = None) -> int:
    """How many working days lie after `start`, up to and with `end`; 0 if the end is not later.

    >>> working_days_between(date(2015, 6, 10), date(2015, 6, 15))
    3
    """
    return sum(is_working(start + timedelta(days=n), table) for n in range(1, (end - start).days + 1))


def moved(year: int) -> list[tuple[date, bool]]:
    """The days of a year that differ from Monday to Friday: rest on weekdays, work at weekends."""
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    return [(day, statutory(day)) for day in days if day.year == year and statutory(day) != (day.weekday() < 5)]
