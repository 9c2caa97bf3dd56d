"""Reading what each worker claims, what was agreed and what came: a dispute of sixty workers in a handful of questions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from niangjia.rights.enums import Cause
from niangjia.rights.models import Claim, Claimant, Dispute, Receipt, Share

NOTHING = Decimal(0)


def lines_of(dispute: Dispute) -> QuerySet[Claim]:
    """The lines of a dispute that were written, each with what came on it; in the order in which the workers stand there."""
    came = (
        Share.objects.filter(claim=OuterRef("pk"), receipt__void=False).order_by().values("claim").annotate(sum=Sum("amount")).values("sum")
    )
    rows = Claim.objects.filter(claimant__dispute=dispute).select_related("claimant__person")
    return rows.annotate(received=Coalesce(Subquery(came), NOTHING)).order_by("-claimant__leads", "claimant_id", "kind")


def rest_of(line: Claim) -> Decimal:
    """What is still to come on a line: of what was agreed, or where nothing was agreed yet of what is claimed."""
    due = line.claimed if line.agreed is None else line.agreed
    return max(due - Decimal(getattr(line, "received", 0)), NOTHING)


@dataclass
class Worker:
    """What a worker claims, what was agreed for her and what she got."""

    claimed: Decimal = NOTHING
    agreed: Decimal | None = None
    received: Decimal = NOTHING
    outcome: str = ""
    kinds: list[str] = field(default_factory=list)


@dataclass
class Kind:
    """All claims of one kind in a dispute."""

    kind: str
    workers: int = 0
    claimed: Decimal = NOTHING
    agreed: Decimal | None = None
    received: Decimal = NOTHING
    basis: str = ""


@dataclass
class Account:
    """A dispute's money, by worker and by kind. `loose` is what was claimed for all together, `undivided` what came and nobody's share says whose it is."""

    workers: dict[int, Worker]
    kinds: list[Kind]
    loose: Decimal = NOTHING
    undivided: Decimal = NOTHING


def account_of(dispute: Dispute) -> Account:
    """The money of a dispute in three questions. A worker without lines claims what stands on her row, for the cause of the dispute."""
    workers: dict[int, Worker] = defaultdict(Worker)
    kinds: dict[str, Kind] = {}
    divided = NOTHING
    for line in lines_of(dispute):
        worker, kind = workers[line.claimant_id], kinds.setdefault(line.kind, Kind(line.kind))
        received = Decimal(getattr(line, "received", 0))
        for one in (worker, kind):
            one.claimed += line.claimed
            one.received += received
            if line.agreed is not None:
                one.agreed = (one.agreed or NOTHING) + line.agreed
        worker.kinds.append(line.kind)
        worker.outcome = line.outcome or worker.outcome
        kind.workers += 1
        kind.basis = kind.basis or line.basis
        divided += received
    for pk, claimed in Claimant.objects.filter(dispute=dispute, lines=None).values_list("pk", "claimed"):
        workers[pk] = Worker(claimed, kinds=[dispute.cause])
        if claimed:
            kind = kinds.setdefault(dispute.cause, Kind(dispute.cause))
            kind.claimed += claimed
            kind.workers += 1
    whole = sum((one.claimed for one in workers.values()), NOTHING)
    paid = Receipt.objects.filter(dispute=dispute, void=False).aggregate(sum=Coalesce(Sum("amount"), NOTHING))["sum"] or NOTHING
    order = list(Cause.values)
    return Account(dict(workers), sorted(kinds.values(), key=lambda one: order.index(one.kind)), dispute.claimed - whole, paid - divided)
