"""Who may lay lists beside a register and decide: the organisation office of the register's own level, or above it; nobody else."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q

from niangjia.files.api import guard
from niangjia.kit.who import NOBODY, Who, grant
from niangjia.reconcile.enums import May
from niangjia.reconcile.models import Comparison, Difference
from niangjia.unions.api import holds, under
from niangjia.unions.models import Union

KEEPERS = ("organisation", "chair")


def _keeps(user: Any, model: type[Model]) -> Q:
    """Differences stand at the union where the record is; they belong to whoever keeps the register that the list was laid beside."""
    said = NOBODY
    for seat in user.seats:
        if seat.duty in KEEPERS and seat.level <= 3:
            said |= under(seat, model) & Q(top__level__gte=seat.level)
    return said


keeping = holds("organisation")
kept = Who(_keeps, "organisation office or chair of the register's own level, or above it")

# fmt: off
grant(Union, {
    May.BEGIN:  keeping,
})
grant(Comparison, {
    May.SEE:    keeping,
    May.DECIDE: keeping,
})
grant(Difference, {
    May.SEE_DIFFERENCE: kept,
})
# fmt: on
guard(Comparison, May.SEE)
