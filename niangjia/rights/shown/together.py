"""How it stands on pages who handles an event together: who was asked by whom, who leads, what came of it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.kit.components import Pair, day_words, link, moment_words, pill
from niangjia.kit.dates import now
from niangjia.kit.tables import Column, Row, Table
from niangjia.rights.actions import printed
from niangjia.rights.models import Event, Missive, Task
from niangjia.rights.shown.common import doer


def asked_by(event: Event, one: Task) -> str:
    """By whom a department was asked, by which means, and whether it has said that it has it."""
    parts = [doer(event, one.by), str(one.get_how_display() or "")]
    parts.append(_("has it since %(when)s") % {"when": moment_words(one.received_at)} if one.received_at else _("no receipt"))
    return pgettext("between words in a row", ", ").join(part for part in parts if part)


def missive_name(one: Missive) -> str:
    """A letter by its number, or by its kind while it has none."""
    return printed(one) or str(one.get_kind_display())


def missive_state(one: Missive) -> Any:
    """Whether it waits, went out, or holds no more."""
    if one.void:
        return pill("stop", _("void: %(why)s") % {"why": one.void_why})
    return pill("done", _("sent %(day)s") % {"day": day_words(one.sent_on)}) if one.sent_on else pill("wait", _("waits for a signature"))


def missive_pairs(one: Missive) -> list[Pair]:
    """What a letter says, so that whoever signs it reads it."""
    pairs = [
        Pair(_("Letter"), one.get_kind_display()), Pair(_("Department"), one.get_department_display()), Pair(pgettext("a letter", "To"), one.to),
        Pair(_("What was found"), one.found), Pair(pgettext("a letter", "What is asked"), one.asks),
    ]  # fmt: skip
    pairs += [Pair(_("Answer by"), day_words(one.answer_by))] if one.answer_by else []
    pairs += [Pair(_("Leads"), _("It is asked to lead the handling"))] if one.lead else []
    pairs.append(Pair(_("Draft written by"), doer(one.event, one.drafted_by)))
    pairs += [Pair(_("Signed by"), f"{one.signed_by.name} {one.signed_as}".strip())] if one.signed_by else []
    return [*pairs, Pair(_("State"), missive_state(one))]


def letters_table(event: Event) -> Table | None:
    """The letters to departments about an event, the first first."""
    lines = [
        Row([link(missive_name(one), reverse("rights:missive", args=[event.uuid, one.uuid])), one.to, day_words(one.answer_by) if one.answer_by else "", missive_state(one)], "gone" if one.void else "")
        for one in event.missives.select_related("paper").order_by("drafted_at", "pk")
    ]  # fmt: skip
    if not lines:
        return None
    columns = [
        Column(_("Letter"), at=1),
        Column(pgettext("a letter", "To"), at=3),
        Column(_("Answer by"), at=4, nowrap=True),
        Column(_("State"), at=2),
    ]
    return Table(columns, lines, bare=True, dense=False, label=_("Letters to departments"))


def tasks_table(event: Event, *, may: bool) -> Table | None:
    """Who handles it together, and what came of it."""
    lines = []
    for one in event.tasks.select_related("by").order_by("-lead", "made_at", "pk"):
        phase = "done" if one.done_at else "late" if one.until and one.until < now().date() else "doing"
        said = pill(phase, one.said or (_("done") if one.done_at else _("open")))
        way: Any = ""
        if may and not one.done_at:
            way = link(_("Done"), reverse("rights:task", args=[event.uuid, one.uuid]))
            if one.received_at is None:
                way = format_html("{}　{}", way, link(_("It has it"), reverse("rights:task_received", args=[event.uuid, one.uuid])))
        lines.append(
            [
                _("%(department)s, leads") % {"department": one.get_department_display()} if one.lead else one.get_department_display(),
                one.what or _("Come, verify, and act together"),
                one.received_by or one.who,
                asked_by(event, one),
                day_words(one.until) if one.until else "",
                said,
                way,
            ]
        )
    if not lines:
        return None
    columns = [
        Column(_("Department"), at=1, nowrap=True), Column(_("What"), at=3, text=True), Column(_("Who"), at=6, soft=True, nowrap=True), Column(_("Asked, and how"), soft=True, nowrap=True, roomy=True), Column(_("Until"), at=5, nowrap=True),
        Column(_("State"), at=2, nowrap=True), Column("", at=4),
    ]  # fmt: skip
    return Table(columns, lines, bare=True, dense=False, label=_("Handled together"))
