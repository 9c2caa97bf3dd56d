"""The shifts of a union, and where somebody is on duty now: the roster and the permission table ask the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from niangjia.kit.answer import answer, place_of
from niangjia.kit.dates import CHINA, day_of, today
from niangjia.rights import parameters, rules
from niangjia.rights.enums import Part
from niangjia.rights.models import Turn
from niangjia.unions.models import Union

DAY = timedelta(days=1)
BESIDE = (Part.SUBSTITUTE.value, Part.LEADER.value)  # on duty whichever shift it is


@dataclass(frozen=True)
class Shifts:
    """When the shifts of a union begin, in minutes after midnight, and by when the night is confirmed."""

    day_from: int
    night_from: int
    confirm_at: int


def shifts(union: Union, on: date | None = None) -> Shifts:
    """As they are set for a place on a day."""
    place, day = place_of(union), on or today()
    found = (answer(one, day, place).value for one in (parameters.DAY_FROM, parameters.NIGHT_FROM, parameters.CONFIRM_AT))
    return Shifts(*found)


def duty_day(union: Union, moment: datetime) -> tuple[str, date]:
    """The shift that runs at a moment, and the day on whose line of the roster it stands."""
    local, set_ = moment.astimezone(CHINA), shifts(union, day_of(moment))
    part, before = rules.shift_of(local.hour * 60 + local.minute, set_.day_from, set_.night_from)
    return part, local.date() - timedelta(days=before)


def stands_at(user: Any, moment: datetime) -> set[int]:
    """The unions for which somebody is on duty at a moment, by their keys: her own, and those below whose night nobody confirmed."""
    days = (day_of(moment) - DAY, day_of(moment))
    found, holds = set(), set()
    for one in Turn.objects.filter(user_id=user.pk, day__in=days).select_related("union"):
        part, day = duty_day(one.union, moment)
        if one.day != day or (one.part not in (part, *BESIDE)):
            continue
        if one.part == part and one.stood_in_at is None:
            holds.add(one.union_id)
        elif one.part in BESIDE:
            found.add(one.union_id)
    if not holds:
        return found
    below = Turn.objects.filter(union__parent__in=holds, day__in=days, part=Part.NIGHT, stood_in_at__isnull=False)
    return found | holds | {one.union_id for one in below.select_related("union") if duty_day(one.union, moment) == (one.part, one.day)}
