"""Figures and their records as workbooks: what is not shown is not in them, and nobody's name leaves with a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.kit import mask
from niangjia.kit.dates import day_of, now
from niangjia.kit.export import Sheet
from niangjia.kit.figure import Figure
from niangjia.kit.workbook import Col
from niangjia.worklog import reader
from niangjia.worklog.describe import counted_series, label
from niangjia.worklog.evaluate import Asked
from niangjia.worklog.opened import Opened, Page, opened

AT_ONCE = 1000
MOST = 50_000  # records in one file; more is asked for by narrower periods


def pages(figure: Figure, asked: Asked, user: Any) -> Iterator[Opened]:
    """All records that a person may open, page by page, until there are too many for a file."""
    older, many = None, 0
    while many < MOST:
        page = opened(figure, asked, user, older, AT_ONCE)
        yield page
        many, older = many + len(page.records), page.older
        if older is None:
            return


def answer_sheet(about: Sequence[tuple[Any, Any]], heads: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Sheet:
    """What was asked, and the figure by union and year."""
    said = [*about, (_("Exported"), now())]
    columns = [Col(said[0][0], 30), Col(said[0][1], 22), *(Col("", 14) for _more in heads[2:])]
    width = max(len(columns), len(heads))
    lines = [*said[1:], (), heads, *rows]
    return pgettext("sheet", "Figure"), columns, ([*line, *[""] * (width - len(line))] for line in lines)


def records_sheet(figure: Figure, asked: Asked, user: Any, *, open_: bool) -> Sheet:
    """The records that count, as this person may see them; of people only what tells them apart."""
    of = counted_series(figure)
    told = [label(of.model, path) for path in of.by] if of is not None else []
    columns = [
        Col(pgettext("figures", "Record"), 36), Col(pgettext("figures", "Day"), 12), Col(_("Union"), 24), *(Col(head) for head in told),
        Col(pgettext("figures", "Counts"), 14, "yuan" if figure.units[0] == "元" else "number"),
    ]  # fmt: skip
    covered = of is not None and getattr(Page(of).model(), "names_a_person", False)
    return pgettext("sheet", "Records"), columns, _records(figure, asked, user, len(columns), covered=covered) if open_ else ()


def _records(figure: Figure, asked: Asked, user: Any, width: int, *, covered: bool) -> Iterator[Sequence[Any]]:
    hidden, amount, gone, more = 0, Decimal(0), 0, False
    for page in pages(figure, asked, user):
        called = reader.called({r.union for r in page.records if r.union is not None})
        for r in page.records:
            day = day_of(r.day) if hasattr(r.day, "hour") else r.day
            yield [mask.name(r.label) if covered else r.label, day, called[r.union].name if r.union in called else "", *r.told, r.amount]
        hidden, amount, gone, more = hidden + page.hidden, amount + page.hidden_amount, gone + page.gone, page.older is not None
    for said, text, value in (
        (hidden, _("%(n)d records that are not yours to open") % {"n": hidden}, amount),
        (gone, _("%(n)d records that counted then and are no more") % {"n": gone}, None),
        (more, _("There are more than %(n)d records; ask for a shorter period.") % {"n": MOST}, None),
        (covered, _("Names are covered here: a list of people is taken away from its own page, by two persons."), None),
    ):
        if said:
            yield [text, *[""] * (width - 2), value]
