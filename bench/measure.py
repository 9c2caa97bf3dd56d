"""What a measure is, and the list of all of them: a module that measures registers its functions here."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Result:
    """One line of the table: what was found, against what, and whether it is within the budget."""

    measure: str
    value: float
    unit: str
    baseline: float | None
    ratio: float | None
    budget: str
    holds: bool


Found = Result | Iterable[Result] | None
MEASURES: list[Callable[[], Found]] = []


def measure(function: Callable[[], Found]) -> Callable[[], Found]:
    """Register a measure; it answers with one line, several, or none where the city lacks what it would measure."""
    MEASURES.append(function)
    return function


def at_most(name: str, value: float, unit: str, limit: float, baseline: float | None = None) -> Result:
    """A value that must not pass a limit; the baseline is told beside it."""
    return Result(
        name, round(value, 2), unit, rounded(baseline), rounded(value / baseline if baseline else None), f"{limit:g} {unit}", value <= limit
    )


def times(name: str, value: float, unit: str, limit: float, baseline: float) -> Result:
    """A value that must not be more than so many times its baseline."""
    ratio = value / baseline
    return Result(name, round(value, 2), unit, round(baseline, 2), round(ratio, 2), f"{limit:g} ×", ratio <= limit)


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def clock(act: Callable[[], Any], tries: int = 5) -> float:
    """The median of some tries, in milliseconds; the first try warms what every request finds warm."""
    act()
    return statistics.median(once(act) for _ in range(tries))


def once(act: Callable[[], Any]) -> float:
    """One try, in milliseconds."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def percentile(values: Iterable[float], share: float = 0.95) -> float:
    """The value below which that share of all lie."""
    those = sorted(values)
    return those[min(len(those) - 1, int(share * len(those)))]
