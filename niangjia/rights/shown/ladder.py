"""How far an event was reported: level by level with the time allowed and used, and who was told and took note."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext

from niangjia.kit.components import (
    length,
    moment_words,
    pill,
)  # fmt: skip
from niangjia.kit.dates import now
from niangjia.kit.drawings import span
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.notices.api import told
from niangjia.notices.models import Message
from niangjia.rights import rules
from niangjia.rights.enums import Rung
from niangjia.rights.models import Event, Report
from niangjia.rights.queries import way_of
from niangjia.rights.shown.common import doer

ABOUT = {  # what a message was about, in a word or two: the page itself names the event
    "event-arrived": _lazy("the event came to this desk"), "event-overdue": _lazy("not reported upward in time"), "event-late": _lazy("late: %(what)s"),
    "event-severity": _lazy("another severity"), "event-followed": _lazy("a follow-up"),
}  # fmt: skip


def climbed(event: Event) -> str:
    """Where an event lies after a report upward; the province keeps no desk in this house, so that the city goes on answering for it."""
    if event.rung == Rung.PROVINCE:
        return _("Reported to the province. %(desk)s goes on answering for it.") % {"desk": event.desk.short_name}
    return _("Reported. It now lies with %(desk)s.") % {"desk": event.desk.short_name}


def rungs_table(event: Event) -> Table:
    """Level by level: the time allowed and used, when it was received, and by whom."""
    reports = list(event.reports.select_related("union", "by").order_by("-rung"))
    columns = [
        Column(_("From, to"), at=5, nowrap=True), Column(_("Time"), wide=True, roomy=True, mid=True), Column(_("Used"), at=2, nowrap=True),
        Column(_("Allowed"), at=3, nowrap=True, soft=True), Column(_("Received"), at=4, nowrap=True), Column(_("Received by"), at=6, soft=True),
    ]  # fmt: skip
    lines = []
    way = {one.rung: one for one in way_of(event.union, reports[0].rung)} if reports else {}
    order = [one.rung for one in way.values()]
    for n, one in enumerate(reports):
        if one.due_at is None:
            continue
        there = reports[n + 1] if n + 1 < len(reports) else None
        nxt = order[order.index(one.rung) + 1] if one.rung in order and order.index(one.rung) + 1 < len(order) else ""
        lines.append(_rung_row(event, one, there, nxt))
    return Table(columns, lines, bare=True, dense=False, label=_("Level by level"))


def _rung_row(event: Event, one: Report, there: Report | None, nxt: str) -> Row:
    open_ = one.left_at is None
    until = max(one.arrived_at, one.left_at or min(now(), _ended(event) or now()))  # what ended before it climbed used no time here
    used, allowed = until - one.arrived_at, (one.due_at or until) - one.arrived_at
    late = used > allowed
    names = dict(Rung.choices)
    received = moment_words(there.arrived_at) if there else (_("not yet") if open_ and event.state in (*rules.FOLLOWED, "REPORTED") else "")
    sent = _("sent by %(name)s") % {"name": doer(event, there.by)} if there and there.by else _("sent on by the house")
    place = str(names.get(there.rung, "")) if there and there.rung == Rung.PROVINCE else there.union.short_name if there else ""
    who = pgettext("between words in a row", ", ").join((place, sent)) if there else ""
    hours = 3600
    return Row(
        [
            _("%(from)s to %(to)s") % {"from": names.get(one.rung, ""), "to": names.get(nxt, "")},
            span(round(allowed.total_seconds() / hours, 2), round(used.total_seconds() / hours, 2), unit=_(" hours")),
            Cell(length(used), "late") if late else length(used), length(allowed), received, who,
        ],
        "late" if late else "",
    )  # fmt: skip


def _ended(event: Event) -> datetime | None:
    """When an event stopped to climb, if it has."""
    if event.state in ("REPORTED", *rules.FOLLOWED):
        return None
    last = event.followups.order_by("-at").values_list("at", flat=True).first()
    return last or event.reported_at


def tellings(event: Event) -> list[Message]:
    """Whatever was said of an event, the last first."""
    those = Message.objects.filter(what__in=ABOUT, url=event.get_absolute_url(), at__gte=event.reported_at)
    return list(those.select_related("to").order_by("-at", "-pk")[:200])


def about(one: Message) -> str:
    """What a message was about."""
    return str(ABOUT[one.what]) % told({"what": "", **one.facts})


def told_table(messages: Sequence[Message]) -> Table | None:
    """Who was told of what, and who has taken note."""
    lines = []
    for one in messages[:40]:
        if read := one.noted_at or one.read_at:
            said = pill("done", _("%(when)s read") % {"when": moment_words(read)})
        elif one.receipt:
            said = pill("late" if (now() - one.at).total_seconds() > 300 else "wait", _("no receipt"))
        else:
            said = pill("draft", _("not read"))
        lines.append([moment_words(one.at), one.to.name, about(one), _("urgent") if one.urgent else _("message"), said])
    if not lines:
        return None
    columns = [
        Column(_("When"), at=3, nowrap=True, soft=True),
        Column(_("Who"), at=5, row_head=True),
        Column(_("Of what"), at=6, text=True),
        Column(_("How told"), at=4, soft=True),
        Column(_("Receipt"), at=2),
    ]
    return Table(columns, lines, bare=True, dense=False, label=_("Who was told"))
