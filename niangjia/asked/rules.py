"""When two questions are the same, and which quarter a day is in: values in, an answer out.

>>> same("在职职工人数（人）", "职工人数", Decimal("0.8"), number=True), same("女职工人数", "职工人数", Decimal("0.8"), number=True)
(False, False)
>>> same("请填写本单位职工总人数", "职工人数", Decimal("0.8"))
True
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from niangjia.asked.reading import SHORTEST, key, stem, telling


def _pairs(said: str) -> set[str]:
    return {said[i : i + 2] for i in range(len(said) - 1)} or {said}


def _one_off(one: str, other: str) -> bool:
    """Whether one letter more, less or other makes the one of the other."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < SHORTEST:
        return False
    short, long_ = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long_, strict=False)) if a != b), len(short))
    return short[at + (len(short) == len(long_)) :] == long_[at + 1 :]


def likeness(one: str, other: str) -> Decimal:
    """How alike two keys are: by the pairs of letters that they share; one slip of the pen counts for little.

    >>> likeness("职工人数", "职工人数"), likeness("劳动争义调解委员会", "劳动争议调解委员会") > Decimal("0.8"), likeness("职工食堂", "职工人数") < Decimal("0.5")
    (Decimal('1'), True, True)
    """
    if one == other:
        return Decimal(1)
    mine, theirs = _pairs(one), _pairs(other)
    shared = 2 * Decimal(len(mine & theirs)) / (len(mine) + len(theirs))
    longest = max(len(one), len(other))
    return max(shared, Decimal(longest - 1) / longest) if _one_off(one, other) else shared


def same(one: str, other: str, threshold: Decimal, *, number: bool = False) -> bool:
    """Whether two names ask for the same. Of numbers the word that they are counts says nothing."""
    mine, theirs = key(one), key(other)
    if not mine or not theirs:
        return False
    if mine == theirs or (number and stem(mine) == stem(theirs)):
        return True
    return telling(one) == telling(other) and likeness(mine, theirs) >= threshold


def nearest(label: str, among: Iterable[tuple[str, Sequence[str]]], threshold: Decimal, *, number: bool = False) -> str:
    """The name of what is most like a label, of several that each go by several words; nothing if none is the same.

    >>> nearest("会员总数", [("a", ["职工人数"]), ("b", ["会员数", "会员人数"])], Decimal("0.8"), number=True)
    'b'
    """
    best, found = (False, Decimal(0)), ""
    for name, words in among:
        for word in words:
            if same(label, word, threshold, number=number):
                alike = (key(label) == key(word), likeness(key(label), key(word)))
                if alike > best:
                    best, found = alike, name
    return found


def quarter(day: date) -> tuple[int, int]:
    """The year and the quarter of a day.

    >>> quarter(date(2026, 11, 30)), first_day(2026, 4), back((2026, 2), 3)
    ((2026, 4), datetime.date(2026, 10, 1), (2025, 3))
    """
    return day.year, (day.month + 2) // 3


def first_day(year: int, number: int) -> date:
    """The first day of a quarter."""
    return date(year, 3 * number - 2, 1)


def back(of: tuple[int, int], many: int) -> tuple[int, int]:
    """The quarter so many before another; a negative number goes on."""
    year, rest = divmod(of[0] * 4 + of[1] - 1 - many, 4)
    return year, rest + 1
