"""Reading the units that unions cover: of one union, today and before; and the employers of a place that none covers."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from niangjia.kit.dates import today
from niangjia.unions.enums import State
from niangjia.unions.models import Cover, Employer, Union, open_on


def units_of(union: Union, text: str = "", view: str = "") -> QuerySet[Cover]:
    """The units that a union covers; `past`: those that left, `all`: both."""
    rows = union.covers.select_related("employer", "union")
    if view == "past":
        rows = rows.filter(until__lte=today())
    elif view != "all":
        rows = rows.filter(open_on(today()))
    if said := text.strip():
        rows = rows.filter(Q(employer__name__icontains=said) | Q(employer__uscc=said.upper()))
    return rows


def uncovered(at: Union, text: str = "") -> QuerySet[Employer]:
    """The employers of a place that exist and that no union covers, the largest first; narrowed by a part of the name, or the credit code."""
    covers = Cover.objects.filter(open_on(today()), employer=OuterRef("pk")).exclude(union__state=State.ABOLISHED)
    place = at.township_id or (at.pk if at.level == 3 else None)
    rows = (
        Employer.objects.filter(township=place)
        if place
        else Employer.objects.filter(county=at.county_id)
        if at.county_id
        else Employer.objects.all()
    )
    if said := text.strip():
        rows = rows.filter(Q(name__icontains=said) | Q(uscc=said.upper()))
    return rows.filter(closed_on=None, same_as=None).exclude(Exists(covers)).order_by("-employees", "pk")
