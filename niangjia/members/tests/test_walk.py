"""Random walks through the lives of members: in memory over the flow, and on the database with the real verbs. Whatever happens, what must hold holds.

`MEMBERS_LONG` walks in memory and `MEMBERS_LIVED` on the database make it long; `MEMBERS_SEED` chooses others.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Count, F, Q

from niangjia.flow.api import ring
from niangjia.flow.models import Clock, Move
from niangjia.kit.dates import add_months, moved_to, now, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.members import actions, rules
from niangjia.members.bank import BANKS
from niangjia.members.enums import State
from niangjia.members.flow import MEMBERSHIP_FLOW as FLOW
from niangjia.members.models import Card, CardBatch, Expulsion, Lapse, Likeness, Membership, Person, Request
from niangjia.members.tests.bank import PaperBank
from niangjia.members.tests.rosters import name, number
from niangjia.worklog.api import audit, post

SEED = int(os.environ.get("MEMBERS_SEED", "20261129"))
LONG = int(os.environ.get("MEMBERS_LONG", "60"))
LIVED = int(os.environ.get("MEMBERS_LIVED", "1"))
STEPS = 40  # of a walk
TOLD = (RuleBroken, IllegalStep, Overtaken, Refused)  # what may be said to somebody who asks for what cannot be


# ---------- in memory ----------


@dataclass
class Spell:
    """A spell as the flow and the rules alone know it."""

    state: str = "APPLIED"
    standing: str = "ACTIVE"
    joined: date | None = None
    left: date | None = None


@dataclass
class Life:
    """One person's spells, one after the other."""

    today: date
    spells: list[Spell] = field(default_factory=lambda: [Spell()])

    @property
    def here(self) -> Spell:
        return self.spells[-1]

    def step(self, verb: str, day: date) -> None:
        """Take a step as the actions do: the day first, then the state, then the spell that follows."""
        here, target = self.here, FLOW.step(verb, self.here.state).target
        if verb in ("approve", "enter"):
            if not rules.may_begin(day, self.today):
                raise RuleBroken
            here.joined = day
        if target == "ENDED":
            assert here.joined is not None
            if not rules.may_end(here.joined, day, self.today):
                raise RuleBroken
            here.left = day
        here.state = target
        if verb in ("take", "pool", "carry", "retain", "resume"):
            standing = {"retain": "RETAINED", "resume": "ACTIVE"}.get(verb, here.standing)
            self.spells.append(Spell("MEMBER", standing, joined=day))
        elif target in ("ENDED", "REFUSED"):
            self.spells.append(Spell())

    def holds(self) -> None:
        """What must be so after every step."""
        for spell in self.spells:
            assert spell.state in FLOW.states.__members__
            assert (spell.state in ("APPLIED", "REFUSED")) == (spell.joined is None)
            assert (spell.state == "ENDED") == (spell.left is not None)
            assert FLOW.final(spell.state) == (spell.state in ("ENDED", "REFUSED"))
        assert sum(spell.state in ("APPLIED", "MEMBER", "LEAVING") for spell in self.spells) == 1
        lived = [spell for spell in self.spells if spell.joined]
        for before in lived[:-1]:
            assert before.left is not None
            assert before.joined <= before.left


def test_however_she_walks_through_the_flow_she_is_in_one_union_at_a_time():
    rng, seen = random.Random(SEED), Counter()
    for n in range(LONG * STEPS):
        if n % STEPS == 0:
            life = Life(date(2026, 1, 5))
        life.today += timedelta(days=rng.choice([0, 0, 1, 3, 20]))
        step = rng.choice(FLOW.steps_from(life.here.state))
        day = life.today + timedelta(days=rng.choice([0, 0, 0, -2, 1, -400]))
        try:
            before = [vars(spell).copy() for spell in life.spells]
            life.step(step.verb, day)
            seen[step.verb] += 1
        except RuleBroken:
            life.spells = [Spell(**facts) for facts in before]
            seen["refused"] += 1
        life.holds()
    assert set(seen) >= {step.verb for step in FLOW.steps}  # the walk has been everywhere


# ---------- on the database ----------


class Town:
    """Six people, two unions of two counties and what may be done to them, drawn with a seed."""

    def __init__(self, town, seed: int) -> None:
        self.town, self.rng, self.done = town, random.Random(seed), Counter()
        self.chairs = {town.firm.pk: town.firm_chair, town.mill.pk: town.mill_chair, town.shop.pk: town.shop_chair, town.hill.pk: town.hill_chair, town.market.pk: town.market_chair}  # fmt: skip
        self.by = town.city_org

    def one(self, **facts) -> Membership | None:
        rows = list(Membership.objects.filter(left_on=None, **facts).exclude(state="REFUSED").order_by("pk"))
        return self.rng.choice(rows) if rows else None

    def union(self):
        return self.rng.choice([self.town.firm, self.town.mill, self.town.shop, self.town.hill])

    def step(self) -> None:
        """Try one verb; what cannot be is told in a sentence, and leaves nothing half done."""
        verb = self.rng.choice(VERBS) if self.done["apply"] else "apply"  # without anybody there is nothing to walk through
        try:
            with transaction.atomic():
                done = getattr(self, verb)()
            self.done[verb] += done is not False
        except TOLD:
            self.done["told"] += 1

    def apply(self):
        n = self.rng.randrange(1, 7)
        return actions.apply(
            self.union(), actions.Facts(name(n), number(n), f"100{n % 4:08d}", work=self.rng.choice(["CONTRACT", "COURIER"])), by=self.by
        )

    def approve(self):
        return (one := self.one(state="APPLIED")) and actions.approve(
            one, on=today() - timedelta(days=self.rng.choice([0, 0, 5, -1])), by=self.by
        )

    def send(self):
        return (one := self.one(state="MEMBER")) and actions.send(one, to=self.union(), by=self.by)

    def arrive(self):
        return (one := self.one(state="LEAVING")) and actions.arrive(one, by=self.rng.choice([self.by, self.chairs[one.to_union_id]]))

    def send_back(self):
        return (one := self.one(state="LEAVING")) and actions.send_back(one, reason="不在这里工作", by=self.by)

    def recall(self):
        return (one := self.one(state="LEAVING")) and actions.recall(one, by=self.by)

    def ask_for(self):
        n, union = self.rng.randrange(1, 7), self.union()
        return actions.ask_for(union, name=name(n), number=number(n), why="在这里工作", by=self.by)

    def answer(self):
        asked = Request.objects.filter(state="ASKED").order_by("pk").first()
        return asked and (actions.give(asked, by=self.by) if self.rng.random() < 0.7 else actions.keep(asked, reason="未离职", by=self.by))

    def retain(self):
        return (one := self.one(state="MEMBER")) and actions.retain(one, on=today(), reason="退休", by=self.by)

    def resume(self):
        return (one := self.one(state="MEMBER", standing="RETAINED")) and actions.resume(one, reason="再就业", by=self.by)

    def end(self):
        return (one := self.one()) and actions.end(
            one, ending=self.rng.choice(["LEFT", "DIED", "UNDONE"]), on=today(), reason="决定", by=self.by
        )

    def expel(self):
        case = Expulsion.objects.filter(state__in=["PROPOSED", "DECIDED"]).order_by("pk").first()
        if case is None:
            said = actions.Proposal("小组", today(), "判决", "建议")
            return (one := self.one()) and actions.propose_expulsion(one, said, by=self.by)
        if case.state == "DECIDED":
            return actions.file_expulsion(case, by=self.by)
        return (
            actions.expel(case, on=today(), paper="决定", by=self.by)
            if self.rng.random() < 0.5
            else actions.not_expel(case, reason="撤销判决", by=self.by)
        )

    def retire(self):
        return (one := self.one(state="MEMBER", standing="ACTIVE", primary=True)) and actions.retire([one], on=today(), by=self.by)

    def pay(self):
        return (one := self.one()) and actions.pay([one], until=add_months(today(), -self.rng.randrange(12)), by=self.by)

    def lapse(self):
        actions.find_lapsing()
        one = Lapse.objects.filter(state__in=["FOUND", "TALKED"]).order_by("pk").first()
        if one is None:
            return False
        if one.state == "FOUND":
            return actions.talk(one, on=today(), with_her="主席", words="谈话", by=self.by)
        return (
            actions.leave(one, on=today(), reason="决定", by=self.by)
            if self.rng.random() < 0.5
            else actions.stay(one, reason="补缴", by=self.by)
        )

    def cards(self):
        made = CardBatch.objects.filter(state__in=["DRAFT", "SENT", "MADE"]).order_by("pk").first()
        if made is None:
            return (one := self.one(state="MEMBER")) and actions.draft(self.town.city, [one], bank="湖州银行", consent=True, by=self.by)
        if made.state == "DRAFT":
            return actions.send_order(made, by=self.town.people["org_two"])
        if made.state == "SENT":
            return actions.read_answer(
                made, PaperBank(start=made.pk * 100).answers(BANKS["湖州银行"].order(actions.orders(made))), by=self.by
            )
        return actions.hand_out(made, list(made.cards.all()), on=today(), by=self.by)

    def lose(self):
        card = Card.objects.filter(state="ISSUED").order_by("pk").first()
        return card and actions.lose(card, reason="遗失", by=self.by)

    def judge(self):
        actions.find_alike()
        pair = Likeness.objects.exclude(state="APART").order_by("pk").first()
        if pair is None:
            return False
        if pair.state == "MERGED":
            return actions.unmerge(pair, reason="两个人", by=self.by)
        return actions.merge(pair, keep=pair.one, by=self.by)

    def twin(self):
        """Somebody applies once more under another number."""
        n = self.rng.randrange(1, 7)
        return actions.apply(self.union(), actions.Facts(name(n), number(n + 500), f"100{n % 4:08d}"), by=self.by)

    def first(self):
        return (one := self.one(primary=False, state="MEMBER")) and actions.make_first(one, by=self.by)

    def time(self):
        """Days go by, and clocks ring."""
        self.shift += timedelta(days=self.rng.choice([1, 5, 33]))
        return True

    shift = timedelta(0)


VERBS = ["apply", "approve", "approve", "send", "arrive", "send_back", "recall", "ask_for", "answer", "retain", "resume", "end", "expel", "expel", "retire", "pay", "lapse", "cards", "cards", "lose", "judge", "twin", "first", "time"]  # fmt: skip


def constraints() -> None:
    """What must be so in the database after every step."""
    open_ = Membership.objects.filter(left_on=None, state__in=[State.MEMBER, State.LEAVING])
    assert not open_.filter(primary=True).values("person").annotate(n=Count("pk")).filter(n__gt=1).exists()
    assert not open_.filter(person__same_as__isnull=False).exists()
    assert not Membership.objects.filter(
        Q(state="ENDED", left_on=None) | Q(left_on__lt=F("joined_on")) | Q(state="LEAVING", to_union=None)
    ).exists()
    assert not Membership.objects.exclude(state="LEAVING").filter(to_union__isnull=False, left_on=None).exists()
    running = Clock.objects.filter(kind="members.membership", stopped_at=None, code__in=["MB-D2", "MB-D5"])
    assert set(running.values_list("thing_id", flat=True)) <= set(Membership.objects.filter(state="LEAVING").values_list("pk", flat=True))
    for kind, model in (
        ("members.membership", Membership),
        ("members.request", Request),
        ("members.lapse", Lapse),
        ("members.card", Card),
        ("members.expulsion", Expulsion),
    ):
        last: dict[int, str] = {}
        last |= dict(Move.objects.filter(kind=kind).order_by("pk").values_list("thing_id", "now"))
        assert dict(model.objects.order_by("pk").values_list("pk", "state")) == {
            pk: state for pk, state in last.items() if model.objects.filter(pk=pk).exists()
        }
    gone = Person.objects.exclude(memberships__left_on=None, memberships__state__in=["MEMBER", "LEAVING"])
    assert (
        not Card.objects.filter(person__in=gone, state="ISSUED", person__memberships__ending__in=["LEFT", "DIED", "EXPELLED"])
        .exclude(person__memberships__left_on=None)
        .exists()
    )
    assert not Request.objects.filter(state="ASKED").exclude(membership__left_on=None).exists()


@pytest.mark.parametrize("seed", range(SEED, SEED + LIVED))
def test_whatever_people_do_to_members_the_constraints_hold_and_the_books_are_equal(town, owner, seed):
    from tests.town import person

    town.people["org_two"] = person("org-two", "沈二组", town.city, "organisation")
    house = Town(town, seed)
    for n in range(STEPS):
        with moved_to(now() + house.shift):
            ring()
            house.step()
            constraints()
            if n % 20 == 19 or n == STEPS - 1:
                post()
                with owner():
                    assert audit() == []
    assert sum(house.done.values()) >= STEPS / 2
    assert house.done["apply"] > 0
