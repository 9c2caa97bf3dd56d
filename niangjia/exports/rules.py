"""Judgement on exports: pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

COVERED, FULL, OUT = "covered", "full", "out"


def columns(said: Mapping[str, str], fields: Sequence[tuple[str, bool, bool]]) -> tuple[list[str], list[str]]:
    """The columns chosen in their order, and those of them in full; `fields` are (code, always, sealed), what is not known is passed over.

    >>> columns({"id": "full", "job": "on", "x": "on"}, [("name", True, False), ("id", False, True), ("phone", False, True), ("job", False, False)])
    (['name', 'id', 'job'], ['id'])
    """
    chosen = [code for code, always, sealed in fields if always or (said.get(code, OUT) in (COVERED, FULL) if sealed else said.get(code))]
    return chosen, [code for code, _always, sealed in fields if sealed and said.get(code) == FULL]


def missing(purpose: str, full: Collection[str], why: str, *, short: int) -> str:
    """What is still to be said: `purpose`, `why`, or nothing; fewer characters than `short` say nothing."""
    if len(purpose.strip()) < short:
        return "purpose"
    return "why" if full and len(why.strip()) < short else ""


def over(keep_until: datetime | None, at: datetime) -> bool:
    """Whether a workbook has lain long enough."""
    return keep_until is not None and keep_until <= at
