"""What stands above and below the text of an official document: masthead, title, signature."""

from __future__ import annotations

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from niangjia.kit.gongwen import AREA, CHAR, ER, FANGSONG, RED, SAN, XIAOBIAOSONG, face, paragraph, rule


def width(text: str) -> float:
    """In characters: Han one, digits and Latin half."""
    return sum(1.0 if ord(c) > 0x2000 else 0.5 for c in text)


def break_title(title: str) -> list[str]:
    """A long title breaks after —— or at a space, never within a word, and tapers (7.3.1: 梯形或菱形)."""
    room = AREA / ER
    if width(title) <= room:
        return [title]
    pieces = title.replace("——", "\n——").replace("　", "　\n").split("\n")
    lines = [""]
    for piece in pieces:
        if width(lines[-1] + piece) > room and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return [line.strip("　 ") for line in lines]


def masthead(document: Document, head: dict[str, str]) -> None:
    """发文机关标志, 发文字号, the red rule (7.2.4, 7.2.5, 7.2.7); left out where the review has no number."""
    mark = paragraph(document, align=ALIGN.CENTER, line=60)
    mark.paragraph_format.space_before = Mm(35)
    size = min(48.0, AREA / width(head["机关标志"]))
    face(mark.add_run(head["机关标志"]), XIAOBIAOSONG, size, tight=False).font.color.rgb = RED
    for _ in range(2):
        paragraph(document)
    number = paragraph(document, align=ALIGN.CENTER)
    face(number.add_run(head["文号"]), FANGSONG, SAN)
    rule(number)
    for _ in range(2):
        paragraph(document)


def signature(document: Document, office: str, date: str) -> None:
    """Unsealed (7.3.5.2): the date two characters in from the right and two right of the office's name."""
    paragraph(document).paragraph_format.keep_with_next = True
    shift = max(2.0, 2 + width(date) + 2 - width(office))
    for text, right in ((office, shift), (date, 2.0)):
        line = paragraph(document, align=ALIGN.RIGHT)
        line.paragraph_format.right_indent, line.paragraph_format.keep_with_next = Pt(right * CHAR), text == office
        face(line.add_run(text), FANGSONG, SAN)
