"""Reading who is to be expelled, or was."""

from __future__ import annotations

from django.db.models import QuerySet

from niangjia.access.models import User
from niangjia.kit.who import permitted
from niangjia.members.enums import Expelling, May
from niangjia.members.models import Expulsion, Membership

WAITING = (Expelling.PROPOSED, Expelling.DECIDED)


def expulsions(user: User, text: str, *, over: bool) -> QuerySet[Expulsion]:
    """What is to be decided or filed, or is over."""
    rows: QuerySet[Expulsion] = permitted(user, May.SEE_EXPULSION).select_related("union")
    rows = rows.exclude(state__in=WAITING) if over else rows.filter(state__in=WAITING)
    return rows.filter(name__icontains=text.strip()) if text.strip() else rows


def of_membership(one: Membership) -> Expulsion | None:
    """The proposal that runs, or what it came to."""
    return Expulsion.objects.filter(membership=one).order_by("-pk").first()
