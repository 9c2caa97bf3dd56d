"""Pages of the yearly check of township federations: the list, one check, what the township fills in, what the county confirms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import entries_of, running_of, stages_of, steps_for
from niangjia.kit.barred import while_in
from niangjia.kit.chips import chips, kept
from niangjia.kit.components import View
from niangjia.kit.dates import today
from niangjia.kit.errors import IllegalStep
from niangjia.kit.export import export_act, workbook
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, lists, opens, render, signed_in
from niangjia.unions import ballots, staffings
from niangjia.unions import shown_staffing as shown
from niangjia.unions.actions import staffing as actions
from niangjia.unions.enums import Manning, May
from niangjia.unions.forms import staffing as forms
from niangjia.unions.models import StaffCheck

FILTERS = ("year", "state", "under")
LINE = (Manning.ASKED, Manning.SENT, Manning.CONFIRMED)


def _asked(request: Request) -> tuple[forms.ChecksFilter, staffings.Ask, list[int]]:
    years = staffings.years(request.user)
    form = forms.ChecksFilter(request.GET, years=years, places=staffings.places(request.user))
    form.is_valid()
    said = form.cleaned_data
    return form, staffings.Ask(*(said.get(name, "") for name in ("q", "view", "year", "state", "under"))), years


@require_safe
@lists(May.SEE_STAFFING)
def checks(request: Request) -> HttpResponse:
    """The checks that a person may see, the last year first: which are missing, which wait, which fall short."""
    form, ask, years = _asked(request)
    rows = staffings.listed(request.user, ask)
    paged = page(request, rows, ["-year", "union_id", "id"], text=_("The last year first"))
    newest = int(ask.year) if ask.year.isdecimal() else years[0] if years else 0
    all_of = staffings.listed(request.user, staffings.Ask(under=ask.under))
    begins = staffings.asks(request.user)
    context = {
        "table": shown.table(paged.rows, ballots.next_clocks("unions.staffcheck", paged.rows)), "keyset": paged.keyset, "found": bool(paged.rows), "q": ask.text,
        "views": [View(label, f"?view={code}" if code else "?", here=ask.view == code) for code, label in shown.views()],
        "chips": chips(form, request, FILTERS), "keep": kept(request, ("view",)), "narrowed": any((ask.text, ask.view, ask.year, ask.state, ask.under)),
        "stand": shown.stand_words(staffings.stand(all_of, newest)) if newest else "", "begins": begins and today().year not in years, "year": today().year,
        "acts": [export_act(request, "unions:staff_export")],
    }  # fmt: skip
    return render(request, "unions/staff_checks.html", context, part="rows")


@require_safe
@lists(May.SEE_STAFFING)
def export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook; officers stand in it by their names, as on the page."""
    form, ask, _years = _asked(request)
    return workbook(request, "staffing", "unions.staffcheck", shown.sheet(staffings.listed(request.user, ask)), form=form)


@require_POST
@signed_in
def begin(request: Request) -> HttpResponse:
    """Ask the townships below for the check of this year."""
    many = actions.begin(by=request.user)
    messages.success(request, ngettext("%(n)d federation is asked.", "%(n)d federations are asked.", many) % {"n": many})
    return go(request, reverse("unions:staff_checks"))


@require_safe
@opens(May.SEE_STAFFING, by="uuid")
def check(request: Request, one: StaffCheck) -> HttpResponse:
    """One check: what was said, how it was judged, the papers, the years before."""
    one = StaffCheck.objects.select_related("union", "county", "filled_by", "confirmed_by").get(pk=one.pk)
    context: dict[str, Any] = {
        "one": one, "title": shown.title(one), "pill": shown.phase(one), "sentence": shown.sentence(one), "stages": stages_of(one, list(LINE)), "crumbs": _crumbs(one),
        "steps": steps_for(one, request.user), "step_url": reverse("unions:staff_step", args=[one.uuid]), "pairs": shown.pairs(one), "judgement": shown.judgement(one),
        "papers": shown.filed(one), "history": shown.history(staffings.history(one)), "clocks": running_of(one), "entries": entries_of(one),
    }  # fmt: skip
    return render(request, "unions/staff_check.html", context)


def _crumbs(one: StaffCheck) -> list[tuple[Any, str]]:
    return [(_("Checks of staffing"), reverse("unions:staff_checks")), (one.reference, "")]


@require_POST
@opens(May.SEE_STAFFING, by="uuid")
def step(request: Request, one: StaffCheck) -> HttpResponse:
    """A step that needs no page of its own."""
    reason, by = request.POST.get("reason", ""), request.user
    match request.POST.get("verb", ""):
        case "confirm":
            actions.confirm(one, by=by)
            messages.success(request, _("Confirmed. The figures of staffed townships follow from it."))
        case "return":
            actions.send_back(one, reason=reason, by=by)
        case "reopen":
            actions.reopen(one, reason=reason, by=by)
        case verb:
            raise IllegalStep(verb)
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_STAFFING, do=May.FILL_STAFFING, by="uuid")
@while_in(Manning.ASKED)
def fill(request: Request, one: StaffCheck) -> HttpResponse:
    """The township says how it stands."""
    first = {name: getattr(one, name) for name in ("head", "post", "appointed_no", "cadres", "workers", "staffed_no", "remark")}
    first["full_time"] = {True: "yes", False: "no"}.get(one.full_time)  # type: ignore[arg-type]
    form = forms.FillForm(request.POST or None, request.FILES or None, initial=first)

    def act(_said: dict[str, Any]) -> str:
        actions.fill(one, form.said(), form.papers(), by=request.user)
        return _("Filled in. The office above has been told, and confirms it.")

    home = one.get_absolute_url()
    return filled(
        request, form, act, title=_("Fill in the check"), button=_("Send to be confirmed"), back=home, crumbs=[_crumbs(one)[0], (one.reference, home)],
        text=_("A paper that lies there already need not be sent again."), beside=(_("What the check asks"), shown.ratio(one, actions.employees_of(one.union))),
    )  # fmt: skip
