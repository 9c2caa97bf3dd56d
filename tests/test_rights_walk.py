"""Random walks through the flows of rights: each in memory, and all of them on the database, where two people act at the same moment.

`RIGHTS_LONG` walks of each flow in memory and `RIGHTS_LIVED` on the database make it long; `RIGHTS_SEED` chooses others.
"""

from __future__ import annotations

import os
import random
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from django.db.models import Sum

from niangjia.access.once import passing
from niangjia.flow.api import ring
from niangjia.flow.models import Clock, Move
from niangjia.kit.clock import DEADLINES
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.flow import FLOWS
from niangjia.members.tests.rosters import number
from niangjia.rights import actions
from niangjia.rights.actions import telling
from niangjia.rights.models import Aid, AidAgent, AidReceipt, Claimant, Dispute, Event, Merge, Paper, Receipt, Slip, Telling
from niangjia.worklog.api import audit, post
from tests.deeds import MORE, Deeds, numbers_have_no_gap
from tests.town import person

SEED = int(os.environ.get("RIGHTS_SEED", "20261130"))
LONG = int(os.environ.get("RIGHTS_LONG", "300"))
LIVED = int(os.environ.get("RIGHTS_LIVED", "1"))
MOMENTS = 36  # of one walk on the database
DRAWS = 4  # of a verb, until there is something that it can be done to
STEPS = 40  # of one walk in memory: a flow that turns in a circle has no end of its own
TOLD = (RuleBroken, IllegalStep, Overtaken, Refused)
OURS = sorted(kind for kind in FLOWS if kind.startswith("rights."))


# ---------- in memory ----------


@pytest.mark.parametrize("kind", OURS)
def test_however_one_walks_only_declared_states_are_reached_and_each_step_is_told(kind):
    flow, rng = FLOWS[kind], random.Random(f"{SEED} {kind}")
    verbs, states = sorted({step.verb for step in flow.steps}), {str(state.value) for state in flow.states}
    said, taken, visited = flow.told(), Counter(), Counter()
    for _walk in range(LONG):
        state = str(getattr(flow.start, "value", flow.start))
        story: list[tuple[str, str]] = []
        for _step in range(STEPS):
            visited[state] += 1
            legal = {step.verb: step.target for step in flow.steps if state in step.sources}
            rare = sorted(legal, key=lambda verb: (taken[verb], verb))  # by chance alone a long flow is never walked to its end
            verb = rng.choice(verbs) if rng.random() < 0.5 else rare[0]
            if verb in legal:
                came = flow.step(verb, state).target
                assert came == legal[verb]
                story.append((state, came))
                state = came
                taken[verb] += 1
            else:
                with pytest.raises(IllegalStep):
                    flow.step(verb, state)
            assert state in states
            assert str(said.get(verb, "")), f"{verb} has no words in a story"
            if flow.final(state):
                break
        assert all(before[1] == after[0] for before, after in pairwise(story))
    assert set(taken) == set(verbs)  # the walks have been everywhere
    assert set(visited) | {step.target for step in flow.steps} == states


# ---------- on the database ----------


class House(Deeds):
    """What may be done to events and disputes of one township, drawn with a seed."""

    def __init__(self, town: Any, seed: int) -> None:
        self.town, self.rng, self.done, self.wrong = town, random.Random(seed), Counter(), []
        self.shift = timedelta(0)
        self.by = [town.hill_chair, town.north_rights, town.city_rights, town.people["north_two"]]

    def draw(self) -> tuple[str, Callable[[], Any] | None]:
        """One verb on one thing, with all that chance decides decided: threads only do it. A verb for which nothing stands ready is drawn anew."""
        for _time in range(DRAWS):
            verb = self.rng.choice(VERBS) if self.done["report"] else "report"  # without one there is nothing to walk through
            if deed := getattr(self, verb)(self.rng.choice(self.by)):
                break
        return verb, deed

    def event(self, *states: str) -> Event | None:
        return self._one(Event, *states)

    def dispute(self, *states: str) -> Dispute | None:
        return self._one(Dispute, *states)

    def _one(self, model: Any, *states: str) -> Any:
        rows = list(model.objects.filter(state__in=states).order_by("-pk")[:3])
        return self.rng.choice(rows) if rows else None

    def report(self, _by):
        facts = actions.Facts(
            self.town.firm_unit.name, self.rng.choice(["E06", "E01"]), self.rng.choice([3, 46, 130]), employer=self.town.firm_unit
        )
        send = self.rng.random() < 0.5
        return lambda: actions.report(self.town.firm, facts, by=self.town.firm_chair, send=send)

    def climb(self, by):
        return (one := self.event("REPORTED", "CONFIRMED", "HANDLING")) and (lambda: actions.climb(one, by=by))

    def confirm(self, by):
        severity = self.rng.choice(["RED", "ORANGE", "YELLOW"])
        return (one := self.event("REPORTED")) and (lambda: actions.confirm(one, severity=severity, why="核实。", by=by))

    def dismiss(self, by):
        return (one := self.event("REPORTED")) and (lambda: actions.dismiss(one, reason="没有此事。", by=by))

    def take_on(self, by):
        return (one := self.event("CONFIRMED", "HANDLING")) and (lambda: actions.take_on(one, by=by))

    def calm(self, by):
        return (one := self.event("HANDLING", "STABLE")) and (lambda: actions.calm(one, reason="平稳。", by=by))

    def flare(self, by):
        return (one := self.event("STABLE")) and (lambda: actions.flare(one, reason="又起。", by=by))

    def follow(self, by):
        heads = self.rng.choice([2, 60, 140])
        return (one := self.event("REPORTED", "CONFIRMED", "HANDLING", "STABLE")) and (
            lambda: actions.follow_up(one, text="人数有变。", affected=heads, by=by)
        )

    def settle(self, by):
        return (one := self.event("HANDLING", "STABLE")) and (lambda: actions.settle(one, resolution="付清。", by=by))

    def reopen(self, by):
        return (one := self.event("SETTLED")) and (lambda: actions.reopen(one, reason="没有付清。", by=by))

    def close_event(self, by):
        return (one := self.event("SETTLED")) and (lambda: actions.close_event(one, closing="起因、经过、结果。", by=by))

    def visit(self, by):
        return (one := self.event("CLOSED")) and (lambda: actions.visit(one, reason="回访。", by=by))

    def merge(self, by):
        rows = list(Event.objects.filter(state__in=["REPORTED", "CONFIRMED", "HANDLING"]).order_by("-pk")[:2])
        return (lambda: actions.merge(*rows, by=by)) if len(rows) > 1 else None

    def unmerge(self, by):
        return (one := Merge.objects.order_by("-pk").first()) and (lambda: actions.unmerge(one, by=by))

    def receive_telling(self, _by):
        return (one := self._one(Telling, "WAITING", "PASSED")) and (lambda: telling.receive(one, by=one.to or self.town.hill_chair))

    def open(self, by):
        event, numbers = self.event("CONFIRMED", "HANDLING"), self.rng.sample(range(1, 40), 3)

        def do():
            made = actions.open_(self.town.hill, actions.Opening("012", today(), facts="两个月工资未付。", event=event), by=by)
            actions.add_respondent(made, employer=self.town.firm_unit, by=by)
            for n in numbers:
                actions.add_claimant(made, name="示例工甲", number=number(n), claimed=Decimal(5000), by=by)

        return do

    def accept(self, by):
        return (one := self.dispute("APPLIED")) and (lambda: actions.accept(one, by=by))

    def refuse(self, by):
        return (one := self.dispute("APPLIED")) and (lambda: actions.refuse(one, reason="不属受理范围。", by=by))

    def pause(self, by):
        return (one := self.dispute("MEDIATING")) and (
            lambda: actions.pause(one, kind="TALKS", why="自行协商。", consent="双方同意书", by=by)
        )

    def resume(self, by):
        return (one := self.dispute("PAUSED")) and (lambda: actions.resume(one, by=by))

    def wait(self, by):
        return (one := self.dispute("PAUSED")) and (lambda: actions.wait(one, reason="还在等。", by=by))

    def agree(self, by):
        one, sum_ = self.dispute("MEDIATING"), Decimal(self.rng.choice([4000, 12000]))
        return one and (
            lambda: actions.agree(one, amount=sum_, number=f"甲调{one.pk}号", on=today(), pay_by=today() + timedelta(days=30), by=by)
        )

    def money(self, by):
        one, sum_, slip = (
            self.dispute("AGREED", "MEDIATING", "PERFORMED"),
            Decimal(self.rng.choice([2000, 4000, 9000])),
            self.rng.randrange(12),
        )
        return one and (lambda: actions.receive(one, amount=sum_, on=today(), evidence=f"回单{slip:04d}", by=by))

    def void(self, by):
        return (one := Receipt.objects.filter(void=False).order_by("-pk").first()) and (lambda: actions.void(one, why="记错。", by=by))

    def perform(self, by):
        return (one := self.dispute("AGREED")) and (lambda: actions.perform(one, by=by))

    def end(self, by):
        return (one := self.dispute("MEDIATING", "AGREED")) and (
            lambda: actions.end(one, outcome="05", reason="去仲裁。", body="县仲裁委", number="1", by=by)
        )

    def withdraw(self, by):
        return (one := self.dispute("APPLIED", "MEDIATING", "PAUSED")) and (lambda: actions.withdraw(one, reason="撤回。", by=by))

    def close(self, by):
        return (one := self.dispute("PERFORMED")) and (lambda: actions.close(one, by=by))

    def aid(self, *states: str) -> Aid | None:
        return self._one(Aid, *states)

    def apply_aid(self, by):
        n, papers = self.rng.randrange(60, 90), self.rng.random() < 0.8
        said = actions.AidSaid("MIGRANT", "PAY", "ARBITRATE", "欠薪两个月。", Decimal(5000), self.town.firm_unit)

        def do():
            made = actions.open_aid(self.town.hill, said, door="OFFICE", name="示例工甲", number=number(n), by=by)
            for kind in ("IDENTITY", "EVIDENCE") if papers else ():
                actions.add_proof(made, kind=kind, note="已核对", by=by)

        return do

    def ask_aid(self, by):
        return (one := self.aid("APPLIED", "ASKED")) and (
            lambda: actions.ask_papers(one, wanted="证据。", by=by) if one.state == "APPLIED" else actions.supply(one, by=by)
        )

    def grant_aid(self, by):
        return (one := self.aid("APPLIED")) and (lambda: actions.grant_aid(one, form="ARBITRATE", opinion="同意。", by=by))

    def refuse_aid(self, by):
        one = self.aid("APPLIED", "REFUSED", "OBJECTED")
        if one and one.state == "APPLIED":
            return lambda: actions.refuse_aid(one, ground="GROUND", reason="没有证据。", by=by)
        act = actions.object_to if one and one.state == "REFUSED" else actions.overturn
        return one and (lambda: act(one, reason="有考勤。", by=by))

    def assign_aid(self, by):
        one, agent = self.aid("GRANTED"), AidAgent.objects.order_by("pk").first()
        return one and agent and (lambda: actions.assign(one, agent, form="ARBITRATE", by=by))

    def sign_aid(self, by):
        return (one := self.aid("SIGNING")) and (
            lambda: actions.sign_assignment(one, by=self.rng.choice([by, self.town.hill_chair, self.town.north_chair]))
        )

    def take_aid(self, by):
        one, well = self.aid("ASSIGNED", "HANDLING"), self.rng.random() < 0.8
        return one and (
            lambda: (actions.take_aid(one, by=by) if well else actions.decline_aid(one, reason="冲突。", by=by)) if one.state == "ASSIGNED"
            else actions.finish_aid(one, on=today(), result="WON", awarded=Decimal(5000), by=by) if well else actions.change_agent(one, reason="生病。", by=by)
        )  # fmt: skip

    def pay_aid(self, by):
        one, slip = self.aid("HANDLING", "FINISHED"), self.rng.randrange(12)
        return one and (lambda: actions.receive_aid(one, amount=Decimal(2000), on=today(), evidence=f"回单{slip:04d}", by=by))

    def close_aid(self, by):
        return (one := self.aid("FINISHED", "REPORTED")) and (
            lambda: actions.report_aid(one, text="代理仲裁。", by=by) if one.state == "FINISHED" else actions.close_aid(one, by=by)
        )

    def end_aid(self, by):
        return (one := self.aid("APPLIED", "GRANTED", "HANDLING")) and (lambda: actions.withdraw_aid(one, reason="和解。", by=by))

    def time(self, _by):
        """Hours and days go by, and clocks ring."""
        self.shift += timedelta(hours=self.rng.choice([1, 9, 60]))
        return lambda: None

    def moment(self) -> None:
        """Two people act at the same moment; what cannot be is told in a sentence, and leaves nothing half done."""
        deeds = [(verb, deed) for verb, deed in (self.draw(), self.draw()) if deed]
        gate, at = threading.Barrier(len(deeds) or 1), now()

        def act(verb: str, deed: Callable[[], Any]) -> None:
            gate.wait()
            try:
                with moved_to(at):
                    deed()
                self.done[verb] += 1
            except TOLD:
                self.done["told"] += 1
            except OperationalError as fault:
                if not passing(fault):  # else the house would do it again
                    self.wrong.append((verb, repr(fault)))
                self.done["again"] += 1
            except Exception as fault:  # noqa: BLE001 - whatever else there is, the test says it
                self.wrong.append((verb, repr(fault)))
            finally:
                connection.close()

        threads = [threading.Thread(target=act, args=deed) for deed in deeds]
        for one in threads:
            one.start()
        for one in threads:
            one.join()


VERBS = [
    "report", "report", "climb", "confirm", "confirm", "dismiss", "take_on", "calm", "flare", "follow", "settle", "reopen", "close_event", "visit",
    "merge", "unmerge", "receive_telling", "open", "open", "accept", "accept", "refuse", "pause", "resume", "wait", "agree", "agree", "money", "money",
    "void", "perform", "end", "withdraw", "close", "time", "apply_aid", "apply_aid", "ask_aid", "grant_aid", "grant_aid", "refuse_aid", "assign_aid",
    "assign_aid", "sign_aid", "sign_aid", "take_aid", "take_aid", "pay_aid", "close_aid", "close_aid", "end_aid",
    *MORE,
]  # fmt: skip


RUNS = {(kind, one.code): one.runs_in for kind in OURS for one in DEADLINES.get(kind, [])}


def holds() -> None:
    """What must be so after every moment."""
    for kind, flow in ((kind, FLOWS[kind]) for kind in OURS):
        model = apps.get_model(kind)
        states = dict(model.objects.values_list("pk", "state"))
        lines: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
        for thing, verb, was, came in Move.objects.filter(kind=kind).order_by("pk").values_list("thing_id", "verb", "was", "now"):
            lines[thing].append((verb, was, came))
        assert {pk: story[-1][2] for pk, story in lines.items()} == states, kind  # no step without its line, no line without its step
        for pk, story in lines.items():
            for (_before, _was, stood), (verb, was, came) in pairwise(story):
                assert was == stood, (kind, pk, story)
                assert was == came or flow.step(verb, was).target == came, (kind, pk, story)
        for thing, clock in Clock.objects.filter(kind=kind, stopped_at=None).values_list(
            "thing_id", "code"
        ):  # nor a clock that outlives its state
            assert states[thing] in RUNS[kind, clock], (kind, clock, states[thing])
    numbers_have_no_gap(Paper.objects)
    for slip in Slip.objects.all():
        here = sum(one.amount for model in (Receipt, AidReceipt) for one in model.objects.filter(slip=slip.number, void=False))
        assert here == slip.given <= slip.total  # one yuan counts once, in disputes and in aid together
    for one in Dispute.objects.exclude(state="APPLIED"):
        received = Receipt.objects.filter(dispute=one, void=False).aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
        assert received <= one.claimed
        assert one.state != "PERFORMED" or received >= (one.agreed or 0)
        assert one.claimed >= (Claimant.objects.filter(dispute=one).aggregate(sum=Sum("claimed"))["sum"] or 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(SEED, SEED + LIVED))
def test_whatever_two_people_do_at_once_no_state_is_forbidden_no_line_is_lost_and_the_books_are_equal(town, owner, seed):
    town.people["north_two"] = person("north-two", "沈县权", town.north, "rights")
    listed = actions.Listed("示例律师甲", "FIRM", "示律00001", "示例律师事务所", today() + timedelta(days=400))
    actions.list_agent(town.north, listed, by=town.north_rights)
    house = House(town, seed)
    house.people_the_town()
    for n in range(MOMENTS):
        with moved_to(now() + house.shift):
            ring()
            house.moment()
            holds()
            assert house.wrong == []
            if n % 20 == 19 or n == MOMENTS - 1:
                post()
                with owner():
                    assert audit() == []
    assert sum(house.done.values()) >= MOMENTS / 2
    assert house.done["report"] > 0
