"""The interface for machines: each call says who may make it, as pages do; the table of routes and its test are made of these words.

A stranger gets 401, for no way to a door helps a program; a member 404, as on the pages of the office.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from django.http import Http404, HttpRequest
from ninja.operation import Operation
from ninja.security import SessionAuth
from ninja.utils import contribute_operation_callback

from niangjia.kit.flow import code
from niangjia.kit.pages import Guard, is_member

Call = Callable[..., Any]


class Session(SessionAuth):
    """Whoever is signed in and works for a union; the OpenAPI document knows it by this name."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The caller; None, which is 401, for a stranger."""
        if is_member(request.user):
            raise Http404
        return super().authenticate(request, key)


def anybody(may: str | Enum = "") -> Callable[[Call], Call]:
    """Anybody may call it: it answers with what is public, and with the rest to whom `may` permits it."""
    return lambda call: declared(call, Guard("public", code(may)), open_=True)


def office(may: str | Enum = "") -> Callable[[Call], Call]:
    """Only the office may call it; it answers with what `may` permits."""
    return lambda call: declared(call, Guard("office", code(may)), open_=False)


def declared(call: Call, guard: Guard, *, open_: bool) -> Call:
    """Put the guard on a call, and let its operation keep it."""

    def keep(operation: Operation) -> None:
        doors: list[Callable[..., Any]] = [] if open_ else [Session()]
        operation.auth_param, operation.auth_callbacks = doors, doors

    call.guard = guard  # type: ignore[attr-defined]
    contribute_operation_callback(call, keep)
    return call
