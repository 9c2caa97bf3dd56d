"""What stands at the door: a second factor for staff, and the log of what was opened."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from niangjia.access import actions

Next = Callable[[HttpRequest], HttpResponse]
FREE = ("/account/", "/access/", "/language/", "/healthz", "/static/")


class Seen:
    """Openings are noted after the answer: the page itself was read in a transaction that could not write."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Of another system each call is noted, also one that is refused.
        if (seen := getattr(request, "seen", None)) and (response.status_code == 200 or getattr(request, "by_machine", False)):
            actions.note(seen, by=request.user if request.user.is_authenticated else None)
        return response


class SecondFactor:
    """Staff without a second factor are led to set one up before anything else opens, unless a trusted provider has just asked for one."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        asked = settings.SECOND_FACTOR and user.is_authenticated and user.kind == "STAFF" and not request.path.startswith(FREE)
        if asked and request.session.get("provider-second") != user.pk and not is_mfa_enabled(user):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return self.get_response(request)
