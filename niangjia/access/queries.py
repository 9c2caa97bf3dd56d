"""Reading the log of who saw what."""

from __future__ import annotations

from django.db.models import Model, Q, QuerySet

from niangjia.access.chain import link
from niangjia.access.models import SeenLog, User


def openings(thing: Model) -> QuerySet[SeenLog]:
    """Who opened a thing, the last first."""
    return SeenLog.objects.filter(kind=thing._meta.label_lower, thing_id=thing.pk).select_related("user").order_by("-at")


def broken_at() -> int | None:
    """The first line of the log that does not follow from the one before; None if all do."""
    before = ""
    for line in SeenLog.objects.order_by("pk").iterator():
        said = link(before, line.at.isoformat(), line.user_id, line.act, line.kind, line.thing_id, line.why)
        if line.before != before or line.digest != said:
            return line.pk
        before = line.digest
    return None


def accounts(text: str = "") -> QuerySet[User]:
    """Accounts of staff by name or account; members' come with their membership."""
    rows = User.objects.filter(kind=User.Kind.STAFF)
    if text.strip():
        rows = rows.filter(Q(username__startswith=text.strip().lower()) | Q(name__contains=text.strip()))
    return rows
