"""A reckoning is put to a dispute: found anew from what was filled in, and kept with the way to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.kit.answer import place_of
from niangjia.kit.dates import now
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.rights.actions.limiting import relimit
from niangjia.rights.enums import May
from niangjia.rights.models import Claimant, Dispute, Reckoning
from niangjia.rights.queries.reckoning import reckon
from niangjia.rights.reckoned import Kind
from niangjia.rights.reckoning import packed


@transaction.atomic
def attach_reckoning(
    dispute: Dispute, kind: str, said: Mapping[str, Any], *, by: User, worker: Claimant | None = None, claim: str = ""
) -> Reckoning:
    """Keep the answer of a kind to what was filled in, by the rules that hold where the dispute is handled.

    `worker` says whose it is, and `claim` which of her claims it reckons: she reads it on her own page. Where one alone claims, it is hers.
    """
    if not allows(by, May.MEDIATE, dispute):
        raise Refused(_("Reckonings are put to a dispute by the mediator or by the rights office."))
    if worker is None:
        alone = list(dispute.claimants.all()[:2])
        worker = alone[0] if len(alone) == 1 else None
    elif worker.dispute_id != dispute.pk:
        raise RuleBroken(_("Choose a worker of this dispute."))
    found = reckon(kind, said, place_of(dispute))
    answer = found.answer
    made = Reckoning.objects.create(
        dispute=dispute, claimant=worker, claim=claim if worker else "", kind=kind, version=answer.version, inputs={name: _kept(value) for name, value in said.items()}, answer=packed(answer),
        rules=found.rules, amount=answer.amount, most=answer.most, day=answer.day, by=by, at=now(),
    )  # fmt: skip
    if kind == Kind.LIMITATION:
        relimit(dispute)
    return made


def _kept(value: Any) -> Any:
    """A value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
