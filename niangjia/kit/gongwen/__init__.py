"""The official layout, GB/T 9704-2012, as python-docx primitives.

Paper and type area: 5.1, 5.2.1 (210 × 297 mm; 37 above, 28 at the binding, 156 × 225). 5.2.3: 22 lines of 28
characters. 28 characters of 三号 (16 pt) need 158 mm, so each is set 0.25 pt closer; Word's own grid does the
same with type="linesAndChars", but WPS and LibreOffice agree only on type="lines". Fonts by name: 5.2.2, 7.3.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FANGSONG, KAITI, HEITI, XIAOBIAOSONG, SONGTI = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
LATIN, ER, SAN, SI = "Times New Roman", 22.0, 16.0, 14.0  # 二号, 三号, 四号
LINE = 225 / 22 / 25.4 * 72  # 28.99 pt
RED = RGBColor(0xFF, 0, 0)
AREA = 156 / 25.4 * 72  # width of the type area in points
CHAR = AREA / 28


def bare(document: Document) -> None:
    """Out of python-docx's template go thumbnail, custom XML, numbering, effects and 150 unused styles: 0.8 MB."""
    for owner in (document.part.package.rels, document.part.rels):
        for relation in list(owner.values()):
            if relation.reltype.endswith(("/thumbnail", "/customXml", "/numbering", "/stylesWithEffects")):
                del owner[relation.rId]
    keep = {"Normal", "DefaultParagraphFont", "TableNormal", "TableGrid", "NoList", "Header", "Footer"}
    for style in list(document.styles.element.findall(qn("w:style"))):
        if style.get(qn("w:styleId")) not in keep:
            document.styles.element.remove(style)


def element(tag: str, **attributes: str | int) -> Any:
    """An element of WordprocessingML; lxml's and python-docx's types disagree about children, hence Any."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def face(run: Run, east: str, size: float, tight: bool = True) -> Run:
    """A run in `east`, digits and Latin in Times New Roman, 0.25 pt closer where the grid wants it."""
    run.font.name, run.font.size, run.font.bold = LATIN, Pt(size), False
    properties = run._element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), east)
    for tag, value in (("spacing", -5), ("kern", 0)):
        if tight or tag == "kern":
            properties.insert_element_before(element(tag, val=value), "w:sz", "w:szCs", "w:lang")
    return run


def page(section: Section) -> None:
    """A4, the four margins, 22 lines; the page number's rule 7 mm below the type area (7.5)."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(35 - 7 - 5.6)
    properties: Any = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(element("docGrid", type="lines", linePitch=int(LINE * 20)))


def paragraph(document: Document, indent: float = 0, align: ALIGN = ALIGN.JUSTIFY, line: float = LINE) -> Paragraph:
    """On the line grid, first line indented by `indent` characters, no space added between Han and digits."""
    made = document.add_paragraph()
    flow = made.paragraph_format
    flow.alignment, flow.space_before, flow.space_after = align, Pt(0), Pt(0)
    flow.line_spacing_rule, flow.line_spacing, flow.widow_control = WD_LINE_SPACING.EXACTLY, Pt(int(line * 20) / 20), False
    properties: Any = made._p.get_or_add_pPr()
    for tag in ("overflowPunct", "autoSpaceDE", "autoSpaceDN"):
        properties.insert_element_before(element(tag, val=int(tag == "overflowPunct")), "w:spacing", "w:ind", "w:jc", "w:rPr")
    if line != LINE:  # the title's lines keep their own height; LibreOffice would round them up to the grid
        properties.insert_element_before(element("snapToGrid", val=0), "w:spacing", "w:ind", "w:jc", "w:rPr")
    if indent:
        flow.first_line_indent = Pt(CHAR * indent)
        properties.find(qn("w:ind")).set(qn("w:firstLineChars"), str(int(indent * 100)))
    return made


def rule(below: Paragraph, colour: str = "FF0000", space: int = 11) -> None:
    """A line as wide as the type area, 4 mm (11 pt) below the paragraph (7.2.7)."""
    borders = element("pBdr")
    borders.append(element("bottom", val="single", sz=12, space=space, color=colour))
    below._p.get_or_add_pPr().insert_element_before(borders, "w:overflowPunct", "w:autoSpaceDE", "w:spacing", "w:ind", "w:jc")


def page_number(document: Document, section: Section) -> None:
    """— 1 —, 四号 宋体, right on odd and left on even pages, one character in (7.5)."""
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        made = footer.paragraphs[0]
        made.alignment = align
        made.paragraph_format.line_spacing_rule, made.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(16)
        made.paragraph_format.left_indent = made.paragraph_format.right_indent = Pt(SI)
        for part in ("— ", None, " —"):
            run = face(made.add_run(part or ""), SONGTI, SI, tight=False)
            run.font.name = SONGTI
            if part is None:
                for kind in ("begin", "", "separate", "1", "end"):
                    run._element.append(field(kind))


def field(kind: str) -> Any:
    if kind in ("begin", "separate", "end"):
        return element("fldChar", fldCharType=kind)
    made = element("instrText" if not kind else "t")
    made.text = kind or "PAGE"
    return made


def imprint(document: Document, left: str, right: str) -> None:
    """版记: office and day of printing, 四号, one character in from both ends, between thick rules, at the foot
    of the last page (7.4).
    """
    made = paragraph(document, line=LINE)
    properties: Any = made._p.get_or_add_pPr()
    twips = int(AREA * 20)
    properties.insert(
        0, element("framePr", w=twips, hSpace=0, wrap="around", vAnchor="margin", hAnchor="margin", xAlign="left", yAlign="bottom")
    )
    borders = element("pBdr")
    for side in ("top", "bottom"):
        borders.append(element(side, val="single", sz=8, space=1, color="000000"))
    properties.insert_element_before(borders, "w:overflowPunct", "w:autoSpaceDE", "w:spacing", "w:ind", "w:jc")
    made.paragraph_format.tab_stops.add_tab_stop(Pt(AREA - SI), WD_TAB_ALIGNMENT.RIGHT)
    made.paragraph_format.alignment, made.paragraph_format.left_indent = ALIGN.LEFT, Pt(SI)
    face(made.add_run(f"{left}\t{right}"), FANGSONG, SI, tight=False)
