"""The register: the list, one person's page, and the steps of her membership."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import press, running_of, stages_of, steps_for
from niangjia.kit import filled as kit_filled
from niangjia.kit.components import Act, View
from niangjia.kit.export import export_act
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, lists, opens, render, signed_in
from niangjia.kit.panels import panels
from niangjia.kit.revealed import RevealForm
from niangjia.kit.who import which
from niangjia.members import actions, cards, forms, moves, newwork, queries, shown, shown_dues, shown_life, shown_moves
from niangjia.members.enums import NEW_FORMS, May
from niangjia.members.models import Membership
from niangjia.members.views import me

ORDER = ["name_py", "id"]


@require_safe
@lists(May.LIST)
def members(request: HttpRequest) -> HttpResponse:
    """The register: narrowed, in the order of the names' readings, a page at a time and never counted."""
    form = forms.Filter(request.GET)
    form.is_valid()
    ask = forms.asked(request.GET)
    paged = page(request, queries.listed(me(request), ask).only(*shown.LISTED), ORDER, text=_("By the reading of names"))
    views = [View(label, f"?view={code}" if code else "?", here=ask.view == code) for code, label in shown.views()]
    under = f"?under={ask.under}" if ask.under else ""
    acts = [
        export_act(request, "exports:new", what="members.register"),
        export_act(request, "exports:new", _("Official roster"), what="members.official"),
        Act(_("Import a roster"), reverse("members:import") + under),
        Act(_("Take an application"), reverse("members:apply") + under, primary=True),
    ]
    keeps = any(seat.duty in ("chair", "organisation") for seat in me(request).seats)
    if keeps:
        views += [View(_("Sent by code"), reverse("members:asked") + under), View(_("Coming and going"), reverse("members:moves"))]
        views.append(View(_("Personal requests"), reverse("members:personal_requests") + under))
    context = {
        "table": shown.register_table(paged.rows), "keyset": paged.keyset, "views": views, "chips": shown.chips(form, request), "q": ask.text,
        "keep": [("view", ask.view)] if ask.view else [], "found": bool(paged.rows), "acts": acts if keeps else [], "totals": queries.totals(me(request), ask) if paged.rows else None,
    }  # fmt: skip
    return render(request, "members/list.html", context, part="rows")


def _page(
    request: HttpRequest, one: Membership, *, revealed: dict[str, str] | None = None, asking: Form | None = None, status: int = 200
) -> HttpResponse:
    may = which(request.user, [May.EDIT, May.REVEAL], one)
    held = queries.spells(one.person)
    context: dict[str, Any] = {
        "one": one, "state": shown.state_of(one), "crumbs": [(_("Register of members"), reverse("members:list")), (one.union.short_name, one.union.get_absolute_url()), (one.name, "")],
        "stages": stages_of(one, ["APPLIED", "MEMBER"]), "steps": shown.steps_shown(steps_for(one, request.user), one), "move_url": reverse("members:step", args=[one.uuid]),
        "acts": shown.acts(one, may), "person": shown.person_pairs(one, actions.covered(one.person), may, revealed or {}), "work": [*shown.work_pairs(one), shown_dues.pair(one), *shown_life.card_pair(cards.of_person(one.person)), *(shown_life.work_pairs(one, newwork.work_of(one.person)) if one.work in NEW_FORMS else [])],
        "spells": shown.spells_table(held, one), "entries": shown.story(one), "clocks": running_of(one), "reveals": queries.reveals(one.person), "taken": shown.taken_papers(queries.taken_away(held)),
        "what": {"id": _("identity number"), "phone": _("mobile")}, "may_reveal": May.REVEAL in may, "asking": asking or RevealForm(auto_id=False),
        "panels": panels(request, one), "aside": panels(request, one, aside=True),
        "first_url": reverse("members:first", args=[one.uuid]) if May.EDIT in may and not one.primary and one.state == "MEMBER" else "",
        "coming": one.to_union if one.state == "LEAVING" else None, "wanted": shown_moves.wanted(moves.requests_for(one)) if May.EDIT in may else [],
    }  # fmt: skip
    return render(request, "members/member.html", context, status=status)


@require_safe
@opens(May.VIEW, by="uuid")
def member(request: HttpRequest, one: Membership) -> HttpResponse:
    """One membership: who, where, since when; what runs, what happened, who looked."""
    return _page(request, one)


@require_POST
@opens(May.VIEW, do=May.REVEAL, by="uuid")
def reveal(request: HttpRequest, one: Membership, what: str) -> HttpResponse:
    """Show one sealed value on this one page; who looked and why was written down first."""
    if what not in ("id", "phone"):
        raise Http404
    form = RevealForm(request.POST, auto_id=False)
    if not form.is_valid():
        return _page(request, one, asking=form, status=422)
    value = actions.disclose(one.person, what, why=form.cleaned_data["why"], by=me(request))
    return _page(request, one, revealed={what: value})


@require_POST
@opens(May.VIEW, by="uuid")
def step(request: HttpRequest, one: Membership) -> HttpResponse:
    """A step that needs no page of its own."""
    verb, reason, by = request.POST.get("verb", ""), request.POST.get("reason", ""), me(request)
    if verb == "take":
        made = actions.arrive(one, by=by)
        messages.success(request, _("%(name)s now stands in %(union)s.") % {"name": made.name, "union": made.union})
        return go(request, made.get_absolute_url())
    if verb == "back":
        actions.send_back(one, reason=reason, by=by)
        messages.success(request, _("Sent back; %(union)s reads your reason in the story.") % {"union": one.union})
        return go(request, reverse("members:moves"))
    if verb == "resume":
        return go(request, actions.resume(one, reason=reason, by=by).get_absolute_url())
    if verb == "recall":
        actions.recall(one, by=by)
    else:
        press(one, verb, by=by, reason=reason)
    return go(request, one.get_absolute_url())


def filled(
    request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], tuple[str, Membership]], *, title: Any, button: Any, one: Membership | None = None, text: Any = "",
) -> HttpResponse:  # fmt: skip
    """A page with one form of a member's; `act` answers the sentence of the toast and the membership to go on with."""

    def done(facts: dict[str, Any]) -> tuple[str, str]:
        said, now_at = act(facts)
        return said, now_at.get_absolute_url()

    back = one.get_absolute_url() if one else reverse("members:list")
    crumbs = [(_("Register of members"), reverse("members:list")), *([(one.name, back)] if one else [])]
    return kit_filled.filled(request, form, done, title=title, button=button, text=text, back=back, crumbs=crumbs)


@require_http_methods(["GET", "POST"])
@signed_in
def application(request: HttpRequest) -> HttpResponse:
    """Take an application; whether this union is hers to take it for, the action asks."""

    def act(facts: dict[str, Any]) -> tuple[str, Membership]:
        facts.pop("consent")
        made = actions.apply(facts.pop("union"), actions.Facts(**facts), by=me(request))
        return _("The application of %(name)s is taken; decide within 15 days.") % {"name": made.name}, made

    homes = queries.homes(me(request))
    form = forms.ApplicationForm(
        request.POST or None, initial={"union": request.GET.get("under", "")[:20] or (homes[0].code if homes else "")}
    )
    return filled(
        request,
        form,
        act,
        title=_("Take an application"),
        button=_("Take it"),
        text=_("A person is known by her identity number: whoever has been a member before is the same person."),
    )


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.APPROVE, by="uuid")
def approval(request: HttpRequest, one: Membership) -> HttpResponse:
    """The committee takes her in."""

    def act(facts: dict[str, Any]) -> tuple[str, Membership]:
        return _("%(name)s is a member and counts from %(day)s.") % {"name": one.name, "day": facts["on"]}, actions.approve(
            one, on=facts["on"], by=me(request)
        )

    return filled(request, forms.ApprovalForm(request.POST or None), act, one=one, title=_("Admit"), button=_("Admit"))


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="uuid")
def sending(request: HttpRequest, one: Membership) -> HttpResponse:
    """Send her to another union."""

    def act(facts: dict[str, Any]) -> tuple[str, Membership]:
        sent = actions.send(one, to=facts["to"], reason=facts["reason"], by=me(request))
        return _("%(union)s has ten working days to take her over; until then she counts here.") % {"union": sent.to_union}, sent

    text = _("Membership follows the work: joined once, moved ever after.")
    return filled(
        request, forms.SendForm(request.POST or None), act, one=one, title=_("Send to another union"), button=_("Send"), text=text
    )


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="uuid")
def retention(request: HttpRequest, one: Membership) -> HttpResponse:
    """Retain the membership."""
    form = forms.RetainForm(request.POST or None)

    def act(facts: dict[str, Any]) -> tuple[str, Membership]:
        made = actions.retain(one, on=facts["on"], reason=form.words(), why=facts["reason"], by=me(request))
        return _("Retained: no dues, no vote, not counted."), made

    return filled(request, form, act, one=one, title=_("Retain"), button=_("Retain"))


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="uuid")
def ending(request: HttpRequest, one: Membership) -> HttpResponse:
    """End the membership."""

    def act(facts: dict[str, Any]) -> tuple[str, Membership]:
        ended = actions.end(one, ending=facts["ending"], on=facts["on"], reason=facts["reason"], by=me(request))
        return _("The membership ended on %(day)s.") % {"day": ended.left_on}, ended

    return filled(request, forms.EndForm(request.POST or None), act, one=one, title=_("End the membership"), button=_("End the membership"))


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="uuid")
def facts(request: HttpRequest, one: Membership) -> HttpResponse:
    """Correct what is written about her."""

    def act(said: dict[str, Any]) -> tuple[str, Membership]:
        return _("Corrected."), actions.correct(one, by=me(request), **said)

    initial = {name: getattr(one, name) for name in ("name", "work", "job", "department", "migrant")}
    return filled(
        request, forms.CorrectForm(request.POST or None, initial=initial), act, one=one, title=_("Correct the details"), button=_("Save")
    )
