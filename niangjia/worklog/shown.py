"""The page of one figure: its number and its tables, ready for the template."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.kit.components import fig, link
from niangjia.kit.dates import today
from niangjia.kit.figure import Figure
from niangjia.kit.periods import Period
from niangjia.kit.tables import Column, Row, Table
from niangjia.worklog import reader
from niangjia.worklog.asking import Looked
from niangjia.worklog.board import Before, Board, board, breakdowns, by_breakdown, by_edition, by_year
from niangjia.worklog.clerk import declared_on
from niangjia.worklog.describe import choice, counted_series, label
from niangjia.worklog.evaluate import Asked, Value
from niangjia.worklog.frames import address, question_words
from niangjia.worklog.guard import Guard
from niangjia.worklog.suppress import Hidden
from niangjia.worklog.wording import cell, shown, unit_words


@dataclass
class Shown:
    """The page of one figure."""

    figure: Figure
    looked: Looked
    user: Any
    language: str
    told: tuple[str, str | None] | None = None  # the one value of a breakdown whose records are listed

    @property
    def asked(self) -> Asked:
        return self.looked.asked

    @property
    def additive(self) -> bool:
        """Whether today's tree and the tree of the day can be reconciled."""
        return self.figure.plan["op"] in ("count", "sum")

    @cached_property
    def called(self) -> dict[int, reader.Called]:
        """What the union and those directly below it are called."""
        return reader.called([self.asked.union, *(u for u, _values in self.board.rows)])

    @cached_property
    def guard(self) -> Guard:
        return Guard(self.figure, self.asked, self.asked.union in reader.hers(self.user, [self.asked.union]))

    @cached_property
    def value(self) -> Value:
        """The number as the books say, or hidden where it is small and the union not the reader's."""
        return self.guard.value()

    @property
    def number(self) -> str:
        return shown(self.figure, self.value)

    @property
    def unit(self) -> str:
        """Its unit, after a number; nothing after a word."""
        return "" if isinstance(self.value, Hidden) else unit_words(self.figure.unit)

    @property
    def union(self) -> str:
        return self.called[self.asked.union].name

    @cached_property
    def said(self) -> dict[str, Any]:
        """The words of an address that asks the same."""
        return question_words(self.looked, self.called[self.asked.union].code)

    @cached_property
    def open(self) -> dict[str, Any]:
        """The same question without its publication, so that it can be asked more narrowly."""
        if self.looked.frozen is None:
            return self.said
        asked = self.asked
        tree = "then" if asked.tree == "then" else ""
        return {"period": str(asked.period), "union": self.called[asked.union].code, "tree": tree, "posting": asked.known}

    @property
    def period(self) -> str:
        return self.asked.period.words(self.language)

    @property
    def known_on(self) -> date:
        """The day of the knowledge in which it is shown."""
        return self.looked.known_on or today()

    @cached_property
    def declared(self) -> date | None:
        """The day on which the knowledge that is shown was declared to have been there, when history was loaded."""
        return declared_on(self.asked.known) if self.asked.known else None

    @property
    def by_then(self) -> bool:
        return self.asked.tree == "then"

    @cached_property
    def board(self) -> Board:
        """The unions directly below."""
        return board(self.figure, self.asked)

    @cached_property
    def years(self) -> list[tuple[Period, Value]]:
        return by_year(self.figure, replace(self.asked, by=()))

    @cached_property
    def course(self) -> list[tuple[Period, Value]]:
        """The years on the page; years in which nothing was recorded yet do not lead it."""
        found = by_year(self.figure, replace(self.asked, by=()), course=True)
        first = next((n for n, (_period, value) in enumerate(found) if value), len(found) - 1)
        return found[first:]

    @cached_property
    def editions(self) -> list[Before]:
        """The definitions before this one, for readers whose union it is."""
        return by_edition(self.figure, self.asked, [period for period, _value in self.course]) if self.guard.mine else []

    @property
    def before(self) -> list[Before]:
        """Those that said something of the same years."""
        return [was for was in self.editions if any(value is not None for value in was.values)]

    def year_table(self) -> Table:
        """By year; a year that is not over is part. Where the definition changed, what the one before it said stands beside."""
        periods = [period for period, _value in self.course]
        whole = not self.figure.stock and len(self.course) == len(self.years)  # only years that make the asked period give each other away
        values = self.guard.years(periods, [value for _period, value in self.course], whole=whole)
        rows = []
        for i, (period, value) in enumerate(zip(periods, values, strict=True)):
            span = str(period.last.year) if self.figure.stock else self.year_words(period)
            open_ = period.last >= today() or (not self.figure.stock and len(str(period)) > 4)
            earlier = [cell(self.figure, was.values[i]) if was.values[i] is not None else "" for was in self.before]
            rows.append(Row([span, self.opens(value, period=str(period)), *earlier], "part" if open_ else ""))
        columns = [
            Column(pgettext("figures", "Year")),
            Column(self.head if not self.before else _("Edition %(n)d") % {"n": self.editions[-1].number + 1}, num=True),
        ]
        columns += [Column(_("Edition %(n)d") % {"n": was.number}, num=True) for was in self.before]
        return Table(columns, rows, id="t-year", bare=True)

    def year_words(self, period: Period) -> Any:
        """The year, and small behind it the part that was asked for, if it is a part: the chart's axis shows the year alone."""
        year, said = str(period.last.year), period.words(self.language)
        part = said.replace(f"{year}年", "").replace(f" {year}", "")
        return year if said in (year, f"{year}年") else format_html("{}<small>{}</small>", year, part)

    def break_sentence(self) -> str:
        """Where the course breaks."""
        if not self.before:
            return ""
        days = pgettext("between names", ", ").join(was.until.isoformat() for was in self.before)
        return _("The definition changed on %(days)s. What the one before it counted stands beside; the two courses are not one.") % {
            "days": days
        }

    def union_table(self) -> Table | None:
        """By the unions directly below, the largest first, and what stands at the union itself."""
        made = self.board
        if not made.rows:
            return None
        rows = [(values[0], self.called[u].name, u) for u, values in made.rows]
        rows.sort(key=lambda row: (-sortable(row[0]), row[1]))
        if made.own is not None and made.own[0]:
            rows.append((made.own[0], _("at %(union)s itself") % {"union": self.union}, 0))
        values = self.guard.unions([u for *_rest, u in rows], [value for value, *_rest in rows], self.asked.period)
        cells = [  # what is a rate, and no count, says something by being zero
            Row(
                [link(name, self.of_union(u)), self.opens(value, union=self.called[u].code) if u else cell(self.figure, value)],
                "nil" if self.additive and not isinstance(value, Hidden) and not value else "",
            )
            for value, (_value, name, u) in zip(values, rows, strict=True)
        ]
        return Table([Column(_("Union")), Column(self.head, num=True)], cells, id="t-area", bare=True)

    def of_union(self, union: int) -> str:
        """The same figure for a union below; nothing where what stands at the union itself is meant."""
        return address(self.figure, {**self.open, "union": self.called[union].code}) if union else ""

    def breakdown_tables(self) -> list[tuple[str, Table]]:
        """By each breakdown that the series tells apart."""
        of = counted_series(self.figure)
        out = []
        for path in breakdowns(self.figure, self.asked.known) if of is not None else ():
            rows = by_breakdown(self.figure, self.asked, path)
            values = self.guard.told_apart(path, rows)
            named = label(of.model, path)  # type: ignore[union-attr]
            cells = [
                [choice(of.model, path, key) or _("not recorded"), self.lists(value, path, key)]  # type: ignore[union-attr]
                for (key, _value), value in zip(rows, values, strict=True)
            ]
            if len(cells) > 1:
                out.append((named, Table([Column(named), Column(self.head, num=True)], cells, bare=True)))
        return out

    @property
    def head(self) -> str:
        return unit_words(self.figure.unit) or self.figure.words(self.language)

    def opens(self, value: Any, **more: Any) -> Any:
        """A number that opens to the same figure, asked more narrowly."""
        if value is None or isinstance(value, Hidden):
            return cell(self.figure, value)
        return fig(cell(self.figure, value), address(self.figure, {**self.open, **more}))

    def lists(self, value: Any, path: str, key: str | None) -> Any:
        """A part of the number that opens to its own records; whoever sees no more than the number gets the number."""
        said, told = cell(self.figure, value), f"{path}:{key or ''}"
        return fig(said, f"{address(self.figure, {**self.said, 'told': told})}#records") if self.guard.mine else said

    @property
    def part(self) -> str:
        """Which part of the records is listed, in words."""
        of = counted_series(self.figure)
        if self.told is None or of is None:
            return ""
        path, key = self.told
        return _("%(by)s: %(value)s") % {"by": label(of.model, path), "value": choice(of.model, path, key) or _("not recorded")}

    def rows(self) -> tuple[list[Any], list[list[Any]]]:
        """Unions by years, for a spreadsheet."""
        periods = [period for period, _value in self.years]
        made = board(self.figure, self.asked, periods)
        table = [*((u, self.called[u].name, values) for u, values in made.rows)]
        if made.own is not None:
            table.append((0, _("at %(union)s itself") % {"union": self.union}, made.own))
        under = [u for u, *_rest in table]
        columns = [self.guard.unions(under, [values[i] for *_rest, values in table], period) for i, period in enumerate(periods)]
        body = [[name, *(cell(self.figure, column[k]) for column in columns)] for k, (_u, name, _values) in enumerate(table)]
        total = self.guard.years(periods, made.total, whole=False)
        heads = [_("Union"), *(period.words(self.language) for period in made.periods)]
        return heads, [*body, [self.union, *(cell(self.figure, value) for value in total)]]


def sortable(value: Value) -> Decimal:
    return Decimal((value[0] if isinstance(value, list) else value) or 0)
