"""What a browser keeps for one account (a report not yet sent) goes when she signs out there, or when somebody else signs in.

The server says so, because it works without script: a cookie names the account by a word that means nothing elsewhere, and whoever leaves, or comes
in her place, takes an answer that tells the browser to empty its storage. A session that merely ends leaves it: she signs in again and goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

Next = Callable[[HttpRequest], HttpResponse]
COOKIE = "kept"
EMPTY = '"storage"'
AGE = 400 * 24 * 3600  # seconds; as long as browsers keep a cookie at all


def mark(user: Any) -> str:
    """The word by which a browser knows whose a draft is: it tells nobody who she is."""
    return salted_hmac("niangjia.kept", str(user.pk)).hexdigest()[:24]


def keeps(request: HttpRequest) -> str:
    """Say that the page being answered keeps something in the browser, and for whom."""
    request.keeps = True  # type: ignore[attr-defined]
    return mark(request.user)


class Kept:
    """Empties a browser's storage when its account leaves or another one comes."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kept = request.COOKIES.get(COOKIE, "")
        was_in = bool(kept) and request.user.is_authenticated
        response = self.get_response(request)
        begins = getattr(request, "keeps", False)
        if not kept and not begins:
            return response
        here = mark(request.user) if request.user.is_authenticated else ""
        if kept and ((was_in and not here) or (here and here != kept)):
            response.headers["Clear-Site-Data"] = EMPTY
            response.delete_cookie(COOKIE)
        if begins and here:
            response.set_cookie(COOKIE, here, max_age=AGE, httponly=True, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE))
        return response
