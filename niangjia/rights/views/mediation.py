"""Pages about who mediates, sittings, time that does not count, what is filed with others, and handing a dispute on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kit.barred import while_in
from niangjia.kit.chips import chips, kept
from niangjia.kit.components import Act
from niangjia.kit.dates import today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, lists, opens, render, seated
from niangjia.kit.who import permitted
from niangjia.rights import actions, queries
from niangjia.rights.enums import DisputeState, May
from niangjia.rights.flow import DISPUTE_FLOW
from niangjia.rights.forms.claims import ClauseForm, DecisionForm, FilingForm
from niangjia.rights.forms.mediation import (
    AppointForm,
    EntryForm,
    MediatorFilter,
    MinutesForm,
    PauseForm,
    PlanForm,
    ReasonForm,
    TransferForm,
)
from niangjia.rights.models import Dispute, Mediator
from niangjia.rights.shown import mediation as shown
from niangjia.rights.views.disputes import crumbs_of
from niangjia.unions.api import answerable
from niangjia.unions.models import Employer, Union

KEEPERS = ("rights", "chair")


@require_safe
@lists(May.SEE_MEDIATOR)
def mediators(request: Request) -> HttpResponse:
    """The roster of mediators, with how much each has to do."""
    form = MediatorFilter(request.GET)
    form.is_valid()
    said = form.cleaned_data
    rows = queries.roster(request.user, said.get("q", ""), said.get("chamber", ""))
    paged = page(request, rows, ["name", "id"], text=_("By name"))
    acts = []
    if any(seat.duty in KEEPERS and seat.level <= 3 for seat in request.user.seats):
        acts.append(Act(_("Add a mediator"), reverse("rights:mediator_new"), primary=True, icon="plus"))
    keepable = set(permitted(request.user, May.KEEP_MEDIATOR).filter(pk__in=[one.pk for one in paged.rows]).values_list("pk", flat=True))
    context = {
        "table": shown.roster_table(paged.rows, keepable), "keyset": paged.keyset, "found": bool(paged.rows), "q": said.get("q", ""), "acts": acts,
        "chips": chips(form, request, ("chamber",)), "narrowed": bool(said.get("q") or said.get("chamber")), "keep": kept(request, ("chamber",)),
    }  # fmt: skip
    return render(request, "rights/mediators.html", context, part="rows")


def accounts_of(union: Union) -> dict[str, Any]:
    """Who answers for rights at a union and above it, by the key of the account."""
    people = {user.pk: user for one in [union, *queries.leaders_of(union).values()] for user in answerable(one, "rights")}
    return {str(user.uuid): user for user in people.values()}


def _enrolled(said: dict[str, Any], accounts: dict[str, Any]) -> actions.Enrolled:
    employer = Employer.objects.coded(said["uscc"]) if said["uscc"] else None
    if said["uscc"] and employer is None:
        raise RuleBroken(_("Nobody has recorded an employer with this credit code."))
    facts = {name: said[name] for name in ("name", "chamber", "body", "languages", "areas")}
    return actions.Enrolled(**facts, user=accounts.get(said["account"]), employer=employer)


@require_http_methods(["GET", "POST"])
@seated(*KEEPERS)
def mediator_new(request: Request) -> HttpResponse:
    """Put somebody on the roster of the reader's own union."""
    union = next((seat.union for seat in request.user.seats if seat.duty in KEEPERS and seat.level <= 3), None)
    if union is None:
        raise Http404
    accounts = accounts_of(union)
    form = EntryForm(request.POST or None, accounts=[(key, user.name) for key, user in accounts.items()])

    def act(said: dict[str, Any]) -> str:
        made = actions.enroll(union, _enrolled(said, accounts), by=request.user)
        return _("%(name)s stands on the roster.") % {"name": made.name}

    back = reverse("rights:mediators")
    text = _("On the roster of %(union)s.") % {"union": union.name}
    return filled(request, form, act, title=_("Add a mediator"), button=_("Add"), text=text, back=back, crumbs=[(_("Mediators"), back)])


@require_http_methods(["GET", "POST"])
@opens(May.SEE_MEDIATOR, do=May.KEEP_MEDIATOR, by="uuid")
def mediator_entry(request: Request, mediator: Mediator) -> HttpResponse:
    """Correct what the roster says of somebody, or take her off it."""
    accounts = accounts_of(mediator.union)
    if mediator.user is not None:
        accounts[str(mediator.user.uuid)] = mediator.user
    initial = {name: getattr(mediator, name) for name in ("name", "chamber", "body", "languages", "areas", "active")}
    initial |= {"account": str(mediator.user.uuid) if mediator.user else "", "uscc": mediator.employer.uscc if mediator.employer else ""}
    form = EntryForm(request.POST or None, accounts=[(key, user.name) for key, user in accounts.items()], initial=initial)

    def act(said: dict[str, Any]) -> str:
        actions.change_entry(mediator, _enrolled(said, accounts), active=said["active"], by=request.user)
        return _("Corrected.")

    back = reverse("rights:mediators")
    return filled(request, form, act, title=mediator.name, button=_("Save"), back=back, crumbs=[(_("Mediators"), back)])


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.ACCEPT_DISPUTE, by="uuid")
@while_in(*actions.NAMING)
def appoint(request: Request, dispute: Dispute) -> HttpResponse:
    """Name a mediator of the roster; ties are looked at."""
    people = {str(one.uuid): one for one in queries.roster_for(dispute, request.user)}
    form = AppointForm(request.POST or None, people=[(key, shown.mediator_word(one)) for key, one in people.items()])

    def act(said: dict[str, Any]) -> str:
        chosen = people[said.pop("mediator")]
        actions.appoint(dispute, chosen, **said, by=request.user)
        return _("%(name)s mediates now.") % {"name": chosen.name}

    text = _("Whoever works at the firm or claims in the case is refused; other ties must be declared, and both sides accept her.")
    return filled(
        request,
        form,
        act,
        title=_("Name a mediator"),
        button=_("Name her"),
        text=text,
        back=dispute.get_absolute_url(),
        crumbs=crumbs_of(dispute),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
def recuse(request: Request, dispute: Dispute, mediator: UUID) -> HttpResponse:
    """A mediator steps aside."""
    line = get_object_or_404(dispute.appointments.select_related("mediator", "dispute"), mediator__uuid=mediator, ended_at=None)
    form = ReasonForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        actions.recuse(line, why=said["why"], by=request.user)
        return _("%(name)s mediates no more.") % {"name": line.mediator.name}

    return filled(
        request,
        form,
        act,
        title=_("%(name)s steps aside") % {"name": line.mediator.name},
        button=_("Record it"),
        back=dispute.get_absolute_url(),
        crumbs=crumbs_of(dispute),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(*DISPUTE_FLOW.sources("pause"))
def pause(request: Request, dispute: Dispute) -> HttpResponse:
    """The days stand still."""
    form = PauseForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        actions.pause(dispute, **said, by=request.user)
        return _("The days of the mediation stand still until it is resumed.")

    text = _("Only this time does not count (Zhejiang rules on mediation and arbitration, art. 36).")
    return filled(
        request,
        form,
        act,
        title=_("Suspend the mediation"),
        button=_("Suspend it"),
        text=text,
        back=dispute.get_absolute_url(),
        crumbs=crumbs_of(dispute),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(*actions.SITTING)
def plan(request: Request, dispute: Dispute) -> HttpResponse:
    """Call a sitting."""
    form = PlanForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        actions.plan_sitting(dispute, **said, by=request.user)
        return _("The sitting is called. Draw up its notice, and have both sides sign the receipt.")

    return filled(
        request, form, act, title=_("Call a sitting"), button=_("Call it"), back=dispute.get_absolute_url(), crumbs=crumbs_of(dispute)
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(*actions.SITTING)
def sitting(request: Request, dispute: Dispute, sitting: UUID) -> HttpResponse:
    """Write down what became of a sitting."""
    line = get_object_or_404(dispute.sessions.select_related("dispute"), uuid=sitting, state="PLANNED")
    form = MinutesForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        actions.minute(line, actions.Minutes(said["state"], said["text"], said["present"].splitlines(), said["absent"]), by=request.user)
        return _("The minutes are written.")

    return filled(
        request,
        form,
        act,
        title=_("Minutes of a sitting"),
        button=_("Save"),
        text=line.place,
        back=dispute.get_absolute_url(),
        crumbs=crumbs_of(dispute),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(*actions.FILING)
def filings(request: Request, dispute: Dispute) -> HttpResponse:
    """Record what was filed with a court, a commission or an authority."""
    form = FilingForm(request.POST or None, initial={"filed_on": today()})

    def act(said: dict[str, Any]) -> str:
        made = actions.file(dispute, **said, by=request.user)
        return _("%(what)s: recorded.") % {"what": made.get_kind_display()}

    return filled(
        request,
        form,
        act,
        title=_("Record what was filed"),
        button=_("Record it"),
        back=dispute.get_absolute_url(),
        crumbs=crumbs_of(dispute),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
def filing(request: Request, dispute: Dispute, filing: UUID) -> HttpResponse:
    """Record what came of it."""
    line = get_object_or_404(dispute.filings.select_related("dispute"), uuid=filing, outcome="")
    form = DecisionForm(request.POST or None, initial={"on": today(), "number": line.number}, kind=line.kind)

    def act(said: dict[str, Any]) -> str:
        actions.decide(line, **said, by=request.user)
        return _("%(what)s: recorded.") % {"what": line.get_kind_display()}

    return filled(
        request,
        form,
        act,
        title=line.get_kind_display(),
        button=_("Record it"),
        text=line.body,
        back=dispute.get_absolute_url(),
        crumbs=crumbs_of(dispute),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(DisputeState.AGREED)
def clauses(request: Request, dispute: Dispute) -> HttpResponse:
    """Write down that a clause beside the money was done."""
    open_ = {str(one.n): one for one in dispute.clauses.filter(done_on=None).select_related("dispute").order_by("n")}
    form = ClauseForm(request.POST or None, clauses=[(n, shown.clause_words(one)) for n, one in open_.items()], initial={"on": today()})

    def act(said: dict[str, Any]) -> str:
        actions.do_clause(open_[said["clause"]], on=said["on"], proof=said["proof"], by=request.user)
        return _("Clause %(n)s is done.") % {"n": said["clause"]}

    return filled(
        request,
        form,
        act,
        title=_("Record what was done"),
        button=_("Record it"),
        text="" if open_ else _("Nothing is left to be done."),
        back=dispute.get_absolute_url(),
        crumbs=crumbs_of(dispute),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.TRANSFER_DISPUTE, by="uuid")
@while_in(DisputeState.APPLIED, DisputeState.MEDIATING, DisputeState.PAUSED, DisputeState.AGREED)
def transfer(request: Request, dispute: Dispute) -> HttpResponse:
    """Hand a dispute on to another union."""
    form = TransferForm(request.POST or None)

    def act(said: dict[str, Any]) -> tuple[str, str]:
        to = Union.objects.filter(code=said["code"].strip()).exclude(state="ABOLISHED").first()
        if to is None:
            raise RuleBroken(_("No union bears this code."))
        actions.transfer(dispute, to=to, why=said["why"], agreed=said["agreed"], by=request.user)
        there = (
            dispute.get_absolute_url()
            if permitted(request.user, May.SEE_DISPUTE).filter(pk=dispute.pk).exists()
            else reverse("rights:disputes")
        )
        return _("%(reference)s lies with %(union)s now.") % {"reference": dispute.reference, "union": to.short_name}, there

    text = _("Its desk changes; its story is kept, and its clocks go on.")
    return filled(
        request,
        form,
        act,
        title=_("Hand on to another union"),
        button=_("Hand it on"),
        text=text,
        back=dispute.get_absolute_url(),
        crumbs=crumbs_of(dispute),
    )
