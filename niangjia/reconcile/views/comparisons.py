"""The lists that were laid, one of them with its differences, and laying the next."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import entries_of, running_of, steps_for
from niangjia.flow.models import Clock
from niangjia.kit.chips import chips, kept
from niangjia.kit.components import Act, View
from niangjia.kit.errors import IllegalStep, RuleBroken
from niangjia.kit.export import export_act, workbook
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, lists, note, opens, own_transactions, render, signed_in
from niangjia.kit.who import allows
from niangjia.reconcile import actions, forms, queries, shown, shown_returns, shown_sides
from niangjia.reconcile.enums import May, Of
from niangjia.reconcile.models import Comparison
from niangjia.reconcile.permissions import KEEPERS
from niangjia.reconcile.views import me

SIZE = 25


@require_safe
@lists(May.SEE)
def comparisons(request: HttpRequest) -> HttpResponse:
    """The lists that are to be explained, or all of them, the last first."""
    view = request.GET.get("view", "")[:10]
    paged = page(request, queries.listed(me(request), view), ["-made_at", "-id"], text=_("The newest first"))
    clocks = {
        one.thing_id: one
        for one in Clock.objects.filter(kind="reconcile.comparison", thing_id__in=[one.pk for one in paged.rows], stopped_at=None)
    }
    keeps = any(seat.duty in KEEPERS and seat.level <= 3 for seat in me(request).seats)
    context = {
        "table": shown.comparisons_table(paged.rows, clocks), "keyset": paged.keyset, "found": bool(paged.rows),
        "views": [View(_("To be explained"), "?", here=view != "all"), View(_("All"), "?view=all", here=view == "all")],
        "acts": [Act(_("Lay a list beside ours"), reverse("reconcile:new"), primary=True)] if keeps else [],
    }  # fmt: skip
    return render(request, "reconcile/list.html", context, part="rows")


@require_http_methods(["GET", "POST"])
@own_transactions
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Send a list; it is laid beside ours, and nothing is changed."""
    places = [seat.union for seat in me(request).seats if seat.duty in KEEPERS and seat.level <= 3]
    asked = {name: request.GET[name][:20] for name in ("of", "whence") if request.GET.get(name)}
    form = forms.NewForm(
        request.POST or None,
        request.FILES or None,
        initial={"union": request.GET.get("under", "")[:20] or (places[0].code if places else "")} | asked,
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.lay(
                said["union"],
                said["file"],
                of=said["of"],
                whence=said["whence"],
                as_of=said["as_of"],
                name=said["file"].name,
                by=me(request),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            actions.begin(made)
            return go(request, made.get_absolute_url())
    context = {"form": form, "crumbs": [(_("Reconciliation"), reverse("reconcile:list")), (_("Lay a list beside ours"), "")]}
    return render(request, "reconcile/new.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@opens(May.SEE, by="uuid")
def comparison(request: HttpRequest, one: Comparison) -> HttpResponse:
    """One list: both totals, what a rule decides at once, and the differences that are left, both sides beside each other."""
    one = Comparison.objects.select_related("union", "by").get(pk=one.pk)
    working, may = one.state == "READING", allows(request.user, May.DECIDE, one)
    context: dict[str, Any] = {
        "one": one, "views": [], "acts": [], "title": shown.title(one), "crumbs": shown.crumbs(one), "working": working, "cut_off": working and not queries.laying(one), "entries": entries_of(one),
        "clocks": running_of(one), "steps": _steps(request, one), "step_url": reverse("reconcile:step", args=[one.uuid]), "may": may,
        "bad": reverse("reconcile:bad", args=[one.uuid]) if one.bad else "",
    }  # fmt: skip
    if working or one.state in ("FAILED", "DROPPED"):
        return render(request, "reconcile/comparison.html", context | {"sentence": one.said}, part="progress" if working else "")
    if one.of == Of.TOTALS:
        return render(request, "reconcile/returns.html", context | shown_returns.context(one))
    return render(request, "reconcile/comparison.html", context | _differences(request, one, may=may), part="rows")


def _steps(request: HttpRequest, one: Comparison) -> list[Any]:
    """What may be done; it is not said that all is explained while something is open."""
    left = one.differences.filter(state="OPEN").exists()
    return [step for step in steps_for(one, request.user) if step.verb != "close" or not left]


def _differences(request: HttpRequest, one: Comparison, *, may: bool) -> dict[str, Any]:
    form = forms.Filter(request.GET)
    form.is_valid()
    ask = shown.narrowed(form.cleaned_data)
    counts = queries.counted(one)
    can = queries.rulings(counts, one.of)
    rows = queries.differences(one, ask)
    paged = page(request, rows, ["id"], size=SIZE, text=_("In the order of the list"))
    open_, differ = shown.of(counts), queries.records(one)
    only = {kind: sum(c.n for c in counts if c.kind == kind) for kind in ("ONLY_OURS", "ONLY_THEIRS")}
    months, by_rule = queries.months(one), sum(can.values())
    up = sum(c.n for c in counts if c.state == "OURS")
    if paged.rows:
        note(request, "opened", "reconcile.comparison", one.pk, May.SEE_DIFFERENCE)
    return {
        "sentence": shown.sentence(one, open_, by_rule), "views": shown.views(one, counts, ask), "chips": chips(form, request, ["field", "cause", "state", "under", "row"]),
        "keep": kept(request, ["kind"]), "rules": shown.rules_table(one, counts, can, ask.kind) if open_ and not ask.state and may else None,
        "choices": shown_sides.choices(paged.rows), "found": bool(paged.rows), "keyset": paged.keyset, "other": one.get_source_display(),
        "same": one.same, "differ": differ, "only_ours": only["ONLY_OURS"], "only_theirs": only["ONLY_THEIRS"],
        "causes": [(kind, table) for kind in ("ONLY_OURS", "ONLY_THEIRS", "WRONG_PARENT") if (table := shown.causes_table(one, counts, kind))],
        "places": shown.places_table(one, queries.places(one)), "months": shown.months_table(months), "line": len(months) > 1,
        "decisions": shown.decisions(one, queries.decisions(one), may=may), "acts": [export_act(request, "exports:new", what="reconcile.differences", comparison=str(one.uuid))] if paged.rows else [],
        "up": up, "up_url": _up_url(one) if up and may else "",
        "chosen_url": reverse("reconcile:chosen", args=[one.uuid]), "query": request.GET.urlencode(), "may_decide": may and one.state in ("OPEN", "CLOSED"),
        "next_url": f"{reverse('reconcile:new')}?under={one.union.code}&of={one.of}&whence={one.source}",
    }  # fmt: skip


def _up_url(one: Comparison) -> str:
    """Members go up by two persons, because they are people; unions at once."""
    if one.of == Of.MEMBERS:
        return f"{reverse('exports:new')}?what=reconcile.upward&comparison={one.uuid}"
    return reverse("reconcile:upward", args=[one.uuid])


@require_safe
@opens(May.SEE, by="uuid")
def bad(request: HttpRequest, one: Comparison) -> HttpResponse:
    """The rows that could not be laid, and why."""
    context = {"one": one, "table": shown.bad_table(one), "crumbs": shown.crumbs(one, _("Rows that could not be laid"))}
    return render(request, "reconcile/bad.html", context)


@require_POST
@own_transactions
@opens(May.SEE, do=May.DECIDE, by="uuid")
def step(request: HttpRequest, one: Comparison) -> HttpResponse:
    """What is to happen with a list: read again, closed, dropped."""
    verb, by = request.POST.get("verb", ""), me(request)
    match verb:
        case "again":
            actions.begin(actions.again(one, by=by))
        case "run":
            actions.begin(one)
        case "close":
            actions.close(one, by=by)
        case "drop":
            actions.drop(one, by=by)
        case _other:
            raise IllegalStep(verb)
    return go(request, one.get_absolute_url())


@require_safe
@opens(May.SEE, do=May.DECIDE, by="uuid")
def upward(request: HttpRequest, one: Comparison) -> HttpResponse:
    """What goes up of a list of unions, by the heads of their registration table; nobody stands in it."""
    if one.of != Of.UNIONS:
        raise Http404
    return workbook(request, "unions-upward", "reconcile.comparison", shown.upward(queries.upward(one)), thing=one.pk)
