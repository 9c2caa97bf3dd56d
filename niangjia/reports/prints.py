"""A review on paper and in a workbook: Word and PDF in the layout of GB/T 9704, the table of figures in Excel."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from niangjia.kit.gongwen.ends import break_title
from niangjia.reports.prose.table import HEADS, rows
from niangjia.reports.prose.table import text as plain_text
from niangjia.reports.prose.word import notes as official_notes
from niangjia.reports.prose.word import word as official
from niangjia.reports.queries import Read

PAPER = Path(__file__).parent / "static" / "reports" / "paper.css"
BORN = datetime(1980, 1, 1, tzinfo=UTC)
WIDTHS = (8, 30, 26, 20, 10, 26, 28)


def seal(found: Read) -> str:
    """The digest that stands under the table of figures; a draft has none."""
    return found.publication.digest if found.publication else ""


def word(found: Read) -> bytes:
    """The official document in Word; the same bytes for the same text and figures."""
    return official(found.out, seal(found), draft=found.publication is None)


def text(found: Read) -> str:
    """The words alone."""
    return plain_text(found.out)


def paper(found: Read) -> bytes:
    """The official document as PDF."""
    from weasyprint import CSS, HTML

    head = found.out.review.head
    context: dict[str, Any] = {
        "out": found.out, "english": found.out.english, "head": {ascii_name: head.get(name, "") for ascii_name, name in NAMES.items()},
        "lines": [(line.level, line.text(english=found.out.english)) for line in found.out.lines], "title": break_title(found.out.title),
        "heads": HEADS[found.out.language][:6], "rows": rows(found.out), "notes": official_notes(found.out, seal(found)), "draft": found.publication is None,
    }  # fmt: skip
    page = HTML(string=render_to_string("reports/paper.html", context))
    made: bytes = page.write_pdf(stylesheets=[CSS(filename=str(PAPER))], pdf_identifier=(seal(found) or "draft").encode()[:32])
    return made


NAMES = {
    "mark": "机关标志", "number": "文号", "office": "机关", "date": "日期", "annex": "附件", "printed_by": "印发机关", "printed_on": "印发日期",
}  # fmt: skip


def book(found: Read) -> bytes:
    """The table of figures as a workbook: words as words, numbers as numbers."""
    import xlsxwriter

    sink, language = io.BytesIO(), found.out.language
    with xlsxwriter.Workbook(sink, {"in_memory": True}) as made:
        made.set_properties({"title": found.out.title, "created": BORN})
        sheet = made.add_worksheet("数字表" if language == "zh" else "Figures")
        head, words = (
            made.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            made.add_format({"text_wrap": True, "valign": "top"}),
        )
        numbers = {
            places: made.add_format({"num_format": "#,##0" + ("." + "0" * places if places else ""), "valign": "top"})
            for places in (0, 1, 2)
        }
        for j, (name, width) in enumerate(zip(HEADS[language], WIDTHS, strict=True)):
            sheet.write_string(0, j, name, head)
            sheet.set_column(j, j, width)
        for i, row in enumerate(rows(found.out), 1):
            for j, cell in enumerate((row.ref, row.name, row.written, "", row.unit, row.period, row.code)):
                sheet.write_string(i, j, cell, words)
            if row.value:
                value = round(Decimal(row.value), 2)
                exponent = value.normalize().as_tuple().exponent
                places = 2 if row.unit in ("元", "yuan") else max(0, -exponent) if isinstance(exponent, int) else 0
                sheet.write_number(i, 3, float(value), numbers[places])
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        foot = seal(found)
        if foot:
            sheet.set_footer(f"&L&8{foot}&R&8&P/&N")
    return sink.getvalue()
