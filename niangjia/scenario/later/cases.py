"""Events and disputes since the review: fewer each year, all of them over by the day from which the living work tells on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from niangjia.kit.dates import at
from niangjia.scenario import targets
from niangjia.scenario.disputes import Dispute, Table
from niangjia.scenario.events import Event, Watch
from niangjia.scenario.firms import Firm
from niangjia.scenario.later.years import BEGIN, OPEN_DISPUTES, OPEN_EVENTS, Stretch, stretches
from niangjia.scenario.spread import Floats, dice, even
from niangjia.scenario.staff import Staff
from niangjia.scenario.tree import Tree, Union

MOST = float(targets.MOST) * 0.97  # of what a year comes to, in one record
AFFECTED = 57.0  # workers, on average: large strikes have become rare
TOGETHER, FEWER, LEAST = 5.3, 0.6, 2.9  # workers in a dispute, on average: at first, fewer each year, and no fewer than
WAGES, FROM = 1.043, 2013  # what is claimed grows with wages
DRIVERS = (("E13", 0.058),)  # from 2021 on


class LaterWatch(Watch):
    """Makes the events since the review."""

    def __init__(self, seed: int, tree: Tree, staff: Staff, today: date) -> None:
        super().__init__(seed, tree, staff)
        self.rng, self.today, self.over = dice(seed, "events since the review"), today, at(today - timedelta(days=2), 9)
        self.pairs = [(firm, union) for firm, union in self.pairs if union.closed is None]
        self.sizes = np.array([firm.employees for firm, _ in self.pairs])

    def since(self, before: list[Event]) -> list[Event]:
        """Every event, the first report first, numbered after those of before."""
        for stretch in stretches(self.today - OPEN_EVENTS):
            self.types = (*targets.EVENT_TYPES, *(DRIVERS if stretch.first.year > 2020 else ()))
            count = stretch.of(stretch.year.events, targets.ARREARS)
            mean = AFFECTED * float(self.rng.uniform(0.9, 1.1))
            self.most, self.share = int(MOST * mean * stretch.year.events), 1 / (MOST * stretch.year.events)
            if count:
                self.span(count, stretch.first, stretch.last, total=round(count * mean))
                self.span(round(count * targets.FALSE_REPORTS), stretch.first, stretch.last, false=True)
        return self.numbered(before)

    def heads(self, count: int) -> Floats:
        """None makes more than a fiftieth of its year, so few are far from the mean."""
        drawn: Floats = self.rng.beta(1.5, 1.5 * (1 - self.share) / self.share, count) + 0.03
        return drawn

    def event(self, kind: str, affected: int, day: date, *, false: bool) -> Event:
        """An event whose story is over."""
        while (made := super().event(kind, affected, day, false=false)).story.steps[-1].at >= self.over:
            pass
        return made


class LaterTable(Table):
    """Makes the disputes since the review."""

    def __init__(self, seed: int, tree: Tree, staff: Staff, events: list[Event], today: date) -> None:
        super().__init__(seed, tree, staff, events)
        self.rng, self.today, self.over = dice(seed, "disputes since the review"), today, at(today - timedelta(days=2), 9)

    def since(self, before: list[Dispute]) -> list[Dispute]:
        """Every dispute, the first application first, numbered after those of before."""
        claimed = sum(one.claimed for one in before) / sum(one.workers for one in before)
        for stretch in stretches(self.today - OPEN_DISPUTES):
            year = stretch.year.disputes
            count, known = stretch.of(year, targets.ARREARS), len(self.disputes)
            self.mean = max(TOGETHER - FEWER * (stretch.first.year - BEGIN.year), LEAST)
            self.most = int(MOST * 0.85 * self.mean * year)
            if count:
                self.span(count, stretch.first, stretch.last, respondents=count + count // 270)
                self.span(round(count * targets.REFUSED), stretch.first, stretch.last, refused=True)
                self.price(self.disputes[known:], claimed * even(WAGES ** (stretch.first.year - FROM)), stretch)
        self.levelled(before)
        self.order()
        return self.numbered(before)

    def levelled(self, before: Sequence[Dispute]) -> None:
        """No payment makes more than a fiftieth of all that a year brings, by the years in which the money came: what was priced by the
        years of the applications may, where little came in the next.
        """
        for _ in range(40):
            came: Counter[int] = Counter()
            for one in (*before, *self.disputes):
                for day, _, fen in one.receipts:
                    came[day.year] += fen
            over = [
                one
                for one in self.disputes
                if any(fen > MOST * came[day.year] for day, _, fen in one.receipts if BEGIN.year < day.year < self.today.year)
            ]
            if not over:
                return
            for one in over:
                one.priced(0.85, cents=True)

    def price(self, year: Sequence[Dispute], each: float, stretch: Stretch) -> None:
        """What a year's workers claim, on average as much as is said; no case makes more than a fiftieth of what a year brings."""
        factor = each * sum(one.workers for one in year) / sum(one.claimed for one in year)
        odd = (self.rng.random(len(year)) < 0.23).tolist()
        for one, cents in zip(year, odd, strict=True):
            one.priced(factor, cents=cents)
        for _ in range(3):
            limit = MOST * 0.9 / stretch.share(targets.ARREARS) * sum(fen for one in year for *_, fen in one.receipts)
            for one, cents in zip(year, odd, strict=True):
                if one.claimed > limit:
                    one.priced(limit / one.claimed * float(self.rng.uniform(0.72, 0.98)), cents=cents)

    def heads(self, count: int) -> Floats:
        """Most come alone, and groups are small."""
        alone = self.rng.random(count) < 0.61
        drawn = np.where(alone, 1.0, 2 + np.floor(self.rng.gamma(0.9, (self.mean - 0.61) / 0.39 / 0.9 - 1.7, count)))
        return np.where(drawn > self.most, np.floor(self.most * self.rng.uniform(0.6, 1.0, count)), drawn)

    def place(self, people: int, day: date) -> tuple[Firm, Union]:
        """At a union that still lives."""
        while (found := super().place(people, day))[1].closed is not None:
            pass
        return found

    def dispute(self, cause: str, people: int, day: date, firms: list[Firm], union: Union, *, refused: bool) -> Dispute:
        """A dispute of which nothing was known at the review, and whose story is over."""
        while True:
            made = super().dispute(cause, people, day, firms, union, refused=refused)
            if made.applied >= BEGIN and made.story.steps[-1].at < self.over:
                return made
