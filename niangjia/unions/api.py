"""What other apps may ask of unions."""

from __future__ import annotations

from niangjia.unions.actions import (
    Facts,
    appoint,
    approve,
    correct,
    dismiss,
    employer_for,
    found,
    place,
    re_elect,
    reorganise,
    reparent,
    set_up,
)
from niangjia.unions.actions.ending import abolish
from niangjia.unions.actions.first import begin
from niangjia.unions.actions.notices import put_up
from niangjia.unions.actions.staffing import begin as ask_for_staffing
from niangjia.unions.actions.units import cover, uncover
from niangjia.unions.actions.vacant import fall_vacant, holder_back, holder_left
from niangjia.unions.enums import ADMINISTRATORS, GRASSROOTS, Duty, Industry, Kind, Turn
from niangjia.unions.fields import UnionField
from niangjia.unions.models import open_on, place_of
from niangjia.unions.others import gathered, moved
from niangjia.unions.permissions import chairs, holds, holds_above, in_scope, under
from niangjia.unions.queries import Seat, answerable, find, hearing, office_holders, reach, seats_of
from niangjia.unions.rehearsal import Branch, Plan, Shift, Side
from niangjia.unions.rules import level_under, term_end
from niangjia.unions.rules.sheets import union_name
from niangjia.unions.scope import scoped
from niangjia.unions.staffings import lapsed_before
from niangjia.unions.then import offices_then

__all__ = [
    "ADMINISTRATORS",
    "GRASSROOTS",
    "Branch",
    "Duty",
    "Facts",
    "Industry",
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
    "ask_for_staffing",
    "begin",
    "chairs",
    "correct",
    "cover",
    "dismiss",
    "employer_for",
    "fall_vacant",
    "find",
    "found",
    "gathered",
    "hearing",
    "holder_back",
    "holder_left",
    "holds",
    "holds_above",
    "in_scope",
    "lapsed_before",
    "level_under",
    "moved",
    "office_holders",
    "offices_then",
    "open_on",
    "place",
    "place_of",
    "put_up",
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
    "union_name",
]
