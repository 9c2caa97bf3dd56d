"""Who can sign in to the demo: the floors that know people tell, the door shows; who knows what waits for them adds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Groups = Callable[[], list[dict[str, Any]]]
Hints = Callable[[list[str]], dict[str, str]]
_finders: list[Groups] = []
_hints: list[Hints] = []


def add_groups(find: Groups) -> None:
    """Tell of people of the demo: groups of a title and people (username, name, post, union, hint)."""
    _finders.append(find)


def set_hints(find: Hints) -> None:
    """Tell what waits for people of the demo, by account: asked once for all of them."""
    _hints[:] = [find]


def groups() -> list[dict[str, Any]]:
    """The people of the demo, in groups."""
    return [group for find in _finders for group in find()]


def hinted(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Groups in which each person who has no word of her own is given what waits for her."""
    found = list(found)
    people = [person for group in found for person in group["people"] if not person["hint"]]
    said = _hints[0]([person["username"] for person in people]) if _hints and people else {}
    for person in people:
        person["hint"] = said.get(person["username"], "")
    return found
