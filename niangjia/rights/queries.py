"""Reading events and disputes: where an event goes next, who answers for it, and what stands around a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from niangjia.access.models import User
from niangjia.kit.dates import now, today
from niangjia.rights import rules
from niangjia.rights.models import Claimant, Dispute, Event, Receipt, Report
from niangjia.unions.api import answerable
from niangjia.unions.models import Employer, Union

NOTHING = Decimal(0)


def leaders_of(union: Union) -> dict[int, Union]:
    """The federations above a union, and itself if it is one, by level."""
    up = [int(pk) for pk in union.path.strip("/").split("/") if pk]
    return {one.level: one for one in Union.objects.filter(pk__in=up, level__lte=3).order_by("-level")}


@dataclass(frozen=True)
class Way:
    """One rung of the way upward: its code, and the union that stands there (none for the province)."""

    rung: str
    union: Union | None


def way_of(union: Union, rung: str) -> list[Way]:
    """The way of an event from a rung up to the province."""
    leaders = leaders_of(union)
    up = rules.ladder(leaders.keys())
    way = [Way(rung, leaders.get(int(rung), union) if rung != "4" else union)]
    while (rung := up.get(rung, "")) != "":
        way.append(Way(rung, leaders.get(int(rung))))
    return way


def next_way(event: Event) -> Way | None:
    """Where an event goes next; none above the province."""
    way = way_of(event.union, event.rung)
    return way[1] if len(way) > 1 else None


def told_at(union: Union, *, but: User | None = None) -> list[User]:
    """Whom an event at a union concerns: who answers for rights there."""
    return [user for user in answerable(union, "rights") if but is None or user.pk != but.pk]


def level_of(user: User, thing: Any) -> int | None:
    """The highest level at which a person holds a rights office over a thing's union; none if she holds none."""
    union: Union = thing.union
    levels = [seat.level for seat in user.seats if seat.duty in ("rights", "chair") and covers(seat, union)]
    return min(levels, default=None)


def covers(seat: Any, union: Union) -> bool:
    """Whether a union stands at a seat or below it."""
    if seat.level == 1:
        return True
    if seat.level == 2:
        return bool(union.county_id == seat.union_id)
    if seat.level == 3:
        return bool(union.township_id == seat.union_id)
    return union.pk in seat.within


def set_at(event: Event) -> int:
    """The level at which the present severity was set: by the last change, or where it was first reported."""
    last = event.severities.order_by("-pk").values_list("level", flat=True).first()
    if last is not None:
        return last
    first = event.reports.order_by("-rung").values_list("rung", flat=True).first()
    return int(first) if first is not None else 4


def matter_of(event: Event) -> rules.Matter:
    """What the scale of severity reads of an event."""
    return rules.Matter(event.affected, event.involved, event.behaviour, event.owed, event.months_owed)


def standing_report(event: Event) -> Report | None:
    """The rung on which an event stands now."""
    return event.reports.filter(rung=event.rung).first()


def earlier(event: Event, *, limit: int = 5) -> list[Event]:
    """What happened at the same employer before."""
    same = Q(employer_id=event.employer_id) if event.employer_id else Q(employer_name=event.employer_name, union_id=event.union_id)
    return list(Event.objects.filter(same, reported_at__lt=event.reported_at).exclude(pk=event.pk).order_by("-reported_at")[:limit])


def reported_lately(union: Union, employer_name: str) -> int:
    """How often an employer's events were reported within a year."""
    return Event.objects.filter(union=union, employer_name=employer_name, reported_on__gte=today() - timedelta(days=365)).count()


def alike(event: Event) -> list[Event]:
    """Other open reports of the same township within two days: perhaps the same matter, told by another channel."""
    near = timedelta(days=2)
    rows = Event.objects.filter(
        township_id=event.township_id, reported_at__range=(event.reported_at - near, event.reported_at + near),
        state__in=["REPORTED", "CONFIRMED", "HANDLING", "STABLE"],
    ).exclude(pk=event.pk)  # fmt: skip
    same = Q(employer_name=event.employer_name)
    return list(rows.filter(same | Q(employer_id=event.employer_id) if event.employer_id else same).order_by("reported_at")[:3])


# ---------- disputes ----------


@dataclass(frozen=True)
class Sums:
    """What was claimed, agreed and really paid in one dispute, or in many."""

    claimed: Decimal
    agreed: Decimal | None
    received: Decimal


def received_of(dispute: Dispute) -> Decimal:
    """What workers really got."""
    return Receipt.objects.filter(dispute=dispute, void=False).aggregate(sum=Coalesce(Sum("amount"), NOTHING))["sum"] or NOTHING


def sums_of(dispute: Dispute) -> Sums:
    """The money of a dispute."""
    return Sums(dispute.claimed, dispute.agreed, received_of(dispute))


@dataclass(frozen=True)
class Crowd:
    """How many claim, and how many of them speak for the others."""

    workers: int
    speakers: int


def crowd_of(dispute: Dispute) -> Crowd:
    """The workers of a dispute, counted."""
    found = Claimant.objects.filter(dispute=dispute).aggregate(n=Count("pk"), leads=Count("pk", filter=Q(leads=True)))
    return Crowd(found["n"], found["leads"])


def claimants_of(dispute: Dispute) -> QuerySet[Claimant]:
    """The workers of a dispute, who speak for the others first."""
    return dispute.claimants.select_related("person").order_by("-leads", "pk")


def employers_named(text: str, near: Union | None = None, *, limit: int = 20) -> list[Employer]:
    """Employers by credit code or by a part of their name; those of the place first."""
    text = text.strip()
    if len(text) < 2:
        return []
    rows = Employer.objects.filter(Q(uscc=text.upper()) | Q(name__icontains=text), closed_on=None)
    found = list(rows.order_by("name")[:200])
    here = near.township_id if near else None
    return sorted(found, key=lambda one: (one.township_id != here, one.name))[:limit]


def mediators(union: Union) -> list[User]:
    """Who may mediate at a union: the rights offices and chairs there and above it, up to the county."""
    people: dict[int, User] = {}
    for one in [union, *leaders_of(union).values()]:
        if one.level > 1 or one.pk == union.pk:
            people |= {user.pk: user for user in answerable(one, "rights")}
    return list(people.values())


def overdue(things: Iterable[Any]) -> int:
    """How many of some clocks are late."""
    at = now()
    return sum(1 for one in things if one.due_at <= at)
