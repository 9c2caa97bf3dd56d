"""What became of a published value: the difference between then and now, and the dated postings that make it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from niangjia.kit.dates import CHINA
from niangjia.kit.figure import Figure, series_of
from niangjia.worklog.clerk import day_of_posting, latest
from niangjia.worklog.db import Row, fetch, only
from niangjia.worklog.evaluate import NOTHING, Asked, evaluate, question
from niangjia.worklog.freeze import Frozen, fixed, kept, plain
from niangjia.worklog.question import Question, Terms, scope, terms, terms_of

SAMPLE = 10  # sources that are named with a change; all are found by its postings
DAYS = 31  # of a figure made of others, the days shown apart; earlier changes are one
DAY = "coalesce(known_on, (at AT TIME ZONE 'Asia/Shanghai')::date)"


@dataclass(frozen=True)
class Change:
    """What one day's postings did to a published value."""

    day: date
    delta: Decimal
    kind: str  # lines (records came, went or were corrected), tree (unions moved), definition (it is counted otherwise)
    postings: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()  # the first few
    how_many: int = 0


@dataclass(frozen=True)
class Since:
    """A published value, the same question answered now, and every change between."""

    frozen: Frozen
    was: Decimal
    now: Decimal
    changes: list[Change]

    @property
    def difference(self) -> Decimal:
        return self.now - self.was


def scalar(value: Any) -> Decimal:
    """A value as one number: of a coverage, those covered; of none, nothing."""
    return Decimal((value[0] if isinstance(value, list) else value) or 0)


def posted(q: Question, t: Terms, since: int) -> list[Row]:
    """What each later posting added: (day, posting, amount, sources)."""
    lines, params = scope(q, t, f"e.posting, e.source, e.{'n' if t.distinct else t.column} AS v")
    return fetch(
        f"SELECT {DAY}, p.number, sum(v), array_agg(DISTINCT source) FROM {lines} JOIN books_posting p ON p.number = x.posting "
        "WHERE x.posting > %(since)s GROUP BY p.number ORDER BY p.number",
        params | {"since": since},
    )


def turned(q: Question, t: Terms, since: int) -> dict[int, Decimal]:
    """How many more subjects stand after each later posting than before it."""
    lines, params = scope(q, t, "e.posting, e.subject, e.n")
    rows = fetch(
        f"WITH line AS MATERIALIZED (SELECT posting, subject, n FROM {lines} WHERE subject IS NOT NULL) "
        "SELECT greatest(posting, %(since)s), subject, sum(n) FROM line "
        "WHERE subject IN (SELECT subject FROM line WHERE posting > %(since)s) GROUP BY 1, 2 ORDER BY 1",
        params | {"since": since},
    )
    standing: dict[int, Decimal] = defaultdict(Decimal)
    out: dict[int, Decimal] = defaultdict(Decimal)
    for posting, subject, n in rows:
        before = standing[subject]
        standing[subject] = before + n
        if posting > since:
            out[posting] += (standing[subject] > 0) - (before > 0)
    return out


def of_counting(f: Frozen, now: int, difference: Decimal, sample: int) -> list[Change]:
    """The changes of a counted figure: later lines day by day, and in one line what the tree did to all."""
    k = f.asked.known or 0
    q = question(f.plan, replace(f.asked, known=now, by=()))
    t = terms_of(q)
    if t.book != terms(f.plan["series"], known=k).book:
        turn = only("SELECT after_posting FROM books_book WHERE number = %(b)s", {"b": t.book})
        return [Change(day_of_posting(turn + 1) or f.at.date(), difference, "definition")]
    deltas = turned(q, t, k) if t.distinct else None
    days: dict[date, list[Any]] = {}
    for day, posting, amount, sources in posted(q, t, k):
        made = days.setdefault(day, [NOTHING, [], set()])
        made[0] += deltas[posting] if deltas is not None else Decimal(amount or 0)
        made[1].append(posting)
        made[2].update(sources)
    changes = [
        Change(day, delta, "lines", tuple(numbers), tuple(sorted(sources)[:sample]), len(sources))
        for day, (delta, numbers, sources) in days.items()
        if delta
    ]
    if rest := difference - sum((delta for delta, *_ in days.values()), NOTHING):
        grown = only("SELECT max(number) FROM books_posting WHERE number > %(k)s AND 0 = ANY (books)", {"k": k})
        changes.append(Change(day_of_posting(grown) or f.at.date(), rest, "tree"))
    return sorted(changes, key=lambda change: change.day)


def of_others(f: Frozen, now: int) -> list[Change]:
    """The changes of a figure made of others: asked again after each day on which its series or the tree were written."""
    books = [terms(name, known=now).book for name in series_of(f.plan)]
    days = fetch(
        f"SELECT {DAY}, max(number) FROM books_posting WHERE number > %(k)s AND number <= %(now)s "
        "AND books && (%(books)s || 0)::smallint[] GROUP BY 1 ORDER BY 2",
        {"k": f.asked.known or 0, "now": now, "books": books},
    )
    early, late = days[:-DAYS], days[-DAYS:]
    changes, was = [], scalar(f.value)
    for day, posting in early[-1:] + late:
        value = scalar(evaluate(f.plan, replace(f.asked, known=posting)))
        if value != was:
            changes.append(Change(day, value - was, "lines", (posting,)))
        was = value
    return changes


def changed_since(number: int, sample: int = SAMPLE) -> Since:
    """How a published value differs from what the books answer now, posting day by posting day; so many records of each are named."""
    return compared(kept(number), sample)


def since_posting(figure: Figure, asked: Asked, posting: int) -> Since:
    """How a figure differs now from what it came to as known at a posting."""
    then = fixed(asked, posting)
    on = day_of_posting(posting) or date.min
    return compared(Frozen(0, figure.name, "", figure.plan, then, plain(evaluate(figure.plan, then)), datetime.combine(on, time(), CHINA)))


def compared(f: Frozen, sample: int = SAMPLE) -> Since:
    """A value as known then beside the same question answered now, and every change between."""
    now = latest()
    was, found = scalar(f.value), scalar(evaluate(f.plan, replace(f.asked, known=now, by=())))
    if f.asked.by:
        raise ValueError("a table is compared cell by cell: ask about its total")
    if f.plan["op"] == "count":
        return Since(f, was, found, of_counting(f, now, found - was, sample))
    return Since(f, was, found, of_others(f, now))
