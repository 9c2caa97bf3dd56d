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
    whole,
)  # fmt: skip

MANY = 20_000  # lines posted since, up to which they are taken out of the tally again
STEADY = """
WITH since AS (SELECT lines, books FROM books_posting WHERE number > %(known)s ORDER BY number LIMIT 1001),
     days AS (SELECT least(day, coalesce(%(tree)s::date, books_today())) AS lo, greatest(day, coalesce(%(tree)s::date, books_today())) AS hi FROM books_tree)
SELECT (SELECT count(*) <= 1000 AND coalesce(sum(lines), 0) <= %(many)s AND NOT coalesce(bool_or(0 = ANY (books)), false) FROM since)
   AND (SELECT lo = hi OR NOT EXISTS (SELECT FROM books_lineage WHERE struck = 9223372036854775807
        AND (since > '-infinity' OR until < 'infinity') AND (since > lo AND since <= hi OR until > lo AND until <= hi)) FROM days)"""
LEADERS = "SELECT DISTINCT ancestor FROM books_rollup WHERE (descendant, ancestor) IN (SELECT u, u FROM unnest(%(u)s::bigint[]) AS u)"


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


def cells(t: Terms, periods: Sequence[Period], *, cuts: str, columns: Sequence[str]) -> str:
    """The sums of whole months, as a subquery x of (union_id, i, cut, *columns), for `cuts` of the tally.

    A stock is the sum of all that came before: its cells are read once for all the periods, each up to the first that counts it.
    """
    scoped = f"x.book = %(book)s AND x.union_id = ANY (%(under)s::bigint[]) AND x.cut {cuts}"
    if not t.stock:
        months = spans([(i, *whole(p, stock=False), p.last) for i, p in enumerate(periods)])
        vs = ", ".join(f"x.{c}" for c in columns)
        return f"(SELECT x.union_id, p.i, x.cut, {vs} FROM {months} JOIN books_tally x ON x.month >= p.first AND x.month < p.after WHERE {scoped})"
    ends = [whole(p, stock=True)[1] for p in periods]
    turns = sorted(set(ends))
    from_turn = ", ".join(f"({i}, {turns.index(end)})" for i, end in enumerate(ends))
    days = ", ".join(f"'{turn}'" for turn in turns)
    read = (
        f"SELECT x.union_id, width_bucket(x.month, ARRAY[{days}]::date[]) AS turn, x.cut, {', '.join(f'sum(x.{c}) AS {c}' for c in columns)} "
        f"FROM books_tally x WHERE {scoped} AND x.month < '{turns[-1]}' GROUP BY 1, 2, 3"
    )
    vs = ", ".join(f"c.{c}" for c in columns)
    return f"(SELECT c.union_id, p.i, c.cut, {vs} FROM ({read}) AS c JOIN (VALUES {from_turn}) AS p (i, turn) ON c.turn <= p.turn)"


def tally_lines(t: Terms, periods: Sequence[Period], *, told: str | None, known: int | None, columns: Sequence[str]) -> str:
    """The sums of which an answer by the tally is made, as a subquery x of (union_id, i, by, *columns).

    Whole months are the tally's, broken months the ledger's. Without a posting, what waits in the daybook is added;
    with one, what was posted since is taken out again. `told` is the condition on the cuts c; None when they are not looked at.
    """
    by, cut = ("NULL::text[]", "") if told is None else ("c.by", "JOIN books_cut c ON c.number = x.cut")
    cuts = "= 0" if told is None else f"= ANY (ARRAY(SELECT c.number FROM books_cut c WHERE c.book = %(book)s AND ({told})))"
    vs, minus = ", ".join(f"x.{c}" for c in columns), ", ".join(f"-x.{c}" for c in columns)
    months = [(i, *whole(p, stock=t.stock), p.last) for i, p in enumerate(periods)]
    days = [(i, None if t.stock else p.first, p.after, p.last) for i, p in enumerate(periods)]
    scoped = "x.book = %(book)s AND r.ancestor = ANY (%(under)s::bigint[])"
    ledger = f"books_rollup r JOIN books_ledger x ON x.union_id = r.descendant {cut}"
    sources = [f"SELECT x.union_id, x.i, {by}, {vs} FROM {cells(t, periods, cuts=cuts, columns=columns)} AS x {cut}"]
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
    told = f"true{narrowed(q, t, 'c.by')[0]}" if telling(q) else None
    lines = tally_lines(t, q.periods, told=told, known=q.known, columns=[t.column])
    group = ", ".join(str(i + 1) for i in range(2 + len(q.by)))
    sql = f"SELECT {keys(q, t)}, sum({t.column}) FROM {lines} WHERE true{narrow} GROUP BY {group}"
    return answer(fetch(sql, params | about(q, t)))


def about(q: Question, t: Terms) -> Params:
    return {"book": t.book, "under": list(q.under), "known": q.known}


def leaders(q: Question) -> set[int]:
    """Those of the unions asked about that lead others: only theirs are sums worth keeping."""
    return {union for (union,) in fetch(LEADERS, {"u": list(q.under)})}


def tallied(tree: date | str, known: int | None) -> bool:
    """Whether the tally answers about a posting: little was posted since, and the tree it stands by is the one asked for.

    A posting that touches the tree is never taken back, so what holds after an answer held while it was found.
    """
    if known is None or tree == "then":
        return tree == "today"
    return bool(only(STEADY, {"known": known, "tree": None if tree == "today" else tree, "many": MANY}))
