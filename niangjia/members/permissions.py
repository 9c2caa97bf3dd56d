"""Who may do what with members and imports. A roster is asked of its union; whoever is to take somebody over sees her meanwhile."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q

from niangjia.files.api import guard
from niangjia.kit.who import NOBODY, Who, grant
from niangjia.members.enums import May
from niangjia.members.models import Application, Batch, Membership
from niangjia.unions.api import chairs, holds, under
from niangjia.unions.models import Union


def _home(user: Any, model: type[Model]) -> Q:
    said = NOBODY
    for seat in user.seats:
        if seat.level > 3:
            said |= under(seat, model)
    return said


def _arrival(user: Any, _model: type[Model]) -> Q:
    said = NOBODY
    for seat in user.seats:
        if seat.duty not in ("chair", "organisation"):
            continue
        if seat.level == 1:
            said |= Q(state="LEAVING")
        elif seat.level == 2:
            said |= Q(state="LEAVING", to_union__county_id=seat.union_id)
        elif seat.level == 3:
            said |= Q(state="LEAVING", to_union__township_id=seat.union_id)
        else:
            said |= Q(state="LEAVING", to_union_id__in=seat.within)
    return said


def opens_the_list(seat: Any) -> bool:
    """Whether an office opens the register of its union and all below: the same words as `reading`, asked of one office."""
    return seat.level > 3 or seat.duty in READERS or seat.duty == "chair"


at_home = Who(_home, "any office in the grassroots union itself")
receiving = Who(_arrival, "chair or organisation office of the union to which she moves, or above it")
keeping = chairs | holds("organisation")
READERS = ("organisation", "office", "rights", "women", "centre")
reading = at_home | holds(*READERS)

# fmt: off
grant(Membership, {
    May.LIST:    reading,  # without those on their way: a list of the whole city must keep to its index
    May.VIEW:    reading | receiving,
    May.EDIT:    keeping,
    May.APPROVE: keeping,
    May.TAKE:    receiving,
    May.REVEAL:  chairs | holds("organisation", "rights"),
    May.EXPORT:  keeping,
})
grant(Application, {
    May.SEE_APPLICATION: keeping,
    May.ADMIT:           keeping,
})
grant(Union, {
    May.APPLY:   keeping,
    May.IMPORT:  keeping,
})
grant(Batch, {
    May.SEE_IMPORT:  keeping,
    May.UNDO_IMPORT: keeping,
    May.FIX_IMPORT:  keeping,  # shows names, and the numbers that are wrong, to whoever may have the file itself back
})
# fmt: on
guard(Batch, May.SEE_IMPORT)
guard(Membership, May.VIEW)
