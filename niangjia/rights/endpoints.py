"""Events and disputes for machines: the lists and one of each, with the permissions of the pages; no persons."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from niangjia.kit.machines import office
from niangjia.kit.pages import seen
from niangjia.kit.problems import answers
from niangjia.kit.who import permitted
from niangjia.rights import actions
from niangjia.rights import lists as listing
from niangjia.rights.aided import AidForm, AidKind, AidMatter, AidMay, AidResult, AidState
from niangjia.rights.enums import Cause, Channel, Department, DisputeState, Entrance, EventState, May, Outcome, Rung, Severity, Type
from niangjia.rights.models import Dispute, Event
from niangjia.rights.queries import crowd_of, sums_of
from niangjia.rights.queries.aid import AidAsk, aids, for_machines

router = Router(tags=["rights"])
MOST = 200


class EventOut(Schema):
    """An event as machines read it."""

    uuid: UUID
    reference: str
    union: str
    employer: str
    type: str
    severity: str
    state: str
    rung: str
    affected: int
    dead: int
    injured: int
    builder: str
    project: str
    known_at: datetime
    reported_at: datetime
    report_by: datetime | None


class DisputeOut(Schema):
    """A dispute as machines read it; its workers are only counted."""

    uuid: UUID
    reference: str
    union: str
    cause: str
    state: str
    outcome: str
    applied_on: date
    accepted_on: date | None
    workers: int
    employers: int
    claimed: Decimal
    agreed: Decimal | None
    recovered: Decimal


class Narrow(Schema):
    """What a list is narrowed by: what is none of the words of the code lists is refused, not answered by nothing."""

    q: str = ""
    county: str = ""
    since: date | None = None
    until: date | None = None


class NarrowCases(Narrow):
    """By parts of names: the union where it lies, the general contractor, the building project."""

    handler: str = ""
    builder: str = ""
    project: str = ""


class NarrowEvents(NarrowCases):
    """By the type and severity of an event, and where it stands."""

    view: Literal["", "open", "grave", "late"] = ""
    state: Literal[""] | EventState = ""
    kind: Literal[""] | Type = ""
    severity: Literal[""] | Severity = ""
    channel: Literal[""] | Channel = ""
    rung: Literal[""] | Rung = ""
    department: Literal[""] | Department = ""


class NarrowDisputes(NarrowCases):
    """By the cause of a dispute, and where it stands."""

    view: Literal["", "mine", "open", "late", "paying", "many", "arbitration"] = ""
    state: Literal[""] | DisputeState = ""
    kind: Literal[""] | Cause = ""
    outcome: Literal[""] | Outcome = ""
    entrance: Literal[""] | Entrance = ""
    mediator: str = ""


def event_out(one: Event) -> dict[str, Any]:
    """The facts of an event."""
    return {
        "uuid": one.uuid, "reference": one.reference, "union": one.union.code, "employer": one.employer_name, "type": one.type, "severity": one.severity,
        "state": one.state, "rung": one.rung, "affected": one.affected, "dead": one.dead, "injured": one.injured,
        "builder": one.builder_name, "project": one.project, "known_at": one.known_at, "reported_at": one.reported_at, "report_by": one.report_by,
    }  # fmt: skip


def dispute_out(one: Dispute, workers: int, employers: int, recovered: Decimal) -> dict[str, Any]:
    """The facts of a dispute."""
    return {
        "uuid": one.uuid, "reference": one.reference, "union": one.handled_by.code, "cause": one.cause, "state": one.state, "outcome": one.outcome,
        "applied_on": one.applied_on, "accepted_on": one.accepted_on, "workers": workers, "employers": employers, "claimed": one.claimed, "agreed": one.agreed,
        "recovered": recovered,
    }  # fmt: skip


@router.get("/events", response=list[EventOut], operation_id="events")
@office(May.SEE_EVENT)
def events(request: HttpRequest, narrow: Query[NarrowEvents], limit: int = 50) -> list[dict[str, Any]]:
    """The events that the caller may see, the last reported first."""
    rows = listing.events(request.user, listing.Ask(**narrow.dict()))  # type: ignore[arg-type]
    return [event_out(one) for one in rows.order_by("-reported_at", "-id")[: max(1, min(limit, MOST))]]


@router.get("/events/{uuid}", response=EventOut, operation_id="event")
@office(May.SEE_EVENT)
def event(request: HttpRequest, uuid: UUID) -> dict[str, Any]:
    """One event."""
    one = permitted(request.user, May.SEE_EVENT).select_related("union").filter(uuid=uuid).first()
    if one is None:
        raise Http404
    seen(request, one, May.SEE_EVENT.value)
    return event_out(one)


class Came(Schema):
    """What came back on a call or a text message."""

    key: UUID
    said: Literal["answered", "read", "no-answer", "number-off"]


class Stands(Schema):
    """How the telling stands now."""

    state: str


@router.post("/receipts", response=answers(Stands), operation_id="receipt")
@office(May.HEAR_RECEIPT)
def receipt(request: HttpRequest, came: Came) -> dict[str, str]:
    """The gateway says what came back, by the key with which the call or the message was given to it. Sent again it changes nothing."""
    if not permitted(request.user, May.HEAR_RECEIPT).filter(attempts__key=came.key).exists() or not (
        state := actions.heard(came.key, came.said)
    ):
        raise Http404
    return {"state": state}


@router.get("/disputes", response=list[DisputeOut], operation_id="disputes")
@office(May.SEE_DISPUTE)
def disputes(request: HttpRequest, narrow: Query[NarrowDisputes], limit: int = 50) -> list[dict[str, Any]]:
    """The disputes that the caller may see, the last applied first."""
    rows = listing.disputes(request.user, listing.Ask(**narrow.dict()))  # type: ignore[arg-type]
    found = listing.dispute_rows(rows.order_by("-applied_on", "-id")[: max(1, min(limit, MOST))])
    return [dispute_out(r.dispute, r.workers, r.firms, r.received) for r in found]


@router.get("/disputes/{uuid}", response=DisputeOut, operation_id="dispute")
@office(May.SEE_DISPUTE)
def dispute(request: HttpRequest, uuid: UUID) -> dict[str, Any]:
    """One dispute."""
    one = permitted(request.user, May.SEE_DISPUTE).select_related("handled_by").filter(uuid=uuid).first()
    if one is None:
        raise Http404
    seen(request, one, May.SEE_DISPUTE.value)
    return dispute_out(one, crowd_of(one).workers, one.respondents.count(), sums_of(one).received)


class AidOut(Schema):
    """A case of legal aid as machines read it; who is aided is only counted."""

    uuid: UUID
    reference: str
    union: str
    kind: str
    matter: str
    form: str
    state: str
    result: str
    applied_on: date
    decided_on: date | None
    granted_on: date | None
    assigned_on: date | None
    closed_on: date | None
    people: int
    claimed: Decimal
    recovered: Decimal


class NarrowAids(Schema):
    """By who applies, in what, in which form, and where it stands."""

    q: str = ""
    view: Literal["", "open", "late", "sign", "mine"] = ""
    state: Literal[""] | AidState = ""
    kind: Literal[""] | AidKind = ""
    matter: Literal[""] | AidMatter = ""
    form: Literal[""] | AidForm = ""
    result: Literal[""] | AidResult = ""
    county: str = ""
    since: date | None = None
    until: date | None = None


def aid_out(one: Any) -> dict[str, Any]:
    """The facts of a case of legal aid."""
    return {
        "uuid": one.uuid, "reference": one.reference, "union": one.union.code, "kind": one.kind, "matter": one.matter, "form": one.form, "state": one.state, "result": one.result,
        "applied_on": one.applied_on, "decided_on": one.decided_on, "granted_on": one.granted_on, "assigned_on": one.assigned_on, "closed_on": one.closed_on,
        "people": one.people, "claimed": one.claimed, "recovered": one.received,
    }  # fmt: skip


@router.get("/aids", response=list[AidOut], operation_id="aids")
@office(AidMay.SEE_AID)
def aid_cases(request: HttpRequest, narrow: Query[NarrowAids], limit: int = 50) -> list[dict[str, Any]]:
    """The cases of legal aid that the caller may see, the last applied first."""
    said = narrow.dict()
    result = said.pop("result")
    rows = aids(request.user, AidAsk(**said))
    rows = rows.filter(result=result) if result else rows
    return [aid_out(one) for one in for_machines(rows).order_by("-applied_on", "-id")[: max(1, min(limit, MOST))]]


@router.get("/aids/{uuid}", response=AidOut, operation_id="aid")
@office(AidMay.SEE_AID)
def aid_case(request: HttpRequest, uuid: UUID) -> dict[str, Any]:
    """One case of legal aid."""
    one = for_machines(permitted(request.user, AidMay.SEE_AID).select_related("union")).filter(uuid=uuid).first()
    if one is None:
        raise Http404
    seen(request, one, AidMay.SEE_AID.value)
    return aid_out(one)
