"""Unions that were founded, and that ended, since the review."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from niangjia.scenario import targets
from niangjia.scenario.later.years import DAY, Stretch, stretches
from niangjia.scenario.spread import drawn_days, picked, season
from niangjia.scenario.tree import Planter, Tree, Union

FOUNDED = (("20", 0.69), ("25", 0.18), ("21", 0.08), ("24", 0.02), ("27", 0.03))
DRIVERS = ("货运司机", "网约车司机", "快递员", "外卖送餐员")
SIZES = {kind.code: (kind.median * 0.83, kind.spread) for kind in targets.KINDS} | {"26": (171.0, 0.55)}
ENDED = {"20": 1.0, "21": 0.6, "24": 0.05}  # how readily a union of a type ends; projects end when they are built
PROJECT = timedelta(days=730)
LARGEST_TO_END = 420
MERGED = 0.23  # of the unions of one unit that end: their members go to another


class Growth:
    """What comes and goes in a tree."""

    def __init__(self, planter: Planter, tree: Tree) -> None:
        planter.reseed("since the review")
        planter.drivers = DRIVERS
        self.planter, self.tree, self.rng = planter, tree, planter.rng
        parents, weights = planter.homes()
        self.homes = [(parent, weight) for parent, weight in zip(parents, weights, strict=True) if parent.closed is None]

    def found(self, stretch: Stretch) -> None:
        """The unions that were founded, the first first."""
        many = stretch.of(stretch.year.founded, targets.FOUNDING)
        drivers = stretch.of(stretch.year.drivers, targets.FOUNDING)
        kinds = ["26"] * drivers + picked(self.rng, FOUNDED, max(many - drivers, 0))
        self.rng.shuffle(kinds)
        days = np.sort(drawn_days(self.rng, len(kinds), *season(stretch.first, stretch.last, targets.FOUNDING, rest=0.02)))
        for kind, day in zip(kinds, days.tolist(), strict=True):
            fit = np.array([weight * self.planter.fits(kind, parent) for parent, weight in self.homes])
            parent = self.homes[int(self.rng.choice(len(fit), p=fit / fit.sum()))][0]
            median, spread = SIZES[kind]
            size = round(float(np.clip(self.rng.lognormal(np.log(median), spread), 7, 900)))
            union = self.planter.named(kind, parent, parent.division, date.fromordinal(day), size)
            self.planter.units(union)
            self.tree.by_pk[union.pk] = union

    def end(self, stretch: Stretch) -> None:
        """The unions that were abolished, or merged into a neighbour."""
        many = stretch.of(stretch.year.ended, targets.LEAVING)
        living = self.tree.living
        leads = {union.parent for union in living}
        able = [
            union for union in living
            if union.pk not in leads and union is not self.tree.firm and union.size <= LARGEST_TO_END and self.ready(union, stretch.first) > 0
        ]  # fmt: skip
        weights = np.array([self.ready(union, stretch.first) * union.size**-0.25 for union in able])
        chosen = self.rng.choice(len(able), size=min(many, len(able)), replace=False, p=weights / weights.sum())
        days = drawn_days(self.rng, len(chosen), *season(stretch.first, stretch.last, targets.LEAVING, rest=0.02))
        goes = {able[i].pk for i in chosen}
        for i, day in zip(chosen.tolist(), days.tolist(), strict=True):
            union = able[i]
            union.closed = date.fromordinal(day)
            if union.kind == "20" and self.rng.random() < MERGED:
                near = [one for one in able if one.kind == "20" and one.parent == union.parent and one.pk not in goes]
                union.successor = near[int(self.rng.integers(len(near)))].pk if near else None

    @staticmethod
    def ready(union: Union, day: date) -> float:
        """How readily a union ends in a year that begins on a day."""
        if union.founded > day - timedelta(days=400):
            return 0.0
        return (40.0 if union.founded < day - PROJECT else 9.0) if union.kind == "25" else ENDED.get(union.kind, 0.0)


def grown(planter: Planter, tree: Tree, today: date) -> None:
    """Let a tree grow from the review to the day before the load; nothing that stood before is moved."""
    growth = Growth(planter, tree)
    for stretch in stretches(today - DAY):
        growth.end(stretch)
        growth.found(stretch)
