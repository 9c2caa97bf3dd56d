"""Pages of legal aid: the list, an application, one case, and its steps that need no page of their own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
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
from niangjia.rights.aided import AidDoor, AidForm, AidKind, AidMatter, AidMay, AidResult, AidState
from niangjia.rights.enums import May
from niangjia.rights.forms import aid as forms
from niangjia.rights.models import Aid, Dispute
from niangjia.rights.queries import aid as queries
from niangjia.rights.shown import aid as shown
from niangjia.rights.shown import common
from niangjia.rights.views.choosing import choose, employer_said, union_for
from niangjia.rights.views.disputes import crumbs_of as dispute_crumbs

ORDER = ["-applied_on", "-id"]
FILTERS = ("state", "kind", "matter", "form", "door", "county", "since", "until")
OPENERS = ("rights", "chair", "centre")
MAY = (AidMay.SUPPLY_AID, AidMay.DECIDE_AID, AidMay.ASSIGN_AID, AidMay.SIGN_AID, AidMay.HANDLE_AID, AidMay.REVIEW_AID, AidMay.CLOSE_AID)


def _asked(request: Request) -> tuple[forms.AidFilter, queries.AidAsk]:
    form = forms.AidFilter(request.GET, places=[(one.code, one.short_name) for one in listing.counties()])
    return form, forms.asked_aids(form)


def crumbs_of(case: Aid) -> list[tuple[Any, str]]:
    """The way to a page below a case."""
    return [(_("Legal aid"), reverse("rights:aids")), (case.reference, case.get_absolute_url())]


@require_safe
@lists(AidMay.SEE_AID)
def aids(request: Request) -> HttpResponse:
    """The list of cases."""
    form, ask = _asked(request)
    paged = page(request, queries.aids(request.user, ask), ORDER, text=_("Last applied first"))
    acts = [
        export_act(request, "rights:aids_export"),
        Act(_("Board"), reverse("rights:aid_board")),
        Act(_("Agents"), reverse("rights:agents")),
    ]
    if any(seat.duty in OPENERS for seat in request.user.seats):
        acts.append(Act(_("Record an application"), reverse("rights:aid_new"), primary=True, icon="plus"))
    views = {"": _("All"), "open": _("Running"), "mine": _("Handled by me"), "late": _("Late"), "sign": _("Waiting for a signature")}
    context = {
        "table": shown.aids_table(paged.rows, listing.clocks_of(queries.KIND, paged.rows)), "keyset": paged.keyset, "found": bool(paged.rows), "q": ask.q, "acts": acts,
        "views": [View(label, f"?view={code}" if code else "?", here=ask.view == code) for code, label in views.items()],
        "chips": chips(form, request, FILTERS), "keep": kept(request, ("view", *FILTERS)),
    }  # fmt: skip
    return render(request, "rights/aid/list.html", context, part="rows")


@require_safe
@lists(AidMay.SEE_AID)
def export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook: sums and days, no persons."""
    form, ask = _asked(request)
    columns = [
        Col(_("Case number"), 20), Col(_("Applied on"), 12), Col(_("Applicant"), 18), Col(pgettext("legal aid", "Matter"), 20), Col(_("Form of aid"), 16), Col(_("How it came in"), 18),
        Col(_("Handled by"), 20), Col(_("Place"), 14), Col(_("State"), 18), Col(_("Decided on"), 12), Col(_("Granted on"), 12), Col(_("Assigned on"), 12), Col(_("Agent"), 14),
        Col(_("Law firm"), 24), Col(_("Claimed"), 16, "yuan"), Col(_("Awarded or agreed"), 16, "yuan"), Col(_("Recovered"), 16, "yuan"), Col(_("Result"), 18), Col(_("Closed on"), 12),
    ]  # fmt: skip
    return workbook(
        request,
        "legal-aid",
        "rights.aid",
        (_("Legal aid"), columns, _lines(queries.for_workbook(queries.aids(request.user, ask)))),
        form=form,
    )


def _lines(rows: Any) -> Iterator[list[Any]]:
    kinds, matters, shapes, doors, states, results = (
        {value: str(label) for value, label in one.choices} for one in (AidKind, AidMatter, AidForm, AidDoor, AidState, AidResult)
    )
    for one in rows.order_by(*ORDER).iterator(chunk_size=2000):
        place = one.county.short_name if one.county else one.union.short_name
        agent = one.agent
        yield [
            one.reference, one.applied_on, kinds.get(one.kind, ""), matters.get(one.matter, ""), shapes.get(one.form, ""), doors.get(one.door, ""), one.union.short_name, place,
            states.get(one.state, ""), one.decided_on, one.granted_on, one.assigned_on, agent.name if agent else "", agent.firm if agent else "", one.claimed, one.awarded,
            one.received, results.get(one.result, ""), one.closed_on,
        ]  # fmt: skip


@require_http_methods(["GET", "POST"])
@seated(*OPENERS)
def new(request: Request) -> HttpResponse:
    """Record an application: at the counter, by telephone, or by a chair at her wish."""
    union = union_for(request, AidMay.OPEN_AID, OPENERS)
    crumbs = [(_("Legal aid"), reverse("rights:aids"))]
    if union is None:
        return choose(request, AidMay.OPEN_AID, OPENERS, url=reverse("rights:aid_new"), crumbs=[*crumbs, (_("Record an application"), "")])

    def act(said: dict[str, Any]) -> tuple[str, str]:
        against = employer_said(said, union) if said["uscc"].strip() else None
        facts = actions.AidSaid(
            said["kind"], said["matter"], said["form"], said["facts"], said["claimed"] or Decimal(0), against, said["applied_on"], said["limit_on"],
            union if said["kind"] == AidKind.UNION else None,
        )  # fmt: skip
        made = actions.open_aid(
            union, facts, door=said["door"], name=said["name"], number=said["number"], phone=said["phone"], by=request.user
        )
        return _("%(reference)s is recorded; %(union)s reviews it.") % {
            "reference": made.reference,
            "union": made.union.short_name,
        }, made.get_absolute_url()

    text = _("For somebody of %(union)s, or for it itself. At a firm's union the application goes to the union above.") % {
        "union": union.name
    }
    form = forms.ApplicationForm(request.POST or None)
    return filled(
        request, form, act, title=_("Record an application"), button=_("Record it"), text=text, back=reverse("rights:aids"), crumbs=crumbs
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
def from_dispute(request: Request, dispute: Dispute) -> HttpResponse:
    """Aid out of a dispute: what is known is taken over."""

    def act(said: dict[str, Any]) -> tuple[str, str]:
        made = actions.aid_from(dispute, kind=said["kind"], form=said["form"], by=request.user)
        return _("%(reference)s is recorded; %(union)s reviews it.") % {
            "reference": made.reference,
            "union": made.union.short_name,
        }, made.get_absolute_url()

    text = _("Workers, employer, facts, sums and the last day for arbitration are taken over; nobody is asked twice.")
    return filled(
        request, forms.FromDisputeForm(request.POST or None), act, title=_("Apply for legal aid"), button=_("Record it"), text=text, back=dispute.get_absolute_url(),
        crumbs=dispute_crumbs(dispute),
    )  # fmt: skip


@require_safe
@opens(AidMay.SEE_AID, by="uuid")
def aid(request: Request, aid: Aid) -> HttpResponse:
    """One case: what is asked for, the papers, the decision, who acts, hearings, money, its story. Who applied for her sees how far it is, and no more."""
    case, may = aid, which(request.user, list(MAY), aid)
    whole = bool(may & {AidMay.DECIDE_AID, AidMay.HANDLE_AID, AidMay.SIGN_AID, AidMay.REVIEW_AID})
    handles, lacking = AidMay.HANDLE_AID in may, queries.missing_of(case)
    dispute = case.dispute is not None and allows(request.user, May.SEE_DISPUTE, case.dispute)
    context: dict[str, Any] = {
        "case": case, "crumbs": [(_("Legal aid"), reverse("rights:aids")), (case.reference, "")], "title": _("Legal aid: %(matter)s") % {"matter": case.get_matter_display()},
        "state": shown.state(case), "sentence": shown.sentence(case), "stages": stages_of(case, shown.LINE), "steps": shown.moves(case, may, steps_for(case, request.user)),
        "move_url": reverse("rights:aid_step", args=[case.uuid]), "why": shown.waits(case, lacking), "proofs": shown.proof_papers(case), "clocks": running_of(case), "whole": whole, "papers": [], "counted": [], "seen": [],
    }  # fmt: skip
    if whole:
        context |= {
            "matter": shown.matter_pairs(case, dispute=dispute), "decision": shown.decision_pairs(case), "agent": shown.agent_pairs(case),
            "hearings": shown.hearings_table(case, may=handles), "money": shown.money_pairs(case) if case.granted_on else [], "receipts": shown.receipts_table(case, may=handles),
            "entries": shown.story(case), "papers": common.paper_rows(case), "counted": shown.counted(case), "seen": common.seen_by(case, request.user),
        }  # fmt: skip
    return render(request, "rights/aid/one.html", context)


@require_POST
@opens(AidMay.SEE_AID, by="uuid")
def step(request: Request, aid: Aid) -> HttpResponse:
    """A step that needs no page of its own."""
    verb, reason = request.POST.get("verb", ""), request.POST.get("reason", "")
    plain = {"supply": actions.supply, "sign": actions.sign_assignment, "take": actions.take_aid, "close": actions.close_aid}
    explained = {
        "object": actions.object_to, "uphold": actions.uphold, "overturn": actions.overturn, "give-back": actions.give_assignment_back, "decline": actions.decline_aid,
        "change": actions.change_agent, "return": actions.return_report, "withdraw": actions.withdraw_aid,
    }  # fmt: skip
    if verb in plain:
        plain[verb](aid, by=request.user)
    elif verb in explained:
        explained[verb](aid, reason=reason, by=request.user)
    else:
        raise IllegalStep(f"{verb} is no step without a page")
    messages.success(request, _("%(reference)s: %(state)s.") % {"reference": aid.reference, "state": aid.get_state_display()})
    return go(request, aid.get_absolute_url())
