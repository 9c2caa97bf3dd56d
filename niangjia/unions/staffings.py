"""Reading the yearly checks of township federations: those that a person sees, those that are missing, how a year stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from niangjia.access.models import User
from niangjia.kit.answer import answer
from niangjia.kit.dates import add_months, today
from niangjia.kit.who import permitted
from niangjia.unions.ballots import late, within
from niangjia.unions.enums import Manning, May
from niangjia.unions.models import StaffCheck, Union
from niangjia.unions.parameters import STAFF_EVERY, STAFF_GRACE
from niangjia.unions.queries import leading

RUNNING = (Manning.ASKED, Manning.SENT)


@dataclass(frozen=True)
class Ask:
    """What the list is narrowed by."""

    text: str = ""
    view: str = ""  # missing, wait, short, late, all
    year: str = ""
    state: str = ""
    under: str = ""


def years(user: User) -> list[int]:
    """The years of which a person may see checks, the last first."""
    return list(permitted(user, May.SEE_STAFFING).order_by("-year").values_list("year", flat=True).distinct())


def listed(user: User, ask: Ask) -> QuerySet[StaffCheck]:
    """The checks that a person may see, narrowed."""
    rows: QuerySet[StaffCheck] = permitted(user, May.SEE_STAFFING).select_related("union", "county").exclude(state=Manning.DROPPED)
    if ask.year.isdecimal() and len(ask.year) == len("2026"):
        rows = rows.filter(year=int(ask.year))
    if ask.state:
        rows = rows.filter(state=ask.state)
    if ask.under:
        rows = rows.filter(within(ask.under))
    if text := ask.text.strip():
        rows = rows.filter(Q(reference__icontains=text) | Q(union__name__icontains=text) | Q(union__code=text))
    views = {
        "missing": Q(state=Manning.ASKED), "wait": Q(state=Manning.SENT), "late": Q(pk__in=late("unions.staffcheck")),
        "short": Q(state__in=[Manning.SENT, Manning.CONFIRMED]) & (Q(chair_ok=False) | Q(staff_ok=False)),
    }  # fmt: skip
    return rows.filter(views.get(ask.view, Q()))


@dataclass(frozen=True)
class Stand:
    """How a year stands: how many were asked, filled in, confirmed, and found to have what they need."""

    year: int
    all: int
    sent: int
    confirmed: int
    met: int


def stand(rows: QuerySet[StaffCheck], year: int) -> Stand:
    """How some checks of a year stand; they are one a township, some dozens."""
    said = rows.filter(year=year).aggregate(
        all=Count("pk"), sent=Count("pk", filter=Q(state=Manning.SENT)), confirmed=Count("pk", filter=Q(state=Manning.CONFIRMED)),
        met=Count("pk", filter=Q(state=Manning.CONFIRMED, chair_ok=True, staff_ok=True)),
    )  # fmt: skip
    return Stand(year, **said)


def history(one: StaffCheck) -> list[StaffCheck]:
    """The checks of a township, the last year first."""
    return list(StaffCheck.objects.filter(union=one.union_id).select_related("filled_by", "confirmed_by").order_by("-year"))


def places(user: User) -> list[Union]:
    """The counties by which a person may narrow."""
    return [one for one in leading(user) if one.kind == "11"]


def asks(user: User) -> bool:
    """Whether a person may ask the townships below her for the check of this year."""
    return any(seat.level <= 2 and seat.duty in ("organisation", "chair") for seat in user.seats)


def lapsed_before() -> date:
    """The day up to which a confirmed check has lapsed by now: a year and the grace have passed."""
    every, grace = (answer(one, today(), ()).value for one in (STAFF_EVERY, STAFF_GRACE))
    return add_months(today(), -every.count) - timedelta(days=grace.count)
