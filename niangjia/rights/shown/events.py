"""How events stand on pages."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.access.api import User
from niangjia.flow.api import basis_of, clocks, deadline, entries_of, rang
from niangjia.kit.answer import asking
from niangjia.kit.components import (
    Act,
    Entry,
    Paper,
    Running,
    clock,
    english,
    face,
    level,
    link,
    moment_words,
    pill,
)  # fmt: skip
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.said import span_words
from niangjia.kit.tables import Column, Row, Table
from niangjia.notices.api import told
from niangjia.notices.models import Message
from niangjia.rights import rules
from niangjia.rights.enums import Behaviour, May, Severity
from niangjia.rights.flow import EVENT_FLOW
from niangjia.rights.lists import EventRow
from niangjia.rights.models import Event
from niangjia.rights.parameters import AT_ONCE, FOLLOW, REPORT
from niangjia.rights.queries import Way, judge, judged, span_of, way_of
from niangjia.rights.shown.common import PHASES, begun, counts_in, newest_first, unnamed
from niangjia.rights.shown.facts import corrected
from niangjia.unions.models import Union

LINE = ["REPORTED", "CONFIRMED", "HANDLING", "STABLE", "SETTLED", "CLOSED", "VISITED"]
AT_THE_SAME_TIME = timedelta(minutes=1)
LABELS = {"confirm": ("CONFIRMED",), "handle": ("HANDLING",)}


def severity(event: Event) -> Any:
    """The level, as a square."""
    return level(PHASES[event.severity], event.get_severity_display())


def state(event: Event) -> Any:
    """The state, as a pill."""
    return pill(EVENT_FLOW.phases[event.state], event.get_state_display())


def place(event: Event) -> str:
    """Where it happens, as short as it can be said."""
    return str(event.township or event.county or event.union)


def rung(event: Event) -> str:
    """How far it was reported, with the union that has it."""
    return str(event.get_rung_display())


def clock_cell(row: EventRow) -> Any:
    """The clock that ends first."""
    if row.clock is None:
        return ""
    shown = face(row.clock.due_at, row.clock.warn_at)
    return clock(shown.kind, shown.text)


def events_table(rows: Sequence[EventRow]) -> Table:
    """The list of events."""
    columns = [
        Column(_("Case number"), at=3, nowrap=True), Column(_("Reported on"), nowrap=True, soft=True), Column(_("Severity"), at=1, nowrap=True),
        Column(_("Firm"), at=5, clip=True), Column(_("Type"), at=6, clip=True), Column(_("Place"), nowrap=True, soft=True),
        Column(_("State"), at=2, nowrap=True), Column(_("Reached"), nowrap=True, soft=True, roomy=True), Column(_("Clock"), at=4, nowrap=True),
        Column(_("Workers"), unit=_("persons"), num=True),
    ]  # fmt: skip
    lines = [
        [
            link(r.event.reference, r.event.get_absolute_url()), r.event.reported_on, severity(r.event), r.event.employer_name, r.event.get_type_display(),
            place(r.event), state(r.event), rung(r.event), clock_cell(r), r.event.affected,
        ]
        for r in rows
    ]  # fmt: skip
    return Table(columns, lines, label=_("Early warnings"), id="events")


def _where(event: Event) -> SafeString:
    """The firm, and under it the place."""
    return format_html('{}<br><small class="n-faint">{}</small>', link(event.employer_name, event.get_absolute_url()), place(event))


def running_table(rows: Sequence[EventRow]) -> Table:
    """What runs now, one table so that the eye runs down a column: a group for each severity, what was last found beside each event."""
    columns = [
        Column(_("Firm"), at=5), Column(_("State"), at=2, nowrap=True), Column(_("Lies with"), nowrap=True, soft=True, at=3), Column(_("Workers"), unit=_("persons"), num=True), Column(_("Last found"), text=True, soft=True),
        Column(_("Clock"), at=4, nowrap=True),
    ]  # fmt: skip
    lines: list[Row] = []
    for _code, same in itertools.groupby(rows, key=lambda r: r.event.severity):
        those = list(same)
        lines.append(Row([format_html('{} <span class="n-faint">{}</span>', severity(those[0].event), len(those))], "group"))
        lines += [
            Row(
                [
                    _where(r.event), state(r.event), r.event.desk.short_name, r.event.affected,
                    f"{moment_words(r.last.at)}　{r.last.text}" if r.last else "", clock_cell(r),
                ],
            )
            for r in those
        ]  # fmt: skip
    return Table(columns, lines, label=_("What runs now"))


def often(event: Event) -> str:
    """How often an event of its severity is followed up, as it is set at its desk; and how many were missed."""
    if event.state not in ("REPORTED", *rules.FOLLOWED):
        return ""
    spans = [span_of(FOLLOW, event.severity, state, event.desk) for state in ("HANDLING", "STABLE")]
    running, calm = (span_words(one) if one else "" for one in spans)
    parts = [_("every %(time)s") % {"time": running}] if running else []
    parts += [_("every %(time)s once it is stable") % {"time": calm}] if calm and calm != running else []
    parts += [ngettext("missed once", "missed %(n)d times", event.missed) % {"n": event.missed}] if event.missed else []
    return pgettext("between parts of a sentence", ", ").join(parts)


def followups_table(event: Event) -> Table:
    """What was found, the last first."""
    words = dict(Behaviour.choices)
    columns = [
        Column(_("When"), at=3, nowrap=True), Column(_("On the spot"), unit=_("persons"), num=True, roomy=True), Column(_("Affected"), unit=_("persons"), num=True, at=2),
        Column(_("Behaviour"), at=6, nowrap=True), Column(_("What was found"), at=5, soft=True, text=True),
    ]  # fmt: skip
    lines = [
        [
            moment_words(one.at),
            one.involved if one.involved is not None else "",
            one.affected if one.affected is not None else "",
            words.get(one.behaviour, ""),
            f"{corrected(one)}　{one.text}" if one.was else one.text,
        ]
        for one in event.followups.order_by("-at", "-pk")
    ]
    return Table(columns, lines, bare=True, dense=False, label=_("Follow-ups"))


def story(event: Event, messages: Iterable[Message] = (), more: Iterable[Entry] = ()) -> list[Entry]:
    """Who did what, when and why: steps, rungs, follow-ups, severities, and what the house did by itself."""
    entries = begun(entries_of(event), _("reported it first"))
    names = dict(Severity.choices)
    for one in event.reports.select_related("union", "by").order_by("-rung")[1:]:  # the first is the report itself, which the flow tells
        did = _("reported it upward to %(union)s") % {"union": _("the province") if one.rung == "0" else one.union.short_name}
        entries.append(Entry(one.arrived_at, did, one.by.name if one.by else _("The house"), auto=one.by is None, late=one.by is None))
    entries += [
        Entry(line.at, corrected(line) if line.was else _("followed up"), line.by.name if line.by else "", line.text)
        for line in event.followups.select_related("by").order_by("at", "pk")[1:]
    ]
    for change in event.severities.select_related("by").order_by("pk"):
        if change.was != change.now:
            did = _("changed the severity from %(was)s to %(now)s") % {"was": names[change.was], "now": names[change.now]}
            entries.append(Entry(change.at, did, change.by.name if change.by else _("The house"), change.why))
    entries += [
        Entry(task.done_at or task.made_at, _("%(department)s: done") % {"department": task.get_department_display()}, "", task.said)
        for task in event.tasks.exclude(done_at=None)
    ]
    entries = unnamed(event, [*entries, *more])
    return newest_first([*entries, *rings(event, messages), *asked_in(event), *merged_stories(event)])


def merged_stories(event: Event) -> list[Entry]:
    """The stories of the reports that became one with an event, each line with its number."""
    found = []
    for line in event.merges.filter(parted_at=None).select_related("merged__reported_by"):
        part = line.merged
        told_ = [
            Entry(one.at, _("followed up"), one.by.name if one.by else "", one.text)
            for one in part.followups.select_related("by").order_by("at", "pk")[1:]
        ]
        entries = unnamed(part, [*begun(entries_of(part), _("reported it first")), *told_])
        found += [replace(one, did=f"{part.reference} {one.did}") for one in entries]
    return found


def rings(event: Event, messages: Iterable[Message]) -> list[Entry]:
    """The clocks that rang: who was told, or that nobody was. What the house sent on then is told as a rung."""
    house, entries = _("The house"), []
    rung_ = Counter((one.at, str(told(one.facts).get("what", ""))) for one in messages if one.what == "event-late")
    for (at, what), n in rung_.items():
        did = ngettext("told %(n)d person that “%(what)s” is late", "told %(n)d persons that “%(what)s” is late", n) % {
            "what": what,
            "n": n,
        }
        entries.append(Entry(at, did, house, auto=True, late=True))
    known = [at for at, _what in rung_] + [one.arrived_at for one in event.reports.filter(by=None)]
    for one in rang(event):
        if one.rung_at is not None and not any(abs(one.rung_at - at) < AT_THE_SAME_TIME for at in known):
            did = _("found nobody to tell that “%(what)s” is late") % {"what": deadline(one).title}
            entries.append(Entry(one.rung_at, did, house, auto=True, late=True))
    return entries


def asked_in(event: Event) -> list[Entry]:
    """The departments that the house asked in when the event turned red."""
    tasks = sorted(event.tasks.filter(auto=True), key=lambda task: task.pk)
    if not tasks:
        return []
    names = pgettext("between names", ", ").join(str(task.get_department_display()) for task in tasks)
    return [Entry(tasks[0].made_at, _("asked in, because it is red: %(departments)s") % {"departments": names}, _("The house"), auto=True)]


def clock_rows(event: Event) -> list[Running]:
    """The clocks that run: the time on this rung as a bar."""
    rows = []
    standing = event.reports.filter(rung=event.rung).first()
    for one in clocks(event):
        what = deadline(one)
        begun = standing.arrived_at if standing and one.code == "EV-D1" else one.started_at
        whole = (one.due_at - begun).total_seconds() or 1
        percent = 100 * (now() - begun).total_seconds() / whole
        rows.append(Running(what.title, face(one.due_at, one.warn_at), percent=percent, basis=basis_of(one, what)))
    return rows


def nearest(event: Event) -> SafeString | str:
    """The clock that ends first, for the head of the page: what is due, and what is left."""
    running = clocks(event)
    if not running:
        return ""
    shown, title = face(running[0].due_at, running[0].warn_at), deadline(running[0]).title
    today_ = day_of(running[0].due_at) == today() and shown.kind != "late"
    return clock(shown.kind, _("%(what)s, %(left)s") % {"what": title, "left": shown.due if today_ else shown.text})


def reason_words(one: rules.Reason) -> tuple[str, str]:
    """Why a severity is suggested: what was found, and from where on it counts."""
    said = {
        "affected": _("%(n)s workers affected"), "stopped": _("%(n)s have stopped work"), "owed": _("%(n)s yuan owed"), "months": _("%(n)s months owed"),
        "behaviour": _("a road is blocked, or somebody is in danger"), "gathered": _("%(n)s gather or petition"),
        "sector": _("%(n)s workers in a trade watched more closely"), "again": _("reported %(n)s times within the months that count"),
    }[one.code]  # fmt: skip
    value = f"{one.value:,.0f}" if one.code == "owed" else f"{Decimal(one.value).normalize():f}"
    limit = "" if one.code == "behaviour" else f"≥{Decimal(one.limit):,.0f}" if one.code == "owed" else f"≥{one.limit:,}"
    return said % {"n": value}, f"{dict(Severity.choices)[one.severity]} {limit}".strip()


def why(event: Event) -> list[Paper]:
    """What the scale of severity finds in an event."""
    return [Paper(*reason_words(one)) for one in judged(event)]


def counted(event: Event) -> list[Paper]:
    """The figures that count it; a false report is in none, and one that became one with another is counted there."""
    return counts_in({} if event.state in ("FALSE", "MERGED") else {"rights.events": {"events": 1, "affected": event.affected}}, event)


def sentence(event: Event) -> str:
    """One sentence under the title: where, when, how it stands."""
    last = event.followups.order_by("-at", "-pk").first()
    said = _("%(place)s, first reported %(when)s; it now lies with %(desk)s.") % {
        "place": place(event), "when": moment_words(event.reported_at), "desk": _("the province") if event.rung == "0" else event.desk.short_name,
    }  # fmt: skip
    parts = [said]
    if event.behaviour != Behaviour.NONE:
        parts.append(_("Behaviour: %(what)s.") % {"what": event.get_behaviour_display()})
    if last and last.at != event.reported_at:
        parts.append(last.text)
    return (" " if english() else "").join(parts)


def moves(event: Event, may: set[str], nxt: Way | None, steps: Iterable[Any]) -> list[Any]:
    """The buttons: what the flow allows, and what may be done beside it."""
    acts: list[Any] = []

    def at(name: str) -> str:
        return reverse(f"rights:{name}", args=[event.uuid])

    live = event.state in ("REPORTED", *rules.FOLLOWED)
    if May.RAISE_EVENT in may and nxt is not None and live:
        where = _("the province") if nxt.union is None else nxt.union.short_name
        acts.append(Act(_("Report it to %(where)s") % {"where": where}, post=True, primary=True, name="verb", value="climb"))
    if May.FOLLOW_EVENT in may and (live or event.state == "SETTLED"):
        acts.append(Act(_("Follow up"), at("followups"), primary=not acts))
    acts += list(steps)
    if May.CORRECT_EVENT in may and (live or event.state == "SETTLED"):
        acts.append(Act(_("Correct the facts"), at("event_correct")))
    if May.CLOSE_EVENT in may and event.state == "REFERRED" and event.answered_on is None:
        acts.append(Act(_("Record the answer"), at("event_answer"), primary=True))
    if May.CONFIRM_EVENT in may and event.state in rules.FOLLOWED:
        acts.append(Act(_("Another severity"), at("severity")))
    if May.HANDLE_EVENT in may and live:
        acts.append(Act(_("Ask a department in"), at("tasks")))
        acts.append(Act(_("Write to a department"), at("missives")))
        acts.append(Act(_("Make it a dispute"), f"{reverse('rights:open')}?event={event.uuid}"))
    return acts


def forecast(matter: rules.Matter, union: Union, rung_: str) -> dict[str, Any]:
    """What follows from a report, before it is sent: the severity, why, and the clocks on the way up."""
    ask = asking(union, today())
    said = judge(matter, ask)
    found, way = said.severity, way_of(union, rung_)
    lines = []
    for here, there in itertools.pairwise(way):
        span_ = span_of(REPORT, found, here.rung, here.union or union)
        if span_ is None:
            continue
        lines.append((span_words(span_), _("to %(union)s") % {"union": there.union.short_name if there.union else _("the province")}))
    follow = span_of(FOLLOW, found, "CONFIRMED", union)
    return {
        "colour": PHASES[found], "severity": dict(Severity.choices)[found], "reasons": [reason_words(one) for one in said.reasons], "lines": lines,
        "follow": span_words(follow) if follow else "", "at_once": rules.at_once(found, ask(AT_ONCE)), "first": way[1].union if len(way) > 1 else None,
    }  # fmt: skip


def offices_table(rows: Sequence[tuple[Union, Sequence[User]]]) -> Table:
    """Who answers for rights in each union below: where nobody does, the level above must."""
    columns = [Column(_("Union"), at=5), Column(pgettext("rights", "Name"), at=2, num=True)]
    lines = [[union.short_name, "、".join(user.name for user in people) if people else pill("late", _("nobody"))] for union, people in rows]
    return Table(columns, lines, bare=True, label=_("Who answers for rights"))
