"""Tables for the page of a figure: by year, by the unions below, by breakdown, and unions by years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from niangjia.kit.figure import Figure, series_of
from niangjia.kit.periods import Period, until
from niangjia.worklog.db import NEVER, fetch
from niangjia.worklog.evaluate import NOTHING, Asked, Value, children, evaluate, grid
from niangjia.worklog.question import Untold, terms

ADDED = {"count", "sum"}  # plans whose parts make the whole, unless subjects are told apart


@dataclass(frozen=True)
class Board:
    """Unions (or breakdowns) down, periods across."""

    periods: list[Period]
    rows: list[tuple[int, list[Value]]]
    own: list[Value] | None  # what stands at the union itself and not below; None where parts cannot be added up
    total: list[Value]


def years_of(figure: Figure, period: Period, many: int = 5) -> list[Period]:
    """The calendar years of a period, in order; of a stock, the last days of the years up to its day."""
    if not figure.stock and period.first is not None:
        return period.calendar_years()[-many:]
    last = period.last
    if figure.stock:
        ends = [date(y, 12, 31) for y in range(last.year - many + 1, last.year)]
        return [until(end) for end in [*ends, last]]
    return Period(date(last.year - many + 1, 1, 1), period.after).calendar_years()


def course_of(figure: Figure, period: Period, many: int = 5) -> list[Period]:
    """The years that a page sets beside a number: those of its period; of one year, the years before it too, since one bar tells no course."""
    years = years_of(figure, period, many)
    if len(years) > 1 or figure.stock or period.first is None:
        return years
    return Period(date(period.first.year - many + 1, 1, 1), period.after).calendar_years()[:-1] + years


def by_year(figure: Figure, asked: Asked, many: int = 5, *, course: bool = False) -> list[tuple[Period, Value]]:
    """The figure in each year of its period, or of the course that a page shows."""
    periods = (course_of if course else years_of)(figure, asked.period, many)
    found = grid(figure.plan, replace(asked, by=()), [asked.union], periods)
    return [(period, found[asked.union, i]) for i, period in enumerate(periods)]


def board(figure: Figure, asked: Asked, periods: Sequence[Period] = (), below: Sequence[int] | None = None) -> Board:
    """The figure for each union below, in each period, with what stands at the union itself and the total."""
    spans = list(periods) or [asked.period]
    asked = replace(asked, by=())
    those = list(children(asked, asked.union) if below is None else below)
    found = grid(figure.plan, asked, [*those, asked.union], spans)
    n = range(len(spans))
    total = [found[asked.union, i] for i in n]
    rows = [(u, [found[u, i] for i in n]) for u in those if u != asked.union]
    own = None
    if figure.plan["op"] in ADDED and not figure.distinct:
        own = [total[i] - sum((values[i] for _, values in rows), NOTHING) for i in n]
    return Board(spans, rows, own, total)


def breakdowns(figure: Figure, known: int | None = None) -> list[str]:
    """By what the figure can be told apart."""
    return list(terms(figure.plan["series"], known=known).by) if figure.plan["op"] == "count" else []


def by_breakdown(figure: Figure, asked: Asked, name: str) -> list[tuple[str | None, Value]]:
    """The figure told apart by one breakdown, the largest first."""
    found = evaluate(figure.plan, replace(asked, by=(name,)))
    return sorted(((key, value) for (key,), value in found.items()), key=lambda pair: (-pair[1], pair[0] or ""))


@dataclass(frozen=True)
class Before:
    """A figure by an earlier definition: until which day it held, and what it said of some periods; None where it said nothing."""

    number: int
    until: date
    values: list[Value]


def by_edition(figure: Figure, asked: Asked, periods: Sequence[Period], many: int = 2) -> list[Before]:
    """The same periods by the definitions that held before, as last known by each: where a course breaks, both sides are shown."""
    turns = turns_of(series_of(figure.plan), asked.known)
    out = []
    for number, (posting, day) in list(enumerate(turns, 1))[-many:]:
        try:
            found = grid(figure.plan, replace(asked, known=posting, by=()), [asked.union], periods)
        except Untold:  # that definition could not tell apart what this figure counts
            found = dict.fromkeys(((asked.union, i) for i in range(len(periods))), None)
        values = [None if p.first is not None and p.first > day else found[asked.union, i] for i, p in enumerate(periods)]
        out.append(Before(number, day, values))
    return out


def turns_of(names: Iterable[str], known: int | None) -> list[tuple[int, date]]:
    """The postings after which another definition answered, and the day of each."""
    rows = fetch(
        "SELECT b.after_posting, max((p.at AT TIME ZONE 'Asia/Shanghai')::date) FROM books_book b JOIN books_posting p ON p.number = b.after_posting + 1 "
        "WHERE b.name = ANY (%(names)s) AND b.after_posting > 0 AND b.after_posting < %(known)s "
        "AND EXISTS (SELECT FROM books_book o WHERE o.name = b.name AND o.number < b.number AND o.after_posting IS NOT NULL) GROUP BY 1 ORDER BY 1",
        {"names": sorted(names), "known": NEVER if known is None else known},
    )
    return [(int(posting), day) for posting, day in rows]
