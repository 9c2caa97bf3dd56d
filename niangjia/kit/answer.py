"""What a parameter is on a day at a place: the newest value of the nearest place, else of the places above, else everywhere's, else the default.

A place that has none of its own goes on with what was set for a place whose successor it is, from the day of that act on.

>>> from niangjia.kit.parameter import parameter
>>> from niangjia.kit.spans import days
>>> term = parameter("demo.mediate", days(15), zh="调解期限", en="Mediation", basis="art. 14")
>>> here = Book({("demo.mediate", 7): [Row(1, days(10), date(2016, 1, 1), 7, "长总工〔2016〕3号")]}, up={7: 1, 1: None})
>>> [str(answer(term, date(year, 6, 1), here.chain(7), here).value) for year in (2015, 2016)]
['15 d', '10 d']
>>> str(answer(term, date(2016, 6, 1), here.chain(1), here).value)
'15 d'
>>> then = replace(here, up={8: 1, **here.up}, came={8: [Succession(date(2020, 7, 1), 7)]})
>>> [str(answer(term, date(2020, month, 1), then.chain(8), then).value) for month in (6, 7)]
['15 d', '10 d']
>>> del PARAMETERS["demo.mediate"]
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace  # noqa: F401 - the example takes a book apart
from datetime import date
from functools import cached_property
from typing import Any

from niangjia.kit.parameter import PARAMETERS, Parameter
from niangjia.kit.values import Value, packed
from niangjia.kit.who import Scope

Place = tuple[int, ...]  # divisions, the nearest first


@dataclass(frozen=True)
class Row:
    """A value that a place set from a day on; it holds until the place's next. None: from that day on the place above is followed again."""

    pk: int
    value: Value | None
    since: date
    at: int | None  # the division; None is everywhere: the law itself has changed
    basis: str


@dataclass(frozen=True)
class Succession:
    """A place that ended on a day, as its successor sees it."""

    on: date
    was: int


@dataclass(frozen=True)
class Book:
    """All rows that were ever put in force, the oldest first, and the tree of places: small, and remembered by every process."""

    rows: Mapping[tuple[str, int | None], Sequence[Row]] = field(default_factory=dict)
    up: Mapping[int, int | None] = field(default_factory=dict)
    homes: Mapping[int, int] = field(default_factory=dict)  # the division of every leading union
    names: Mapping[int, str] = field(default_factory=dict)
    came: Mapping[int, Sequence[Succession]] = field(default_factory=dict)  # those whose successor a division is, the first first

    def chain(self, division: int | None, on: date | None = None) -> Place:
        """A division and those above it; nowhere is the top. With a day: of one that has ended by then, its successor's."""
        if on is not None:
            division = self.heir(division, on)
        line: list[int] = []
        while division is not None and division not in line:
            line.append(division)
            division = self.up.get(division)
        return tuple(line)

    @cached_property
    def _heirs(self) -> dict[int, tuple[date, int]]:
        return {one.was: (one.on, heir) for heir, those in self.came.items() for one in those}

    def heir(self, division: int | None, on: date) -> int | None:
        """What goes on with a division by a day: itself, while it stands."""
        while division in self._heirs and self._heirs[division][0] <= on:
            division = self._heirs[division][1]
        return division

    def before(self, division: int) -> list[int]:
        """All those whose successor a division is, by however many steps."""
        return [one for succession in self.came.get(division, ()) for one in (succession.was, *self.before(succession.was))]

    def speaks(self, code: str, at: int | None, on: date) -> Row | None:
        """The row by which a place speaks on a day: its own, and be it that it follows the place above again; else that of a predecessor.

        The place that stays wins over one that merges into it, and of two that merge the one that came first: it held already.
        """
        known = self.rows.get((code, at), ())
        if n := bisect_right(known, on, key=lambda row: row.since):
            return known[n - 1]
        for one in self.came.get(at, ()) if at is not None else ():
            if one.on <= on and (row := self.speaks(code, one.was, on)) is not None and row.value is not None:
                return row
        return None

    def row(self, pk: int | None) -> Row | None:
        """A row by its number."""
        return next((row for rows in self.rows.values() for row in rows if row.pk == pk), None) if pk else None


_finder: list[Callable[[], Book]] = []


def set_book(find: Callable[[], Book]) -> None:
    """Tell the house where the rows are kept."""
    _finder[:] = [find]


def book() -> Book:
    """What is set, as this request sees it; an empty book where no floor keeps one."""
    return _finder[0]() if _finder else Book()


@dataclass(frozen=True)
class Answer:
    """What holds on a day at a place, and the row that says so, which names its division; no row: the default."""

    of: Parameter
    value: Any
    row: Row | None = None


def answer(what: Parameter, on: date, place: Place, among: Book | None = None) -> Answer:
    """The newest value valid on a day at the nearest place that has one, else everywhere's, else the default."""
    known = book() if among is None else among
    for at in (*place, None):
        row = known.speaks(what.code, at, on)
        if row is not None and row.value is not None:
            return Answer(what, row.value, row)
    return Answer(what, what.default)


def value(code: str, *, on: date, place: Place) -> Any:
    """What a parameter is on a day at a place."""
    return answer(PARAMETERS[code], on, place).value


def place_of(thing: Any) -> Place:
    """Where a thing stands: the division of its union if that leads a place, else of the township or county above it, else the top."""
    known, scope = book(), getattr(type(thing), "scope", Scope())
    for column in (scope.union, scope.township, scope.county):
        if (home := known.homes.get(getattr(thing, column, None) or 0)) is not None:
            return known.chain(home)
    return tuple(one for one, above in known.up.items() if above is None)[:1]


@dataclass
class Asking:
    """Questions on one day at one place, for one answer of a rule: what was asked is its trace."""

    on: date
    place: Place
    used: dict[str, Answer] = field(default_factory=dict)

    def __call__(self, what: Parameter) -> Any:
        """The value that holds; noted."""
        return self.used.setdefault(what.code, answer(what, self.on, self.place)).value

    def trace(self) -> dict[str, Any]:
        """Which value each parameter had, which row gave it, and for which division that was set: stored with the answer."""
        rows = {
            code: {"value": packed(said.value), "row": said.row.pk if said.row else None, "division": said.row.at if said.row else None}
            for code, said in self.used.items()
        }
        return {"on": self.on.isoformat(), "place": list(self.place), "rules": rows}


def asking(thing: Any, on: date) -> Asking:
    """Questions about a thing on a day, at the place where it stands."""
    return Asking(on, place_of(thing))
