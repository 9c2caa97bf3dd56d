"""Answers worth having before anybody asks: who is told apart, for the leading unions and the last years.

To be run after imports and each night; a cold question about a whole city takes seconds, a warm one milliseconds.
"""

from __future__ import annotations

from datetime import date

from niangjia.kit.dates import today
from niangjia.kit.figure import FIGURES, Figure
from niangjia.kit.periods import Period, until, year
from niangjia.worklog import reader
from niangjia.worklog.asking import default_period
from niangjia.worklog.board import course_of, years_of
from niangjia.worklog.evaluate import Asked, children, counted, grid


def distinct(figure: Figure) -> bool:
    return bool(counted(figure.plan)["measure"] == "distinct")


def spans(figure: Figure) -> list[list[Period]]:
    """The periods that pages ask for: today's, and the years beside it."""
    now = default_period(figure)
    last = until(today()) if figure.stock else year(today().year)
    years = [Period(None if figure.stock else date(y, 1, 1), date(y + 1, 1, 1)) for y in range(today().year - 4, today().year)]
    return [[now], years_of(figure, now), course_of(figure, now), [*years, last]]


def warm() -> int:
    """Ask what pages will ask; says how many answers are now remembered."""
    city = reader.top()
    if not city:
        return 0
    asked = 0
    for figure in FIGURES.values():
        if distinct(figure):
            for periods in spans(figure):
                below = children(Asked(periods[0], city), city)
                for under in ([city], [*below, city], *([union] for union in below)):
                    grid(figure.plan, Asked(periods[0], city), under, periods)
                    asked += 1
    return asked
