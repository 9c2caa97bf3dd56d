"""The line over a list that says what it comes to: out of the books, never by counting the list.

A list names figures, and by which of its filters each is narrowed; the floor that keeps the books answers. Where no figure
says what the list shows, there is no line: a wrong total is worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from niangjia.kit.figure import Choices


@dataclass(frozen=True)
class Part:
    """One number of the line: a figure, narrowed further by a filter of the list."""

    figure: str
    only: Choices = field(default_factory=dict)
    label: Any = ""  # what it is called here, where the figure's own name says too little or too much
    this_year: bool = False  # of what happens, from the first of January; else as of the day


@dataclass(frozen=True)
class Total:
    """A number as the line shows it."""

    label: Any
    value: Any
    unit: str
    url: str = ""


@dataclass(frozen=True)
class Totals:
    """The line: its numbers, and as of when they were counted."""

    parts: list[Total]
    at: Any


@dataclass(frozen=True)
class Beside:
    """Figures beside the rows of a list of unions: the unit of each column, and each union's numbers, column by column, by its key."""

    units: dict[str, str]
    values: dict[int, list[Total]]


Answer = Callable[[Any, Sequence[Part], date | None], "Totals | None"]
Each = Callable[[Sequence[Any], Sequence[str], date | None], Beside]
_answer: list[tuple[Answer, Each]] = []


def set_answer(answer: Answer, each: Each) -> None:
    """Tell the lists who keeps the books."""
    _answer[:] = [(answer, each)]


def totals(union: Any, parts: Sequence[Part], on: date | None = None) -> Totals | None:
    """What figures come to at a union and below it, now or by the tree of a day that is past; nothing where nobody keeps the books,
    or nothing was asked.
    """
    return _answer[0][0](union, parts, on) if _answer and union is not None and parts else None


def each(unions: Sequence[Any], figures: Sequence[str], on: date | None = None) -> Beside:
    """What figures come to today, or by the tree of a day that is past, at each of some unions and below it: one reading a figure for
    all of them. A figure that no floor of this house declares has no column.
    """
    return _answer[0][1](unions, figures, on) if _answer and unions else Beside({}, {})
