"""The interface for machines: each call says who may make it, as pages do; the table of routes and its test are made of these words.

A stranger gets 401, for no way to a door helps a program; a member 404, as on the pages of the office. Another system comes with a key,
and gets 403 for a call whose permission it was not granted.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError
from ninja.operation import Operation
from ninja.security import HttpBearer, SessionAuth
from ninja.utils import contribute_operation_callback

from niangjia.kit.errors import Refused
from niangjia.kit.flow import code
from niangjia.kit.pages import Guard, is_member

Call = Callable[..., Any]
Finder = Callable[[HttpRequest, str], Any]
_finder: list[Finder] = []


def set_keys(find: Finder) -> None:
    """Tell the house how the account is found whose key comes with a call; it answers None for a key that opens nothing."""
    _finder[:] = [find]


class TooMany(Exception):
    """More calls than are let in; `seconds` until it is worth to try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(_("Too many calls. Wait, and send it again."))
        self.seconds = seconds


class Session(SessionAuth):
    """Whoever is signed in and works for a union; the OpenAPI document knows it by this name."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The caller; None, which is 401, for a stranger."""
        if is_member(request.user):
            raise Http404
        return super().authenticate(request, key)


class Key(HttpBearer):
    """Another system, by one of its keys; the OpenAPI document knows it by this name."""

    def __init__(self, may: str) -> None:
        super().__init__()
        self.may = may

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The account of the system, which is the caller from here on. AuthenticationError for a key that opens nothing: a session that came
        along does not save it. Refused where its scope lacks the permission of this call.
        """
        user = _finder[0](request, token) if _finder else None
        if user is None:
            raise AuthenticationError(message=_("This key opens nothing: it is unknown, was revoked, or its time is over."))
        request.user = user
        if self.may not in user.uses:
            raise Refused(_("This system was not granted the permission that the call needs: %(may)s.") % {"may": self.may or "-"})
        return user


def anybody(may: str | Enum = "") -> Callable[[Call], Call]:
    """Anybody may call it: it answers with what is public, and with the rest to whom `may` permits it."""
    return lambda call: declared(call, Guard("public", code(may)), open_=True)


def office(may: str | Enum = "") -> Callable[[Call], Call]:
    """Only the office may call it, and systems that were granted `may`; it answers with what `may` permits."""
    return lambda call: declared(call, Guard("office", code(may)), open_=False)


def declared(call: Call, guard: Guard, *, open_: bool) -> Call:
    """Put the guard on a call, and let its operation keep it."""

    def keep(operation: Operation) -> None:
        doors: list[Callable[..., Any]] = [] if open_ else [Key(guard.may), Session()]
        operation.auth_param, operation.auth_callbacks = doors, doors

    call.guard = guard  # type: ignore[attr-defined]
    contribute_operation_callback(call, keep)
    return call
