"""How the yearly checks of township federations stand on pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.files.api import papers
from niangjia.flow.models import Clock
from niangjia.kit.components import Pair, Paper, day_words, link, pill
from niangjia.kit.export import Sheet
from niangjia.kit.flow import FLOWS
from niangjia.kit.tables import Cell, Column, Table
from niangjia.kit.workbook import Col
from niangjia.unions.actions.staffing import APPOINTMENT, ESTABLISHMENT, paper_words, ratio_of
from niangjia.unions.enums import Manning
from niangjia.unions.models import StaffCheck
from niangjia.unions.rules.staffing import needed
from niangjia.unions.shown_elections import clock_cell
from niangjia.unions.staffings import Stand


def views() -> list[tuple[str, Any]]:
    """The saved questions over the list."""
    return [
        ("", _("All")), ("missing", _("Not filled in")), ("wait", pgettext("a check of staffing", "To be confirmed")), ("short", _("Not staffed as required")), ("late", pgettext("checks", "Late")),
    ]  # fmt: skip


def phase(one: StaffCheck) -> Any:
    """Its state as a pill."""
    return pill(FLOWS["unions.staffcheck"].phases[one.state], one.get_state_display())


def title(one: StaffCheck) -> str:
    """What it is called."""
    return _("%(union)s: check of staffing %(year)d") % {"union": one.union.short_name, "year": one.year}


def stand_words(found: Stand) -> str:
    """How the year stands, in a sentence."""
    facts = {"year": found.year, "all": found.all, "confirmed": found.confirmed, "sent": found.sent, "met": found.met}
    return (
        _("%(year)d: of %(all)d federations %(confirmed)d are confirmed, %(sent)d wait to be confirmed; %(met)d are staffed as required.")
        % facts
    )


def verdict(one: StaffCheck) -> Any:
    """Whether chair and staff are as they should be."""
    if one.chair_ok is None:
        return ""
    if one.met:
        return pill("done", _("as required"))
    lacks = [_("no full-time chair")] if not one.chair_ok else []
    lacks += [_("too few people")] if not one.staff_ok else []
    return Cell(pgettext("between words in a row", ", ").join(lacks), "late")


def table(rows: Sequence[StaffCheck], clocks: Mapping[int, Clock]) -> Table:
    """The list."""
    columns = [
        Column(_("Township federation"), at=1), Column(_("County"), soft=True, at=6), Column(_("Year"), soft=True, nowrap=True), Column(_("Chair or vice-chair"), soft=True, wide=True),
        Column(_("Full-time"), soft=True, wide=True), Column(_("Officers"), num=True, wide=True), Column(_("Social workers"), num=True), Column(_("Needed"), num=True, soft=True),
        Column(_("Staffing"), at=3), Column(_("Clock"), nowrap=True, at=4), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    made = [
        [
            link(one.union.short_name, one.get_absolute_url()), one.county.short_name if one.county else "", str(one.year), one.head, _yes(one.full_time),
            one.cadres, one.workers, one.needed, verdict(one), clock_cell(clocks.get(one.pk)), phase(one),
        ]
        for one in rows
    ]  # fmt: skip
    return Table(columns, made, label=_("Checks of staffing"), id="staffing")


def _yes(said: bool | None) -> str:
    return "" if said is None else str(_("Yes")) if said else str(_("No"))


def sentence(one: StaffCheck) -> str:
    """Where it stands."""
    if one.state == Manning.CONFIRMED and one.confirmed_on and one.confirmed_by:
        return _("Confirmed on %(day)s by %(name)s.") % {"day": day_words(one.confirmed_on, year=True), "name": one.confirmed_by.name}
    if one.state == Manning.SENT and one.filled_by:
        return _("Filled in by %(name)s; somebody else of the office above confirms it.") % {"name": one.filled_by.name}
    if one.state == Manning.DROPPED:
        return _("The federation has ended; nothing is asked of it.")
    return _("To be filled in until %(day)s, with the papers that show it.") % {"day": day_words(one.due_on, year=True)}


def pairs(one: StaffCheck) -> list[Pair]:
    """What the township says, and what follows."""
    made = [
        Pair(_("Township federation"), one.union.short_name, url=one.union.get_absolute_url()),
        Pair(_("County"), one.county.short_name if one.county else ""),
    ]
    if one.full_time is None:
        return made
    made += [
        Pair(_("Chair or vice-chair"), f"{one.head} {one.get_post_display()}"), Pair(_("Full-time"), _yes(one.full_time)),
        Pair(_("Number of the appointment"), one.appointed_no or _("none"), faint=not one.appointed_no),
        Pair(_("Officers of the federation"), one.cadres), Pair(_("Social workers of the union"), one.workers),
        Pair(_("Number of the establishment"), one.staffed_no or _("none"), faint=not one.staffed_no),
    ]  # fmt: skip
    return [*made, Pair(pgettext("of a check", "Remark"), one.remark)] if one.remark else made


def judgement(one: StaffCheck) -> list[Pair]:
    """How it was judged, by the ratio of the place."""
    if one.needed is None:
        return []
    many = f"{one.employees or 0:,}"
    return [
        Pair(_("Employees of its units, as declared"), many), Pair(_("Social workers needed"), one.needed),
        Pair(_("Chair or vice-chair full-time"), _("as required") if one.chair_ok else _("not yet")),
        Pair(_("Officers and social workers"), _("as required") if one.staff_ok else _("not yet")),
    ]  # fmt: skip


def ratio(one: StaffCheck, employees: int) -> list[Paper]:
    """What is asked of it, beside the form."""
    by = ratio_of(one.union)
    least = ngettext("%(n)d at least", "%(n)d at least", by.cadres) % {"n": by.cadres}
    words = _("%(least)d, and one more for each %(step)s employees above %(free)s") % {
        "least": by.least,
        "step": f"{by.step:,}",
        "free": f"{by.free:,}",
    }
    return [
        Paper(_("Officers of the federation"), least), Paper(_("Social workers of the union"), words), Paper(_("Employees of its units, as declared"), f"{employees:,}"),
        Paper(_("Social workers needed"), str(needed(employees, by))), Paper(_("Papers"), pgettext("between words in a row", ", ").join(map(paper_words, (APPOINTMENT, ESTABLISHMENT)))),
    ]  # fmt: skip


def filed(one: StaffCheck) -> list[Paper]:
    """The papers that lie on it."""
    words = {which: paper_words(which) for which in (APPOINTMENT, ESTABLISHMENT)}
    return [Paper(row.name, words.get(row.purpose, row.purpose), row.get_absolute_url()) for row in papers(one)]


def history(rows: Sequence[StaffCheck]) -> Table:
    """The years of a township."""
    columns = [
        Column(_("Year"), at=5), Column(_("Chair or vice-chair"), soft=True, at=6), Column(_("Officers"), num=True), Column(_("Social workers"), num=True), Column(_("Needed"), num=True, soft=True),
        Column(_("Staffing"), at=3), Column(_("State"), at=2),
    ]  # fmt: skip
    made = [
        [link(str(one.year), one.get_absolute_url()), one.head, one.cadres, one.workers, one.needed, verdict(one), phase(one)]
        for one in rows
    ]
    return Table(columns, made, label=_("Year by year"), id="years", bare=True)


def sheet(rows: QuerySet[StaffCheck]) -> Sheet:
    """What the list shows, to its last row."""
    columns = [
        Col(_("No."), 18), Col(_("Township federation"), 26), Col(_("County"), 22), Col(_("Year"), 8), Col(_("State"), 14), Col(_("Chair or vice-chair"), 14), Col(_("Full-time"), 10),
        Col(_("Number of the appointment"), 24), Col(_("Officers"), 10, "number"), Col(_("Social workers"), 12, "number"), Col(_("Needed"), 10, "number"), Col(_("Employees"), 12, "number"),
        Col(_("Number of the establishment"), 24), Col(_("Chair as required"), 12), Col(_("Staff as required"), 12), Col(_("Confirmed on"), 12),
    ]  # fmt: skip

    def lines() -> Iterator[list[Any]]:
        for one in rows.order_by("-year", "county_id", "union__name_py", "pk").iterator(chunk_size=500):
            yield [
                one.reference, one.union.short_name, one.county.short_name if one.county else "", one.year, str(one.get_state_display()), one.head, _yes(one.full_time), one.appointed_no,
                one.cadres, one.workers, one.needed, one.employees, one.staffed_no, _yes(one.chair_ok), _yes(one.staff_ok), one.confirmed_on,
            ]  # fmt: skip

    return _("Checks of staffing"), columns, lines()
