"""Answers worth having before anybody asks: who is told apart, for the leading unions and the last years.

Run after imports and each night; a cold question about a whole city takes seconds, a warm one milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.core.cache import cache

from niangjia.kit.dates import today
from niangjia.kit.figure import FIGURES, Figure, Plan
from niangjia.kit.periods import Period, until, year
from niangjia.worklog import reader
from niangjia.worklog.asking import default_period
from niangjia.worklog.board import breakdowns, course_of, years_of
from niangjia.worklog.clerk import latest
from niangjia.worklog.counting import leaders
from niangjia.worklog.db import only
from niangjia.worklog.evaluate import Asked, Cell, Source, children, counted, grid, question
from niangjia.worklog.memory import MANY, remember
from niangjia.worklog.question import Question, Terms, terms_of_all

WARMED = "books:warmed"  # the posting as of which all was last remembered
GROWN = "SELECT coalesce(sum(lines) > %(many)s OR bool_or(0 = ANY (books)), false) FROM books_posting WHERE number > %(last)s"


def distinct(figure: Figure) -> bool:
    return bool(counted(figure.plan)["measure"] == "distinct")


def spans(figure: Figure) -> list[list[Period]]:
    """The periods that pages ask for: today's, and the years beside it."""
    now = default_period(figure)
    last = until(today()) if figure.stock else year(today().year)
    years = [Period(None if figure.stock else date(y, 1, 1), date(y + 1, 1, 1)) for y in range(today().year - 4, today().year)]
    return [[now], years_of(figure, now), course_of(figure, now), [*years, last]]


def expected() -> list[Question]:
    """The questions that pages will ask of those who are told apart, under unions that lead others."""
    city, asked = reader.top(), list[Question]()
    if not city:
        return []

    def heard(plan: Plan, of: Asked, under: Sequence[int], periods: Sequence[Period]) -> dict[Cell, Decimal]:
        asked.append(question(plan, replace(of, by=()), under, periods))
        return {(u, i): Decimal(0) for u in under for i in range(len(periods))}

    for figure in FIGURES.values():
        if distinct(figure):
            for periods in spans(figure):
                below = children(Asked(periods[0], city), city)
                for under in ([city], [*below, city], *([union] for union in below)):
                    grid(figure.plan, Asked(periods[0], city), under, periods, Source(count=heard))
            asked += told_apart(figure, city)
    return asked


def told_apart(figure: Figure, city: int) -> list[Question]:
    """The tables by breakdown on a figure's page, for the city and those directly below; of figures that count all of a series."""
    now = default_period(figure)
    names = [] if any(counted(figure.plan).get(kind) for kind in ("only", "without")) else breakdowns(figure)
    at = [city, *children(Asked(now, city), city)]
    return [question(figure.plan, Asked(now, union, by=(name,))) for name in names for union in at]


def warm() -> int:
    """Answer what pages will ask; says how many answers are remembered. What differs in unions and periods only is counted at once."""
    number, asked = latest(), expected()
    if not asked:
        return 0
    kept, named = dict[str, tuple[Terms, list[Question]]](), terms_of_all(q.series for q in asked)
    lead = leaders(replace(asked[0], under=tuple({u for q in asked for u in q.under})))
    for q in asked:
        t = named[q.series].of(q.measure)
        if t.distinct and (led := tuple(u for u in q.under if u in lead)):
            kept.setdefault(repr(replace(q, under=(), periods=())), (t, []))[1].append(replace(q, under=led))
    for t, questions in kept.values():
        remember(questions, t)
    cache.set(WARMED, number, None)
    return sum(len(questions) for _, questions in kept.values())


def warm_when_grown() -> bool:
    """Warm after an import, or after a union moved: when more was posted since the last time than a page would catch up with."""
    grown: bool = only(GROWN, {"last": cache.get(WARMED) or 0, "many": MANY})
    if grown:
        warm()
    return grown
