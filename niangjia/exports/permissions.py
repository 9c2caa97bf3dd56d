"""Who may do what with an export: one asks, another of the same office (or its chair or leader), here or above, answers; security and audit watch."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q

from niangjia.exports.enums import May
from niangjia.exports.models import Export
from niangjia.kit.who import NOBODY, Who, grant, who
from niangjia.unions.api import under

ANSWERING = ("chair", "leader")  # besides the office that keeps the list
WATCHING = ("security", "auditlog")


def _answers(user: Any, model: type[Model]) -> Q:
    said = NOBODY
    for seat in user.seats:
        if seat.duty in ANSWERING:
            said |= under(seat, model)
        elif seat.duty not in WATCHING:
            said |= under(seat, model) & Q(duty=seat.duty)
    return said


def _watches(user: Any, model: type[Model]) -> Q:
    said = NOBODY
    for seat in user.seats:
        if seat.duty in WATCHING:
            said |= under(seat, model)
    return said


@who
def asker(user: Any) -> Q:
    """Whoever asked for it."""
    return Q(by_id=user.pk)


office = Who(_answers, "the office that keeps the list, its chair or leader, here or above")
watching = Who(_watches, "security or audit administrator here or above")

# fmt: off
grant(Export, {
    May.VIEW:    asker | office | watching,
    May.APPROVE: office & ~asker,          # two persons
    May.OWN:     asker,
    May.TAKE:    asker,                    # nobody else has the file
    May.DROP:    asker | office,
})
# fmt: on
