"""The weekly report: each township says that nothing happened, or it follows from what was reported; who says nothing is told."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import move, start_each
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.rights.enums import May, ZeroState
from niangjia.rights.models import ZeroWeek
from niangjia.rights.queries import told_at
from niangjia.rights.queries.zero import due_at, missing_in_a_row, monday, reported_in, reporting
from niangjia.unions.models import Union


@transaction.atomic
def open_week(week: date | None = None) -> int:
    """Lay down the reports on the week that has just ended, one for each township: once, however often it is asked. Answers how many."""
    week = monday(week or today() - timedelta(days=7))
    with connection.cursor() as cursor:  # whoever opens the same week waits, and finds it open
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('rights.open_week'))")
    known = set(ZeroWeek.objects.filter(week=week).values_list("union_id", flat=True))
    unions = Union.objects.filter(level=3, founded_on__lte=week).exclude(state="ABOLISHED").exclude(pk__in=known)
    made = [
        ZeroWeek(union=one, week=week, due_at=due_at(one, week), township_id=one.township_id, county_id=one.county_id)
        for one in unions.order_by("pk")
    ]
    ZeroWeek.objects.bulk_create(made)
    start_each(made, by=None)
    told = reporting(week)
    for one in made:
        if one.union_id in told:
            derive(one)
    return len(made)


@transaction.atomic
def derive(one: ZeroWeek) -> bool:
    """Where events were reported in the week, the report follows from them."""
    if one.state == ZeroState.EVENTS or not reported_in(one.union, one.week):
        return False
    ZeroWeek.objects.filter(pk=one.pk).update(given_at=now())
    move(one, "events", by=None)
    one.refresh_from_db()
    return True


@transaction.atomic
def nothing(one: ZeroWeek, *, by: User) -> ZeroWeek:
    """A township says that nothing happened in the week."""
    if reported_in(one.union, one.week):
        raise RuleBroken(_("Events were reported in this week; the report follows from them."))
    at = now()
    facts = {"given_at": at, "by": by, "late": at > one.due_at}
    ZeroWeek.objects.filter(pk=one.pk, state=ZeroState.DUE).update(**facts)
    move(one, "nothing", by=by)
    for name, value in facts.items():
        setattr(one, name, value)
    return one


@transaction.atomic
def miss(one: ZeroWeek) -> None:
    """The time is over and nothing was said: the township is told, and so is its county."""
    if one.state != ZeroState.DUE or derive(one):
        return
    ZeroWeek.objects.filter(pk=one.pk).update(late=True)
    _tell(one, [one.union, *([one.union.county] if one.union.county else [])])


@transaction.atomic
def remind(one: ZeroWeek, *, by: User) -> ZeroWeek:
    """The county reminds a township, once a day."""
    if not allows(by, May.SEE_ZERO, one) or one.union_id in {seat.union_id for seat in by.seats}:
        raise Refused(_("A township is reminded by an office above it."))
    if one.state != ZeroState.DUE:
        raise RuleBroken(_("The report is in."))
    if one.reminded_at and now() - one.reminded_at < timedelta(days=1):
        raise RuleBroken(_("It was reminded within a day."))
    ZeroWeek.objects.filter(pk=one.pk).update(reminded_at=now())
    _tell(one, [one.union])
    return one


def _tell(one: ZeroWeek, unions: list[Union]) -> None:
    people = {user.pk: user for union in unions for user in told_at(union)}
    facts = {"union": one.union.short_name, "week": one.week, "n": missing_in_a_row(one.union, one.week)}
    tell(people.values(), "zero-missing", facts=facts, url=one.get_absolute_url())
