"""The review as an official document in Word."""

from __future__ import annotations

import io
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from niangjia.kit.gongwen import (
    ER,
    FANGSONG,
    HEITI,
    KAITI,
    SAN,
    XIAOBIAOSONG,
    bare,
    element,
    face,
    imprint,
    page,
    page_number,
    paragraph,
)
from niangjia.kit.gongwen.ends import break_title, masthead, signature
from niangjia.kit.gongwen.pack import repack
from niangjia.reports.prose.compile import Compiled
from niangjia.reports.prose.table import HEADS, rows

HEADINGS = {1: HEITI, 2: KAITI, 3: FANGSONG}
BORN = datetime(1980, 1, 1, tzinfo=UTC)
WIDTHS = (14, 39, 32, 33, 14, 24)  # mm; 156 together


def annex(document: Document, out: Compiled, title: str, seal: str) -> None:
    """附件 on a new page: 黑体 at the left, its title on the third line, the table of figures (7.3.7, 8)."""
    english = out.english
    label = paragraph(document, align=ALIGN.LEFT)
    label.paragraph_format.page_break_before = True
    face(label.add_run("Annex" if english else "附件"), HEITI, SAN)
    paragraph(document)
    face(paragraph(document, align=ALIGN.CENTER, line=36).add_run(title), XIAOBIAOSONG, ER, tight=False)
    paragraph(document, line=12)
    for text in notes(out, seal):  # above the table: below it they might stand alone on a page
        face(paragraph(document, align=ALIGN.LEFT, line=14).add_run(text), FANGSONG, 9, tight=False)
    paragraph(document, line=8)
    heads = HEADS[out.language][: len(WIDTHS)]
    table = document.add_table(2, len(heads))
    table.style, table.autofit = "Table Grid", False
    for column, wide in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(wide)
    for i, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(element("cantSplit"))
        if i == 0:
            properties.append(element("tblHeader"))
        for j, cell in enumerate(row.cells):
            cell.width, cell.vertical_alignment = Mm(WIDTHS[j]), WD_ALIGN_VERTICAL.CENTER
            line = cell.paragraphs[0]
            line.paragraph_format.line_spacing, line.paragraph_format.space_after = Pt(17), Pt(0)
            line._p.get_or_add_pPr().insert_element_before(element("snapToGrid", val=0), "w:spacing", "w:ind", "w:jc")
            line.alignment = ALIGN.CENTER if i == 0 or j in (0, 4, 5) else ALIGN.RIGHT if j == 3 else ALIGN.LEFT
            face(line.add_run(heads[j]), HEITI if i == 0 else FANGSONG, 10.5, tight=False)
    model: Any = table.rows[1]._tr  # one row is formatted, the rest are copies of it: 5 times faster
    for r in rows(out):
        copy: Any = deepcopy(model)
        for node, text in zip(copy.iter(qn("w:t")), (r.ref, r.name, r.written, r.value, r.unit, r.period), strict=True):
            node.text = text
        model.addprevious(copy)
    table._tbl.remove(model)


def notes(out: Compiled, seal: str) -> list[str]:
    """What stands above the table of figures: as known on which day, and the digest by which the paper is told again."""
    day, english = out.review.head.get("所知", ""), out.english
    known = (f"Figures as known on {day}." if english else f"数字按{day}所知。") if day else ""
    digest = ("Digest of text and figures: " if english else "文本与数字摘要：") + seal if seal else ""
    return [text for text in (known, digest) if text]


def word(out: Compiled, seal: str = "", *, draft: bool = False) -> bytes:
    """The docx; byte-identical for the same review and the same figures. `seal` stands under the table of figures."""
    document, head, english = docx.Document(), out.review.head, out.english
    bare(document)
    core = document.core_properties
    core.author, core.last_modified_by, core.title, core.comments = head.get("机关", ""), "", head.get("标题", ""), ""
    core.created = core.modified = BORN
    core.revision = 1
    page(document.sections[0])
    page_number(document, document.sections[0])
    if "文号" in head and "机关标志" in head:
        masthead(document, head)
    for text in break_title(head.get("标题", "")):
        face(paragraph(document, align=ALIGN.CENTER, line=36).add_run(text), XIAOBIAOSONG, ER, tight=False)
    paragraph(document)
    if draft:
        face(paragraph(document, align=ALIGN.CENTER).add_run("Draft" if english else "草稿"), FANGSONG, SAN)
        paragraph(document)
    for line in out.lines:
        made = paragraph(document, indent=2)
        font = HEADINGS.get(line.level, FANGSONG)
        made.paragraph_format.keep_with_next = bool(line.level)
        face(made.add_run(line.text(english=english)), font, SAN).font.bold = english and bool(line.level)
    last: Any = document.paragraphs[-1].paragraph_format
    last.keep_with_next = last.widow_control = True  # the signature never stands on a page without text
    if title := head.get("附件", ""):
        paragraph(document).paragraph_format.keep_with_next = True
        note = paragraph(document, indent=2)
        note.paragraph_format.keep_with_next = True
        face(note.add_run(("Annex: " if english else "附件：") + title), FANGSONG, SAN)
    signature(document, head.get("机关", ""), head.get("日期", ""))
    if title:
        annex(document, out, title, seal)
    if "印发日期" in head:
        imprint(document, head.get("印发机关", ""), head["印发日期"] + "印发")
    language = document.styles.element.find(f".//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:eastAsia"), "zh-CN")
    sink = io.BytesIO()
    document.save(sink)
    return repack(sink.getvalue())
