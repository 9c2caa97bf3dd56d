"""Moving things, and ringing their clocks: one function changes a state, in one transaction, and leaves one line in the story."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.flow.models import Clock, Move, Pulse
from niangjia.flow.queries import flow_of, kind_of, spells, works
from niangjia.kit import who
from niangjia.kit.clock import BELLS, DEADLINES
from niangjia.kit.dates import now
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.flow import FLOWS, code

Reaction = Callable[[Any, Move], None]
REACTIONS: dict[tuple[str, str], list[Reaction]] = {}


def after(kind: str, verb: str) -> Callable[[Reaction], Reaction]:
    """Declare what another floor does when a thing moves: in the same transaction, after the step is written."""

    def keep(act: Reaction) -> Reaction:
        REACTIONS.setdefault((kind, verb), []).append(act)
        return act

    return keep


def start(thing: Any, *, by: Any, at: datetime | None = None) -> Move:
    """Begin the story of a thing that was just made, in the state in which it comes, and its clocks."""
    _in_transaction()
    return _write(thing, "start", "", thing.state, by=by, at=at or now(), reason="", auto=False)


def move(thing: Any, verb: str, *, by: Any, reason: str = "", at: datetime | None = None) -> Move:
    """Take one step: IllegalStep if the flow has none, Refused if it is another office's, Overtaken if somebody was first.

    `by=None` is the house itself, which may take only the steps that the flow marks as automatic.
    """
    _in_transaction()
    step = flow_of(thing).step(verb, thing.state)
    if by is None:
        if not step.auto:
            raise Refused(_("This step is taken by a person."))
    elif not who.allows(by, step.who, thing):
        raise Refused(_("You may read this, but the step belongs to another office."))
    if step.reason and not reason.strip():
        raise RuleBroken(_("Say why: whoever reads the story later will ask."))
    model = type(thing)
    moved = model._default_manager.filter(pk=thing.pk, state=thing.state).update(state=step.target)
    if not moved:
        raise Overtaken
    was, thing.state = thing.state, step.target
    return _write(thing, verb, was, step.target, by=by, at=at or now(), reason=reason.strip()[:500], auto=by is None)


def record(kind: str, things: Iterable[int], verb: str, *, was: str = "", by: Any, reason: str = "", at: datetime | None = None) -> None:
    """One line in the stories of many things that one statement has changed: `was` is the state they all left, if they left one.

    The caller has asked whether she may, and winds the clocks that it changes.
    """
    _in_transaction()
    model, at = apps.get_model(kind), at or now()
    states = model._default_manager.filter(pk__in=list(things)).order_by("pk").values_list("pk", "state")
    flow = FLOWS[kind]
    lines = [
        Move(kind=kind, thing_id=pk, verb=verb, was=was or state, now=flow.step(verb, was or state).target, by=by, at=at, reason=reason.strip()[:500], auto=by is None)
        for pk, state in states
    ]  # fmt: skip
    Move.objects.bulk_create(lines, batch_size=1000)


def _in_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a step is taken inside a transaction: decorate the action with transaction.atomic")


def _write(thing: Any, verb: str, was: str, to: str, *, by: Any, at: datetime, reason: str, auto: bool) -> Move:
    kind = kind_of(thing)
    line = Move.objects.create(kind=kind, thing_id=thing.pk, verb=verb, was=was, now=to, by=by, at=at, reason=reason, auto=auto)
    wind(thing, at=at)
    for act in REACTIONS.get((kind, verb), []):
        act(thing, line)
    return line


def wind(thing: Any, *, at: datetime | None = None) -> None:
    """Compute a thing's clocks anew: after a step, and after a fact that a clock reads has changed."""
    kind, at = kind_of(thing), at or now()
    declared = DEADLINES.get(kind, [])
    if not declared:
        return
    lived, table = spells(thing), works()
    running = {clock.code: clock for clock in Clock.objects.filter(kind=kind, thing_id=thing.pk, stopped_at=None)}
    for one in declared:
        due = one.due(lived, thing, table)
        clock = running.get(one.code)
        begins = lived[-1].start if lived else at
        restarted = clock is not None and one.restarts and clock.started_at != begins
        if clock is not None and (due is None or restarted):
            Clock.objects.filter(pk=clock.pk).update(stopped_at=at)
            clock = None
        if due is None:
            continue
        place = getattr(thing, one.level) if one.level else thing
        warn = due - one.warn.length() if one.warn else None
        facts = {
            "due_at": due,
            "warn_at": warn,
            "duty": getattr(thing, one.holder) if one.holder else code(one.falls_on),
            **_place(place, thing, leveled=bool(one.level)),
        }
        if clock is None:
            Clock.objects.create(code=one.code, kind=kind, thing_id=thing.pk, started_at=begins, **facts)
        else:
            again = {"rung_at": None} if due != clock.due_at and due > at else {}
            Clock.objects.filter(pk=clock.pk).update(**facts, **again)


def _place(place: Any, thing: Any, *, leveled: bool) -> dict[str, int | None]:
    """Where a clock falls: on the union named by `level`, else on the thing's own; the scope is the thing's."""
    from niangjia.kit.who import Scope

    scope: Scope = getattr(type(thing), "scope", Scope())
    union = place.pk if leveled else getattr(thing, scope.union)
    if union is not None:
        union = who.carried_on(union)
    return {"union_id": union, "township_id": getattr(thing, scope.township), "county_id": getattr(thing, scope.county)}


def ring(at: datetime | None = None, *, most: int = 1000) -> int:
    """Ring every clock that is due: note it, and do what the house does by itself. Answers how many rang.

    Each clock rings once, in a transaction of its own: two workers may run this, one failure holds up no other and is tried again.
    """
    at = at or now()
    due = Clock.objects.filter(due_at__lte=at, rung_at=None, stopped_at=None).order_by("due_at").values_list("pk", flat=True)[:most]
    rung = 0
    for pk in list(due):
        try:
            with transaction.atomic():
                if not Clock.objects.filter(pk=pk, rung_at=None, stopped_at=None).update(rung_at=at):
                    continue
                clock = Clock.objects.get(pk=pk)
                if bell := BELLS.get(clock.code):
                    thing = apps.get_model(clock.kind)._default_manager.get(pk=clock.thing_id)
                    bell(thing, clock)
            rung += 1
        except Exception:  # it stays due, is tried again in the next round, and the watchman counts it
            logging.getLogger(__name__).exception("a clock could not ring: %s", pk)
    Pulse.objects.update_or_create(job="ring", defaults={"at": at})
    return rung
