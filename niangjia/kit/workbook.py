"""Workbooks, written row by row straight into the packed file: the whole city takes no more memory than a page of it.

Every text is an inline string, which no spreadsheet works out; one that begins like a formula also carries the mark with
which spreadsheets themselves keep such a cell a text. Numbers are numbers. The look is one: heads in bold over a line,
frozen and repeated on each printed page, A4 landscape, who and when in the margins.

>>> import io
>>> with Book(io.BytesIO()) as book:
...     book.sheet("Unions", [Col("Name", 44), Col("Members", kind="number")], [["=1+1", 12], ["Firm & Co", None]])
2
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import TracebackType
from typing import IO, Any, Self
from xml.sax.saxutils import escape

from niangjia.kit.dates import CHINA

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MOST = 32_767  # characters of a cell; with more a spreadsheet calls the whole file damaged
MOST_ROWS, MOST_BYTES = 1_000_000, 2**31 - 2**26  # of a sheet: what is more goes on in a second one
BLOCK = 1000  # rows that are packed together
BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
RUNS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would work out, if it were no text
TEXT, HEAD, WRONG, SAID, NUMBER, YUAN, QUOTED, TITLE, WRAP, MENDED = range(10)  # styles
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><fonts count="4"><font><sz val="11"/><name val="宋体"/></font>'
    '<font><b/><sz val="11"/><name val="宋体"/></font><font><sz val="11"/><color rgb="FFB3261E"/><name val="宋体"/></font>'
    '<font><b/><sz val="14"/><name val="宋体"/></font></fonts>'
    '<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFF9E3E0"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE3F0E8"/></patternFill></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '<border><left/><right/><top/><bottom style="thin"><color auto="1"/></bottom><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="10"><xf numFmtId="49" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" borderId="1" applyNumberFormat="1" applyFont="1" applyBorder="1"/>'
    '<xf numFmtId="49" fillId="2" applyNumberFormat="1" applyFill="1"/><xf numFmtId="49" fontId="2" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="3" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/>'
    '<xf fontId="3" applyFont="1"/><xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fillId="3" applyNumberFormat="1" applyFill="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
Label = Any  # a string, or one translated when it is written


@dataclass(frozen=True)
class Col:
    """One column: its head, how wide it is in characters, and how its cells are set (text, number, yuan, wrap)."""

    head: Label
    width: float = 18
    kind: str = "text"


@dataclass(frozen=True)
class Mark:
    """What stands in the margins of every printed page: whose it is, and who took it away when."""

    left: str = ""
    right: str = ""
    foot: str = ""

    def xml(self) -> str:
        """The margins as a sheet declares them, nothing longer than a spreadsheet takes; a blank parts the size of the letters from a digit."""

        def said(text: str) -> str:
            return escape(BAD.sub("", text)[:105].replace("&", "&&"))

        head = "".join(f"&amp;{side}&amp;8 {said(text)}" for side, text in (("L", self.left), ("R", self.right)) if text)
        foot = (f"&amp;L&amp;8 {said(self.foot)}" if self.foot else "") + "&amp;R&amp;8 &amp;P/&amp;N"
        return f"<headerFooter>{f'<oddHeader>{head}</oddHeader>' if head else ''}<oddFooter>{foot}</oddFooter></headerFooter>"


def letters(column: int) -> str:
    """The name of a column.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def clean(text: str) -> str:
    """A text as XML holds it."""
    return escape(BAD.sub("", text[:MOST]))


def cell(at: str, text: str, style: int = TEXT) -> str:
    """One cell of text, at an address."""
    if style == TEXT and text.startswith(RUNS):
        style = QUOTED
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{clean(text)}</t></is></c>'


END = "</t></is></c>"
Row = Sequence[Any]


def lines(columns: Sequence[Col], rows: Iterable[Row], first: int) -> Iterator[str]:
    """Rows as XML, numbered from `first`. A million cells a second: what most cells are is told by their type and one look."""
    wraps = {i for i, one in enumerate(columns) if one.kind == "wrap"}
    frames = [
        (
            f'<c r="{at}\x01" s="{WRAP if i in wraps else TEXT}" t="inlineStr"><is><t>',
            f'<c r="{at}\x01" s="{YUAN if one.kind == "yuan" else NUMBER}"><v>',
            f"{at}\x01",
            WRAP if i in wraps else TEXT,
        )
        for i, (at, one) in enumerate((letters(i), one) for i, one in enumerate(columns))
    ]
    number = first
    for row in rows:
        parts = []
        for (text, figure, at, style), value in zip(frames, row, strict=True):
            if value is None or value == "":
                continue
            kind = type(value)
            if kind is str:
                parts.append(text + value + END if value.isalnum() and len(value) < MOST else cell(at, value, style))
            elif kind is int or kind is float or kind is Decimal:
                parts.append(f"{figure}{value}</v></c>")
            elif kind is datetime:
                parts.append(f"{text}{value.astimezone(CHINA):%Y-%m-%d %H:%M}{END}")
            elif kind is date:
                parts.append(f"{text}{value.isoformat()}{END}")
            else:
                parts.append(cell(at, str(value), style))
        yield f'<row r="{number}">{"".join(parts)}</row>'.replace("\x01", str(number))
        number += 1


class Book:
    """A workbook that is being written: sheet after sheet, into a file or a stream that cannot go back."""

    def __init__(self, out: IO[bytes], mark: Mark | None = None) -> None:
        self.box = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self.mark = mark or Mark()
        self.names: list[tuple[str, int]] = []  # and the row of the heads, which printed pages repeat

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self._close()
        self.box.close()

    def sheet(self, name: str, columns: Sequence[Col], rows: Iterable[Row], above: Sequence[str] = (), foot: str = "") -> int:
        """A table under its heads, lines of title above them, a note below as one cell; one too long for a sheet goes on in the next. Answers how many rows."""
        titles = [f'<row r="{i}">{cell(f"A{i}", text, TITLE if i == 1 else TEXT)}</row>' for i, text in enumerate(above, 1)]
        at = len(titles) + 1
        head = "".join(cell(f"{letters(i)}{at}", str(one.head), HEAD) for i, one in enumerate(columns))
        begin = "".join([*titles, f'<row r="{at}">{head}</row>'])
        body, many, part = iter(rows), 0, 0
        while True:
            part += 1
            title = name if part == 1 else f"{name[:25]} ({part})"
            cut = Cut(body)
            written = self.raw(title, lines(columns, cut, at + 1), columns, begin=begin, head=at, cut=cut, foot=foot)
            many += written
            if cut.ended:
                return many

    def raw(
        self,
        name: str,
        rows: Iterable[str],
        columns: Sequence[Col] = (),
        *,
        begin: str = "",
        head: int = 0,
        cut: Cut | None = None,
        foot: str = "",
    ) -> int:
        """A sheet of rows that are XML already. Answers how many."""
        used = {one for one, _head in self.names}
        title = re.sub(r"[\[\]:*?/\\]", "", name).strip("'")[:31] or f"Sheet{len(self.names) + 1}"
        self.names.append((title if title not in used else f"{title[:27]} ({len(used)})", head))
        many = 0
        with self.box.open(f"xl/worksheets/sheet{len(self.names)}.xml", "w") as sheet:
            size = sheet.write(f'{XML}<worksheet xmlns="{MAIN}">{self._before(columns, head)}<sheetData>{begin}'.encode())
            block: list[str] = []
            for row in rows:
                block.append(row)
                if len(block) == BLOCK:
                    many += BLOCK
                    size += sheet.write("".join(block).encode())
                    block.clear()
                    if cut is not None and (many >= MOST_ROWS or size > MOST_BYTES):
                        cut.full = True
            many += len(block)
            last, merged = head + many + 1, ""
            if foot and (cut is None or cut.ended):
                block.append(f'<row r="{last}">{cell(f"A{last}", foot, WRAP)}</row>')
                merged = f'<mergeCells count="1"><mergeCell ref="A{last}:{letters(max(len(columns) - 1, 1))}{last}"/></mergeCells>'
            sheet.write("".join([*block, "</sheetData>", merged, AFTER, self.mark.xml(), "</worksheet>"]).encode())
        return many

    @staticmethod
    def _before(columns: Sequence[Col], head: int) -> str:
        frozen = (
            f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/>'
            "</sheetView></sheetViews>"
            if head
            else ""
        )
        widths = "".join(f'<col min="{i}" max="{i}" width="{one.width}" customWidth="1"/>' for i, one in enumerate(columns, 1))
        return f'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>{frozen}{f"<cols>{widths}</cols>" if widths else ""}'

    def _close(self) -> None:
        """What ties the sheets together."""
        if not self.names:
            self.raw("Sheet1", ())
        parts = range(1, len(self.names) + 1)
        listed, repeated = [], []
        for i, (name, head) in enumerate(self.names, 1):
            listed.append(f'<sheet name="{escape(name, QUOTES)}" sheetId="{i}" r:id="r{i}"/>')
            if head:
                where = escape(name.replace("'", "''"))
                repeated.append(f'<definedName name="_xlnm.Print_Titles" localSheetId="{i - 1}">\'{where}\'!${head}:${head}</definedName>')
        names = f"<definedNames>{''.join(repeated)}</definedNames>" if repeated else ""
        links = "".join(f'<Relationship Id="r{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in parts)
        over = "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{TYPES}.worksheet+xml"/>' for i in parts)
        for path, text in {
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{"".join(listed)}</sheets>{names}</workbook>',
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{RELS}">{links}<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
            ),
            "xl/styles.xml": STYLES.removeprefix(XML),
            "_rels/.rels": (
                f'<Relationships xmlns="{RELS}"><Relationship Id="w" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
            ),
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                '<Default Extension="xml" ContentType="application/xml"/>'
                f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
                f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/>{over}</Types>'
            ),
        }.items():
            self.box.writestr(path, XML + text)


QUOTES = {'"': "&quot;"}
AFTER = (
    '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
)


class Cut:
    """Rows that stop when a sheet is full, and go on in the next: nothing is read ahead and lost."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self.rows, self.full, self.ended = rows, False, False

    def __iter__(self) -> Iterator[Row]:
        while not self.full:
            try:
                row = next(self.rows)
            except StopIteration:
                self.ended = True
                return
            yield row
