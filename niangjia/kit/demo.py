"""Who can sign in to the demo: the floors that know people tell, the door shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Groups = Callable[[], list[dict[str, Any]]]
_finders: list[Groups] = []


def add_groups(find: Groups) -> None:
    """Tell of people of the demo: groups of a title and people (username, name, post, union, hint)."""
    _finders.append(find)


def groups() -> list[dict[str, Any]]:
    """The people of the demo, in groups."""
    return [group for find in _finders for group in find()]
