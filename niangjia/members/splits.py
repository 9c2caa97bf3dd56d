"""Where the members of a union go that is split: by name, else with the unit in which they work, else they stay."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, Subquery, When

from niangjia.access.models import User
from niangjia.kit.who import permitted
from niangjia.members.enums import May, State
from niangjia.members.models import Going, Membership
from niangjia.members.queries import matching
from niangjia.unions.models import Split, SplitPart, SplitUnit


def members(one: Split) -> QuerySet[Any]:
    """All members of the union, each with the part to which she goes (`goes`; none: she stays)."""
    named = Going.objects.filter(split=one, membership=OuterRef("pk")).values("part")
    unit = SplitUnit.objects.filter(split=one, employer=OuterRef("employer")).values("part")
    goes = Case(When(Exists(named), then=Subquery(named[:1])), default=Subquery(unit[:1]))
    rows = Membership.objects.filter(union=one.union_id, left_on=None, state__in=[State.MEMBER, State.LEAVING])
    return rows.annotate(goes=goes)


def listed(user: User, one: Split, view: str, text: str) -> QuerySet[Any]:
    """Those whom a person may list, narrowed by where they go and by name."""
    rows = permitted(user, May.LIST, members(one))
    if view == "stay":
        rows = rows.filter(goes=None)
    elif view:
        rows = rows.filter(goes__in=[part.pk for part in SplitPart.objects.filter(split=one) if str(part.uuid) == view])
    rows = rows.select_related("employer")
    return rows.filter(matching(text)) if text.strip() else rows


def counts(one: Split) -> dict[int | None, int]:
    """How many go to each part, and how many stay (none); before it is done."""
    return dict(members(one).order_by().values("goes").annotate(n=Count("pk")).values_list("goes", "n"))


def carried(one: Split) -> dict[int | None, int]:
    """How many went to each part, once it is done: those who came there on its day."""
    there = Membership.objects.filter(union__split_parts__split=one, joined_on=one.approved_on, how="TRANSFER")
    return dict(there.values("union__split_parts").annotate(n=Count("pk")).values_list("union__split_parts", "n"))


def going_to(one: Split) -> dict[int, list[int]]:
    """By part, the memberships that go there."""
    found: dict[int, list[int]] = {}
    for pk, part in members(one).filter(goes__isnull=False, state=State.MEMBER).order_by().values_list("pk", F("goes")):
        found.setdefault(part, []).append(pk)
    return found
