"""Who proposes a value, who signs it: never the same person, and never who runs the system alone."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q

from niangjia.files.api import guard
from niangjia.kit.who import Who, grant, who
from niangjia.rulebook.enums import May
from niangjia.rulebook.models import Setting
from niangjia.unions.api import holds, under
from niangjia.unions.models import Union

PROPOSERS = ("office", "organisation", "rights", "economy", "publicity", "women", "finance", "centre")


def _runs(user: Any, model: type[Model]) -> Q:
    said = Q(pk__in=())
    for seat in user.seats:
        if seat.duty == "system":
            said |= under(seat, model)
    return said


runs = Who(_runs, "system administrator here or above")


@who
def anybody_in_office(user: Any) -> Q:
    """Whoever holds any office: what is set is no secret."""
    return ~Q(pk__in=()) if user.seats else Q(pk__in=())


@who
def the_proposer(user: Any) -> Q:
    """Whoever proposed it."""
    return Q(made_by=user)


# fmt: off
grant(Union, {
    May.PROPOSE:  holds(*PROPOSERS) | runs,  # asked of the union whose place it is; the parameter says which office's matter it is
})
grant(Setting, {
    May.VIEW:     anybody_in_office,
    May.SIGN:     holds("leader") & ~the_proposer,  # a second pair of eyes
    May.WITHDRAW: holds("leader") | the_proposer,
})
# fmt: on
guard(Setting, May.VIEW)
