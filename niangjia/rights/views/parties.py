"""Pages on which the parties of a dispute are named: employers by code or name, workers by identity number."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kit.barred import while_in
from niangjia.kit.errors import RuleBroken
from niangjia.kit.filled import filled
from niangjia.kit.pages import Request, go, opens, render
from niangjia.members.api import covered
from niangjia.rights import actions, forms, queries
from niangjia.rights.enums import May
from niangjia.rights.models import Dispute
from niangjia.rights.views.disputes import crumbs_of
from niangjia.unions.models import Employer


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(*actions.CHANGING)
def respondents(request: Request, dispute: Dispute) -> HttpResponse:
    """Find the employer; or, if nobody has recorded it, write its name and code."""
    text = request.GET.get("q", "").strip()
    form = forms.NewEmployerForm(
        request.POST if request.method == "POST" and "employer" not in request.POST else None, initial={"name": text}
    )
    if request.method == "POST":
        try:
            if "employer" in request.POST:
                one = get_object_or_404(Employer, uscc=request.POST["employer"])
                line = actions.add_respondent(dispute, employer=one, by=request.user)
            elif form.is_valid():
                line = actions.add_respondent(dispute, **form.cleaned_data, by=request.user)
            else:
                return _respondents(request, dispute, form, text, status=422)
        except RuleBroken as broken:
            if "employer" in request.POST:
                messages.error(request, str(broken))
                return go(request, request.path)
            form.add_error(None, str(broken))
            return _respondents(request, dispute, form, text, status=422)
        messages.success(request, _("%(name)s stands in the dispute now.") % {"name": line.employer.name})
        return go(request, dispute.get_absolute_url())
    return _respondents(request, dispute, form, text)


def _respondents(request: Request, dispute: Dispute, form: forms.NewEmployerForm, text: str, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form, "q": text, "found": queries.employers_named(text, dispute.handled_by), "title": _("Add an employer"), "back": dispute.get_absolute_url(),
        "crumbs": [*crumbs_of(dispute), (_("Add an employer"), "")],
    }  # fmt: skip
    return render(request, "rights/respondents.html", context, status=status)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(*actions.CHANGING)
def respondent(request: Request, dispute: Dispute, uscc: str) -> HttpResponse:
    """Take an employer off that was named by mistake."""
    line = get_object_or_404(dispute.respondents.select_related("employer"), employer__uscc=uscc)
    if request.method == "POST":
        actions.drop_respondent(line, by=request.user)
        messages.success(request, _("%(name)s does not stand in the dispute any more.") % {"name": line.employer.name})
        return go(request, dispute.get_absolute_url())
    context = {
        "title": _("Take an employer off"), "name": line.employer.name, "back": dispute.get_absolute_url(), "crumbs": [*crumbs_of(dispute), (_("Take an employer off"), "")],
        "speaks": None,
    }  # fmt: skip
    return render(request, "rights/party.html", context)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(*actions.CHANGING)
def claimants(request: Request, dispute: Dispute) -> HttpResponse:
    """Name a worker."""

    def act(said: dict[str, Any]) -> str:
        said["claimed"] = said["claimed"] or Decimal(0)
        line = actions.add_claimant(dispute, **said, by=request.user)
        return _("%(name)s is named.") % {"name": line.person.name}

    form = forms.ClaimantForm(request.POST or None)
    text = _("Known by the identity number; it is sealed, and shown only to whoever says why.")
    return filled(
        request, form, act, title=_("Add a worker"), button=_("Add"), text=text, back=dispute.get_absolute_url(), crumbs=crumbs_of(dispute)
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(*actions.CHANGING)
def claimant(request: Request, dispute: Dispute, person: UUID) -> HttpResponse:
    """Mark who speaks for the others, or take a worker off."""
    line = get_object_or_404(dispute.claimants.select_related("person"), person__uuid=person)
    if request.method == "POST":
        if "drop" in request.POST:
            actions.drop_claimant(line, by=request.user)
        else:
            actions.speak(line, leads=not line.leads, by=request.user)
        return go(request, dispute.get_absolute_url())
    context = {
        "title": _("Change a worker"), "name": covered(line.person).name, "back": dispute.get_absolute_url(), "crumbs": [*crumbs_of(dispute), (_("Change a worker"), "")],
        "speaks": line.leads,
    }  # fmt: skip
    return render(request, "rights/party.html", context)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(*actions.CHANGING)
def claim(request: Request, dispute: Dispute) -> HttpResponse:
    """Correct what is claimed altogether."""

    def act(said: dict[str, Any]) -> str:
        actions.claim(dispute, amount=said["amount"], by=request.user)
        return _("Claimed altogether: %(yuan)s yuan.") % {"yuan": f"{dispute.claimed:,.2f}"}

    form = forms.ClaimForm(request.POST or None, initial={"amount": dispute.claimed})
    return filled(
        request, form, act, title=_("Correct the claim"), button=_("Correct it"), back=dispute.get_absolute_url(), crumbs=crumbs_of(dispute)
    )
