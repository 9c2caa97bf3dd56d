"""Pages of reorganisations: the list, the draft, the rehearsal, the two signatures, and the reconciliation afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.files.api import attach
from niangjia.flow.api import entries_of, running_of, stages_of, steps_for
from niangjia.kit.components import Act, View
from niangjia.kit.errors import IllegalStep
from niangjia.kit.export import export_act
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, lists, opens, render, seated
from niangjia.kit.panels import panels
from niangjia.kit.rehearsal import carried, stopped
from niangjia.kit.who import permitted, which
from niangjia.unions import forms, moves, queries
from niangjia.unions.actions import reorganise
from niangjia.unions.enums import May, Stage
from niangjia.unions.fields import spoken
from niangjia.unions.models import Line, Reorganisation
from niangjia.unions.rehearsal import Plan

LINE = ["DRAFT", "REHEARSED", "SIGNED", "ADOPTED", "IN_FORCE", "FILED"]
PLANNERS = ("organisation", "chair")


@require_safe
@lists(May.SEE_REORGANISATION)
def reorganisations(request: Request) -> HttpResponse:
    """All that a person may see, the newest first; narrowed by where they stand."""
    form = forms.MovesFilter(request.GET)
    form.is_valid()
    view, text = form.cleaned_data.get("view", ""), form.cleaned_data.get("q", "")
    paged = page(request, queries.reorganisations(request.user, view, text), ["-made_at", "-id"], text=_("The newest first"))
    may_begin = any(seat.duty in PLANNERS and seat.level <= 3 for seat in request.user.seats)
    context = {
        "table": moves.moves_table(paged.rows), "keyset": paged.keyset, "found": bool(paged.rows), "q": text, "narrowed": bool(view or text), "keep": [("view", view)] if view else [],
        "views": [View(label, f"?view={code}" if code else "?", here=view == code) for code, label in moves.views()],
        "acts": [
            *([Act(_("Plan a reorganisation"), reverse("unions:plan"), primary=True)] if may_begin else []), Act(_("Splits of unions"), reverse("unions:splits"), quiet=True), export_act(request, "unions:reorganisations_export"),
        ],
    }  # fmt: skip
    return render(request, "unions/reorganisations.html", context, part="rows")


@require_safe
@opens(May.SEE_REORGANISATION, by="uuid")
def reorganisation(request: Request, one: Reorganisation) -> HttpResponse:
    """One reorganisation: what it would do, or did; what holds it up; who signed."""
    one.plan = plan = Plan(one)  # type: ignore[attr-defined]  # the parts of other floors read it too
    may = which(request.user, [May.REHEARSE, May.SIGN], one)
    open_ = one.state in (Stage.DRAFT, Stage.REHEARSED, Stage.SIGNED, Stage.ADOPTED, Stage.RECALLED)
    held = stopped(plan) if open_ else []
    stale = one.state in (Stage.REHEARSED, Stage.SIGNED) and plan.digest != one.digest
    acts = moves.next_acts(one, steps_for(one, request.user), held, stale=stale, me=request.user)
    context: dict[str, Any] = {
        "one": one, "plan": plan, "title": moves.title_of(one, plan.lines), "sentence": moves.sentence(one, plan, open_=open_), "open": open_, "pill": moves.phase(one), "pairs": moves.pairs(one),
        "crumbs": [(_("Unions"), reverse("unions:unions")), (_("Reorganisations"), reverse("unions:reorganisations")), (one.reference, "")],
        "stages": stages_of(one, LINE), "next": acts, "waits": next((act.why for act in acts if act.why), ""),
        "asking": [step for step in steps_for(one, request.user) if step.reason], "step_url": reverse("unions:reorganisation_step", args=[one.uuid]),
        "lines": moves.lines_table(one, plan, editing=one.state == Stage.DRAFT and May.REHEARSE in may), "held": held, "stale": stale,
        "adding": one.state == Stage.DRAFT and May.REHEARSE in may, "filing": May.REHEARSE in may,
        "papers": moves.papers_of(one), "signatures": moves.signatures(one), "told": moves.told(plan, open_=open_), "entries": entries_of(one),
        "clocks": running_of(one), "panels": panels(request, one), "aside": panels(request, one, aside=True),
    }  # fmt: skip
    if open_:
        context |= {
            "carried": moves.carried_table(carried(plan)), "desks": moves.desks_table(plan), "clocks_then": moves.clocks_table(plan),
            "before": moves.before_table(one, plan), "reach": moves.reach_table(plan),
        }  # fmt: skip
    return render(request, "unions/reorganisation.html", context)


def given(
    request: Request, form: Form, act: Callable[[dict[str, Any]], str], *, title: Any, button: Any, back: str, text: Any = ""
) -> HttpResponse:
    """A page with one form of a reorganisation; `act` answers where to go on."""
    crumbs = [(_("Reorganisations"), reverse("unions:reorganisations"))]
    return filled(request, form, lambda said: ("", act(said)), title=title, button=button, text=text, back=back, crumbs=crumbs)


@require_http_methods(["GET", "POST"])
@seated(*PLANNERS)
def plan(request: Request) -> HttpResponse:
    """Begin one: the day, the paper, and the first union that turns."""

    def act(said: dict[str, Any]) -> str:
        line = {key: said.pop(key) for key in ("turn", "union", "target", "name", "short_name")}
        return reorganise.draft(**said, line=line, by=request.user).get_absolute_url()

    seen = permitted(request.user, May.VIEW)
    named = {one.code: spoken(one) for one in seen.filter(code__in=[request.GET.get(key, "")[:20] for key in ("union", "target")])}
    first = {key: named.get(request.GET[key], request.GET[key][:20]) for key in ("union", "target") if key in request.GET}
    text = _("A draft changes nothing. You see first what would move; two people sign; then it holds from its day, as one act.")
    return given(
        request, forms.PlanForm(request.POST or None, initial=first, user=request.user), act,
        title=_("Plan a reorganisation"), button=_("Draft it"), back=reverse("unions:reorganisations"), text=text,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@opens(May.SEE_REORGANISATION, do=May.REHEARSE, by="uuid")
def facts(request: Request, one: Reorganisation) -> HttpResponse:
    """Another day, another paper."""

    def act(said: dict[str, Any]) -> str:
        if one.state in (Stage.REHEARSED, Stage.SIGNED):
            reorganise.revise(one, by=request.user)
        return reorganise.amend(one, **said, by=request.user).get_absolute_url()

    now = {"on": one.on, "paper": one.paper, "why_late": one.why_late}
    return given(
        request,
        forms.DayForm(request.POST or None, initial=now),
        act,
        title=_("Day and paper"),
        button=_("Save"),
        back=one.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_REORGANISATION, do=May.REHEARSE, by="uuid")
def lines(request: Request, one: Reorganisation) -> HttpResponse:
    """One more union turns by the same act."""

    def act(said: dict[str, Any]) -> str:
        reorganise.add_line(one, **said, by=request.user)
        return one.get_absolute_url()

    form = forms.LineForm(request.POST or None, user=request.user)
    return given(request, form, act, title=_("Add a line"), button=_("Add"), back=one.get_absolute_url())


@require_POST
@opens(May.SEE_REORGANISATION, do=May.REHEARSE, by="uuid")
def line(request: Request, one: Reorganisation, line: str) -> HttpResponse:
    """A line comes off."""
    reorganise.drop_line(one, get_object_or_404(Line, reorganisation=one, uuid=line), by=request.user)
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_REORGANISATION, do=May.REHEARSE, by="uuid")
def papers(request: Request, one: Reorganisation) -> HttpResponse:
    """Lay a paper on it: the decision, the minutes."""

    def act(said: dict[str, Any]) -> str:
        attach(one, said["file"], name=said["file"].name, purpose=said["purpose"], by=request.user)
        return one.get_absolute_url()

    form = forms.PaperForm(request.POST or None, request.FILES or None)
    return given(request, form, act, title=_("Add a paper"), button=_("Add"), back=one.get_absolute_url())


@require_POST
@opens(May.SEE_REORGANISATION, by="uuid")
def step(request: Request, one: Reorganisation) -> HttpResponse:
    """A step; a signature carries the print of what stood on the screen."""
    verb, by = request.POST.get("verb", ""), request.user
    steps: dict[str, Callable[[], Any]] = {
        "rehearse": lambda: reorganise.rehearse(one, by=by),
        "revise": lambda: reorganise.revise(one, by=by),
        "sign": lambda: reorganise.sign(one, digest=request.POST.get("digest", ""), by=by),
        "adopt": lambda: reorganise.adopt(one, digest=request.POST.get("digest", ""), by=by),
        "withdraw": lambda: reorganise.withdraw(one, reason=request.POST.get("reason", ""), by=by),
        "recall": lambda: reorganise.recall(one, reason=request.POST.get("reason", ""), by=by),
        "keep": lambda: reorganise.keep(one, reason=request.POST.get("reason", ""), by=by),
        "call-off": lambda: reorganise.give_up(one, by=by),
        "file": lambda: reorganise.file(one, reason=request.POST.get("reason", ""), by=by),
    }
    if verb not in steps:
        raise IllegalStep(verb)
    steps[verb]()
    one.refresh_from_db()
    messages.success(request, moves.done(one))
    return go(request, one.get_absolute_url())
