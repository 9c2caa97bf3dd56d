"""How the register of agents, subsidies, consultations and the board of legal aid stand on pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.kit.components import Pair, day_words, link, number_text, pill
from niangjia.kit.dates import today
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.rights.aided import AidKind, AidMatter, AidState
from niangjia.rights.aidflow import SUBSIDY_FLOW
from niangjia.rights.models import AidAgent, Consultation, Subsidy
from niangjia.rights.rules.aid import suppressed


def agents_table(rows: Sequence[AidAgent], keepable: set[int]) -> Table:
    """The register, with how much each carries."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True), Column(pgettext("agent", "Kind"), at=5), Column(_("Licence number"), at=3, nowrap=True), Column(_("Law firm"), soft=True, at=6, clip=True),
        Column(pgettext("agent", "Fields"), soft=True, wide=True, clip=True), Column(_("Holds until"), at=4, nowrap=True), Column(_("On the register of"), soft=True), Column(_("Running cases"), num=True, at=2),
        Column(_("State"), soft=True),
    ]  # fmt: skip
    lines = [
        [
            link(one.name, one.get_absolute_url()) if one.pk in keepable else one.name, one.get_kind_display(), one.licence, one.firm, one.fields,
            "" if one.until is None else one.until if one.until >= today() else Cell(day_words(one.until), "late"), one.union.short_name, getattr(one, "load", 0),
            _("On the register") if one.active else Cell(_("Off the register"), "faint"),
        ]
        for one in rows
    ]  # fmt: skip
    return Table(columns, lines, label=_("Agents of legal aid"), id="agents")


def agent_word(one: AidAgent) -> str:
    """An agent where one is chosen: with how many cases run with her."""
    return _("%(name)s, %(kind)s, %(firm)s: %(load)d running") % {
        "name": one.name, "kind": one.get_kind_display(), "firm": one.firm or one.union.short_name, "load": getattr(one, "load", 0),
    }  # fmt: skip


def subsidies_table(rows: Sequence[Subsidy]) -> Table:
    """The list of subsidies."""
    columns = [
        Column(_("Case number"), at=1, nowrap=True), Column(_("Agent"), at=3, nowrap=True), Column(_("Law firm"), soft=True, clip=True), Column(_("Form of aid"), at=5),
        Column(_("Yuan"), num=True, at=2), Column(_("Handled by"), soft=True, wide=True), Column(_("Proposed on"), soft=True, nowrap=True, sort="descending"), Column(pgettext("subsidy", "Approved on"), at=6, nowrap=True),
        Column(_("State"), at=4, nowrap=True),
    ]  # fmt: skip
    lines = [
        [
            link(one.aid.reference, one.get_absolute_url()), one.agent.name, one.agent.firm, one.get_form_display(), Cell(f"{one.amount:,.2f}"), one.union.short_name, one.proposed_on,
            one.approved_on or "", pill(SUBSIDY_FLOW.phases[one.state], one.get_state_display()),
        ]
        for one in rows
    ]  # fmt: skip
    return Table(columns, lines, label=_("Subsidies"), id="subsidies")


def subsidy_pairs(one: Subsidy, *, case: bool) -> list[Pair]:
    """For whom, for what, how much, by which rate, and who approved it."""
    pairs = [
        Pair(_("Case number"), one.aid.reference, url=one.aid.get_absolute_url() if case else ""), Pair(_("Agent"), one.agent.name), Pair(_("Law firm"), one.agent.firm or _("none")),
        Pair(_("Form of aid"), str(one.get_form_display())), Pair(_("Amount"), _("%(yuan)s yuan") % {"yuan": f"{one.amount:,.2f}"}),
        Pair(_("By the rate of"), day_words(one.rate_on, year=True)), Pair(_("Account"), _("50403 Legal aid")), Pair(_("Proposed by"), f"{one.proposed_by.name} {day_words(one.proposed_on)}"),
    ]  # fmt: skip
    if one.approved_by is not None and one.approved_on is not None:
        pairs.append(Pair(_("Approved by"), f"{one.approved_by.name} {day_words(one.approved_on)}"))
    return pairs


def advice_table(rows: Sequence[Consultation], keepable: set[int]) -> Table:
    """The list of consultations."""
    columns = [
        Column(pgettext("consultation", "Day"), at=1, nowrap=True, sort="descending"), Column(_("How it came in"), soft=True), Column(_("Applicant"), at=4), Column(pgettext("legal aid", "Matter"), at=3),
        Column(pgettext("consultation", "People"), num=True, at=2), Column(_("What was asked"), at=5, clip=True), Column(_("Handled by"), soft=True), Column("", at=6),
    ]  # fmt: skip
    lines = []
    for one in rows:
        tail: Any = _("void: %(why)s") % {"why": one.void_why} if one.void else ""
        if not one.void and one.pk in keepable:
            tail = link(_("Void"), reverse("rights:advice_void", args=[one.uuid]))
        lines.append(
            Row(
                [
                    one.on,
                    one.get_how_display(),
                    one.get_kind_display(),
                    one.get_matter_display(),
                    one.people,
                    one.asked,
                    one.union.short_name,
                    tail,
                ],
                "gone" if one.void else "",
            )
        )
    return Table(columns, lines, label=_("Consultations"), id="consultations")


def counts_table(label: Any, rows: Sequence[tuple[str, int]], words: dict[str, Any], least: int) -> Table:
    """Counts on the board: what would give somebody away is not shown."""
    lines = [
        [words.get(code, code), Cell(_("fewer than %(n)d") % {"n": least}, "faint") if suppressed(n, least) else number_text(n)]
        for code, n in rows
    ]
    return Table([Column(label, at=1), Column(_("Cases"), num=True, at=2)], lines, bare=True, dense=False, label=label)


STATES, KINDS, MATTERS = (dict(one.choices) for one in (AidState, AidKind, AidMatter))


def load_table(rows: Sequence[AidAgent]) -> Table:
    """How much each agent carries."""
    lines = [[one.name, one.firm or one.union.short_name, getattr(one, "load", 0)] for one in rows]
    return Table(
        [Column(_("Agent"), at=1), Column(_("Law firm"), at=3, soft=True), Column(_("Running cases"), num=True, at=2)],
        lines,
        bare=True,
        dense=False,
        label=_("Load"),
    )
