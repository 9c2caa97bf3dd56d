"""The records behind a figure, page by page; who stands where; a stock's course through the days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from niangjia.worklog.ask import ask
from niangjia.worklog.clerk import latest
from niangjia.worklog.db import fetch
from niangjia.worklog.question import ROWS, Params, Question, Terms, scope, terms_of

FULL = "HAVING sum(n) <> 0 OR sum(v) <> 0"


def settled(q: Question, t: Terms) -> Question:
    """The same question without the daybook, when nothing of it is unposted: the ledger alone walks an index."""
    if q.known is None and not fetch("SELECT FROM books_daybook WHERE book = %(book)s LIMIT 1", {"book": t.book}):
        return replace(q, known=latest())
    return q


def records(q: Question, after: int | None = None, limit: int = 50, *, newest: bool = False) -> list[tuple[int, Decimal]]:
    """The sources behind a figure and what each gave to it, as known then; `after` is the last one of the page before."""
    t = terms_of(q)
    q = settled(q, t)
    lines, params = scope(q, t, f"e.source, e.n, e.{'n' if t.distinct else t.column} AS v")
    beyond = "" if after is None else f" WHERE source {'<' if newest else '>'} %(after)s"
    sql = f"SELECT source, sum(v) FROM {lines}{beyond} GROUP BY source {FULL} ORDER BY source {'DESC' if newest else ''} LIMIT %(limit)s"
    return [(source, Decimal(v or 0)) for source, v in fetch(sql, params | {"after": after, "limit": limit})]


def how_many(q: Question) -> int:
    """How many sources stand behind a figure: each gives the count of rows one, whatever it gives the figure; the tally knows that sum."""
    return int(sum(ask(replace(q, measure=ROWS)).values()))


def places(q: Question) -> dict[tuple[int, int], set[int]]:
    """The unions at which a figure counts something, for each union asked about and each period."""
    t = terms_of(q)
    lines, params = scope(q, t, f"e.union_id AS place, e.{'n' if t.distinct else t.column} AS v")
    found: dict[tuple[int, int], set[int]] = {}
    for union, i, place in fetch(f"SELECT union_id, i, place FROM {lines} GROUP BY 1, 2, 3 HAVING sum(v) <> 0", params):
        found.setdefault((union, i), set()).add(place)
    return found


def at_each(q: Question) -> dict[int, Decimal]:
    """What a figure comes to at each of the unions asked about itself, without what stands below it: one reading for all of them.

    Of one period. Subjects are told apart within each union; who counts at two is in both.
    """
    lines, params = _at_themselves(q, "place, ")
    return {place: Decimal(v) for place, v in fetch(f"SELECT place, sum(v) FROM {lines} GROUP BY place HAVING sum(v) <> 0", params)}


def at_those(q: Question) -> Decimal:
    """What a figure comes to at the unions asked about together, each by itself, without what else stands below them.

    Of one period. Subjects are told apart across all of them.
    """
    lines, params = _at_themselves(q)
    return Decimal(fetch(f"SELECT sum(v) FROM {lines}", params)[0][0] or 0)


def _at_themselves(q: Question, by: str = "") -> tuple[str, Params]:
    """The lines that stand at the unions asked about and not below them; of subjects that are told apart one line each, `by` place or not."""
    t = terms_of(q)
    lines, params = scope(settled(q, t), t, f"e.union_id AS place, e.subject, e.{'n' if t.distinct else t.column} AS v")
    lines = f"(SELECT * FROM {lines} WHERE place = union_id) AS y"
    if t.distinct:
        lines = f"(SELECT {by}1 AS v FROM {lines} GROUP BY {by}subject HAVING sum(v) > 0) AS z"
    return lines, params


def course(q: Question) -> list[tuple[date, Decimal]]:
    """A stock day by day: where it stood after each day on which it changed. Subjects are told apart."""
    t = terms_of(q)
    who, turn = ("e.subject", "n") if t.distinct else ("0", t.column)
    lines, params = scope(q, t, f"e.day, {who} AS who, e.{turn} AS turn")
    step = "(now > 0)::int - (now - turn > 0)::int" if t.distinct else "turn"
    rows = fetch(
        f"WITH turns AS (SELECT who, day, sum(turn) AS turn FROM {lines} GROUP BY 1, 2), "
        "run AS (SELECT day, turn, sum(turn) OVER (PARTITION BY who ORDER BY day) AS now FROM turns), "
        f"steps AS (SELECT day, sum({step}) AS step FROM run GROUP BY day) "
        "SELECT day, sum(step) OVER (ORDER BY day)::numeric FROM steps WHERE step <> 0 ORDER BY day",
        params,
    )
    return [(day, Decimal(level)) for day, level in rows]
