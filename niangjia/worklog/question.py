"""Questions to the books. A question names a series by name, so it can be asked again in ten years."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from niangjia.kit.errors import RuleBroken
from niangjia.kit.figure import Choices, chosen
from niangjia.kit.periods import Period
from niangjia.worklog.db import NEVER, Row, fetch

ROWS = "rows"  # a measure of every series: how many rows count
Answer = dict[tuple[Any, ...], Decimal]
Params = dict[str, Any]
Span = tuple[int, date | None, date, date]  # the number of a period, its first day, the day after, the day that a stock is asked for


@dataclass(frozen=True)
class Question:
    """How much of one measure, in which periods, under which unions, told apart by what."""

    series: str
    measure: str
    periods: tuple[Period, ...]
    under: tuple[int, ...]
    only: Choices = field(default_factory=dict)
    by: tuple[str, ...] = ()
    tree: date | str = "today"  # "today", "then" (the tree of each day), or the tree of a given day
    known: int | None = None  # a posting; None is everything committed
    without: Choices = field(default_factory=dict)


class Untold(RuleBroken, LookupError):
    """The edition that answers does not say what the question asks."""


@dataclass(frozen=True)
class Terms:
    """A question's words, in the edition of the series that was in force."""

    book: int
    column: str
    spec: dict[str, Any]
    digest: str

    @property
    def stock(self) -> bool:
        return bool(self.spec["stock"])

    @property
    def by(self) -> list[str]:
        return list(self.spec["by"])

    def of(self, measure: str) -> Terms:
        """The same, about one measure. The rows themselves can always be counted, declared or not."""
        places = {"": "", "distinct": "subject", ROWS: "n", **self.spec["columns"]}
        if measure not in places:
            raise Untold(_("The definition then in force does not count “%(name)s”. Ask as known on a later day.") % {"name": measure})
        return replace(self, column=places[measure])

    @property
    def distinct(self) -> bool:
        return self.column == "subject"

    def told(self, by: str, name: str) -> str:
        """Where a breakdown stands in a line of this edition."""
        if name not in self.by:
            raise Untold(_("The definition then in force does not tell “%(name)s” apart. Ask as known on a later day.") % {"name": name})
        return f"{by}[{self.by.index(name) + 1}]"


def terms_of_all(names: Iterable[str], known: int | None = None) -> dict[str, Terms]:
    """The edition of each series that answers about a posting: the last one in force by then, else the first."""
    wanted = sorted(set(names))
    rows = fetch(
        "SELECT DISTINCT ON (name) name, number, spec::text, digest FROM books_book WHERE name = ANY (%(names)s) AND after_posting IS NOT NULL "
        "ORDER BY name, after_posting < %(known)s DESC, CASE WHEN after_posting < %(known)s THEN -number ELSE number END",
        {"names": wanted, "known": NEVER if known is None else known},
    )
    if len(rows) < len(wanted):
        raise LookupError(f"the books do not keep {', '.join(sorted(set(wanted) - {row[0] for row in rows}))}: run migrate as the owner")
    return {name: Terms(book, "", json.loads(said), digest) for name, book, said, digest in rows}


def terms(series: str, measure: str = "", known: int | None = None) -> Terms:
    """The edition of one series, and where its lines hold a measure."""
    return terms_of_all([series], known)[series].of(measure)


def terms_of(q: Question) -> Terms:
    return terms(q.series, q.measure, q.known)


def narrowed(q: Question, t: Terms, by: str, mark: str = "") -> tuple[str, Params]:
    """The conditions of a question on the breakdowns of a line, and their parameters (whose names end with a mark)."""
    sql, params = "", {}
    for kind, choices in (("only", chosen(q.only)), ("without", chosen(q.without))):
        for name, values in choices.items():
            key = f"{kind}_{name}{mark}"
            params[key] = [value for value in values if value is not None]
            told, nothing = t.told(by, name), "true" if None in values else "false"
            test = f"CASE WHEN {told} IS NULL THEN {nothing} ELSE {told} = ANY (%({key})s::text[]) END"
            sql += f" AND {'NOT ' if kind == 'without' else ''}{test}"
    return sql, params


def part_of(q: Question, told: tuple[str, str | None] | None) -> Question:
    """The part of a question that one value of a breakdown answers; the whole, if none is named."""
    if told is None:
        return q
    (name, value), only = told, chosen(q.only)
    return replace(q, only={**only, name: [value] if value in only.get(name, [value]) else []})


def telling(q: Question) -> bool:
    """Whether a question looks at breakdowns at all."""
    return bool(q.only or q.without or q.by)


def keys(q: Question, t: Terms) -> str:
    return "union_id, i" + "".join(f", {t.told('by', name)}" for name in q.by)


def answer(rows: list[Row]) -> Answer:
    return {tuple(key): Decimal(value or 0) for *key, value in rows if value}


def spans(periods: list[Span]) -> str:
    """Numbered spans of days as a table."""
    values = ", ".join(f"({i}, '{first or '-infinity'}'::date, '{after}'::date, '{last}'::date)" for i, first, after, last in periods)
    return f"(VALUES {values}) AS p (i, first, after, last)"


def days_of(q: Question, t: Terms) -> list[Span]:
    """The spans of a question's periods; a stock is the sum of everything before."""
    return [(i, None if t.stock else p.first, p.after, p.last) for i, p in enumerate(q.periods)]


def standing(q: Question, t: Terms) -> str:
    """Which rows of the lineage hold: as known then, on the day that the question means."""
    known = "l.struck = %(never)s" if q.known is None else "l.posted <= %(known)s AND %(known)s < l.struck"
    day = {"today": "books_today()", "then": "p.last" if t.stock else "e.day"}.get(str(q.tree), f"'{q.tree}'::date")
    return f"{known} AND l.since <= {day} AND {day} < l.until"


def scope(q: Question, t: Terms, columns: str, subjects: list[int] | None = None) -> tuple[str, Params]:
    """The lines that a question is about, as a subquery x of (union_id, i, by, *columns), and its parameters.

    Ledger and daybook are each joined to the tree by themselves: a join above a UNION ALL cannot use their indexes.
    """
    params: Params = {"book": t.book, "under": list(q.under), "known": q.known, "never": NEVER, "subjects": subjects}
    where = f"e.book = %(book)s AND l.ancestor = ANY (%(under)s::bigint[]) AND {standing(q, t)}"
    where += "" if subjects is None else " AND e.subject = ANY (%(subjects)s::bigint[])"
    arms = []
    for table in ("books_ledger",) if q.known is not None else ("books_ledger", "books_daybook"):
        posted = table == "books_ledger"
        by = "NULL::text[]" if not telling(q) else "c.by" if posted else "e.by"
        cut = "JOIN books_cut c ON c.number = e.cut" if by == "c.by" else ""
        only, more = narrowed(q, t, by)
        params |= more
        known = " AND e.posting <= %(known)s" if q.known is not None else ""
        said = columns if posted else columns.replace("e.posting", "NULL::bigint")
        arms.append(
            f"SELECT l.ancestor AS union_id, p.i, {by} AS by, {said} FROM {spans(days_of(q, t))} "
            f"JOIN {table} e ON e.day >= p.first AND e.day < p.after "
            f"JOIN books_lineage l ON l.descendant = e.union_id {cut} WHERE {where}{known}{only}"
        )
    return f"({' UNION ALL '.join(arms)}) AS x", params


def whole(period: Period, *, stock: bool) -> tuple[date | None, date]:
    """The whole months of a period, from the first of one to the first of another (perhaps none)."""
    first, after = None if stock else period.first, period.after.replace(day=1)
    if first and first.day > 1:
        first = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first, after


def broken(period: Period, *, stock: bool) -> list[tuple[date, date]]:
    """The days of a period that do not fill a month."""
    out, first, after = [], None if stock else period.first, period.after
    if first and first.day > 1:
        end = min((first.replace(day=1) + timedelta(days=32)).replace(day=1), after)
        out.append((first, end))
        first = end
    if after.day > 1 and (first is None or first < after):
        out.append((max(after.replace(day=1), first) if first else after.replace(day=1), after))
    return out
