"""Beside a figure's number: how it is counted, what became of it since it was published, and the records that count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.kit.components import Pair, Paper, day_words, link
from niangjia.kit.dates import day_of
from niangjia.kit.figure import FIGURES, parts_of, series_of
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.worklog import reader
from niangjia.worklog.asking import published
from niangjia.worklog.describe import counted_series, described, editions
from niangjia.worklog.evaluate import counted, question
from niangjia.worklog.frames import address
from niangjia.worklog.freeze import titles, used_in
from niangjia.worklog.guard import Guard
from niangjia.worklog.opened import Opened, named_rows
from niangjia.worklog.question import part_of
from niangjia.worklog.records import how_many
from niangjia.worklog.shown import Shown
from niangjia.worklog.since import Since, changed_since
from niangjia.worklog.suppress import Hidden
from niangjia.worklog.wording import measured, shown, signed, unit_words

SIBLINGS = 8


@dataclass
class Beside:
    """What stands around the number of one figure."""

    page: Shown

    def definition(self) -> list[Pair]:
        """What counts, when and where; of a figure made of others, each of them."""
        figure, language = self.page.figure, self.page.language
        pairs = [Pair(word, said) for word, said in described(figure, language)]
        words = {
            "of": pgettext("of a figure", "Of"),
            "to": pgettext("of a figure", "Divided by"),
            "among": pgettext("of a figure", "Among"),
        }
        by_plan = {id(other.plan): other for other in FIGURES.values()}
        for part in parts_of(figure.plan):
            if (other := by_plan.get(id(part))) is not None:
                word = next((word for key, word in words.items() if figure.plan.get(key) is part), pgettext("of a figure", "Part"))
                pairs.append(Pair(word, other.words(language), url=address(other, self.page.open)))
        return pairs

    def edition(self) -> int:
        return editions(series_of(self.page.figure.plan))[-1].number

    def siblings(self) -> list[Paper]:
        """Other figures of the same records."""
        figure, of = self.page.figure, counted_series(self.page.figure)
        if of is None:
            return []
        name, out = counted(figure.plan)["series"], []
        for other in FIGURES.values():
            theirs = counted_series(other)
            if other.name == figure.name or theirs is None or (theirs.model is not of.model and theirs.name != name):
                continue
            if other.stock == figure.stock and other.plan["op"] == "count":
                value = Guard(other, replace(self.page.asked, by=()), self.page.guard.mine).value()
                said = shown(other, value)
                note = measured(said, other.unit) if isinstance(value, Decimal) else said
                out.append(Paper(other.words(self.page.language), note, address(other, self.page.open)))
            if len(out) == SIBLINGS:
                break
        return out

    def used(self) -> list[Paper]:
        """The signed documents in which it stands."""
        found = used_in(self.page.figure.name)
        called = titles([name for _number, name, _at in found], self.page.language)
        return [Paper(called[name][0], day_words(day_of(at)), called[name][1]) for _number, name, at in found]

    # ---------- since publication ----------

    @cached_property
    def since(self) -> Since | None:
        """What became of the published value; for readers whose union it is."""
        if not self.page.guard.mine:
            return None
        f = published(self.page.figure, self.page.looked)
        return changed_since(f.number) if f is not None and not f.asked.by else None

    def since_sentence(self) -> str:
        """Counted again today it is so much, so much more or less."""
        if self.since is None:
            return ""
        now, difference = shown(self.page.figure, self.since.now), self.since.difference
        if not difference:
            return _("Counted again today it is the same.")
        return _("Counted again today it is %(now)s, %(difference)s.") % {"now": now, "difference": signed(self.page.figure, difference)}

    def since_table(self) -> Table | None:
        """The dated differences."""
        if self.since is None or not self.since.changes:
            return None
        of = counted_series(self.page.figure)
        wanted = [source for change in self.since.changes for source in change.sources]
        named, _there = named_rows(of, wanted, self.page.user) if of is not None else ({}, set())
        words = {
            "lines": _("records came, went or were corrected"),
            "tree": _("moved by reorganisation"),
            "definition": _("counted by another definition"),
        }
        rows = []
        for change in self.since.changes:
            first = next((named[source] for source in change.sources if source in named), None)
            said: Any = ""
            if first is not None:
                text = (
                    first.label
                    if change.how_many == 1
                    else _("%(first)s and others, %(n)d together") % {"first": first.label, "n": change.how_many}
                )
                said = link(text, first.url)
            elif change.how_many:
                said = Cell(_("%(n)d records") % {"n": change.how_many}, "faint")
            rows.append([change.day, said, words[change.kind], signed(self.page.figure, change.delta)])
        columns = [
            Column(_("Posted on"), at=4, soft=True, row_head=False),
            Column(_("Records"), at=1, row_head=True),
            Column(pgettext("figures", "Why"), at=3),
        ]
        return Table(
            [*columns, Column(pgettext("figures", "Difference"), unit_words(self.page.figure.unit), num=True, at=2)], rows, bare=True
        )

    # ---------- records ----------

    @cached_property
    def behind(self) -> int:
        """How many records stand behind the number; of a figure made of others, behind the first of them."""
        q = part_of(question(counted(self.page.figure.plan), replace(self.page.asked, by=())), self.page.told)
        return how_many(q)

    def how_many(self) -> str:
        """Over the list: how many, and in which order; nothing where the number itself is hidden."""
        if isinstance(self.page.value, Hidden):
            return ""
        return ngettext("%(n)s record, newest first", "%(n)s records, newest first", self.behind) % {"n": f"{self.behind:,}"}

    def nothing(self) -> str:
        """Why the list is empty."""
        hidden = isinstance(self.page.value, Hidden)
        return _("So few records are shown to the unions concerned only.") if hidden else _("No record counts here.")

    def records(self, page: Opened) -> Table:
        """One page of the records behind it; what the reader may not open is one line with its number."""
        columns = [
            Column(pgettext("figures", "Record"), at=1),
            Column(pgettext("figures", "Day"), soft=True, nowrap=True, at=3),
            Column(_("Union"), soft=True, at=6),
            *(Column(head, soft=True) for head in page.heads),
            Column(pgettext("figures", "Counts"), unit_words(self.page.figure.unit) if self.page.additive else "", num=True, at=2),
        ]
        called = reader.called({r.union for r in page.records if r.union is not None})
        rows: list[Row | Sequence[Any]] = [
            [
                link(r.label, r.url), day_of(r.day) if isinstance(r.day, datetime) else r.day,
                called[r.union].name if r.union in called else "", *r.told, plain_amount(r.amount),
            ]
            for r in page.records
        ]  # fmt: skip
        blank = [""] * (len(page.heads) + 2)
        if page.hidden:
            said = _("%(n)d records that are not yours to open") % {"n": page.hidden}
            rows.append(Row([Cell(said, "faint"), *blank, plain_amount(page.hidden_amount)], "sum"))
        if page.gone:
            rows.append(Row([Cell(_("%(n)d records that counted then and are no more") % {"n": page.gone}, "faint"), *blank, ""], "sum"))
        return Table(columns, rows, bare=True, label=_("Records"))


def plain_amount(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value
