"""Pages of supervision: the list, a lead, one case, and its steps that need no page of their own."""

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
from niangjia.kit.answer import asking
from niangjia.kit.chips import chips, kept
from niangjia.kit.components import Act, View
from niangjia.kit.dates import today
from niangjia.kit.errors import IllegalStep, RuleBroken
from niangjia.kit.export import export_act, workbook
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, lists, opens, render, seated
from niangjia.kit.panels import panels
from niangjia.kit.who import which
from niangjia.kit.workbook import Col
from niangjia.rights import actions, parameters
from niangjia.rights import lists as listing
from niangjia.rights.enums import May
from niangjia.rights.forms import WhyForm
from niangjia.rights.forms import supervision as forms
from niangjia.rights.models import Supervision
from niangjia.rights.queries import supervision as queries
from niangjia.rights.shown import common
from niangjia.rights.shown import supervision as shown
from niangjia.rights.supervised import Breach, SupervisionEnd, SupervisionState
from niangjia.rights.views.choosing import choose, employer_said, union_for

ORDER = ["-received_on", "-id"]
FILTERS = ("state", "breach", "county", "since", "until")
OPENERS = ("rights", "chair", "centre")
MAY = (May.SEE_LEAD, May.SUPERVISE, May.CHARGE_SUPERVISOR, May.SIGN_SUPERVISION)


def _asked(request: Request) -> tuple[forms.SupervisionFilter, queries.SupervisionAsk]:
    form = forms.SupervisionFilter(request.GET, places=[(one.code, one.short_name) for one in listing.counties()])
    return form, forms.asked_supervisions(form)


def crumbs_of(case: Supervision) -> list[tuple[Any, str]]:
    """The way to a page below a case."""
    return [(_("Labour law supervision"), reverse("rights:supervisions")), (case.reference, case.get_absolute_url())]


@require_safe
@lists(May.SEE_SUPERVISION)
def supervisions(request: Request) -> HttpResponse:
    """The list of supervision cases."""
    form, ask = _asked(request)
    paged = page(request, queries.supervisions(request.user, ask), ORDER, text=_("Last received first"))
    acts = [export_act(request, "rights:supervisions_export"), Act(_("Supervisors"), reverse("rights:supervisors"))]
    if any(seat.duty in OPENERS for seat in request.user.seats):
        acts.append(Act(_("Record a lead"), reverse("rights:supervision_new"), primary=True, icon="plus"))
    views = {"": _("All"), "open": _("Running"), "late": _("Late"), "sign": _("Waiting for a signature")}
    context = {
        "title": _("Labour law supervision"), "none": _("No supervision case matches"), "advice": _("Record what workers tell or what an inquiry finds; or take away a filter."),
        "table": shown.supervisions_table(paged.rows, listing.clocks_of(queries.KIND, paged.rows)), "keyset": paged.keyset, "found": bool(paged.rows), "q": ask.q, "acts": acts,
        "views": [View(label, f"?view={code}" if code else "?", here=ask.view == code) for code, label in views.items()],
        "chips": chips(form, request, FILTERS), "keep": kept(request, ("view", *FILTERS)),
    }  # fmt: skip
    return render(request, "rights/cases.html", context, part="rows")


@require_safe
@lists(May.SEE_SUPERVISION)
def export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook: firms, no persons."""
    form, ask = _asked(request)
    columns = [
        Col(_("Case number"), 20), Col(pgettext("supervision", "Received on"), 12), Col(pgettext("supervision", "Taken up on"), 12), Col(_("Employer"), 36), Col(_("Credit code"), 22),
        Col(pgettext("supervision", "Matter"), 24), Col(_("Handled by"), 20), Col(_("Place"), 14), Col(_("State"), 20), Col(_("Outcome"), 24), Col(_("Closed on"), 12),
    ]  # fmt: skip
    return workbook(
        request,
        "supervisions",
        "rights.supervision",
        (_("Labour law supervision"), columns, _lines(queries.supervisions(request.user, ask))),
        form=form,
    )


def _lines(rows: Any) -> Iterator[list[Any]]:
    matters, states, ends = ({value: str(label) for value, label in one.choices} for one in (Breach, SupervisionState, SupervisionEnd))
    for one in rows.order_by(*ORDER).iterator(chunk_size=2000):
        place = one.county.short_name if one.county else one.union.short_name
        yield [
            one.reference, one.received_on, one.accepted_on, one.employer.name, one.employer.uscc, matters.get(one.breach, ""), one.union.short_name, place, states.get(one.state, ""),
            ends.get(one.outcome, ""), one.closed_on,
        ]  # fmt: skip


@require_http_methods(["GET", "POST"])
@seated(*OPENERS)
def new(request: Request) -> HttpResponse:
    """Record a lead: a complaint, or what the union found itself."""
    union = union_for(request, May.OPEN_SUPERVISION, OPENERS)
    crumbs = [(_("Labour law supervision"), reverse("rights:supervisions"))]
    if union is None:
        return choose(
            request, May.OPEN_SUPERVISION, OPENERS, url=reverse("rights:supervision_new"), crumbs=[*crumbs, (_("Record a lead"), "")]
        )

    def act(said: dict[str, Any]) -> tuple[str, str]:
        employer = employer_said(said, union)
        facts = {name: said[name] for name in ("lead", "breach", "facts", "received_on", "name", "contact", "confidential")}
        made = actions.open_supervision(union, actions.Told(employer, **facts), by=request.user)
        return _("%(reference)s is recorded.") % {"reference": made.reference}, made.get_absolute_url()

    text = _("Handled by %(union)s.") % {"union": union.name}
    back = reverse("rights:supervisions")
    return filled(
        request,
        forms.LeadForm(request.POST or None),
        act,
        title=_("Record a lead"),
        button=_("Record it"),
        text=text,
        back=back,
        crumbs=crumbs,
    )


@require_safe
@opens(May.SEE_SUPERVISION, by="uuid")
def supervision(request: Request, supervision: Supervision) -> HttpResponse:
    """One case: what was told, its letters with serving and answer, its supervisors, its story."""
    case, may = supervision, which(request.user, list(MAY), supervision)
    open_eyed, leads = May.SEE_LEAD in may, May.SUPERVISE in may
    whole = open_eyed or May.SIGN_SUPERVISION in may
    day = today()
    cards = queries.cards_of(case)
    least = asking(case, day)(parameters.SUPERVISORS_LEAST)
    newest, said = shown.newest(case, all_=whole)
    context: dict[str, Any] = {
        "case": case, "crumbs": [(_("Labour law supervision"), reverse("rights:supervisions")), (case.reference, "")],
        "title": _("%(firm)s: %(matter)s") % {"firm": case.employer.name, "matter": case.get_breach_display()}, "state": shown.state(case),
        "sentence": shown.sentence(case, open_eyed=open_eyed), "stages": stages_of(case, shown.LINE), "steps": shown.moves(case, may, steps_for(case, request.user)),
        "move_url": reverse("rights:supervision_step", args=[case.uuid]), "why": shown.waits(case, sum(1 for one in cards if one >= day), least) if whole else "",
        "letters": shown.letters_table(case, may=leads, all_=whole), "newest": newest, "said": said, "firm": shown.firm_pairs(case, open_eyed=open_eyed),
        "facts": case.facts if open_eyed else "", "money": shown.money_pairs(case) if open_eyed else [], "entries": shown.story(case) if open_eyed else [],
        "clocks": running_of(case), "charged": shown.charged_papers(case, may=May.CHARGE_SUPERVISOR in may) if whole else [],
        "referrals": shown.referral_papers(case, may=leads) if open_eyed else [], "papers": common.paper_rows(case) if open_eyed else [], "may_file": leads, "panels": panels(request, case),
        "counted": shown.counted(case) if whole else [], "seen": common.seen_by(case, request.user) if open_eyed else [],
    }  # fmt: skip
    return render(request, "rights/supervision.html", context)


@require_POST
@opens(May.SEE_SUPERVISION, by="uuid")
def step(request: Request, supervision: Supervision) -> HttpResponse:
    """A step that needs no page of its own."""
    verb, reason = request.POST.get("verb", ""), request.POST.get("reason", "")
    plain = {"take-up": actions.take_up, **dict.fromkeys(("sign", "sign-reminder", "sign-advice"), actions.sign)}
    explained = {
        "decline": actions.decline,
        "clear": actions.clear,
        "give-back": actions.give_back,
        "return-advice": actions.give_back,
        "recall": actions.recall_letter,
        "correct": actions.correct,
    }
    if verb in plain:
        plain[verb](supervision, by=request.user)
    elif verb in explained:
        explained[verb](supervision, reason=reason, by=request.user)
    else:
        raise IllegalStep(f"{verb} is no step without a page")
    messages.success(
        request, _("%(reference)s: %(state)s.") % {"reference": supervision.reference, "state": supervision.get_state_display()}
    )
    return go(request, supervision.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SUPERVISION, do=May.SEE_LEAD, by="uuid")
def complainant(request: Request, supervision: Supervision) -> HttpResponse:
    """Show who complained to somebody who says why; it is written down who looked."""
    form = WhyForm(request.POST or None)
    name = value = ""
    if request.method == "POST" and form.is_valid():
        try:
            name, value = actions.disclose_complainant(
                supervision, why=f"{supervision.reference} {form.cleaned_data['why']}", by=request.user
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
    title = _("Show who complains")
    context = {
        "form": form, "title": title, "name": name, "value": value or name, "back": supervision.get_absolute_url(), "crumbs": [*crumbs_of(supervision), (title, "")],
    }  # fmt: skip
    return render(request, "rights/reveal.html", context, status=422 if request.method == "POST" and not (name or value) else 200)
