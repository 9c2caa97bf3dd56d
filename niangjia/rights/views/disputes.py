"""Pages of disputes: the list, the opening, one case, and the steps that are taken there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import clocks
from niangjia.kit.badges import counted
from niangjia.kit.barred import while_in
from niangjia.kit.chips import chips, kept
from niangjia.kit.components import Act, View, day_words
from niangjia.kit.dates import day_of, today
from niangjia.kit.errors import IllegalStep
from niangjia.kit.export import export_act, workbook
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, lists, opens, render, seated
from niangjia.kit.who import permitted
from niangjia.kit.workbook import Col
from niangjia.rights import actions, forms, queries
from niangjia.rights import lists as listing
from niangjia.rights.enums import Cause, DisputeState, May, Outcome, SplitBy
from niangjia.rights.flow import DISPUTE_FLOW
from niangjia.rights.models import Dispute, Event
from niangjia.rights.permissions import RIGHTS
from niangjia.rights.shown import common
from niangjia.rights.shown import disputes as shown
from niangjia.rights.views.choosing import choose, union_for

ORDER = ["-applied_on", "-id"]
FILTERS = forms.NARROWED
OPENERS = ("rights", "chair", "centre")


def asked(request: Request) -> tuple[forms.DisputeFilter, listing.Ask]:
    """What the list is narrowed by."""
    form = forms.DisputeFilter(request.GET, places=[(one.code, one.short_name) for one in listing.counties()])
    return form, forms.asked_disputes(form)


@require_safe
@lists(May.SEE_DISPUTE)
def disputes(request: Request) -> HttpResponse:
    """The list of disputes, with what it comes to."""
    form, ask = asked(request)
    rows = listing.disputes(request.user, ask)
    paged = page(request, rows.only(*listing.DISPUTES_LISTED), ORDER, text=_("Last applied first"))
    acts = [export_act(request, "rights:disputes_export")]
    if any(seat.duty in RIGHTS for seat in request.user.seats):
        acts.append(export_act(request, "exports:new", _("Export with the workers"), what="rights.claimants"))
    if any(seat.duty in OPENERS for seat in request.user.seats):
        acts.append(Act(_("Record a dispute"), reverse("rights:open"), primary=True, icon="plus"))
    said = listing.totals_of_few(rows) if paged.rows else None
    context = {
        "table": shown.disputes_table(listing.dispute_rows(paged.rows)), "keyset": paged.keyset, "found": bool(paged.rows), "q": ask.q, "acts": acts,
        "views": [View(label, f"?view={code}" if code else "?", here=ask.view == code) for code, label in listing.view_words().items()],
        "chips": chips(form, request, FILTERS), "keep": kept(request, ("view", *FILTERS)),
        "totals": shown.totals_words(said) if said else "", "text": common.running_words(counted("disputes", request)),
    }  # fmt: skip
    return render(request, "rights/disputes.html", context, part="rows")


@require_safe
@lists(May.SEE_DISPUTE)
def export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook: firms and sums, no persons."""
    form, ask = asked(request)
    columns = [
        Col(_("Case number"), 20), Col(_("Applied on"), 12), Col(_("Accepted on"), 12), Col(_("Cause"), 16), Col(_("Respondent"), 36), Col(_("Employers"), 10, "number"),
        Col(_("Handled by"), 20), Col(_("Place"), 14), Col(_("State"), 12), Col(_("Outcome"), 18), Col(_("Workers"), 10, "number"), Col(_("Claimed"), 16, "yuan"),
        Col(_("Sum agreed"), 16, "yuan"), Col(_("Recovered"), 16, "yuan"), Col(_("Closed on"), 12),
    ]  # fmt: skip
    return workbook(request, "disputes", "rights.dispute", (_("Disputes"), columns, _lines(listing.disputes(request.user, ask))), form=form)


def _lines(rows: Any) -> Iterator[Sequence[Any]]:
    """The rows of the workbook, with what stands beside each dispute: asked once for all, and read as they are written."""
    causes, states, outcomes = ({value: str(label) for value, label in one.choices} for one in (Cause, DisputeState, Outcome))
    for row in listing.for_workbook(rows).order_by(*ORDER).values_list(*listing.WORKBOOK).iterator(chunk_size=2000):
        number, applied, accepted, cause, firm, firms, handled, place, state, outcome, *rest = row
        yield (
            number, applied, accepted, causes.get(cause, ""), firm, firms or 0, handled, place or handled, states.get(state, ""), outcomes.get(outcome, ""), *rest,
        )  # fmt: skip


@require_http_methods(["GET", "POST"])
@seated(*OPENERS)
def open_(request: Request) -> HttpResponse:
    """Record a dispute: at the reader's own union, or at the one named; out of an event, if one is named."""
    event = _event_of(request)
    near = () if event is None else (event.union_id, event.township_id, event.county_id)
    union = union_for(request, May.OPEN_DISPUTE, OPENERS, near=near)
    crumbs = [(_("Disputes"), reverse("rights:disputes"))]
    if union is None:
        return choose(request, May.OPEN_DISPUTE, OPENERS, url=reverse("rights:open"), crumbs=[*crumbs, (_("Record a dispute"), "")])

    def act(said: dict[str, Any]) -> tuple[str, str]:
        opening = actions.Opening(
            said["cause"],
            said["applied_on"],
            said["claimed"] or Decimal(0),
            said["facts"],
            said["written"],
            event,
            said["entrance"],
            said["caller"],
        )
        made = actions.open_(union, opening, by=request.user)
        said_ = _("%(reference)s is recorded. Name the employer and the workers next; it is decided by %(day)s.")
        due = next(day_of(clock.due_at) for clock in clocks(made) if clock.code == "RD-D1")
        return said_ % {"reference": made.reference, "day": day_words(due)}, made.get_absolute_url()

    form = forms.OpeningForm(request.POST or None, initial=shown.out_of(event) if event is not None else None)
    text = _("Handled by %(union)s.") % {"union": union.name}
    if event is not None:
        text += " " + _("Out of %(event)s, %(firm)s.") % {"event": event.reference, "firm": event.employer_name}
    return filled(
        request, form, act, title=_("Record a dispute"), button=_("Record it"), text=text, back=reverse("rights:disputes"), crumbs=crumbs
    )


def _event_of(request: Request) -> Event | None:
    code = request.GET.get("event", "")
    if not code:
        return None
    try:
        key = UUID(code)
    except ValueError:
        raise Http404 from None
    found: Event = get_object_or_404(permitted(request.user, May.SEE_EVENT), uuid=key)
    return found


@require_POST
@opens(May.SEE_DISPUTE, by="uuid")
def step(request: Request, dispute: Dispute) -> HttpResponse:
    """A step that needs no page of its own."""
    verb, reason = request.POST.get("verb", ""), request.POST.get("reason", "")
    plain = {"accept": actions.accept, "perform": actions.perform, "close": actions.close, "resume": actions.resume}
    explained = {"refuse": actions.refuse, "withdraw": actions.withdraw, "wait": actions.wait}
    if verb in plain:
        plain[verb](dispute, by=request.user)
    elif verb in explained:
        explained[verb](dispute, reason=reason, by=request.user)
    else:
        raise IllegalStep(f"{verb} is no step without a page")
    messages.success(request, _("%(reference)s: %(state)s.") % {"reference": dispute.reference, "state": dispute.get_state_display()})
    return go(request, dispute.get_absolute_url())


def crumbs_of(dispute: Dispute) -> list[tuple[Any, str]]:
    """The way to a page below a dispute."""
    return [(_("Disputes"), reverse("rights:disputes")), (dispute.reference, dispute.get_absolute_url())]


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(*DISPUTE_FLOW.sources("agree"))
def agree(request: Request, dispute: Dispute) -> HttpResponse:
    """Record the agreement."""

    def act(said: dict[str, Any]) -> str:
        amounts = actions.parts_of(dispute, said["parts"]) if said["parts"] else {}
        signed = [
            (side, name)
            for side, name in (("WORKERS", said["workers"]), ("FIRM", said["firm"]), ("MEDIATOR", dispute.mediator_name))
            if name
        ]
        terms = actions.Terms(said["clauses"], said["plan"], signed, amounts, said["confirm"])
        facts = {name: said[name] for name in ("amount", "number", "on", "pay_by")}
        actions.agree(dispute, **facts, terms=terms, by=request.user)
        return _("The agreement is recorded. It counts as recovered when receipts show that it was paid.")

    form = forms.TermsForm(request.POST or None, request.FILES or None, initial={"on": today()})
    text = _("Claimed altogether: %(yuan)s yuan.") % {"yuan": f"{dispute.claimed:,.2f}"}
    return filled(
        request,
        form,
        act,
        title=_("Record the agreement"),
        button=_("Record it"),
        text=text,
        back=dispute.get_absolute_url(),
        crumbs=crumbs_of(dispute),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(*DISPUTE_FLOW.sources("end"))
def end(request: Request, dispute: Dispute) -> HttpResponse:
    """End it without performance."""

    def act(said: dict[str, Any]) -> str:
        actions.end(dispute, **said, by=request.user)
        return _("Ended: %(outcome)s.") % {"outcome": dispute.get_outcome_display()}

    form = forms.EndForm(request.POST or None, state=dispute.state)
    return filled(
        request,
        form,
        act,
        title=_("End without performance"),
        button=_("End the case"),
        back=dispute.get_absolute_url(),
        crumbs=crumbs_of(dispute),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(DisputeState.MEDIATING)
def extension(request: Request, dispute: Dispute) -> HttpResponse:
    """Extend the mediation."""

    def act(said: dict[str, Any]) -> str:
        actions.extend(dispute, to=said["to"], consent=said["consent"], by=request.user)
        return _("The mediation now runs to %(day)s.") % {"day": queries.mediate_by(dispute)}

    form = forms.ExtensionForm(request.POST or None)
    until = queries.mediate_by(dispute)
    text = (
        _("Only if both sides agree in writing. It runs to %(day)s now.") % {"day": until}
        if until
        else _("Only while the mediation runs, and if both sides agree in writing.")
    )
    return filled(
        request,
        form,
        act,
        title=_("Extend the mediation"),
        button=_("Extend it"),
        text=text,
        back=dispute.get_absolute_url(),
        crumbs=crumbs_of(dispute),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(*actions.HEARING)
def session(request: Request, dispute: Dispute) -> HttpResponse:
    """Record a sitting."""

    def act(said: dict[str, Any]) -> str:
        actions.hear(dispute, **said, by=request.user)
        return _("The sitting is recorded.")

    form = forms.SessionForm(request.POST or None)
    return filled(
        request, form, act, title=_("A sitting"), button=_("Record it"), back=dispute.get_absolute_url(), crumbs=crumbs_of(dispute)
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.RECEIPT, by="uuid")
@while_in(*actions.PAYING)
def receipts(request: Request, dispute: Dispute) -> HttpResponse:
    """Enter a payment."""

    def act(said: dict[str, Any]) -> str:
        parts = actions.parts_of(dispute, said["parts"]) if said["split"] == SplitBy.LIST else None
        facts = {name: said[name] for name in ("amount", "on", "evidence", "whole")}
        line = actions.receive(dispute, **facts, split=said["split"] or SplitBy.REST, parts=parts, by=request.user)
        return _("%(yuan)s yuan are entered and counted as recovered.") % {"yuan": f"{line.amount:,.2f}"}

    form = forms.ReceiptForm(request.POST or None, request.FILES or None)
    sums = queries.sums_of(dispute)
    text = _("Claimed %(claimed)s, recovered so far %(received)s yuan.") % {
        "claimed": f"{sums.claimed:,.2f}",
        "received": f"{sums.received:,.2f}",
    }
    return filled(
        request,
        form,
        act,
        title=_("Enter a payment"),
        button=_("Enter it"),
        text=text,
        back=dispute.get_absolute_url(),
        crumbs=crumbs_of(dispute),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.RECEIPT, by="uuid")
def receipt(request: Request, dispute: Dispute, receipt: UUID) -> HttpResponse:
    """Make a payment void, and enter the right one in its place."""
    line = get_object_or_404(dispute.receipts, uuid=receipt, void=False)

    def act(said: dict[str, Any]) -> str:
        instead = actions.Instead(said["amount"], said["on"], said["evidence"]) if said["amount"] else None
        actions.void(line, why=said["why"], instead=instead, by=request.user)
        return _("The line stays to be read and counts no more.")

    form = forms.VoidForm(request.POST or None)
    text = _("%(day)s, %(yuan)s yuan, %(paper)s.") % {"day": line.received_on, "yuan": f"{line.amount:,.2f}", "paper": line.evidence}
    return filled(
        request,
        form,
        act,
        title=_("Make a payment void"),
        button=_("Make it void"),
        text=text,
        back=dispute.get_absolute_url(),
        crumbs=crumbs_of(dispute),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
def papers(request: Request, dispute: Dispute) -> HttpResponse:
    """Lay a paper on the case."""
    from niangjia.files.api import attach

    def act(said: dict[str, Any]) -> str:
        attach(dispute, said["file"], name=said["file"].name, purpose=said["purpose"], by=request.user)
        return _("“%(name)s” lies on the file.") % {"name": said["file"].name}

    form = forms.PaperForm(request.POST or None, request.FILES or None)
    return filled(request, form, act, title=_("Add a paper"), button=_("Add"), back=dispute.get_absolute_url(), crumbs=crumbs_of(dispute))
