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
from niangjia.kit.errors import Refused
from niangjia.kit.who import allows
from niangjia.rights.actions.limiting import relimit
from niangjia.rights.enums import May
from niangjia.rights.models import Dispute, Reckoning
from niangjia.rights.queries.reckoning import reckon
from niangjia.rights.reckoned import Kind
from niangjia.rights.reckoning import packed


@transaction.atomic
def attach_reckoning(dispute: Dispute, kind: str, said: Mapping[str, Any], *, by: User) -> Reckoning:
    """Keep the answer of a kind to what was filled in, by the rules that hold where the dispute is handled."""
    if not allows(by, May.MEDIATE, dispute):
        raise Refused(_("Reckonings are put to a dispute by the mediator or by the rights office."))
    found = reckon(kind, said, place_of(dispute))
    answer = found.answer
    made = Reckoning.objects.create(
        dispute=dispute, kind=kind, version=answer.version, inputs={name: _kept(value) for name, value in said.items()}, answer=packed(answer),
        rules=found.rules, amount=answer.amount, most=answer.most, day=answer.day, by=by, at=now(),
    )  # fmt: skip
    if kind == Kind.LIMITATION:
        relimit(dispute)
    return made


def _kept(value: Any) -> Any:
    """A value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
