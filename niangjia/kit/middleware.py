"""What every answer passes: GET only reads (the database says so), errors become sentences, a strict content policy."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from niangjia.kit import badges, memory
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken

Next = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
TOO_LONG = "57014"  # the database gave a statement up
SAFE = {"GET", "HEAD", "OPTIONS"}


class Headers:
    """Headers that every page carries."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def sentence_page(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """The page for one of the house's own exceptions; None for all others."""
    if isinstance(exception, Refused):
        return render(request, "errors/403.html", {"sentence": str(exception)}, status=403)
    if isinstance(exception, (Overtaken, IllegalStep)):
        sentence = _("Somebody else moved this in the meantime. Nothing of yours was written; look at where it stands now.")
        return render(request, "errors/409.html", {"sentence": sentence}, status=409)
    if isinstance(exception, RuleBroken):
        return render(request, "errors/422.html", {"sentence": str(exception)}, status=422)
    if isinstance(exception, OperationalError) and getattr(exception.__cause__, "sqlstate", "") == TOO_LONG:
        return HttpResponse(render_to_string("errors/503.html"), status=503)  # asks the database nothing: its transaction is broken
    return None


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """The page for a fault of the house itself; where its database does not answer, it is away for a while rather than broken."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return HttpResponse(render_to_string("errors/away.html"), status=503, headers={"Retry-After": "60"})
    return HttpResponse(render_to_string("errors/500.html"), status=500)


class Once:
    """What processes remember is looked at once in a request: one question to the database, and one answer all through the page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with memory.once():
            return self.get_response(request)


class Sentences:
    """What went wrong becomes a page with a sentence; nothing was half-written, because actions are one transaction each."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        badges.carry(request, response)
        return response

    def process_view(self, request: HttpRequest, _view: object, _args: object, _words: object) -> HttpResponse | None:
        """Refuse a character that no text can hold and no keyboard writes, wherever it stands: the database would break on it."""
        said = (text for sent in (request.GET, request.POST) for name, texts in sent.lists() for text in (name, *texts))
        if "\x00" in request.path or any("\x00" in str(text) for text in said):
            sentence = _("The request holds a character that cannot be written (NUL). Take it out, and send it again.")
            return render(request, "errors/422.html", {"sentence": sentence}, status=422)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer the house's own exceptions; leave all others to Django."""
        return sentence_page(request, exception)


class ReadOnly:
    """A GET may not write: the last middleware puts the view into a read-only transaction. Sessions save outside of it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE or any(request.path.startswith(p) for p in settings.WRITING_GETS):
            return self.get_response(request)
        if transaction.get_connection().in_atomic_block:  # a test's own transaction: the tests for this use real ones
            return self.get_response(request)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            return self.get_response(request)
