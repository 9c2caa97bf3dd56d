"""Offices that changed hands: who held one before, and so in whose name something was done on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from niangjia.scenario.spread import dice
from niangjia.scenario.staff import Officer, Staff
from niangjia.scenario.targets import BEGIN, REVIEW
from niangjia.scenario.terms import Term
from niangjia.scenario.tree import Tree, Union
from niangjia.scenario.words import Baptist

FIRST = date(2010, 9, 1)  # the accounts reach back to here
NEW_CHAIR = 0.27  # of the elections at the grassroots, those that bring another chair


class Handover:
    """The offices of a tree from their first known holders on; the present ones are those of the staff."""

    def __init__(self, seed: int, tree: Tree, staff: Staff, terms: Mapping[int, Term]) -> None:
        self.rng, self.terms, baptist = dice(seed, "handover"), terms, Baptist()
        self.names, self.women = (iter(baptist.names(self.rng, many, share)) for many, share in ((40_000, 0.33), (400, 1.0)))
        gone = {officer.user for officer in staff.officers if officer.until}
        self.users = [(pk, account, name, pk not in gone) for pk, account, name in staff.users]
        self.officers: list[Officer] = []
        self.seats: dict[int, list[tuple[date, int]]] = {}
        for officer in staff.officers:
            union = tree.by_pk[officer.union]
            if union.closed and union.closed <= REVIEW:
                self.officers.append(officer)
            elif union.grassroots:
                self.elected(union, officer)
            else:
                self.handed(union, officer)
        for union in tree.unions:
            if union.founded > REVIEW:
                self.elected(union, Officer(0, union.pk, None, next(self.names), "chair", "主席", "PART", union.founded))
        for pk, officer in enumerate(self.officers, 1):
            officer.pk = pk

    def elected(self, union: Union, present: Officer) -> None:
        """The chairs of a grassroots union: some elections bring another one."""
        days = [day for day in self.terms[union.pk].elections if day > BEGIN and self.rng.random() < NEW_CHAIR]
        since = [union.founded, *days]
        for i, day in enumerate(days):
            self.officers.append(replace(present, user=None, name=next(self.names), since=since[i], until=day))
        self.officers.append(replace(present, since=since[-1], until=union.closed))

    def handed(self, union: Union, present: Officer) -> None:
        """Who held an office of a federation before, each with an account that is closed now."""
        seats, day, first = [present], present.since, max(union.founded, FIRST)
        while day > first + timedelta(days=200):
            since = max(first, day - timedelta(days=int(self.rng.integers(800, 2700))))
            if since < first + timedelta(days=200):
                since = first
            name = next(self.women if present.duty == "women" else self.names)
            self.users.append((len(self.users) + 1, f"{union.code.lower()}-{present.duty}-{since:%Y%m}", name, False))
            seats.append(replace(present, user=len(self.users), name=name, since=since, until=day))
            day = since
        seats.reverse()
        self.officers += seats
        self.seats[present.user or 0] = [(seat.since, seat.user or 0) for seat in seats]

    def then(self, user: int | None, day: date) -> int | None:
        """Who held on a day the office that somebody holds today."""
        seats = self.seats.get(user or 0)
        return seats[max(bisect_right(seats, (day, 1 << 40)) - 1, 0)][1] if seats else user
