"""Reading who has paid what, and who might be deemed to have left."""

from __future__ import annotations

from django.db.models import QuerySet

from niangjia.access.models import User
from niangjia.kit.dates import add_months, today
from niangjia.kit.who import condition, permitted
from niangjia.members.enums import Lapsing, May
from niangjia.members.models import Lapse, Membership
from niangjia.members.queries import Ask, listed
from niangjia.unions.models import Union

OPEN = (Lapsing.FOUND, Lapsing.TALKED)


def owing(user: User, text: str, under: str, months: int) -> QuerySet[Membership]:
    """The members whose dues she enters; with `months`, those who are behind by as many at least, the longest first by whoever pages them."""
    rows = listed(user, Ask(text=text, standing="ACTIVE", under=under)).filter(condition(user, May.EDIT), primary=True)
    return rows.filter(dues_until__lt=add_months(today().replace(day=1), -months)) if months else rows


def lapses(user: User, text: str, *, decided: bool) -> QuerySet[Lapse]:
    """Who is to be talked with and decided on, or was."""
    rows: QuerySet[Lapse] = permitted(user, May.SEE_LAPSE).select_related("union")
    rows = rows.exclude(state__in=OPEN) if decided else rows.filter(state__in=OPEN)
    return rows.filter(name__icontains=text.strip()) if text.strip() else rows


def those(user: User, uuids: list[object]) -> list[Membership]:
    """The memberships that were ticked, of those that she may open."""
    return list(permitted(user, May.LIST).filter(uuid__in=uuids).select_related("union"))


def named(code: str) -> Union | None:
    """The union of a code."""
    return Union.objects.filter(code=code).first() if code else None
