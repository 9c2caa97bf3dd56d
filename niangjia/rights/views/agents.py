"""Pages of the register of agents, of subsidies, of consultations, and the board of legal aid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import entries_of, running_of, steps_for
from niangjia.kit.answer import asking
from niangjia.kit.barred import while_in
from niangjia.kit.chips import chips, kept
from niangjia.kit.components import Act, Pair
from niangjia.kit.dates import today
from niangjia.kit.errors import IllegalStep, RuleBroken
from niangjia.kit.export import export_act, workbook
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, lists, opens, render, seated
from niangjia.kit.who import allows, permitted
from niangjia.kit.workbook import Col
from niangjia.rights import actions
from niangjia.rights import lists as listing
from niangjia.rights.aided import AdviceBy, AidForm, AidKind, AidMatter, AidMay, AidState, SubsidyState
from niangjia.rights.aidset import SHOWN_FROM
from niangjia.rights.forms import aid as forms
from niangjia.rights.forms.mediation import ReasonForm
from niangjia.rights.models import Aid, AidAgent, Consultation, Subsidy
from niangjia.rights.queries import aid as queries
from niangjia.rights.shown import agents as shown
from niangjia.rights.shown import aid as cases
from niangjia.rights.views.aid import OPENERS, crumbs_of
from niangjia.rights.views.choosing import choose, union_for
from niangjia.rights.views.mediation import KEEPERS, accounts_of

PAID_ORDER, ADVICE_ORDER = ["-proposed_on", "-id"], ["-on", "-id"]
PAID_FILTERS, ADVICE_FILTERS = ("state", "form", "since", "until"), ("how", "kind", "matter", "county", "since", "until")


@require_safe
@lists(AidMay.SEE_AID)
def board(request: Request) -> HttpResponse:
    """What is late, how long it takes, and who carries how much."""
    one, least = queries.board(request.user), asking(None, today())(SHOWN_FROM)
    said = [
        Pair(_("Running"), one.running),
        Pair(_("Days to the decision, twelve months"), "" if one.review is None else f"{one.review:.1f}"),
        Pair(_("Days to the assignment, twelve months"), "" if one.assign is None else f"{one.assign:.1f}"),
    ]
    context = {
        "said": said, "late": cases.aids_table(one.late, listing.clocks_of(queries.KIND, one.late), _("Late")) if one.late else None,
        "load": shown.load_table(one.load) if one.load else None, "crumbs": [(_("Legal aid"), reverse("rights:aids")), (_("Board"), "")],
        "counts": [
            (label, shown.counts_table(label, rows, words, least))
            for label, rows, words in ((_("By state"), one.states, shown.STATES), (_("By applicant"), one.kinds, shown.KINDS), (_("By matter"), one.matters, shown.MATTERS)) if rows
        ],
    }  # fmt: skip
    return render(request, "rights/aid/board.html", context)


# ---------- the register ----------


@require_safe
@lists(AidMay.SEE_AGENT)
def agents(request: Request) -> HttpResponse:
    """The register: who acts, until when a contract holds, and how much each carries."""
    form, said = _agents_asked(request)
    paged = page(
        request,
        queries.agents(request.user, said.get("q", ""), said.get("kind", ""), said.get("holds", "")),
        ["name", "id"],
        text=_("By name"),
    )
    acts = [export_act(request, "rights:agents_export")]
    if any(seat.duty in KEEPERS and seat.level <= 3 for seat in request.user.seats):
        acts.append(Act(_("Add an agent"), reverse("rights:agent_new"), primary=True, icon="plus"))
    keepable = set(permitted(request.user, AidMay.KEEP_AGENT).filter(pk__in=[one.pk for one in paged.rows]).values_list("pk", flat=True))
    context = {
        "table": shown.agents_table(paged.rows, keepable), "keyset": paged.keyset, "found": bool(paged.rows), "q": said.get("q", ""), "acts": acts,
        "chips": chips(form, request, ("kind", "holds")), "keep": kept(request, ("kind", "holds")),
    }  # fmt: skip
    return render(request, "rights/aid/agents.html", context, part="rows")


def _agents_asked(request: Request) -> tuple[forms.AgentFilter, dict[str, Any]]:
    form = forms.AgentFilter(request.GET)
    form.is_valid()
    return form, form.cleaned_data


@require_safe
@lists(AidMay.SEE_AGENT)
def agents_export(request: Request) -> HttpResponse:
    """The register as a workbook."""
    form, said = _agents_asked(request)
    columns = [
        Col(_("Full name"), 14), Col(pgettext("agent", "Kind"), 18), Col(_("Licence number"), 24), Col(_("Law firm"), 28), Col(pgettext("agent", "Fields"), 28), Col(_("Holds until"), 12),
        Col(_("On the register of"), 20), Col(_("Running cases"), 10, "number"),
    ]  # fmt: skip
    rows = queries.agents(request.user, said.get("q", ""), said.get("kind", ""), said.get("holds", ""))
    lines = (
        [one.name, str(one.get_kind_display()), one.licence, one.firm, one.fields, one.until, one.union.short_name, one.load]
        for one in rows.order_by("name", "id").iterator(chunk_size=2000)
    )
    return workbook(request, "agents", "rights.aidagent", (_("Agents of legal aid"), columns, lines), form=form)


def _listed(said: dict[str, Any], accounts: dict[str, Any]) -> actions.Listed:
    firms = []
    for code in said["counsel_to"].split():
        firm = queries.employer_by(code)
        if firm is None:
            raise RuleBroken(_("Nobody has recorded an employer with the credit code %(code)s.") % {"code": code})
        firms.append(firm)
    return actions.Listed(
        said["name"], said["kind"], said["licence"], said["firm"], said["until"], said["fields_"], accounts.get(said["account"]), firms
    )


@require_http_methods(["GET", "POST"])
@seated(*KEEPERS)
def agent_new(request: Request) -> HttpResponse:
    """Put an agent on the register of the reader's own union."""
    union = next((seat.union for seat in request.user.seats if seat.duty in KEEPERS and seat.level <= 3), None)
    if union is None:
        raise Http404
    accounts = accounts_of(union)
    form = forms.AgentForm(request.POST or None, accounts=[(key, user.name) for key, user in accounts.items()])

    def act(said: dict[str, Any]) -> str:
        made = actions.list_agent(union, _listed(said, accounts), by=request.user)
        return _("%(name)s stands on the register.") % {"name": made.name}

    back = reverse("rights:agents")
    text = _("On the register of %(union)s.") % {"union": union.name}
    return filled(request, form, act, title=_("Add an agent"), button=_("Add"), text=text, back=back, crumbs=[(_("Agents"), back)])


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AGENT, do=AidMay.KEEP_AGENT, by="uuid")
def agent(request: Request, aidagent: AidAgent) -> HttpResponse:
    """Correct what the register says, renew a contract, or take somebody off it."""
    one, accounts = aidagent, accounts_of(aidagent.union)
    if one.user is not None:
        accounts[str(one.user.uuid)] = one.user
    initial = {name: getattr(one, name) for name in ("name", "kind", "licence", "firm", "until", "active")}
    initial |= {
        "fields_": one.fields,
        "account": str(one.user.uuid) if one.user else "",
        "counsel_to": "\n".join(one.counsel_to.order_by("uscc").values_list("uscc", flat=True)),
    }
    form = forms.AgentForm(request.POST or None, accounts=[(key, user.name) for key, user in accounts.items()], initial=initial)

    def act(said: dict[str, Any]) -> str:
        actions.change_agent_entry(one, _listed(said, accounts), active=said["active"], by=request.user)
        return _("Corrected.")

    back = reverse("rights:agents")
    return filled(request, form, act, title=one.name, button=_("Save"), back=back, crumbs=[(_("Agents"), back)])


# ---------- subsidies ----------


def _paid_asked(request: Request) -> tuple[forms.SubsidyFilter, Any]:
    form = forms.SubsidyFilter(request.GET)
    form.is_valid()
    said = {name: form.cleaned_data[name] for name in ("q", *PAID_FILTERS) if form.cleaned_data.get(name)}
    return form, queries.subsidies(request.user, **said)


@require_safe
@lists(AidMay.SEE_SUBSIDY)
def subsidies(request: Request) -> HttpResponse:
    """What agents are paid, and what waits for its second person."""
    form, rows = _paid_asked(request)
    paged = page(request, rows, PAID_ORDER, text=_("Last proposed first"))
    context = {
        "table": shown.subsidies_table(paged.rows), "keyset": paged.keyset, "found": bool(paged.rows), "q": form.cleaned_data.get("q", ""),
        "acts": [export_act(request, "rights:subsidies_export")], "chips": chips(form, request, PAID_FILTERS), "keep": kept(request, PAID_FILTERS),
    }  # fmt: skip
    return render(request, "rights/aid/subsidies.html", context, part="rows")


@require_safe
@lists(AidMay.SEE_SUBSIDY)
def subsidies_export(request: Request) -> HttpResponse:
    """The list for the finance office: whom, for what, how much, from which account, by whose approval."""
    form, rows = _paid_asked(request)
    columns = [
        Col(_("Case number"), 20), Col(_("Agent"), 14), Col(_("Licence number"), 24), Col(_("Law firm"), 28), Col(_("Form of aid"), 16), Col(_("Amount"), 14, "yuan"), Col(_("Account"), 18),
        Col(_("Handled by"), 20), Col(_("Proposed by"), 14), Col(_("Approved by"), 14), Col(pgettext("subsidy", "Approved on"), 12), Col(_("State"), 12),
    ]  # fmt: skip
    return workbook(request, "subsidies", "rights.subsidy", (_("Subsidies"), columns, _paid_lines(rows)), form=form)


def _paid_lines(rows: Any) -> Iterator[list[Any]]:
    shapes, states = ({value: str(label) for value, label in one.choices} for one in (AidForm, SubsidyState))
    account = _("50403 Legal aid")
    for one in rows.order_by(*PAID_ORDER).iterator(chunk_size=2000):
        yield [
            one.aid.reference, one.agent.name, one.agent.licence, one.agent.firm, shapes.get(one.form, ""), one.amount, account, one.union.short_name, one.proposed_by.name,
            one.approved_by.name if one.approved_by else "", one.approved_on, states.get(one.state, ""),
        ]  # fmt: skip


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.CLOSE_AID, by="uuid")
@while_in(AidState.CLOSED)
def subsidy_new(request: Request, aid: Aid) -> HttpResponse:
    """Propose what the agent is paid."""

    def act(_said: dict[str, Any]) -> tuple[str, str]:
        made = actions.propose_subsidy(aid, by=request.user)
        return _("%(yuan)s yuan are proposed; a second person approves them.") % {"yuan": f"{made.amount:,.2f}"}, made.get_absolute_url()

    text = _(
        "By the rate of the form of aid and the place on the day of the closing; a chair or a vice-chair approves it. It is paid by the finance office from account 50403."
    )
    return filled(
        request,
        Form(request.POST if request.method == "POST" else None),
        act,
        title=_("Propose a subsidy"),
        button=_("Propose it"),
        text=text,
        back=aid.get_absolute_url(),
        crumbs=crumbs_of(aid),
    )


@require_safe
@opens(AidMay.SEE_SUBSIDY, by="uuid")
def subsidy(request: Request, subsidy: Subsidy) -> HttpResponse:
    """One subsidy, with its rate, and who approved it."""
    context = {
        "one": subsidy, "pairs": shown.subsidy_pairs(subsidy, case=allows(request.user, AidMay.SEE_AID, subsidy.aid)), "steps": steps_for(subsidy, request.user),
        "action": reverse("rights:subsidy_step", args=[subsidy.uuid]), "entries": entries_of(subsidy), "clocks": running_of(subsidy),
        "crumbs": [(_("Subsidies"), reverse("rights:subsidies")), (subsidy.aid.reference, "")], "title": _("Subsidy for %(name)s") % {"name": subsidy.agent.name},
    }  # fmt: skip
    return render(request, "rights/aid/subsidy.html", context)


@require_POST
@opens(AidMay.SEE_SUBSIDY, by="uuid")
def subsidy_step(request: Request, subsidy: Subsidy) -> HttpResponse:
    """Approve it, give it back, or propose it again."""
    verb = request.POST.get("verb", "")
    if verb == "send-back":
        actions.return_subsidy(subsidy, reason=request.POST.get("reason", ""), by=request.user)
    elif verb in ("approve", "again"):
        {"approve": actions.approve_subsidy, "again": actions.propose_again}[verb](subsidy, by=request.user)
    else:
        raise IllegalStep(f"{verb} is no step without a page")
    messages.success(request, _("%(reference)s: %(state)s.") % {"reference": subsidy.aid.reference, "state": subsidy.get_state_display()})
    return go(request, subsidy.get_absolute_url())


# ---------- consultations ----------


def _advice_asked(request: Request) -> tuple[forms.AdviceFilter, Any]:
    form = forms.AdviceFilter(request.GET, places=[(one.code, one.short_name) for one in listing.counties()])
    form.is_valid()
    return form, queries.consultations(request.user, form.cleaned_data)


@require_safe
@lists(AidMay.SEE_ADVICE)
def consultations(request: Request) -> HttpResponse:
    """Advice that ended as such."""
    form, rows = _advice_asked(request)
    paged = page(request, rows, ADVICE_ORDER, text=_("Last advised first"))
    acts = [export_act(request, "rights:advice_export")]
    if any(seat.duty in OPENERS for seat in request.user.seats):
        acts.append(Act(_("Record a consultation"), reverse("rights:advice_new"), primary=True, icon="plus"))
    keepable = set(permitted(request.user, AidMay.KEEP_ADVICE).filter(pk__in=[one.pk for one in paged.rows]).values_list("pk", flat=True))
    context = {
        "table": shown.advice_table(paged.rows, keepable), "keyset": paged.keyset, "found": bool(paged.rows), "q": form.cleaned_data.get("q", ""), "acts": acts,
        "chips": chips(form, request, ADVICE_FILTERS), "keep": kept(request, ADVICE_FILTERS),
    }  # fmt: skip
    return render(request, "rights/aid/consultations.html", context, part="rows")


@require_safe
@lists(AidMay.SEE_ADVICE)
def advice_export(request: Request) -> HttpResponse:
    """Consultations as a workbook; nobody is named in them."""
    form, rows = _advice_asked(request)
    columns = [
        Col(pgettext("consultation", "Day"), 12), Col(_("How it came in"), 16), Col(_("Applicant"), 18), Col(pgettext("legal aid", "Matter"), 20), Col(pgettext("consultation", "People"), 10, "number"),
        Col(_("What was asked"), 40, "wrap"), Col(_("What was answered"), 40, "wrap"), Col(_("Handled by"), 20), Col(_("Void"), 20),
    ]  # fmt: skip
    ways, kinds, matters = ({value: str(label) for value, label in one.choices} for one in (AdviceBy, AidKind, AidMatter))
    lines = (
        [
            one.on,
            ways.get(one.how, ""),
            kinds.get(one.kind, ""),
            matters.get(one.matter, ""),
            one.people,
            one.asked,
            one.answered,
            one.union.short_name,
            one.void_why,
        ]
        for one in rows.order_by(*ADVICE_ORDER).iterator(chunk_size=2000)
    )
    return workbook(request, "consultations", "rights.consultation", (_("Consultations"), columns, lines), form=form)


@require_http_methods(["GET", "POST"])
@seated(*OPENERS)
def advice_new(request: Request) -> HttpResponse:
    """Write down a consultation that ended as such."""
    back = reverse("rights:advice")
    crumbs = [(_("Consultations"), back)]
    union = union_for(request, AidMay.RECORD_ADVICE, OPENERS)
    if union is None:
        return choose(
            request, AidMay.RECORD_ADVICE, OPENERS, url=reverse("rights:advice_new"), crumbs=[*crumbs, (_("Record a consultation"), "")]
        )
    people = {str(one.uuid): one for one in queries.agents(request.user, holds="valid")[:200]}

    def act(said: dict[str, Any]) -> str:
        facts = actions.Advice(
            said["on"],
            said["how"],
            said["kind"],
            said["matter"],
            said["asked"],
            said["answered"],
            said["people"],
            people.get(said["agent"]),
        )
        actions.advise_people(union, facts, by=request.user)
        return _("The consultation is recorded.")

    form = forms.AdviceForm(request.POST or None, people_=[(key, one.name) for key, one in people.items()])
    text = _("At %(union)s. Where more than advice is needed, record an application instead.") % {"union": union.name}
    return filled(request, form, act, title=_("Record a consultation"), button=_("Record it"), text=text, back=back, crumbs=crumbs)


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_ADVICE, do=AidMay.KEEP_ADVICE, by="uuid")
def advice_void(request: Request, consultation: Consultation) -> HttpResponse:
    """Make a consultation void."""
    back = reverse("rights:advice")

    def act(said: dict[str, Any]) -> str:
        if consultation.void:
            raise RuleBroken(_("It counts no more already."))
        actions.void_advice(consultation, why=said["why"], by=request.user)
        return _("The line counts no more.")

    return filled(
        request, ReasonForm(request.POST or None), act, title=_("Make a consultation void"), button=_("Make it void"), text=consultation.asked, back=back,
        crumbs=[(_("Consultations"), back)],
    )  # fmt: skip
