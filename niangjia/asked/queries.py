"""Reading requests: lists, whom one reaches, how far it is answered, what stands filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from niangjia.access.models import User
from niangjia.asked.checking import given_before, held_values
from niangjia.asked.enums import SENT, May, Standing, State, Verdict
from niangjia.asked.models import Addressed, Field, Request, answers_now
from niangjia.kit.dates import today
from niangjia.kit.who import permitted
from niangjia.unions.enums import LIVING
from niangjia.unions.models import Union

ASKING = 3  # the lowest level that asks


def requests(user: User, state: str = "") -> QuerySet[Request]:
    """The requests that a person may read."""
    rows: QuerySet[Request] = permitted(user, May.SEE).select_related("union")
    return rows.filter(state=state) if state else rows


def addressed_to(user: User, view: str) -> QuerySet[Addressed]:
    """What unions were asked for which a person answers: her own union's, still open or all of it; and what unions below have left open."""
    rows: QuerySet[Addressed] = permitted(user, May.ANSWER).select_related("request__union", "union")
    if view != "of-us":
        rows = rows.filter(state=Standing.NEW, request__state=State.ISSUED)
    if any(seat.level <= ASKING for seat in user.seats):
        own = Q(union__in={seat.union_id for seat in user.seats})
        rows = rows.exclude(own) if view == "below" else rows.filter(own)
    return rows


def asking_as(user: User) -> QuerySet[Union]:
    """The unions in whose name a person may ask."""
    rows: QuerySet[Union] = permitted(user, May.ASK, Union.objects.filter(level__lte=ASKING, state__in=LIVING)).order_by("level", "code")
    return rows


def offices_of(user: User, union: Union) -> list[str]:
    """As which offices she may ask in the name of a union."""
    held = [seat.duty for seat in user.seats if seat.union_id == union.pk]
    return ["office" if duty in ("chair", "leader") else duty for duty in held]


def reached(request: Request) -> QuerySet[Union]:
    """The unions that a request goes out to: of these types, below this one, living; never the one that asks."""
    rows = Union.objects.filter(path__startswith=request.under.path, kind__in=request.kinds, state__in=LIVING)
    return rows.exclude(pk=request.union_id)


def fields_of(request: Request) -> list[Field]:
    """Its fields in their order."""
    return list(request.fields.select_related("reused__request__union").order_by("position"))


def sent_fields(request: Request) -> list[Field]:
    """Those that go out."""
    return [one for one in fields_of(request) if one.verdict in SENT]


@dataclass(frozen=True)
class Progress:
    """How many unions were asked, have answered, are missing, are late, were answered for by others."""

    all: int = 0
    answered: int = 0
    missing: int = 0
    behalf: int = 0


def progress(those: list[Request]) -> dict[int, Progress]:
    """How far some requests are answered: one question for all of them."""
    rows = Addressed.objects.filter(request__in=those).order_by().values("request_id")
    done, open_ = Q(state=Standing.ANSWERED), ~Q(state=Standing.ANSWERED)
    counted = rows.annotate(
        every=Count("pk"),
        done=Count("pk", filter=done),
        open=Count("pk", filter=open_),
        behalf=Count("pk", filter=done & Q(on_behalf=True)),
    )
    return {one["request_id"]: Progress(one["every"], one["done"], one["open"], one["behalf"]) for one in counted}


def of_request(user: User, request: Request, view: str = "") -> QuerySet[Addressed]:
    """The unions that a request went out to, as far as she sees them, narrowed by how they stand."""
    rows = permitted(user, May.SEE_ANSWER, Addressed.objects.filter(request=request)).select_related(
        "union", "township", "sent_by", "request"
    )
    if view == "missing":
        return rows.exclude(state=Standing.ANSWERED)
    if view == "answered":
        return rows.filter(state=Standing.ANSWERED)
    return rows.filter(state=Standing.ANSWERED, on_behalf=True) if view == "behalf" else rows


def is_late(one: Addressed) -> bool:
    """Whether it is still to be answered and the day is past."""
    return one.state == Standing.NEW and one.request.due_on < today()


@dataclass(frozen=True)
class Filled:
    """What stands in a field before anybody types: the value, and from where."""

    value: str = ""
    source: str = ""  # saved, given, held
    given: Any = None  # the earlier answer


def as_kept(value: Any, kind: str) -> str:
    """What the house holds, as an answer is kept."""
    if value is None or value == "":
        return ""
    if kind == "DAY":
        return value.isoformat() if hasattr(value, "isoformat") else ""
    return str(value)[:200]


def filled(rows: list[Addressed], fields: list[Field]) -> dict[tuple[int, int], Filled]:
    """What stands filled in for some unions, by the numbers of the row and of the field: saved, given before, or held and contested."""
    unions = [one.union for one in rows]
    before = given_before(fields, [one.pk for one in unions])
    held = held_values([one for one in fields if one.verdict == Verdict.CONTESTED], unions)
    out: dict[tuple[int, int], Filled] = {}
    for row in rows:
        for one in fields:
            at = (row.union_id, one.pk)
            if str(one.pk) in row.draft:
                out[row.pk, one.pk] = Filled(row.draft[str(one.pk)], "saved", before.get(at))
            elif at in before:
                out[row.pk, one.pk] = Filled(before[at].value, "given", before[at])
            elif at in held and (kept := as_kept(held[at], one.kind)):
                out[row.pk, one.pk] = Filled(kept, "held")
    return out


def given(rows: list[Addressed]) -> dict[tuple[int, int], str]:
    """The answers that stand, by the numbers of the row and of the field."""
    found = answers_now(addressed__in=[one.pk for one in rows])
    return {(one.addressed_id, one.field_id): one.value for one in found}
