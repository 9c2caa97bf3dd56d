"""A dispute is opened, accepted, mediated, agreed, performed and closed: each verb one transaction in the name of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import move, start, wind
from niangjia.kit.answer import asking
from niangjia.kit.dates import at as moment_at
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.numbers import next_reference
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.rights import rules
from niangjia.rights.enums import DisputeState, May, Outcome
from niangjia.rights.models import Dispute, Event, Respondent, Session
from niangjia.rights.queries import crowd_of, mediate_by, received_of, speaking
from niangjia.unions.api import answerable
from niangjia.unions.models import Union

HEARING = (DisputeState.MEDIATING, DisputeState.AGREED)  # sittings are held, also on what was agreed and is not paid


@dataclass(frozen=True)
class Opening:
    """What is said when workers come with a dispute."""

    cause: str
    applied_on: date
    claimed: Decimal = Decimal(0)
    facts: str = ""
    written: bool = True
    event: Event | None = None


@transaction.atomic
def open_(union: Union, said: Opening, *, by: User) -> Dispute:
    """Workers apply, in writing or by word of mouth with a record made on the spot (Mediation and Arbitration Law, art. 12)."""
    if not allows(by, May.OPEN_DISPUTE, union):
        raise Refused(_("Disputes here are recorded by the union itself or by a rights office above."))
    if said.applied_on > today():
        raise RuleBroken(_("The day of the application lies ahead; write the day on the paper."))
    if said.claimed < 0:
        raise RuleBroken(_("A claim is not negative."))
    if not said.written and not said.facts.strip():
        raise RuleBroken(_("An application by word of mouth needs the record made on the spot: write down what was said."))
    dispute = Dispute.objects.create(
        reference=next_reference(Dispute, "TJ"), handled_by=union, township_id=union.township_id, county_id=union.county_id, event=said.event,
        cause=said.cause, written=said.written, facts=said.facts.strip(), applied_on=said.applied_on, claimed=said.claimed,
    )  # fmt: skip
    if said.event is not None and said.event.employer_id is not None:
        Respondent.objects.create(dispute=dispute, employer_id=said.event.employer_id)
    # The days for the decision run from the application, also when it is entered later.
    start(dispute, by=by, at=now() if said.applied_on == today() else moment_at(said.applied_on))
    return dispute


@transaction.atomic
def accept(dispute: Dispute, *, by: User, on: date | None = None, mediator: User | None = None) -> Dispute:
    """The union takes the dispute on; the days of mediation begin (art. 14)."""
    day = on or today()
    if day > today() or day < dispute.applied_on:
        raise RuleBroken(_("It is accepted between the day of the application (%(day)s) and today.") % {"day": dispute.applied_on})
    if not dispute.respondents.exists():
        raise RuleBroken(_("Nobody is named yet against whom the claim is made: add the employer first."))
    crowd = crowd_of(dispute)
    if not crowd.workers:
        raise RuleBroken(_("No worker is named yet who claims: add at least one first."))
    by_rule = speaking(asking(dispute, day))
    if not rules.speakers_fit(crowd.workers, crowd.speakers, by_rule):
        raise RuleBroken(
            _(
                "%(workers)d workers with a common claim choose %(least)d to %(most)d who speak for them; %(speakers)d are marked. Mark them first."
            )
            % {"workers": crowd.workers, "speakers": crowd.speakers, "least": by_rule.least, "most": by_rule.most}
        )
    chosen = mediator or by
    Dispute.objects.filter(pk=dispute.pk).update(accepted_on=day, mediator=chosen, mediator_name=chosen.name)
    dispute.accepted_on, dispute.mediator, dispute.mediator_name = day, chosen, chosen.name
    move(dispute, "accept", by=by)
    _tell_mediator(dispute, by=by)
    return dispute


def _tell_mediator(dispute: Dispute, *, by: User) -> None:
    if dispute.mediator is None or dispute.mediator_id == by.pk:
        return
    facts = {
        "reference": dispute.reference,
        "union": dispute.handled_by.short_name,
        "day": dispute.accepted_on,
        "until": mediate_by(dispute),
    }
    tell([dispute.mediator], "dispute-given", facts=facts, url=dispute.get_absolute_url())


@transaction.atomic
def refuse(dispute: Dispute, *, reason: str, by: User) -> Dispute:
    """The union does not accept it; the applicant is told why, and where else to go."""
    move(dispute, "refuse", by=by, reason=reason)
    return dispute


@transaction.atomic
def withdraw(dispute: Dispute, *, reason: str, by: User) -> Dispute:
    """The applicant withdraws it."""
    Dispute.objects.filter(pk=dispute.pk).update(outcome=Outcome.WITHDRAWN, closed_on=today())
    dispute.outcome, dispute.closed_on = Outcome.WITHDRAWN, today()
    move(dispute, "withdraw", by=by, reason=reason)
    return dispute


@transaction.atomic
def assign(dispute: Dispute, *, mediator: User, by: User) -> Dispute:
    """Give the mediation to somebody who answers for rights here or above."""
    if not allows(by, May.ACCEPT_DISPUTE, dispute):
        raise Refused(_("Mediators are named by the rights office that handles the dispute, or by one above."))
    _still(dispute, DisputeState.MEDIATING)
    if not any(seat.duty in ("rights", "chair") for seat in mediator.seats):
        raise RuleBroken(_("%(name)s holds no rights office, and cannot open the case.") % {"name": mediator.name})
    Dispute.objects.filter(pk=dispute.pk, state=dispute.state).update(mediator=mediator, mediator_name=mediator.name)
    dispute.refresh_from_db()
    _tell_mediator(dispute, by=by)
    return dispute


def _still(dispute: Dispute, *states: str) -> None:
    """Hold the row, and see that it still stands where this may be done."""
    state = Dispute.objects.select_for_update(of=("self",)).values_list("state", flat=True).get(pk=dispute.pk)
    if state not in states:
        raise IllegalStep(f"{dispute.reference} is {state}")


def _mine(dispute: Dispute, by: User) -> None:
    if not allows(by, May.MEDIATE, dispute):
        raise Refused(_("The mediation is led by its mediator or by the rights office."))


@transaction.atomic
def extend(dispute: Dispute, *, to: date, consent: str, by: User) -> Dispute:
    """Both sides agree in writing to go on beyond its days (Zhejiang rules, art. 10)."""
    _mine(dispute, by)
    _still(dispute, DisputeState.MEDIATING)
    dispute.refresh_from_db()
    end = mediate_by(dispute)
    if not consent.strip():
        raise RuleBroken(_("Both sides must agree in writing: name the paper."))
    if end is not None and to <= end:
        raise RuleBroken(_("The mediation runs to %(day)s already; the new end lies later.") % {"day": end})
    if to <= today():
        raise RuleBroken(_("The new end lies in the past."))
    Dispute.objects.filter(pk=dispute.pk).update(extended_to=to, consent=consent.strip())
    dispute.refresh_from_db()
    wind(dispute)
    return dispute


@transaction.atomic
def hear(dispute: Dispute, *, held_at: datetime, place: str, text: str, by: User) -> Session:
    """A sitting was held."""
    _mine(dispute, by)
    _still(dispute, *HEARING)
    if held_at > now():
        raise RuleBroken(_("The sitting lies ahead; record it when it has been held."))
    if not place.strip() or not text.strip():
        raise RuleBroken(_("Write where it was held and what came of it."))
    return Session.objects.create(dispute=dispute, held_at=held_at, place=place.strip(), text=text.strip())


@transaction.atomic
def agree(dispute: Dispute, *, amount: Decimal, number: str, on: date, pay_by: date | None, by: User) -> Dispute:
    """Both sides sign: the amount stands beside the claim, and the day of payment becomes a clock (arts 14 and 16)."""
    if amount < 0:
        raise RuleBroken(_("An agreement is not negative."))
    if amount > dispute.claimed:
        raise RuleBroken(
            _("Agreed %(agreed)s is more than was claimed (%(claimed)s). If the claim has grown, correct the claims first.")
            % {"agreed": f"{amount:,.2f}", "claimed": f"{dispute.claimed:,.2f}"}
        )
    if not number.strip():
        raise RuleBroken(_("Write the number of the agreement, as on the paper."))
    first = dispute.accepted_on or dispute.applied_on
    if not first <= on <= today():
        raise RuleBroken(_("The agreement is signed between the acceptance (%(day)s) and today.") % {"day": first})
    if amount > 0 and pay_by is None:
        raise RuleBroken(_("Write by which day it is paid: the clock of the payment runs to it."))
    if pay_by is not None and pay_by < on:
        raise RuleBroken(_("It cannot be due before it was signed."))
    facts = {"agreed": amount, "agreement_no": number.strip(), "agreed_on": on, "pay_by": pay_by}
    Dispute.objects.filter(pk=dispute.pk).update(**facts)
    for name, value in facts.items():
        setattr(dispute, name, value)
    move(dispute, "agree", by=by, reason=number)
    return dispute


@transaction.atomic
def perform(dispute: Dispute, *, by: User) -> Dispute:
    """What was agreed has been done; where money was agreed, receipts must show it."""
    _mine(dispute, by)
    _still(dispute, DisputeState.AGREED)  # held: nobody makes a receipt void while it is being counted
    received, agreed = received_of(dispute), dispute.agreed or Decimal(0)
    if not rules.is_performed(agreed, received):
        raise RuleBroken(
            _("Of %(agreed)s agreed, receipts show %(received)s. Record the rest with its bank slip, or end the case without performance.")
            % {"agreed": f"{agreed:,.2f}", "received": f"{received:,.2f}"}
        )
    move(dispute, "perform", by=by)
    return dispute


@transaction.atomic
def end(dispute: Dispute, *, outcome: str, reason: str, by: User) -> Dispute:
    """It ends without performance: settled privately, failed, or gone to arbitration, inspection or legal aid."""
    if not rules.may_end(dispute.state, outcome):
        raise RuleBroken(_("A dispute cannot end in this way from where it stands."))
    Dispute.objects.filter(pk=dispute.pk).update(outcome=outcome, closed_on=today())
    dispute.outcome, dispute.closed_on = outcome, today()
    move(dispute, "end", by=by, reason=reason)
    return dispute


@transaction.atomic
def close(dispute: Dispute, *, by: User) -> Dispute:
    """Close what was performed; somebody other than the mediator looks at the receipts."""
    Dispute.objects.filter(pk=dispute.pk).update(outcome=Outcome.MEDIATED, closed_on=today())
    dispute.outcome, dispute.closed_on = Outcome.MEDIATED, today()
    move(dispute, "close", by=by)
    return dispute


def remind(dispute: Dispute, *, what: Any, due: datetime) -> None:
    """Tell the mediator and the rights office that a clock of the dispute has rung."""
    people = {user.pk: user for user in answerable(dispute.handled_by, "rights")}
    if dispute.mediator is not None:
        people[dispute.mediator.pk] = dispute.mediator
    facts = {"reference": dispute.reference, "what": what, "until": day_of(due)}
    tell(people.values(), "dispute-late", facts=facts, url=dispute.get_absolute_url(), urgent=True)
