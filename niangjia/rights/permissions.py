"""Who may do what with events and disputes. Lists, pages, buttons and the interface all read this table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q

from niangjia.files.api import guard
from niangjia.kit.who import NOBODY, Who, grant
from niangjia.rights.enums import May
from niangjia.rights.models import Dispute, Event
from niangjia.unions.api import holds, in_scope, under
from niangjia.unions.models import Union

RIGHTS = frozenset({"rights", "chair"})  # a chair answers for rights, in a federation and in a firm
REPORTERS = frozenset({"rights", "chair", "informant", "office", "centre"})


def _seats(user: Any, model: type[Model], line: Callable[[Any], Q | None]) -> Q:
    said = NOBODY
    for seat in user.seats:
        if seat.duty in RIGHTS and (found := line(seat)) is not None:
            said |= under(seat, model) & found
    return said


def _reached(seat: Any) -> Q | None:
    """Events that have not climbed beyond an office: one that stands at the county is not the township's to send on or to close."""
    if seat.level == 1:
        return Q()
    return Q(rung__gte=str(min(seat.level, 4)))


rights_office = Who(
    lambda user, model: _seats(user, model, lambda seat: Q() if seat.level <= 3 else None),
    "the rights office of a township, county or city here or above",
)
at_its_rung = Who(lambda user, model: _seats(user, model, _reached), "the rights office at the rung it has reached, or above")
leading = Who(
    lambda user, model: _seats(user, model, lambda seat: _reached(seat) if seat.level <= 3 else None),
    "the rights office of a township, county or city at the rung it has reached, or above",
)
mediator = Who(lambda user, _model: Q(mediator=user), "its mediator")
office = holds(*sorted(RIGHTS))

# fmt: off
grant(Event, {
    May.SEE_EVENT:     in_scope,
    May.CONFIRM_EVENT: rights_office,
    May.RAISE_EVENT:   at_its_rung,
    May.FOLLOW_EVENT:  holds(*sorted(REPORTERS)),
    May.HANDLE_EVENT:  rights_office,
    May.CLOSE_EVENT:   leading,           # an event is closed where it was last reported to
})
grant(Dispute, {
    May.SEE_DISPUTE:    in_scope | mediator,
    May.SEE_CLAIMANTS:  office | mediator,
    May.EXPORT_CLAIMANTS: office,
    May.ACCEPT_DISPUTE: office,
    May.MEDIATE:        office | mediator,
    May.RECEIPT:        office | mediator,
    May.CLOSE_DISPUTE:  office & ~mediator,  # a second pair of eyes on what was paid
})
grant(Union, {
    May.REPORT_EVENT: holds(*sorted(REPORTERS)),
    May.OPEN_DISPUTE: holds("centre", *sorted(RIGHTS)),
})
# fmt: on
guard(Event, May.SEE_EVENT)
guard(Dispute, May.SEE_CLAIMANTS)
