"""Mending, by the owner: the books are made to say what the tables say, as ordinary dated lines."""

from __future__ import annotations

from niangjia.worklog.clerk import post
from niangjia.worklog.db import fetch, only

KEPT = "SELECT number, name FROM books_book WHERE installed IS NOT NULL AND after_posting IS NOT NULL ORDER BY number"


def restate(series: str | None = None) -> dict[str, int]:
    """Restate one series or all, and post; says how many lines each needed. The past is not touched: what was known stays known."""
    post()
    lines = {name: int(only(f"SELECT books_restate_{int(book)}(NULL)")) for book, name in fetch(KEPT) if series in (None, name)}
    post()
    return lines


def retally() -> None:
    """Find the tally anew from the ledger; it can always be thrown away."""
    fetch("SELECT books_retally()")
