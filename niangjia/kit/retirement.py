"""From which day on somebody is past the age of retirement: by sex, post and month of birth, never by a constant.

Men left at 60, women at 55 or, in workers' posts, at 50 (Guofa 1978, no. 104). For whoever had not reached that age when 2025 began, it rises
month by month: for the first two by one month for each four months of birth, up to 63 and 58; for the third by one month for each two, up to
55 (Measures on the gradual raising of the statutory retirement age, Standing Committee of the National People's Congress, 2024-09-13, in
force since 2025-01-01). Early and late retirement by agreement, and posts that end earlier, are somebody's decision and no rule.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

BEGAN = date(2025, 1, 1)  # who reached the old age before this day left at it


@dataclass(frozen=True)
class Ladder:
    """One way up: the age before, in months; one month more for each so many months of birth; and the most."""

    before: int
    each: int
    most: int


MEN, WOMEN, WOMEN_WORKERS = Ladder(60 * 12, 4, 36), Ladder(55 * 12, 4, 36), Ladder(50 * 12, 2, 60)
OLDEST = MEN.before
Post = Literal["worker", "staff", ""]


def retires_in(born: date, sex: str, post: Post = "") -> int:
    """The age of retirement in months (GB/T 2261.1: sex 1 is male). A woman whose post is not known has the earlier one.

    >>> [divmod(retires_in(date(1964, 12, 31), "1"), 12), divmod(retires_in(date(1965, 1, 1), "1"), 12), divmod(retires_in(date(1976, 9, 1), "1"), 12)]
    [(60, 0), (60, 1), (63, 0)]
    >>> [divmod(retires_in(date(1981, 9, 1), "2", "staff"), 12), divmod(retires_in(date(1975, 3, 1), "2"), 12), divmod(retires_in(date(1984, 11, 1), "2"), 12)]
    [(58, 0), (50, 2), (55, 0)]
    """
    ladder = MEN if sex == "1" else WOMEN if post == "staff" else WOMEN_WORKERS
    first = BEGAN.year * 12 - ladder.before  # the month of birth from which on it rises
    later = born.year * 12 + born.month - 1 - first
    return ladder.before + (min(ladder.most, later // ladder.each + 1) if later >= 0 else 0)


def retires_on(born: date, sex: str, post: Post = "") -> date:
    """The day on which she reaches it; in a month without her day, its last.

    >>> retires_on(date(1965, 1, 31), "1"), retires_on(date(1964, 12, 31), "1")
    (datetime.date(2025, 2, 28), datetime.date(2024, 12, 31))
    """
    year, month = divmod(born.year * 12 + born.month - 1 + retires_in(born, sex, post), 12)
    return date(year, month + 1, min(born.day, monthrange(year, month + 1)[1]))


def born_by(on: date, sex: str, post: Post = "") -> date:
    """The last day of birth of whoever has reached the age on a day: who was born later has not.

    >>> born_by(date(2025, 2, 28), "1"), retires_on(born_by(date(2026, 11, 30), "2", "staff"), "2", "staff") <= date(2026, 11, 30)
    (datetime.date(1965, 1, 31), True)
    >>> born_by(date(2020, 6, 1), "1"), born_by(date(2020, 6, 1), "2")
    (datetime.date(1960, 6, 1), datetime.date(1970, 6, 1))
    """
    most = (MEN if sex == "1" else WOMEN if post == "staff" else WOMEN_WORKERS).most
    first, last = (on.toordinal() - months * 31 for months in (OLDEST + most, 0))
    while last - first > 1:  # an age never falls for whoever is born later
        middle = (first + last) // 2
        first, last = (middle, last) if retires_on(date.fromordinal(middle), sex, post) <= on else (first, middle)
    return date.fromordinal(first)
