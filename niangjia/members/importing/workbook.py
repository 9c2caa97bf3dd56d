"""Workbooks that are given back: the roster as it was sent with the faults beside the bad rows, and the template to begin with.

The first is written row by row without keeping any, because it may be as long as the city. Every cell is text, so that
nothing in it is ever worked out as a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from niangjia.kit.workbook import HEAD, MENDED, SAID, TEXT, WRONG, Book, cell, letters
from niangjia.members.enums import Paper, Work
from niangjia.members.importing.fields import FIELDS, PAPERS, WORKS
from niangjia.members.importing.reading import sheets
from niangjia.members.importing.words import label, sentence

Faults = Mapping[str, Mapping[int, Sequence[tuple[str, str, str]]]]  # sheet -> row -> (column's head, code, value)
Fixed = Mapping[
    str, Mapping[int, Sequence[tuple[str, str | None, str]]]
]  # sheet -> row -> (column's head, what was written if it may be shown, a word)


def with_faults(
    path: Path, out: IO[bytes], heads: Mapping[str, tuple[int, Mapping[str, str]]], faults: Faults, fixed: Fixed | None = None
) -> None:
    """The roster as it was sent, written anew: same sheets, heads, columns and row numbers; in the last column what is wrong, and what was corrected."""
    with Book(out) as book:
        for sheet in sheets(path):
            head_row, _named = heads.get(sheet.name, (0, {}))
            wrong, mended = faults.get(sheet.name, {}), (fixed or {}).get(sheet.name, {})
            book.raw(sheet.name or str(_("Roster")), _rows(sheet.frame, head_row, wrong, mended))


def _rows(
    frame: Any,
    head_row: int,
    faults: Mapping[int, Sequence[tuple[str, str, str]]],
    fixed: Mapping[int, Sequence[tuple[str, str | None, str]]],
) -> Iterator[str]:
    row_of_heads = frame.row(head_row - 1) if head_row else [""] * frame.width
    heads = [str(text or "").strip() or letters(i) for i, text in enumerate(row_of_heads)]
    for number, row in enumerate(frame.iter_rows(), start=1):
        wrong, mended = faults.get(number, ()), fixed.get(number, ())
        at = {head for head, _code, _value in wrong}
        new = {head: text for head, text, _word in mended if text is not None}
        cells = []
        for i, value in enumerate(row):
            text = str(new.get(heads[i], value) or "") if mended else str(value or "")
            if text:
                style = HEAD if number == head_row else WRONG if heads[i] in at else MENDED if heads[i] in new else TEXT
                cells.append((i, text, style))
        said = [*(sentence(code, value) for _head, code, value in wrong), *(word for _head, _text, word in mended)]
        if number == head_row:
            cells.append((len(row), "错误原因", HEAD))
        elif said:
            cells.append((len(row), "　".join(said), SAID if wrong else TEXT))
        yield f'<row r="{number}">{"".join(cell(f"{letters(i)}{number}", text, style) for i, text, style in cells)}</row>'


def template() -> bytes:
    """An empty roster with its heads, lists to choose from, and a page that says how; no person stands in it."""
    from xlsxwriter import Workbook

    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    head = book.add_format({"bold": True, "bg_color": "#F0EDE6", "bottom": 1, "text_wrap": True})
    text, note = book.add_format({"num_format": "@"}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet, guide = book.add_worksheet("会员名册"), book.add_worksheet("填表说明")
    works = [
        word
        for word, code in WORKS.items()
        if word in ("合同制", "劳务派遣", "灵活就业", "货车司机", "网约车司机", "快递员", "外卖配送员", "其他新就业形态")
        and code in list(Work)
    ]
    papers = [
        word
        for word, code in PAPERS.items()
        if word in ("身份证", "港澳居民居住证", "台湾居民居住证", "护照", "外国人永久居留证") and code in list(Paper)
    ]
    lists = {"sex": ["男", "女"], "migrant": ["是", "否"], "work": works, "paper": papers}
    for i, one in enumerate(FIELDS):
        needed = one.code in ("name", "id")
        sheet.write_string(0, i, ("＊" if needed else "") + one.heads[0], head)
        sheet.set_column(i, i, 22 if one.code in ("id", "union", "employer") else 13, text)
        if one.code in lists:
            sheet.data_validation(1, i, 1_048_575, i, {"validate": "list", "source": lists[one.code], "ignore_blank": True})
        if one.code == "id":
            sheet.data_validation(
                1,
                i,
                1_048_575,
                i,
                {
                    "validate": "length",
                    "criteria": "between",
                    "minimum": 5,
                    "maximum": 20,
                    "error_title": "证件号码",
                    "error_message": "身份证号码为18位",
                },
            )
        guide.write_string(i + 1, 0, one.heads[0], note)
        guide.write_string(i + 1, 1, str(_("needed") if needed else _("may stay empty")), note)
        guide.write_string(i + 1, 2, str(one.hint), note)
    guide.write_row(0, 0, [str(_("Column")), "", str(_("How"))], head)
    guide.set_column(0, 1, 16)
    guide.set_column(2, 2, 70)
    sheet.freeze_panes(1, 2)
    book.close()
    return file.getvalue()


def named(field: str) -> str:
    """The label of a field, for pages."""
    return label(field)
