"""Rehearsals: before a large act, every floor says what of its things would move, and what must be settled first.

>>> # niangjia/rights/rehearsals.py
>>> # @carries
>>> # def events(plan): yield Carried(_("Events that run"), Event.objects.filter(plan.under(Event)).count(), _("…"))
>>> # @stops
>>> # def open_ones(plan): yield Stop(_("…"), url)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Carried:
    """One kind of thing that moves along: how many of it, and what becomes of it."""

    what: Any
    count: Any
    how: Any = ""
    url: str = ""


@dataclass(frozen=True)
class Stop:
    """Something that must be settled first: a sentence, and where to settle it."""

    sentence: Any
    url: str = ""


CARRIES: list[Callable[[Any], Iterable[Carried]]] = []
STOPS: list[Callable[[Any], Iterable[Stop]]] = []


def carries(say: Callable[[Any], Iterable[Carried]]) -> Callable[[Any], Iterable[Carried]]:
    """Declare what of an app's things moves along; the function is asked with the plan of the act."""
    CARRIES.append(say)
    return say


def stops(say: Callable[[Any], Iterable[Stop]]) -> Callable[[Any], Iterable[Stop]]:
    """Declare what must be settled before the act."""
    STOPS.append(say)
    return say


def carried(plan: Any) -> list[Carried]:
    """All that moves along, of every floor; what there is none of is left out."""
    return [one for say in CARRIES for one in say(plan) if one.count]


def stopped(plan: Any) -> list[Stop]:
    """All that must be settled first, of every floor."""
    return [one for say in STOPS for one in say(plan)]
