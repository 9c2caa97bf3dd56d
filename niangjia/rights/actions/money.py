"""Money that workers really got: entered with its paper, made void with a reason, never deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.kit import mask
from niangjia.kit.dates import now, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.rights import rules
from niangjia.rights.actions.claims import ENDED, written_lines
from niangjia.rights.actions.following import follow
from niangjia.rights.actions.limiting import relimit
from niangjia.rights.enums import DisputeState, May, Outcome, SplitBy
from niangjia.rights.models import AidReceipt, Claim, Dispute, Receipt, Share, Slip
from niangjia.rights.queries import received_of, rest_of

PAYING = (  # also while the days stand still, and after it was withdrawn because the employer paid
    DisputeState.MEDIATING, DisputeState.PAUSED, DisputeState.AGREED, DisputeState.PERFORMED, DisputeState.CLOSED, DisputeState.WITHDRAWN,
)  # fmt: skip


@transaction.atomic
def receive(
    dispute: Dispute,
    *,
    amount: Decimal,
    on: date,
    evidence: str,
    by: User,
    split: str = SplitBy.REST,
    parts: Mapping[int, Decimal] | None = None,
    whole: Decimal | None = None,
) -> Receipt:
    """Workers got money: by the day it came, proved by a receipt or a bank slip. One yuan counts once; who got what of it is written beside it.

    `whole` is what the slip is over altogether, where only a part of it is for this case.
    """
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
    number = rules.slip_of(evidence)
    slip = rules.slip_key(number, on)
    _give(held, number, slip, on, amount, whole, by)
    made = Receipt.objects.create(
        dispute=held, received_on=on, amount=amount, evidence=evidence.strip(), slip=slip, by=by, at=now()
    )  # fmt: skip
    divide(made, split=split, parts=parts)
    follow(held)
    relimit(held)
    return made


def _give(held: Dispute, number: str, slip: str, on: date, amount: Decimal, whole: Decimal | None, by: User) -> None:
    """A slip gives no more than it is over, in however many cases it stands. Whoever comes second waits here for the first."""
    if whole is not None and whole < amount:
        raise RuleBroken(_("The paper is over %(whole)s: no more than that came by it.") % {"whole": f"{whole:,.2f}"})
    if not slip:
        if whole is not None and whole > amount:
            raise RuleBroken(_("Write the number of the paper, so that its other parts are known when they are entered."))
        return
    others = before(number, on, amount)
    Slip.objects.bulk_create([Slip(number=slip, total=whole or amount, given=0)], ignore_conflicts=True)
    row = Slip.objects.select_for_update().get(number=slip)
    if row.given == 0 and row.total != (whole or amount):  # nothing of it counts: it is over what the paper says now
        Slip.objects.filter(pk=row.pk).update(total=whole or amount)
        row.total = whole or amount
    others = others or list(Receipt.objects.filter(slip=slip, void=False).select_related("dispute").order_by("pk")[:1])
    if whole is not None and whole != row.total:
        raise RuleBroken(
            _("This paper stands here with %(total)s altogether, not %(whole)s. Compare it; make void what is wrong, then enter it anew.")
            % {"total": f"{row.total:,.2f}", "whole": f"{whole:,.2f}"}
        )
    if row.given + amount <= row.total and not (others and others[0].slip == ""):
        Slip.objects.filter(pk=row.pk).update(given=F("given") + amount)
        return
    other, facts = (others[0] if others else None), {"given": f"{row.given:,.2f}", "total": f"{row.total:,.2f}"}
    if other is not None and other.dispute_id != held.pk and not allows(by, May.SEE_DISPUTE, other.dispute):
        raise RuleBroken(
            _("Of this paper, over %(total)s, %(given)s stand in a case of another union already. One yuan counts once: compare the paper.")
            % facts
        )
    in_aid = other is None and AidReceipt.objects.filter(slip=slip, void=False).exists()
    case = other.dispute.reference if other is not None else _("a case of legal aid") if in_aid else held.reference
    raise RuleBroken(
        _("Of this paper, over %(total)s, %(given)s stand in %(case)s already. One yuan counts once.") % {**facts, "case": case}
    )


def before(number: str, on: date, amount: Decimal) -> list[Receipt]:
    """A payment with the same paper, day and amount that was entered before slips were kept."""
    same = Receipt.objects.filter(received_on=on, amount=amount, void=False, slip="").select_related("dispute")
    return [one for one in same if rules.slip_of(one.evidence) == number][:1]


@transaction.atomic
def redivide(line: Receipt, *, split: str, parts: Mapping[int, Decimal] | None = None, by: User) -> Receipt:
    """Divide a payment among the workers anew: the sum stays, and with it every figure."""
    if not allows(by, May.RECEIPT, line.dispute):
        raise Refused(_("Receipts are entered by the mediator or by the rights office."))
    Dispute.objects.select_for_update(of=("self",)).get(pk=line.dispute_id)
    line.refresh_from_db()
    if line.void:
        raise Overtaken
    line.shares.all().delete()
    divide(line, split=split, parts=parts)
    return line


def divide(line: Receipt, *, split: str, parts: Mapping[int, Decimal] | None = None) -> None:
    """Write who gets what of a payment: in proportion, equally, or by a list of what each worker (by her number here) was paid."""
    lines = [one for one in written_lines(line.dispute) if one.outcome not in ENDED]
    rests = [rest_of(one) for one in lines]
    if split == SplitBy.LIST:
        shares = _by_list(lines, rests, parts or {}, line.amount)
    else:
        shares = (rules.equally if split == SplitBy.EQUAL else rules.in_proportion)(line.amount, rests)
    Share.objects.bulk_create(
        Share(receipt=line, claim_id=one.pk, amount=part) for one, part in zip(lines, shares, strict=True) if part > 0
    )


def _by_list(lines: Sequence[Claim], rests: Sequence[Decimal], parts: Mapping[int, Decimal], amount: Decimal) -> list[Decimal]:
    """What each worker was paid by the list, laid on her lines in their order; the list adds up to the payment."""
    said = sum(parts.values(), Decimal(0))
    if said != amount:
        raise RuleBroken(
            _("The list adds up to %(list)s, and the payment is %(amount)s. They must be the same.")
            % {"list": f"{said:,.2f}", "amount": f"{amount:,.2f}"}
        )
    left = dict(parts)
    shares = []
    for one, rest in zip(lines, rests, strict=True):
        part = min(rest, left.get(one.claimant_id, Decimal(0)))
        shares.append(part)
        if part:
            left[one.claimant_id] -= part
    if beyond := next((pk for pk, rest in left.items() if rest > 0), None):
        name = next((one.claimant.person.name for one in lines if one.claimant_id == beyond), "")
        raise RuleBroken(_("%(name)s would get more than is still to come to her.") % {"name": mask.name(name) or _("Somebody")})
    return shares


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
    AidReceipt.objects.filter(receipt=line, void=False).update(void=True, void_why=why.strip()[:200])
    if line.slip:
        Slip.objects.filter(number=line.slip).update(given=F("given") - line.amount)
    if instead is not None:
        receive(held, amount=instead.amount, on=instead.on, evidence=instead.evidence, by=by)
    follow(held)
    relimit(held)
    performed = held.state == DisputeState.PERFORMED or (held.state == DisputeState.CLOSED and held.outcome == Outcome.MEDIATED)
    if performed and not rules.is_performed(held.agreed or Decimal(0), received_of(held)):
        raise RuleBroken(_("The agreement counts as performed by this receipt. Enter the right one in the same form."))
    line.refresh_from_db()
    return line
