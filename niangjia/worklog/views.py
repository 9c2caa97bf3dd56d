"""Pages of figures: the catalogue, one figure, its records, and how two trees are reconciled."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.kit import export
from niangjia.kit.components import Keyset, View
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.figure import FIGURES, Figure, series_of
from niangjia.kit.pages import render, signed_in
from niangjia.worklog import asking, catalogue, frames, reader
from niangjia.worklog.beside import Beside
from niangjia.worklog.clerk import latest
from niangjia.worklog.export import answer_sheet, records_sheet
from niangjia.worklog.frames import address
from niangjia.worklog.opened import NOTHING, opened
from niangjia.worklog.reconcile import reconcile
from niangjia.worklog.shown import Shown
from niangjia.worklog.suppress import Hidden
from niangjia.worklog.wording import measured, unit_words


def one(code: str) -> Figure:
    """The figure of that code; 404 if nobody declared it."""
    if code not in FIGURES:
        raise Http404
    return FIGURES[code]


def language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


@require_safe
@signed_in
def figures(request: HttpRequest) -> HttpResponse:
    """The catalogue."""
    every, q, group = catalogue.everything(), request.GET.get("q", ""), request.GET.get("group", "")
    found = [f for f in every if catalogue.matches(f, q)]
    shown = [f for f in found if not group or catalogue.group_of(f) == group]
    union = asking.read_union(request.GET["union"]) if request.GET.get("union") else reader.home(request.user)
    lines = catalogue.lines(shown, union, mine=union in reader.hers(request.user, [union]))
    if request.GET.get("format") == "xlsx":
        return export.workbook(request, "figures", "worklog.figures", frames.catalogue_sheet(lines, language()))
    base, empty = reverse("worklog:figures"), catalogue.empty_series()
    views = [View(pgettext("figures", "All"), base, len(every), not group)]
    for code, those in catalogue.groups(every).items():
        views.append(View(catalogue.group_title(code), f"{base}?{urlencode({'group': code})}", len(those), code == group))
    context = {
        "views": views,
        "table": frames.catalogue_table(lines, language(), whole=not group and not q),
        "many": len(every),
        "shown": len(shown),
        "empty": sum(bool(series_of(f.plan) & empty) for f in every),
        "public": sum(f.public for f in every),
        "changed": sum(one.changed_on is not None for one in lines),
        "q": q,
        "group": group,
        "union": reader.called([union])[union].name if union else "",
        "acts": [export.export_act(request, "worklog:figures", _("Export the catalogue"), format="xlsx")],
    }
    return render(request, "worklog/figures.html", context, part="rows")


@require_safe
@signed_in
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """One figure: what it is, as known when, its course, what became of it, its definition, its records."""
    found = one(code)
    looked = asking.look(found, request.GET, request.user)
    told = asking.read_told(found, looked, request.GET.get("told", ""))
    shown = Shown(found, looked, request.user, language(), told)
    if told and not shown.guard.mine:
        raise Refused(_("The records behind a part of a number are shown to the union itself and to those above it."))
    if request.GET.get("format") == "xlsx":
        return workbook(request, shown)
    older = request.GET.get("older", "")
    after = int(older) if older.isdecimal() and len(older) < 18 else None
    page = NOTHING if isinstance(shown.value, Hidden) else opened(found, looked.asked, request.user, after, told=told)
    beside, said = Beside(shown), {**shown.said, "told": request.GET.get("told", "")}
    context = {
        "figure": found,
        "name": found.words(language()),
        "page": shown,
        "beside": beside,
        "records": beside.records(page),
        "opened": page,
        "keyset": Keyset(older=f"{address(found, {**said, 'older': page.older})}#records" if page.older else ""),
        "now": address(found, {key: shown.open.get(key) for key in ("period", "union", "tree")}),
        "whole": f"{address(found, shown.said)}#records",
        "xlsx": address(found, {**shown.said, "format": "xlsx"}),
        "reconciled": address(found, {key: shown.open[key] for key in ("period", "union")}, "reconciled")
        if shown.additive and shown.guard.mine
        else "",
        "crumbs": crumbs(found),
    }
    return render(request, "worklog/figure.html", context, part="records" if older else "")


def crumbs(figure: Figure) -> list[tuple[Any, str]]:
    """The way to a figure: the catalogue, its part of the house, itself."""
    base, group = reverse("worklog:figures"), catalogue.group_of(figure)
    return [(_("Figures"), base), (catalogue.group_title(group), f"{base}?{urlencode({'group': group})}"), (figure.name, "")]


def workbook(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The figure and its records as a workbook."""
    figure, asked = shown.figure, shown.asked
    about = [
        (figure.words(shown.language), measured(shown.number, figure.unit if shown.unit else "")),
        (pgettext("figures", "Code"), figure.name),
        (_("Period"), shown.period),
        (_("Union"), shown.union),
        (_("As known on"), shown.known_on),
        (_("Posting"), latest() if asked.known is None else asked.known),
        (_("Definition"), figure.note(shown.language)),
    ]
    first = answer_sheet(about, *shown.rows())
    return export.workbook(
        request, figure.name, "worklog.figure", first, records_sheet(figure, asked, shown.user, open_=not isinstance(shown.value, Hidden))
    )


@require_safe
@signed_in
def reconciled(request: HttpRequest, code: str) -> HttpResponse:
    """The same figure by today's tree and by the tree of the day, and the moves of unions between them."""
    found = one(code)
    looked = asking.look(found, request.GET, request.user)
    if looked.asked.union not in reader.hers(request.user, [looked.asked.union]):
        raise Refused(_("What moved in and out of a union is shown to that union and to those above it."))
    try:
        told = reconcile(found, looked.asked.period, looked.asked.union, looked.asked.known)
    except ValueError:
        raise RuleBroken(_("Only what is counted can be reconciled; ask about the figures that this one is made of.")) from None
    page = frames.Told(found, told, looked, language())
    words = frames.question_words(looked, page.called[looked.asked.union].code)
    context = {
        "name": found.words(language()),
        "unit": unit_words(found.unit),
        "told": page,
        "crumbs": [*crumbs(found)[:-1], (found.words(language()), address(found, words)), (_("Two trees"), "")],
    }
    return render(request, "worklog/reconciled.html", context)
