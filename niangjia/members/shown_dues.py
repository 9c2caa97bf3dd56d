"""How dues, and whoever might be deemed to have left, stand on pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kit.components import Chip, Pair, Paper, View, english, link, pill
from niangjia.kit.dates import today
from niangjia.kit.tables import Cell, Column, Table
from niangjia.members import rules
from niangjia.members.enums import Lapsing
from niangjia.members.models import Lapse, Membership
from niangjia.members.shown import state_of
from niangjia.members.shown_moves import Ends, due
from niangjia.members.ticks import tick

SPANS = (1, 3, 6)  # months behind that a list may be narrowed by


def month(day: date | None) -> str:
    """2026年3月, Mar 2026."""
    if day is None:
        return ""
    return f"{day:%b} {day.year}" if english() else f"{day.year}年{day.month}月"


def behind(one: Membership) -> Any:
    """How many months she is behind, as a cell."""
    n = rules.behind(one.dues_until, today()) if one.dues_until else 0
    return Cell(ngettext("%(n)d month", "%(n)d months", n) % {"n": n}, "late") if n else ""


def views(here: str) -> list[View]:
    """All, and those behind by so many months."""
    made = [View(_("All members"), "?", here=not here)]
    return made + [
        View(ngettext("Behind by %(n)d month", "Behind by %(n)d months or more", n) % {"n": n}, f"?behind={n}", here=here == str(n))
        for n in SPANS
    ]


def table(rows: Iterable[Membership]) -> Table:
    """The members of a list with what they have paid, each to be ticked."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True), Column(_("Union"), at=5), Column(_("Department"), soft=True, wide=True), Column(_("Dues paid until"), nowrap=True, at=3),
        Column(_("Behind"), nowrap=True, at=4), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    lines = [
        [tick(one.name, one.uuid, one.get_absolute_url()), one.union.short_name, one.department, month(one.dues_until) or Cell(_("not entered"), "faint"), behind(one), state_of(one)]
        for one in rows
    ]  # fmt: skip
    return Table(columns, lines, label=_("Members' dues"), id="dues")


def pair(one: Membership) -> Pair:
    """What she has paid, on her page."""
    if one.standing == "RETAINED":
        return Pair(_("Members' dues"), _("retained: owes nothing"))
    if one.dues_until is None:
        return Pair(_("Dues paid until"), _("not entered"), faint=True)
    n = rules.behind(one.dues_until, today())
    tail = _("; behind by %(n)d months") % {"n": n} if n else ""
    return Pair(_("Dues paid until"), f"{month(one.dues_until)}{tail}")


def chips(under: str, shown: Any) -> list[Chip]:
    """The union by which the list is narrowed."""
    return [Chip(_("Union"), shown, clear="?")] if under else []


# ---------- deemed exits ----------


def lapse_state(one: Lapse) -> Any:
    """Its state as a pill."""
    return pill(one.phase, dict(Lapsing.choices).get(one.state, one.state))


def lapse_views(here: str) -> list[View]:
    """Those that wait, and those that were decided."""
    return [View(_("To be seen to"), "?", here=here != "decided"), View(_("Decided"), "?view=decided", here=here == "decided")]


def lapses(rows: Iterable[Lapse], ends: Ends) -> Table:
    """Who pays nothing and takes part in nothing, with the clock of whoever is to talk with her."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True), Column(_("Union"), at=5), Column(_("Unpaid since"), nowrap=True, at=6), Column(_("Talked with"), soft=True, wide=True, nowrap=True),
        Column(_("To be decided"), nowrap=True, at=3), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    lines = [
        [
            link(str(one), one.get_absolute_url()),
            one.union.short_name,
            month(one.unpaid_since),
            one.talked_on,
            due(ends, one.pk),
            lapse_state(one),
        ]
        for one in rows
    ]
    return Table(columns, lines, label=_("Deemed exits"), id="lapses")


def lapse_pairs(one: Lapse) -> tuple[list[Pair], list[Pair]]:
    """What is known, and what was said."""
    held = one.membership
    known = [
        Pair(_("Full name"), one.name, url=held.get_absolute_url()), Pair(_("Union"), one.union.short_name, url=one.union.get_absolute_url()),
        Pair(_("Unpaid since"), month(one.unpaid_since)), Pair(_("Dues paid until"), month(held.dues_until)),
        Pair(_("Last took part"), str(held.active_on) if held.active_on else _("not known"), faint=held.active_on is None),
    ]  # fmt: skip
    if one.talked_on is None:
        return known, []
    return known, [Pair(_("Talked with on"), str(one.talked_on)), Pair(_("By"), one.talked_by), Pair(_("What was said"), one.talk)]


def paper(one: Lapse) -> Paper:
    """The talk in one line: what the decision stands on."""
    return Paper(one.talk, f"{one.talked_by} {one.talked_on}")
