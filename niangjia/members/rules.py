"""Judgement on memberships: pure, each with its article."""

from __future__ import annotations

from datetime import date

YOUNGEST = 16


def of_age(born: date | None, on: date) -> bool:
    """Nobody under sixteen may be employed (Labour Law 1994, art. 15), and so nobody under sixteen joins."""
    return born is None or (on.year - born.year - ((on.month, on.day) < (born.month, born.day))) >= YOUNGEST


def may_begin(joined: date, today: date) -> bool:
    """A membership begins on the day of its approval, which has come, and not before there were unions."""
    return date(1921, 7, 1) <= joined <= today


def may_end(joined: date, on: date, today: date) -> bool:
    """A membership ends on or after the day on which it began, and not in days to come."""
    return joined <= on <= today
