"""What a person does from her desk that is no step of a flow: urge, and choose the language in which the house writes to her."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.desk import things
from niangjia.desk.queries import urging_seat
from niangjia.flow.api import Due, deadline, remark, with_things
from niangjia.flow.models import Clock
from niangjia.kit.dates import at, day_of, now, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.notices.api import Message, Word, tell, tell_each
from niangjia.unions.api import answerable, hearing
from niangjia.unions.models import Union


@transaction.atomic
def urge(clock: Clock, *, by: User) -> list[User]:
    """An office above asks those in whose hands something late lies; once a day, so that nobody is buried in it. Answers who was told."""
    seat = urging_seat(clock, by)
    if seat is None:
        raise Refused(_("Only an office above may urge."))
    if clock.stopped_at is not None or clock.due_at > now():
        raise RuleBroken(_("This is no longer late: somebody has just seen to it."))
    found = with_things([clock])
    if not found:
        raise RuleBroken(_("This no longer exists."))
    thing = found[0].thing
    things.fetched([thing])
    url = things.url_of(thing)
    if Message.objects.filter(what="urged", url=url, at__gte=at(today())).exists():
        raise RuleBroken(_("Somebody has urged this today already; the receipt is on its way."))
    union = Union.objects.get(pk=clock.union_id)
    people = answerable(union, clock.duty)
    if not people:
        raise RuleBroken(_("Nobody holds this office in %(union)s. Appoint somebody first.") % {"union": union.short_name})
    facts = {
        "union": seat.union.short_name, "what": deadline(clock).title, "thing": things.name_of(thing), "due": clock.due_at, "name": by.name, "post": seat.post,
    }  # fmt: skip
    tell(people, "urged", facts=facts, url=url, urgent=True, receipt=True)
    remark(thing, "urge", by=by)
    return people


@transaction.atomic
def tell_of(dues: Sequence[Due]) -> None:
    """Tell whoever holds the duty that an end comes near; a fixed number of questions for any number of clocks.

    What warns more than once is of weight, and asks for a receipt; of the others it is enough to see who has read it.
    """
    things.fetched(due.thing for due in dues)
    people = hearing({(due.clock.union_id, due.clock.duty) for due in dues})
    tell_each(
        Word(
            people[due.clock.union_id, due.clock.duty], "clock-warns", url=things.url_of(due.thing), receipt=len(due.deadline.warns) > 1,
            facts={"what": due.deadline.title, "thing": things.name_of(due.thing), "due": _end(due.clock)},
        )
        for due in dues
    )  # fmt: skip


def _end(clock: Clock) -> date | datetime:
    """The last day; the moment, where a clock is counted in hours."""
    last = day_of(clock.due_at)
    return last if clock.due_at == at(last, 23, 59) else clock.due_at


@transaction.atomic
def write_in(user: User, language: str) -> None:
    """Keep the language in which the house writes to a person: her pages remember it by themselves, her e-mails do not."""
    User.objects.filter(pk=user.pk).update(language=language)
