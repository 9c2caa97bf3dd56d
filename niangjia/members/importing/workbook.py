"""Workbooks that are given back: the roster as it was sent with the faults beside the bad rows, and the template to begin with.

The first is written row by row without keeping any, because it may be as long as the city. Every cell is text, so that
nothing in it is ever worked out as a formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from niangjia.members.enums import Paper, Work
from niangjia.members.importing.fields import FIELDS, PAPERS, WORKS, letters
from niangjia.members.importing.reading import sheets
from niangjia.members.importing.words import label, sentence

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
PLAIN, HEAD, WRONG, SAID, MENDED = range(5)  # styles
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="0"/><fonts count="3"><font><sz val="11"/><name val="宋体"/></font>'
    '<font><b/><sz val="11"/><name val="宋体"/></font><font><sz val="11"/><color rgb="FFB3261E"/><name val="宋体"/></font></fonts>'
    '<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFF9E3E0"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE3F0E8"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="49" fillId="2" applyNumberFormat="1" applyFill="1"/><xf numFmtId="49" fontId="2" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="49" fillId="3" applyNumberFormat="1" applyFill="1"/></cellXfs></styleSheet>'
)
Cells = Iterable[tuple[int, str, int]]  # column, text, style


def write(out: IO[bytes], tables: Iterable[tuple[str, Iterable[tuple[int, Cells]]]]) -> None:
    """Write a workbook: sheets by name, each with its rows (numbered from 1) and their cells."""
    names: list[str] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as box:
        for title, rows in tables:
            names.append(title)
            with box.open(f"xl/worksheets/sheet{len(names)}.xml", "w", force_zip64=True) as sheet:
                sheet.write(f'{XML}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
                buffer: list[str] = []
                for number, cells in rows:
                    buffer.append(f'<row r="{number}">{"".join(_cell(number, *one) for one in cells)}</row>')
                    if len(buffer) == 2000:
                        sheet.write("".join(buffer).encode())
                        buffer.clear()
                sheet.write(("".join(buffer) + "</sheetData></worksheet>").encode())
        parts = range(1, len(names) + 1)
        listed = "".join(f'<sheet name="{_title(name, i)}" sheetId="{i}" r:id="r{i}"/>' for i, name in zip(parts, names, strict=True))
        box.writestr("xl/workbook.xml", f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>')
        links = "".join(f'<Relationship Id="r{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in parts)
        box.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{XML}<Relationships xmlns="{RELS}">{links}<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        )
        box.writestr("xl/styles.xml", STYLES)
        box.writestr(
            "_rels/.rels",
            f'{XML}<Relationships xmlns="{RELS}"><Relationship Id="w" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        over = "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{TYPES}.worksheet+xml"/>' for i in parts)
        box.writestr(
            "[Content_Types].xml",
            f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/>{over}</Types>',
        )  # fmt: skip


MOST = 32_767  # characters of a cell; with more a spreadsheet calls the whole file damaged


def _cell(row: int, column: int, text: str, style: int) -> str:
    return f'<c r="{letters(column)}{row}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(BAD.sub("", text[:MOST]))}</t></is></c>'


def _title(name: str, number: int) -> str:
    """A sheet's name as workbooks allow it."""
    return escape(re.sub(r"[\[\]:*?/\\]", "", name)[:31] or f"Sheet{number}", {'"': "&quot;"})


Faults = Mapping[str, Mapping[int, Sequence[tuple[str, str, str]]]]  # sheet -> row -> (column's head, code, value)
Fixed = Mapping[
    str, Mapping[int, Sequence[tuple[str, str | None, str]]]
]  # sheet -> row -> (column's head, what was written if it may be shown, a word)


def with_faults(
    path: Path, out: IO[bytes], heads: Mapping[str, tuple[int, Mapping[str, str]]], faults: Faults, fixed: Fixed | None = None
) -> None:
    """The roster as it was sent, written anew: same sheets, heads, columns and row numbers; in the last column what is wrong, and what was corrected."""
    write(out, _tables(path, heads, faults, fixed or {}))


def _tables(
    path: Path, heads: Mapping[str, tuple[int, Mapping[str, str]]], faults: Faults, fixed: Fixed
) -> Iterator[tuple[str, Iterator[tuple[int, Cells]]]]:
    for sheet in sheets(path):
        head_row, _named = heads.get(sheet.name, (0, {}))
        yield sheet.name or str(_("Roster")), _rows(sheet.frame, head_row, faults.get(sheet.name, {}), fixed.get(sheet.name, {}))


def _rows(
    frame: Any,
    head_row: int,
    faults: Mapping[int, Sequence[tuple[str, str, str]]],
    fixed: Mapping[int, Sequence[tuple[str, str | None, str]]],
) -> Iterator[tuple[int, Cells]]:
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
                style = HEAD if number == head_row else WRONG if heads[i] in at else MENDED if heads[i] in new else PLAIN
                cells.append((i, text, style))
        said = [*(sentence(code, value) for _head, code, value in wrong), *(word for _head, _text, word in mended)]
        if number == head_row:
            cells.append((len(row), "错误原因", HEAD))
        elif said:
            cells.append((len(row), "　".join(said), SAID if wrong else PLAIN))
        yield number, cells


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
