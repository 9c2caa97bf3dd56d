"""The members of the city, as arrays: who joined which union when, who left, who moved, who was taken on by none; and who only claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from niangjia.kit.retirement import born_by
from niangjia.scenario import targets
from niangjia.scenario.spread import Ints, dealt, dice, even, later_days, season
from niangjia.scenario.targets import REVIEW, SLICES
from niangjia.scenario.tree import Tree, Union
from niangjia.scenario.words import Baptist

ENDINGS = ("", "TRANSFER", "LEFT", "LAPSED", "DIED", "EXPELLED", "RETAINED")
HOWS = ("ROSTER", "PAPER", "TRANSFER", "SCAN", "APP")
WORKS = ("CONTRACT", "DISPATCH", "FLEXIBLE", "TRUCK", "RIDE", "COURIER", "DELIVERY")
AGES = ((25.6, 5.3), (29.2, 7.4))  # of women and of men when they first join: mean and spread
YOUNGER = 6900  # days by which who would have retired before the review is younger, at most
DRIVERS = {"货运": 3, "出租": 4, "网约": 4, "快递": 5, "外卖": 6}  # by a word in the name of their union
Bools = NDArray[np.bool_]
Spells = dict[str, NDArray[Any]]


def slice_of(days: Ints, slices: Sequence[date] = SLICES) -> Ints:
    """The slice of history in which a day's facts became known."""
    return np.searchsorted(np.array([day.toordinal() for day in slices], dtype=np.int64), days, side="left")


@dataclass(frozen=True)
class Claim:
    """So many workers claim against one union's employer on a day: some are its members."""

    dispute: int
    union: int
    day: date
    count: int


@dataclass
class People:
    """Persons (numbered from 1 in their order) and spells (in the order of the slices)."""

    born: Ints
    woman: Bools
    name: Ints  # the number of the name
    phone: Ints  # 0: none
    sequence: Ints  # the three digits of the identity number
    known: Ints  # slice
    union: Ints
    joined: Ints
    left: Ints  # 0: still in force
    ending: Ints
    how: Ints
    person: Ints
    retained: Bools
    second: Bools
    work: Ints
    migrant: Bools
    employer: Ints  # 0: none
    job: Ints  # line of the industry * 64 + job
    claimants: dict[int, list[int]]  # by dispute


def built(seed: int, tree: Tree, claims: Sequence[Claim], scale: float) -> People:
    """Everybody."""
    return Crowd(seed, tree, scale).gathered(claims)


class Crowd:
    """Gathers the people of a tree."""

    def __init__(self, seed: int, tree: Tree, scale: float) -> None:
        self.rng, self.tree, self.scale = dice(seed, "people"), tree, scale
        self.founded = np.zeros(len(tree.unions) + 1, dtype=np.int64)
        for union in tree.unions:
            self.founded[union.pk] = union.founded.toordinal()
        self.grown = season(date(2003, 1, 1), REVIEW - timedelta(days=1), targets.JOINING, rest=0.06)
        self.women, self.migrants = (
            np.array([0.0, *(getattr(u, name) for u in tree.unions)]) for name in ("women", "migrants")
        )  # fmt: skip

    def thinned(self, unions: Sequence[Union], total: int | None = None) -> Ints:
        """How many of each union's people are in a city of this scale; the firm that the demo shows has all of hers, for its pages' sake."""
        sizes = np.array([float(union.size) for union in unions])
        whole = [i for i, union in enumerate(unions) if union is self.tree.firm and self.scale < 1]
        total = round(sizes.sum() * self.scale) if total is None else total
        sizes[whole] = 0
        many = dealt(sizes, total - sum(unions[i].size for i in whole))
        many[whole] = [unions[i].size for i in whole]
        return many

    def began(self, union: Ints, until: Ints | None = None) -> Ints:
        """When spells began: most with the union, the others by the season; before the day that is given."""
        founded = self.founded[union]
        with_it = founded + self.rng.geometric(0.06, len(union))
        since = np.where(self.rng.random(len(union)) < 0.61, with_it, later_days(self.rng, founded, *self.grown))
        last = np.full(len(union), REVIEW.toordinal()) if until is None else until
        return np.where(since <= last, since, founded + ((last - founded) * self.rng.random(len(union))).astype(np.int64))

    def gathered(self, claims: Sequence[Claim]) -> People:
        """Spells first, then the persons who lived them, then those who only claim."""
        living = self.tree.living
        pks = np.array([u.pk for u in living], dtype=np.int64)
        total = round(self.tree.members * self.scale)
        many = self.thinned(living, total)
        parts = [self.staying(np.repeat(pks, many))]
        persons = total
        moved = self.moved(parts[0], pks, round(targets.MOVERS * total))
        for made in (self.leaving(np.repeat(pks, dealt(many.astype(float) + 0.01, round(targets.LEAVERS * total)))), self.ended()):
            made["person"] = np.arange(persons, persons + len(made["union"]))
            persons += len(made["union"])
            parts.append(made)
        parts += [moved, self.kept(parts[1], round(targets.RETAINED * total)), self.doubled(parts[0], round(targets.SECOND * total))]
        spell = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        order = np.lexsort((spell["person"], spell["joined"], spell["union"], slice_of(spell["joined"])))
        spell = {name: values[order] for name, values in spell.items()}
        return self.named(spell, persons, *self.claiming(spell, persons, claims))

    @staticmethod
    def part(union: Ints, joined: Ints, **more: NDArray[Any]) -> Spells:
        """Some spells as columns."""
        count = len(union)
        made = {"union": union, "joined": joined, "left": np.zeros(count, np.int64), "ending": np.zeros(count, np.int64), "how": np.zeros(count, np.int64),
                "person": np.zeros(count, np.int64), "retained": np.zeros(count, bool), "second": np.zeros(count, bool)}  # fmt: skip
        return made | more

    def staying(self, union: Ints) -> Spells:
        """In force on the day of the review."""
        joined = self.began(union)
        how = np.where(self.rng.random(len(union)) < 0.66, 0, 1)
        how[(joined > date(2014, 3, 1).toordinal()) & (self.rng.random(len(union)) < 0.08)] = 3
        return self.part(union, joined, how=how, person=np.arange(len(union)))

    def leaving(self, union: Ints) -> Spells:
        """Left while their union lives."""
        span = season(date(2011, 1, 10), REVIEW - timedelta(days=2), targets.LEAVING, rest=0.1)
        left = later_days(self.rng, self.founded[union] + 40, *span)
        fits = left > self.founded[union] + 1
        union, left = union[fits], left[fits]
        joined = np.minimum(self.began(union, left - 1), left - 1)
        ending = self.rng.choice([2, 3, 4, 5], size=len(union), p=[0.73, 0.25, 0.018, 0.002])
        return self.part(union, joined, left=left, ending=ending)

    def ended(self) -> Spells:
        """Members of unions that were abolished: most stayed to the end."""
        gone = [u for u in self.tree.unions if u.grassroots and u.ended]
        union = np.repeat(np.array([u.pk for u in gone], dtype=np.int64), self.thinned(gone))
        closed = np.zeros(len(self.founded), dtype=np.int64)
        for one in gone:
            closed[one.pk] = (one.closed or REVIEW).toordinal()
        joined = np.minimum(self.began(union, closed[union] - 30), closed[union] - 2)
        early = joined + 1 + ((closed[union] - joined - 1) * self.rng.random(len(union))).astype(np.int64)
        recorded = date(2011, 1, 10).toordinal()
        left = np.where((self.rng.random(len(union)) < 0.21) & (early >= recorded), early, closed[union])
        return self.part(union, joined, left=left, ending=np.where(left == closed[union], 3, 2))

    def moved(self, staying: Spells, pks: Ints, count: int) -> Spells:
        """Some of those who are in force came from another union, on the day on which they left it."""
        joined = staying["joined"].astype(np.int64)
        able = np.flatnonzero(joined > date(2011, 2, 1).toordinal())
        chosen = np.sort(self.rng.choice(able, size=min(count, len(able)), replace=False))
        day = joined[chosen]
        by_age = pks[np.argsort(self.founded[pks], kind="stable")]
        older = np.searchsorted(self.founded[by_age], day - 120)
        union = by_age[(older * self.rng.random(len(chosen))).astype(np.int64)]
        other = union != staying["union"][chosen]
        chosen, union, day = chosen[other], union[other], day[other]
        staying["how"][chosen] = 2
        since = np.minimum(self.began(union, day - 30), day - 20)
        count = len(chosen)
        return self.part(union, since, left=day, ending=np.ones(count, np.int64), person=staying["person"][chosen])

    def kept(self, left: Spells, count: int) -> Spells:
        """Memberships kept without dues and vote: the spell ended, and another began that does not count."""
        chosen = np.sort(self.rng.choice(len(left["union"]), size=count, replace=False))
        left["ending"][chosen] = 6
        return self.part(
            left["union"][chosen], left["left"][chosen], person=left["person"][chosen], retained=np.ones(count, bool), how=np.ones(count, np.int64)
        )  # fmt: skip

    def doubled(self, staying: Spells, count: int) -> Spells:
        """Persons who also stand in a trade or area union: they count at their first."""
        wide = np.array([u.pk for u in self.tree.living if u.kind in {"22", "23"}], dtype=np.int64)
        able = np.flatnonzero(~np.isin(staying["union"], wide) & (staying["joined"] > date(2010, 1, 1).toordinal()))
        chosen = np.sort(self.rng.choice(able, size=count, replace=False))
        union = wide[self.rng.integers(len(wide), size=count)]
        joined = np.minimum(np.maximum(staying["joined"][chosen].astype(np.int64), self.founded[union]) + 9, REVIEW.toordinal() - 1)
        return self.part(union, joined, person=staying["person"][chosen], second=np.ones(count, bool), how=np.ones(count, np.int64))

    def claiming(self, spell: Spells, persons: int, claims: Sequence[Claim]) -> tuple[dict[int, list[int]], Ints, Ints]:
        """Who claims: about half are members of the union, where there are enough; answers with strangers' unions and days too."""
        order = np.argsort(spell["union"], kind="stable")
        starts = np.searchsorted(spell["union"][order], np.arange(len(self.founded) + 1))
        joined, left, person = (spell[name].astype(np.int64) for name in ("joined", "left", "person"))
        taken: dict[int, list[int]] = {}
        unions: list[int] = []
        days: list[int] = []
        for claim in claims:
            day = claim.day.toordinal()
            here = order[starts[claim.union] : starts[claim.union + 1]]
            here = np.unique(person[here[(joined[here] <= day) & ((left[here] == 0) | (left[here] > day))]])
            wanted = int(self.rng.binomial(claim.count, 0.52))
            mine = self.rng.permutation(here)[: min(wanted, len(here))].tolist()
            strangers = claim.count - len(mine)
            first = persons + len(unions)
            taken[claim.dispute] = mine + list(range(first, first + strangers))
            unions += [claim.union] * strangers
            days += [day] * strangers
        return taken, np.array(unions, dtype=np.int64), np.array(days, dtype=np.int64)

    def named(self, spell: Spells, members: int, taken: dict[int, list[int]], unions: Ints, days: Ints) -> People:
        """Sex, age, name, phone and number of each person; work, employer and job of each spell."""
        person, joined = spell["person"].astype(np.int64), spell["joined"].astype(np.int64)
        count = members + len(unions)
        first, home = np.full(count, 10**7, dtype=np.int64), np.zeros(count, dtype=np.int64)
        np.minimum.at(first, person, joined)
        home[person] = spell["union"]
        first[members:], home[members:] = days, unions
        known = slice_of(first)
        woman = self.rng.random(count) < self.women[home]
        born = self.births(first, woman)
        # Nobody who works on the day of the review had reached the age of retirement before it.
        works = np.zeros(count, dtype=bool)
        works[person[(spell["left"] == 0) & ~spell["retained"].astype(bool)]] = True
        last = retiring(REVIEW, woman)
        born = np.where(works & (born <= last), last + 1 + self.rng.integers(0, YOUNGER, count), born)
        phone = np.where(self.rng.random(count) < 0.93, phones(np.arange(count)), 0)
        order = np.argsort(known, kind="stable")
        place = np.empty(count, dtype=np.int64)
        place[order] = np.arange(1, count + 1)
        pieces = {"born": born[order], "woman": woman[order], "phone": phone[order], "known": known[order]}
        union = spell["union"].astype(np.int64)
        return People(
            **pieces, name=Baptist().keys(self.rng, pieces["woman"]), sequence=sequences(pieces["born"], pieces["woman"]),
            union=union, joined=joined, left=spell["left"].astype(np.int64), ending=spell["ending"].astype(np.int64), how=spell["how"].astype(np.int64),
            person=place[person], retained=spell["retained"].astype(bool), second=spell["second"].astype(bool), **self.working(union, joined),
            claimants={dispute: place[np.array(who, dtype=np.int64)].tolist() for dispute, who in taken.items()},
        )  # fmt: skip

    def births(self, first: Ints, woman: Bools) -> Ints:
        """Days of birth of those who first joined on some days: women younger than men, as in the workshops of the place."""
        mean, spread = np.where(woman, *([one[0] for one in AGES])), np.where(woman, *([one[1] for one in AGES]))
        age = np.clip(self.rng.normal(mean, spread), 17.1, np.where(woman, 46.3, 55.6))
        born: Ints = first - (age * 365.25).astype(np.int64)
        return born

    def working(self, union: Ints, joined: Ints) -> Spells:
        """How and for whom people work."""
        unions = self.tree.unions
        count = len(union)
        work = self.rng.choice(3, size=count, p=[0.917, 0.049, 0.034])
        new = np.array([u.pk for u in unions if u.kind == "26"], dtype=np.int64)
        drivers = {u.pk: next(number for word, number in DRIVERS.items() if word in u.name) for u in unions if u.kind == "26"}
        for pk in new:
            work[union == pk] = drivers[int(pk)]
        migrant = self.rng.random(count) < self.migrants[union]
        counts = np.array([0, *(len(u.covered) for u in unions)])
        starts = np.concatenate([[0], np.cumsum(counts)])
        firms = np.array([firm.pk for u in unions for firm in u.covered], dtype=np.int64)
        kins = np.array([firm.kin for u in unions for firm in u.covered], dtype=np.int64)
        opened = np.array([day.toordinal() for u in unions for day in u.covered_since], dtype=np.int64)
        at = starts[union] + (counts[union] * self.rng.random(count)).astype(np.int64)
        has = counts[union] > 0
        at = np.where(has, np.minimum(at, len(firms) - 1), 0)
        has &= opened[at] <= joined + 31
        kin = np.where(has, kins[at], -1)
        jobs = np.array([len(line[5]) for line in targets.INDUSTRIES])
        number = (jobs[np.maximum(kin, 0)] * even(self.rng.random(count) ** 1.4)).astype(np.int64)
        return {"work": work, "migrant": migrant, "employer": np.where(has, firms[at], 0), "job": np.where(kin >= 0, kin * 64 + number, -1)}


def retiring(day: date, woman: Bools) -> Ints:
    """For each of some people the last day of birth of whoever has reached the age of retirement on a day, by the dated table."""
    found: Ints = np.where(woman, *(born_by(day, sex).toordinal() for sex in "21"))
    return found


def phones(number: Ints) -> Ints:
    """Telephone numbers that nobody has, no two alike, in no order."""
    return 10_000_000_000 + (number * 61_803_399 + 27_182_818) % 100_000_000


def sequences(born: Ints, woman: Bools) -> Ints:
    """The three digits that tell apart who was born on one day: odd for men, even for women; each once."""
    key = born * 2 + woman
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    new = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    starts = np.flatnonzero(new)
    rank = np.arange(len(key)) - np.repeat(starts, np.diff(np.append(starts, len(key))))
    if len(rank) and rank.max() >= 500:
        raise ValueError("more than 500 people of one sex were born on one day")
    out = np.empty(len(key), dtype=np.int64)
    out[order] = ((rank * 137 + ordered * 29) % 500) * 2
    return np.where(woman, out, out + 1)
