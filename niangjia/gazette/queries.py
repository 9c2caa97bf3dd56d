"""Reading notices and objections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from niangjia.access.models import User
from niangjia.flow.models import Clock
from niangjia.gazette.enums import May, Raised, State
from niangjia.gazette.models import Notice, Objection
from niangjia.kit.who import permitted

ORDER = ("-posted_at", "-id")
OPEN = ("UP", "ASKED")


def notices_of(thing: Model) -> list[Notice]:
    """The notices about a thing, the last first."""
    return list(Notice.objects.filter(kind=thing._meta.label_lower, thing_id=thing.pk).order_by(*ORDER))


def seen_by(user: User, view: str = "", text: str = "") -> QuerySet[Notice]:
    """The notices that somebody sees in the office: on show, with open objections, or all that are over."""
    rows: QuerySet[Notice] = permitted(user, May.SEE)
    if view == "over":
        rows = rows.exclude(state__in=OPEN)
    elif view == "asked":
        rows = rows.filter(Exists(Objection.objects.filter(notice=OuterRef("pk"), state=Raised.OPEN)), state__in=OPEN)
    else:
        rows = rows.filter(state__in=OPEN)
    return _found(rows, text)


def on_show(view: str = "", text: str = "") -> QuerySet[Notice]:
    """What the public is shown: what hangs now, or what has come to its end."""
    return _found(Notice.objects.filter(state=State.ENDED if view == "over" else State.UP), text)


def _found(rows: QuerySet[Notice], text: str) -> QuerySet[Notice]:
    if text := text.strip():
        rows = rows.filter(Q(title__icontains=text) | Q(signed__icontains=text) | Q(reference=text))
    return rows


def ends_of(notices: Iterable[Notice]) -> dict[int, datetime]:
    """When each of some running notices ends, by its number, in one query."""
    running = [one.pk for one in notices if one.state == State.UP]
    rows = Clock.objects.filter(kind="gazette.notice", thing_id__in=running, stopped_at=None)
    return dict(rows.values_list("thing_id", "due_at"))


@dataclass(frozen=True)
class Raisings:
    """How many objections there are to a notice."""

    all: int = 0
    open: int = 0
    upheld: int = 0


def raisings(notices: Iterable[Notice]) -> dict[int, Raisings]:
    """The objections to each of some notices, counted in one query."""
    rows = Objection.objects.filter(notice__in=[one.pk for one in notices]).values_list("notice").order_by("notice").annotate(
        n=Count("pk"), waits=Count("pk", filter=Q(state=Raised.OPEN)), right=Count("pk", filter=Q(state=Raised.UPHELD))
    )  # fmt: skip
    return {pk: Raisings(n, waits, right) for pk, n, waits, right in rows}


def objections_to(notice: Notice, user: User) -> list[Objection]:
    """The objections to a notice that somebody may read: the office that answers for it, nobody else; the first first, a thousand at most."""
    return list(permitted(user, May.SEE_OBJECTION).filter(notice=notice).order_by("pk")[:1000])


def waiting(user: User, most: int = 100) -> int:
    """Objections that wait for somebody's answer; at most so many are counted."""
    return len(permitted(user, May.ANSWER).filter(state=Raised.OPEN).order_by()[:most].values_list("pk", flat=True))
