"""Reading people who may be one, and what hangs on a person."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q, QuerySet

from niangjia.access.models import User
from niangjia.flow.models import Move
from niangjia.kit.pointing import pointing
from niangjia.kit.who import permitted
from niangjia.members.enums import Alike, May, State
from niangjia.members.models import Likeness, Membership, Person


def hangs_on(*, but: tuple[type[Model], ...]) -> list[tuple[type[Model], str]]:
    """The models anywhere in the house, with the column, whose rows are about a person: whatever floor is built above is found too."""
    return [(model, field.name) for along in (False, True) for model, field in pointing(Person, *but, along=along)]


def open_spells(person: Person) -> list[Membership]:
    """Her memberships that run."""
    return list(Membership.objects.filter(person=person, left_on=None).exclude(state=State.REFUSED).select_related("union").order_by("pk"))


def likenesses(user: User, text: str, *, judged: bool) -> QuerySet[Likeness]:
    """The pairs that she judges, or that were judged."""
    rows: QuerySet[Likeness] = permitted(user, May.SEE_LIKENESS).select_related("union")
    rows = rows.exclude(state=Alike.FOUND) if judged else rows.filter(state=Alike.FOUND)
    return rows.filter(name__icontains=text.strip()) if text.strip() else rows


def seconds(user: User) -> QuerySet[Membership]:
    """Second memberships in her unions: counted nowhere, beside the first ones that are."""
    return permitted(user, May.EDIT).filter(primary=False, left_on=None, state="MEMBER").select_related("union")


def firsts(rows: list[Membership]) -> dict[int, Membership]:
    """The first memberships of some people, by person: one query for a page."""
    held = Membership.objects.filter(
        person__in=[one.person_id for one in rows], primary=True, left_on=None, state__in=["MEMBER", "LEAVING"]
    )
    return {one.person_id: one for one in held.select_related("union")}


def moves_along(person: Person) -> list[tuple[Any, int]]:
    """What would move with a person: the names of the kinds, and how many of each."""
    counted = [
        (model._meta.verbose_name, model._default_manager.filter(**{column: person}).count())
        for model, column in hangs_on(but=(Likeness, Person))
    ]
    return [(name, n) for name, n in counted if n]


def since_merged(one: Likeness) -> list[Move]:
    """What was done to the memberships that moved, since they moved: it stays done if the merger is undone."""
    rows = one.moved.get("members.membership.person", [])
    if one.merged_at is None or not rows:
        return []
    found = Move.objects.filter(Q(kind="members.membership", thing_id__in=rows, at__gt=one.merged_at)).select_related("by")
    return list(found.order_by("pk")[:50])
