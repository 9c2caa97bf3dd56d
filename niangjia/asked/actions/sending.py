"""Sending a request out, reminding whoever is missing, closing it, taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.api import User
from niangjia.asked.actions.composing import drafted
from niangjia.asked.enums import May, Standing, State
from niangjia.asked.models import Addressed, Request
from niangjia.asked.parameters import NOTICE
from niangjia.asked.queries import reached, sent_fields
from niangjia.flow.api import move, record, start_each, stop_each, works
from niangjia.kit.answer import asking
from niangjia.kit.components import day_words
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.kit.workdays import add_working_days
from niangjia.notices.api import Word, tell_each
from niangjia.unions.api import hearing


@transaction.atomic
def issue(request: Request, *, by: User) -> int:
    """Send it out to every union that it reaches, each with its clock and its message. Answers how many."""
    row = drafted(request, by)
    fields, unions = sent_fields(row), list(reached(row).order_by("pk"))
    if not fields:
        raise RuleBroken(_("Nothing is left to ask: the platform holds every field. Read it there, or write down another field."))
    if not unions:
        raise RuleBroken(_("No union is addressed. Choose another place, or more types of unions."))
    days = asking(row.union, today())(NOTICE)
    earliest = add_working_days(today(), days, works())
    if row.due_on < earliest:
        raise RuleBroken(
            _("Give the unions %(n)d working days at least: the due day is %(day)s or later.") % {"n": days, "day": day_words(earliest)}
        )
    Request.objects.filter(pk=row.pk).update(issued_on=today(), reach=len(unions))
    move(row, "issue", by=by)
    row.refresh_from_db()
    made = [
        Addressed(request=row, union=one, township_id=one.township_id, county_id=one.county_id, asked_on=today(), fields=len(fields)) for one in unions
    ]  # fmt: skip
    Addressed.objects.bulk_create(made, batch_size=1000)
    start_each(made, by=by)
    _tell(row, made, "asked-new")
    return len(made)


def _tell(row: Request, those: Sequence[Addressed], what: str) -> None:
    """One message for each union, to whoever answers there; a chair of several hears of each."""
    told = hearing({(one.union_id, one.duty) for one in those})
    tell_each(
        Word(
            told[one.union_id, one.duty], what,
            {"asker": row.union.short_name, "title": row.title, "n": one.fields, "union": one.union.short_name, "day": row.due_on}, one.get_absolute_url(),
        )
        for one in those
    )  # fmt: skip


def _running(request: Request, by: User) -> Request:
    row = Request.objects.select_for_update(of=("self",)).select_related("union").get(pk=request.pk)
    if not allows(by, May.COMPOSE, row):
        raise Refused(_("You may read this, but the step belongs to another office."))
    return row


@transaction.atomic
def remind(request: Request, *, by: User) -> int:
    """Remind every union that has not answered, once a day at most. Answers how many."""
    row = _running(request, by)
    if row.state != State.ISSUED:
        raise RuleBroken(_("This request is no longer being answered."))
    if row.reminded_at is not None and day_of(row.reminded_at) == today():
        raise RuleBroken(_("They were reminded today already."))
    missing = list(Addressed.objects.filter(request=row, state=Standing.NEW).select_related("union", "request"))
    Request.objects.filter(pk=row.pk).update(reminded_at=now())
    _tell(row, missing, "asked-reminder")
    return len(missing)


def _end(row: Request, by: User, reason: str) -> list[Addressed]:
    """Whoever has not answered is no longer asked: the clocks stop, what was saved and never sent goes."""
    open_ = list(Addressed.objects.filter(request=row, state=Standing.NEW).select_related("union", "request"))
    pks = [one.pk for one in open_]
    Addressed.objects.filter(pk__in=pks).update(state=Standing.ENDED, draft={})
    record("asked.addressed", pks, "end", was=Standing.NEW, by=by, reason=reason)
    stop_each("asked.addressed", pks)
    return open_


@transaction.atomic
def close(request: Request, *, reason: str, by: User) -> int:
    """End it: what was answered stands. Answers how many had not."""
    row = _running(request, by)
    move(row, "close", by=by, reason=reason)
    return len(_end(row, by, reason))


@transaction.atomic
def withdraw(request: Request, *, reason: str, by: User) -> None:
    """Take it back: nobody is asked any longer, and whoever had not answered is told."""
    row = _running(request, by)
    move(row, "withdraw", by=by, reason=reason)
    open_ = _end(row, by, reason)
    told = hearing({(one.union_id, one.duty) for one in open_})
    facts = {"title": row.title, "name": row.union.short_name, "why": reason}
    tell_each(Word(told[one.union_id, one.duty], "asked-withdrawn", facts) for one in open_)
