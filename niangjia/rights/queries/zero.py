"""Reading the weekly reports: which weeks, what is missing, for how many weeks in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from niangjia.kit.answer import answer, place_of
from niangjia.kit.dates import at, today
from niangjia.rights import parameters, rules
from niangjia.rights.models import Event, ZeroWeek
from niangjia.unions.models import Union

OUT = ("FALSE", "MERGED")
OPEN = Q(state="DUE", late=False)  # still has time: neither given nor missing


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def due_at(union: Union, week: date) -> datetime:
    """By when a township reports on a week: on a day of the week after, at an hour."""
    place, after = place_of(union), week + timedelta(days=7)
    day = answer(parameters.ZERO_DAY, after, place).value
    return at(after + timedelta(days=day - 1), answer(parameters.ZERO_HOUR, after, place).value)


def reported_in(union: Union, week: date) -> int:
    """How many events were reported in a township in a week."""
    return Event.objects.filter(township=union, reported_on__range=(week, week + timedelta(days=6))).exclude(state__in=OUT).count()


def reporting(week: date) -> set[int]:
    """The townships in which events were reported in a week."""
    rows = Event.objects.filter(reported_on__range=(week, week + timedelta(days=6))).exclude(state__in=OUT)
    return {one for one in rows.values_list("township", flat=True) if one is not None}


def missing_in_a_row(union: Union, week: date) -> int:
    """For how many weeks on end, up to this one, a township has said nothing in time."""
    lately = ZeroWeek.objects.filter(union=union, week__lte=week).exclude(OPEN).order_by("-week").values_list("state", "late")[:52]
    return rules.in_a_row([state != "DUE" and not late for state, late in lately])


@dataclass(frozen=True)
class Line:
    """A township over some weeks."""

    union: Union
    weeks: Sequence[ZeroWeek | None]
    row: int  # missing in a row


def weeks_of(first: date) -> list[date]:
    """The weeks of a month: whose Monday lies in it."""
    day = monday(first) if first.weekday() == 0 else monday(first) + timedelta(days=7)
    found = []
    while (day.year, day.month) == (first.year, first.month):
        found.append(day)
        day += timedelta(days=7)
    return found


def grid(unions: Sequence[Union], weeks: Sequence[date]) -> list[Line]:
    """Townships by weeks: two questions, however many."""
    rows = ZeroWeek.objects.filter(union__in=[one.pk for one in unions], week__in=weeks)
    found = {(one.union_id, one.week): one for one in rows}
    past = ZeroWeek.objects.filter(union__in=[one.pk for one in unions], week__gte=today() - timedelta(days=370))
    past = past.exclude(OPEN).order_by("-week")
    given: dict[int, list[bool]] = {}
    for union, state, late in past.values_list("union_id", "state", "late"):
        given.setdefault(union, []).append(state != "DUE" and not late)
    return [Line(one, [found.get((one.pk, week)) for week in weeks], rules.in_a_row(given.get(one.pk, []))) for one in unions]


def townships(union: Union) -> list[Union]:
    """The townships whose reports a federation reads."""
    rows = Union.objects.filter(level=3).exclude(state="ABOLISHED").select_related("county").order_by("county__code", "code")
    if union.level == 2:
        rows = rows.filter(county=union)
    elif union.level == 3:
        rows = rows.filter(pk=union.pk)
    return list(rows)
