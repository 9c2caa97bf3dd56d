"""What a figure's plan comes to, for many unions and periods at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from niangjia.kit.figure import Plan, parts_of, series_of
from niangjia.kit.periods import Period
from niangjia.worklog.ask import ask
from niangjia.worklog.db import NEVER, fetch
from niangjia.worklog.question import Question, terms
from niangjia.worklog.records import places

Value = Any  # Decimal; None where it has none; [n, n] for a coverage; {breakdowns: Decimal}
Cell = tuple[int, int]  # a union, and the number of a period
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Asked:
    """The part of a question that is not the figure: when, where, by which tree, as known when."""

    period: Period
    union: int
    tree: date | str = "today"
    known: int | None = None
    by: tuple[str, ...] = field(default=())


def digest(plan: Plan, known: int | None = None) -> str:
    """One hash of a figure's plan and of the wording of each series it reads, as in force at a posting."""
    return digest_of(plan, {name: terms(name, known=known).digest for name in series_of(plan)})


def digest_of(plan: Plan, wordings: Mapping[str, str]) -> str:
    """The same, when the digest of each series is at hand."""
    books = sorted(series_of(plan))
    return hashlib.sha256(json.dumps([plan, books, [wordings[name] for name in books]], sort_keys=True).encode()).hexdigest()


def question(plan: Plan, asked: Asked, under: Sequence[int] = (), periods: Sequence[Period] = ()) -> Question:
    """The question to the books that a plan of counting asks."""
    return Question(
        plan["series"], plan["measure"], tuple(periods) or (asked.period,), tuple(under) or (asked.union,),
        plan["only"], asked.by, asked.tree, asked.known, plan.get("without", {}),
    )  # fmt: skip


def counted(plan: Plan) -> Plan:
    """The first counting in a plan: its numerator, whose records stand behind the figure."""
    return plan if plan["op"] == "count" else counted(parts_of(plan)[0])


def above(asked: Asked, under: Sequence[int]) -> dict[int, set[int]]:
    """Each union below those named (and themselves) with all who stand above it, by the tree that was asked for."""
    day = {"today": None, "then": asked.period.last}.get(str(asked.tree), asked.tree)
    pairs = fetch(
        "SELECT descendant, array_agg(ancestor) FROM books_lineage WHERE posted <= %(k)s AND %(k)s < struck "
        "AND since <= coalesce(%(day)s::date, books_today()) AND coalesce(%(day)s::date, books_today()) < until "
        "AND descendant IN (SELECT descendant FROM books_lineage WHERE ancestor = ANY (%(u)s::bigint[])) GROUP BY descendant",
        {"k": NEVER - 1 if asked.known is None else asked.known, "day": day, "u": list(under)},
    )
    return {descendant: set(who) for descendant, who in pairs}


def children(asked: Asked, union: int) -> list[int]:
    """The unions directly below one: those below it, but none of those below another of them."""
    day = {"today": None, "then": asked.period.last}.get(str(asked.tree), asked.tree)
    rows = fetch(
        "WITH asked AS (SELECT coalesce(%(day)s::date, books_today()) AS day), "
        "now AS NOT MATERIALIZED (SELECT ancestor, descendant FROM books_lineage WHERE ancestor <> descendant "
        "AND posted <= %(k)s AND %(k)s < struck AND since <= (SELECT day FROM asked) AND (SELECT day FROM asked) < until), "
        "below AS MATERIALIZED (SELECT descendant FROM now WHERE ancestor = %(u)s) "
        "SELECT descendant FROM below EXCEPT SELECT descendant FROM now WHERE ancestor IN (SELECT descendant FROM below) ORDER BY 1",
        {"k": NEVER - 1 if asked.known is None else asked.known, "day": day, "u": union},
    )
    return [int(child) for (child,) in rows]


def root(asked: Asked, union: int) -> int:
    """The uppermost union of the tree in which a union stands."""
    over = above(asked, [union]).get(union, {union})
    return next((u for u in over if len(above(asked, [u]).get(u, ())) <= 1), union)


def divide(a: Decimal | None, b: Decimal | None, times: int = 100) -> Decimal | None:
    return a * times / b if a is not None and b else None


def less(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a - b


def longest(years: Sequence[Decimal]) -> Decimal:
    """The most years on end in which there was any."""
    best = now = 0
    for amount in years:
        now = now + 1 if amount else 0
        best = max(best, now)
    return Decimal(best)


def count(plan: Plan, asked: Asked, under: Sequence[int], periods: Sequence[Period]) -> dict[Cell, Decimal]:
    found = ask(question(plan, replace(asked, by=()), under, periods))
    return {(u, i): found.get((u, i), NOTHING) for u in under for i in range(len(periods))}


@dataclass(frozen=True)
class Source:
    """How a plan reads the books. Many plans together are read by one that remembers."""

    count: Callable[[Plan, Asked, Sequence[int], Sequence[Period]], dict[Cell, Decimal]] = count
    children: Callable[[Asked, int], list[int]] = children
    root: Callable[[Asked, int], int] = root
    places: Callable[[Question], dict[Cell, set[int]]] = places


LIVE = Source()


def yearly(plan: Plan, asked: Asked, under: Sequence[int], periods: Sequence[Period], source: Source) -> dict[Cell, list[Decimal]]:
    """The values of each year of each period."""
    every = [(i, y) for i, p in enumerate(periods) for y in p.years()]
    found = grid(plan, asked, under, [y for _, y in every], source)
    out: dict[Cell, list[Decimal]] = {(u, i): [] for u in under for i in range(len(periods))}
    for u in under:
        for k, (i, _) in enumerate(every):
            out[u, i].append(found[u, k] or NOTHING)
    return out


def covered(plan: Plan, asked: Asked, union: int, period: Period, source: Source) -> list[int]:
    """How many unions have any, and how many there are."""
    asked = replace(asked, union=union, period=period, by=())
    listed = source.places(question(plan["among"], asked)) if "among" in plan else {(union, 0): set(source.children(asked, union))}
    those = sorted(listed.get((union, 0), ()))
    found = grid(plan["of"], asked, those, [period], source) if those else {}
    return [sum(1 for value in found.values() if value), len(those)]


def grid(plan: Plan, asked: Asked, under: Sequence[int], periods: Sequence[Period], source: Source = LIVE) -> dict[Cell, Value]:
    """The values of a plan for each union and each period; None where there is nothing to divide by."""
    op = plan["op"]
    if op == "count":
        return dict(source.count(plan, asked, under, periods))
    if op == "coverage":
        return {(u, i): covered(plan, asked, u, p, source) for u in under for i, p in enumerate(periods)}
    if op in ("run", "peak"):
        best = longest if op == "run" else lambda years: max(years, default=NOTHING)
        return {cell: best(years) for cell, years in yearly(plan["of"], asked, under, periods, source).items()}
    if op == "sum":
        parts = [grid(part, asked, under, periods, source) for part in plan["parts"]]
        return {cell: sum((part[cell] for part in parts), NOTHING) for cell in parts[0]}
    now = grid(plan["of"], asked, under, periods, source)
    if op in ("ratio", "average"):
        to = grid(plan["to"], asked, under, periods, source)
        return {cell: divide(value, to[cell], plan["times"]) for cell, value in now.items()}
    if op == "remainder":
        to = grid(plan["to"], asked, under, periods, source)
        return {cell: divide(less(to[cell] * plan["each"], value), to[cell] * plan["each"]) for cell, value in now.items()}
    if op == "completion":
        return {cell: divide(value, Decimal(plan["target"])) for cell, value in now.items()}
    if op == "growth":
        was = grid(plan["of"], asked, under, [p.before() for p in periods], source)
        return {cell: divide(less(value, was[cell]), was[cell]) for cell, value in now.items()}
    if op == "difference":
        eves = [Period(None, p.first or date(1, 1, 2)) for p in periods]
        was = grid(plan["of"], asked, under, eves, source)
        return {cell: less(value, was[cell]) for cell, value in now.items()}
    if op == "share":
        tops = {u: source.root(asked, u) for u in under}
        whole = grid(plan["of"], asked, sorted(set(tops.values())), periods, source)
        return {(u, i): divide(value, whole[tops[u], i]) for (u, i), value in now.items()}
    raise ValueError(f"no such plan: {op}")


def evaluate(plan: Plan, asked: Asked) -> Value:
    """The value of a plan; None where it has none (nothing to divide by)."""
    if asked.by:
        if plan["op"] != "count":
            raise ValueError("only what is counted can be told apart")
        return {key[2:]: value for key, value in ask(question(plan, asked)).items()}
    return grid(plan, asked, [asked.union], [asked.period])[asked.union, 0]
