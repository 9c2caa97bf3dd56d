"""Unions and members for machines: lists, one of each, what has changed since a cursor, and applications that are sent on."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any
from urllib.parse import unquote
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Header, Router, Status
from pydantic import Field

from niangjia.exchange import actions
from niangjia.exchange.enums import May
from niangjia.exchange.out import (
    Application,
    MemberChanges,
    MemberOut,
    MemberPage,
    Numbers,
    Taken,
    UnionChanges,
    UnionOut,
    UnionPage,
    members_out,
    union_out,
)
from niangjia.exchange.queries import Told, changes
from niangjia.kit.errors import RuleBroken
from niangjia.kit.keyset import onward
from niangjia.kit.machines import office
from niangjia.kit.pages import seen
from niangjia.kit.problems import answers
from niangjia.kit.who import permitted
from niangjia.members.api import Sent
from niangjia.members.models import Membership

router = Router(tags=["unions"])
people = Router(tags=["members"])
READ_UNIONS, READ_MEMBERS = "unions.view", "members.list"
Limit = Annotated[int, Field(ge=1, le=200)]
ABOVE = ("parent", "county", "township", "successor")


def paged(rows: Any, order: list[str], cursor: str, limit: int) -> tuple[list[Any], str]:
    """One page; a cursor that is none of ours is answered with a sentence."""
    try:
        return onward(rows, order, cursor, size=limit)
    except ValueError:
        raise RuleBroken(_("This cursor is none that was given out. Begin without one.")) from None


def told(request: HttpRequest, kind: str, may: str, since: str, limit: int) -> Told:
    """The changes; a cursor that is none of ours is answered with a sentence."""
    try:
        return changes(request.user, kind, may, since, size=limit)
    except ValueError:
        raise RuleBroken(_("This cursor is none that was given out. Begin without one.")) from None


@router.get("", response=answers(UnionPage, 422), operation_id="unions")
@office(READ_UNIONS)
def unions(request: HttpRequest, cursor: str = "", limit: Limit = 50) -> dict[str, Any]:
    """The unions in the caller's scope, by code."""
    rows, onto = paged(permitted(request.user, READ_UNIONS).select_related(*ABOVE), ["code"], cursor, limit)
    return {"items": [union_out(one) for one in rows], "next": onto}


@router.get("/changes", response=answers(UnionChanges, 410, 422), operation_id="union_changes")
@office(READ_UNIONS)
def union_changes(request: HttpRequest, since: str = "", limit: Limit = 50) -> dict[str, Any]:
    """What became of unions since a cursor. Without one: nothing, and the cursor of now, to be taken before the list is read."""
    said = told(request, "union", READ_UNIONS, since, limit)
    rows = permitted(request.user, READ_UNIONS).filter(uuid__in={one.thing for one in said.changes}).select_related(*ABOVE)
    now = {one.uuid: union_out(one) for one in rows}
    made = [{"what": one.what, "at": one.at, "id": one.thing, "union": now.get(one.thing)} for one in said.changes]
    return {"changes": made, "cursor": said.cursor, "more": said.more}


@router.get("/{code}", response=answers(UnionOut), operation_id="union")
@office(READ_UNIONS)
def union(request: HttpRequest, code: str) -> dict[str, Any]:
    """One union."""
    one = permitted(request.user, READ_UNIONS).select_related(*ABOVE).filter(code=code).first()
    if one is None:
        raise Http404
    return union_out(one)


@people.get("", response=answers(MemberPage, 422), operation_id="members")
@office(READ_MEMBERS)
def members(request: HttpRequest, cursor: str = "", limit: Limit = 50) -> dict[str, Any]:
    """The memberships in force in the caller's scope, by the reading of names."""
    held = permitted(request.user, READ_MEMBERS).filter(left_on=None, state__in=["MEMBER", "LEAVING"])
    rows, onto = paged(held.select_related("person", "union"), ["name_py", "id"], cursor, limit)
    return {"items": members_out(rows), "next": onto}


@people.get("/changes", response=answers(MemberChanges, 410, 422), operation_id="member_changes")
@office(READ_MEMBERS)
def member_changes(request: HttpRequest, since: str = "", limit: Limit = 50) -> dict[str, Any]:
    """What became of memberships since a cursor. Without one: nothing, and the cursor of now, to be taken before the list is read."""
    said = told(request, "member", READ_MEMBERS, since, limit)
    rows = permitted(request.user, READ_MEMBERS).filter(uuid__in={one.thing for one in said.changes}).exclude(name="")
    now = {one["id"]: one for one in members_out(rows.select_related("person", "union"))}
    made = [{"what": one.what, "at": one.at, "id": one.thing, "member": now.get(one.thing)} for one in said.changes]
    return {"changes": made, "cursor": said.cursor, "more": said.more}


@people.get("/{uuid:uuid}", response=answers(MemberOut), operation_id="member")
@office(READ_MEMBERS)
def member(request: HttpRequest, uuid: UUID) -> dict[str, Any]:
    """One membership, ended ones too; its opening is noted."""
    one = found(request, READ_MEMBERS, uuid)
    seen(request, one, READ_MEMBERS)
    return members_out([one])[0]


def found(request: HttpRequest, may: str, uuid: UUID) -> Membership:
    """The membership, if the caller may."""
    rows = permitted(request.user, may).exclude(state__in=["APPLIED", "REFUSED"]).exclude(name="")
    one: Membership | None = rows.select_related("person", "union").filter(uuid=uuid).first()
    if one is None:
        raise Http404
    return one


@people.post("/{uuid:uuid}/numbers", response=answers(Numbers, 422), operation_id="member_numbers")
@office(May.NUMBERS)
def numbers(request: HttpRequest, uuid: UUID, reason: Annotated[str, Header(max_length=600)]) -> dict[str, str]:
    """One member's numbers in the clear. The header Reason (UTF-8, percent-encoded) is kept with the system's name, and shown to the member."""
    one = found(request, May.NUMBERS.value, uuid)
    return actions.show_numbers(one, why=unquote(reason), by=request.user)  # type: ignore[arg-type]  # the account of a system


@people.post("/applications", response=answers(Taken, 409, 422, done=201), operation_id="hand_in")
@office(May.HAND_IN)
def hand_in(request: HttpRequest, facts: Application, idempotency_key: Annotated[str, Header(min_length=8, max_length=120)]) -> Any:
    """Send on what somebody filled in who asks to join. With the same Idempotency-Key the answer is the same; with another body it is 422."""
    union = permitted(request.user, May.HAND_IN).filter(code=facts.union).first()
    if union is None:
        raise RuleBroken(_("There is no such union in the scope of this system: %(code)s.") % {"code": facts.union})
    said = facts.model_dump(exclude={"union", "notice"})
    digest = hashlib.sha256(facts.model_dump_json().encode()).hexdigest()
    made = actions.hand_in(union, idempotency_key, actions.SentOn(Sent(**said), facts.notice, digest), by=request.user)  # type: ignore[arg-type]
    follow = request.build_absolute_uri(reverse("join:sent", args=[made.word]))
    return Status(201, {"id": made.uuid, "union": union.code, "follow": follow})
