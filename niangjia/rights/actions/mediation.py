"""Mediators are enrolled, named and step aside; sittings are planned and held; the days stand still and go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import move
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.rights import rules
from niangjia.rights.actions.tied import why_not
from niangjia.rights.enums import DisputeState, May, PauseKind, SittingState
from niangjia.rights.models import Appointment, Dispute, Mediator, Pause, Session
from niangjia.rights.queries import mediate_by, ties_of
from niangjia.unions.models import Employer, Union

NAMING = (DisputeState.APPLIED, DisputeState.MEDIATING, DisputeState.PAUSED)
SITTING = (DisputeState.MEDIATING, DisputeState.AGREED)


@dataclass(frozen=True)
class Enrolled:
    """What the roster says of a mediator."""

    name: str
    chamber: str
    body: str = ""
    user: User | None = None
    employer: Employer | None = None
    languages: str = ""
    areas: str = ""


@transaction.atomic
def enroll(union: Union, said: Enrolled, *, by: User) -> Mediator:
    """Put somebody on the roster of a union."""
    if not allows(by, May.KEEP_MEDIATORS, union):
        raise Refused(_("The roster of mediators is kept by the rights office of a township, a county or the city."))
    if not said.name.strip():
        raise RuleBroken(_("Write the name."))
    try:
        with transaction.atomic():
            return Mediator.objects.create(union=union, township_id=union.township_id, county_id=union.county_id, **_facts(said))
    except IntegrityError as fault:
        raise RuleBroken(_("%(name)s stands on this roster already.") % {"name": said.name}) from fault


def _facts(said: Enrolled) -> dict[str, Any]:
    return {
        "name": said.name.strip()[:60], "chamber": said.chamber, "body": said.body.strip()[:120], "user": said.user, "employer": said.employer,
        "languages": said.languages.strip()[:120], "areas": said.areas.strip()[:200],
    }  # fmt: skip


@transaction.atomic
def change_entry(mediator: Mediator, said: Enrolled, *, active: bool, by: User) -> Mediator:
    """Correct what the roster says, or take somebody off it; what she has mediated stays."""
    if not allows(by, May.KEEP_MEDIATOR, mediator):
        raise Refused(_("The roster of mediators is kept by the rights office of a township, a county or the city."))
    if not said.name.strip():
        raise RuleBroken(_("Write the name."))
    Mediator.objects.filter(pk=mediator.pk).update(active=active, **_facts(said))
    mediator.refresh_from_db()
    return mediator


@transaction.atomic
def appoint(
    dispute: Dispute,
    mediator: Mediator,
    *,
    leads: bool = True,
    relative: bool = False,
    other_side: bool = False,
    declared: str = "",
    accepted: bool = False,
    by: User,
) -> Appointment:
    """Name a mediator of the roster: refused with the reason where a tie binds her, taken where she declared it and both sides accept her."""
    if not allows(by, May.ACCEPT_DISPUTE, dispute):
        raise Refused(_("Mediators are named by the rights office that handles the dispute, or by one above."))
    held = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)
    if held.state not in NAMING:
        raise IllegalStep(f"{held.reference} is {held.state}")
    if not mediator.active:
        raise RuleBroken(_("%(name)s is no longer on the roster.") % {"name": mediator.name})
    ties = ties_of(mediator, held, relative=relative, other_side=other_side)
    accepted = accepted and bool(declared.strip())
    if code := rules.conflict(ties, accepted=accepted):
        raise RuleBroken(why_not(code, mediator.name))
    try:
        with transaction.atomic():
            made = Appointment.objects.create(
                dispute=held, mediator=mediator, leads=leads, declared=declared.strip()[:200], by=by, at=now()
            )
    except IntegrityError as fault:
        raise RuleBroken(_("%(name)s mediates here already.") % {"name": mediator.name}) from fault
    if leads:
        Appointment.objects.filter(dispute=held, leads=True, ended_at=None).exclude(pk=made.pk).update(leads=False)
        Dispute.objects.filter(pk=held.pk).update(mediator=mediator.user, mediator_name=mediator.name)
        dispute.refresh_from_db()
        if mediator.user is not None and mediator.user_id != by.pk and held.accepted_on is not None:  # before, acceptance tells her
            facts = {
                "reference": held.reference,
                "union": held.handled_by.short_name,
                "day": held.accepted_on,
                "until": mediate_by(held) or _("not yet running"),
            }
            tell([mediator.user], "dispute-given", facts=facts, url=held.get_absolute_url())
    return made


@transaction.atomic
def recuse(line: Appointment, *, why: str, by: User) -> Appointment:
    """A mediator steps aside, or a side asks for another one: with the reason."""
    dispute = line.dispute
    if not allows(by, May.MEDIATE, dispute):
        raise Refused(_("The mediation is led by its mediator or by the rights office."))
    if not why.strip():
        raise RuleBroken(_("Say why: whoever reads the story later will ask."))
    if not Appointment.objects.filter(pk=line.pk, ended_at=None).update(ended_at=now(), why=why.strip()[:200]):
        raise Overtaken
    if line.leads:
        other = Appointment.objects.filter(dispute=dispute, ended_at=None).select_related("mediator__user").order_by("pk").first()
        if other is not None:
            Appointment.objects.filter(pk=other.pk).update(leads=True)
        Dispute.objects.filter(pk=dispute.pk).update(
            mediator=other.mediator.user if other else None, mediator_name=other.mediator.name if other else ""
        )
    line.refresh_from_db()
    return line


# ---------- time that does not count ----------


@transaction.atomic
def pause(dispute: Dispute, *, kind: str, why: str, consent: str, by: User) -> Pause:
    """The days of the mediation stand still: an inquiry, talks, a finding that is waited for, service by notice (Zhejiang rules, art. 36).

    Neither side alone lets them stand still: the paper by which both agree is named. Days that are over do not stand still any more.
    """
    if kind not in PauseKind.values:
        raise RuleBroken(_("Say why the days stand still."))
    if not consent.strip():
        raise RuleBroken(_("Both sides must agree in writing: name the paper."))
    end = mediate_by(dispute)
    if end is not None and end < today():
        raise RuleBroken(
            _("The mediation ended on %(day)s: its days cannot stand still any more. Prolong it if both sides agree, or end it.")
            % {"day": end}
        )
    made = Pause(dispute=dispute, kind=kind, since=today(), why=why.strip()[:200], consent=consent.strip()[:200], by=by)
    Dispute.objects.filter(pk=dispute.pk).update(paused_on=today(), pushed_to=end)
    dispute.refresh_from_db()
    move(dispute, "pause", by=by, reason=f"{PauseKind(kind).label}：{why.strip()}" if why.strip() else "")
    made.save()
    return made


@transaction.atomic
def wait(dispute: Dispute, *, reason: str, by: User) -> Dispute:
    """Somebody has looked: what is waited for is not there yet. She looks again after the same time."""
    move(dispute, "wait", by=by, reason=reason)
    return dispute


@transaction.atomic
def resume(dispute: Dispute, *, by: User) -> Dispute:
    """The days go on, as many as were left: the end lies later by the days that did not count."""
    held = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)
    days = (today() - held.paused_on).days if held.paused_on else 0
    end = held.pushed_to + timedelta(days=days) if held.pushed_to else None
    Pause.objects.filter(dispute=held, until=None).update(until=today())
    Dispute.objects.filter(pk=held.pk).update(paused_on=None, pushed_to=end)
    dispute.paused_on, dispute.pushed_to = None, end
    move(dispute, "resume", by=by)
    return dispute


# ---------- sittings ----------


def _leads(dispute: Dispute, by: User) -> Dispute:
    if not allows(by, May.MEDIATE, dispute):
        raise Refused(_("The mediation is led by its mediator or by the rights office."))
    held = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)
    if held.state not in SITTING:
        raise IllegalStep(f"{held.reference} is {held.state}")
    return held


@transaction.atomic
def plan_sitting(dispute: Dispute, *, at: datetime, place: str, by: User) -> Session:
    """A sitting is called: both sides are invited by paper."""
    held = _leads(dispute, by)
    if at <= now():
        raise RuleBroken(_("A sitting is called for a time that lies ahead."))
    if not place.strip():
        raise RuleBroken(_("Write where it is held."))
    return Session.objects.create(dispute=held, held_at=at, place=place.strip()[:120], state=SittingState.PLANNED, by=by)


@dataclass(frozen=True)
class Minutes:
    """What is written down of a sitting: what became of it, who was there, who was not, and what was said."""

    state: str
    text: str
    present: Sequence[str] = ()
    absent: str = ""


@transaction.atomic
def minute(sitting: Session, said: Minutes, *, by: User) -> Session:
    """Write down what became of a sitting that was called: held, adjourned, somebody did not come, called off."""
    _leads(sitting.dispute, by)
    if said.state not in (SittingState.HELD, SittingState.ADJOURNED, SittingState.MISSED, SittingState.CALLED_OFF):
        raise RuleBroken(_("Say what became of the sitting."))
    if said.state != SittingState.CALLED_OFF and day_of(sitting.held_at) > today():
        raise RuleBroken(_("The sitting lies ahead; record it when it has been held."))
    if not said.text.strip():
        raise RuleBroken(_("Write what came of it."))
    if said.state in (SittingState.HELD, SittingState.ADJOURNED) and not any(map(str.strip, said.present)):
        raise RuleBroken(_("Write who was there."))
    if said.state == SittingState.MISSED and not said.absent.strip():
        raise RuleBroken(_("Write who did not come."))
    facts = {
        "state": said.state, "text": said.text.strip(), "present": "\n".join(one.strip() for one in said.present if one.strip()), "absent": said.absent.strip()[:200],
    }  # fmt: skip
    if not Session.objects.filter(pk=sitting.pk, state=SittingState.PLANNED).update(**facts):
        raise Overtaken
    sitting.refresh_from_db()
    return sitting
