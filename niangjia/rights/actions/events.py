"""An event is reported, climbs, is confirmed and followed: each verb one transaction, and the next office is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import move, start, wind
from niangjia.kit import crypt
from niangjia.kit.answer import asking
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.numbers import next_reference
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.rights import rules
from niangjia.rights.actions.handling import (
    add_task,
    answer_referral,
    calm,
    close_event,
    dismiss,
    finish_task,
    flare,
    handle_together,
    receive_task,
    refer,
    reopen,
    settle,
    take_on,
    visit,
)  # fmt: skip
from niangjia.rights.actions.pictures import lay_pictures
from niangjia.rights.actions.telling import acted, ring_up
from niangjia.rights.askedby import TELLER
from niangjia.rights.deadlines import OPEN
from niangjia.rights.enums import Behaviour, Channel, May, Occasion, Severity, Type
from niangjia.rights.models import Event, FollowUp, Report, SeverityChange
from niangjia.rights.parameters import AT_ONCE
from niangjia.rights.permissions import REPORTERS
from niangjia.rights.queries import (
    again,
    called,
    covers,
    follow_by,
    judge,
    leaders_of,
    level_of,
    matter_of,
    next_way,
    report_by,
    sector,
    set_at,
    told_at,
)
from niangjia.rights.shifts import stands_at
from niangjia.unions.models import Employer, Union

__all__ = [
    "Facts",
    "add_task",
    "answer_referral",
    "calm",
    "climb",
    "close_event",
    "confirm",
    "dismiss",
    "finish_task",
    "flare",
    "follow_up",
    "reassess",
    "receive_task",
    "refer",
    "reopen",
    "report",
    "rush",
    "settle",
    "take_on",
    "visit",
    "write_severity",
]  # fmt: skip


STANDS = ("owed", "months_owed", "compensation", "insurance", "dead", "injured")  # what is written over when it is told anew


@dataclass(frozen=True)
class Facts:
    """What is said of an event when it is first reported: as much as is known."""

    employer_name: str
    type: str
    affected: int
    employer: Employer | None = None
    detail: str = ""
    channel: str = Channel.PATROL
    behaviour: str = Behaviour.NONE
    involved: int = 0
    owed: Decimal = Decimal(0)
    months_owed: Decimal = Decimal(0)
    demands: str = ""
    compensation: Decimal = Decimal(0)
    insurance: Decimal = Decimal(0)
    dead: int = 0
    injured: int = 0
    measures: str = ""
    spot: str = ""
    builder_name: str = ""
    builder: Employer | None = None
    project: str = ""
    occurred_at: datetime | None = None
    known_at: datetime | None = None  # when the reporter first knew; now, if nobody says
    teller: str = ""  # who told the reporter, and how she is reached
    teller_contact: str = ""
    anonymous: bool = False  # whoever told of it does not want to be named

    def said(self) -> dict[str, Any]:
        """What is written down as it was said."""
        names = ("type", "channel", "behaviour", "affected", "involved", "owed", "months_owed", "compensation", "insurance", "dead", "injured", "employer", "builder", "anonymous")  # fmt: skip
        texts = ("employer_name", "detail", "demands", "measures", "spot", "builder_name", "project")
        return {name: getattr(self, name) for name in names} | {name: getattr(self, name).strip() for name in texts}

    def moments(self, at: datetime) -> dict[str, datetime]:
        """When it began, when the reporter first knew, and now. Raises RuleBroken where they cannot be so."""
        known = self.known_at or at
        occurred = self.occurred_at or known
        if max(known, occurred) > at:
            raise RuleBroken(_("The moment given lies ahead; write when it happened."))
        if occurred > known:
            raise RuleBroken(_("It cannot have been known before it began; correct one of the two moments."))
        return {"occurred_at": occurred, "known_at": known, "reported_at": at}

    def teller_sealed(self) -> bytes | None:
        """Who told of it, sealed; nothing where nobody is named."""
        who = {"name": self.teller.strip()[:60], "contact": self.teller_contact.strip()[:60]}
        return crypt.seal_one(json.dumps(who, ensure_ascii=False), TELLER) if any(who.values()) else None

    def matter(self, union: Union) -> rules.Matter:
        """What the scale of severity reads."""
        on, ask = today(), asking(union, today())
        return rules.Matter(
            self.affected, self.involved, self.behaviour, self.owed, self.months_owed, sector(self.type, self.employer, ask),
            again(union, self.employer, self.employer_name, on),
        )  # fmt: skip


def origin(union: Union, by: User) -> tuple[str, Union]:
    """The rung and the desk at which a report begins: the reporter's own office nearest to the firm."""
    seats = [seat for seat in by.seats if seat.duty in REPORTERS and covers(seat, union)]
    if not seats:  # called while on duty
        at = stands_at(by, now())
        seats = [seat for seat in by.seats if seat.union_id in at and covers(seat, union)]
    if not seats:
        return str(min(union.level, 4)), union
    nearest = max(seats, key=lambda seat: seat.level)
    return ("4", union) if nearest.level > 3 else (str(nearest.level), nearest.union)


@transaction.atomic
def report(union: Union, facts: Facts, *, by: User, send: bool = False, pictures: Sequence[Any] = ()) -> Event:
    """First report of an event: it stands on the reporter's own rung; with `send`, and always when red, it goes up at once."""
    if not allows(by, May.REPORT_EVENT, union):
        raise Refused(_("Only the union itself, its informants, or an office above may report an event here."))
    at = now()
    if facts.type == Type.OTHER and not facts.detail.strip():
        raise RuleBroken(_("For another type, write in a sentence what happened."))
    moments = facts.moments(at)
    if facts.affected < 1:
        raise RuleBroken(_("Write how many workers are affected; an estimate will do."))
    ask = asking(union, day_of(at))
    found = judge(facts.matter(union), ask)
    severity = found.severity
    rung, desk = origin(union, by)
    due = report_by(severity, rung, moments["known_at"], desk)
    event = Event.objects.create(
        reference=next_reference(Event, "YJ"), union=union, township_id=union.township_id, county_id=union.county_id, desk=desk, rung=rung,
        division=union.division, severity=severity, suggested=severity, report_by=due, follow_by=follow_by(severity, "REPORTED", at, desk), reported_on=day_of(at),
        reported_by=by, teller_sealed=facts.teller_sealed(), **facts.said(), **moments,
    )  # fmt: skip
    Report.objects.create(event=event, rung=rung, union=desk, arrived_at=moments["known_at"], due_at=due, by=by)
    FollowUp.objects.create(
        event=event, at=at, by=by, affected=facts.affected, involved=facts.involved or None, behaviour=facts.behaviour,
        text=facts.detail.strip() or facts.demands.strip() or _("First report."), trace=found.trace,
    )  # fmt: skip
    start(event, by=by, at=at)
    if pictures:
        lay_pictures(event, pictures, by=by)
    if severity == Severity.RED:
        handle_together(event)
    if (send or rules.at_once(severity, ask(AT_ONCE))) and rung != "0" and next_way(event) is not None:
        _climb(event, by=by, auto=False)
    else:
        _announce(event, sender=desk, by=by, occasion=Occasion.ARRIVED)
    return event


@transaction.atomic
def climb(event: Event, *, by: User | None) -> Event:
    """Report an event one level higher. `by=None` is the house itself, when the clock of a rung has rung."""
    if by is not None and not allows(by, May.RAISE_EVENT, event):
        raise Refused(_("It is sent on by the office where it stands, or by one above."))
    acted(event, by=by)
    return _climb(event, by=by, auto=by is None)


def _climb(event: Event, *, by: User | None, auto: bool) -> Event:
    way = next_way(event) if event.state in OPEN else None
    if way is None:
        raise IllegalStep(f"{event.reference} climbs no higher")
    at, was, sender = now(), event.rung, event.desk
    desk = way.union or sender  # the province keeps no desk in this house: the city goes on answering for it
    due, late_by = report_by(event.severity, way.rung, at, desk), event.report_by
    moved = Event.objects.filter(pk=event.pk, rung=was, state=event.state).update(rung=way.rung, desk=desk, report_by=due)
    if not moved:
        raise Overtaken
    Report.objects.filter(event=event, rung=was).update(left_at=at, auto=auto, in_time=int(late_by is None or at <= late_by))
    Report.objects.create(event=event, rung=way.rung, union=desk, arrived_at=at, due_at=due, by=by)
    event.refresh_from_db()
    wind(event, at=at)
    if auto:
        facts = _facts(event) | {"from": sender.short_name, "to": desk.short_name, "until": late_by or at}
        tell(told_at(sender), "event-overdue", facts=facts, url=event.get_absolute_url(), urgent=True)
    if way.union is not None:
        _announce(event, sender=sender, by=by, occasion=Occasion.CLIMBED)
    return event


def _facts(event: Event) -> dict[str, Any]:
    """What a message says of an event; the severity is named in the language of whoever acts."""
    return {
        "reference": event.reference, "firm": event.employer_name, "people": event.affected, "severity": event.get_severity_display(),
    }  # fmt: skip


def _announce(event: Event, *, sender: Union, by: User | None, occasion: str) -> None:
    """Tell the office on whose desk an event now lies, and whoever is on duty there until a receipt comes; what is red or orange asks for one."""
    duty = called("DUTY", event.desk, now()).user
    people = {user.pk: user for user in [*told_at(event.desk, but=by), *([duty] if duty and duty != by else [])]}
    grave = event.severity in (Severity.RED, Severity.ORANGE)
    facts = _facts(event) | {"from": sender.short_name, "until": event.report_by or now()}
    tell(people.values(), "event-arrived", facts=facts, url=event.get_absolute_url(), urgent=grave, receipt=grave)
    ring_up(event, occasion=occasion, but=by, said=True)


# ---------- severity ----------


@transaction.atomic
def confirm(event: Event, *, severity: str, why: str, by: User) -> Event:
    """An office looks, and confirms the severity or sets another; lowering it is the right of the level above."""
    _set_severity(event, severity, why=why, by=by)
    event.follow_by, event.alarm_by, event.missed = follow_by(severity, "CONFIRMED", now(), event.desk), None, 0
    Event.objects.filter(pk=event.pk).update(follow_by=event.follow_by, alarm_by=None, missed=0)
    move(event, "confirm", by=by, reason=why)
    acted(event, by=by)
    return rush(event, by=by)


@transaction.atomic
def reassess(event: Event, *, severity: str, why: str, by: User) -> Event:
    """Set another severity on an event that was confirmed before."""
    if not allows(by, May.CONFIRM_EVENT, event):
        raise Refused(_("The severity is set by the rights office of a township, county or city."))
    if event.state not in OPEN:
        raise IllegalStep(f"{event.reference} is over")
    if severity == event.severity:
        raise RuleBroken(_("It has this severity already. Choose another one, or leave it."))
    _set_severity(event, severity, why=why, by=by)
    Event.objects.filter(pk=event.pk).update(follow_by=follow_by(severity, event.state, now(), event.desk))
    event.refresh_from_db()
    wind(event)
    acted(event, by=by)
    return rush(event, by=by)


def rush(event: Event, *, by: User) -> Event:
    """What has turned red does not wait at the firm."""
    if rules.at_once(event.severity, asking(event, today())(AT_ONCE)) and event.rung == "4" and event.state in OPEN:
        _climb(event, by=by, auto=False)
    return event


def _set_severity(event: Event, severity: str, *, why: str, by: User) -> None:
    """Write a severity chosen by a person, if her level may set it."""
    if not why.strip():
        raise RuleBroken(_("Say why: whoever reads the story later will ask."))
    level = level_of(by, event)
    if level is None and allows(by, May.CONFIRM_EVENT, event):  # on duty at its desk
        level = event.desk.level
        if rules.graver(event.severity, severity):
            raise RuleBroken(_("Whoever is on duty confirms a severity or raises it. Lowering it is for the rights office."))
    if level is None or level > 3:
        raise Refused(_("The severity is set by the rights office of a township, county or city."))
    before = set_at(event)
    if not rules.may_set(event.severity, severity, set_at=before, level=level):
        holder = leaders_of(event.union).get(before)
        raise RuleBroken(
            _("%(severity)s was set by %(office)s. Only a level above it may lower it; report what you found, and ask there.")
            % {"severity": event.get_severity_display(), "office": holder.short_name if holder else event.union.short_name}
        )
    write_severity(event, severity, why=why, by=by, level=level)


def write_severity(event: Event, severity: str, *, why: str, by: User | None, level: int) -> None:
    """Change the severity and the clock of the rung with it: a graver one counts from now, a milder one from the arrival."""
    was, at = event.severity, now()
    standing = event.reports.filter(rung=event.rung).first()
    due = event.report_by
    if severity != was:
        graver = rules.graver(severity, was)
        fresh = report_by(severity, event.rung, at if graver or standing is None else standing.arrived_at, event.desk)
        due = min(due, fresh) if graver and due and fresh else fresh
    if not Event.objects.filter(pk=event.pk, severity=was, rung=event.rung).update(severity=severity, report_by=due):
        raise Overtaken
    if standing is not None:
        Report.objects.filter(pk=standing.pk).update(due_at=due)
    SeverityChange.objects.create(event=event, at=at, by=by, was=was, now=severity, why=why.strip()[:300], level=level)
    event.severity, event.report_by = severity, due
    if severity == was:
        return
    if severity == Severity.RED:
        handle_together(event)
    facts = _facts(event) | {"was": Severity(was).label, "why": why.strip()[:120]}
    people = {user.pk: user for union in (event.desk, event.union) for user in told_at(union, but=by)}
    tell(people.values(), "event-severity", facts=facts, url=event.get_absolute_url(), urgent=rules.graver(severity, was))
    if severity == Severity.RED and event.rung != "4":  # from the firm it goes up at once, and whoever is on duty there is told
        ring_up(event, occasion=Occasion.RED, but=by)


# ---------- follow-ups ----------


@transaction.atomic
def follow_up(
    event: Event, *, text: str, affected: int | None = None, involved: int | None = None, behaviour: str = "", pictures: Sequence[Any] = (), by: User,
    **stands: Decimal | int | None,
) -> FollowUp:  # fmt: skip
    """Tell what was found later; `stands`: sums in yuan, months and casualties (STANDS) as they stand now, None where nothing is said.

    The workers affected are the most that was ever reported; numbers that lift the severity lift it at once.
    """
    if not allows(by, May.FOLLOW_EVENT, event):
        raise Refused(_("Only the union itself, its informants, or an office above may follow this event up."))
    if not text.strip():
        raise RuleBroken(_("Write in a sentence what was found, even if nothing has changed."))
    held = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if held.state not in {*OPEN, "SETTLED"}:
        raise IllegalStep(f"{held.reference} is over")
    held.affected = max(held.affected, affected or 0)
    held.involved = max(held.involved, involved or 0)
    held.behaviour = behaviour or held.behaviour
    for name in STANDS:
        if (value := stands.pop(name, None)) is not None:
            setattr(held, name, value)
    if stands:
        raise TypeError(f"nothing of an event is called {', '.join(stands)}")
    found, before = judge(matter_of(held), asking(held, today())), held.suggested
    held.suggested = found.severity
    line = FollowUp.objects.create(
        event=held, at=now(), by=by, affected=affected, involved=involved, behaviour=behaviour, text=text.strip(), trace=found.trace
    )
    # What was lowered by a person stays so until what is found lifts the suggestion itself.
    if held.state in OPEN and rules.graver(held.suggested, held.severity) and rules.graver(held.suggested, before):
        write_severity(
            held, held.suggested, by=by, level=max(1, int(held.rung)),
            why=_("What was reported now reaches this level: %(people)s workers affected.") % {"people": held.affected},
        )  # fmt: skip
    held.follow_by, held.alarm_by, held.missed = follow_by(held.severity, held.state, line.at, held.desk), None, 0
    held.save(update_fields=["affected", "involved", "behaviour", *STANDS, "suggested", "follow_by", "alarm_by", "missed"])
    wind(held)
    if pictures:
        lay_pictures(held, pictures, by=by)
    acted(held, by=by)
    rush(held, by=by)
    event.refresh_from_db()
    tell(told_at(held.desk, but=by), "event-followed", facts=_facts(held), url=held.get_absolute_url())
    return line
