"""One figure by two trees, that of today and that of the day, and the moves of unions that explain the difference.

The sum of the moves is the difference exactly: both are found as one posting knows them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from niangjia.kit.figure import Figure, Plan
from niangjia.kit.periods import Period
from niangjia.worklog.clerk import latest
from niangjia.worklog.db import fetch, only
from niangjia.worklog.evaluate import NOTHING, Asked, evaluate, question
from niangjia.worklog.lineage import Lineage
from niangjia.worklog.question import Question, Terms, days_of, narrowed, scope, spans, telling, terms_of

Move = tuple[int, date | None, int | None, int | None]  # a union, since when it stands where it does, from, to
Crossing = tuple[int, date, int | None, Decimal]  # a union, a day, a subject, how much more by today's tree


@dataclass(frozen=True)
class Moved:
    """What the move of one union adds to a figure by today's tree, or takes away."""

    union: int
    since: date | None
    came_from: int | None
    to: int | None
    amount: Decimal


@dataclass(frozen=True)
class Reconciled:
    """A figure by today's tree and by that of the day: today = then + the moves."""

    today: Decimal
    then: Decimal
    moved: list[Moved]

    @property
    def difference(self) -> Decimal:
        return self.today - self.then


def crossings(q: Question, t: Terms, today: date) -> list[Crossing]:
    """The lines that one tree counts under a union and the other does not, added up by union and day (and subject)."""
    [union] = q.under
    by = "c.by" if telling(q) else "NULL"
    cut = "JOIN books_cut c ON c.number = e.cut" if telling(q) else ""
    narrow, params = narrowed(q, t, by)
    day, who = ("p.last" if t.stock else "e.day"), ("e.subject" if t.distinct else "NULL::bigint")
    under = "EXISTS (SELECT FROM span WHERE span.descendant = line.union_id AND since <= {0} AND {0} < until)"
    rows = fetch(
        "WITH span AS MATERIALIZED (SELECT descendant, since, until FROM books_lineage WHERE ancestor = %(union)s "
        "AND posted <= %(known)s AND %(known)s < struck), "
        "moved AS MATERIALIZED (SELECT DISTINCT descendant FROM span WHERE since > '-infinity' OR until < 'infinity'), "
        f"line AS MATERIALIZED (SELECT e.union_id, {day} AS day, {who} AS who, sum(e.{'n' if t.distinct else t.column}) AS v "
        f"FROM {spans(days_of(q, t))} JOIN books_ledger e ON e.day >= p.first AND e.day < p.after {cut} "
        "WHERE e.book = %(book)s AND e.union_id IN (SELECT descendant FROM moved) AND e.posting <= %(known)s"
        f"{narrow} GROUP BY 1, 2, 3), "
        f"told AS (SELECT line.*, {under.format('%(today)s::date')} AS here, {under.format('line.day')} AS was FROM line) "
        "SELECT union_id, day, who, CASE WHEN here THEN v ELSE -v END FROM told WHERE here <> was AND v <> 0 ORDER BY 1, 2, 3",
        params | {"union": union, "known": q.known, "book": t.book, "today": today},
    )
    return [(place, on, subject, Decimal(v)) for place, on, subject, v in rows]


def explained(found: list[Crossing], known: int, today: date) -> dict[Move, list[Crossing]]:
    """Each crossing under the move that explains it."""
    tree = Lineage.of({place for place, *_ in found}, known)
    out: dict[Move, list[Crossing]] = defaultdict(list)
    for crossing in found:
        who, then, now = tree.mover(crossing[0], crossing[1], today)
        out[who, tree.since(who, today), then, now].append(crossing)
    return out


def flips(q: Question, t: Terms, groups: dict[Move, list[Crossing]]) -> dict[Move, Decimal]:
    """What each move adds when subjects are told apart: the moves are made one after the other, each from where the last one left."""
    touched = sorted({who for found in groups.values() for _, _, who, _ in found if who is not None})
    lines, params = scope(q, t, "e.subject, e.n", touched)
    standing: dict[int, Decimal] = defaultdict(Decimal)
    standing.update((who, Decimal(n)) for who, n in fetch(f"SELECT subject, sum(n) FROM {lines} GROUP BY subject", params))
    out = {}
    for move, found in groups.items():
        turns: dict[int, Decimal] = defaultdict(Decimal)
        for _, _, who, n in found:
            if who is not None:
                turns[who] += n
        out[move] = NOTHING + sum((standing[who] + n > 0) - (standing[who] > 0) for who, n in turns.items())
        for who, n in turns.items():
            standing[who] += n
    return out


def counted_parts(plan: Plan) -> list[Plan]:
    """The countings that a plan adds up; a ratio has no moves of its own."""
    if plan["op"] == "count":
        return [plan]
    if plan["op"] == "sum":
        return [part for each in plan["parts"] for part in counted_parts(each)]
    raise ValueError("only what is counted can be reconciled: reconcile its parts")


def reconcile(figure: Figure, period: Period, union: int, known: int | None = None) -> Reconciled:
    """A figure by today's tree and by the tree of the day, and the moves between them; as the last posting knows it."""
    k, today = latest() if known is None else known, only("SELECT books_today()")
    amounts: dict[Move, Decimal] = defaultdict(Decimal)
    values = {"today": NOTHING, "then": NOTHING}
    for plan in counted_parts(figure.plan):
        for tree in values:
            values[tree] += evaluate(plan, Asked(period, union, today if tree == "today" else tree, k))
        q = question(plan, Asked(period, union, "then", k))
        t = terms_of(q)
        groups = explained(crossings(q, t, today), k, today)
        made = flips(q, t, groups) if t.distinct else {move: sum((v for *_, v in found), NOTHING) for move, found in groups.items()}
        for move, amount in made.items():
            amounts[move] += amount
    moved = [Moved(*move, amount) for move, amount in amounts.items() if amount]
    return Reconciled(values["today"], values["then"], sorted(moved, key=lambda m: (m.since or date.min, m.union)))
