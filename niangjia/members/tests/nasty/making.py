"""Made-up people and the pens with which nasty workbooks are written. Knows nothing of the reader: its own check digits, its own writers."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import xlsxwriter

FIRM, MILL = "煤山青禾电池有限公司工会", "煤山云锦纺织有限公司工会"  # of the town, in one township; and the units that they cover
FIRM_UNIT, MILL_UNIT = FIRM.removesuffix("工会"), MILL.removesuffix("工会")
HEAD = ["序号", "姓名", "身份证号码", "手机号码", "入会时间", "岗位"]
JOINED = dt.date(2015, 6, 1)


def number(n: int, born: str = "19850312") -> str:
    """The n-th made-up identity number; odd ones are men's."""
    first = f"330599{born}{n:03d}"
    weights = [2**power % 11 for power in range(17, 0, -1)]
    return first + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True)) % 11]


def old(n: int) -> str:
    """The same as a card of before 2004 bore it."""
    whole = number(n)
    return whole[:6] + whole[8:17]


def name(n: int) -> str:
    """A made-up name, another for each number up to a thousand."""
    return "沈陆钮费闵蔡姚严潘俞"[n % 10] + "永小建春文丽国志海雪"[n // 10 % 10] + "芳平生英林根娣荣琴宝"[(n + n // 100) % 10]


def phone(n: int) -> str:
    """A made-up mobile."""
    return f"100{n:08d}"


def row(n: int, **other: Any) -> list[Any]:
    """One good row under HEAD, unless told otherwise."""
    facts = {"no": str(n), "name": name(n), "id": number(n), "phone": phone(n), "joined": "2015-06-01", "job": "挡车工"}
    return list((facts | other).values())


@dataclass(frozen=True)
class Formula:
    """A cell that is worked out, with what the program that wrote it found."""

    text: str
    value: Any


@dataclass(frozen=True)
class Nasty:
    """A file as somebody really sends it: what is odd in it in a sentence, who comes in, and which rows are bad by which fault.

    What comes in is as in `row`, but for what is said: by the person's number. Rows are as the sheet numbers them.
    """

    slug: str
    habit: str
    make: Callable[[Path], None]
    good: Mapping[int, Mapping[str, Any]]
    bad: Mapping[tuple[str, int], set[str]]
    suffix: str = ".xlsx"
    union: str = "firm"  # of the town, for which it is read
    already: Sequence[int] = ()  # who stands in the register before
    same: int = 0  # rows that say nothing new
    refused: str = ""  # a word of the sentence with which the whole file is refused
    office: bool = False  # also saved anew by an office program, in its ways (which writes a text that is worked out as 0 into .xls)


ALL: list[Nasty] = []


def nasty(
    habit: str,
    *,
    good: Sequence[int] | Mapping[int, Mapping[str, Any]] = (),
    bad: Mapping[Any, str] | None = None,
    sheet: str = "名册",
    **facts: Any,
) -> Callable[[Callable[[Path], None]], Callable[[Path], None]]:
    """Note a maker of a nasty file with what is expected of it. `bad`: a row of the sheet, or a sheet and a row, and its faults."""

    def note(make: Callable[[Path], None]) -> Callable[[Path], None]:
        here = "" if facts.get("suffix") == ".csv" else sheet
        wrong = {(at if isinstance(at, tuple) else (here, at)): set(codes.split()) for at, codes in (bad or {}).items()}
        right = good if isinstance(good, Mapping) else {n: {} for n in good}
        ALL.append(Nasty(make.__name__.replace("_", "-"), habit, make, right, wrong, **facts))
        return make

    return note


@dataclass
class Pen:
    """A workbook that is being written."""

    path: Path
    options: dict[str, Any] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self.book = xlsxwriter.Workbook(str(self.path), self.options)
        self.day = self.book.add_format({"num_format": "yyyy/m/d"})
        self.title = self.book.add_format({"align": "center", "bold": True})
        self.note = self.book.add_format({"text_wrap": True, "valign": "top"})
        return self

    def __exit__(self, *_: object) -> None:
        self.book.close()

    def sheet(self, rows: Sequence[Sequence[Any]] = (), name: str = "名册", at: int = 0) -> Any:
        """A sheet with rows from the row `at` on."""
        made = self.book.add_worksheet(name)
        for r, cells in enumerate(rows, at):
            for c, value in enumerate(cells):
                self.cell(made, r, c, value)
        return made

    def cell(self, sheet: Any, r: int, c: int, value: Any) -> None:
        """A cell of the kind that its value is."""
        if isinstance(value, Formula):
            sheet.write_formula(r, c, value.text, None, value.value)
        elif isinstance(value, dt.date):
            sheet.write_datetime(r, c, value, self.day)
        elif isinstance(value, (int, float)):
            sheet.write_number(r, c, value)
        elif value:
            sheet.write_string(r, c, value)


def simple(path: Path, *rows: Sequence[Any], head: Sequence[str] = HEAD) -> None:
    """A workbook of one sheet: a title over all columns, the heads, the rows. The first row stands in line 3."""
    with Pen(path) as pen:
        made = pen.sheet([[], head, *rows])
        made.merge_range(0, 0, 0, len(head) - 1, "某某工会会员名册（合成）", pen.title)


def text(
    path: Path, rows: Sequence[Sequence[Any]], *, encoding: str = "utf-8", comma: str = ",", end: str = "\r\n", before: str = ""
) -> None:
    """A table of text."""
    out = io.StringIO()
    csv.writer(out, delimiter=comma, lineterminator=end).writerows(rows)
    path.write_bytes((before + out.getvalue()).encode(encoding))


def picture() -> io.BytesIO:
    """A red dot, as a stamp or a photo is pasted in."""
    import struct
    import zlib

    def part(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    lines = b"".join(b"\x00" + b"\xc0\x20\x20" * 8 for _ in range(8))
    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(lines)) + part(b"IEND", b""))
