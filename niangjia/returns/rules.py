"""What must hold in a return, and what must be explained: values in, an answer out.

>>> women = Check("202", ("202",), "201")
>>> parts = Check("210", ("211", "212"), "210", whole_=True)
>>> broken([women, parts], {"201": 10, "202": 11, "210": 5, "211": 2, "212": 2})
[Broken(check=Check(code='202', parts=('202',), whole='201', whole_=False), sum=11, of=10), Broken(check=Check(code='210', parts=('211', '212'), whole='210', whole_=True), sum=4, of=5)]
>>> large(120, 100, Decimal("0.10"), 5), large(104, 100, Decimal("0.01"), 5), large(7, 0, Decimal("0.10"), 5)
(True, False, True)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal


@dataclass(frozen=True)
class Check:
    """One logic check: the parts together are at most the whole; or exactly (`whole_`)."""

    code: str
    parts: tuple[str, ...]
    whole: str
    whole_: bool = False


@dataclass(frozen=True)
class Broken:
    """A check that does not hold: what the parts come to, and the whole."""

    check: Check
    sum: int
    of: int


def broken(checks: Sequence[Check], values: Mapping[str, int]) -> list[Broken]:
    """The checks that do not hold; one whose lines are not all in the return is not asked."""
    out = []
    for check in checks:
        if check.whole not in values or not all(code in values for code in check.parts):
            continue
        many, of = sum(values[code] for code in check.parts), values[check.whole]
        if many > of or (check.whole_ and many != of):
            out.append(Broken(check, many, of))
    return out


def large(now: int, before: int, share: Decimal, least: int) -> bool:
    """Whether a number has moved so far that it must be explained: by this share of last year's, and by so many at least."""
    moved = abs(now - before)
    return moved >= least and moved >= share * before


def unexplained(
    values: Mapping[str, int], before: Mapping[str, int], said: Iterable[str], share: Decimal, least: int
) -> list[str]:  # fmt: skip
    """The lines that moved far and have no remark, in their order."""
    told = set(said)
    return [code for code, now in values.items() if code in before and code not in told and large(now, before[code], share, least)]


def closing(year: int, closes: str) -> date:
    """The day on which a statistical year ends.

    >>> closing(2026, "09-30")
    datetime.date(2026, 9, 30)
    """
    return date.fromisoformat(f"{year}-{closes}")


def opening(closed: date) -> date:
    """The first day of the statistical year that ends on a day.

    >>> opening(date(2026, 9, 30)), opening(date(2025, 12, 31))
    (datetime.date(2025, 10, 1), datetime.date(2025, 1, 1))
    """
    after = closed + timedelta(days=1)
    return date(after.year - 1, after.month, after.day)


def latest(today: date, closes: str) -> int:
    """The last statistical year that has ended.

    >>> latest(date(2026, 9, 30), "09-30"), latest(date(2026, 10, 1), "09-30")
    (2025, 2026)
    """
    return today.year if closing(today.year, closes) < today else today.year - 1
