"""The demo's door, the log of openings, the health of the house."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from niangjia.access import queries
from niangjia.access.models import SeenLog, User
from niangjia.kit import health
from niangjia.kit.demo import groups
from niangjia.kit.export import export_act, workbook
from niangjia.kit.pages import Request, public, render, seated
from niangjia.kit.workbook import Col


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
    return render(request, "access/demo.html", {"groups": groups()})


@require_GET
@seated("auditlog")
def openings(request: Request) -> HttpResponse:
    """Who saw what, the last first; for the audit administrator."""
    after = request.GET.get("before", "")
    lines = SeenLog.objects.select_related("user").order_by("-pk")
    if after.isdecimal():
        lines = lines.filter(pk__lt=int(after))
    page = list(lines[:51])
    older = page[49].pk if len(page) > 50 else 0
    context = {
        "lines": page[:50],
        "older": older,
        "broken": queries.broken_at(),
        "acts": [export_act(request, "access:log-export")],
    }
    return render(request, "access/openings.html", context, part="rows")


@require_GET
@seated("auditlog")
def openings_export(request: Request) -> HttpResponse:
    """The whole log as a workbook, the seals of the lines with it, so that the chain can be followed outside of the house."""
    columns = [
        Col(pgettext("log", "When"), 18), Col(pgettext("log", "Who"), 14), Col(pgettext("log", "Did"), 14), Col(pgettext("log", "What"), 24), Col(pgettext("log", "Number"), 12, "number"),
        Col(pgettext("log", "Why"), 44), Col(_("Seal of the line before"), 66), Col(_("Seal of the line"), 66),
    ]  # fmt: skip
    lines = SeenLog.objects.order_by("-pk").values_list("at", "user__name", "act", "kind", "thing_id", "why", "before", "digest")
    return workbook(request, "log", "access.seenlog", (_("Who saw what"), columns, lines.iterator(chunk_size=2000)))


@public
@require_GET
def healthz(request: Request) -> HttpResponse:  # noqa: ARG001 - every view has one
    """Whether the house is well, for a watchman: 200, or 503 with what is not."""
    found = health.ask()
    return JsonResponse(found, status=200 if found["well"] else 503)


def csrf_failed(request: Request, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form that came back too late, or from elsewhere."""
    return render(request, "errors/csrf.html", {}, status=403)
