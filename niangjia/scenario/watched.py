"""Who is on duty in the city, its counties and the townships of one, and what the townships said of the last weeks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from niangjia.access.models import User
from niangjia.kit.dates import day_of, moved_to, today
from niangjia.rights import api as rights
from niangjia.rights.models import Turn, ZeroWeek
from niangjia.unions.models import Union

if TYPE_CHECKING:
    from niangjia.scenario.living import Living

WEEKS = 4
FORGETS = 5  # every fifth township says nothing in the last week
SILENT = 17  # and a few say nothing at all
AHEAD = timedelta(days=14)  # as far as a roster shows


def watched(living: Living, township: str) -> None:
    """The city, its counties and the townships of one keep rosters; nearly all townships give their weekly reports."""
    county = Union.objects.get(pk=living.firms(township)[0].pk).county
    if county is None:
        return
    below = list(Union.objects.filter(county=county, level=3).exclude(state="ABOLISHED").order_by("code"))
    with living.ago(timedelta(hours=2)):
        day = today()
        keepers = [*Union.objects.filter(level__lte=2).exclude(state="ABOLISHED").order_by("level", "code"), *below]
        for n, union in enumerate(keepers, 1):
            if not rights.may_stand(union):
                continue
            for year, month in sorted({(one.year, one.month) for one in (day, day + AHEAD)}):
                rights.plan_duty(union, year, month, by=living.officer(union.pk))
            near = Turn.objects.filter(union=union, day__range=(day, day + timedelta(days=3)), user__isnull=False).select_related("user")
            hers: dict[User, list[Turn]] = {}
            for turn in near:
                if turn.user is not None and (n != len(keepers) or turn.part != "NIGHT"):  # the last one has not confirmed yet
                    hers.setdefault(turn.user, []).append(turn)
            for user, turns in hers.items():
                rights.confirm_turns(union, turns, by=user)
    for week in range(WEEKS, 0, -1):
        with living.ago(timedelta(days=7 * (week - 1))):
            rights.open_week()
    for n, one in enumerate(ZeroWeek.objects.filter(state="DUE").select_related("union").order_by("week", "union__code")):
        last = day_of(living.moment) - one.week < timedelta(days=14)
        if one.due_at - timedelta(hours=3) < living.moment and not (last and n % FORGETS == 0) and one.union_id % SILENT:
            with moved_to(one.due_at - timedelta(hours=3)):
                rights.nothing_this_week(one, by=living.officer(one.union_id))
