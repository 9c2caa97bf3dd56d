"""Judgement on memberships: pure, each with its article."""

from __future__ import annotations

from datetime import date


def of_age(born: date | None, on: date, youngest: int) -> bool:
    """Nobody under sixteen may be employed (Labour Law 1994, art. 15), and so nobody under sixteen joins.

    >>> of_age(date(2000, 6, 2), date(2016, 6, 1), 16), of_age(date(2000, 6, 1), date(2016, 6, 1), 16)
    (False, True)
    """
    return born is None or (on.year - born.year - ((on.month, on.day) < (born.month, born.day))) >= youngest


def may_begin(joined: date, today: date) -> bool:
    """A membership begins on the day of its approval, which has come, and not before there were unions."""
    return date(1921, 7, 1) <= joined <= today


def may_end(joined: date, on: date, today: date) -> bool:
    """A membership ends on or after the day on which it began, and not in days to come."""
    return joined <= on <= today
