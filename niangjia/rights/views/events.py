"""Pages of events: the list, the report, one event, its steps, and what runs now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import stages_of, steps_for
from niangjia.kit.answer import asking
from niangjia.kit.badges import counted
from niangjia.kit.barred import while_in
from niangjia.kit.chips import chips, kept
from niangjia.kit.components import Act, View
from niangjia.kit.dates import now, today
from niangjia.kit.errors import IllegalStep, Refused
from niangjia.kit.export import export_act, workbook
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, lists, opens, render
from niangjia.kit.panels import panels
from niangjia.kit.said import span_words
from niangjia.kit.who import allows, permitted, which
from niangjia.kit.workbook import Col
from niangjia.rights import actions, forms, queries, rules
from niangjia.rights import lists as listing
from niangjia.rights.deadlines import OPEN
from niangjia.rights.drawn import kinds
from niangjia.rights.enums import Behaviour, Channel, EventState, May, Rung, Severity, Type
from niangjia.rights.flow import EVENT_FLOW
from niangjia.rights.models import Event
from niangjia.rights.parameters import CLOSE
from niangjia.rights.permissions import reports
from niangjia.rights.queries import same as same_queries
from niangjia.rights.shown import common, facts, ladder, same, telling, together
from niangjia.rights.shown import events as shown
from niangjia.unions.api import answerable
from niangjia.unions.models import Union

ORDER = ["-reported_at", "-id"]
FILTERS = (
    "severity",
    "state",
    "kind",
    "channel",
    "rung",
    "department",
    "trade",
    "handler",
    "builder",
    "project",
    "county",
    "since",
    "until",
)


def asked(request: Request) -> tuple[forms.EventFilter, listing.Ask]:
    """What the list is narrowed by."""
    form = forms.EventFilter(request.GET, places=[(one.code, one.short_name) for one in listing.counties()])
    form.is_valid()
    said = form.cleaned_data
    names = ("q", "view", *FILTERS)
    return form, listing.Ask(**{name: said[name] for name in names if said.get(name)})


@require_safe
@lists(May.SEE_EVENT)
def events(request: Request) -> HttpResponse:
    """The list of events."""
    form, ask = asked(request)
    rows = listing.events(request.user, ask)
    paged = page(request, rows.only(*listing.EVENTS_LISTED), ORDER, text=_("Last reported first"))
    count, people = listing.listed_sum(rows)
    views = [("", _("All")), ("open", _("Running")), ("grave", _("Red and orange")), ("late", _("Late"))]
    acts = (
        [Act(_("What runs now"), reverse("rights:duty"), icon="broadcast")] if any(seat.level <= 3 for seat in request.user.seats) else []
    )
    acts.append(export_act(request, "rights:events_export"))
    if reports(request.user):
        acts.append(Act(_("Report an event"), reverse("rights:report"), primary=True, icon="alert-triangle"))
    context = {
        "table": shown.events_table(listing.event_rows(paged.rows)), "keyset": paged.keyset, "found": bool(paged.rows), "q": ask.q, "acts": acts,
        "views": [View(label, f"?view={code}" if code else "?", here=ask.view == code) for code, label in views],
        "chips": chips(form, request, FILTERS), "keep": kept(request, ("view", *FILTERS)), "count": count, "people": people, "text": common.running_words(counted("events", request)),
    }  # fmt: skip
    return render(request, "rights/events.html", context, part="rows")


@require_safe
@lists(May.SEE_EVENT)
def export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook; it names firms and no persons."""
    form, ask = asked(request)
    columns = [
        Col(_("Case number"), 20), Col(_("Reported on"), 12), Col(_("Severity"), 10), Col(_("Firm"), 36), Col(_("Type"), 20), Col(_("Place"), 14), Col(_("State"), 14),
        Col(_("Reached"), 12), Col(_("Workers"), 10, "number"), Col(_("Owed"), 16, "yuan"), Col(_("Months owed"), 10), Col(_("Compensation claimed"), 16, "yuan"),
        Col(_("Social insurance not paid"), 16, "yuan"), Col(_("On the spot"), 10, "number"), Col(_("Behaviour"), 14), Col(_("Dead"), 8, "number"), Col(_("Injured"), 8, "number"),
        Col(_("Building project"), 30), Col(_("General contractor"), 36), Col(_("Learned from"), 16), Col(_("First known"), 18), Col(_("Lies with"), 20), Col(_("Closed on"), 12),
    ]  # fmt: skip
    severities, types, states, rungs, behaviours, channels = (
        {value: str(label) for value, label in one.choices} for one in (Severity, Type, EventState, Rung, Behaviour, Channel)
    )
    lines = (
        (
            one.reference, one.reported_on, severities.get(one.severity, ""), one.employer_name, types.get(one.type, ""), shown.place(one), states.get(one.state, ""),
            rungs.get(one.rung, ""), one.affected, one.owed, f"{one.months_owed.normalize():f}" if one.months_owed else "", one.compensation,
            one.insurance, one.involved, behaviours.get(one.behaviour, ""), one.dead, one.injured, one.project, one.builder_name, channels.get(one.channel, ""),
            one.known_at, one.desk.short_name, one.closed_on,
        )
        for one in listing.events(request.user, ask).select_related("union", "county", "township", "desk").order_by(*ORDER).iterator(chunk_size=2000)
    )  # fmt: skip
    return workbook(request, "events", "rights.event", (_("Early warnings"), columns, lines), form=form)


@require_safe
@opens(May.SEE_EVENT, by="uuid")
def event(request: Request, event: Event) -> HttpResponse:
    """One event: how it climbed, who was told, what was found, who handles it."""
    asked_ = [
        May.RAISE_EVENT,
        May.FOLLOW_EVENT,
        May.CONFIRM_EVENT,
        May.CORRECT_EVENT,
        May.HANDLE_EVENT,
        May.CLOSE_EVENT,
        May.MERGE_EVENT,
        May.BRIEF_EVENT,
        May.REVEAL_REPORTER,
        May.SIGN_EVENT,
    ]
    may = which(request.user, asked_, event)
    said, tellings = ladder.tellings(event), telling.told(event)
    waits, acts = telling.waits_for(tellings, request.user), []
    if event.desk.level <= 3 and allows(request.user, May.SEE_DUTY, event.desk):  # where it stands above her, its roster is not hers
        acts.append(Act(_("Who is on duty"), reverse("rights:roster", args=[event.desk.code]), icon="phone"))
    if May.RAISE_EVENT in may and kinds(event):
        acts.append(Act(_("Draw up a paper"), reverse("rights:event_draw", args=[event.uuid]), icon="file-text"))
    if May.BRIEF_EVENT in may:
        acts.append(Act(_("Brief for leaders"), reverse("rights:briefs", args=[event.uuid]), icon="printer"))
    if (event.anonymous or event.teller_sealed is not None) and May.REVEAL_REPORTER in may:
        acts.append(Act(_("Show who reported it"), reverse("rights:reporter", args=[event.uuid]), icon="eye"))
    merged = same_queries.merged_in(event)
    context: dict[str, Any] = {
        "event": event, "crumbs": [(_("Early warnings"), reverse("rights:events")), (event.reference, "")],
        "title": _("%(firm)s: %(type)s, %(n)s workers") % {"firm": event.employer_name, "type": event.get_type_display(), "n": event.affected},
        "severity": shown.severity(event), "state": shown.state(event), "nearest": shown.nearest(event), "sentence": shown.sentence(event), "stages": stages_of(event, shown.LINE),
        "steps": shown.moves(event, may, queries.next_way(event), steps_for(event, request.user)), "move_url": reverse("rights:event_step", args=[event.uuid]),
        "why": _("Only the level above whoever set a severity may lower it; numbers that are followed up lift it by themselves.")
        if event.state in OPEN
        else "",
        "rungs": ladder.rungs_table(event), "told": telling.told_table(tellings), "informed": ladder.told_table(said), "followups": shown.followups_table(event), "often": shown.often(event),
        "tasks": together.tasks_table(event, may=May.HANDLE_EVENT in may), "entries": shown.story(event, said, telling.entries(tellings)), "clocks": shown.clock_rows(event),
        "reasons": shown.why(event), "firm": facts.firm_pairs(event), "matter": facts.matter_pairs(event, may), "pictures": facts.pictures_of(event), "letters": together.letters_table(event), "before": same.before(event, queries.earlier(event, request.user)), "papers": common.paper_rows(event),
        "counted": shown.counted(event), "disputes": [(one.reference, one.get_absolute_url()) for one in permitted(request.user, May.SEE_DISPUTE, event.disputes.order_by("pk"))],
        "panels": panels(request, event), "may_file": May.FOLLOW_EVENT in may, "seen": common.seen_by(event, request.user, but=event.reported_by_id if event.anonymous else None), "acts": acts,
        "waits": waits, "alike": same.alike(event, request.user), "may_merge": May.MERGE_EVENT in may, "merges": same_queries.merges_of(event, request.user), "merged": merged,
    }  # fmt: skip
    return render(request, "rights/event.html", context)


@require_POST
@opens(May.SEE_EVENT, by="uuid")
def step(request: Request, event: Event) -> HttpResponse:
    """A step that needs no page of its own."""
    verb, reason = request.POST.get("verb", ""), request.POST.get("reason", "")
    if verb == "climb":
        actions.climb(event, by=request.user)
        messages.success(request, ladder.climbed(event))
    elif verb == "handle":
        actions.take_on(event, by=request.user)
    else:
        taken = {
            "calm": actions.calm,
            "flare": actions.flare,
            "reopen": actions.reopen,
            "visit": actions.visit,
            "dismiss": actions.dismiss,
        }
        if verb not in taken:
            raise IllegalStep(f"{verb} is no step without a page")
        taken[verb](event, reason=reason, by=request.user)
    return go(request, event.get_absolute_url())


def crumbs_of(event: Event) -> list[tuple[Any, str]]:
    """The way to a page below an event."""
    return [(_("Early warnings"), reverse("rights:events")), (event.reference, event.get_absolute_url())]


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.CONFIRM_EVENT, by="uuid")
@while_in(*EVENT_FLOW.sources("confirm"))
def confirm(request: Request, event: Event) -> HttpResponse:
    """Confirm the severity."""

    def act(said: dict[str, Any]) -> str:
        actions.confirm(event, severity=said["severity"], why=said["why"], by=request.user)
        return _("Confirmed as %(severity)s.") % {"severity": event.get_severity_display()}

    form = forms.SeverityForm(request.POST or None, initial={"severity": event.severity})
    text = _("The scale suggests %(severity)s for what was reported.") % {"severity": Severity(event.suggested).label}
    return filled(
        request, form, act, title=_("Confirm severity"), button=_("Confirm"), text=text, back=event.get_absolute_url(), crumbs=crumbs_of(event),
        beside=(_("Why this severity"), shown.why(event)),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.CONFIRM_EVENT, by="uuid")
@while_in(*rules.FOLLOWED)
def severity(request: Request, event: Event) -> HttpResponse:
    """Set another severity."""

    def act(said: dict[str, Any]) -> str:
        actions.reassess(event, severity=said["severity"], why=said["why"], by=request.user)
        return _("It is now %(severity)s.") % {"severity": event.get_severity_display()}

    form = forms.SeverityForm(request.POST or None, initial={"severity": event.severity})
    return filled(
        request,
        form,
        act,
        title=_("Another severity"),
        button=_("Set it"),
        back=event.get_absolute_url(),
        crumbs=crumbs_of(event),
        beside=(_("Why this severity"), shown.why(event)),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.FOLLOW_EVENT, by="uuid")
@while_in(*OPEN, EventState.SETTLED)
def followups(request: Request, event: Event) -> HttpResponse:
    """Tell what was found."""

    def act(said: dict[str, Any]) -> str:
        before = event.severity
        actions.follow_up(event, **said, by=request.user)
        if event.severity != before:
            return _("Followed up. By what you reported it is now %(severity)s.") % {"severity": event.get_severity_display()}
        return _("Followed up; the office where it lies was told.")

    form = forms.FollowUpForm(request.POST or None, request.FILES or None)
    text = _("Say how it stands, even if nothing has changed. Of the workers affected, the most that was ever reported is kept.")
    return filled(
        request, form, act, title=_("Follow up"), button=_("Report it"), text=text, back=event.get_absolute_url(), crumbs=crumbs_of(event)
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.HANDLE_EVENT, by="uuid")
@while_in(*EVENT_FLOW.sources("settle"))
def settle(request: Request, event: Event) -> HttpResponse:
    """Say how it was settled."""

    def act(said: dict[str, Any]) -> str:
        actions.settle(event, resolution=said["resolution"], by=request.user)
        return _("Settled. The closing report is due within %(time)s.") % {"time": span_words(asking(event, today())(CLOSE))}

    form = forms.ResolutionForm(request.POST or None)
    return filled(request, form, act, title=_("Settled"), button=_("Record it"), back=event.get_absolute_url(), crumbs=crumbs_of(event))


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.CLOSE_EVENT, by="uuid")
@while_in(*EVENT_FLOW.sources("close"))
def close(request: Request, event: Event) -> HttpResponse:
    """Close with the closing report."""

    def act(said: dict[str, Any]) -> str:
        actions.close_event(event, closing=said["closing"], by=request.user)
        return _("Closed. Visit again in a while, and write down what you find.")

    form = forms.ClosingForm(request.POST or None)
    return filled(
        request, form, act, title=_("Close the case"), button=_("Close the case"), back=event.get_absolute_url(), crumbs=crumbs_of(event)
    )


# ---------- what runs now ----------


@require_safe
@lists(May.SEE_EVENT)
def duty(request: Request) -> HttpResponse:
    """What runs now, by severity, and who can be reached below: for the offices of townships, counties and the city."""
    seats = [seat for seat in request.user.seats if seat.level <= 3]
    if not seats:
        raise Refused(_("This page is for the offices of townships, counties and the city."))
    rows = listing.running(request.user)
    late = [row for row in rows if row.clock is not None and row.clock.due_at <= now()]
    soon = [row for row in rows if row.clock is not None and now() < row.clock.due_at <= now() + timedelta(hours=4)]
    below = Union.objects.filter(parent=seats[0].union, level__lte=3).exclude(state="ABOLISHED").order_by("code")
    context = {
        "table": shown.running_table(rows), "total": len(rows), "late": len(late), "soon": len(soon), "here": seats[0].union.short_name,
        "offices": shown.offices_table([(one, answerable(one, "rights")) for one in below[:40]]), "has_below": below.exists(),
        "crumbs": [(_("Early warnings"), reverse("rights:events")), (_("What runs now"), "")],
        "acts": [
            Act(_("What comes again"), reverse("rights:patterns")), Act(_("Who is on duty"), reverse("rights:rosters"), icon="phone"),
            *([Act(_("Report an event"), reverse("rights:report"), primary=True, icon="alert-triangle")] if reports(request.user) else []),
        ],
    }  # fmt: skip
    return render(request, "rights/duty.html", context)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.FOLLOW_EVENT, by="uuid")
def papers(request: Request, event: Event) -> HttpResponse:
    """Lay a paper on the event."""
    from niangjia.files.api import attach

    def act(said: dict[str, Any]) -> str:
        attach(event, said["file"], name=said["file"].name, purpose=said["purpose"], by=request.user)
        return _("“%(name)s” lies on the file.") % {"name": said["file"].name}

    form = forms.PaperForm(request.POST or None, request.FILES or None)
    return filled(request, form, act, title=_("Add a paper"), button=_("Add"), back=event.get_absolute_url(), crumbs=crumbs_of(event))
