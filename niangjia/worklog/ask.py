"""Two readers of the books, which `audit` holds together.

The *ledger* answers everything; the *tally* answers the common question (as known now or a little before, by a tree
that still stands, for a union that leads others) in a fraction of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from niangjia.kit.periods import Period
from niangjia.worklog.db import fetch, only
from niangjia.worklog.question import (
    Answer,
    Params,
    Question,
    Terms,
    answer,
    broken,
    keys,
    narrowed,
    scope,
    spans,
    telling,
    terms_of,
    whole,
)  # fmt: skip

MANY = 20_000  # lines posted since, up to which they are taken out of the tally again
STEADY = """
WITH since AS (SELECT lines, books FROM books_posting WHERE number > %(known)s ORDER BY number LIMIT 1001),
     days AS (SELECT least(day, coalesce(%(tree)s::date, books_today())) AS lo, greatest(day, coalesce(%(tree)s::date, books_today())) AS hi FROM books_tree)
SELECT (SELECT count(*) <= 1000 AND coalesce(sum(lines), 0) <= %(many)s AND NOT coalesce(bool_or(0 = ANY (books)), false) FROM since)
   AND (SELECT lo = hi OR NOT EXISTS (SELECT FROM books_lineage WHERE struck = 9223372036854775807
        AND (since > '-infinity' OR until < 'infinity') AND (since > lo AND since <= hi OR until > lo AND until <= hi)) FROM days)"""
LEADING = (
    "SELECT count(DISTINCT ancestor) FROM books_rollup WHERE (descendant, ancestor) IN (SELECT u, u FROM unnest(%(u)s::bigint[]) AS u)"
)


def by_ledger(q: Question, t: Terms, subjects: list[int] | None = None) -> Answer:
    """Add up the lines themselves: any tree, any past knowledge, distinct subjects too (all, or some of them)."""
    group = ", ".join(str(i + 1) for i in range(2 + len(q.by)))
    if t.distinct:
        lines, params = scope(q, t, "e.subject, e.n", subjects)
        inner = f"SELECT {keys(q, t)} FROM {lines} WHERE subject IS NOT NULL GROUP BY {group}, subject HAVING sum(n) > 0"
        names = ", ".join(f"k{i}" for i in range(2 + len(q.by)))
        return answer(fetch(f"SELECT {names}, count(*) FROM ({inner}) AS y ({names}) GROUP BY {names}", params))
    lines, params = scope(q, t, f"e.{t.column} AS v")
    return answer(fetch(f"SELECT {keys(q, t)}, sum(v) FROM {lines} GROUP BY {group}", params))


def tally_lines(t: Terms, periods: Sequence[Period], *, told: bool, known: int | None, columns: Sequence[str]) -> str:
    """The sums of which an answer by the tally is made, as a subquery x of (union_id, i, by, *columns).

    Whole months are the tally's, broken months the ledger's. Without a posting, what waits in the daybook is added;
    with one, what was posted since is taken out again.
    """
    by, cut = ("c.by", "JOIN books_cut c ON c.number = x.cut") if told else ("NULL::text[]", "")
    vs, minus = ", ".join(f"x.{c}" for c in columns), ", ".join(f"-x.{c}" for c in columns)
    months = [(i, *whole(p, stock=t.stock), p.last) for i, p in enumerate(periods)]
    days = [(i, None if t.stock else p.first, p.after, p.last) for i, p in enumerate(periods)]
    scoped = "x.book = %(book)s AND r.ancestor = ANY (%(under)s::bigint[])"
    ledger = f"books_rollup r JOIN books_ledger x ON x.union_id = r.descendant {cut}"
    posted = (
        f"SELECT x.union_id, p.i, {by}, {vs} FROM {spans(months)} JOIN books_tally x ON x.month >= p.first AND x.month < p.after {cut} "
        f"WHERE x.book = %(book)s AND x.union_id = ANY (%(under)s::bigint[]) AND x.cut {'<>' if told else '='} 0"
    )
    sources = [posted]
    if known is None:
        sources.append(
            f"SELECT r.ancestor, p.i, x.by, {vs} FROM books_daybook x JOIN books_rollup r ON r.descendant = x.union_id "
            f"JOIN {spans(days)} ON x.day >= p.first AND x.day < p.after WHERE {scoped}"
        )
    else:
        sources.append(
            f"SELECT r.ancestor, p.i, {by}, {minus} FROM {ledger} JOIN {spans(months)} ON x.day >= p.first AND x.day < p.after "
            f"WHERE {scoped} AND x.posting > %(known)s"
        )
    then = "" if known is None else " AND x.posting <= %(known)s"
    for i, period in enumerate(periods):
        sources += [
            f"SELECT r.ancestor, {i}, {by}, {vs} FROM {ledger} WHERE {scoped} AND x.day >= '{first}' AND x.day < '{after}'{then}"
            for first, after in broken(period, stock=t.stock)
        ]
    return f"({' UNION ALL '.join(sources)}) AS x (union_id, i, by, {', '.join(columns)})"


def by_tally(q: Question, t: Terms) -> Answer:
    """Add up whole months from the tally, broken months from the ledger."""
    narrow, params = narrowed(q, t, "by")
    lines = tally_lines(t, q.periods, told=telling(q), known=q.known, columns=[t.column])
    group = ", ".join(str(i + 1) for i in range(2 + len(q.by)))
    sql = f"SELECT {keys(q, t)}, sum({t.column}) FROM {lines} WHERE true{narrow} GROUP BY {group}"
    return answer(fetch(sql, params | about(q, t)))


def about(q: Question, t: Terms) -> Params:
    return {"book": t.book, "under": list(q.under), "known": q.known}


def leading(q: Question) -> bool:
    """Whether all the unions asked about lead others: only theirs are sums worth keeping."""
    return fetch(LEADING, {"u": list(q.under)}) == [(len(set(q.under)),)]


def tallied(tree: date | str, known: int | None) -> bool:
    """Whether the tally answers about a posting: little was posted since, and the tree it stands by is the one asked for.

    A posting that touches the tree is never taken back, so what holds after an answer held while it was found.
    """
    if known is None or tree == "then":
        return tree == "today"
    return bool(only(STEADY, {"known": known, "tree": None if tree == "today" else tree, "many": MANY}))


def ask(q: Question) -> Answer:
    """Answer a question: {(union, number of the period, *breakdowns): how much}; nothing is not listed."""
    if not q.under or not q.periods:
        return {}
    t = terms_of(q)
    if t.distinct:
        from niangjia.worklog.memory import by_memory  # it counts anew by this module

        return by_memory(q, t) if (t.stock or q.tree != "then") and leading(q) else by_ledger(q, t)
    if tallied(q.tree, q.known) and leading(q):
        found = by_tally(q, t)
        if q.known is None or tallied(q.tree, q.known):
            return found
    return by_ledger(q, t)
