"""A member's own side of legal aid: she applies on her phone, brings papers, sees how far it is, objects, withdraws, and says how content she is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kit.errors import RuleBroken
from niangjia.kit.pages import Request, go, opens, own_page, render, signed_in
from niangjia.rights import actions
from niangjia.rights.actions.aid import SUPPLYING
from niangjia.rights.aided import AidMay, ProofKind
from niangjia.rights.drawn.own import DECIDED, own_application, own_decision
from niangjia.rights.forms import aid as forms
from niangjia.rights.forms.mediation import PrivateNote
from niangjia.rights.models import Aid, Recipient
from niangjia.rights.queries.aid import aid_looked_at, missing_of
from niangjia.rights.shown import own as looks
from niangjia.rights.shown import own_aid as shown
from niangjia.rights.views.own import housed, own_crumbs, own_pdf, owner

FILES = (("identity", ProofKind.IDENTITY), ("means", ProofKind.MEANS), ("standing", ProofKind.STANDING), ("evidence", ProofKind.EVIDENCE))


@require_http_methods(["GET", "POST"])
@signed_in
@own_page
def apply(request: Request) -> HttpResponse:
    """Apply for legal aid."""
    person, home = housed(request)
    form = forms.OwnAidForm(request.POST or None, request.FILES or None)

    def act(said: dict[str, Any]) -> str:
        files = [(str(kind.value), said[name]) for name, kind in FILES if said[name]]
        facts = actions.AidSaid(said["kind"], said["matter"], said["form"], said["facts"], said["claimed"] or Decimal(0), files=files)
        made = actions.send_aid(person, home, facts, by=request.user)
        messages.success(request, _("Sent. %(union)s answers here, and you get a message.") % {"union": made.union.short_name})
        return reverse("own-rights:aid", args=[made.uuid])

    title, text = _("Apply for legal aid"), _("%(union)s reviews it within seven days. It costs nothing; the union of your firm sees nothing of it.") % {
        "union": actions.desk_for(home).name,
    }  # fmt: skip
    return _form(request, form, act, title=title, text=text, crumbs=[(title, "")], back=reverse("own-rights:list"))


def _form(
    request: Request, form: Form, act: Callable[[dict[str, Any]], str], *, title: Any, text: Any, crumbs: list[tuple[Any, str]], back: str
) -> HttpResponse:
    """A form of hers: taken, or given back with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            there = act(form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            return go(request, there)
    context = {"form": form, "title": title, "text": text, "crumbs": own_crumbs(*crumbs), "back": back}
    return render(request, "rights/own_form.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@opens(AidMay.OWN_AID, by="uuid")
@own_page
def case(request: Request, aid: Aid) -> HttpResponse:
    """How far my application is, what comes next and until when, what is missing, and who looked."""
    person = owner(request)
    lacking = missing_of(aid)
    context = {
        "one": aid, "title": _("Legal aid: %(matter)s") % {"matter": aid.get_matter_display()}, "crumbs": own_crumbs((aid.reference, "")), "way": shown.way(aid),
        "next": shown.next_words(aid), "missing": shown.missing_words(aid, lacking), "pairs": shown.pairs(aid, person), "papers": shown.papers_of(aid, request.user),
        "hearings": shown.hearings(aid), "may_add": aid.state in SUPPLYING, "may_object": aid.state == "REFUSED", "may_rate": aid.state in ("FINISHED", "REPORTED", "CLOSED"),
        "asked": aid.state == "ASKED", "decided": aid.state in DECIDED, "looked": looks.looked(aid_looked_at(aid, person)),
    }  # fmt: skip
    return render(request, "rights/aid/own_case.html", context)


@require_safe
@opens(AidMay.OWN_AID, by="uuid")
@own_page
def application_pdf(request: Request, aid: Aid) -> HttpResponse:
    """My application on paper: what I asked for, and what I brought."""
    return own_pdf(own_application(aid, _line(request, aid)).pdf(), f"{aid.reference}-application")


@require_safe
@opens(AidMay.OWN_AID, by="uuid")
@own_page
def decision_pdf(request: Request, aid: Aid) -> HttpResponse:
    """What was decided on it, on what it rests, and what I may do against a refusal."""
    if aid.state not in DECIDED:
        raise Http404
    return own_pdf(own_decision(aid, _line(request, aid)).pdf(), f"{aid.reference}-decision")


def _line(request: Request, aid: Aid) -> Recipient:
    return aid.recipients.select_related("person").get(person=owner(request))


def _here(aid: Aid) -> str:
    return reverse("own-rights:aid", args=[aid.uuid])


@require_http_methods(["GET", "POST"])
@opens(AidMay.OWN_AID, do=AidMay.OWN_AID, by="uuid")
@own_page
def proofs(request: Request, aid: Aid) -> HttpResponse:
    """Bring a paper; when all that was asked for is here, the review goes on."""

    def act(said: dict[str, Any]) -> str:
        actions.add_proof(aid, **said, by=request.user)
        if aid.state == "ASKED" and not missing_of(aid):
            actions.supply(aid, by=request.user)
        messages.success(request, _("Your papers lie on the case."))
        return _here(aid)

    lacking = missing_of(aid)
    form = forms.ProofForm(request.POST or None, request.FILES or None, initial={"kind": lacking[0] if lacking else "EVIDENCE"})
    title = _("Add papers")
    return _form(
        request,
        form,
        act,
        title=title,
        text=shown.missing_words(aid, lacking),
        crumbs=[(aid.reference, _here(aid)), (title, "")],
        back=_here(aid),
    )


def _said(request: Request, aid: Aid, act: Callable[..., Any], title: Any, text: Any, done: Any) -> HttpResponse:
    """A step with her reason."""

    def do(said: dict[str, Any]) -> str:
        act(aid, reason=said["reason"], by=request.user)
        messages.success(request, done)
        return _here(aid)

    form = PrivateNote(request.POST or None)
    form.fields["reason"].label = _("Your reason")
    return _form(request, form, do, title=title, text=text, crumbs=[(aid.reference, _here(aid)), (title, "")], back=_here(aid))


@require_http_methods(["GET", "POST"])
@opens(AidMay.OWN_AID, do=AidMay.OWN_AID, by="uuid")
@own_page
def refused(request: Request, aid: Aid) -> HttpResponse:
    """Object to a refusal."""
    text = _("%(union)s looks at it again, and answers here.") % {"union": aid.reviewer.name if aid.reviewer else ""}
    return _said(request, aid, actions.object_to, _("Object to the refusal"), text, _("Sent. You get a message when it is decided."))


@require_http_methods(["GET", "POST"])
@opens(AidMay.OWN_AID, do=AidMay.OWN_AID, by="uuid")
@own_page
def withdraw(request: Request, aid: Aid) -> HttpResponse:
    """Withdraw."""
    return _said(request, aid, actions.withdraw_aid, _("Withdraw the application"), "", _("Taken back."))


@require_http_methods(["GET", "POST"])
@opens(AidMay.OWN_AID, do=AidMay.OWN_AID, by="uuid")
@own_page
def rating(request: Request, aid: Aid) -> HttpResponse:
    """How content I am."""

    def act(said: dict[str, Any]) -> str:
        actions.rate(aid, **said, by=request.user)
        messages.success(request, _("Thank you. Your union reads it."))
        return _here(aid)

    title = _("How was the aid?")
    form = forms.RateForm(request.POST or None, initial={"satisfied": aid.satisfied, "remark": aid.remark})
    return _form(request, form, act, title=title, text="", crumbs=[(aid.reference, _here(aid)), (title, "")], back=_here(aid))
