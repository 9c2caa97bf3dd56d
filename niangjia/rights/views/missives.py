"""Letters to departments about an event: drafted, read and signed, given back; and the pictures that lie on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.files.api import Media, open_
from niangjia.kit.barred import barred, while_in
from niangjia.kit.components import Act
from niangjia.kit.errors import IllegalStep
from niangjia.kit.filled import filled
from niangjia.kit.pages import Request, go, opens, render
from niangjia.kit.who import allows, which
from niangjia.rights import actions, forms
from niangjia.rights.actions.missives import STANDS, WRITTEN
from niangjia.rights.askedby import MissiveKind
from niangjia.rights.enums import May
from niangjia.rights.forms.mediation import ReasonForm
from niangjia.rights.models import Event, Missive
from niangjia.rights.shown import together as shown
from niangjia.rights.views.events import crumbs_of

EVER = {state for states in STANDS.values() for state in states}


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.HANDLE_EVENT, by="uuid")
@while_in(*sorted(EVER))
def draft(request: Request, event: Event) -> HttpResponse:
    """Draft a letter to a department."""

    def act(said: dict[str, Any]) -> str:
        actions.draft_missive(event, actions.Wanted(**said), by=request.user)
        return _("The draft lies before the chair.")

    kinds = [one for one in MissiveKind if event.state in STANDS[one] and allows(request.user, WRITTEN[one], event)]
    initial = {"found": event.detail, "asks": event.demands, "kind": MissiveKind.JOINT}
    form = forms.MissiveForm(request.POST or None, initial=initial, kinds=[(one.value, one.label) for one in kinds])
    text = _(
        "It gets its number when the chair or a vice-chair has signed. Firm, number of workers and moment are taken from the event; nobody who told of it is named."
    )
    return filled(
        request, form, act, title=_("Write to a department"), button=_("Lay it before the chair"), text=text, back=event.get_absolute_url(), crumbs=crumbs_of(event)
    )  # fmt: skip


def _letter(event: Event, letter: UUID) -> Missive:
    rows = event.missives.select_related("event", "paper__word", "paper__pdf", "drafted_by", "signed_by", "task")
    found: Missive = get_object_or_404(rows, uuid=letter)
    return found


@require_safe
@opens(May.SEE_EVENT, by="uuid")
def missive(request: Request, event: Event, letter: UUID) -> HttpResponse:
    """One letter in full: read before it is signed, opened as Word and as PDF afterwards."""
    one = _letter(event, letter)
    may = May.SIGN_EVENT in which(request.user, [May.SIGN_EVENT], event)
    steps: list[Act] = []
    if not one.void and one.sent_on is None and may:
        steps.append(Act(_("Sign"), post=True, primary=True, name="verb", value="sign"))
    back = reverse("rights:missive_return", args=[event.uuid, one.uuid])
    if not one.void and one.sent_on is None and (may or one.drafted_by_id == request.user.pk):
        steps.append(Act(_("Give it back"), back))
    elif not one.void and may and actions.may_take_back(one):
        steps.append(Act(_("Take it back"), back))
    papers = (
        [(kind, filed.get_absolute_url()) for kind, filed in (("Word", one.paper.word), ("PDF", one.paper.pdf)) if filed]
        if one.paper and not one.void
        else []
    )
    title = shown.missive_name(one)
    context = {
        "title": title, "crumbs": [*crumbs_of(event), (title, "")], "pairs": shown.missive_pairs(one), "steps": steps, "back": event.get_absolute_url(),
        "move_url": reverse("rights:missive_step", args=[event.uuid, one.uuid]), "acts": [Act(kind, url, icon="download") for kind, url in papers],
        "why": "" if one.void or one.sent_on else _("The letter is signed by the chair or a vice-chair."),
    }  # fmt: skip
    return render(request, "rights/missive.html", context)


@require_POST
@opens(May.SEE_EVENT, do=May.SIGN_EVENT, by="uuid")
def step(request: Request, event: Event, letter: UUID) -> HttpResponse:
    """Sign it."""
    if request.POST.get("verb") != "sign":
        raise IllegalStep("a letter to a department is signed here, and nothing else")
    one = actions.sign_missive(_letter(event, letter), by=request.user)
    messages.success(request, _("%(number)s is signed; it lies on the event as Word and as PDF.") % {"number": actions.printed(one)})
    return go(request, event.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, by="uuid")
def give_back(request: Request, event: Event, letter: UUID) -> HttpResponse:
    """A draft is given back, or a letter is taken back, with the reason."""
    one = _letter(event, letter)
    if one.void and request.method != "POST":
        return barred(request, event, _("It was given back before: %(why)s") % {"why": one.void_why})

    def act(said: dict[str, Any]) -> str:
        actions.return_missive(one, why=said["why"], by=request.user)
        return _("Recorded.")

    title = _("Take it back") if one.sent_on else _("Give it back")
    return filled(
        request, ReasonForm(request.POST or None), act, title=title, button=title, text=shown.missive_name(one), back=event.get_absolute_url(), crumbs=crumbs_of(event)
    )  # fmt: skip


@require_safe
@opens(May.SEE_EVENT, by="uuid")
def picture(_request: Request, event: Event, picture: UUID) -> HttpResponse:
    """One picture of an event, to whoever may see the event."""
    one = get_object_or_404(event.pictures.select_related("paper__document"), uuid=picture, paper__gone_at=None)
    try:
        file = open_(one.paper.document.digest)
    except FileNotFoundError as lost:
        raise Http404 from lost
    answer: Any = FileResponse(file, filename=one.paper.name, content_type=Media.JPEG.value)
    answer["Cache-Control"] = "private, no-store"
    return answer  # type: ignore[no-any-return]
