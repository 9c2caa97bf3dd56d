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
from typing import TypeVar

T = TypeVar("T")
Read = Callable[[], object]

_reader: list[Read] = []
_seen: ContextVar[list[object] | None] = ContextVar("seen", default=None)


def set_mark(read: Read | None) -> None:
    """Tell the house how the mark is read; a mark of None says that nothing may be remembered."""
    _reader[:] = [read] if read else []


def mark() -> object:
    """The mark: within a request as it was when first asked, else as it is now."""
    held = _seen.get()
    if held:
        return held[0]
    found = _reader[0]() if _reader else None
    if held is not None:
        held.append(found)
    return found


@contextmanager
def once() -> Iterator[None]:
    """A request, a round of a job: the mark is read once in it."""
    token = _seen.set([])
    try:
        yield
    finally:
        _seen.reset(token)


def anew() -> None:
    """Read the mark again: this request has just changed what is remembered."""
    held = _seen.get()
    if held is not None:
        held.clear()


def remembered(load: Callable[[], T]) -> Callable[[], T]:
    """A table that is loaded once for each mark; what it answers is shared, and nobody may change it."""
    kept: dict[str, tuple[object, T]] = {}

    @wraps(load)
    def ask() -> T:
        at, held = mark(), kept.get("it")
        if held is not None and at is not None and held[0] == at:
            return held[1]
        found = load()
        kept["it"] = (at, found)
        return found

    return ask
