"""Who asks, and who answers: an office asks in the name of its own union; a union's own people answer, or the township on its behalf."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q

from niangjia.asked.enums import May
from niangjia.asked.models import Addressed, Request
from niangjia.kit.who import NOBODY, Who, grant
from niangjia.unions.api import ADMINISTRATORS, in_scope, under
from niangjia.unions.models import Union

ASKERS = frozenset({"leader", "office", "organisation", "rights", "economy", "publicity", "women", "finance", "audit", "centre", "staff"})
EVERY = frozenset({"chair", "leader", "office"})  # who acts for every office of a union
LEADS = 3  # a township: what stands below does not ask


def _seat_asks(seat: Any, union: str, office: str) -> Q:
    """The rows that an office of a leading union made, or may make."""
    if seat.level > LEADS or seat.duty not in ASKERS | EVERY:
        return NOBODY
    mine = Q(**{union: seat.union_id})
    return mine if seat.duty in EVERY or not office else mine & Q(**{office: seat.duty})


def _asks(union: str, office: str) -> Who:
    def ask(user: Any, _model: type[Model]) -> Q:
        said = NOBODY
        for seat in user.seats:
            said |= _seat_asks(seat, union, office)
        return said

    return Who(ask, "the asking office of this very union, its chair, leader or office")


def _addressed(user: Any, _model: type[Model]) -> Q:
    """Requests that went out to a union under one of her seats."""
    said = NOBODY
    for seat in user.seats:
        if seat.duty not in ADMINISTRATORS:
            said |= Q(pk__in=Addressed.objects.filter(under(seat, Addressed)).values("request"))
    return said & ~Q(state="DRAFT")


def _answers(user: Any, _model: type[Model]) -> Q:
    """What a union was asked: its own people, and those of the township, county or city directly above, who then give it on its behalf."""
    said = NOBODY
    for seat in user.seats:
        if seat.level > LEADS and seat.duty not in ADMINISTRATORS | {"informant"}:
            said |= Q(union_id__in=seat.within)
        elif seat.level <= LEADS and seat.duty in ASKERS | EVERY:
            above = {3: Q(township=seat.union_id), 2: Q(county=seat.union_id), 1: Q(county=None, township=None)}
            said |= Q(union_id=seat.union_id) | above[seat.level]
    return said


addressed = Who(_addressed, "any office at or above a union that it went out to")
answers = Who(_answers, "an office of the union itself, or of the township or county above on its behalf")

# fmt: off
grant(Union, {
    May.ASK: _asks("pk", ""),
})
grant(Request, {
    May.SEE:     in_scope | addressed,
    May.COMPOSE: _asks("union_id", "office"),
})
grant(Addressed, {
    May.SEE_ANSWER: in_scope,
    May.ANSWER:     answers,
    May.SEND_BACK:  _asks("request__union_id", "request__office"),
})
# fmt: on
