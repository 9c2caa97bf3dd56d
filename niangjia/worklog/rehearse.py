"""A figure by a tree that is not yet: what unions that become larger or smaller would count, if some branches stood elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from niangjia.kit.figure import FIGURES, Figure
from niangjia.kit.periods import Period, until, year
from niangjia.worklog.clerk import latest
from niangjia.worklog.db import fetch
from niangjia.worklog.evaluate import NOTHING, Asked, Value, grid, question
from niangjia.worklog.question import Question, Terms, scope, terms_of
from niangjia.worklog.reconcile import reconcile

STOCKS = ("members.people", "unions.grassroots", "unions.units", "unions.townships")
FLOWS = ("rights.events", "rights.disputes.cases", "rights.recovered")
WHOLE = ("rights.recovered",)  # not of one year, but of five


@dataclass(frozen=True)
class Told:
    """One figure of one union: by the tree of the day, moved before, moved by this act, by the tree after it."""

    figure: Figure
    period: Period
    union: int
    then: Decimal
    earlier: Decimal
    moved: Decimal
    after: Decimal


def chosen(on: date, today: date) -> list[tuple[Figure, Period]]:
    """The figures that are told, each with its period: stocks on the eve, flows of its year, money of the five years up to it."""
    eve = min(today, on - timedelta(days=1))
    periods = {name: until(eve) for name in STOCKS} | {name: year(eve.year) for name in FLOWS}
    periods |= {name: Period(date(eve.year - 4, 1, 1), date(eve.year + 1, 1, 1)) for name in WHOLE}
    return [(FIGURES[name], periods[name]) for name in (*STOCKS, *FLOWS) if name in FIGURES]


Sides = Mapping[int, tuple[Sequence[int], Sequence[int]]]  # by union: the branches that it would lose, and those that it would gain


def rehearsed(figure: Figure, period: Period, sides: Sides, on: date) -> list[Told]:
    """A figure of unions that would lose some branches and gain others from a day; all as the last posting knows it.

    What happened on that day or later (if it lies back) counts in the new place by both trees, so that it is not moved.
    """
    k, those = latest(), list(sides)
    before = Period(period.first, min(period.after, on))
    periods = [period] if before == period or (before.first and before.first >= before.after) else [period, before]
    asked = Asked(period, those[0], "today", k)
    t = terms_of(question(figure.plan, asked))
    branches = [] if t.distinct else sorted({one for lost, gained in sides.values() for one in (*lost, *gained)} - set(those))
    now = grid(figure.plan, asked, [*those, *branches], periods)
    then = grid(figure.plan, replace(asked, tree="then"), those, [period])
    out = []
    for union, (lost, gained) in sides.items():

        def shift(i: int, union: int = union, lost: Sequence[int] = lost, gained: Sequence[int] = gained) -> Decimal:
            if t.distinct:
                return turned(question(figure.plan, replace(asked, period=periods[i], union=union)), t, lost, gained)
            return sum((amount(now[one, i]) for one in gained), NOTHING) - sum((amount(now[one, i]) for one in lost), NOTHING)

        full = shift(0)
        moved = full if before == period else shift(1) if len(periods) > 1 else NOTHING
        value, earlier = amount(now[union, 0]), amount(now[union, 0]) - amount(then[union, 0])
        out.append(Told(figure, period, union, value + full - moved - earlier, earlier, moved, value + full))
    return out


def amount(value: Value) -> Decimal:
    """A counted value as a number."""
    return Decimal(value) if isinstance(value, Decimal) else NOTHING


def turned(q: Question, t: Terms, lost: Sequence[int], gained: Sequence[int]) -> Decimal:
    """How many more subjects would stand: whoever comes and was not there yet, less whoever goes and stands nowhere else there."""
    change: dict[int, Decimal] = defaultdict(Decimal)
    for branches, sign in ((lost, -1), (gained, 1)):
        for who, n in standing(replace(q, under=tuple(branches)), t) if branches else ():
            change[who] += sign * n
    there = dict(standing(q, t, sorted(change)))
    return NOTHING + sum((there.get(who, NOTHING) + n > 0) - (there.get(who, NOTHING) > 0) for who, n in change.items())


def standing(q: Question, t: Terms, subjects: list[int] | None = None) -> list[tuple[int, Decimal]]:
    """Subjects with how often they stand under the unions asked about."""
    lines, params = scope(q, t, "e.subject, e.n", subjects)
    rows = fetch(f"SELECT subject, sum(n) FROM {lines} WHERE subject IS NOT NULL GROUP BY subject HAVING sum(n) <> 0", params)
    return [(who, Decimal(n)) for who, n in rows]


def brought_about(figure: Figure, period: Period, union: int, on: date) -> Told:
    """The same once the act is in force: what the books say by both trees, and the moves of its day apart from all others."""
    found = reconcile(figure, period, union)
    moved = sum((one.amount for one in found.moved if one.since == on), NOTHING)
    return Told(figure, period, union, found.then, found.difference - moved, moved, found.today)
