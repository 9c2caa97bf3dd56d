"""Deciding: one difference, several chosen on a page, or all that a rule fits, rehearsed first; and taking back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kit.components import Act
from niangjia.kit.errors import Overtaken, RuleBroken
from niangjia.kit.pages import go, opens, own_transactions, render, seen
from niangjia.kit.who import allows
from niangjia.reconcile import actions, queries, rules, shown, shown_sides
from niangjia.reconcile.actions.deciding import INLINE
from niangjia.reconcile.enums import Kind, May, Stand
from niangjia.reconcile.models import Comparison
from niangjia.reconcile.views import me
from niangjia.reconcile.words import label_of

EXAMPLES = 10


@require_safe
@opens(May.SEE, by="uuid")
def difference(request: HttpRequest, comparison: Comparison, one: Any) -> HttpResponse:
    """Both sides of one difference beside each other, why the house thinks they differ, and what may be decided."""
    found = get_object_or_404(
        queries.differences(comparison, queries.Ask(state="ALL")).select_related("decision__batch", "union__parent"), uuid=one
    )
    mine, line = queries.opened([found.ours_sealed, found.theirs_sealed])
    seen(request, found, May.SEE_DIFFERENCE, always=True)
    may = allows(request.user, May.DECIDE, comparison) and found.state == Stand.OPEN and comparison.state in ("OPEN", "CLOSED")
    ways = rules.ways(found.of, found.kind, found.field, found.cause)
    label = label_of(found.field, comparison.of) if found.field else Kind(found.kind).label
    context = {
        "one": found, "comparison": comparison, "title": mine.get("name") or line.get("name") or str(found), "label": label, "table": shown_sides.beside(found, mine, line), "pairs": shown_sides.facts(found),
        "acts": [Act(shown.way_words(way), post=True, name="way", value=way, primary=i == 0) for i, way in enumerate(ways) if way != Stand.BOTH] if may else [], "may": may,
        "both": may, "action": reverse("reconcile:decision", args=[comparison.uuid, found.uuid]), "crumbs": shown.crumbs(comparison, label),
    }  # fmt: skip
    return render(request, "reconcile/difference.html", context)


@require_POST
@own_transactions
@opens(May.SEE, do=May.DECIDE, by="uuid")
def decision(request: HttpRequest, comparison: Comparison, one: Any) -> HttpResponse:
    """Decide one difference."""
    found = get_object_or_404(queries.differences(comparison, queries.Ask(state="ALL")), uuid=one)
    made = actions.decide(found, request.POST.get("way", ""), why=request.POST.get("why", ""), by=me(request))
    messages.success(request, _("Decided: %(way)s.") % {"way": shown.way_words(made.way)})
    return go(request, made.batch.get_absolute_url() if made.batch else comparison.get_absolute_url() + f"?kind={found.kind}")


@require_POST
@own_transactions
@opens(May.SEE, do=May.DECIDE, by="uuid")
def chosen(request: HttpRequest, comparison: Comparison) -> HttpResponse:
    """Decide the differences that were chosen on a page, each for itself; what somebody else decided first is told."""
    said = {name.removeprefix("way-"): str(way) for name, way in request.POST.items() if name.startswith("way-") and way}
    rows = {
        str(one.uuid): one
        for one in queries.differences(comparison, queries.Ask(state="ALL")).filter(uuid__in=[k for k in said if queries.is_uuid(k)])
    }
    done, told = 0, []
    for key, way in said.items():
        if (one := rows.get(key)) is None:
            continue
        try:
            actions.decide(one, way, why=request.POST.get("why", ""), by=me(request))
            done += 1
        except Overtaken:
            told.append(
                _("%(row)s: somebody else has decided it meanwhile.") % {"row": _("Row %(n)s") % {"n": one.row} if one.row else str(one)}
            )
        except RuleBroken as broken:
            told.append(str(broken))
    if done:
        messages.success(request, ngettext("%(n)d difference decided.", "%(n)d differences decided.", done) % {"n": done})
    elif not told:
        messages.info(request, _("Choose a side in at least one row."))
    for words in dict.fromkeys(told):
        messages.warning(request, words)
    query = request.POST.get("query", "")[:300]
    return go(request, comparison.get_absolute_url() + (f"?{query}" if query else ""))


@require_http_methods(["GET", "POST"])
@own_transactions
@opens(May.SEE, do=May.DECIDE, by="uuid")
def rule(request: HttpRequest, comparison: Comparison, code: str) -> HttpResponse:
    """What a rule would decide, with examples; then done, by the worker if they are many."""
    found = rules.BY_CODE.get(code)
    if found is None:
        raise Http404
    rows = queries.ruled(comparison, found)
    wrong = ""
    if request.method == "POST":
        many = request.POST.get("seen", "")
        try:
            made = actions.ruled(comparison, code, seen=int(many) if many.isdecimal() else -1, by=me(request))
        except RuleBroken as broken:
            wrong = str(broken)
        else:
            if made.many <= INLINE:
                made = actions.apply(made)
                messages.success(request, ngettext("%(n)d difference decided.", "%(n)d differences decided.", made.done) % {"n": made.done})
            return go(request, made.batch.get_absolute_url() if made.batch else comparison.get_absolute_url())
    first = list(queries.with_both(rows).order_by("pk")[:EXAMPLES])
    context = {
        "comparison": comparison, "rule": found, "title": shown.rule_words(found), "many": rows.count(), "table": shown_sides.examples(first, comparison.source), "wrong": wrong,
        "label": label_of(found.field, comparison.of) if found.field else Kind(found.kind).label, "what": shown.way_said(found), "crumbs": shown.crumbs(comparison, shown.rule_words(found)),
    }  # fmt: skip
    return render(request, "reconcile/rule.html", context, status=422 if wrong else 200)


@require_POST
@own_transactions
@opens(May.SEE, do=May.DECIDE, by="uuid")
def back(request: HttpRequest, comparison: Comparison, decision: Any) -> HttpResponse:
    """Take a decision back."""
    found = get_object_or_404(queries.decided(comparison).select_related("comparison", "comparison__union", "batch"), uuid=decision)
    taken = actions.take_back(found, by=me(request))
    if taken.done <= INLINE:
        taken = actions.apply(taken)
    messages.success(request, _("Taken back; what it decided is open again."))
    return go(request, comparison.get_absolute_url())
