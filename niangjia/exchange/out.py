"""What machines read of unions and members, and what they send: the shapes of the OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from niangjia.kit import crypt, mask
from niangjia.members.api import ID, PHONE, Work
from niangjia.members.models import Membership
from niangjia.unions.models import Union


class UnionOut(Schema):
    """A union; those above it by their codes."""

    id: UUID
    code: str
    name: str
    short_name: str
    kind: str
    level: int
    state: str
    parent: str | None
    county: str | None
    township: str | None
    uscc: str
    founded_on: date | None
    closed_on: date | None
    term_end: date | None
    successor: str | None


class MemberOut(Schema):
    """A spell in one union; identity number and phone are masked."""

    id: UUID
    union: str
    name: str
    sex: str
    state: str
    standing: str
    primary: bool
    how: str
    work: str
    migrant: bool
    joined_on: date | None
    left_on: date | None
    ending: str
    number: str
    phone: str


class UnionPage(Schema):
    """One page; `next` is the cursor of the one after it, empty at the end."""

    items: list[UnionOut]
    next: str


class MemberPage(Schema):
    """One page; `next` is the cursor of the one after it, empty at the end."""

    items: list[MemberOut]
    next: str


class UnionChange(Schema):
    """What became of a union, and what it is now; null where it is no longer there, or no longer in your scope."""

    what: str
    at: datetime
    id: UUID
    union: UnionOut | None


class MemberChange(Schema):
    """What became of a membership, and what it is now; null where it is no longer there, or no longer in your scope."""

    what: str
    at: datetime
    id: UUID
    member: MemberOut | None


class UnionChanges(Schema):
    """Changes in the order in which they happened, and the cursor to ask from next; `more`: there are others already."""

    changes: list[UnionChange]
    cursor: str
    more: bool


class MemberChanges(Schema):
    """Changes in the order in which they happened, and the cursor to ask from next; `more`: there are others already."""

    changes: list[MemberChange]
    cursor: str
    more: bool


class Numbers(Schema):
    """A member's numbers in the clear; `phone` is empty where none is known."""

    number: str
    phone: str


class Application(Schema):
    """What somebody filled in who asks to join. `notice` is the edition of the notice that she agreed to, for the keeping and for what is sensitive."""

    model_config = ConfigDict(extra="forbid")

    union: str = Field(min_length=1, max_length=20)
    name: str = Field(min_length=1, max_length=60)
    number: str = Field(min_length=1, max_length=20)
    phone: str = Field(min_length=1, max_length=20)
    work: Literal[tuple(Work.values)]  # type: ignore[valid-type]  # the code list of forms of work
    job: str = Field("", max_length=60)
    department: str = Field("", max_length=60)
    migrant: bool = False
    notice: str = Field(min_length=1, max_length=12)


class Taken(Schema):
    """An application that was taken; under `follow` she sees what became of it, and can take it back."""

    id: UUID
    union: str
    follow: str


def union_out(one: Union) -> dict[str, Any]:
    """The facts of a union. It wants parent, county, township and successor at hand."""

    def code(other: Union | None) -> str | None:
        return other.code if other else None

    plain = ("code", "name", "short_name", "kind", "level", "state", "uscc", "founded_on", "closed_on", "term_end")
    above = {name: code(getattr(one, name)) for name in ("parent", "county", "township", "successor")}
    return {"id": one.uuid} | {name: getattr(one, name) for name in plain} | above


def members_out(rows: Iterable[Membership]) -> list[dict[str, Any]]:
    """The facts of memberships, with their numbers masked. They want person and union at hand."""
    those = list(rows)
    numbers = crypt.unseal_many((one.person.id_sealed for one in those), ID)
    phones = crypt.unseal_many((one.person.phone_sealed for one in those), PHONE)
    plain = ("name", "sex", "state", "standing", "primary", "how", "work", "migrant", "joined_on", "left_on", "ending")
    return [
        {"id": one.uuid, "union": one.union.code, "number": mask.identity(number) if number else "", "phone": mask.phone(phone) if phone else ""}
        | {name: getattr(one, name) for name in plain}
        for one, number, phone in zip(those, numbers, phones, strict=True)
    ]  # fmt: skip
