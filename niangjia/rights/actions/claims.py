"""What each worker claims, line by line; how a line ends that does not share the end of the whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.rights.actions.limiting import relimit
from niangjia.rights.actions.parties import claims_changed, hold
from niangjia.rights.enums import DisputeState, LineOutcome, May
from niangjia.rights.models import Claim, Claimant, Dispute
from niangjia.rights.queries import lines_of

ENDED = (LineOutcome.WITHDRAWN, LineOutcome.ARBITRATION, LineOutcome.DROPPED)
PARTING = (DisputeState.MEDIATING, DisputeState.PAUSED, DisputeState.AGREED)  # while some workers settle, others go their way


@dataclass(frozen=True)
class Claimed:
    """One kind of claim of one worker, as it is written down."""

    kind: str
    amount: Decimal
    months: str = ""
    basis: str = ""


def written_lines(dispute: Dispute) -> list[Claim]:
    """The lines of a dispute as rows; who has none yet gets one: what she claims, for the cause of the dispute. The row of the dispute is held."""
    bare = Claimant.objects.filter(dispute=dispute, lines=None, claimed__gt=0).order_by("pk")
    Claim.objects.bulk_create(Claim(claimant=one, kind=dispute.cause, claimed=one.claimed) for one in bare)
    return list(lines_of(dispute))


@transaction.atomic
def write_lines(worker: Claimant, lines: Sequence[Claimed], *, by: User) -> Claimant:
    """What a worker claims, kind by kind: what she claims altogether, and the whole of the dispute, follow."""
    held = hold(worker.dispute, by)
    kinds = [one.kind for one in lines]
    if len(set(kinds)) < len(kinds):
        raise RuleBroken(_("One kind of claim stands there twice. Add its amounts up in one line."))
    if any(one.amount < 0 for one in lines):
        raise RuleBroken(_("A claim is not negative."))
    known = {line.kind: line for line in worker.lines.annotate(came=Sum("shares__amount"))}
    said = {one.kind: one for one in lines}
    for kind, line in known.items():
        if (line.came or 0) > (said[kind].amount if kind in said else 0):
            raise RuleBroken(
                _("%(yuan)s have come on “%(kind)s” already; the claim is not less.")
                % {"yuan": f"{line.came:,.2f}", "kind": line.get_kind_display()}
            )
        if kind not in said:
            line.delete()
    for one in lines:
        facts = {"claimed": one.amount, "months": one.months.strip()[:60], "basis": one.basis.strip()[:120]}
        if one.kind in known:
            Claim.objects.filter(pk=known[one.kind].pk).update(**facts)
        else:
            Claim.objects.create(claimant=worker, kind=one.kind, **facts)
    whole = sum((one.amount for one in lines), Decimal(0))
    more = whole - worker.claimed
    Claimant.objects.filter(pk=worker.pk).update(claimed=whole)
    worker.claimed = whole
    if more:
        claims_changed(held, more)
    relimit(held)
    return worker


@transaction.atomic
def part(dispute: Dispute, *, workers: Collection[int], outcome: str, by: User) -> int:
    """Some workers go another way than the rest: they withdraw, or go to arbitration. Their lines say so, and the case goes on for the others."""
    if not allows(by, May.MEDIATE, dispute):
        raise Refused(_("The mediation is led by its mediator or by the rights office."))
    held = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)
    if held.state not in PARTING:
        raise IllegalStep(f"{held.reference} is {held.state}")
    if outcome not in ENDED:
        raise RuleBroken(_("Say how it ends for these workers."))
    lines = written_lines(held)
    mine = [line.pk for line in lines if line.claimant_id in workers and not line.outcome]
    if not mine:
        raise RuleBroken(_("Choose at least one worker whose claims are still open."))
    if len(mine) == len([line for line in lines if not line.outcome]):
        raise RuleBroken(_("That would be all of them: end the whole case instead."))
    return Claim.objects.filter(pk__in=mine).update(outcome=outcome)
