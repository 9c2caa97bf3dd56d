"""Pages of firms of the tax side's list: the work list, one firm, and the lists that are taken in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kit.chips import chips, kept
from niangjia.kit.components import Act, View
from niangjia.kit.errors import IllegalStep, RuleBroken
from niangjia.kit.export import export_act, workbook
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, lists, opens, render, seated
from niangjia.kit.who import allows, which
from niangjia.unions import shown_taxpayers as shown
from niangjia.unions import taxed
from niangjia.unions.actions import dropping
from niangjia.unions.actions import taxpayers as actions
from niangjia.unions.enums import May
from niangjia.unions.fields import spoken
from niangjia.unions.forms import taxpayers as forms
from niangjia.unions.models import TaxList, Taxpayer

FILTERS = ("under", "size", "state")
ORDER = ["-employees", "-id"]
TAKING = ("organisation", "chair")
LEAST = 2  # the city and the counties take lists in


def _asked(request: Request) -> tuple[forms.TaxpayersFilter, taxed.Ask]:
    form = forms.TaxpayersFilter(request.GET, places=taxed.places(request.user))
    form.is_valid()
    said = form.cleaned_data
    return form, taxed.Ask(*(said.get(name, "") for name in ("q", "view", "under", "size", "state")))


@require_safe
@lists(May.SEE_TAX)
def taxpayers(request: Request) -> HttpResponse:
    """The firms that should have a union and have none, the largest first; and other questions over the tax side's list."""
    form, ask = _asked(request)
    paged = page(request, taxed.listed(request.user, ask), ORDER, text=_("The largest first"))
    acting = any(seat.duty in ("organisation", "office", "chair") and seat.level <= 3 for seat in request.user.seats)
    taking = any(seat.duty in TAKING and seat.level <= LEAST for seat in request.user.seats)
    context = {
        "table": shown.table(paged.rows, taxed.colours(paged.rows), acting=acting, view=ask.view), "keyset": paged.keyset, "found": bool(paged.rows), "q": ask.text,
        "views": [View(label, f"?view={code}" if code else "?", here=ask.view == code) for code, label in shown.views()],
        "chips": chips(form, request, FILTERS), "keep": kept(request, ("view",)), "narrowed": any((ask.text, ask.view, ask.under, ask.size, ask.state)),
        "totals": taxed.totals(request.user, ask) if paged.rows else None, "acting": acting,
        "acts": [
            *([Act(_("Take a list in"), reverse("unions:tax_lay"), primary=True), Act(_("Lists"), reverse("unions:tax_lists"))] if taking else []),
            export_act(request, "unions:taxpayers_export"),
        ],
    }  # fmt: skip
    return render(request, "unions/taxpayers.html", context, part="rows")


@require_safe
@lists(May.SEE_TAX)
def export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook; firms are no personal data."""
    form, ask = _asked(request)
    return workbook(request, "firms", "unions.taxpayer", shown.sheet(taxed.listed(request.user, ask)), form=form)


CRUMB = "unions:taxpayers"


@require_safe
@opens(May.SEE_TAX, by="uuid")
def taxpayer(request: Request, one: Taxpayer) -> HttpResponse:
    """One firm: what the tax side says, what we know, what may be done."""
    founding = actions.followed(one)
    may = which(request.user, [May.WORK_TAX], one)
    context = {
        "one": one, "sentence": shown.sentence(one, founding), "waits": shown.waits(taxed.colours([one]).get(one.pk, "")), "told": shown.told(one),
        "known": shown.known(one, taxed.unions_of(one), founding), "steps": shown.acts(one, founding) if may else [],
        "step_url": reverse("unions:taxpayer_step", args=[one.uuid]), "spells": shown.spells(one.spells.order_by("-since")),
        "crumbs": [(_("Firms without a union"), reverse(CRUMB)), (one.name, "")],
    }  # fmt: skip
    return render(request, "unions/taxpayer.html", context)


@require_POST
@opens(May.SEE_TAX, by="uuid")
def step(request: Request, one: Taxpayer) -> HttpResponse:
    """Follow it, say which employer it is, or that it needs a union after all."""
    verb, by = request.POST.get("verb", ""), request.user
    home = one.get_absolute_url()
    try:
        if verb == "follow":
            made = actions.follow(one, by=by)
            messages.success(
                request, _("%(reference)s is followed. Write who is in the preparatory group.") % {"reference": made.reference}
            )
            home = made.get_absolute_url()
        elif verb in ("same", "other"):
            actions.confirm(one, same=verb == "same", by=by)
            messages.success(request, _("It is known now.") if verb == "same" else _("It is another; it is not asked again."))
        elif verb == "need":
            actions.need(one, by=by)
            messages.success(request, _("It should have a union again."))
        elif verb in ("moved", "closed"):
            dropping.explain(one, why=verb.upper(), by=by)
            messages.success(request, _("Recorded."))
        elif verb == "close-clue":
            made = dropping.close_clue(one, by=by)
            messages.success(request, _("%(reference)s is given up.") % {"reference": made.reference})
        else:
            raise IllegalStep(verb)
    except RuleBroken as broken:
        messages.error(request, str(broken))
    return go(request, home)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_TAX, do=May.WORK_TAX, by="uuid")
def spare(request: Request, one: Taxpayer) -> HttpResponse:
    """The firm needs no union."""

    def act(said: dict[str, Any]) -> str:
        actions.spare(one, **said, by=request.user)
        return _("%(name)s is off the list; “Needs none” has it with its reason.") % {"name": one.name}

    text = _("It counts no longer among the firms that should have a union, from today on.")
    return filled(
        request, forms.SpareForm(request.POST or None), act, title=_("Needs none"), button=_("Record it"), back=one.get_absolute_url(), text=text,
        crumbs=[(_("Firms without a union"), reverse(CRUMB)), (one.name, one.get_absolute_url())],
    )  # fmt: skip


# ---------- lists ----------


@require_safe
@lists(May.SEE_TAX_LIST)
def lists_taken(request: Request) -> HttpResponse:
    """The lists of the tax side that were laid, the newest first."""
    paged = page(request, taxed.lists_of(request.user), ["-made_at", "-id"], text=_("The newest first"))
    context = {
        "table": shown.lists_table(paged.rows), "keyset": paged.keyset, "found": bool(paged.rows), "crumbs": [(_("Firms without a union"), reverse(CRUMB)), (_("Lists from the tax side"), "")],
        "acts": [Act(_("Take a list in"), reverse("unions:tax_lay"), primary=True), export_act(request, "unions:tax_lists_export")],
    }  # fmt: skip
    return render(request, "unions/tax_lists.html", context, part="rows")


@require_http_methods(["GET", "POST"])
@seated(*TAKING)
def lay(request: Request) -> HttpResponse:
    """Send a list; it is looked through, and nothing is taken in yet."""
    own = next((seat.union for seat in request.user.seats if seat.duty in TAKING and seat.level <= LEAST), None)
    form = forms.LayForm(request.POST or None, request.FILES or None, user=request.user, initial={"at": spoken(own) if own else ""})

    def act(said: dict[str, Any]) -> tuple[str, str]:
        made = actions.begin(actions.lay(said["at"], said["file"], name=said["file"].name, whole=said["whole"], by=request.user))
        if made.state == TaxList.State.FAILED:
            raise RuleBroken(made.said)
        return "", made.get_absolute_url()

    text = _(
        "Needed are 登记序号, 纳税人名称, 纳税人状态 and 税务登记职工人数; 统一社会信用代码, 主管税务机关, 街道乡镇代码, 成立工会标记, 开业日期 and 税务数据同步时间 are taken if they are there. Nothing is written before you have seen what the list brings."
    )
    return filled(request, form, act, title=_("Take a list in"), button=_("Look it through"), back=reverse(CRUMB), crumbs=[(_("Firms without a union"), reverse(CRUMB))], text=text)  # fmt: skip


@require_safe
@opens(May.SEE_TAX_LIST, by="uuid")
def tax_list(request: Request, one: TaxList) -> HttpResponse:
    """One list: what it brings, what cannot be taken in; and taking it in."""
    waits = one.state == TaxList.State.CHECKED and allows(request.user, May.TAKE_TAX, one.at)
    steps = [
        Act(ngettext("Take in %(n)d row", "Take in %(n)d rows", one.fresh + one.changed) % {"n": one.fresh + one.changed}, post=True, primary=True, name="verb", value="take"),
        Act(_("Put it away"), post=True, name="verb", value="drop"),
    ]  # fmt: skip
    if one.working:
        steps, waits = [Act(_("Begin again"), post=True, name="verb", value="again")], allows(request.user, May.TAKE_TAX, one.at)
    context = {
        "one": one, "pill": shown.stand(one), "counts": shown.counts(one), "faults": shown.faults(one) if one.told else None,
        "steps": steps if waits else [], "step_url": reverse("unions:tax_list_step", args=[one.uuid]), "more": one.bad - len(one.told),
        "crumbs": [(_("Firms without a union"), reverse(CRUMB)), (_("Lists from the tax side"), reverse("unions:tax_lists")), (one.file_name, "")],
    }  # fmt: skip
    return render(request, "unions/tax_list.html", context, part="progress" if one.working else "")


@require_POST
@opens(May.SEE_TAX_LIST, by="uuid")
def list_step(request: Request, one: TaxList) -> HttpResponse:
    """Take it in, or put it away."""
    verb = request.POST.get("verb", "")
    if verb == "take":
        done = actions.begin(actions.take(one, by=request.user))
        if done.working:
            messages.success(request, _("It is being taken in; this page says when it is done."))
            return go(request, one.get_absolute_url())
        messages.success(request, _("Taken in: %(fresh)d new, %(changed)d changed, %(same)d as they were.") % {"fresh": done.fresh, "changed": done.changed, "same": done.same})  # fmt: skip
        return go(request, reverse(CRUMB))
    if verb == "again" and one.working and allows(request.user, May.TAKE_TAX, one.at):
        actions.begin(one)
        return go(request, one.get_absolute_url())
    if verb != "drop":
        raise IllegalStep(verb)
    actions.drop(one, by=request.user)
    messages.success(request, _("Put away; nothing was taken in."))
    return go(request, one.get_absolute_url())
