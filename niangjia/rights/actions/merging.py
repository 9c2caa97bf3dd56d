"""Two reports of one event become one: the earliest that was known, the most that was counted; both stories stay, and they may be parted again."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import move, wind
from niangjia.kit.answer import asking
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.numbers import next_reference
from niangjia.kit.who import allows
from niangjia.rights import rules
from niangjia.rights.actions.events import rush, write_severity
from niangjia.rights.actions.telling import over
from niangjia.rights.enums import EventState, May
from niangjia.rights.models import Brief, Event, Merge, TwoMatters
from niangjia.rights.queries import judge, matter_of
from niangjia.rights.queries.same import OPEN, goes_on, kinds, may_part

SUMS = ("owed", "months_owed", "compensation", "insurance", "dead", "injured")
MOST = ("affected", "involved", *SUMS)
LEARNED = ("spot", "builder_name", "builder_id", "project")  # what one report says and the other left open
FIRST = ("occurred_at", "known_at", "reported_at")


@transaction.atomic
def merge(one: Event, other: Event, *, by: User) -> Event:
    """Make one event of two reports. Answers the one that goes on."""
    held = {event.pk: event for event in Event.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk, other.pk]).order_by("pk")}
    if len(held) != 2:
        raise IllegalStep("an event is not one with itself")
    kept, gone = goes_on(held[one.pk], held[other.pk])
    for event in (kept, gone):
        if not allows(by, May.MERGE_EVENT, event):
            raise Refused(_("Reports are made one by an office that stands above both."))
        if event.state not in OPEN:
            raise IllegalStep(f"{event.reference} is over")
    before: dict[str, Any] = {name: str(getattr(kept, name)) for name in MOST}
    before |= {name: getattr(kept, name).isoformat() for name in FIRST} | {name: getattr(kept, name) for name in (*LEARNED, "also")}
    line, was = Merge.objects.create(kept=kept, merged=gone, at=now(), by=by, before=before, was=gone.state), kept.severity
    move(gone, "merge", by=by, reason=kept.reference, house=True)
    over(gone)
    judged = kept.suggested
    for name in MOST:
        setattr(kept, name, max(getattr(kept, name), getattr(gone, name)))
    for name in FIRST:
        setattr(kept, name, min(getattr(kept, name), getattr(gone, name)))
    for name in LEARNED:
        setattr(kept, name, getattr(kept, name) or getattr(gone, name))
    kept.also = " ".join(dict.fromkeys(one for one in (*kinds(kept.also), gone.type, *kinds(gone.also)) if one != kept.type))
    _write(kept)
    lifted = max((kept.suggested if rules.graver(kept.suggested, judged) else kept.severity, gone.severity), key=rules.SCALE.index)
    if rules.graver(lifted, kept.severity):
        write_severity(
            kept, lifted, why=_("Became one with %(reference)s.") % {"reference": gone.reference}, by=by, level=max(1, int(kept.rung))
        )
        line.before = before | {"severity": was, "lifted": kept.severities.latest("pk").pk}
        line.save(update_fields=["before"])
        wind(kept)
        rush(kept, by=by)
    one.refresh_from_db()
    other.refresh_from_db()
    return kept


def _write(kept: Event) -> None:
    """What an event says now, and what the scale suggests for it."""
    kept.reported_on = day_of(kept.reported_at)
    kept.suggested = judge(matter_of(kept), asking(kept, today())).severity
    kept.save(update_fields=[*MOST, *FIRST, *LEARNED, "also", "reported_on", "suggested"])
    wind(kept)


@transaction.atomic
def unmerge(one: Merge, *, by: User) -> Event:
    """They were two matters after all: each says again what it said by itself, and what was found since stays with the one that went on."""
    held = Merge.objects.select_for_update(of=("self",)).get(pk=one.pk)
    kept, gone = Event.objects.select_for_update(of=("self",)).get(pk=held.kept_id), Event.objects.get(pk=held.merged_id)
    if held.parted_at is not None:
        raise IllegalStep("they were parted already")
    for event in (kept, gone):
        if not allows(by, May.MERGE_EVENT, event):
            raise Refused(_("Reports are made one by an office that stands above both."))
    if not may_part(held):
        raise RuleBroken(_("The time in which they could be parted is over. Report the other matter anew."))
    if kept.merges.filter(parted_at=None, pk__gt=held.pk).exists():
        raise RuleBroken(_("Another report became one with this later; part that one first."))
    since = kept.followups.filter(at__gt=held.at)
    before = held.before
    right = {name for line in since for name in line.was}  # what was corrected since stays
    for name in ("affected", "involved"):
        if name not in right:
            setattr(kept, name, max([int(before[name]), *(getattr(line, name) for line in since if getattr(line, name))]))
    for name in SUMS:
        was = Decimal(before.get(name, getattr(kept, name)))
        if name not in right and getattr(kept, name) == max(was, getattr(gone, name)):  # nobody has said another since
            setattr(kept, name, was)
    for name in LEARNED:
        if name.removesuffix("_id") not in right and getattr(kept, name) == getattr(gone, name):
            setattr(kept, name, before.get(name, getattr(kept, name)))
    for name in FIRST:
        setattr(kept, name, datetime.fromisoformat(before[name]))
    kept.also = before["also"]
    _write(kept)
    if "lifted" in before and kept.severities.latest("pk").pk == before["lifted"] and kept.state in OPEN:  # nobody has set another since
        back = max(before["severity"], kept.suggested, key=rules.SCALE.index)
        if back != kept.severity:
            write_severity(
                kept, back, why=_("Parted again from %(reference)s.") % {"reference": gone.reference}, by=by, level=max(1, int(kept.rung))
            )
            wind(kept)
    Merge.objects.filter(pk=held.pk).update(parted_at=now(), parted_by=by)
    move(gone, f"part-{held.was.lower()}", by=by, reason=kept.reference, house=True)
    _apart(kept, gone, by=by)
    return gone


@transaction.atomic
def tell_apart(one: Event, other: Event, *, by: User) -> TwoMatters:
    """Somebody has looked: they are two matters. It is not asked again."""
    if not allows(by, May.MERGE_EVENT, one) or not allows(by, May.MERGE_EVENT, other):
        raise Refused(_("Reports are made one by an office that stands above both."))
    return _apart(one, other, by=by)


def _apart(one: Event, other: Event, *, by: User) -> TwoMatters:
    first, second = sorted((one.pk, other.pk))
    made, _new = TwoMatters.objects.get_or_create(one_id=first, other_id=second, defaults={"at": now(), "by": by})
    return made


@transaction.atomic
def draw_up(event: Event, *, by: User) -> Brief:
    """A brief for the leaders, with the next number of the year; it keeps what is known now."""
    if not allows(by, May.BRIEF_EVENT, event):
        raise Refused(_("Briefs are drawn up by the rights office of a county or the city."))
    if event.state == EventState.MERGED:
        raise IllegalStep(f"{event.reference} became one with another report")
    Event.objects.select_for_update(of=("self",)).get(pk=event.pk)  # two who press at once get two issues
    last = event.followups.order_by("-at", "-pk").first()
    seat = min(by.seats, key=lambda one: one.level)
    facts = {
        "firm": event.employer_name, "type": event.type, "also": event.also, "severity": event.severity, "state": event.state, "affected": event.affected,
        "involved": event.involved, "owed": str(event.owed), "months": str(event.months_owed), "behaviour": event.behaviour, "demands": event.demands, "dead": event.dead, "injured": event.injured, "project": event.project,
        "place": str(event.township or event.county or event.union), "reported_at": event.reported_at.isoformat(), "last": last.text if last else "",
        "last_at": (last.at if last else event.reported_at).isoformat(), "office": seat.union.name, "resolution": event.resolution,
        "tasks": [[one.department, one.what, one.said] for one in event.tasks.order_by("pk")],
    }  # fmt: skip
    return Brief.objects.create(
        reference=next_reference(Brief, "ZB"), event=event, issue=event.briefs.count() + 1, at=now(), by=by, facts=facts
    )
