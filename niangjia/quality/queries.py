"""Reading what one union's register lacks, as it is now, and what those below it lack, as the books have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from niangjia.access.models import User
from niangjia.kit.who import permitted
from niangjia.quality.checks import CHECKS, Check
from niangjia.quality.enums import May
from niangjia.quality.models import Confirmation
from niangjia.unions.enums import LIVING
from niangjia.unions.models import Union

FIRST = 6  # of each kind that a work list names


@dataclass(frozen=True)
class Found:
    """What one check finds at a union now: how many, and the first of them."""

    check: Check
    many: int
    first: list[Any]


def rows_of(check: Check, union: Union) -> QuerySet[Any]:
    """What a check finds at one union, as it is now; members by the reading of their names."""
    if check.here is not None:
        return check.here(union)
    if check.of_members:
        return check.rows().filter(union=union)
    return check.rows().filter(pk=union.pk)


def work_of(union: Union) -> list[Found]:
    """The work list of one union: live, so that what was put right this minute is gone from it."""
    found = []
    for check in CHECKS.values():
        rows = rows_of(check, union)
        first = list(rows.order_by("name_py", "pk")[: FIRST + 1])
        if first:
            found.append(Found(check, len(first) if len(first) <= FIRST else rows.count(), first[:FIRST]))
    return found


def last_confirmed(union: Union) -> Confirmation | None:
    """When its own people last said that it is right."""
    return Confirmation.objects.filter(union=union).select_related("by").order_by("-on").first()


def below(union: Union) -> QuerySet[Union]:
    """The living unions that stand directly under one; whoever pages them orders them by name."""
    return Union.objects.filter(parent=union, state__in=LIVING)


def seat_of(user: User) -> Union | None:
    """The highest union for whose register somebody answers."""
    return permitted(user, May.SEE).order_by("level", "pk").first()
