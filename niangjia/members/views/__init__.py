"""Pages of members: the register, imports of rosters, and the affairs of a membership, whose pages and lists are of one shape."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.access.api import User
from niangjia.kit.pages import render

NOTHING: dict[str, Any] = {
    "acts": [], "meta": "", "warnings": [], "steps": [], "move_url": "", "parts": [], "tables": [], "entries": [], "clocks": [], "views": [], "chips": [],
    "q": None, "keep": [], "ticks": None, "more": None,
}  # fmt: skip


def me(request: HttpRequest) -> User:
    """Whoever reads; the doors of these pages let nobody in who is not signed in."""
    assert isinstance(request.user, User)
    return request.user


def crumbs(*more: tuple[Any, str]) -> list[tuple[Any, str]]:
    """The way from the register to a page."""
    return [(_("Register of members"), reverse("members:list")), *more]


def queue(request: HttpRequest, **facts: Any) -> HttpResponse:
    """A list of affairs: what waits, with what may be done to those that are ticked."""
    return render(request, "members/queue.html", {**NOTHING, **facts}, part="rows")


def affair(request: HttpRequest, *, status: int = 200, **facts: Any) -> HttpResponse:
    """The page of one affair: its state, what may be done, its facts, its story and its clocks."""
    return render(request, "members/affair.html", {**NOTHING, **facts}, status=status)
