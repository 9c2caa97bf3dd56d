"""Who may do what: a permission is a database filter, so that the list and the page give the same answer.

A `Who` turns a person and a model into a condition. `grant` writes the table; `permitted` filters a list by it,
`allows` asks about one row. Creating has no row yet: it is asked of the parent.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from django.db.models import Case, Model, Q, QuerySet, Value, When

from niangjia.kit.flow import code

M = TypeVar("M", bound=Model)
Ask = Callable[[Any, type[Model]], Q]
NOBODY = Q(pk__in=())


@dataclass(frozen=True)
class Scope:
    """The columns by which rows of a model stand under unions: stored on the row, never found by a join."""

    union: str = "union_id"
    township: str = "township_id"
    county: str = "county_id"


@dataclass(frozen=True)
class Who:
    """Somebody, told by a condition on the rows; combine with &, | and ~."""

    ask: Ask
    name: str

    def __and__(self, other: Who) -> Who:
        return Who(lambda user, model: self.ask(user, model) & other.ask(user, model), f"{self.name} and {other.name}")

    def __or__(self, other: Who) -> Who:
        return Who(lambda user, model: self.ask(user, model) | other.ask(user, model), f"{self.name} or {other.name}")

    def __invert__(self) -> Who:
        return Who(lambda user, model: ~self.ask(user, model), f"not {self.name}")


def who(ask: Callable[[Any], Q]) -> Who:
    """A named condition that does not depend on the model: decorate a function from a user to a Q."""
    return Who(lambda user, _model: ask(user), ask.__name__)


@dataclass(frozen=True)
class Grant:
    """One line of the permission table."""

    may: str
    model: type[Model]
    who: Who


GRANTS: dict[str, Grant] = {}


def grant(model: type[Model], table: Mapping[Any, Who]) -> None:
    """Write lines of the permission table: who may, for one model."""
    for may, people in table.items():
        if code(may) in GRANTS:
            raise ValueError(f"{may} is granted twice")
        GRANTS[code(may)] = Grant(code(may), model, people)


def condition(user: Any, may: str | Enum) -> Q:
    """The rows on which a person has a permission; none for whoever is not signed in."""
    line = GRANTS[code(may)]
    uses = getattr(user, "uses", None)  # of an account that may use some permissions only
    if not getattr(user, "is_active", False) or (uses is not None and line.may not in uses):
        return NOBODY
    return line.who.ask(user, line.model)


def permitted(user: Any, may: str | Enum, among: QuerySet[M] | None = None) -> QuerySet[Any]:
    """The rows of a list on which a person has a permission."""
    rows: QuerySet[Any] = GRANTS[code(may)].model._default_manager.all() if among is None else among
    return rows.filter(condition(user, may))


def allows(user: Any, may: str | Enum, thing: Model) -> bool:
    """Whether a person has a permission on one row."""
    return code(may) in which(user, [may], thing)


def which(user: Any, mays: Iterable[str | Enum], thing: Model) -> set[str]:
    """Those of some permissions that a person has on one row, found in a single query."""
    return which_of(user, mays, [thing]).get(thing.pk, set())


def which_of(user: Any, mays: Iterable[str | Enum], things: Sequence[Model]) -> dict[Any, set[str]]:
    """The same for many rows of one model, by their keys: still a single query."""
    asked = [m for m in dict.fromkeys(map(code, mays)) if m in GRANTS and things and isinstance(things[0], GRANTS[m].model)]
    if not asked or not getattr(user, "is_active", False):
        return {}
    columns = {f"may_{i}": Case(When(condition(user, may), then=Value(True)), default=Value(False)) for i, may in enumerate(asked)}
    rows = type(things[0])._default_manager.filter(pk__in=[one.pk for one in things]).annotate(**columns).values_list("pk", *columns)
    return {pk: {may for may, yes in zip(asked, found, strict=True) if yes} for pk, *found in rows}


_carrier: list[Callable[[int], int]] = []
_carriers: list[Callable[[Collection[int]], dict[int, int]]] = []


def set_carrier(find: Callable[[int], int], each: Callable[[Collection[int]], dict[int, int]]) -> None:
    """Tell the house who goes on with the work of a union that has ended: of one, and of many at once."""
    _carrier[:], _carriers[:] = [find], [each]


def carried_on(union: int) -> int:
    """The union whose offices do a union's work today: itself, or what it was merged into."""
    return _carrier[0](union) if _carrier else union


def carried_on_each(unions: Collection[int]) -> dict[int, int]:
    """The same for many unions, as many questions as for one."""
    return _carriers[0](unions) if _carriers else {one: one for one in unions}


Seats = Callable[[Any], list[Any]]
_finder: list[Seats] = []


def set_seats(find: Seats) -> None:
    """Tell the house how the offices of a person are found."""
    _finder[:] = [find]


Posts = Callable[[Iterable[int]], dict[int, list[Any]]]
_posts: list[tuple[Posts, Callable[[], Q]]] = []


def set_posts(find: Posts, holding: Callable[[], Q]) -> None:
    """Tell the house how the offices of many people are found at once, and the condition under which an account holds one."""
    _posts[:] = [(find, holding)]


def posts_of(people: Iterable[int]) -> dict[int, list[Any]]:
    """The offices that each of many accounts holds today, the highest first, in one query; each has a duty, a union and a post."""
    return _posts[0][0](people) if _posts else {}


def holding() -> Q:
    """The accounts that hold an office today."""
    return _posts[0][1]() if _posts else NOBODY


Uses = Callable[[Any], frozenset[str]]
_guests: dict[str, tuple[Seats, Uses]] = {}


def set_guests(kind: str, seats: Seats, uses: Uses) -> None:
    """Tell the house of a kind of account that holds no office: where it stands as if it did, and which permissions it may use there."""
    _guests[kind] = (seats, uses)


def uses_of(user: Any) -> frozenset[str] | None:
    """The permissions beyond which an account has none, whatever its seats would give it; None for people, whose offices say it all."""
    guest = _guests.get(getattr(user, "kind", ""))
    return guest[1](user) if guest else None


def seats_of(user: Any) -> list[Any]:
    """The offices that a person holds today; each has a duty, a union and its level."""
    if not getattr(user, "is_active", False):
        return []
    if guest := _guests.get(getattr(user, "kind", "")):
        return guest[0](user)
    return _finder[0](user) if _finder else []
