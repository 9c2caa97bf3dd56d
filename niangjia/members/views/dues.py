"""Dues: entered singly and for many at once; and whoever might be deemed to have left."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import entries_of, running_of, steps_for
from niangjia.kit.answer import asking
from niangjia.kit.components import Act
from niangjia.kit.dates import today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.export import export_act
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, lists, opens, signed_in
from niangjia.members import actions, dues, forms_life, moves, rules, shown_dues, ticks
from niangjia.members.enums import May
from niangjia.members.models import Lapse, Membership
from niangjia.members.parameters import RATE, STEP
from niangjia.members.views import affair, crumbs, me, queue


@require_safe
@lists(May.LIST)
def listed(request: HttpRequest) -> HttpResponse:
    """The members with what they have paid; those behind stand with the longest first."""
    text, under, behind = (request.GET.get(name, "")[:60] for name in ("q", "under", "behind"))
    months = int(behind) if behind in map(str, shown_dues.SPANS) else 0
    order = ["dues_until", "id"] if months else ["name_py", "id"]
    said = _("The longest behind first") if months else _("By the reading of names")
    paged = page(request, dues.owing(me(request), text, under, months), order, text=said)
    url = reverse("members:dues_step")
    enter = Act(_("Enter for the ticked"), post=True, primary=True, name="verb", value="pay")
    return queue(
        request, title=_("Members' dues"), text=_("Half a per cent of the monthly wage, kept by the grassroots union. Retained members owe nothing and stand in no list."),
        crumbs=crumbs((_("Members' dues"), "")), acts=[export_act(request, "exports:new", what="members.dues"), Act(_("Deemed exits"), reverse("members:lapses"))], views=shown_dues.views(behind), q=text,
        chips=shown_dues.chips(under, dues.named(under) or under), keep=[(name, value) for name, value in (("behind", behind), ("under", under)) if value],
        table=shown_dues.table(paged.rows), keyset=paged.keyset, found=bool(paged.rows), ticks=ticks.Ticks(url, [enter], forms_life.DuesForm(), here=ticks.here(request)),
        none=_("Nobody is behind") if months else _("Nobody matches"), advice=_("Only members whose dues were entered can be behind."),
    )  # fmt: skip


@require_POST
@signed_in
def step(request: HttpRequest) -> HttpResponse:
    """Enter the dues of all that are ticked."""
    form = forms_life.DuesForm(request.POST)
    if not form.is_valid():
        raise RuleBroken("".join(str(said) for said in form.errors["until"]))
    n = actions.pay(dues.those(me(request), list(ticks.ticked(request.POST))), until=form.cleaned_data["until"], by=me(request))
    said = ngettext("Entered for %(n)d member: paid until %(month)s.", "Entered for %(n)d members: paid until %(month)s.", n)
    messages.success(request, said % {"n": n, "month": shown_dues.month(form.cleaned_data["until"])})
    return go(request, ticks.back(reverse("members:dues"), request.POST))


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="uuid")
def single(request: HttpRequest, one: Membership) -> HttpResponse:
    """Enter what one member has paid."""

    def act(facts: dict[str, Any]) -> str:
        actions.pay([one], until=facts["until"], by=me(request))
        said = _("Paid until %(month)s.") % {"month": shown_dues.month(facts["until"])}
        if facts["wage"]:
            ask = asking(one.union, today())
            said += _(" On a wage of %(wage)s yuan that is %(dues)s yuan a month.") % {
                "wage": f"{facts['wage']:,.2f}", "dues": f"{rules.dues(facts['wage'], ask(RATE), ask(STEP)):,.2f}",
            }  # fmt: skip
        return said

    initial = {"until": f"{one.dues_until:%Y-%m}"} if one.dues_until else {}
    return filled(
        request, forms_life.WageForm(request.POST or None, initial=initial), act, title=_("Enter dues"), button=_("Enter"), back=one.get_absolute_url(),
        crumbs=crumbs((one.name, one.get_absolute_url())),
    )  # fmt: skip


# ---------- deemed exits ----------


def _lapse_crumbs(one: Lapse) -> list[tuple[Any, str]]:
    return crumbs((_("Deemed exits"), reverse("members:lapses")), (str(one), one.get_absolute_url()))


@require_safe
@lists(May.SEE_LAPSE)
def lapses(request: HttpRequest) -> HttpResponse:
    """Whom the house has found: nobody leaves before somebody has talked with her and decided."""
    view, text = (request.GET.get(name, "")[:60] for name in ("view", "q"))
    paged = page(request, dues.lapses(me(request), text, decided=view == "decided"), ["-found_on", "-id"], text=_("The newest first"))
    return queue(
        request, title=_("Deemed exits"), crumbs=crumbs((_("Members' dues"), reverse("members:dues")), (_("Deemed exits"), "")), acts=[export_act(request, "exports:new", what="members.lapses"), Act(_("Expulsions"), reverse("members:expulsions"))],
        text=_("Six months without dues and without taking part may count as leaving, after a talk and by a decision; the house only lists them."),
        views=shown_dues.lapse_views(view), q=text, keep=[("view", view)] if view else [], keyset=paged.keyset, found=bool(paged.rows),
        table=shown_dues.lapses(paged.rows, moves.ends("members.lapse", "MB-D6", (one.pk for one in paged.rows))),
        none=_("Nobody is to be seen to"), advice=_("The house looks each night for members whose dues were entered and have stopped."),
    )  # fmt: skip


@require_safe
@opens(May.SEE_LAPSE, by="uuid")
def lapse(request: HttpRequest, one: Lapse) -> HttpResponse:
    """One candidate: what is known, what was said, what may be decided."""
    known, said = shown_dues.lapse_pairs(one)
    return affair(
        request, title=str(one), state=shown_dues.lapse_state(one), steps=steps_for(one, request.user), move_url=reverse("members:lapse_step", args=[one.uuid]),
        crumbs=[*_lapse_crumbs(one)[:-1], (str(one), "")], parts=[(_("Her dues and work"), known), *([(_("The talk"), said)] if said else [])],
        entries=entries_of(one), clocks=running_of(one),
    )  # fmt: skip


@require_POST
@opens(May.SEE_LAPSE, by="uuid")
def lapse_step(request: HttpRequest, one: Lapse) -> HttpResponse:
    """She stays; the other steps have pages of their own."""
    if request.POST.get("verb") != "stay":
        raise Http404
    actions.stay(one, reason=request.POST.get("reason", ""), by=me(request))
    messages.success(request, _("She stays; the months count anew from today."))
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_LAPSE, do=May.LAPSE, by="uuid")
def talk(request: HttpRequest, one: Lapse) -> HttpResponse:
    """Note the talk with her."""

    def act(facts: dict[str, Any]) -> str:
        actions.talk(one, on=facts["on"], with_her=facts["with_her"], words=facts["words"], by=me(request))
        return _("Noted; now decide.")

    form = forms_life.TalkForm(request.POST or None, initial={"with_her": me(request).name})
    return filled(
        request, form, act, title=_("Note the talk with her"), button=_("Note it"), back=one.get_absolute_url(), crumbs=_lapse_crumbs(one)
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_LAPSE, do=May.LAPSE, by="uuid")
def leave(request: HttpRequest, one: Lapse) -> HttpResponse:
    """Deem her to have left."""

    def act(facts: dict[str, Any]) -> str:
        actions.leave(one, on=facts["on"], reason=facts["reason"], by=me(request))
        return _("Her membership has ended as deemed left.")

    beside = (_("The talk"), [shown_dues.paper(one)]) if one.talked_on else None
    return filled(
        request, forms_life.LeaveForm(request.POST or None), act, title=_("Deem her to have left"), button=_("Deem her to have left"), beside=beside,
        back=one.get_absolute_url(), crumbs=_lapse_crumbs(one),
    )  # fmt: skip
