"""Reading members in new forms of work: who is to be confirmed, and for whom they work."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from niangjia.access.models import User
from niangjia.kit.answer import asking
from niangjia.kit.dates import add_months, today
from niangjia.kit.who import condition
from niangjia.members.enums import NEW_FORMS, May
from niangjia.members.models import Membership, NewWork, Person
from niangjia.members.parameters import CONFIRM
from niangjia.members.queries import Ask, listed
from niangjia.unions.models import Union


def running() -> QuerySet[Any]:
    """The memberships in force in new forms of work, with the day since which nobody has made sure."""
    rows = Membership.objects.filter(left_on=None, work__in=NEW_FORMS, state__in=["MEMBER", "LEAVING"], standing="ACTIVE", primary=True)
    return rows.annotate(since=Coalesce("confirmed_on", "joined_on"))


def due_rows(union: Union, months: int) -> QuerySet[Any]:
    """Those of one union whose months are over."""
    return running().filter(union=union, since__lte=add_months(today(), -months))


def to_confirm(user: User, text: str, under: str, months: int) -> QuerySet[Membership]:
    """Those of her unions who are to be confirmed; with no months, all in new forms of work."""
    rows = listed(user, Ask(text=text, standing="ACTIVE", under=under, view="newforms")).filter(condition(user, May.EDIT), primary=True)
    rows = rows.annotate(since=Coalesce("confirmed_on", "joined_on"))
    return rows.filter(since__lte=add_months(today(), -months)) if months else rows


def months_of(user: User) -> int:
    """After how many months members are confirmed anew, where she sits; who holds no office sees nobody."""
    return int(asking(user.seats[0].union, today())(CONFIRM).count) if user.seats else 1


def works_of(people: list[int]) -> dict[int, NewWork]:
    """For whom some people work, by person: one query for a page."""
    return {one.person_id: one for one in NewWork.objects.filter(person__in=people)}


def work_of(person: Person) -> NewWork | None:
    """For whom and where one works."""
    return NewWork.objects.filter(person=person).select_related("place").first()
