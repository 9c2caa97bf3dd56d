"""Figures and their records as files that spreadsheets open: no cell runs, and what is not shown is not in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.kit.dates import CHINA, day_of, now
from niangjia.kit.figure import Figure
from niangjia.worklog import reader
from niangjia.worklog.evaluate import Asked
from niangjia.worklog.opened import Opened, opened

RUNS = ("=", "+", "-", "@", "\t", "\r")
AT_ONCE = 1000
MOST = 50_000  # records in one file; more is asked for by narrower periods
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(value: Any) -> Any:
    """A text that begins like a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RUNS) else value


def csv_answer(name: str, heads: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A download as CSV: UTF-8 with its mark."""
    answer = HttpResponse(
        "\ufeff", content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
    writer = csv.writer(answer)
    writer.writerow([harmless(str(head)) for head in heads])
    writer.writerows([[harmless(value) for value in row] for row in rows])
    return answer


def pages(figure: Figure, asked: Asked, user: Any) -> Iterator[Opened]:
    """All records that a person may open, page by page, until there are too many for a file."""
    older, many = None, 0
    while many < MOST:
        page = opened(figure, asked, user, older, AT_ONCE)
        yield page
        many, older = many + len(page.records), page.older
        if older is None:
            return


def plain(value: Any) -> Any:
    """A value as a workbook takes it."""
    if isinstance(value, datetime):
        return f"{value.astimezone(CHINA):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value if isinstance(value, (int, float)) else str(value)


def records_answer(
    name: str, about: Sequence[tuple[Any, Any]], tables: Sequence[Sequence[Any]], figure: Figure, asked: Asked, user: Any, *, open_: bool
) -> HttpResponse:  # fmt: skip
    """A workbook: what was asked and the figure by union and year, and the records that count, as this person may see them."""
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    bold = book.add_format({"bold": True})

    def write(sheet: Any, at: int, cells: Sequence[Any], form: Any = None) -> None:
        for i, value in enumerate(cells):
            if value is not None and value != "":
                sheet.write(at, i, plain(value), form)

    first = book.add_worksheet(pgettext("sheet", "Figure"))
    first.set_column(0, 0, 28)
    for at, pair in enumerate([*about, (_("Exported"), f"{now().astimezone(CHINA):%Y-%m-%d %H:%M}")]):
        write(first, at, pair)
    for at, cells in enumerate(tables, len(about) + 2):
        write(first, at, cells, bold if cells is tables[0] else None)

    second = book.add_worksheet(pgettext("sheet", "Records"))
    second.set_column(0, 2, 24)
    at, hidden, amount, gone, more = 0, 0, Decimal(0), 0, False
    for page in pages(figure, asked, user) if open_ else ():
        if at == 0:
            heads = [pgettext("figures", "Record"), pgettext("figures", "Day"), _("Union"), *page.heads, pgettext("figures", "Counts")]
            write(second, 0, heads, bold)
        called = reader.called({r.union for r in page.records if r.union is not None})
        for r in page.records:
            at += 1
            day = day_of(r.day) if isinstance(r.day, datetime) else r.day
            write(second, at, [r.label, day, called[r.union].name if r.union in called else "", *r.told, r.amount])
        hidden, amount, gone, more = hidden + page.hidden, amount + page.hidden_amount, gone + page.gone, page.older is not None
    lines = [
        (hidden, _("%(n)d records that are not yours to open") % {"n": hidden}, amount),
        (gone, _("%(n)d records that counted then and are no more") % {"n": gone}, ""),
        (more, _("There are more than %(n)d records; ask for a shorter period.") % {"n": MOST}, ""),
    ]
    for _many, said, value in (line for line in lines if line[0]):
        at += 1
        write(second, at, [said, value])
    book.close()
    return HttpResponse(file.getvalue(), content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
