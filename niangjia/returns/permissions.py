"""Who fills a return, and who signs it: the union's own people. Whoever works for it or above it reads it."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q

from niangjia.kit.who import NOBODY, Who, grant
from niangjia.returns.enums import May
from niangjia.returns.models import AnnualReturn, Survey
from niangjia.unions.api import holds_above, in_scope
from niangjia.unions.models import Union

LOWEST = 3  # a township: below it each union fills in a survey of its own


def its_own(*duties: str) -> Who:
    """Whoever holds one of these offices in the very union, township, county or city, or is its chair: nobody above fills in or signs for her."""

    def ask(user: Any, model: type[Model]) -> Q:
        key = "pk" if model is Union else "union_id"
        mine = [seat.union_id for seat in user.seats if seat.level <= LOWEST and (seat.duty in duties or seat.duty == "chair")]
        return Q(**{f"{key}__in": mine}) if mine else NOBODY

    return Who(ask, "holds " + " or ".join(duties) + " in this very union")


def _of_the_union(user: Any, _model: type[Model]) -> Q:
    mine = [seat.union_id for seat in user.seats if seat.level > LOWEST and seat.duty in ("chair", "organisation")]
    return Q(union_id__in=mine) if mine else NOBODY


# fmt: off
grant(Union, {
    May.BEGIN: its_own("organisation"),
})
grant(AnnualReturn, {
    May.SEE:      in_scope,
    May.FILL:     its_own("organisation"),
    May.SIGN:     its_own("leader"),
    May.WITHDRAW: its_own("organisation", "leader"),
    May.RETURN:   holds_above("organisation"),
})
grant(Survey, {
    May.SEE_SURVEY: in_scope,
    May.CONFIRM:    Who(_of_the_union, "is chair of this very union, or keeps its register"),
    May.VOUCH:      holds_above("organisation"),  # a township does it for a union, and says why
})
# fmt: on
