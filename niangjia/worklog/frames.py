"""What the pages of figures show: the catalogue, and a figure by two trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.kit.components import Pair, fig, link
from niangjia.kit.export import Sheet
from niangjia.kit.figure import Figure
from niangjia.kit.periods import Period
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.kit.workbook import Col
from niangjia.worklog import reader
from niangjia.worklog.asking import Looked
from niangjia.worklog.catalogue import Line, group_of, group_title
from niangjia.worklog.describe import kind_of
from niangjia.worklog.reconcile import Reconciled
from niangjia.worklog.suppress import Hidden
from niangjia.worklog.wording import cell, measured, shown, signed, unit_words


def address(figure: Figure, said: Mapping[str, Any] | None = None, page: str = "figure") -> str:
    """A page of a figure, for a question in words; what is empty is left out."""
    words = urlencode({key: value for key, value in (said or {}).items() if value})
    return reverse(f"worklog:{page}", args=[figure.name]) + (f"?{words}" if words else "")


def question_words(looked: Looked, union: str) -> dict[str, Any]:
    """The words of an address that ask the same question; the union by its code."""
    if looked.frozen:
        return {"freeze": looked.frozen.number}
    words = {"period": str(looked.asked.period), "union": union, "tree": "then" if looked.asked.tree == "then" else ""}
    if looked.posting:
        return {**words, "posting": looked.posting}
    return {**words, "known": str(looked.known_on) if looked.known_on else ""}


def records_url(figure: Figure, period: Period, union: int | str, posting: int | None = None, freeze: int | None = None) -> str:
    """Where a figure's records stand: as they are now, as a posting knew them, or as they were published.

    The union is told by its code, or by its key, which costs a question to the database.
    """
    if freeze:
        return f"{address(figure, {'freeze': freeze})}#records"
    code = union if isinstance(union, str) else reader.called([union])[union].code
    return f"{address(figure, {'period': str(period), 'union': code, 'posting': posting})}#records"


# ---------- the catalogue ----------


def catalogue_sheet(lines: Sequence[Line], language: str) -> Sheet:
    """The catalogue for a workbook."""
    columns = [
        Col(pgettext("figures", "Code"), 26), Col(pgettext("figures", "Name"), 32), Col(pgettext("figures", "Kind"), 12), Col(pgettext("figures", "Today"), 16),
        Col(_("Unit"), 8), Col(_("Edition"), 8, "number"), Col(_("Changed on"), 12), Col(_("Used in"), 8, "number"), Col(_("Published as"), 12), Col(_("Definition"), 80),
    ]  # fmt: skip
    rows = (
        [
            one.figure.name, one.figure.words(language), str(kind_of(one.figure)), cell(one.figure, one.value), one.figure.unit,
            one.edition, one.changed_on, one.used, one.figure.ref, one.figure.note(language),
        ]
        for one in lines
    )  # fmt: skip
    return pgettext("sheet", "Figures"), columns, rows


def opened_number(line: Line, url: str) -> Any:
    """A figure's number, which opens; or why there is none."""
    if line.value is None:
        return Cell(_("nothing to divide by"), "faint")
    return cell(line.figure, line.value) if isinstance(line.value, Hidden) else fig(cell(line.figure, line.value), url)


def catalogue_table(lines: Sequence[Line], language: str, *, whole: bool) -> Table:
    """The catalogue as a list, under the parts of the house that answer for it."""
    columns = [
        Column(pgettext("figures", "Name"), at=5),
        Column(pgettext("figures", "Code"), at=3, soft=True),
        Column(pgettext("figures", "Kind"), soft=True, nowrap=True),
        Column(pgettext("figures", "Today"), num=True, at=2),
        Column(_("Unit"), soft=True, nowrap=True),
        Column(_("Edition"), num=True, soft=True),
        Column(_("Changed on"), soft=True),
        Column(_("Used in"), num=True, at=4),
    ]
    rows: list[Row | Sequence[Any]] = []
    group = ""
    for one in lines:
        if whole and (code := group_of(one.figure)) != group:
            group = code
            rows.append(Row([group_title(code)], "group"))
        url = address(one.figure)
        rows.append(
            [
                link(one.figure.words(language), url), SafeString(f"<code>{one.figure.name}</code>"), kind_of(one.figure),
                opened_number(one, url),
                unit_words(one.figure.unit), one.edition, one.changed_on or "", one.used,
            ]
        )  # fmt: skip
    return Table(columns, rows, label=_("Catalogue of figures"))


# ---------- two trees ----------


@dataclass
class Told:
    """A figure by two trees, for its page."""

    figure: Figure
    found: Reconciled
    looked: Looked
    language: str

    @cached_property
    def called(self) -> dict[int, reader.Called]:
        """What the unions in it are called."""
        those = {u for m in self.found.moved for u in (m.union, m.came_from, m.to) if u}
        return reader.called({*those, self.looked.asked.union})

    def name(self, union: int | None) -> str:
        return self.called[union].name if union in self.called else "—"

    @property
    def union(self) -> str:
        return self.name(self.looked.asked.union)

    @property
    def period(self) -> str:
        return self.looked.asked.period.words(self.language)

    @property
    def today(self) -> str:
        return shown(self.figure, self.found.today)

    @property
    def then(self) -> str:
        return shown(self.figure, self.found.then)

    @property
    def difference(self) -> str:
        return signed(self.figure, self.found.difference)

    @property
    def total(self) -> str:
        """The difference with its unit."""
        return measured(self.difference, self.figure.unit)

    def words(self) -> list[Pair]:
        """What the two trees are."""
        return [
            Pair(
                _("Tree of the day"),
                _("A flow counts where its union stood on the day of the record, a stock where it stood on the day asked for."),
            ),
            Pair(_("Today's tree"), _("Everything that a union ever counted goes with it to where it stands today.")),
            Pair(
                _("Moved by reorganisation"),
                _("What each move of a union takes along; with the tree of the day it makes today's number exactly."),
            ),
        ]

    def table(self) -> Table:
        """Then, the moves, today: a sum that comes out."""
        columns = [
            Column(_("Union"), at=1), Column(pgettext("figures", "Since"), soft=True, at=4), Column(pgettext("figures", "From"), at=3), Column(pgettext("figures", "To"), at=6),
            Column(pgettext("figures", "Counts"), unit_words(self.figure.unit), num=True, at=2),
        ]  # fmt: skip
        rows: list[Row | Sequence[Any]] = [Row([_("By the tree of the day"), "", "", "", cell(self.figure, self.found.then)], "sum")]
        rows += [
            [
                self.name(m.union),
                m.since or "",
                self.name(m.came_from),
                self.name(m.to),
                signed(self.figure, m.amount),
            ]
            for m in self.found.moved
        ]
        rows.append(Row([_("By today's tree"), "", "", "", cell(self.figure, self.found.today)], "sum"))
        return Table(columns, rows, bare=True)
