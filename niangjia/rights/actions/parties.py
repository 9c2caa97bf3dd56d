"""Who stands in a dispute: employers by their credit code, workers by their identity number, and what each claims."""

from __future__ import annotations

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.kit.answer import asking
from niangjia.kit.dates import today
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.members.api import person_for
from niangjia.rights.actions.limiting import relimit
from niangjia.rights.actions.tied import still_free
from niangjia.rights.enums import DisputeState, May
from niangjia.rights.models import Claim, Claimant, Dispute, Respondent, Share
from niangjia.rights.queries import crowd_of, received_of, speaking
from niangjia.rights.rules import speakers_needed
from niangjia.unions.api import employer_for
from niangjia.unions.models import Employer

EACH, MOST = Decimal("9999999999.99"), Decimal("999999999999.99")  # what the columns of money hold
CHANGING = (DisputeState.APPLIED, DisputeState.MEDIATING)  # parties and claims change until an agreement is signed, or the days stand still


def hold(dispute: Dispute, by: User) -> Dispute:
    """The row, held; refused to others, and once an agreement is signed."""
    if not allows(by, May.MEDIATE, dispute):
        raise Refused(_("The parties are recorded by the mediator or by the rights office."))
    held = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)
    if held.state not in CHANGING:
        raise IllegalStep(f"{held.reference} is {held.state}")
    return held


def still_complete(held: Dispute) -> None:
    """What was accepted keeps a worker and an employer."""
    if held.state == DisputeState.MEDIATING and not (held.respondents.exists() and held.claimants.exists()):
        raise RuleBroken(_("A dispute in mediation keeps at least one worker and one employer. Add the right one first."))


def set_main(dispute: Dispute) -> None:
    """The first employer that stands there is the one by whose trade and size the case is counted."""
    first = dispute.respondents.order_by("pk").values_list("employer_id", flat=True).first()
    Dispute.objects.filter(pk=dispute.pk).update(against_id=first)
    dispute.against_id = first


@transaction.atomic
def add_respondent(dispute: Dispute, *, employer: Employer | None = None, name: str = "", uscc: str = "", by: User) -> Respondent:
    """An employer is claimed against: chosen, or known by its credit code."""
    held = hold(dispute, by)
    found = employer or employer_for(name=name, uscc=uscc, near=held.handled_by)
    line, made = Respondent.objects.get_or_create(dispute=held, employer=found)
    if not made:
        raise RuleBroken(_("%(name)s stands in this dispute already.") % {"name": found.name})
    still_free(held)
    set_main(held)
    relimit(held)
    return line


@transaction.atomic
def drop_respondent(line: Respondent, *, by: User) -> None:
    """An employer was named by mistake."""
    held = hold(line.dispute, by)
    line.delete()
    still_complete(held)
    set_main(held)
    relimit(held)


@transaction.atomic
def add_claimant(
    dispute: Dispute, *, name: str, number: str, phone: str = "", claimed: Decimal = Decimal(0), leads: bool = False, by: User
) -> Claimant:
    """A worker claims, member or not: once known by the identity number, always the same person."""
    held = hold(dispute, by)
    if claimed < 0:
        raise RuleBroken(_("A claim is not negative."))
    if claimed > EACH:
        raise RuleBroken(
            _("With this, more than %(most)s yuan would be claimed altogether. Look at the amount.") % {"most": f"{EACH:,.2f}"}
        )
    person = person_for(name, number, phone)
    if Claimant.objects.filter(dispute=held, person=person).exists():
        raise RuleBroken(_("%(name)s stands in this dispute already.") % {"name": person.name})
    try:
        with transaction.atomic():
            line = Claimant.objects.create(dispute=held, person=person, claimed=claimed, leads=leads)
            if claimed:
                Claim.objects.create(claimant=line, kind=held.cause, claimed=claimed)
    except IntegrityError as fault:
        raise RuleBroken(_("%(name)s stands in this dispute already.") % {"name": person.name}) from fault
    still_free(held)
    if claimed:
        claims_changed(dispute, claimed)
    relimit(held)
    return line


@transaction.atomic
def drop_claimant(line: Claimant, *, by: User) -> None:
    """A worker was named by mistake, or does not claim any more."""
    held = hold(line.dispute, by)
    dispute, claimed = line.dispute, line.claimed
    if Share.objects.filter(claim__claimant=line).exists():
        raise RuleBroken(
            _("Money has come for this worker already; she is not taken off. If she claims no more, record that she withdraws.")
        )
    line.delete()
    still_complete(held)
    if claimed:
        claims_changed(dispute, -claimed)
    relimit(held)


def claims_changed(dispute: Dispute, by_how_much: Decimal) -> None:
    """Add to what is claimed altogether, of a dispute that is held; RuleBroken beyond what a sum may be."""
    total = Dispute.objects.values_list("claimed", flat=True).get(pk=dispute.pk) + by_how_much
    if total > MOST:
        raise RuleBroken(
            _("With this, more than %(most)s yuan would be claimed altogether. Look at the amount.") % {"most": f"{MOST:,.2f}"}
        )
    Dispute.objects.filter(pk=dispute.pk).update(claimed=total)
    dispute.claimed = total


@transaction.atomic
def speak(line: Claimant, *, leads: bool, by: User) -> Claimant:
    """Mark who speaks for the others, where many claim the same."""
    held = hold(line.dispute, by)
    Claimant.objects.filter(pk=line.pk).update(leads=leads)
    line.leads = leads
    crowd = crowd_of(held)
    needed = speakers_needed(crowd.workers, speaking(asking(held, today())))
    if needed and crowd.speakers > needed[1]:
        raise RuleBroken(_("No more than %(most)d speak for the others. Take somebody's mark away first.") % {"most": needed[1]})
    return line


@transaction.atomic
def claim(dispute: Dispute, *, amount: Decimal, by: User) -> Dispute:
    """Correct what is claimed altogether; never below what single workers claim, or what has been paid already."""
    held = hold(dispute, by)
    each = held.claimants.aggregate(sum=Sum("claimed"))["sum"] or Decimal(0)
    paid = received_of(held)
    if amount < max(each, paid):
        raise RuleBroken(
            _("Single workers claim %(each)s and %(paid)s has been paid; the whole is not less.")
            % {"each": f"{each:,.2f}", "paid": f"{paid:,.2f}"}
        )
    Dispute.objects.filter(pk=held.pk).update(claimed=amount)
    dispute.refresh_from_db()
    return dispute
