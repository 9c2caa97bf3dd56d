"""Money that workers really got: entered with its paper, made void with a reason, never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.kit.dates import now, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.rights import rules
from niangjia.rights.enums import DisputeState, May, Outcome
from niangjia.rights.models import Dispute, Receipt
from niangjia.rights.queries import received_of

PAYING = (DisputeState.MEDIATING, DisputeState.AGREED, DisputeState.PERFORMED, DisputeState.CLOSED)


@transaction.atomic
def receive(dispute: Dispute, *, amount: Decimal, on: date, evidence: str, by: User) -> Receipt:
    """Workers got money: by the day it came, proved by a receipt or a bank slip. One yuan counts once."""
    if not allows(by, May.RECEIPT, dispute):
        raise Refused(_("Receipts are entered by the mediator or by the rights office."))
    held = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)
    if held.state not in PAYING:
        raise IllegalStep(f"{held.reference} is {held.state}")
    if amount <= 0:
        raise RuleBroken(_("Write the amount that was paid; to take back a wrong line, make it void."))
    if not evidence.strip():
        raise RuleBroken(_("Name the receipt or bank slip: without a paper it is not counted."))
    if on > today() or on < held.applied_on:
        raise RuleBroken(_("The money came between the application (%(day)s) and today.") % {"day": held.applied_on})
    if Receipt.objects.filter(dispute=held, received_on=on, amount=amount, evidence=evidence.strip(), void=False).exists():
        raise RuleBroken(_("The same paper with this day and amount is entered already. If there are two, write what tells them apart."))
    received = received_of(held)
    if amount > rules.room_left(held.claimed, received):
        raise RuleBroken(
            _(
                "With this, %(sum)s would have been paid of %(claimed)s claimed. Look whether it was entered before; if the claim has grown, correct it first."
            )
            % {"sum": f"{received + amount:,.2f}", "claimed": f"{held.claimed:,.2f}"}
        )
    return Receipt.objects.create(dispute=held, received_on=on, amount=amount, evidence=evidence.strip(), by=by, at=now())


@dataclass(frozen=True)
class Instead:
    """The right line that stands in for a wrong one."""

    amount: Decimal
    on: date
    evidence: str


@transaction.atomic
def void(line: Receipt, *, why: str, by: User, instead: Instead | None = None) -> Receipt:
    """A line was entered by mistake: it stays to be read, and counts no more; the right one may be entered in the same breath."""
    if not allows(by, May.RECEIPT, line.dispute):
        raise Refused(_("Receipts are entered by the mediator or by the rights office."))
    if not why.strip():
        raise RuleBroken(_("Say why it does not count: the line stays, with your reason beside it."))
    held = Dispute.objects.select_for_update(of=("self",)).get(pk=line.dispute_id)
    if not Receipt.objects.filter(pk=line.pk, void=False).update(void=True, void_by=by, void_at=now(), void_why=why.strip()):
        raise Overtaken
    if instead is not None:
        receive(held, amount=instead.amount, on=instead.on, evidence=instead.evidence, by=by)
    performed = held.state == DisputeState.PERFORMED or (held.state == DisputeState.CLOSED and held.outcome == Outcome.MEDIATED)
    if performed and not rules.is_performed(held.agreed or Decimal(0), received_of(held)):
        raise RuleBroken(_("The agreement counts as performed by this receipt. Enter the right one in the same form."))
    line.refresh_from_db()
    return line
