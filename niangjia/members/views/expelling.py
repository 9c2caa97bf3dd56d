"""Expulsions: proposed on a member's page, decided and filed on their own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import entries_of, running_of, steps_for
from niangjia.kit.export import export_act
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, lists, opens
from niangjia.members import actions, expelled, forms_life, moves, shown_expelled
from niangjia.members.enums import May
from niangjia.members.models import Expulsion, Membership
from niangjia.members.views import affair, crumbs, me, queue


def _crumbs(one: Expulsion) -> list[tuple[Any, str]]:
    return crumbs((_("Expulsions"), reverse("members:expulsions")), (str(one), one.get_absolute_url()))


@require_safe
@lists(May.SEE_EXPULSION)
def listed(request: HttpRequest) -> HttpResponse:
    """What is to be decided and filed, or is over."""
    view, text = (request.GET.get(name, "")[:60] for name in ("view", "q"))
    paged = page(request, expelled.expulsions(me(request), text, over=view == "over"), ["-proposed_on", "-id"], text=_("The newest first"))
    shown = [one.pk for one in paged.rows]
    ends = moves.ends("members.expulsion", "MB-D11", shown) | moves.ends("members.expulsion", "MB-D12", shown)
    return queue(
        request, title=_("Expulsions"), crumbs=crumbs((_("Expulsions"), "")), text=_("For a serious crime that a court has punished: the group proposes, the committee decides on paper, the union above takes it on file."),
        views=shown_expelled.views(view), q=text, keep=[("view", view)] if view else [], keyset=paged.keyset, found=bool(paged.rows),
        acts=[export_act(request, "exports:new", what="members.expulsions")], table=shown_expelled.table(paged.rows, ends), none=_("Nobody is to be expelled"), advice=_("A proposal begins on the page of a member."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="uuid")
def propose(request: HttpRequest, one: Membership) -> HttpResponse:
    """Her group proposes it."""

    def act(facts: dict[str, Any]) -> tuple[str, str]:
        made = actions.propose_expulsion(one, actions.Proposal(**facts), by=me(request))
        return _("Proposed; the committee decides."), made.get_absolute_url()

    return filled(
        request, forms_life.ProposalForm(request.POST or None), act, title=_("Propose to expel her"), button=_("Propose it"), back=one.get_absolute_url(),
        crumbs=crumbs((one.name, one.get_absolute_url())), text=_("Only for a serious crime that a court has punished (Charter, art. 6). For anything less she is talked to."),
    )  # fmt: skip


@require_safe
@opens(May.SEE_EXPULSION, by="uuid")
def one(request: HttpRequest, found: Expulsion) -> HttpResponse:
    """One proposal, and what came of it."""
    return affair(
        request, title=str(found), state=shown_expelled.state_of(found), steps=steps_for(found, request.user), move_url=reverse("members:expulsion_step", args=[found.uuid]),
        crumbs=[*_crumbs(found)[:-1], (str(found), "")], parts=shown_expelled.parts(found), entries=entries_of(found), clocks=running_of(found),
    )  # fmt: skip


@require_POST
@opens(May.SEE_EXPULSION, by="uuid")
def step(request: HttpRequest, found: Expulsion) -> HttpResponse:
    """She is not expelled; or the union above takes it on file. The decision has a page of its own."""
    match request.POST.get("verb", ""):
        case "drop":
            actions.not_expel(found, reason=request.POST.get("reason", ""), by=me(request))
        case "file":
            actions.file_expulsion(found, by=me(request))
            messages.success(request, _("Taken on file."))
        case _verb:
            raise Http404
    return go(request, found.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EXPULSION, do=May.EXPEL, by="uuid")
def decide(request: HttpRequest, found: Expulsion) -> HttpResponse:
    """The committee has decided."""

    def act(facts: dict[str, Any]) -> str:
        actions.expel(found, on=facts["on"], paper=facts["paper"], by=me(request))
        return _("Her membership has ended; the union above is asked to take it on file.")

    return filled(
        request, forms_life.ExpelForm(request.POST or None), act, title=_("Expel her"), button=_("Expel her"), back=found.get_absolute_url(), crumbs=_crumbs(found),
        beside=(_("The proposal"), [shown_expelled.paper(found)]),
    )  # fmt: skip
