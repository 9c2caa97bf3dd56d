"""Moving things, and ringing their clocks: one function changes a state, in one transaction, and leaves one line in the story."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.flow.models import Clock, Move, Pulse, WorkDay
from niangjia.flow.queries import across, flow_of, kind_of, spells, with_things, works
from niangjia.kit import warned, who
from niangjia.kit.answer import answer, place_of
from niangjia.kit.clock import BELLS, DEADLINES, RESTATES, Deadline, Spell
from niangjia.kit.dates import day_of, now
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.flow import FLOWS, REMARKS, code
from niangjia.kit.memory import anew, once
from niangjia.kit.spans import Span

Reaction = Callable[[Any, Move], None]
REACTIONS: dict[tuple[str, str], list[Reaction]] = {}
TOGETHER = 100  # clocks that warn in one transaction


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


@transaction.atomic
def press(thing: Any, verb: str, *, by: Any, reason: str = "") -> Move:
    """Take a step that somebody posted by its name: IllegalStep for one that has a page, with what must be written there, or that no one has a button for."""
    step = flow_of(thing).step(verb, thing.state)
    if step.page or step.auto:
        raise IllegalStep(f"{verb} is no step without a page")
    return move(thing, verb, by=by, reason=reason)


def move(thing: Any, verb: str, *, by: Any, reason: str = "", at: datetime | None = None, house: bool = False) -> Move:
    """Take one step: IllegalStep if the flow has none, Refused if it is another office's, Overtaken if somebody was first.

    `by=None` is the house itself, which may take only the steps that the flow marks as automatic; `house`: it takes one of these in the
    name of a person, because of what she has just done. A view never calls this: it calls an action, or `press`.
    """
    _in_transaction()
    step = flow_of(thing).step(verb, thing.state)
    if by is None:
        if not step.auto:
            raise Refused(_("This step is taken by a person."))
    elif step.auto and not house:
        raise Refused(_("The house takes this step by itself."))
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


def start_each(things: Sequence[Any], *, by: Any, at: datetime | None = None) -> None:
    """Begin the stories of many things of one kind that were just made, and their clocks: as many statements as for one. No reaction hears of it."""
    _in_transaction()
    if not things:
        return
    kind, at, table = kind_of(things[0]), at or now(), works()
    lines = [Move(kind=kind, thing_id=one.pk, verb="start", was="", now=one.state, by=by, at=at) for one in things]
    Move.objects.bulk_create(lines, batch_size=1000)
    scope, made = getattr(type(things[0]), "scope", who.Scope()), []
    carried = who.carried_on_each({union for one in things if (union := getattr(one, scope.union, None)) is not None})
    for thing in things:
        lived = [Spell(thing.state, at)]
        for one in DEADLINES.get(kind, []):
            given = _given(one, thing, lived, None, at) if one.runs(lived) else None
            due = one.due(lived, thing, table, span=given.span) if given else None
            if given is not None and due is not None:
                remind = warned.upcoming(warned.moments(due, given.warns), at)
                begins = one.begins(lived, thing) if one.since else at
                facts = _facts(one, thing, due, given, carried)
                made.append(Clock(code=one.code, kind=kind, thing_id=thing.pk, started_at=begins, remind_at=remind, **facts))
    Clock.objects.bulk_create(made, batch_size=1000)


def stop_each(kind: str, things: Iterable[int], *, at: datetime | None = None) -> int:
    """Stop the clocks of many things that one statement has brought to an end. Answers how many ran."""
    _in_transaction()
    return Clock.objects.filter(kind=kind, thing_id__in=list(things), stopped_at=None).update(stopped_at=at or now())


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


def remark(thing: Any, verb: str, *, by: Any, reason: str = "") -> Move:
    """A line in the story of a thing that stays as it is: it is no step, and no clock is wound anew for it."""
    _in_transaction()
    if verb not in REMARKS:
        raise IllegalStep(verb)
    return Move.objects.create(
        kind=kind_of(thing), thing_id=thing.pk, verb=verb, was=thing.state, now=thing.state, by=by, at=now(), reason=reason.strip()[:500]
    )


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


def wind(thing: Any, *, at: datetime | None = None, reckoned: bool = False) -> None:
    """Compute a thing's clocks anew: after a step, and after a fact that a clock reads has changed.

    A clock keeps the span and the warnings under which it began, whatever is set later; what begins now asks what holds now.
    Another end is warned of anew. Where the same end is only reckoned anew, by another calendar or rule, what was told stays told.
    """
    kind, at = kind_of(thing), at or now()
    declared = DEADLINES.get(kind, [])
    if not declared:
        return
    lived, table = spells(thing), works()
    rows = Clock.objects.filter(kind=kind, thing_id=thing.pk).order_by("pk")
    if reckoned:  # what was told is counted on: a worker that is telling it now is waited for
        rows = rows.select_for_update(of=("self",))
    last = {clock.code: clock for clock in rows}
    for one in declared:
        known = last.get(one.code)
        running = known if known is not None and known.stopped_at is None else None
        begins = lived[-1].start if lived else at
        restarted = known is not None and one.restarts and known.started_at != begins
        given = _given(one, thing, lived, None if restarted else known, at) if one.runs(lived) else None
        due = one.due(lived, thing, table, span=given.span if given else None)
        if running is not None and (due is None or restarted):
            Clock.objects.filter(pk=running.pk).update(stopped_at=at)
            running = None
        if due is None:
            continue
        if one.ends and known is not None and known.due_at != due:
            given = _given(one, thing, lived, None, at)  # the thing has just set itself another end, by what holds today
        facts = _facts(one, thing, due, given)
        # A warning that lay behind when the end was written is not told: whoever wrote it had it before her, the clock is yellow at
        # once, and a register that is entered in one go, or wound by a release, says nothing about what has long been so.
        those = warned.moments(due, given.warns if given else ())
        if running is None:
            remind = warned.upcoming(those, at)
            Clock.objects.create(code=one.code, kind=kind, thing_id=thing.pk, started_at=begins, remind_at=remind, **facts)
        else:
            if due != running.due_at:
                was = warned.moments(running.due_at, warned.read(running.warns))
                facts["remind_at"] = warned.carried(was, running.remind_at, those) if reckoned else warned.upcoming(those, at)
            again = {"rung_at": None} if due != running.due_at and due > at else {}
            Clock.objects.filter(pk=running.pk).update(**facts, **again)


@dataclass(frozen=True)
class Given:
    """What the rules of a place gave a clock: its length, who set it, and the warnings before its end."""

    rule: str = ""
    span: Span | None = None
    setting: int | None = None
    division: int | None = None
    warns: tuple[Span, ...] = ()

    def facts(self, one: Deadline, due: datetime) -> dict[str, Any]:
        """As a clock keeps them."""
        return {
            "rule": self.rule, "span": str(self.span or ""), "setting": self.setting, "division": self.division,
            "warns": warned.kept(self.warns), "warn_at": one.yellow_at(due, self.warns),
        }  # fmt: skip


def _given(one: Deadline, thing: Any, lived: list[Spell], known: Clock | None, at: datetime) -> Given:
    """What a clock keeps from the day on which it began, or is given now: by the day from which it counts, at the place that must act."""
    rule = one.rule(thing)
    here = place_of((getattr(thing, one.level) if one.level else None) or thing)
    on = day_of(at if one.ends else one.begins(lived, thing))
    warns = warned.read(known.warns) if known is not None else ()
    if len(warns) != len(one.warns):  # it begins now, or has begun in a house that warned otherwise
        warns = tuple(answer(warn, on, here).value for warn in one.warns)
    division = here[0] if here else None
    if rule is None:
        return Given(division=division, warns=warns)
    if known is not None and known.rule == rule.code and known.span:
        return Given(rule.code, Span.read(known.span), known.setting, known.division, warns)
    said = answer(rule, on, here)
    return Given(rule.code, said.value, said.row.pk if said.row else None, division, warns)


@dataclass(frozen=True)
class Restated:
    """What running clocks get in place of what they kept, by the number of the clock."""

    spans: Mapping[int, tuple[Span, int | None]] = field(default_factory=dict)  # with the row that set it
    warns: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)


def rewind(clocks: Iterable[Clock], by: Restated | None = None) -> int:
    """Compute running clocks anew: by another calendar, or by what is given for each. Answers how many ends moved."""
    by, moved = by or Restated(), 0
    for due in with_things(clocks):
        clock, thing = due.clock, due.thing
        if warns := by.warns.get(clock.pk):
            was, now_ = (warned.moments(clock.due_at, those) for those in (warned.read(clock.warns), warns))
            Clock.objects.filter(pk=clock.pk).update(warns=warned.kept(warns), remind_at=warned.carried(was, clock.remind_at, now_))
        if given := by.spans.get(clock.pk):
            Clock.objects.filter(pk=clock.pk).update(span=str(given[0]), setting=given[1])
            if clock.code in RESTATES:
                RESTATES[clock.code](thing, given[0])
        wind(thing, reckoned=True)
        moved += not Clock.objects.filter(pk=clock.pk, due_at=clock.due_at).exists()
    return moved


@transaction.atomic
def mark_days(days: Mapping[date, tuple[bool, str]]) -> int:
    """Say of days that people here work or rest, and by which notice; the clocks that run across them are reckoned anew. Answers how many moved."""
    if not days:
        return 0
    for day, (works_, basis) in days.items():
        WorkDay.objects.update_or_create(day=day, defaults={"works": works_, "basis": basis})
    anew()
    return rewind(across(min(days), max(days)))


def unmark_day(day: date) -> int:
    """Follow the general calendar again on a day."""
    with transaction.atomic():
        WorkDay.objects.filter(day=day).delete()
        anew()
        return rewind(across(day, day))


def _facts(one: Deadline, thing: Any, due: datetime, given: Given | None, carried: Mapping[int, int] | None = None) -> dict[str, Any]:
    """A clock as it is kept: its end, on whose desk it falls, and under which rule it began."""
    place = getattr(thing, one.level) if one.level else thing
    return {
        "due_at": due,
        "duty": getattr(thing, one.holder) if one.holder else code(one.falls_on),
        **_place(place, thing, leveled=bool(one.level), carried=carried or {}),
        **(given or Given()).facts(one, due),
    }


def _place(place: Any, thing: Any, *, leveled: bool, carried: Mapping[int, int]) -> dict[str, int | None]:
    """Where a clock falls: on the union named by `level`, else on the thing's own; the scope is the thing's."""
    from niangjia.kit.who import Scope

    scope: Scope = getattr(type(thing), "scope", Scope())
    union = place.pk if leveled else getattr(thing, scope.union)
    if union is not None:
        union = carried.get(union) or who.carried_on(union)
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
            with once(), transaction.atomic():
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


def warn(at: datetime | None = None, *, most: int = 1000) -> int:
    """Tell whoever holds the duty that an end comes near: once for each warning, and of several that were missed only the last. Answers how many clocks.

    What is told and that it was told are written in one transaction: killed in the middle, it is told in the next round; a second
    worker passes over what the first one holds. Once the end itself has come there is nothing to warn of.
    """
    at = at or now()
    due = Clock.objects.filter(remind_at__lte=at, stopped_at=None).order_by("remind_at", "pk").values_list("pk", flat=True)[:most]
    those = list(due)
    return sum(_warn(those[first : first + TOGETHER], at) for first in range(0, len(those), TOGETHER))


@transaction.atomic
def pass_over(at: datetime) -> None:
    """Tell nobody of the warnings that lie behind a moment: of what was entered as it had happened before."""
    _go_on(list(Clock.objects.filter(remind_at__lte=at, stopped_at=None).order_by("pk").select_for_update(of=("self",))), at)


def _go_on(clocks: list[Clock], at: datetime) -> None:
    """The next warning of each waits."""
    for clock in clocks:
        clock.remind_at = warned.upcoming(warned.moments(clock.due_at, warned.read(clock.warns)), at)
    Clock.objects.bulk_update(clocks, ["remind_at"], batch_size=1000)


def _warn(those: Sequence[int], at: datetime) -> int:
    try:
        with once(), transaction.atomic():
            waits = Clock.objects.filter(pk__in=those, remind_at__lte=at, stopped_at=None)
            held = list(waits.order_by("pk").select_for_update(of=("self",), skip_locked=True))
            _go_on(held, at)
            near = with_things(clock for clock in held if clock.due_at > at)
            for tell in warned.TELLERS if near else ():
                tell(near)
            return len(near)
    except Exception:
        if len(those) > 1:  # one failure holds up no other
            return sum(_warn([pk], at) for pk in those)
        logging.getLogger(__name__).exception("a clock could not warn: %s", those)
        return 0


def blank_reasons(kind: str, things: Iterable[int]) -> int:
    """Take the free text out of the stories of things whose person is erased: the steps, their days and who took them stay. Answers how many.

    A story is written once; this is the one thing that is ever taken out of one (Personal Information Protection Law 2021, art. 47).
    """
    _in_transaction()
    with pgtrigger.ignore("flow.Move:written_once"):
        return Move.objects.filter(kind=kind, thing_id__in=list(things)).exclude(reason="").update(reason="")
