"""Reading stories and clocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import BigIntegerField, Case, Model, OuterRef, Q, QuerySet, Subquery, When

from niangjia.flow.models import Clock, Edition, Move, Pulse, WorkDay
from niangjia.kit import who
from niangjia.kit.clock import DEADLINES, Deadline, Spell
from niangjia.kit.dates import at, now
from niangjia.kit.flow import FLOWS, REMARKS, Flow, Step
from niangjia.kit.hands import HANDS
from niangjia.kit.memory import remembered


def kind_of(thing: Model | type[Model]) -> str:
    """The label under which a thing's story and clocks are kept."""
    return thing._meta.label_lower


def flow_of(thing: Model | type[Model]) -> Flow:
    """The flow of a thing."""
    return FLOWS[kind_of(thing)]


def edition() -> object:
    """The mark of what processes remember."""
    return Edition.objects.values_list("mark", flat=True).first()


@remembered
def works() -> dict[date, bool]:
    """The days that differ from the general calendar."""
    return dict(WorkDay.objects.values_list("day", "works"))


def story(thing: Model) -> QuerySet[Move]:
    """What happened to a thing, the first step first."""
    return Move.objects.filter(kind=kind_of(thing), thing_id=thing.pk).select_related("by").order_by("pk")


def spells(thing: Model) -> list[Spell]:
    """The states that a thing lived through, one after the other."""
    lived = Move.objects.filter(kind=kind_of(thing), thing_id=thing.pk).exclude(verb__in=REMARKS)
    moves = list(lived.order_by("pk").values_list("now", "at"))
    ends: list[datetime | None] = [at for _, at in moves[1:]] + [None]
    return [Spell(state, at, end) for (state, at), end in zip(moves, ends, strict=True)]


def clocks(thing: Model) -> list[Clock]:
    """The clocks that run on a thing, the next to ring first."""
    return list(Clock.objects.filter(kind=kind_of(thing), thing_id=thing.pk, stopped_at=None).order_by("due_at"))


def rang(thing: Model) -> list[Clock]:
    """The clocks of a thing that have rung and were not wound since, whether they still run or not."""
    return list(Clock.objects.filter(kind=kind_of(thing), thing_id=thing.pk, rung_at__isnull=False).order_by("rung_at"))


def deadline(clock: Clock) -> Deadline:
    """What a stored clock is: its title, its article."""
    return next(one for one in DEADLINES[clock.kind] if one.code == clock.code)


def steps_for(thing: Any, user: Any) -> list[Step]:
    """The steps that a person may take now: what the flow allows and the table permits, in one query."""
    steps = [one for one in flow_of(thing).steps_from(thing.state) if not one.auto]
    may = who.which(user, [one.who for one in steps], thing)
    return [one for one in steps if one.who in may]


@dataclass(frozen=True)
class Due:
    """A clock with the thing that it runs on."""

    clock: Clock
    thing: Any
    deadline: Deadline


def office(seats: Iterable[Any]) -> Q:
    """The clocks that fall on the offices a person holds; a chair at township level and above answers for every duty there."""
    said = Q(pk__in=())
    for seat in seats:
        line = Q(union_id=seat.union_id)
        said |= line if seat.duty == "chair" else line & Q(duty=seat.duty)
    return said


def held_by(people: Iterable[int]) -> Q:
    """The clocks of things that lie in the hands of some people themselves, wherever their offices are."""
    said, those = Q(pk__in=()), list(people)
    for kind, field in HANDS.items():
        said |= Q(kind=kind, thing_id__in=apps.get_model(kind)._default_manager.filter(**{f"{field}__in": those}).values("pk"))
    return said


def hand() -> Any:
    """In whose hands the thing of a clock lies, as an expression; nobody's where no field says."""
    told = [
        When(kind=kind, then=Subquery(apps.get_model(kind)._default_manager.filter(pk=OuterRef("thing_id")).values(field)[:1]))
        for kind, field in HANDS.items()
    ]
    return Case(*told, default=None, output_field=BigIntegerField())


def waiting(seats: Iterable[Any], *, person: int | None = None, limit: int = 100) -> list[Due]:
    """What is due from a person, the most urgent first: clocks on her offices and on what lies in her own hands; one query a kind."""
    those = office(seats) if person is None else office(seats) | held_by([person])
    running = Clock.objects.filter(those, stopped_at=None).order_by("due_at")[:limit]
    return with_things(running)


def late_under(seat: Any, *, limit: int = 100) -> list[Due]:
    """What is late anywhere under a seat of township level or above."""
    rows = Clock.objects.filter(stopped_at=None, due_at__lt=now()).order_by("due_at")
    if seat.level == 2:
        rows = rows.filter(county_id=seat.union_id)
    elif seat.level > 2:
        rows = rows.filter(township_id=seat.union_id)
    return with_things(rows[:limit])


def with_things(rows: Iterable[Clock]) -> list[Due]:
    """Each clock with its thing; a kind is fetched in one query."""
    rows = list(rows)
    found: dict[tuple[str, int], Any] = {}
    for kind in {row.kind for row in rows}:
        model = apps.get_model(kind)
        pks = {row.thing_id for row in rows if row.kind == kind}
        listed = getattr(model, "listed", None)
        things = (listed() if listed else model._default_manager.all()).filter(pk__in=pks)
        found |= {(kind, thing.pk): thing for thing in things}
    return [Due(row, found[row.kind, row.thing_id], deadline(row)) for row in rows if (row.kind, row.thing_id) in found]


def across(first: date, last: date) -> QuerySet[Clock]:
    """The clocks counted in days that run across some days: another calendar moves their ends."""
    counted = Q(span__endswith=" d") | Q(span__endswith=" wd") | Q(span__endswith=" mo") | Q(span__endswith=" y")
    return Clock.objects.filter(counted, stopped_at=None, due_at__gte=at(first), started_at__lt=at(last) + timedelta(days=1)).order_by("pk")


def beat(job: str) -> datetime | None:
    """When a job last did its round."""
    return Pulse.objects.filter(job=job).values_list("at", flat=True).first()


def overdue(before: datetime) -> int:
    """How many clocks should have rung or warned by a moment and did not: each failed, and is tried again."""
    late = Q(due_at__lt=before, rung_at=None, stopped_at=None) | Q(remind_at__lt=before, stopped_at=None)
    return Clock.objects.filter(late).count()
