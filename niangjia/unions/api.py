"""What other apps may ask of unions."""

from __future__ import annotations

from niangjia.unions.actions import (
    Facts,
    abolish,
    appoint,
    approve,
    begin,
    correct,
    cover,
    dismiss,
    employer_for,
    found,
    place,
    re_elect,
    reorganise,
    reparent,
    set_up,
    uncover,
)
from niangjia.unions.enums import ADMINISTRATORS, GRASSROOTS, Duty, Kind, Turn
from niangjia.unions.fields import UnionField
from niangjia.unions.models import open_on, place_of
from niangjia.unions.permissions import chairs, holds, holds_above, in_scope, under
from niangjia.unions.queries import Seat, answerable, find, hearing, office_holders, reach, seats_of
from niangjia.unions.rehearsal import Branch, Plan, Shift, Side
from niangjia.unions.rules import level_under, term_end
from niangjia.unions.scope import scoped

__all__ = [
    "ADMINISTRATORS",
    "GRASSROOTS",
    "Branch",
    "Duty",
    "Facts",
    "Kind",
    "Plan",
    "Seat",
    "Shift",
    "Side",
    "Turn",
    "UnionField",
    "abolish",
    "answerable",
    "appoint",
    "approve",
    "begin",
    "chairs",
    "correct",
    "cover",
    "dismiss",
    "employer_for",
    "find",
    "found",
    "hearing",
    "holds",
    "holds_above",
    "in_scope",
    "level_under",
    "office_holders",
    "open_on",
    "place",
    "place_of",
    "re_elect",
    "reach",
    "reorganise",
    "reparent",
    "scoped",
    "seats_of",
    "set_up",
    "term_end",
    "uncover",
    "under",
]
