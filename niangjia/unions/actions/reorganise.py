"""A reorganisation is drafted, rehearsed, signed by two people, and comes into force as one act, in one transaction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import move, start, story
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.numbers import next_reference
from niangjia.kit.rehearsal import stopped
from niangjia.kit.who import allows
from niangjia.unions import rules
from niangjia.unions.actions.force import bring_about, hold_tree, tell_all
from niangjia.unions.enums import May, Stage, Turn
from niangjia.unions.models import Assent, Line, Reorganisation, Union, place_of
from niangjia.unions.rehearsal import Plan

FORGIVEN = timedelta(days=3660)  # how far back a day may lie


@transaction.atomic
def draft(*, on: date, paper: str, why_late: str = "", line: dict[str, Any], by: User) -> Reorganisation:
    """Begin a reorganisation with its first line; what it concerns says which union decides."""
    top = _decides([_wanted(**_parts(line))])
    _may_plan(top, by)
    facts = _facts(on, paper, why_late)
    made = Reorganisation.objects.create(
        reference=next_reference(Reorganisation, "CZ"),
        top=top,
        county_id=top.county_id,
        township_id=top.township_id,
        made_by=by,
        made_at=now(),
        **facts,
    )
    start(made, by=by)
    _write_line(made, **line)
    return made


def _parts(line: dict[str, Any]) -> dict[str, Any]:
    return {key: line.get(key) for key in ("turn", "union", "target")}


def _wanted(turn: str, union: Union, target: Union | None) -> rules.Wanted:
    def stands(one: Union) -> rules.Stands:
        return rules.Stands(one.pk, one.kind, tuple(int(pk) for pk in one.path.strip("/").split("/")), living=one.living)

    return rules.Wanted(turn, stands(union), stands(target) if target else None)


def _decides(wanted: list[rules.Wanted]) -> Union:
    """The union above all that are concerned: the lowest that has an organisation office."""
    way = rules.decides(wanted)
    top = Union.objects.filter(pk__in=way, level__lte=3).order_by("-level").first()
    if top is None:
        raise RuleBroken(_("No union stands above all of these, so nobody here can decide it."))
    return top


def _may_plan(top: Union, by: User) -> None:
    if not allows(by, May.PLAN, top):
        raise Refused(
            _("This is decided by %(union)s, which stands above all unions concerned: ask its organisation office.")
            % {"union": top.short_name}
        )


def _facts(on: date, paper: str, why_late: str) -> dict[str, Any]:
    if not paper.strip():
        raise RuleBroken(_("Name the paper by which it is done: its number, or who decided."))
    if on < today() - FORGIVEN:
        raise RuleBroken(_("The day lies more than ten years back; look whether the year is right."))
    if on < today() and not why_late.strip():
        raise RuleBroken(_("The day lies back. Write why it is recorded only now."))
    return {"on": on, "paper": paper.strip(), "why_late": why_late.strip() if on < today() else ""}


def _held(one: Reorganisation, *states: str) -> Reorganisation:
    """Hold a reorganisation until the step is taken; who comes second is told that it stands elsewhere."""
    row = Reorganisation.objects.select_for_update().get(pk=one.pk)
    if (row.state, row.round) != (one.state, one.round):
        raise Overtaken
    if states and row.state not in states:
        raise RuleBroken(_("It is no longer being drafted. “Change the plan” takes it back; signatures are then given anew."))
    return row


@transaction.atomic
def amend(one: Reorganisation, *, on: date, paper: str, why_late: str = "", by: User) -> Reorganisation:
    """Change the day or the paper of a draft."""
    _may_plan(one.top, by)
    _held(one, Stage.DRAFT)
    Reorganisation.objects.filter(pk=one.pk).update(**_facts(on, paper, why_late))
    one.refresh_from_db()
    return one


@transaction.atomic
def add_line(one: Reorganisation, *, by: User, **line: Any) -> Line:
    """One more union turns by the same act; the deciding union is found anew."""
    _may_plan(one.top, by)
    _held(one, Stage.DRAFT)
    _retop(one, [*Plan(one).wanted, _wanted(**_parts(line))], by)
    return _write_line(one, **line)


@transaction.atomic
def drop_line(one: Reorganisation, line: Line, *, by: User) -> None:
    """A line comes off a draft."""
    _may_plan(one.top, by)
    _held(one, Stage.DRAFT)
    one.lines.filter(pk=line.pk).delete()
    if left := Plan(one).wanted:
        _retop(one, left, by)


def _retop(one: Reorganisation, wanted: list[rules.Wanted], by: User) -> None:
    top = _decides(wanted)
    if top.pk != one.top_id:
        _may_plan(top, by)
        place = place_of(top)
        Reorganisation.objects.filter(pk=one.pk).update(top=top, county_id=place["county_id"], township_id=place["township_id"])
        one.refresh_from_db()


def _write_line(one: Reorganisation, *, turn: str, union: Union, target: Union | None = None, name: str = "", short_name: str = "") -> Line:
    said = {"union": union.short_name}
    if (turn == Turn.RENAME) != (target is None) or (turn == Turn.RENAME) != bool(name.strip()):
        raise RuleBroken(
            _("A union moves under, or merges into, another; or it is renamed and gets a new name. Fill in the one or the other.")
        )
    if target is not None and target.pk == union.pk:
        raise RuleBroken(_("%(union)s cannot go to itself.") % said)
    there = one.lines.filter(union=union)
    if there.filter(turn=turn).exists() or (turn != Turn.RENAME and there.exclude(turn=Turn.RENAME).exists()):
        raise RuleBroken(_("%(union)s has such a line already. Take that one off first.") % said)
    name = name.strip()
    short = (short_name.strip() or name.removesuffix("工会委员会")) if name else ""
    return Line.objects.create(reorganisation=one, turn=turn, union=union, target=target, name=name, short_name=short)


@transaction.atomic
def rehearse(one: Reorganisation, *, by: User) -> Reorganisation:
    """Work it out and keep the print of it: what is signed later is what was rehearsed. Nothing else is written."""
    _held(one)
    if not one.lines.exists():
        raise RuleBroken(_("Nothing is to happen yet. Add a line."))
    Reorganisation.objects.filter(pk=one.pk).update(digest=Plan(one).digest, rehearsed_at=now())
    one.refresh_from_db()
    move(one, "rehearse", by=by)
    return one


@transaction.atomic
def revise(one: Reorganisation, *, by: User) -> Reorganisation:
    """Take it back to be changed. A signature that was given is spent."""
    _held(one)
    move(one, "revise", by=by)
    return _next_round(one)


def _next_round(one: Reorganisation) -> Reorganisation:
    one.round += 1
    Reorganisation.objects.filter(pk=one.pk).update(round=one.round)
    return one


def _assent(one: Reorganisation, number: int, seen: str, by: User) -> None:
    """Somebody signs what she saw; it must still be what was rehearsed, and nothing may stand against it."""
    if not allows(by, May.SIGN, one):
        raise Refused(_("A reorganisation is signed by the organisation office and the leaders of the union that decides it."))
    plan = Plan(one)
    if not (seen == one.digest == plan.digest):
        raise RuleBroken(
            _("What was rehearsed is no longer so: the plan or the tree has changed since. Rehearse it again, look at it, and sign then.")
        )
    if held := stopped(plan):
        raise RuleBroken(_("It cannot be signed yet: %(why)s") % {"why": held[0].sentence})
    Assent.objects.create(reorganisation=one, round=one.round, number=number, digest=seen, by=by, at=now())


@transaction.atomic
def sign(one: Reorganisation, *, digest: str, by: User) -> Reorganisation:
    """The first signature: the office that proposes it."""
    _held(one)
    _assent(one, 1, digest, by)
    move(one, "sign", by=by)
    tell_all(one, "reorganisation-to-sign", to=[one.top_id], duties=("leader", "organisation"), but=by)
    return one


@transaction.atomic
def adopt(one: Reorganisation, *, digest: str, by: User) -> Reorganisation:
    """The second signature, of somebody else: adopted. In force at once if its day has come, else on its day."""
    hold_tree()
    _held(one)
    if one.assents.filter(round=one.round, by=by).exists():
        raise RuleBroken(_("You signed it as the first. Another person has to adopt it."))
    _assent(one, 2, digest, by)
    move(one, "adopt", by=by)
    plan = Plan(one)
    if one.on <= today():
        return bring_about(one, plan, by=by)
    for line in plan.lines:
        if line.turn == Turn.MERGE and line.union.state != "MERGING":
            move(line.union, "merge", by=by, reason=f"{one.reference} {one.paper}", house=True)
    tell_all(one, "reorganisation-adopted", to=[side.union.pk for side in plan.sides], but=by)
    return one


@transaction.atomic
def enforce(one: Reorganisation) -> Reorganisation:
    """Its day has come. What no longer fits is not forced: it goes back to be changed, and both who signed are told."""
    hold_tree()
    row = Reorganisation.objects.select_for_update(of=("self",)).select_related("top").get(pk=one.pk)
    if row.state not in (Stage.ADOPTED, Stage.RECALLED) or row.on > today():
        return row
    plan = Plan(row)
    held = [str(stop.sentence) for stop in stopped(plan)]
    if row.digest != plan.digest and not held:
        held = [_("the tree has changed since it was signed")]
    if not held:
        return bring_about(row, plan, by=None)
    move(row, "put-back", by=None, reason=held[0])
    call_off(plan, by=None)
    tell_all(row, "reorganisation-held", to=[row.top_id], duties=("organisation", "leader"), more={"why": held[0]})
    return _next_round(row)


def call_off(plan: Plan, *, by: User | None) -> None:
    """Unions that were to be merged are not."""
    for line in plan.lines:
        if line.turn == Turn.MERGE and line.union.state == "MERGING":
            move(line.union, "resume", by=by, reason=f"{plan.of.reference} {plan.of.paper}", house=True)


@transaction.atomic
def withdraw(one: Reorganisation, *, reason: str, by: User) -> Reorganisation:
    """Give it up before it is adopted. What is adopted is given up by two (`recall`, `give_up`); what is in force, undone by another only."""
    _held(one)
    move(one, "withdraw", by=by, reason=reason)
    return one


@transaction.atomic
def recall(one: Reorganisation, *, reason: str, by: User) -> Reorganisation:
    """Propose to give up what is adopted: until another person signs that, it stands, and comes into force on its day."""
    _held(one)
    Reorganisation.objects.filter(pk=one.pk).update(recalled_by=by)
    move(one, "recall", by=by, reason=reason)
    one.refresh_from_db()
    tell_all(
        one, "reorganisation-to-give-up", to=[one.top_id], duties=("chair", "leader", "organisation"), but=by, more={"why": reason.strip()}
    )
    return one


@transaction.atomic
def keep(one: Reorganisation, *, reason: str, by: User) -> Reorganisation:
    """It is not given up: the proposal to do so is answered, or taken back."""
    _held(one)
    move(one, "keep", by=by, reason=reason)
    return one


@transaction.atomic
def give_up(one: Reorganisation, *, by: User) -> Reorganisation:
    """The second signature under giving up what is adopted, of somebody else than who proposed it. RuleBroken for her own proposal."""
    _held(one)
    if one.recalled_by_id == by.pk:
        raise RuleBroken(_("You proposed to give it up. Another person has to sign that, as with its adoption."))
    move(one, "call-off", by=by)
    plan = Plan(one)
    call_off(plan, by=by)
    why = next((step.reason for step in reversed(list(story(one))) if step.verb == "recall"), "")
    tell_all(one, "reorganisation-withdrawn", to=[side.union.pk for side in plan.sides], but=by, more={"why": why})
    return one


@transaction.atomic
def file(one: Reorganisation, *, reason: str, by: User) -> Reorganisation:
    """All that follows from it is done: entries changed, seals and accounts handed in."""
    _held(one)
    move(one, "file", by=by, reason=reason)
    return one


def touched(one: Reorganisation) -> list[int]:
    """The unions that stand, now, under what a reorganisation turned or enlarged: for the reactions of higher floors."""
    said = Q(pk__in=())
    for line in one.lines.exclude(turn=Turn.RENAME).select_related("union", "target"):
        top = line.target if line.turn == Turn.MERGE else line.union
        said |= Q(path__startswith=top.path) if top else Q(pk__in=())
    return list(Union.objects.filter(said).values_list("pk", flat=True))
