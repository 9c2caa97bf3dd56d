"""Reading employers: those that a person sees, narrowed; what is known of one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from niangjia.access.models import User
from niangjia.kit.dates import today
from niangjia.kit.who import permitted
from niangjia.unions.enums import LIVING, May
from niangjia.unions.models import Cover, Employer, EmployerChange, Taxpayer, Union, open_on
from niangjia.unions.queries import below, leading

SHOWN = 20  # lines of a story on its page


@dataclass(frozen=True)
class Ask:
    """What the list is narrowed by."""

    text: str = ""
    view: str = ""  # united, alone, unmatched, differing
    under: str = ""  # the code of a county or township
    category: str = ""
    industry: str = ""
    size: str = ""


def covered() -> Exists:
    """Whether a union that exists covers an employer today."""
    return Exists(Cover.objects.filter(open_on(today()), employer=OuterRef("pk"), union__state__in=LIVING))


def taxed() -> Exists:
    """Whether a firm of the tax side's list is known to be this employer."""
    return Exists(Taxpayer.objects.filter(employer=OuterRef("pk")))


def listed(user: User, ask: Ask) -> QuerySet[Employer]:
    """The employers that a person may see, narrowed; ordered by their names."""
    rows: QuerySet[Employer] = permitted(user, May.SEE_EMPLOYER).select_related("township", "county")
    if ask.under:
        top = Union.objects.filter(code=ask.under, level__lte=3).first()
        rows = rows.filter(below(top)) if top else rows.none()
    for column in ("category", "industry", "size"):
        if said := getattr(ask, column):
            rows = rows.filter(**{column: said})
    if ask.view in ("united", "alone"):
        rows = rows.filter(covered() if ask.view == "united" else ~covered())
    elif ask.view == "unmatched":
        rows = rows.filter(~taxed())
    elif ask.view == "differing":
        rows = rows.filter(Exists(Taxpayer.objects.filter(employer=OuterRef("pk")).exclude(employees=OuterRef("employees"))))
    if text := ask.text.strip():
        rows = rows.filter(Q(name__icontains=text) | Q(uscc=text.upper()))
    return rows


def united(rows: list[Employer]) -> dict[int, list[Union]]:
    """Which unions cover some employers today: one question for a page."""
    found: dict[int, list[Union]] = {}
    covers = (
        Cover.objects.filter(open_on(today()), employer__in=rows, union__state__in=LIVING).select_related("union").order_by("since", "pk")
    )
    for one in covers:
        found.setdefault(one.employer_id, []).append(one.union)
    return found


def places(user: User) -> list[Union]:
    """The counties and townships by which a person may narrow."""
    return [one for one in leading(user) if one.kind in ("11", "12")]


def taxpayers_of(user: User, one: Employer) -> list[Taxpayer]:
    """The firms of the tax side's list that are this employer, as far as somebody may see them."""
    return list(permitted(user, May.SEE_TAX).filter(employer=one).order_by("pk")[:SHOWN])


def covers_of(one: Employer) -> list[Cover]:
    """The unions that cover an employer, or did, the present ones first."""
    return list(one.covers.select_related("union").order_by("-until", "-since")[:SHOWN])


def story_of(one: Employer) -> list[EmployerChange]:
    """What was written otherwise, the newest first."""
    return list(one.changes.select_related("by").order_by("-at", "-pk")[:SHOWN])
