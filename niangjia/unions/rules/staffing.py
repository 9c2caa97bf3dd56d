"""What a township federation needs in people: pure questions about facts (domain reference, §1.7)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """The ratio of a place: so many social workers of the union at the least, and one more for each so many employees above a number."""

    least: int
    free: int
    step: int
    cadres: int  # officers of the federation itself, at the least


def needed(employees: int, by: Ratio) -> int:
    """How many social workers of the union a township needs: whole steps alone count.

    >>> ratio = Ratio(least=1, free=2000, step=3000, cadres=1)
    >>> [needed(n, ratio) for n in (0, 2000, 4999, 5000, 11000)]
    [1, 1, 1, 2, 4]
    """
    return by.least + max(0, employees - by.free) // by.step


@dataclass(frozen=True)
class Verdict:
    """Whether the chair and the staff are as they should be, and how many social workers that asks for."""

    needed: int
    chair: bool
    staff: bool


def judged(*, full_time: bool, cadres: int, workers: int, employees: int, by: Ratio) -> Verdict:
    """Judge what a township says of itself: a chair or vice-chair who works full-time, officers, and social workers by the ratio.

    >>> ratio = Ratio(least=1, free=2000, step=3000, cadres=1)
    >>> judged(full_time=True, cadres=1, workers=1, employees=6000, by=ratio)
    Verdict(needed=2, chair=True, staff=False)
    """
    wants = needed(employees, by)
    return Verdict(wants, full_time, cadres >= by.cadres and workers >= wants)
