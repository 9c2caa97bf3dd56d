"""Lists of people that may be taken away, by two persons: each app says in its exportable.py what its list holds and who answers for it.

>>> # niangjia/members/exportable.py
>>> # exportable(Exportable("members.register", _("Register of members"), thing="members.membership", duty="organisation", …))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

Label = Any  # a string, or one translated when it is shown
Query = Mapping[str, str]  # what the list is narrowed by, as its address says it
Line = tuple[int, int, Sequence[Any]]  # the union where a row stands, its number, and the cells chosen


@dataclass(frozen=True)
class Field:
    """One column that can be chosen."""

    code: str
    label: Label  # on the page
    head: Label  # in the file: as an import knows it
    width: float = 14
    kind: str = "text"
    always: bool = False  # without it the list says nothing
    sealed: bool = False  # left out, covered, or for a reason in full
    chosen: bool = True  # unless somebody says otherwise


@dataclass(frozen=True)
class Exportable:
    """A list that holds personal data: what it shows to somebody, and how it is written out."""

    code: str
    title: Label
    thing: str  # the label of the rows' model: what its people are told is found by it
    duty: str  # the office that keeps it: one of its holders asks, another answers
    fields: Sequence[Field]
    filters: Sequence[str]  # the names by which its address narrows it
    rows: Callable[[Any, Any, Query], QuerySet[Any]]  # of a person, at a union and below it, narrowed: never more than she may take
    words: Callable[[Query], Sequence[tuple[Label, Label]]]  # the filters as people read them
    lines: Callable[[QuerySet[Any], Sequence[str], frozenset[str]], Iterator[Line]]  # the columns chosen, those in full
    back: str  # the name of the list's address
    note: Label = ""  # a third line over the heads
    foot: Label = (
        ""  # a form that is sent to others: it stands first in the workbook, this below its rows as one cell, and no column is left out
    )


EXPORTABLES: dict[str, Exportable] = {}


def exportable(one: Exportable) -> Exportable:
    """Declare a list."""
    EXPORTABLES[one.code] = one
    return one
