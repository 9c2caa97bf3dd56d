"""How long what is kept of people is kept, and what goes then: declared once for each model, carried out by one job at night.

>>> # niangjia/members/retention.py
>>> # retention("members.person", after=FILE_KEPT, since=_("leaving"), goes=_("name, numbers"), keeps=_("the count"), erase=erase_left)

Who still needs somebody's file says so with `needs`; who holds a copy of what is in it, with `erases`; who else holds the bytes of a document, with
`holds`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from niangjia.kit.parameter import Parameter

Label = Any  # a string, or one translated when it is shown


@dataclass(frozen=True)
class Retention:
    """One line of the table: what is kept, how long from when on, what goes and what stays."""

    model: str  # its label
    after: Parameter | timedelta  # set by law or place; or a length of the house itself, for what is no longer of use
    since: Label
    goes: Label
    keeps: Label
    erase: Callable[[], int]  # erases what has become due, in transactions of its own; answers how many


RETENTIONS: dict[str, Retention] = {}
NEEDS: dict[str, list[Callable[[list[int]], set[int]]]] = {}
ALONG: dict[str, list[Callable[[list[int]], None]]] = {}
HOLDERS: list[Callable[[str], bool]] = []


def retention(model: str, *, after: Parameter | timedelta, since: Label, goes: Label, keeps: Label, erase: Callable[[], int]) -> None:
    """Declare how long things of a model are kept as they are."""
    if model in RETENTIONS:
        raise ValueError(f"{model} is retained twice")
    RETENTIONS[model] = Retention(model, after, since, goes, keeps, erase)


def needs(model: str) -> Callable[[Callable[[list[int]], set[int]]], Callable[[list[int]], set[int]]]:
    """Say which of some things another floor still needs: decorate a function from their numbers to those that must stay."""

    def keep(ask: Callable[[list[int]], set[int]]) -> Callable[[list[int]], set[int]]:
        NEEDS.setdefault(model, []).append(ask)
        return ask

    return keep


def needed(model: str, pks: Iterable[int]) -> set[int]:
    """Those of some things that somebody still needs."""
    those = list(pks)
    return {pk for ask in NEEDS.get(model, []) for pk in ask(those)} if those else set()


def erases(model: str) -> Callable[[Callable[[list[int]], None]], Callable[[list[int]], None]]:
    """Say that a higher floor keeps a copy of what is erased: decorate a function from their numbers, called in the same transaction, before."""

    def keep(erase: Callable[[list[int]], None]) -> Callable[[list[int]], None]:
        ALONG.setdefault(model, []).append(erase)
        return erase

    return keep


def erase_along(model: str, pks: Iterable[int]) -> None:
    """Have every floor above erase its copies, while the things themselves are still whole."""
    those = list(pks)
    for erase in ALONG.get(model, []) if those else []:
        erase(those)


def holds(ask: Callable[[str], bool]) -> Callable[[str], bool]:
    """Say that a floor holds the bytes of a document by itself: decorate a function that is asked by the digest."""
    HOLDERS.append(ask)
    return ask
