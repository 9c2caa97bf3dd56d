"""Reading messages: one person's, the last first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from niangjia.access.models import User
from niangjia.notices.models import Message

ORDER = ("-at", "-id")


def unread(user: User) -> int:
    """How many messages wait to be read."""
    return Message.objects.filter(to=user, read_at=None).count()


@dataclass(frozen=True)
class Counts:
    """How many messages wait, and for what."""

    unread: int
    receipt: int
    plain: int  # unread, and asking for no receipt


def counts(user: User) -> Counts:
    """What waits for a person, in one query."""
    waits, wanted = Q(read_at=None), Q(receipt=True, noted_at=None)
    found = Message.objects.filter(waits | wanted, to=user).aggregate(
        new=Count("pk", filter=waits), asked=Count("pk", filter=wanted), plain=Count("pk", filter=waits & Q(receipt=False))
    )
    return Counts(found["new"], found["asked"], found["plain"])


def receipts(what: str, url: str) -> QuerySet[Message]:
    """Who was told of a thing, when she read it, and when she took note: for the page of that thing."""
    return Message.objects.filter(what=what, url=url).select_related("to").order_by("at", "pk")


def listed(user: User, view: str = "") -> QuerySet[Message]:
    """A person's messages: all, those unread, or those that wait for her receipt."""
    rows = Message.objects.filter(to=user)
    if view == "unread":
        return rows.filter(read_at=None)
    if view == "receipt":
        return rows.filter(receipt=True, noted_at=None)
    return rows
