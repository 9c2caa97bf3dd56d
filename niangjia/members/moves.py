"""Reading who comes and goes: people on their way, requests for them, and the pools of federations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from niangjia.access.models import User
from niangjia.flow.models import Clock
from niangjia.kit.who import permitted
from niangjia.members.enums import May, Wanted
from niangjia.members.models import Membership, Request
from niangjia.members.queries import matching
from niangjia.unions.models import Union

POOLS = ("chair", "organisation")  # the duties at township level and above that keep a pool


def coming(user: User, text: str = "") -> QuerySet[Membership]:
    """Those whom her unions are to take over."""
    return _found(permitted(user, May.TAKE).filter(left_on=None), text)


def going(user: User, text: str = "") -> QuerySet[Membership]:
    """Those who are on their way out of her unions."""
    return _found(permitted(user, May.EDIT).filter(state="LEAVING", left_on=None), text)


def pooled(user: User, text: str = "") -> QuerySet[Membership]:
    """Those whom federations keep until there is a union where they work."""
    leading = Union.objects.filter(level__lte=3).values("pk")  # some eighty of many thousands
    return _found(permitted(user, May.EDIT).filter(union__in=leading, left_on=None, state="MEMBER"), text)


def in_pool(user: User, uuids: list[UUID]) -> list[Membership]:
    """Those who were ticked, of those whom her federations keep."""
    return list(pooled(user).filter(uuid__in=uuids).order_by("pk"))


def _found(rows: QuerySet[Membership], text: str) -> QuerySet[Membership]:
    if "".join(text.split()):
        rows = rows.filter(matching(text))
    return rows.select_related("union", "to_union")


def requests(user: User, text: str = "", *, answered: bool = False) -> QuerySet[Request]:
    """What her unions ask of others, and others of them."""
    rows: QuerySet[Request] = permitted(user, May.SEE_REQUEST).select_related("union", "source")
    rows = rows.exclude(state=Wanted.ASKED) if answered else rows.filter(state=Wanted.ASKED)
    if text := text.strip():
        rows = rows.filter(Q(name__icontains=text) | Q(union__short_name__icontains=text) | Q(source__short_name__icontains=text))
    return rows


def requests_for(one: Membership) -> list[Request]:
    """The unions that ask for her now."""
    return list(Request.objects.filter(membership=one, state=Wanted.ASKED).select_related("union").order_by("pk"))


def ends(kind: str, code: str, rows: Iterable[int]) -> dict[int, tuple[datetime, datetime | None]]:
    """Of the things on a page, when a clock ends and from when it is yellow: one query."""
    held = Clock.objects.filter(kind=kind, code=code, thing_id__in=list(rows), stopped_at=None)
    return {pk: (due, warn) for pk, due, warn in held.values_list("thing_id", "due_at", "warn_at")}
