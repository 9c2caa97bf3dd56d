"""What is covered is shown to whoever handles a case and says why: a worker's number, and who reported an event without wanting to be named."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kit.errors import RuleBroken
from niangjia.kit.pages import Request, opens, render
from niangjia.members.api import covered, disclose
from niangjia.rights import actions, forms
from niangjia.rights.enums import May
from niangjia.rights.models import Dispute, Event
from niangjia.rights.views.disputes import crumbs_of
from niangjia.rights.views.events import crumbs_of as crumbs_of_event


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.SEE_CLAIMANTS, by="uuid")
def reveal(request: Request, dispute: Dispute, person: UUID, what: str) -> HttpResponse:
    """Show one covered value to somebody who says why; it is written down who looked."""
    if what not in ("id", "phone"):
        raise Http404
    line = get_object_or_404(dispute.claimants.select_related("person"), person__uuid=person)
    form = forms.WhyForm(request.POST or None)
    value = ""
    if request.method == "POST" and form.is_valid():
        try:
            value = disclose(line.person, what, why=f"{dispute.reference} {form.cleaned_data['why']}", by=request.user)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
    title = _("Show the identity number") if what == "id" else _("Show the mobile number")
    context = {
        "form": form, "title": title, "name": line.person.name if value else covered(line.person).name, "value": value, "back": dispute.get_absolute_url(),
        "crumbs": [*crumbs_of(dispute), (title, "")],
    }  # fmt: skip
    return _asked(request, context)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.REVEAL_REPORTER, by="uuid")
def reporter(request: Request, event: Event) -> HttpResponse:
    """Show who reported an event, to an office above the firm that says why; it is written down who looked."""
    if not event.anonymous and event.teller_sealed is None:
        raise Http404
    form = forms.WhyForm(request.POST or None)
    value = ""
    if request.method == "POST" and form.is_valid():
        try:
            value = actions.disclose_reporter(event, why=form.cleaned_data["why"], by=request.user)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
    title = _("Show who reported it")
    context = {
        "form": form, "title": title, "name": _("Reported by"), "value": value, "back": event.get_absolute_url(),
        "crumbs": [*crumbs_of_event(event), (title, "")],
    }  # fmt: skip
    return _asked(request, context)


def _asked(request: Request, context: dict[str, Any]) -> HttpResponse:
    return render(request, "rights/reveal.html", context, status=422 if request.method == "POST" and not context["value"] else 200)
