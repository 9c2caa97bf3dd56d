"""What the books say to a reorganisation: how many members and units move along, and which figures differ by which tree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from niangjia.kit.components import link
from niangjia.kit.dates import today
from niangjia.kit.figure import FIGURES
from niangjia.kit.panels import panel
from niangjia.kit.periods import until
from niangjia.kit.rehearsal import Carried, carries
from niangjia.kit.tables import Cell, Column, Table
from niangjia.worklog import reader
from niangjia.worklog.evaluate import NOTHING, Asked, evaluate, grid
from niangjia.worklog.frames import address, records_url
from niangjia.worklog.rehearse import Told, brought_about, chosen, rehearsed
from niangjia.worklog.wording import cell, signed, unit_words

TOWNSHIPS = "unions.townships"
MOST = 8  # unions whose figures are told
HOW = {
    "members.people": gettext_lazy("Each stays in her union; her membership goes on."),
    "unions.units": gettext_lazy("They stay with their unions; a unit that both had is one."),
}


@carries
def counted(plan: Any) -> Iterable[Carried]:
    """Members and units under the branches that move, by the books."""
    tops = [shift.line.union for shift in plan.shifts]
    period, language = until(today()), get_language() or ""
    for name, how in HOW.items():
        if name in FIGURES and tops:
            one = FIGURES[name]
            found = grid(one.plan, Asked(period, tops[0].pk), [top.pk for top in tops], [period])
            value = sum((value for value in found.values() if isinstance(value, type(NOTHING))), NOTHING)
            yield Carried(one.words(language), int(value), how, records_url(one, period, tops[0].code) if len(tops) == 1 else "")


def sides(reorganisation: Any) -> list[Told]:
    """Every chosen figure of every union that becomes larger or smaller, where anything differs."""
    plan, out = reorganisation.plan, list[Told]()
    those = plan.sides[:MOST]
    moves = {
        side.union.pk: (side.heirs if side.ends else [one.union_id for one in side.lost], [one.union_id for one in side.gained]) for side in those
    }  # fmt: skip
    for figure, period in chosen(reorganisation.on, today()):
        if figure.name == TOWNSHIPS and any(shift.merges for shift in plan.shifts):
            continue  # a federation that ends is one less from its day on, by either tree: that is no move
        if reorganisation.state in ("IN_FORCE", "FILED"):
            out += [brought_about(figure, period, union, reorganisation.on) for union in moves]
        else:
            out += rehearsed(figure, period, moves, reorganisation.on)
    return [told for told in out if told.moved or told.earlier]


@panel("unions.reorganisation", title=gettext_lazy("Figures by both hierarchies"), order=40)
def figures(_request: HttpRequest, reorganisation: Any) -> tuple[str, dict[str, Any]] | None:
    """By the tree of the day, moved by reorganisation, by the new tree: the middle reconciles the outer two."""
    if reorganisation.state == "WITHDRAWN" or not reorganisation.plan.shifts:
        return None
    told, language = sides(reorganisation), get_language() or ""
    if not told:
        return "worklog/rehearsed.html", {"table": None, "in_force": False, "top": reorganisation.top}
    called = reader.called({one.union for one in told} | {reorganisation.top_id})
    in_force = reorganisation.state in ("IN_FORCE", "FILED")
    earlier = any(one.earlier for one in told)
    rows: list[Any] = []
    for one in told:
        url = address(one.figure, {"period": str(one.period), "union": called[one.union].code}, "reconciled")
        head = f"{one.figure.words(language)}{pgettext('between words in a row', ', ')}{one.period.words(language)}"
        place = format_html('<small class="n-only">{}</small>', called[one.union].name)
        row = [format_html("{}{}", link(head, url), place), called[one.union].name, unit_words(one.figure.unit), cell(one.figure, one.then)]
        row += [Cell(signed(one.figure, one.earlier), "soft")] if earlier else []
        rows.append([*row, signed(one.figure, one.moved), cell(one.figure, one.after)])
    columns = [
        Column(pgettext("figures", "Figure"), row_head=True), Column(_("Union"), soft=True, wide=True), Column(_("Unit"), soft=True, wide=True),
        Column(_("By the tree of the day"), num=True), *([Column(_("Moved before"), num=True, wide=True)] if earlier else []),
        Column(_("Moved by reorganisation"), num=True), Column(_("By today's tree") if in_force else _("By the new tree"), num=True),
    ]  # fmt: skip
    table = Table(columns, rows, foot=whole(reorganisation, told[0], called, language, earlier=earlier), bare=True, label=_("Figures"))
    return "worklog/rehearsed.html", {"table": table, "in_force": in_force, "top": reorganisation.top}


def whole(reorganisation: Any, first: Told, called: dict[int, reader.Called], language: str, *, earlier: bool) -> list[Any]:
    """The union above all: what moves below it leaves its own figure as it is."""
    value = evaluate(first.figure.plan, Asked(first.period, reorganisation.top_id)) or NOTHING
    said = cell(first.figure, value)
    head = [first.figure.words(language), called[reorganisation.top_id].name, unit_words(first.figure.unit), said]
    return [*head, *([0] if earlier else []), 0, said]
