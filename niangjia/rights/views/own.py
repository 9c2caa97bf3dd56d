"""A worker's own side: she asks for help, sees how far it is and what comes next, adds papers, and says who may see it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.access.models import User
from niangjia.kit.components import moment_words
from niangjia.kit.errors import RuleBroken
from niangjia.kit.pages import Request, go, opens, own_page, render, signed_in
from niangjia.members.api import home_of
from niangjia.members.models import Membership, Person
from niangjia.rights import actions, queries
from niangjia.rights.drawn.own import own_agreement, traced
from niangjia.rights.enums import May
from niangjia.rights.forms.mediation import EvidenceForm, HelpForm, PrivateNote
from niangjia.rights.models import Dispute, Reckoning
from niangjia.rights.reckoning import unpacked
from niangjia.rights.shown import own as shown
from niangjia.rights.shown import own_aid
from niangjia.rights.shown import reckoning as reckoned

MOST = 20


def owner(request: Request) -> Person:
    """The person who is signed in; for everybody else there is no such page."""
    assert isinstance(request.user, User)
    person = Person.objects.filter(user=request.user, erased_at=None).first()
    if person is None:
        raise Http404
    return person


def housed(request: Request) -> tuple[Person, Membership]:
    """The person who is signed in, with the membership by which her union helps her; who has none has no such page."""
    person = owner(request)
    home = home_of(person)
    if home is None:
        raise Http404
    return person, home


def own_crumbs(*more: tuple[Any, str]) -> list[tuple[Any, str]]:
    """The way to a page below her rights."""
    return [(_("My union"), "/me/"), (_("My rights"), reverse("own-rights:list")), *more]


@require_safe
@signed_in
@own_page
def mine(request: Request) -> HttpResponse:
    """My cases, and the way to ask for help."""
    person = owner(request)
    rows = Dispute.objects.filter(claimants__person=person).order_by("-applied_on", "-pk")[:MOST]
    home = home_of(person)
    context = {
        "cases": [*shown.cases(rows), *own_aid.cases(person, MOST)],
        "may_ask": home is not None,
        "crumbs": [(_("My union"), "/me/"), (_("My rights"), "")],
    }
    return render(request, "rights/own_list.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
@own_page
def ask(request: Request) -> HttpResponse:
    """Ask for help."""
    person, home = housed(request)
    form = HelpForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        asked = actions.Asked(
            said["cause"], said["facts"], said["amount"] or Decimal(0), said["months"], said["firm_may_see"], said["evidence"]
        )
        try:
            made = actions.send_help(person, home, asked, by=request.user)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, _("Sent. %(union)s answers here, and you get a message.") % {"union": made.handled_by.short_name})
            return go(request, reverse("own-rights:case", args=[made.uuid]))
    context = {
        "form": form, "title": _("Ask for help"), "crumbs": own_crumbs((_("Ask for help"), "")), "back": reverse("own-rights:list"),
        "text": _("%(union)s deals with it. It costs nothing.") % {"union": actions.desk_for(home).name},
    }  # fmt: skip
    return render(request, "rights/own_form.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@opens(May.OWN_DISPUTE, by="uuid")
@own_page
def case(request: Request, dispute: Dispute) -> HttpResponse:
    """One of my cases: how far it is, what comes next and until when, my sums."""
    person = owner(request)
    line = dispute.claimants.get(person=person)
    context = {
        "one": dispute, "title": shown.subject(dispute), "crumbs": own_crumbs((dispute.reference, "")), "way": shown.way(dispute), "next": shown.next_words(dispute),
        "pairs": shown.pairs(dispute, line), "papers": shown.papers_of(dispute, request.user), "sittings": shown.sittings(dispute), "waits": dispute.state == "APPLIED",
        "may_add": dispute.state in ("APPLIED", "MEDIATING", "PAUSED", "AGREED"), "consented": line.firm_may_see, "about_firm": dispute.firm_union,
        "consent": shown.consent_words(dispute, line, all_agree=queries.all_agree(dispute)) if dispute.firm_union else "",
        "looked": shown.looked(queries.looked_at(dispute, person)), "agreement": shown.agreement(dispute), "plan": shown.plan(dispute), "owed": shown.owed(line),
    }  # fmt: skip
    return render(request, "rights/own_case.html", context)


@require_http_methods(["GET", "POST"])
@opens(May.OWN_DISPUTE, do=May.OWN_DISPUTE, by="uuid")
@own_page
def evidence(request: Request, dispute: Dispute) -> HttpResponse:
    """Add papers."""
    form = EvidenceForm(request.POST or None, request.FILES or None)
    here = reverse("own-rights:case", args=[dispute.uuid])
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_evidence(dispute, form.cleaned_data["evidence"], by=request.user)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, _("Your papers lie on the case."))
            return go(request, here)
    context = {
        "form": form,
        "title": _("Add papers"),
        "crumbs": own_crumbs((dispute.reference, here), (_("Add papers"), "")),
        "back": here,
        "text": "",
    }
    return render(request, "rights/own_form.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@opens(May.OWN_DISPUTE, do=May.OWN_DISPUTE, by="uuid")
@own_page
def consent(request: Request, dispute: Dispute) -> HttpResponse:
    """Say whether the union of my firm may see it."""
    yes = request.POST.get("yes") == "1"
    try:
        actions.consent(dispute, yes=yes, by=request.user)
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        said = (
            _("The union of your firm sees nothing of it any more.") if not yes
            else _("The union of your firm may see it now.") if queries.all_agree(dispute)
            else _("You agree. The union of your firm sees it when all who claim with you agree too.")
        )  # fmt: skip
        messages.success(request, said)
    return go(request, reverse("own-rights:case", args=[dispute.uuid]))


def _mine(request: Request, dispute: Dispute, reckoning: UUID) -> Reckoning:
    """What was reckoned for her; what was reckoned for others does not exist for her."""
    found: Reckoning = get_object_or_404(dispute.reckonings.select_related("by"), uuid=reckoning, claimant__person=owner(request))
    return found


@require_safe
@opens(May.OWN_DISPUTE, by="uuid")
@own_page
def owed(request: Request, dispute: Dispute, reckoning: UUID) -> HttpResponse:
    """Why a sum is owed to me: every step, its article, and the sum as I would add it."""
    one = _mine(request, dispute, reckoning)
    answer, here = unpacked(one.answer), reverse("own-rights:case", args=[dispute.uuid])
    title = one.get_claim_display() or one.get_kind_display()
    text = _("Reckoned %(day)s by %(name)s, by version %(version)s of the rules.") % {
        "day": moment_words(one.at), "name": one.by.name if one.by else _("the house"), "version": one.version,
    }  # fmt: skip
    context = {
        "title": title, "text": text, "crumbs": own_crumbs((dispute.reference, here), (title, "")), "result": reckoned.result(answer), "table": reckoned.steps_table(answer),
        "back": here, "pdf": reverse("own-rights:owed_pdf", args=[dispute.uuid, one.uuid]),
    }  # fmt: skip
    return render(request, "rights/own_owed.html", context)


@require_safe
@opens(May.OWN_DISPUTE, by="uuid")
@own_page
def owed_pdf(request: Request, dispute: Dispute, reckoning: UUID) -> HttpResponse:
    """The same on paper, to take along."""
    one = _mine(request, dispute, reckoning)
    return own_pdf(traced(one).pdf(), f"{dispute.reference}-{one.pk}")


@require_safe
@opens(May.OWN_DISPUTE, by="uuid")
@own_page
def agreement_pdf(request: Request, dispute: Dispute) -> HttpResponse:
    """My agreement on paper: its clauses, its days, and what I get; of the others only how many they are."""
    line = dispute.claimants.select_related("person").get(person=owner(request))
    if dispute.agreed_on is None:
        raise Http404
    return own_pdf(own_agreement(dispute, line).pdf(), f"{dispute.reference}-agreement")


def own_pdf(body: bytes, name: str) -> HttpResponse:
    """A paper of hers, to be read or taken along."""
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf") or "inline"
    return answer


@require_http_methods(["GET", "POST"])
@opens(May.OWN_DISPUTE, do=May.OWN_DISPUTE, by="uuid")
@own_page
def recall(request: Request, dispute: Dispute) -> HttpResponse:
    """Take it back while nobody has decided."""
    form = PrivateNote(request.POST or None)
    here = reverse("own-rights:case", args=[dispute.uuid])
    if request.method == "POST" and form.is_valid():
        try:
            actions.recall(dispute, reason=form.cleaned_data["reason"], by=request.user)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, _("Taken back."))
            return go(request, here)
    context = {
        "form": form,
        "title": _("Take it back"),
        "crumbs": own_crumbs((dispute.reference, here), (_("Take it back"), "")),
        "back": here,
        "text": "",
    }
    return render(request, "rights/own_form.html", context, status=422 if request.method == "POST" else 200)
