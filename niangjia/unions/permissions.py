"""Who may do what with a union, and the question that every floor above asks: who holds an office here or above."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q

from niangjia.files.api import guard
from niangjia.gazette.api import notices_guard
from niangjia.kit.who import Scope, Who, grant
from niangjia.unions.enums import ADMINISTRATORS, May
from niangjia.unions.models import (
    Certification,
    Election,
    Employer,
    Founding,
    Line,
    Reorganisation,
    Settlement,
    SheetImport,
    Split,
    StaffCheck,
    TaxList,
    Taxpayer,
    Union,
)

ALL = ~Q(pk__in=())
NONE = Q(pk__in=())
APART = ADMINISTRATORS  # who runs the house, grants and reads the logs does not read the files


def under(seat: Any, model: type[Model]) -> Q:
    """The rows that stand at a seat's union or below it."""
    scope: Scope = getattr(model, "scope", Scope())
    if seat.level == 1:
        return ALL
    if seat.level == 2:
        return Q(**{scope.county: seat.union_id})
    if seat.level == 3:
        return Q(**{scope.township: seat.union_id})
    return Q(**{f"{scope.union}__in": seat.within})


def _any(user: Any, model: type[Model], matches: Any) -> Q:
    said = NONE
    for seat in user.seats:
        if seat.duty not in APART and matches(seat):
            said |= under(seat, model)
    return said


def holds(*duties: str) -> Who:
    """Whoever holds one of these offices in the row's union or one above; a chair of township level or above holds every office."""
    wanted = set(duties)

    def ask(user: Any, model: type[Model]) -> Q:
        return _any(user, model, lambda seat: seat.duty in wanted or (seat.duty == "chair" and seat.level <= 3))

    return Who(ask, "holds " + " or ".join(duties) + " here or above")


def holds_above(*duties: str) -> Who:
    """Whoever holds one of these offices in a union of township level or above, over the row's union; never the union's own people."""
    wanted = set(duties)

    def ask(user: Any, model: type[Model]) -> Q:
        scope: Scope = getattr(model, "scope", Scope())
        said = NONE
        for seat in user.seats:
            if seat.level <= 3 and (seat.duty in wanted or seat.duty == "chair"):
                said |= under(seat, model) & ~Q(**{scope.union: seat.union_id})
        return said

    return Who(ask, "holds " + " or ".join(duties) + " above")


def _grants(user: Any, model: type[Model]) -> Q:
    said = NONE
    for seat in user.seats:
        if seat.duty == "security":
            said |= under(seat, model)
    return said


granting = Who(_grants, "security administrator here or above")
in_scope = Who(lambda user, model: _any(user, model, lambda _seat: True), "any office here or above")
chairs = Who(lambda user, model: _any(user, model, lambda seat: seat.duty == "chair"), "chair here or above")


def _concerned(user: Any, _model: type[Model]) -> Q:
    """Reorganisations that touch a union under one of her seats, once they are more than a draft."""
    said = NONE
    for seat in user.seats:
        if seat.duty not in APART:
            mine = Union.objects.filter(under(seat, Union)).values("pk")
            lines = Line.objects.filter(Q(union__in=mine) | Q(target__in=mine) | Q(was__in=mine))
            said |= Q(pk__in=lines.values("reorganisation"))
    return said & ~Q(state="DRAFT")


concerned = Who(_concerned, "any office at or above a union that it touches, once it is rehearsed")
planning = holds("organisation")
merging = Who(
    lambda user, model: _any(user, model, lambda seat: seat.level <= 3 and seat.duty in {"organisation", "chair"}),
    "holds organisation at township level or above",
)
filing = holds("organisation", "office")

# fmt: off
grant(Union, {
    May.VIEW:       in_scope | granting,  # who grants offices sees the unions, and nothing that lies in them
    May.EDIT:       holds("chair", "organisation", "office"),
    May.FOUND:      holds("organisation"),          # asked of the parent under which it is founded
    May.CONFIRM:    holds_above("organisation"),
    May.REORGANISE: holds_above("organisation"),
    May.APPOINT:    holds("chair", "organisation") | granting,
    May.PLAN:       planning,                       # asked of the union above all that are concerned
    May.RESTRUCTURE: holds_above("organisation", "leader"),
})
grant(Reorganisation, {
    May.SEE_REORGANISATION: in_scope | concerned,
    May.REHEARSE:           planning,
    May.SIGN:               holds("organisation", "leader"),
})
grant(Founding, {
    May.SEE_FOUNDING: in_scope,
    May.FILE:         filing,
    May.GRANT:        planning,
    May.REGISTER:     planning,
})
grant(Union, {May.FOLLOW: filing})
grant(Settlement, {May.SEE_SETTLEMENT: in_scope})
grant(Union, {May.CERTIFY: holds_above("organisation")})
grant(Certification, {May.SEE_CERTIFICATION: in_scope})
grant(Split, {
    May.SEE_SPLIT:    in_scope,
    May.SPLIT:        holds("chair", "organisation", "office"),
    May.DECIDE_SPLIT: holds_above("organisation"),
})
grant(Election, {
    May.SEE_ELECTION: in_scope,
    May.ELECT:        holds("chair", "organisation", "office"),  # asked of the union by May.EDIT before there is an election
    May.EXAMINE:      holds_above("organisation"),
})
grant(Employer, {
    May.SEE_EMPLOYER:  in_scope,
    May.EDIT_EMPLOYER: holds("organisation", "office"),
    May.MERGE_EMPLOYER: merging,
})
grant(Union, {May.TAKE_SHEET: planning})
grant(SheetImport, {
    May.SEE_SHEET:  planning,
    May.WORK_SHEET: planning,
})
grant(Union, {May.TAKE_TAX: planning})
grant(TaxList, {May.SEE_TAX_LIST: planning})
grant(Taxpayer, {
    May.SEE_TAX:  holds("organisation", "office", "leader"),
    May.WORK_TAX: filing,
})
grant(StaffCheck, {
    May.SEE_STAFFING:     in_scope,
    May.FILL_STAFFING:    holds("chair", "organisation", "office"),
    May.CONFIRM_STAFFING: holds_above("organisation"),
})
# fmt: on
guard(StaffCheck, May.SEE_STAFFING)
guard(Reorganisation, May.SEE_REORGANISATION)
guard(Settlement, May.SEE_SETTLEMENT)
guard(Certification, May.SEE_CERTIFICATION)
guard(Split, May.SEE_SPLIT)
guard(Election, May.SEE_ELECTION)
guard(Founding, May.SEE_FOUNDING)
guard(SheetImport, May.SEE_SHEET)
notices_guard(Election, see=May.SEE_ELECTION, answer=May.ELECT)
notices_guard(Union, see=May.VIEW, answer=May.EDIT)
