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
from niangjia.rights.actions.agreements import WAYS, Terms, check_terms, confirm_until, file, write_terms
from niangjia.rights.actions.following import follow
from niangjia.rights.actions.limiting import limit
from niangjia.rights.actions.parties import set_main
from niangjia.rights.actions.tied import why_not
from niangjia.rights.enums import DisputeState, Entrance, Kept, May, Outcome
from niangjia.rights.models import Appointment, Dispute, Event, Pause, Receipt, Respondent, Session, Transfer
from niangjia.rights.queries import all_agree, crowd_of, kept, leaders_of, limitation_of, mediate_by, received_of, speaking, ties_of_user
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
    entrance: str = Entrance.UNION
    caller: str = ""  # who called the hotline


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
        cause=said.cause, written=said.written, facts=said.facts.strip(), applied_on=said.applied_on, claimed=said.claimed, entrance=said.entrance,
        caller=said.caller.strip()[:60],
    )  # fmt: skip
    if said.event is not None and said.event.employer_id is not None:
        Respondent.objects.create(dispute=dispute, employer_id=said.event.employer_id)
        set_main(dispute)
    # The days for the decision run from the application, also when it is entered later.
    start(dispute, by=by, at=now() if said.applied_on == today() else moment_at(said.applied_on))
    return dispute


@transaction.atomic
def accept(dispute: Dispute, *, by: User, on: date | None = None, mediator: User | None = None) -> Dispute:
    """The union takes the dispute on; the days of mediation begin (art. 14). Whoever was named to lead it before mediates; else whoever takes it on."""
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
    chosen, name = _mediating(dispute, mediator, by)
    Dispute.objects.filter(pk=dispute.pk).update(accepted_on=day, mediator=chosen, mediator_name=name, decided=kept(dispute, "RD-D1", day))
    dispute.accepted_on, dispute.mediator, dispute.mediator_name = day, chosen, name
    limit(dispute)
    move(dispute, "accept", by=by)
    _tell_mediator(dispute, by=by)
    return dispute


def _mediating(dispute: Dispute, said: User | None, by: User) -> tuple[User | None, str]:
    """Who mediates once it is accepted, and by which name: a mediator of the roster may have no account here. Whoever has a tie is not taken."""
    if said is None:
        named = dispute.appointments.filter(leads=True, ended_at=None).select_related("mediator__user").first()
        if named is not None:
            return named.mediator.user, named.mediator.name
    chosen = said or by
    if code := rules.conflict(ties_of_user(chosen, dispute), accepted=False):
        raise RuleBroken(why_not(code, chosen.name) + " " + _("Name a mediator of the roster first."))
    return chosen, chosen.name


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
    decided, last = kept(dispute, "RD-D1", today()), limitation_of(dispute)
    Dispute.objects.filter(pk=dispute.pk).update(decided=decided, arbitrate_by=last)
    dispute.decided, dispute.arbitrate_by = decided, last
    move(dispute, "refuse", by=by, reason=reason)
    return dispute


@transaction.atomic
def withdraw(dispute: Dispute, *, reason: str, by: User) -> Dispute:
    """The applicant withdraws it."""
    Pause.objects.filter(dispute=dispute, until=None).update(until=today())
    Dispute.objects.filter(pk=dispute.pk).update(outcome=Outcome.WITHDRAWN, closed_on=today())
    dispute.outcome, dispute.closed_on = Outcome.WITHDRAWN, today()
    move(dispute, "withdraw", by=by, reason=reason)
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
    Dispute.objects.filter(pk=dispute.pk).update(extended_to=to, consent=consent.strip(), mediated="")
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
def agree(
    dispute: Dispute, *, amount: Decimal, number: str, on: date, pay_by: date | None, by: User, terms: Terms | None = None
) -> Dispute:
    """Both sides sign: the amount stands beside the claim, and the day of payment becomes a clock (arts 14 and 16)."""
    terms = terms or Terms()
    if terms.plan and pay_by is None:
        pay_by = min(day for day, _amount in terms.plan)
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
    check_terms(amount, on, pay_by, terms)
    facts = {
        "agreed": amount, "agreement_no": number.strip(), "agreed_on": on,
        "pay_by": rules.next_due(terms.plan, received_of(dispute)) if terms.plan else pay_by,
        "confirm_by": confirm_until(dispute, on) if terms.confirm else None, "mediated": kept(dispute, "RD-D2", on),
    }  # fmt: skip
    Dispute.objects.filter(pk=dispute.pk).update(**facts)
    for name, value in facts.items():
        setattr(dispute, name, value)
    limit(dispute)
    move(dispute, "agree", by=by, reason=number)
    write_terms(dispute, amount, on, terms)
    follow(dispute)
    return dispute


@transaction.atomic
def perform(dispute: Dispute, *, by: User) -> Dispute:
    """What was agreed has been done; where money was agreed, receipts must show it."""
    _mine(dispute, by)
    _still(dispute, DisputeState.AGREED)  # held: nobody makes a receipt void while it is being counted
    if (open_ := dispute.clauses.filter(due_on__isnull=False, done_on=None).order_by("n").first()) is not None:
        raise RuleBroken(_("Clause %(n)d is not written down as done: “%(text)s”") % {"n": open_.n, "text": open_.text})
    received, agreed = received_of(dispute), dispute.agreed or Decimal(0)
    if not rules.is_performed(agreed, received):
        raise RuleBroken(
            _("Of %(agreed)s agreed, receipts show %(received)s. Record the rest with its bank slip, or end the case without performance.")
            % {"agreed": f"{agreed:,.2f}", "received": f"{received:,.2f}"}
        )
    move(dispute, "perform", by=by)
    facts = {"reference": dispute.reference, "sum": f"{received:,.2f}"}
    tell(_closers(dispute, but=by), "dispute-performed", facts=facts, url=dispute.get_absolute_url())
    return dispute


def _closers(dispute: Dispute, *, but: User) -> list[User]:
    """Who may close what was performed: the rights office here, and where nobody is left beside the mediator and who entered payments, the nearest above."""
    passed = {but.pk, dispute.mediator_id, *Receipt.objects.filter(dispute=dispute, void=False).values_list("by_id", flat=True)}
    for union in (dispute.handled_by, *leaders_of(dispute.handled_by).values()):
        if people := [user for user in answerable(union, "rights") if user.pk not in passed]:
            return people
    return []


@transaction.atomic
def end(dispute: Dispute, *, outcome: str, reason: str, by: User, body: str = "", number: str = "") -> Dispute:
    """It ends without performance: settled privately, failed, or gone to arbitration, inspection or legal aid; where to, and under which number there."""
    if not rules.may_end(dispute.state, outcome):
        raise RuleBroken(_("A dispute cannot end in this way from where it stands."))
    mediated = dispute.mediated or kept(dispute, "RD-D2", today())
    Dispute.objects.filter(pk=dispute.pk).update(outcome=outcome, closed_on=today(), mediated=mediated)
    dispute.outcome, dispute.closed_on = outcome, today()
    if body.strip() and outcome in WAYS:
        file(dispute, kind=WAYS[outcome], body=body, number=number, filed_on=today(), by=by)
    Pause.objects.filter(dispute=dispute, until=None).update(until=today())
    limit(dispute)
    move(dispute, "end", by=by, reason=reason)
    return dispute


@transaction.atomic
def close(dispute: Dispute, *, by: User) -> Dispute:
    """Close what was performed; somebody other than the mediator, and who entered no payment, looks at the receipts."""
    Dispute.objects.filter(pk=dispute.pk).update(outcome=Outcome.MEDIATED, closed_on=today())
    dispute.outcome, dispute.closed_on = Outcome.MEDIATED, today()
    limit(dispute)
    move(dispute, "close", by=by)
    return dispute


def rang_late(dispute: Dispute, field: str) -> None:
    """Its day has passed and nobody has done it: the figures count it as late from now on, and not only when it is done at last."""
    Dispute.objects.filter(pk=dispute.pk).update(**{field: Kept.LATE})
    setattr(dispute, field, Kept.LATE)


def remind(dispute: Dispute, *, what: Any, due: datetime) -> None:
    """Tell the mediator and the rights office that a clock of the dispute has rung."""
    people = {user.pk: user for user in answerable(dispute.handled_by, "rights")}
    if dispute.mediator is not None:
        people[dispute.mediator.pk] = dispute.mediator
    facts = {"reference": dispute.reference, "what": what, "until": day_of(due)}
    tell(people.values(), "dispute-late", facts=facts, url=dispute.get_absolute_url(), urgent=True)


def remind_mediator(dispute: Dispute, *, what: Any, due: datetime) -> None:
    """Tell the mediator that an end comes near, where she sits at another union and the office's own warning does not reach her."""
    someone = dispute.mediator
    if someone is None or someone in answerable(dispute.handled_by, "rights"):
        return
    facts = {"reference": dispute.reference, "what": what, "until": day_of(due)}
    tell([someone], "dispute-near", facts=facts, url=dispute.get_absolute_url())


@transaction.atomic
def transfer(dispute: Dispute, *, to: Union, why: str, agreed: bool = False, by: User) -> Dispute:
    """Another union goes on with it and names its own mediator: the story is kept, the clocks go on. A firm's own union only if all workers agree."""
    if not allows(by, May.TRANSFER_DISPUTE, dispute):
        raise Refused(_("A dispute is handed on by the rights office that handles it, or by one above."))
    _still(dispute, DisputeState.APPLIED, DisputeState.MEDIATING, DisputeState.PAUSED, DisputeState.AGREED)
    if to.pk == dispute.handled_by_id or to.state == "ABOLISHED":
        raise RuleBroken(_("Choose the union that goes on with it."))
    if not why.strip():
        raise RuleBroken(_("Say why: whoever reads the story later will ask."))
    if to.level > 3 and not (all_agree(dispute) or (agreed and dispute.firm_union_id is None)):
        raise RuleBroken(
            _("Not all workers have agreed that a firm's own union deals with it. Ask them first; each says so on her own page.")
        )
    heirs = answerable(to, "rights")
    if not heirs:
        raise RuleBroken(_("Nobody answers for rights at %(union)s yet.") % {"union": to.short_name})
    Transfer.objects.create(dispute=dispute, was_id=dispute.handled_by_id, now=to, why=why.strip()[:500], by=by, at=now())
    why_ended = _("The case was handed on to %(union)s.") % {"union": to.short_name}
    Appointment.objects.filter(dispute=dispute, ended_at=None).update(ended_at=now(), why=why_ended[:200])
    Dispute.objects.filter(pk=dispute.pk).update(
        handled_by=to, township_id=to.township_id, county_id=to.county_id, mediator=None, mediator_name=""
    )
    left = dispute.mediator
    dispute.refresh_from_db()
    wind(dispute)
    facts = {"reference": dispute.reference, "union": to.short_name}
    tell(heirs, "dispute-transferred", facts=facts, url=dispute.get_absolute_url())
    if left is not None and left.pk != by.pk and left not in heirs:
        tell([left], "dispute-left", facts=facts, url="")
    return dispute
