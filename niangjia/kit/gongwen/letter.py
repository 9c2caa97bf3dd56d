"""Letters and ruled forms in Word, in the official layout: what an office sends about a case, drawn up from the case.

The same facts give the same bytes, so that a paper drawn up twice is kept once.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from niangjia.kit.gongwen import ER, FANGSONG, HEITI, SAN, XIAOBIAOSONG, bare, element, face, page, page_number, paragraph
from niangjia.kit.gongwen.ends import break_title, masthead, signature
from niangjia.kit.gongwen.pack import repack

BORN = datetime(1980, 1, 1, tzinfo=UTC)
WIDE = 156  # mm, the type area
SMALL = 12.0  # 小四


@dataclass(frozen=True)
class Grid:
    """A ruled table in a letter: its heads, its rows, and how wide each column is, in parts."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    parts: Sequence[int]


@dataclass(frozen=True)
class Letter:
    """A letter: to whom, about what, its paragraphs, who signs on which day. With a number it has a masthead (GB/T 9704-2012, 7.2)."""

    title: str
    to: str
    text: Sequence[str | Grid]
    signed: str
    day: str
    number: str = ""
    mark: str = ""  # the name over the red rule; the signer's, unless said


@dataclass(frozen=True)
class Blank:
    """A ruled form: lines of names and values, two or four to a line; and what is signed below it."""

    title: str
    lines: Sequence[Sequence[str]]
    foot: Sequence[str] = ()


@dataclass(frozen=True)
class Fields:
    """Ruled names and values in a form, two or four to a line."""

    lines: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Form:
    """A form with a number: paragraphs, ruled fields and tables in order, and what is signed below."""

    title: str
    number: str
    parts: Sequence[str | Grid | Fields]
    signs: Sequence[str] = ()


def _document(title: str, author: str) -> Document:
    document = docx.Document()
    bare(document)
    core = document.core_properties
    core.author, core.last_modified_by, core.title, core.comments = author, "", title, ""
    core.created = core.modified = BORN
    core.revision = 1
    page(document.sections[0])
    page_number(document, document.sections[0])
    return document


def _saved(document: Document) -> bytes:
    language = document.styles.element.find(f".//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:eastAsia"), "zh-CN")
    sink = io.BytesIO()
    document.save(sink)
    return repack(sink.getvalue())


def _titled(document: Document, title: str) -> None:
    for text in break_title(title):
        face(paragraph(document, align=ALIGN.CENTER, line=36).add_run(text), XIAOBIAOSONG, ER, tight=False)
    paragraph(document)


def letter(of: Letter) -> bytes:
    """The letter as a Word file."""
    document = _document(of.title, of.signed)
    if of.number:
        masthead(document, {"机关标志": of.mark or of.signed, "文号": of.number})
    _titled(document, of.title)
    face(paragraph(document, align=ALIGN.LEFT).add_run(f"{of.to}："), FANGSONG, SAN)
    for part in of.text:
        if isinstance(part, Grid):
            _grid(document, part)
        else:
            face(paragraph(document, indent=2).add_run(part), FANGSONG, SAN)
    last: Any = document.paragraphs[-1].paragraph_format
    last.keep_with_next = last.widow_control = True
    signature(document, of.signed, of.day)
    return _saved(document)


def blank(of: Blank) -> bytes:
    """The form as a Word file."""
    document = _document(of.title, "")
    _titled(document, of.title)
    for line in of.lines:
        wide = [34, WIDE - 34] if len(line) == 2 else [34, 44, 34, 44]
        _ruled(document, [line], wide, named=True)
    for text in of.foot:
        face(paragraph(document, align=ALIGN.LEFT, line=24).add_run(text), FANGSONG, SMALL, tight=False)
    return _saved(document)


def form(of: Form) -> bytes:
    """The form with its number as a Word file."""
    document = _document(of.title, "")
    _titled(document, of.title)
    if of.number:
        face(paragraph(document, align=ALIGN.RIGHT).add_run(of.number), FANGSONG, SAN, tight=False)
    for part in of.parts:
        if isinstance(part, Grid):
            _grid(document, part)
        elif isinstance(part, Fields):
            for line in part.lines:
                wide = [34, WIDE - 34] if len(line) == 2 else [34, 44, 34, 44]
                _ruled(document, [line], wide, named=True)
            paragraph(document, line=12)
        else:
            face(paragraph(document, indent=2).add_run(part), FANGSONG, SAN)
    for text in of.signs:
        face(paragraph(document, align=ALIGN.LEFT).add_run(text), FANGSONG, SAN)
    return _saved(document)


def _grid(document: Document, of: Grid) -> None:
    whole = sum(of.parts)
    _ruled(document, [of.heads, *of.rows], [WIDE * part / whole for part in of.parts], headed=True)
    paragraph(document, line=12)


def _ruled(document: Document, rows: Sequence[Sequence[str]], wide: Sequence[float], *, headed: bool = False, named: bool = False) -> None:
    """Ruled rows; rows that follow one another without a paragraph between them are one table to the eye, and to Word."""
    table = document.add_table(len(rows), len(wide))
    table.style, table.autofit = "Table Grid", False
    for column, mm in zip(table.columns, wide, strict=True):
        column.width = Mm(mm)
    for i, (row, said) in enumerate(zip(table.rows, rows, strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(element("cantSplit"))
        if headed and i == 0:
            properties.append(element("tblHeader"))
        for j, (cell, text) in enumerate(zip(row.cells, said, strict=True)):
            cell.width, cell.vertical_alignment = Mm(wide[j]), WD_ALIGN_VERTICAL.CENTER
            line = cell.paragraphs[0]
            line.paragraph_format.line_spacing, line.paragraph_format.space_after = Pt(22), Pt(0)
            line._p.get_or_add_pPr().insert_element_before(element("snapToGrid", val=0), "w:spacing", "w:ind", "w:jc")
            label = (headed and i == 0) or (named and j % 2 == 0)
            line.alignment = ALIGN.CENTER if headed or label else ALIGN.LEFT
            face(line.add_run(text), HEITI if label else FANGSONG, SMALL, tight=False)
