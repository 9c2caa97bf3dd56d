"""The demo's door, the end of one session, the health of the house."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.access import actions
from niangjia.access.models import User
from niangjia.kit import health
from niangjia.kit.demo import groups, hinted
from niangjia.kit.pages import Request, also_for_members, go, public, render, signed_in


@public
@require_http_methods(["GET", "POST"])
def demo(request: Request) -> HttpResponse:
    """Everybody of the demo city, one click each; the page does not exist outside of demo mode."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        user = get_object_or_404(User, username=request.POST.get("user", ""), is_active=True)
        login(request, user, "allauth.account.auth_backends.AuthenticationBackend")
        UserSession.objects.create_from_request(request)  # as the real door does: "where I am signed in" lists this place too
        return HttpResponseRedirect("/", status=303)
    return render(request, "access/demo.html", {"groups": hinted(groups())})


@require_POST
@signed_in
@also_for_members
def end_session(request: Request, number: int) -> HttpResponse:
    """Sign out at one place, of those where she is signed in; the library's own form ends all others at once, or this one."""
    if not actions.end_session(request.user, number, here=request.session.session_key or ""):
        raise Http404
    messages.success(request, _("Signed out there. Whoever sits there has to sign in anew."))
    return go(request, reverse("usersessions_list"))


@public
@require_safe
def healthz(request: Request) -> HttpResponse:  # noqa: ARG001 - every view has one
    """Whether the house is well, for a watchman: 200, or 503 with what is not."""
    found = health.ask()
    return JsonResponse(found, status=200 if found["well"] else 503)


def csrf_failed(request: Request, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form that came back too late, or from elsewhere."""
    return render(request, "errors/csrf.html", {}, status=403)
