"""What is owed, and until when: asked by staff and members alike. What is filled in stands in no address and is kept nowhere, unless it is put to a dispute."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kit import mask
from niangjia.kit.answer import Place, place_of
from niangjia.kit.components import in_a_row, moment_words
from niangjia.kit.pages import Request, also_for_members, go, opens, render, signed_in
from niangjia.members.models import Membership
from niangjia.rights import actions
from niangjia.rights.enums import May
from niangjia.rights.forms.reckoning import FORMS, CourseForm, WhoseForm
from niangjia.rights.models import Dispute
from niangjia.rights.queries import claimants_of
from niangjia.rights.queries.reckoning import course, reckon
from niangjia.rights.reckoned import Kind
from niangjia.rights.reckoning import FACTS, TERMS, Course, unpacked
from niangjia.rights.shown import reckoning as shown
from niangjia.rights.views.disputes import crumbs_of
from niangjia.rights.words import TEXTS

FEW = 200  # workers that one list offers


def place_for(user: Any) -> Place:
    """Where a reader stands: at her office, or at the union of her membership."""
    for seat in user.seats:
        return place_of(seat.union)
    spell = Membership.objects.filter(person__user=user, left_on=None).select_related("union").order_by("-primary", "pk").first()
    return place_of(spell.union) if spell else place_of(None)


def _crumbs(request: Request, *, below: bool = True) -> list[tuple[Any, str]]:
    """The way here: a member came from her own page."""
    own = [] if request.user.seats else [(_("My union"), "/me/")]
    return [*own, (_("What is owed"), reverse("rights:reckon") if below else "")] if own or below else []


@require_safe
@signed_in
@also_for_members
def kinds(request: Request) -> HttpResponse:
    """What can be reckoned."""
    return render(
        request,
        "rights/reckon.html",
        {"kinds": shown.kinds(), "crumbs": _crumbs(request, below=False), "terms": reverse("rights:reckon_terms")},
    )


@require_http_methods(["GET", "POST"])
@signed_in
@also_for_members
def reckon_kind(request: Request, kind: str) -> HttpResponse:
    """One kind: the form, and under it the answer with its way."""
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST or None)
    found = reckon(kind, form.cleaned_data, place_for(request.user)) if form.is_bound and form.is_valid() else None
    return _page(request, _context(kind, form, found.answer if found else None, _crumbs(request)), _status(form))


def _page(request: Request, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A form, an answer, or both."""
    empty = {"whose": None, "form": None, "answer": None, "result": "", "table": None, "asked": False, "dues": None, "keeping": False}
    return render(request, "rights/reckoned.html", empty | context, status=status)


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200


def _context(kind: str, form: Any, answer: Any, crumbs: list[tuple[Any, str]]) -> dict[str, Any]:
    title = dict(Kind.choices)[kind]
    return {
        "form": form, "title": title, "text": TEXTS[kind], "crumbs": [*crumbs, (title, "")], "answer": answer, "back": crumbs[-1][1],
        "result": shown.result(answer) if answer else "", "table": shown.steps_table(answer) if answer else None,
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
@also_for_members
def terms(request: Request) -> HttpResponse:
    """The clocks of procedures: which terms run from what has happened."""
    form = CourseForm(request.POST or None)
    dues = None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        excluded = [(said["stopped"], said["resumed"])] if said["stopped"] and said["resumed"] else []
        longer = frozenset(term.code for term in TERMS if term.longer and said[f"longer_{term.code}"])
        dues = course(Course({code: said[code] for code in FACTS if said[code]}, excluded, longer), place_for(request.user))
    title = _("Terms of procedures")
    context = {
        "form": form, "title": title, "text": _("Write the days that are known; the others stay empty."), "crumbs": [*_crumbs(request), (title, "")],
        "back": reverse("rights:reckon"), "asked": dues is not None, "dues": shown.dues_table(dues) if dues else None,
    }  # fmt: skip
    return _page(request, context, _status(form))


@require_safe
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
def choose(request: Request, dispute: Dispute) -> HttpResponse:
    """What shall be reckoned for a dispute."""
    crumbs = [*crumbs_of(dispute), (_("What is owed"), "")]
    return render(request, "rights/reckon.html", {"kinds": shown.kinds("rights:attach", dispute.uuid), "crumbs": crumbs, "terms": ""})


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
def attach(request: Request, dispute: Dispute, kind: str) -> HttpResponse:
    """Reckon for a dispute: look at the answer, then keep it there."""
    if kind not in FORMS:
        raise Http404
    form, answer = FORMS[kind](request.POST or None), None
    people = {str(one.person.uuid): one for one in claimants_of(dispute)[:FEW]}
    whose = WhoseForm(request.POST or None, people=[(key, mask.name(one.person.name)) for key, one in people.items()])
    if form.is_bound and form.is_valid() and whose.is_valid():
        if request.POST.get("keep"):
            worker, claim = people.get(whose.cleaned_data["worker"]), whose.cleaned_data["claim"]
            kept = actions.attach_reckoning(dispute, kind, form.cleaned_data, worker=worker, claim=claim, by=request.user)
            messages.success(request, _("The reckoning stands in the case, with the way to it."))
            return go(request, reverse("rights:reckoning", args=[dispute.uuid, kept.uuid]))
        answer = reckon(kind, form.cleaned_data, place_of(dispute)).answer
    crumbs = [*crumbs_of(dispute), (_("What is owed"), reverse("rights:reckon_for", args=[dispute.uuid]))]
    return _page(request, _context(kind, form, answer, crumbs) | {"keeping": True, "whose": whose}, _status(form))


@require_safe
@opens(May.SEE_CLAIMANTS, by="uuid")
def reckoning(request: Request, dispute: Dispute, reckoning: UUID) -> HttpResponse:
    """A reckoning as it was made."""
    one = get_object_or_404(dispute.reckonings.select_related("by", "claimant__person"), uuid=reckoning)
    answer, title = unpacked(one.answer), one.get_kind_display()
    text = _("Reckoned %(day)s by %(name)s, by version %(version)s of the rules.") % {
        "day": moment_words(one.at), "name": one.by.name if one.by else _("the house"), "version": one.version,
    }  # fmt: skip
    if one.claimant is not None:
        text = in_a_row((shown.whose(one), text))
    context = {
        "title": title, "text": text, "crumbs": [*crumbs_of(dispute), (title, "")], "answer": answer, "result": shown.result(answer),
        "table": shown.steps_table(answer), "back": dispute.get_absolute_url(),
    }  # fmt: skip
    return _page(request, context)
