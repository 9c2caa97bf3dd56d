"""Who joined and who left since the review: spells that ended are marked, new spells and persons stand after those of before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from niangjia.kit.retirement import retires_on
from niangjia.scenario import targets
from niangjia.scenario.later.years import DAY, MOVED, STIRRED, Stretch, slices, stretches
from niangjia.scenario.people import Bools, Claim, Crowd, People, Spells, phones, retiring, sequences, slice_of
from niangjia.scenario.spread import Floats, Ints, dealt, dice, drawn_days, season
from niangjia.scenario.tree import Tree
from niangjia.scenario.words import Baptist

YEAR = 365.25
RETIRED = ((63, 34.0), (60, 17.0), (55, 3.1), (50, 1.6), (0, 1.0), (-1, 1.5))  # from an age on: how readily a member leaves; -1: under 26
STAYS_WITH_THE_MERGED = 0.83
KEEPS = 0.83  # of those who retire: their membership is kept
TARDY = 0.07  # of those who retire: the union says so up to eight months late
OF_DRIVERS = 7.5  # from 2021 on, how much more readily their unions take somebody in


class Turnover(Crowd):
    """Lets the members of a tree come and go, year by year."""

    def __init__(self, seed: int, tree: Tree, people: People, scale: float, today: date) -> None:
        super().__init__(seed, tree, scale)
        self.rng, self.people, self.today = dice(seed, "turnover"), people, today
        self.spell: Spells = {name: getattr(people, name) for name in ("union", "joined", "left", "ending", "how", "retained", "second")}
        self.spell |= {"person": people.person - 1, "left": people.left.copy(), "ending": people.ending.copy()}
        self.known, self.born, self.woman = len(people.union), people.born, people.woman
        count = len(tree.unions) + 1
        self.closed, self.into, self.size = (np.zeros(count, dtype=np.int64) for _ in range(3))
        self.drives, self.wide = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
        for union in tree.unions:
            self.closed[union.pk] = union.closed.toordinal() if union.closed else 0
            self.into[union.pk], self.size[union.pk] = union.successor or 0, union.size
            self.drives[union.pk], self.wide[union.pk] = union.kind == "26", union.kind in {"22", "23"}
        self.grassroots = np.array([False, *(union.grassroots for union in tree.unions)])

    def gathered(self, claims: Sequence[Claim]) -> People:
        """The years, then those who only claim."""
        for stretch in stretches(self.today - DAY):
            self.lived(stretch)
        taken, unions, days = self.claiming(self.spell, len(self.born), claims)
        return self.added(taken, unions, days)

    def lived(self, stretch: Stretch) -> None:
        """One year of members."""
        year, whole = stretch.year, self.tree.members * self.scale
        first, last = stretch.first.toordinal(), stretch.last.toordinal()
        ends = (self.closed >= first) & (self.closed <= last)
        came = [*self.merged(np.flatnonzero((self.spell["left"] == 0) & ends[self.spell["union"]]))]
        gone = int((self.spell["left"] >= first).sum()) - sum(len(part["union"]) for part in came)
        kept, retired = self.retired(stretch)
        came.append(kept)
        here = self.grassroots & (self.founded < first) & ((self.closed == 0) | (self.closed > last))
        self.stirred = here & ((self.rng.random(len(here)) < STIRRED) | self.drives)
        came += self.went(stretch, here, max(stretch.of(year.left / 100 * whole, targets.LEAVING) - gone, 0))
        joined = stretch.of(year.joined / 100 * whole, targets.JOINING) + retired  # somebody younger comes after each
        came += self.came(stretch, here, joined)
        self.spell = {name: np.concatenate([self.spell[name], *(part[name] for part in came)]) for name in self.spell}

    def merged(self, at: Ints) -> list[Spells]:
        """The members of unions that ended: those of a merged one go over on the same day."""
        spell = self.spell
        union = spell["union"][at]
        spell["left"][at] = self.closed[union]
        goes = (self.into[union] > 0) & ~spell["second"][at] & ~spell["retained"][at] & (self.rng.random(len(at)) < STAYS_WITH_THE_MERGED)
        spell["ending"][at] = np.where(goes, 1, 3)
        return [
            self.part(self.into[union[goes]], self.closed[union[goes]], person=spell["person"][at[goes]], how=np.full(int(goes.sum()), 2))
        ]

    def retired(self, stretch: Stretch) -> tuple[Spells, int]:
        """Who reached the age of retirement by the dated table: most keep their membership without dues and vote, and some are struck off
        months late. Answers the memberships that are kept, and how many retired.
        """
        spell, first, last = self.spell, stretch.first.toordinal(), stretch.last.toordinal()
        person = spell["person"]
        able = np.flatnonzero(
            (spell["left"] == 0) & ~spell["second"] & ~spell["retained"] & (self.born[person] <= retiring(stretch.last, self.woman[person]))
        )
        whose = zip(self.born[person[able]].tolist(), self.woman[person[able]].tolist(), strict=True)
        day = np.array([retires_on(date.fromordinal(born), "2" if woman else "1").toordinal() for born, woman in whose], dtype=np.int64)
        day += self.rng.integers(0, 29, len(able)) + np.where(self.rng.random(len(able)) < TARDY, self.rng.integers(0, 240, len(able)), 0)
        day = np.maximum(np.maximum(day, first + self.rng.integers(0, 29, len(able))), spell["joined"][able] + 1)
        able, day = able[day <= last], day[day <= last]
        keeps = self.rng.random(len(able)) < KEEPS
        spell["left"][able], spell["ending"][able] = day, np.where(keeps, 6, 2)
        left = np.zeros(len(self.born), dtype=np.int64)
        left[person[able]] = day
        second = np.flatnonzero((spell["left"] == 0) & spell["second"] & (left[person] > spell["joined"]))
        spell["left"][second], spell["ending"][second] = left[person[second]], 2
        kept, on = able[keeps], day[keeps]
        count = len(kept)
        part = self.part(spell["union"][kept], on, person=person[kept], retained=np.ones(count, bool), how=np.ones(count, np.int64))
        return part, len(able)

    def went(self, stretch: Stretch, here: Bools, count: int) -> list[Spells]:
        """Who left, the older ones first of all, and who moved to another union."""
        spell, first = self.spell, stretch.first.toordinal()
        able = np.flatnonzero(
            (spell["left"] == 0) & ~spell["second"] & ~spell["retained"] & self.stirred[spell["union"]] & (spell["joined"] < first - 40)
        )
        age = (first - self.born[spell["person"][able]]) / YEAR
        moving = stretch.of(MOVED / 100 * self.tree.members * self.scale, targets.LEAVING)
        chosen = able[lot(self.rng, ready(age), count + moving)]
        days = self.meetings(stretch, spell["union"][chosen], targets.LEAVING)
        old = (first - self.born[spell["person"][chosen]]) / YEAR > 59
        spell["left"][chosen] = days
        spell["ending"][chosen] = np.where(
            old, self.rng.choice([2, 3, 4], size=len(chosen), p=[0.12, 0.83, 0.05]), self.rng.choice([2, 3, 4, 5], size=len(chosen), p=[0.74, 0.24, 0.017, 0.003])
        )  # fmt: skip
        moves = np.flatnonzero(~old)[:moving]
        chosen, days = chosen[moves], days[moves]
        open_ = here & ~self.wide  # whoever stands in one of these as a second union is not there twice
        union = self.rng.choice(np.flatnonzero(open_), size=len(chosen), p=self.size[open_] / self.size[open_].sum())
        other = union != spell["union"][chosen]
        chosen, days, union = chosen[other], days[other], union[other]
        spell["ending"][chosen] = 1
        return [self.part(union, days, person=spell["person"][chosen], how=np.full(len(chosen), 2))]

    def came(self, stretch: Stretch, here: Bools, count: int) -> list[Spells]:
        """Who joined: the people of unions that were founded, and others by the season, more in some unions than in others."""
        first, last, year = stretch.first.toordinal(), stretch.last.toordinal(), stretch.first.year
        fresh = [union for union in self.tree.unions if first <= self.founded[union.pk] <= last and union.grassroots]
        union = (
            np.repeat(np.array([one.pk for one in fresh], dtype=np.int64), self.thinned(fresh)) if fresh else np.zeros(0, dtype=np.int64)
        )
        joined = np.minimum(self.founded[union] + self.rng.geometric(0.05, len(union)) - 1, last)
        weights = self.size * self.stirred * self.rng.lognormal(0, 0.7, len(here))
        weights[self.drives] *= OF_DRIVERS if year > 2020 else 1
        others = np.repeat(np.arange(len(here)), dealt(weights, max(count - len(union), 0)))
        joined = np.concatenate([joined, self.meetings(stretch, others, targets.JOINING)])
        union = np.concatenate([union, others])
        online = min(0.1 + 0.07 * max(year - 2016, 0), 0.7)
        how = self.rng.choice([0, 1, 3, 4], size=len(union), p=[0.42 * (1 - online), 0.58 * (1 - online), 0.8 * online, 0.2 * online])
        person = np.arange(len(self.born), len(self.born) + len(union))
        woman = self.rng.random(len(union)) < self.women[union]
        self.born = np.concatenate([self.born, self.births(joined, woman)])
        self.woman = np.concatenate([self.woman, woman])
        return [self.part(union, joined, person=person, how=how)]

    def meetings(self, stretch: Stretch, union: Ints, months: Sequence[float]) -> Ints:
        """The days on which unions admit or strike off: two meetings of each in a year, most of it at one of them."""
        span = season(stretch.first, stretch.last, months, rest=0.02)
        one, other = (drawn_days(self.rng, len(self.founded), *span)[union] for _ in range(2))
        return np.where(self.rng.random(len(union)) < 0.72, one, other)

    def added(self, taken: dict[int, list[int]], unions: Ints, days: Ints) -> People:
        """Everybody: those of before as they were, then the new ones in the order in which they became known."""
        before, known = self.people, slices(self.today)
        old = len(before.born)
        later = {name: values[self.known :] for name, values in self.spell.items()}
        order = np.lexsort((later["person"], later["joined"], later["union"], slice_of(later["joined"], known)))
        later = {name: values[order] for name, values in later.items()}
        new = later["person"] >= old
        count = len(self.born) - old + len(unions)
        first, home = np.full(count, 10**7, dtype=np.int64), np.zeros(count, dtype=np.int64)
        np.minimum.at(first, later["person"][new] - old, later["joined"][new])
        home[later["person"][new] - old] = later["union"][new]
        first[len(self.born) - old :], home[len(self.born) - old :] = days, unions
        order = np.argsort(slice_of(first, known), kind="stable")
        place = np.concatenate([np.arange(old), np.empty(count, dtype=np.int64)])
        place[old + order] = np.arange(old, old + count)
        woman = np.concatenate([self.woman[old:], self.rng.random(len(unions)) < self.women[unions]])
        strange = days - (np.clip(self.rng.normal(36.5, 9.6, len(days)), 17.1, 59) * YEAR).astype(np.int64)
        born = np.concatenate([self.born[old:], strange])[order]
        woman = woman[order]
        phone = np.where(self.rng.random(count) < 0.97, phones(np.arange(old, old + count)), 0)
        together = np.concatenate([before.born, born]), np.concatenate([before.woman, woman])
        work = self.working(later["union"], later["joined"])
        left, ending = self.spell["left"][: self.known], self.spell["ending"][: self.known]
        return People(
            born=together[0], woman=together[1], name=np.concatenate([before.name, Baptist().keys(self.rng, woman)]), phone=np.concatenate([before.phone, phone]),
            sequence=sequences(*together), known=np.concatenate([before.known, slice_of(first, known)[order]]),
            left=np.concatenate([left, later["left"]]), ending=np.concatenate([ending, later["ending"]]), person=np.concatenate([before.person, place[later["person"]] + 1]),
            **{name: np.concatenate([getattr(before, name), later[name]]) for name in ("union", "joined", "how", "retained", "second")},
            **{name: np.concatenate([getattr(before, name), values]) for name, values in work.items()},
            claimants=before.claimants | {dispute: (place[np.array(who, dtype=np.int64)] + 1).tolist() for dispute, who in taken.items()},
        )  # fmt: skip


def ready(age: Floats) -> Floats:
    """How readily members of these ages leave."""
    weights: Floats = np.select([age >= from_ for from_, _ in RETIRED[:-2]], [weight for _, weight in RETIRED[:-2]], RETIRED[-2][1])
    return np.where(age < 26, RETIRED[-1][1], weights)


def lot(rng: np.random.Generator, weights: Floats, count: int) -> Ints:
    """So many different ones, drawn by weight, in no order."""
    if not count or not len(weights):
        return np.zeros(0, dtype=np.int64)
    drawn = rng.exponential(size=len(weights)) / weights
    chosen: Ints = np.sort(np.argpartition(drawn, min(count, len(drawn)) - 1)[:count])  # in no order is: in another one on each processor
    return rng.permutation(chosen)
