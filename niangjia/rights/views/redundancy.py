"""Pages of redundancy hearings: the list, what an employer explains, one case, and its steps that need no page of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import running_of, stages_of, steps_for
from niangjia.kit.chips import chips, kept
from niangjia.kit.components import Act, View
from niangjia.kit.errors import IllegalStep
from niangjia.kit.export import export_act, workbook
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, lists, opens, render, seated
from niangjia.kit.who import allows, which
from niangjia.kit.workbook import Col
from niangjia.rights import actions
from niangjia.rights import lists as listing
from niangjia.rights.enums import May
from niangjia.rights.forms import redundancy as forms
from niangjia.rights.models import Redundancy
from niangjia.rights.queries import redundancy as queries
from niangjia.rights.redundant import ByRule, RedundancyGround, RedundancyKind, RedundancyState
from niangjia.rights.shown import common
from niangjia.rights.shown import redundancy as shown
from niangjia.rights.views.choosing import choose, employer_said, union_for

ORDER = ["-explained_on", "-id"]
FILTERS = ("state", "kind", "kept", "county", "since", "until")
OPENERS = ("rights", "chair")
MAY = (May.HEAR_REDUNDANCY, May.LEAD_REDUNDANCY)


def _asked(request: Request) -> tuple[forms.RedundancyFilter, queries.RedundancyAsk]:
    form = forms.RedundancyFilter(request.GET, places=[(one.code, one.short_name) for one in listing.counties()])
    return form, forms.asked_redundancies(form)


def crumbs_of(case: Redundancy) -> list[tuple[Any, str]]:
    """The way to a page below a case."""
    return [(_("Redundancy hearings"), reverse("rights:redundancies")), (case.reference, case.get_absolute_url())]


@require_safe
@lists(May.SEE_REDUNDANCY)
def redundancies(request: Request) -> HttpResponse:
    """The list of redundancy hearings."""
    form, ask = _asked(request)
    paged = page(request, queries.redundancies(request.user, ask), ORDER, text=_("Last explained first"))
    acts = [export_act(request, "rights:redundancies_export")]
    if any(seat.duty in OPENERS for seat in request.user.seats):
        acts.append(Act(_("Record a plan"), reverse("rights:redundancy_new"), primary=True, icon="plus"))
    views = {
        "": _("All"),
        "open": _("Running"),
        "late": _("Late"),
        "reply": _("Waiting for the union's reply"),
        "large": _("Layoffs by their size"),
    }
    context = {
        "title": _("Redundancy hearings"), "none": _("No redundancy hearing matches"), "advice": _("Record what an employer explains before it lets people go; or take away a filter."),
        "table": shown.redundancies_table(paged.rows, listing.clocks_of(queries.KIND, paged.rows)), "keyset": paged.keyset, "found": bool(paged.rows), "q": ask.q, "acts": acts,
        "views": [View(label, f"?view={code}" if code else "?", here=ask.view == code) for code, label in views.items()],
        "chips": chips(form, request, FILTERS), "keep": kept(request, ("view", *FILTERS)),
    }  # fmt: skip
    return render(request, "rights/cases.html", context, part="rows")


@require_safe
@lists(May.SEE_REDUNDANCY)
def export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook: firms, no persons."""
    form, ask = _asked(request)
    columns = [
        Col(_("Case number"), 20), Col(_("Explained on"), 12), Col(_("Employer"), 36), Col(_("Credit code"), 22), Col(_("Sort"), 20), Col(_("Ground"), 36), Col(_("To go"), 10),
        Col(_("Staff on that day"), 10), Col(_("Planned day"), 12), Col(_("Union"), 20), Col(_("Place"), 14), Col(_("State"), 18), Col(pgettext("to the labour bureau", "Reported on"), 12),
        Col(pgettext("redundancy", "Carried out on"), 12), Col(_("Went"), 10), Col(_("Rule kept"), 12),
    ]  # fmt: skip
    rows = _lines(queries.redundancies(request.user, ask))
    return workbook(request, "redundancies", "rights.redundancy", (_("Redundancy hearings"), columns, rows), form=form)


def _lines(rows: Any) -> Iterator[list[Any]]:
    kinds, grounds, states, rule = (
        {value: str(label) for value, label in one.choices} for one in (RedundancyKind, RedundancyGround, RedundancyState, ByRule)
    )
    for one in rows.order_by(*ORDER).iterator(chunk_size=2000):
        place = one.county.short_name if one.county else one.union.short_name
        yield [
            one.reference, one.explained_on, one.employer.name, one.employer.uscc, kinds.get(one.kind, ""), grounds.get(one.ground, ""), one.planned, one.staff, one.planned_on,
            one.union.short_name, place, states.get(one.state, ""), one.reported_on, one.carried_on, one.dismissed, rule.get(one.kept, ""),
        ]  # fmt: skip


@require_http_methods(["GET", "POST"])
@seated(*OPENERS)
def new(request: Request) -> HttpResponse:
    """Record what an employer has explained."""
    union = union_for(request, May.OPEN_REDUNDANCY, OPENERS)
    crumbs = [(_("Redundancy hearings"), reverse("rights:redundancies"))]
    if union is None:
        return choose(
            request, May.OPEN_REDUNDANCY, OPENERS, url=reverse("rights:redundancy_new"), crumbs=[*crumbs, (_("Record a plan"), "")]
        )

    def act(said: dict[str, Any]) -> tuple[str, str]:
        employer = employer_said(said, union)
        facts = {name: value for name, value in said.items() if name in actions.Planned.__dataclass_fields__ and name != "first"}
        protected = {name: said[name] for name in queries.PROTECTED}
        made = actions.open_redundancy(
            union, actions.Planned(employer, **facts, first=frozenset(said["first"]), protected=protected), by=request.user
        )
        return _("%(reference)s is recorded.") % {"reference": made.reference}, made.get_absolute_url()

    known = queries.employers_of_union(union)
    initial = {"uscc": known[0].uscc, "staff": known[0].employees or None} if len(known) == 1 else {}
    return filled(
        request, forms.PlanForm(request.POST or None, initial=initial), act, title=_("Record a plan"), button=_("Record it"),
        text=_("The staff are heard by %(union)s.") % {"union": union.name}, back=reverse("rights:redundancies"), crumbs=crumbs,
    )  # fmt: skip


@require_safe
@opens(May.SEE_REDUNDANCY, by="uuid")
def redundancy(request: Request, redundancy: Redundancy) -> HttpResponse:
    """One case: the plan, what the rule says and why, hearings, the union's reply and what became of it."""
    case, may = redundancy, which(request.user, list(MAY), redundancy)
    hearings, advice = list(case.hearings.select_related("by").order_by("pk")), list(case.advice.select_related("by").order_by("pk"))
    found = queries.found_of(case, len(hearings))
    links = {
        "supervision": case.supervision is not None and allows(request.user, May.SEE_SUPERVISION, case.supervision),
        "event": case.event is not None and allows(request.user, May.SEE_EVENT, case.event),
    }
    context: dict[str, Any] = {
        "case": case, "crumbs": [(_("Redundancy hearings"), reverse("rights:redundancies")), (case.reference, "")],
        "title": _("%(firm)s: %(matter)s") % {"firm": case.employer.name, "matter": case.get_kind_display()}, "state": shown.state(case), "sentence": shown.sentence(case),
        "stages": stages_of(case, shown.LINE if case.kind == RedundancyKind.LAYOFF else shown.LINE_OF_ONE), "steps": shown.moves(case, may, steps_for(case, request.user)),
        "move_url": reverse("rights:redundancy_step", args=[case.uuid]), "why": shown.waits(case), "pairs": shown.plan_pairs(case),
        "protected": shown.protected_papers(case), "verdict": shown.verdict(found, case), "findings": shown.findings_table(found), "hearings": shown.hearings_table(hearings),
        "reply": shown.reply_pairs(case), "outcome": shown.outcome_pairs(case), "entries": shown.story(case, hearings, advice), "clocks": running_of(case),
        "advice": shown.advice_papers(advice), "linked": shown.linked(case, **links), "papers": common.paper_rows(case), "may_file": May.HEAR_REDUNDANCY in may,
        "counted": shown.counted(case), "seen": common.seen_by(case, request.user),
    }  # fmt: skip
    return render(request, "rights/redundancy.html", context)


@require_POST
@opens(May.SEE_REDUNDANCY, by="uuid")
def step(request: Request, redundancy: Redundancy) -> HttpResponse:
    """A step that needs no page of its own."""
    verb, reason = request.POST.get("verb", ""), request.POST.get("reason", "")
    explained = {"recall": actions.recall_reply, "withdraw": actions.give_up, "finish": actions.finish_redundancy}
    if verb not in explained:
        raise IllegalStep(f"{verb} is no step without a page")
    explained[verb](redundancy, reason=reason, by=request.user)
    messages.success(request, _("%(reference)s: %(state)s.") % {"reference": redundancy.reference, "state": redundancy.get_state_display()})
    return go(request, redundancy.get_absolute_url())
