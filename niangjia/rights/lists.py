"""The lists of events and of disputes: narrowed in the database, and what a page of rows needs beside them in one query each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Right
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.models import Clock
from niangjia.kit.answer import answer
from niangjia.kit.dates import now, today
from niangjia.kit.who import permitted
from niangjia.rights.enums import May
from niangjia.rights.models import DIGITS, Claimant, Dispute, Event, FollowUp, Receipt, Respondent, Task
from niangjia.rights.parameters import COLLECTIVE_FROM
from niangjia.unions.models import Employer, Union

LIVE = ("REPORTED", "CONFIRMED", "HANDLING", "STABLE", "SETTLED")
WORKED = ("APPLIED", "MEDIATING", "PAUSED", "AGREED", "PERFORMED")
NUMBER = re.compile(r"[A-Za-z]{1,3}-?[0-9]")  # a case's number, begun


@dataclass(frozen=True)
class Ask:
    """What a list is narrowed by."""

    q: str = ""
    view: str = ""
    state: str = ""
    kind: str = ""  # the type of an event, the cause of a dispute
    severity: str = ""
    outcome: str = ""  # how a dispute ended
    entrance: str = ""  # by which door it came in
    trade: str = ""  # of the firm
    channel: str = ""  # by which an event became known
    rung: str = ""  # how far it was reported
    department: str = ""  # with which it is handled
    builder: str = ""  # the name of the general contractor, or a part of it
    project: str = ""
    mediator: str = ""  # her name, or a part of it
    handler: str = ""  # the name of the union that handles it, or a part of it
    county: str = ""  # the code of a county
    since: date | None = None
    until: date | None = None


def counties() -> list[Union]:
    """The counties and zones by which lists are narrowed."""
    return list(Union.objects.filter(level=2).exclude(state="ABOLISHED").order_by("code").only("code", "short_name"))


def numbered(text: str) -> Q | None:
    """Cases by their number, its beginning, or the digits at its end; None where the text is no number. Each way has its index."""
    if text.isdecimal() and text.isascii():
        return Q(number=text.zfill(DIGITS)) if len(text) <= DIGITS else Q(pk__in=())
    return Q(reference__startswith=text.upper()) if NUMBER.match(text) else None


def employers_of(text: str) -> list[int]:
    """Employers whose name holds a text, by number: found first, so that what hangs on them is read by its index."""
    held = "name__icontains" if text.lower() != text.upper() else "name__contains"  # what has no capitals is found in a third of the time
    return list(Employer.objects.filter(**{held: text}).values_list("pk", flat=True)[:1000])


def events_named(rows: QuerySet[Event], text: str, firms: Sequence[int] | None = None) -> QuerySet[Event]:
    """Events by number or employer; `firms` are the employers of that name, if they were found before."""
    if (asked := numbered(text)) is not None:
        return rows.alias(number=Right("reference", DIGITS)).filter(asked)
    return rows.filter(Q(employer__in=employers_of(text) if firms is None else firms) | Q(employer=None, employer_name__icontains=text))


def disputes_named(rows: QuerySet[Dispute], text: str, firms: Sequence[int] | None = None) -> QuerySet[Dispute]:
    """Disputes by number or by an employer claimed against; the workers are not searched: who may see them finds them on the case."""
    if (asked := numbered(text)) is not None:
        return rows.alias(number=Right("reference", DIGITS)).filter(asked)
    firms = employers_of(text) if firms is None else firms
    return rows.filter(pk__in=Respondent.objects.filter(employer__in=firms).values("dispute"))


def cases_named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Cases about one employer: by the digits at the end of their number, its beginning, or a part of the employer's name."""
    if text.isdecimal() and text.isascii():
        return rows.alias(n=Right("reference", DIGITS)).filter(n=text.zfill(DIGITS)) if len(text) <= DIGITS else rows.none()
    return rows.filter(Q(reference__startswith=text.upper()) | Q(employer__name__icontains=text)) if text else rows


def _placed(rows: QuerySet[Any], ask: Ask) -> QuerySet[Any]:
    return rows.filter(county__code=ask.county) if ask.county else rows


def _on_site(rows: QuerySet[Event], ask: Ask) -> QuerySet[Event]:
    """Events of one general contractor, or about one building project."""
    if ask.builder:
        rows = rows.filter(Q(builder__in=employers_of(ask.builder)) | Q(builder_name__icontains=ask.builder))
    return rows.filter(project__icontains=ask.project) if ask.project else rows


def late_ones(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    """Those with a clock past its end; asked of the few clocks that are late, not of the many rows."""
    return rows.filter(pk__in=Clock.objects.filter(kind=kind, stopped_at=None, due_at__lt=now()).values("thing_id"))


EVENTS_LISTED = (  # all that a page of the list reads
    "uuid", "reference", "reported_at", "reported_on", "severity", "employer_name", "type", "state", "rung", "affected",
    "union__short_name", "county__short_name", "township__short_name",
)  # fmt: skip


def events(user: User, ask: Ask) -> QuerySet[Event]:
    """The events that a person may see, narrowed, the last reported first."""
    rows = _placed(permitted(user, May.SEE_EVENT, Event.objects.select_related("union", "county", "township")), ask)
    if ask.q:
        rows = events_named(rows, ask.q)
    for name, value in (
        ("state", ask.state),
        ("type", ask.kind),
        ("severity", ask.severity),
        ("employer__industry", ask.trade),
        ("channel", ask.channel),
        ("rung", ask.rung),
    ):
        if value:
            rows = rows.filter(**{name: value})
    if ask.department:
        rows = rows.filter(pk__in=Task.objects.filter(department=ask.department).values("event"))
    if ask.handler:
        rows = rows.filter(desk__in=Union.objects.filter(name__icontains=ask.handler).values("pk"))
    rows = _on_site(rows, ask)
    if ask.since:
        rows = rows.filter(reported_on__gte=ask.since)
    if ask.until:
        rows = rows.filter(reported_on__lte=ask.until)
    if ask.view == "open":
        rows = rows.filter(state__in=LIVE)
    elif ask.view == "grave":
        rows = rows.filter(state__in=LIVE, severity__in=["RED", "ORANGE"])
    elif ask.view == "late":
        rows = late_ones(rows, "rights.event")
    return rows


@dataclass(frozen=True)
class EventRow:
    """An event in a list, with the clock that ends first and what was last found."""

    event: Event
    clock: Clock | None
    last: FollowUp | None = None


def clocks_of(kind: str, things: Sequence[Any]) -> dict[int, Clock]:
    """The clock of each that ends first, in one question."""
    first: dict[int, Clock] = {}
    rows = Clock.objects.filter(kind=kind, thing_id__in=[one.pk for one in things], stopped_at=None).only("thing_id", "due_at", "warn_at")
    for clock in rows.order_by("due_at"):
        first.setdefault(clock.thing_id, clock)
    return first


def event_rows(rows: Sequence[Event]) -> list[EventRow]:
    """A page of events."""
    clocks = clocks_of("rights.event", rows)
    return [EventRow(one, clocks.get(one.pk)) for one in rows]


def running(user: User) -> list[EventRow]:
    """What runs now under a person's seats, each with its last follow-up: the gravest first, and of equals what is late or due soonest."""
    grave = {"RED": 0, "ORANGE": 1, "YELLOW": 2, "BLUE": 3}
    found = permitted(user, May.SEE_EVENT, Event.objects.select_related("union", "county", "township", "desk")).filter(state__in=LIVE)
    rows = list(found.order_by("-reported_at", "-pk")[:500])
    clocks = clocks_of("rights.event", rows)
    rows.sort(key=lambda one: (grave[one.severity], one.pk not in clocks, clocks[one.pk].due_at if one.pk in clocks else one.reported_at))
    lines = FollowUp.objects.filter(event__in=rows).order_by("event_id", "-at").distinct("event_id").select_related("by")
    last = {line.event_id: line for line in lines}
    return [EventRow(one, clocks.get(one.pk), last.get(one.pk)) for one in rows]


DISPUTES_LISTED = ("uuid", "reference", "applied_on", "cause", "state", "outcome", "handled_by__short_name", "county__short_name")


def disputes(user: User, ask: Ask) -> QuerySet[Dispute]:
    """The disputes that a person may see, narrowed. A period is that of the acceptance, as the figures count it."""
    rows = _placed(permitted(user, May.SEE_DISPUTE, Dispute.objects.select_related("handled_by", "county")), ask)
    if ask.q:
        rows = disputes_named(rows, ask.q)
    for name, value in (("state", ask.state), ("cause", ask.kind), ("outcome", ask.outcome), ("entrance", ask.entrance)):
        if value:
            rows = rows.filter(**{name: value})
    if ask.mediator:
        rows = rows.filter(mediator_name__icontains=ask.mediator)
    if ask.handler:
        rows = rows.filter(handled_by__in=Union.objects.filter(name__icontains=ask.handler).values("pk"))
    if ask.builder or ask.project:
        rows = rows.filter(event__in=_on_site(Event.objects.all(), ask).values("pk"))
    if ask.since:
        rows = rows.filter(accepted_on__gte=ask.since)
    if ask.until:
        rows = rows.filter(accepted_on__lte=ask.until)
    if ask.view == "open":
        rows = rows.filter(state__in=WORKED)
    elif ask.view == "late":
        rows = late_ones(rows, "rights.dispute")
    elif ask.view == "paying":
        rows = rows.filter(state="AGREED")
    elif ask.view == "many":
        many = answer(COLLECTIVE_FROM, today(), ()).value  # as it is set for the whole house
        crowds = Claimant.objects.values("dispute").annotate(n=Count("pk")).filter(n__gte=many).values("dispute")
        rows = rows.filter(pk__in=crowds)
    elif ask.view == "arbitration":
        rows = rows.filter(outcome="05")
    elif ask.view == "mine":
        rows = rows.filter(mediator=user)
    return rows


def view_words() -> dict[str, Any]:
    """The saved questions over the list of disputes."""
    return {
        "": _("All"), "mine": _("Mediated by me"), "open": _("Running"), "late": _("Late"), "paying": _("Waiting for payment"), "many": _("Ten or more workers"),
        "arbitration": _("To arbitration"),
    }  # fmt: skip


@dataclass
class DisputeRow:
    """A dispute in a list: the first of each side, how many there are, the money and the clock."""

    dispute: Dispute
    clock: Clock | None = None
    worker: str = ""
    workers: int = 0
    firm: str = ""
    firms: int = 0
    received: Decimal = field(default_factory=Decimal)


def dispute_rows(rows: Iterable[Dispute]) -> list[DisputeRow]:
    """A page of disputes with their parties and money: four queries, however many rows."""
    found = {one.pk: DisputeRow(one) for one in rows}
    for pk, clock in clocks_of("rights.dispute", [row.dispute for row in found.values()]).items():
        found[pk].clock = clock
    for pk, name in (
        Claimant.objects.filter(dispute__in=found).order_by("dispute_id", "-leads", "pk").values_list("dispute_id", "person__name")
    ):
        found[pk].worker = found[pk].worker or name
        found[pk].workers += 1
    for pk, name in Respondent.objects.filter(dispute__in=found).order_by("dispute_id", "pk").values_list("dispute_id", "employer__name"):
        found[pk].firm = found[pk].firm or name
        found[pk].firms += 1
    paid = Receipt.objects.filter(dispute__in=found, void=False).values_list("dispute_id").annotate(sum=Sum("amount"))
    for pk, amount in paid:
        found[pk].received = amount
    return list(found.values())


WORKBOOK = (
    "reference", "applied_on", "accepted_on", "cause", "firm", "firms", "handled_by__short_name", "county__short_name", "state", "outcome", "workers", "claimed",
    "agreed", "received", "closed_on",
)  # fmt: skip


def for_workbook(rows: QuerySet[Dispute]) -> QuerySet[Dispute]:
    """Disputes with the first firm, how many there are on each side, and the money that came: one question for any number of rows."""
    against = Respondent.objects.filter(dispute=OuterRef("pk"))
    paid = Receipt.objects.filter(dispute=OuterRef("pk"), void=False).order_by().values("dispute").annotate(sum=Sum("amount"))
    return rows.annotate(
        firm=Subquery(against.order_by("pk").values("employer__name")[:1]),
        firms=Subquery(against.order_by().values("dispute").annotate(n=Count("pk")).values("n")),
        workers=Coalesce(
            Subquery(Claimant.objects.filter(dispute=OuterRef("pk")).order_by().values("dispute").annotate(n=Count("pk")).values("n")), 0
        ),
        received=Coalesce(Subquery(paid.values("sum")), Decimal(0)),
    )


@dataclass(frozen=True)
class Totals:
    """What a list comes to: each side counted once for each case, as the figures count them."""

    cases: int
    firms: int
    workers: int
    received: Decimal


ADDED_UP = 1000  # a list beyond that many is added up on the pages of the figures, not on each of its own


def totals_of_few(rows: QuerySet[Dispute]) -> Totals | None:
    """What a list comes to, if it is short enough to be added up each time that it is shown."""
    return totals(rows) if rows.order_by()[: ADDED_UP + 1].count() <= ADDED_UP else None


def totals(rows: QuerySet[Dispute]) -> Totals:
    """The line over the list."""
    keys = rows.order_by().values("pk")
    return Totals(
        rows.order_by().count(),
        Respondent.objects.filter(dispute__in=keys).count(),
        Claimant.objects.filter(dispute__in=keys).count(),
        Receipt.objects.filter(dispute__in=keys, void=False).aggregate(sum=Sum("amount"))["sum"] or Decimal(0),
    )


def listed_sum(rows: QuerySet[Event]) -> tuple[int, int]:
    """How many events, and how many workers they affect."""
    said = rows.order_by().aggregate(n=Count("pk"), people=Sum(F("affected")))
    return said["n"], said["people"] or 0
