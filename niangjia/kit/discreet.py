"""What goes into the log when something breaks: where, of which kind, by which constraint; never a value, for values are people's.

>>> import sys
>>> try:
...     int("33052219900101001X")
... except ValueError:
...     print(Discreet().formatException(sys.exc_info()).splitlines()[-1])
ValueError
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def kind(fault: BaseException) -> str:
    """The kind of a fault; of a database's also its code and what was violated, which are words of the house and not of people."""
    diagnosis: Any = getattr(fault, "diag", None)
    facts = [
        getattr(fault, "sqlstate", None),
        *(getattr(diagnosis, name, None) for name in ("table_name", "column_name", "constraint_name")),
    ]
    said = " ".join(str(one) for one in facts if one)
    name = type(fault).__qualname__ if type(fault).__module__ == "builtins" else f"{type(fault).__module__}.{type(fault).__qualname__}"
    return f"{name}: {said}" if said else name


def chain(fault: BaseException) -> Iterator[BaseException]:
    """A fault and what caused it, the cause first."""
    seen: list[BaseException] = []
    one: BaseException | None = fault
    while one is not None and one not in seen:
        seen.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return reversed(seen)


class Discreet(logging.Formatter):
    """A formatter whose tracebacks show the lines of code, and of each fault its kind alone."""

    def formatException(self, ei: Caught) -> str:  # noqa: N802 - the library's name
        """The traceback without what the fault says, for it may quote what somebody typed."""
        if ei[1] is None:
            return ""
        parts = []
        for fault in chain(ei[1]):
            where = "".join(traceback.format_list(traceback.extract_tb(fault.__traceback__)))
            parts.append(f"Traceback (most recent call last):\n{where}{kind(fault)}")
        return "\n\nThen:\n\n".join(parts)
