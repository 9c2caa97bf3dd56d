"""Coming and going: who is to be taken over, who is on the way out, who is asked for, who is kept in the pool."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import entries_of, running_of, steps_for
from niangjia.kit.components import Act
from niangjia.kit.errors import RuleBroken
from niangjia.kit.export import export_act
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, lists, opens, signed_in
from niangjia.kit.who import allows
from niangjia.members import actions, forms_life, moves, queries, shown_moves, ticks
from niangjia.members.enums import May
from niangjia.members.models import Request
from niangjia.members.views import affair, crumbs, me, queue


@require_safe
@lists(May.SEE_REQUEST)
def listed(request: HttpRequest) -> HttpResponse:
    """One list, five questions; the last moves of a day are few, so it is paged but never counted."""
    view, text = (request.GET.get(name, "")[:60] for name in ("view", "q"))
    user = me(request)
    if view in {"asked", "answered"}:
        paged = page(request, moves.requests(user, text, answered=view == "answered"), ["-made_at", "-id"], text=_("The newest first"))
        table = shown_moves.requests(paged.rows, moves.ends("members.request", "MB-D4", (one.pk for one in paged.rows)))
    else:
        ask = {"going": moves.going, "pool": moves.pooled}.get(view, moves.coming)
        paged = page(request, ask(user, text), ["name_py", "id"], text=_("By the reading of names"))
        ends = moves.ends("members.membership", "MB-D2", (one.pk for one in paged.rows)) if view != "pool" else {}
        table = shown_moves.people(paged.rows, ends, pool=view == "pool")
    none, advice = shown_moves.advice(view)
    what = {"asked": "members.requests", "answered": "members.requests", "going": "members.transfers", "pool": "members.transfers"}.get(
        view, ""
    )
    away = [export_act(request, "exports:new", what=what)] if what else []
    on = ticks.Ticks(
        reverse("members:send_on"), [Act(_("Send the ticked on"), post=True, primary=True, name="verb", value="send")], forms_life.PoolForm(), here=ticks.here(request)
    )  # fmt: skip
    return queue(
        request, title=_("Coming and going"), text=_("Membership follows the work: joined once, moved ever after."), crumbs=crumbs((_("Coming and going"), "")),
        acts=[*away, Act(_("She works here now"), shown_moves.ask_url(), primary=True)], views=shown_moves.views(view), q=text,
        keep=[("view", view)] if view else [], table=table, keyset=paged.keyset, found=bool(paged.rows), none=none, advice=advice,
        ticks=on if view == "pool" and paged.rows else None,
    )  # fmt: skip


@require_POST
@signed_in
def send_on(request: HttpRequest) -> HttpResponse:
    """There is a union now where those in the pool work: the ticked are sent there, all or none."""
    form = forms_life.PoolForm(request.POST)
    if not form.is_valid():
        raise RuleBroken("".join(str(said) for said in form.errors["to"]))
    sent = actions.send_on(moves.in_pool(me(request), ticks.ticked(request.POST)), to=form.cleaned_data["to"], by=me(request))
    said = ngettext("%(n)d member is sent to %(union)s.", "%(n)d members are sent to %(union)s.", sent)
    messages.success(request, said % {"n": sent, "union": form.cleaned_data["to"].short_name})
    return go(request, ticks.back(reverse("members:moves"), request.POST))


@require_http_methods(["GET", "POST"])
@signed_in
def want(request: HttpRequest) -> HttpResponse:
    """She works here now: ask the union in which she stands. Found by name and number together, never by browsing."""

    def act(facts: dict[str, Any]) -> tuple[str, str]:
        made = actions.ask_for(facts["union"], name=facts["name"], number=facts["number"], why=facts["why"], by=me(request))
        return _("%(union)s has been asked for her.") % {"union": made.source.short_name}, made.get_absolute_url()

    homes = queries.homes(me(request))
    form = forms_life.WantForm(request.POST or None, initial={"union": homes[0].code if homes else ""})
    text = _("Write name and number as on her card. The union in which she stands has five working days to send her or to say why not.")
    return filled(
        request, form, act, title=_("She works here now"), button=_("Ask for her"), text=text, back=reverse("members:moves"),
        crumbs=crumbs((_("Coming and going"), reverse("members:moves"))),
    )  # fmt: skip


@require_safe
@opens(May.SEE_REQUEST, by="uuid")
def one(request: HttpRequest, asked: Request) -> HttpResponse:
    """One request: who asks whom for whom, and the answer."""
    opens_her = allows(request.user, May.VIEW, asked.membership)
    return affair(
        request, title=str(asked), state=shown_moves.request_state(asked), steps=steps_for(asked, request.user),
        move_url=reverse("members:request_step", args=[asked.uuid]), crumbs=crumbs((_("Coming and going"), f"{reverse('members:moves')}?view=asked"), (str(asked), "")),
        parts=[
            (_("The person"), shown_moves.person(asked, actions.covered(asked.membership.person))),
            (_("Request"), shown_moves.asked(asked, opens=opens_her)),
        ],
        entries=entries_of(asked), clocks=running_of(asked),
    )  # fmt: skip


@require_POST
@opens(May.SEE_REQUEST, by="uuid")
def step(request: HttpRequest, asked: Request) -> HttpResponse:
    """Answer a request, or take it back."""
    by = me(request)
    match request.POST.get("verb", ""):
        case "give":
            actions.give(asked, by=by)
            messages.success(request, _("Sent; until she is taken over she counts here."))
        case "keep":
            actions.keep(asked, reason=request.POST.get("reason", ""), by=by)
            messages.success(request, _("Answered; the union that asked reads your reason."))
        case "withdraw":
            actions.unask(asked, by=by)
        case _verb:
            raise Http404
    return go(request, asked.get_absolute_url())
