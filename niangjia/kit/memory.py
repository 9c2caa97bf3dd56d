"""What every process remembers of small tables between requests, for as long as nobody has changed them.

One mark in the database is renewed by triggers whenever such a table changes. It is read once a request, and no mark ever
comes twice, so that what a transaction saw and then rolled back is never taken for true.

>>> marks, loads = ["a"], []
>>> set_mark(lambda: marks[-1])
>>> table = remembered(lambda: loads.append(marks[-1]) or len(loads))
>>> table(), table(), marks.append("b"), table()
(1, 1, None, 2)
>>> with once():
...     table(), marks.append("c"), table(), anew(), table()
(2, None, 2, None, 3)
>>> set_mark(None)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar, cast

T = TypeVar("T")
Read = Callable[[], object]

_reader: list[Read] = []
_seen: ContextVar[dict[object, Any] | None] = ContextVar("seen", default=None)  # the mark and the tables, as this request knows them


def set_mark(read: Read | None) -> None:
    """Tell the house how the mark is read; a mark of None says that nothing may be remembered."""
    _reader[:] = [read] if read else []


def mark() -> object:
    """The mark: within a request as it was when first asked, else as it is now."""
    held = _seen.get()
    if held is not None and mark in held:
        return held[mark]
    found = _reader[0]() if _reader else None
    if held is not None:
        held[mark] = found
    return found


@contextmanager
def once() -> Iterator[None]:
    """A request, a round of a job: the mark is read once in it, and what it answers stays the same to its end."""
    token = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(token)


def anew() -> None:
    """Look again: this request has just changed what is remembered."""
    held = _seen.get()
    if held is not None:
        held.clear()


def remembered(load: Callable[[], T]) -> Callable[[], T]:
    """A table that is loaded once for each mark; what it answers is shared, and nobody may change it."""
    kept: dict[str, tuple[object, T]] = {}

    @wraps(load)
    def ask() -> T:
        mine = _seen.get()
        if mine is not None and ask in mine:
            return cast("T", mine[ask])
        at, held = mark(), kept.get("it")
        found = held[1] if held is not None and at is not None and held[0] == at else load()
        kept["it"] = (at, found)
        if mine is not None:
            mine[ask] = found
        return found

    return ask
