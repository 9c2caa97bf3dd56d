"""The line over a list that says what it comes to: out of the books, never by counting the list.

A list names figures, and by which of its filters each is narrowed; the floor that keeps the books answers. Where no figure
says what the list shows, there is no line: a wrong total is worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from niangjia.kit.figure import Choices


@dataclass(frozen=True)
class Part:
    """One number of the line: a figure, narrowed further by a filter of the list."""

    figure: str
    only: Choices = field(default_factory=dict)
    label: Any = ""  # what it is called here, where the figure's own name says too little or too much


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


Answer = Callable[[Any, Sequence[Part]], "Totals | None"]
_answer: list[Answer] = []


def set_answer(answer: Answer) -> None:
    """Tell the lists who keeps the books."""
    _answer[:] = [answer]


def totals(union: Any, parts: Sequence[Part]) -> Totals | None:
    """What figures come to now at a union and below it; nothing where nobody keeps the books, or nothing was asked."""
    return _answer[0](union, parts) if _answer and union is not None and parts else None
