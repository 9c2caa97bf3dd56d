"""The numbers beside the lines of the menu: each app says how it counts what waits.

Counting takes a third of the time of a page, and what others do may show some seconds late. So the numbers of a page travel
in a signed cookie, and serve the pages that follow it within `MENU_SECONDS`; whatever a reader sends takes it away, so that
she sees her own deeds at once. The line on whose page she is counts anew, since page and menu must say the same. Nothing is
kept on the server, which may be many machines.

>>> # niangjia/rights/nav.py
>>> # counter("disputes", lambda request: permitted(request.user, May.VIEW).filter(open=True).count())
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "badges"
READING = ("GET", "HEAD")


@dataclass(frozen=True)
class Count:
    """How many wait, and how many of them are late."""

    total: int
    late: int = 0


Counter = Callable[[HttpRequest], "int | Count"]
COUNTERS: dict[str, Counter] = {}


def counter(name: str, ask: Counter) -> None:
    """Say how a number beside a line is found; `unread` is the one at the bell."""
    COUNTERS[name] = ask


def counted(name: str, request: HttpRequest) -> Count | None:
    """The number of a counter now, counted once in a request: a page may say in words what the menu says in a number. None where nobody has declared it."""
    if name not in COUNTERS:
        return None
    known: dict[str, Count] = request.__dict__.setdefault("counted", {})
    if name not in known:
        number = COUNTERS[name](request)
        known[name] = number if isinstance(number, Count) else Count(number)
    return known[name]


def badge(name: str, request: HttpRequest) -> Count | None:
    """The number as the menu shows it: what this page has counted, else what a page just before it did, else counted now."""
    if name in request.__dict__.get("counted", {}):
        return counted(name, request)
    if "badges" not in request.__dict__:
        request.__dict__["badges"] = _read(request)
    known: dict[str, Count] = request.__dict__["badges"]
    return known[name] if name in known else counted(name, request)


def seconds() -> int:
    """How long the numbers of a page serve those that follow; 0 counts each time."""
    return int(getattr(settings, "MENU_SECONDS", 0))


def carry(request: HttpRequest, response: HttpResponse) -> None:
    """Give the numbers to the next page, or take them away after a deed."""
    if request.method not in READING:
        if COOKIE in request.COOKIES:
            response.delete_cookie(COOKIE, samesite="Lax")
        return
    fresh: dict[str, Count] = request.__dict__.get("counted", {})
    if not fresh or "badges" not in request.__dict__ or request.__dict__["badges"] or not seconds():
        return
    said = json.dumps([request.user.pk, {name: [one.total, one.late] for name, one in fresh.items()}], separators=(",", ":"))
    response.set_signed_cookie(COOKIE, said, max_age=seconds(), secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")


def _read(request: HttpRequest) -> dict[str, Count]:
    """What the last page counted for the same reader, unless it is too old, forged, or she has just done something."""
    said: Any = request.get_signed_cookie(COOKIE, "", max_age=seconds()) if request.method in READING else ""
    if not said or not seconds():
        return {}
    reader, numbers = json.loads(said)
    return {name: Count(*pair) for name, pair in numbers.items()} if reader == request.user.pk else {}
