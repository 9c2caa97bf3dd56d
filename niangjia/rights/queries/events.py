"""Reading events: where one goes next, who answers for it, how grave it is and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from niangjia.access.models import User
from niangjia.flow.api import works
from niangjia.kit.answer import Asking, answer, asking, place_of
from niangjia.kit.dates import add_months, today
from niangjia.kit.parameter import Family, Parameter
from niangjia.kit.spans import Span
from niangjia.kit.who import permitted
from niangjia.rights import parameters, rules
from niangjia.rights.enums import May
from niangjia.rights.models import Event, Report
from niangjia.unions.api import answerable
from niangjia.unions.models import Employer, Union

CODE, LEAST = 18, 2  # characters of a credit code, and of a name before one is looked for


Ask = Callable[[Parameter], Any]


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


def again(union: Union, employer: Employer | None, name: str, on: date, *, but: int | None = None) -> int:
    """How often an employer was reported within the months that count up to a day, this time too; without a record of it, its name at that union."""
    since = add_months(on, -answer(parameters.AGAIN_MONTHS, on, place_of(union)).value)
    same = Q(employer=employer) if employer is not None else Q(employer=None, union=union, employer_name=name.strip())
    rows = Event.objects.filter(same, reported_on__gt=since, reported_on__lte=on).exclude(state__in=["FALSE", "MERGED"])
    return (rows if but is None else rows.exclude(pk=but)).count() + 1


def sector(type_: str, employer: Employer | None, ask: Ask) -> str:
    """The trade that is watched more closely, or the type of event that is; nothing for any other."""
    for code in (type_, employer.industry if employer is not None else ""):
        cell = parameters.SECTORS.cells.get((code,))
        if cell is not None and ask(cell):
            return code
    return ""


def matter_of(event: Event) -> rules.Matter:
    """What the scale of severity reads of an event."""
    ask = asking(event, today())
    return rules.Matter(
        event.affected, event.involved, event.behaviour, event.owed, event.months_owed, sector(event.type, event.employer, ask),
        again(event.union, event.employer, event.employer_name, event.reported_on, but=event.pk),
    )  # fmt: skip


def thresholds(ask: Ask, *, first: bool = False) -> rules.Thresholds:
    """The scale of severity, as it is set; `first`: as it was before it knew gatherings, trades and repetition."""
    more = (
        ()
        if first
        else (
            ask(one.cells[step,])
            for one in (parameters.GATHERED, parameters.SECTOR_FROM, parameters.AGAIN)
            for step in ("YELLOW", "ORANGE")
        )
    )
    return rules.Thresholds(
        ask(parameters.YELLOW_FROM), ask(parameters.ORANGE_FROM), ask(parameters.RED_FROM), ask(parameters.STOPPED_FROM), ask(parameters.OWED_FROM),
        ask(parameters.MONTHS_FROM), ask(parameters.MONTHS_WORKERS), *more,
    )  # fmt: skip


@dataclass(frozen=True)
class Judgement:
    """What the scale says of an event, and how it came to say so: the trace is stored with the report."""

    severity: str
    reasons: list[rules.Reason]
    trace: dict[str, Any]


def judge(matter: rules.Matter, ask: Asking, *, first: bool = False) -> Judgement:
    """Ask the scale of a day and a place; `first`: what was taken over from before the house kept a trace."""
    found = rules.reasons(matter, thresholds(ask, first=first))
    severity = rules.gravest(found)
    inputs = {name: str(value) if isinstance(value, Decimal) else value for name, value in vars(matter).items()}
    steps = [[one.code, str(one.value), str(one.limit), one.severity] for one in found]
    return Judgement(
        severity,
        found,
        {"rule": "rights.severity", "version": rules.VERSION, "inputs": inputs, **ask.trace(), "steps": steps, "answer": severity},
    )


def judged(event: Event) -> list[rules.Reason]:
    """Why the severity of an event was last suggested, by the trace of the report; by the scale of that day where none was kept."""
    last = event.followups.exclude(trace={}).order_by("-pk").values_list("trace", flat=True).first()
    if last is None:
        return judge(matter_of(event), asking(event, event.reported_on), first=True).reasons
    return [rules.Reason(code, Decimal(value), Decimal(limit), severity) for code, value, limit, severity in last["steps"]]


def span_of(family: Family, severity: str, key: str, desk: Union) -> Span | None:
    """How long the office at a desk has for a step with an event of a severity; None where no clock runs."""
    cell = family.cells.get((severity, key))
    span: Span | None = answer(cell, today(), place_of(desk)).value if cell else None
    return span


def report_by(severity: str, rung: str, start: datetime, desk: Union) -> datetime | None:
    """When an event must stand one rung higher; nothing stands above the province."""
    span = span_of(parameters.REPORT, severity, rung, desk)
    return span.after(start, works()) if span else None


def follow_by(severity: str, state: str, start: datetime, desk: Union) -> datetime | None:
    """When the next follow-up of an event is due."""
    span = span_of(parameters.FOLLOW, severity, state, desk)
    return span.after(start, works()) if span else None


def standing_report(event: Event) -> Report | None:
    """The rung on which an event stands now."""
    return event.reports.filter(rung=event.rung).first()


def earlier(event: Event, user: User, *, limit: int = 5) -> list[Event]:
    """What happened at the same employer before, of what a person may see."""
    same = Q(employer_id=event.employer_id) if event.employer_id else Q(employer_name=event.employer_name, union_id=event.union_id)
    rows = permitted(user, May.SEE_EVENT, Event.objects.filter(same, reported_at__lt=event.reported_at))
    return list(rows.exclude(pk=event.pk).order_by("-reported_at")[:limit])


def employer_named(text: str, union: Union) -> Employer | None:
    """The employer that is meant: by its credit code, else by its name, the nearest first; nobody where several have that name."""
    text = text.strip()
    if len(text) == CODE and (coded := Employer.objects.coded(text)) is not None:
        return coded
    named = Employer.objects.itself().filter(name=text)
    near = [Q(covers__union=union), *(Q(**{name: pk}) for name, pk in (("township", union.township_id), ("county", union.county_id)) if pk)]
    for where in (*near, Q()):
        found = list(named.filter(where).distinct().order_by("pk")[:2]) if text else []
        if found:
            return found[0] if len(found) == 1 else None
    return None


def employers_like(text: str, union: Union, limit: int = 5) -> list[Employer]:
    """Employers of the county whose name holds a text: what may be meant."""
    text = text.strip()
    if len(text) < LEAST or employer_named(text, union) is not None:
        return []
    rows = Employer.objects.itself().filter(name__contains=text)
    return list((rows.filter(county_id=union.county_id) if union.county_id else rows).order_by("name", "pk")[:limit])


def arrived(key: UUID, by: User) -> Event | None:
    """The event that came of a report of that key, if that person sent it."""
    return Event.objects.filter(sent_key=key, reported_by=by).first()
