"""Terms of office: the elections of each union up to the present, and how late the last one is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from niangjia.scenario.later.years import LATE
from niangjia.scenario.spread import dice, even
from niangjia.scenario.targets import REVIEW
from niangjia.scenario.tree import Tree, Union
from niangjia.unions.api import term_end

YEAR = 365
SOON = LATE + 0.028  # due within ninety days
DORMANT = 0.004
SHORT = 128  # days of each year of a term: a first term may have been a third of one, to fall in with the federation above


@dataclass(frozen=True, slots=True)
class Term:
    """The present term of a union, or its last one, and the elections since its founding."""

    number: int
    years: int
    start: date
    end: date
    state: str
    elections: tuple[date, ...] = ()

    def lapses(self, founded: date) -> Iterator[tuple[date, date | None]]:
        """Each election with the day on which the term before it had run out, if it was late."""
        before = founded
        for day in self.elections:
            end = term_end(before, self.years)
            yield day, end if end < day else None
            before = day


def workday(day: date) -> date:
    """Meetings are held on working days: the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def lateness(drawn: int) -> int:
    """How late an election is, of a number between 8 and 399: most by weeks, few by more than a year."""
    return 6 + min(int(-118 * even(np.log1p(-(drawn - 8) / 392))), 830)


class Terms:
    """The terms of a tree."""

    def __init__(self, seed: int, tree: Tree, rng: np.random.Generator, today: date) -> None:
        self.today, self.past, later = today, dice(seed, "elections"), dice(seed, "terms since the review")
        self.of = {union.pk: self.term(union, rng if union.founded <= REVIEW else later) for union in tree.unions}

    def term(self, union: Union, rng: np.random.Generator) -> Term:
        """The present term is drawn against today; those before it are told back to the founding."""
        years = 5 if not union.grassroots or union.size > 150 or rng.random() < 0.4 else 3
        if union.closed and union.closed <= REVIEW:
            return Term(1, years, union.founded, term_end(union.founded, years), "NORMAL")
        draw = float(rng.random())
        if union.grassroots and draw < LATE:
            back = years * YEAR + lateness(int(rng.integers(8, 400)))
        elif union.grassroots and draw < SOON:
            back = years * YEAR - int(rng.integers(2, 89))
        else:
            back = int(rng.integers(20, years * YEAR - 95))
        start = self.begun(union.founded, workday(self.today - timedelta(days=back)), years)
        elections = self.told(union.founded, start, years, prompt=not union.grassroots)
        if union.closed:
            elections = [day for day in elections if day < union.closed]
            start = elections[-1] if elections else union.founded
            return Term(1 + len(elections), years, start, term_end(start, years), "NORMAL", tuple(elections))
        end = term_end(start, years)
        dormant = union.grassroots and end >= self.today and SOON <= draw < SOON + DORMANT
        state = "OVERDUE" if end < self.today else "DORMANT" if dormant else "NORMAL"
        return Term(1 + len(elections), years, start, end, state, tuple(elections))

    def begun(self, founded: date, start: date, years: int) -> date:
        """The day on which the present term began: at the founding, if the one that was drawn lies before or soon after it."""
        if start > founded + timedelta(days=years * SHORT):
            return start
        second = workday(term_end(founded, years))
        return founded if second >= self.today else second

    def told(self, founded: date, start: date, years: int, *, prompt: bool) -> list[date]:
        """The elections from the founding to the one that began the present term."""
        days: list[date] = []
        while start > founded:
            days.append(start)
            draw = float(self.past.random())
            late = -int(self.past.integers(0, 36)) if prompt or draw < 0.71 else int(self.past.exponential(35 if draw < 0.94 else 190))
            start = workday(start - timedelta(days=round(years * 365.25) + min(late, 600)))
            if start <= founded + timedelta(days=years * SHORT):
                break
        return days[::-1]
