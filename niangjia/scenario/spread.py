"""Dealing out totals: by weights, by seasons, exactly; the same seed deals alike on every machine."""

from __future__ import annotations

import functools
import hashlib
import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
EPOCH = date(1970, 1, 1).toordinal()


FINE = 9  # decimals that are kept of what a processor works out: its last bits are not those of another one


def even(value: Any) -> Any:
    """A power, root or logarithm as every processor has it: numpy takes other instructions where there are wider ones, and their last bits differ."""
    return round(value, FINE) if isinstance(value, float) else np.round(value, FINE)  # one number: numpy takes thirty times as long


class Dice(np.random.Generator):
    """Draws that come out alike on every processor."""

    def normal(self, *args: Any, **facts: Any) -> Any:
        return even(super().normal(*args, **facts))

    def lognormal(self, *args: Any, **facts: Any) -> Any:
        return even(super().lognormal(*args, **facts))

    def gamma(self, *args: Any, **facts: Any) -> Any:
        return even(super().gamma(*args, **facts))

    def beta(self, *args: Any, **facts: Any) -> Any:
        return even(super().beta(*args, **facts))

    def dirichlet(self, *args: Any, **facts: Any) -> Any:
        return even(super().dirichlet(*args, **facts))


def dice(seed: int, theme: str) -> Dice:
    """The dice of one theme: what is changed in another theme does not move them."""
    return Dice(np.random.PCG64([seed, *hashlib.sha256(theme.encode()).digest()[:8]]))


def number(seed: int, theme: str, pk: int) -> uuid.UUID:
    """The same identifier for the same thing of the same city."""
    return uuid.UUID(bytes=hashlib.blake2b(f"{seed}:{theme}:{pk}".encode(), digest_size=16).digest(), version=4)


def dealt(weights: Sequence[float] | Floats, total: int) -> Ints:
    """Whole shares of a total by weight: the largest remainders are rounded up.

    >>> dealt([1, 1, 1], 7).tolist()
    [3, 2, 2]
    """
    wanted = np.asarray(weights, dtype=float)
    wanted = wanted / wanted.sum() * total
    shares: Ints = np.floor(wanted).astype(np.int64)
    short = total - int(shares.sum())
    shares[np.argsort(-(wanted - shares), kind="stable")[:short]] += 1
    return shares


def exact(rng: np.random.Generator, drawn: Floats, total: int, *, low: int = 1, high: int = 10**9) -> Ints:
    """Whole numbers in the proportions that were drawn, each between two bounds, that sum to the total exactly."""
    if not low * len(drawn) <= total <= high * len(drawn):
        raise ValueError(f"{len(drawn)} numbers between {low} and {high} cannot sum to {total}")
    values: Ints = np.clip(np.round(drawn * (total / drawn.sum())), low, high).astype(np.int64)
    while (short := total - int(values.sum())) != 0:
        step = 1 if short > 0 else -1
        free = np.flatnonzero(values < high) if step > 0 else np.flatnonzero(values > low)
        chosen = rng.choice(
            free, size=min(abs(short), len(free)), replace=False, p=values[free] / values[free].sum() if values[free].sum() else None
        )
        values[chosen] += step
    return values


def season(
    first: date, last: date, months: Sequence[float], years: Mapping[int, float] | None = None, *, rest: float = 1.0
) -> tuple[Ints, Floats]:
    """The days of a span (as ordinals) with the running sum of their weights: by month, by year, `rest` on weekends."""
    days = np.arange(first.toordinal(), last.toordinal() + 1, dtype=np.int64)
    dates = (days - EPOCH).astype("datetime64[D]")
    weights = np.asarray(months, dtype=float)[dates.astype("datetime64[M]").astype(np.int64) % 12]
    if years:
        weights = (
            weights
            * np.array([years.get(year, 1.0) for year in range(first.year, last.year + 1)])[
                dates.astype("datetime64[Y]").astype(np.int64) + 1970 - first.year
            ]
        )
    weights = weights * np.where((days + 6) % 7 > 4, rest, 1.0)  # the first of all days was a Monday
    running = np.cumsum(weights)
    return days, running / running[-1]


def drawn_days(rng: np.random.Generator, count: int, days: Ints, running: Floats) -> Ints:
    """Days drawn from a season."""
    found: Ints = days[np.minimum(np.searchsorted(running, rng.random(count), side="right"), len(days) - 1)]
    return found


def later_days(rng: np.random.Generator, after: Ints, days: Ints, running: Floats) -> Ints:
    """For each day of `after`, a day of the season on or after it."""
    at = np.clip(after - days[0], 0, len(days) - 1)
    start = np.where(at > 0, running[np.maximum(at - 1, 0)], 0.0)
    picked = np.searchsorted(running, start + rng.random(len(after)) * (1 - start), side="right")
    found: Ints = days[np.clip(np.maximum(picked, at), 0, len(days) - 1)]
    return found


@functools.cache
def odds(weights: tuple[float, ...]) -> Floats:
    """The running sum of weights, of 1."""
    shares = np.array(weights)
    running = np.cumsum(shares / shares.sum())
    of_one: Floats = running / running[-1]
    return of_one


def picked(rng: np.random.Generator, table: Sequence[tuple[Any, float]], count: int) -> list[Any]:
    """Draws from a table of values and weights."""
    found = odds(tuple(weight for _, weight in table)).searchsorted(rng.random(count), side="right")
    return [table[i][0] for i in found.tolist()]
