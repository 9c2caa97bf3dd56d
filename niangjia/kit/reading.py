"""A file into sheets of text: CSV in UTF-8 or GB18030, xlsx, xls, ods, told apart by their bytes and not by their names."""

from __future__ import annotations

import codecs
import csv
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from niangjia.kit.errors import RuleBroken
from niangjia.kit.looks import Seen, looks

if TYPE_CHECKING:
    import polars as pl

BOOKS = {b"PK\x03\x04": "zip", b"\xd0\xcf\x11\xe0": "ole"}
PAGES = re.compile(rb"\s*(<!doctype|<html|<head|<meta|<table|<\?xml|<workbook|mime-version)", re.IGNORECASE)
BLOCK = 1 << 20
WPS = (".et", ".ett")
LOOK = 60  # lines in which a CSV shows how many columns it has
MOST_COLUMNS = 200


@dataclass
class Sheet:
    """One table of a file; the row i of the frame is the row i + 1 of the sheet, so that people find what is said of it."""

    name: str
    frame: pl.DataFrame
    seen: Seen = field(default_factory=Seen)


def no_wps(name: str) -> None:
    """RuleBroken for a file of WPS's own kind: none that WPS wrote was at hand, so nobody can say that all of it would be read."""
    if name.lower().endswith(WPS):
        raise RuleBroken(_("Files of WPS's own kind (.et) are not taken. Open it in WPS, choose “Save as”, kind .xlsx, and send that."))


def sheets(path: Path, hidden: list[str] | None = None, *, again: bool = False) -> Iterator[Sheet]:
    """The visible sheets of a file, one after the other: a large one is let go before the next is read.

    `hidden` is given the names of those that nobody sees. `again`: it was read before, and what is beside its cells is not asked.
    """
    with path.open("rb") as file:
        kind = BOOKS.get(file.read(4), "")
    yield from _workbook(path, hidden if hidden is not None else [], again=again) if kind else _csv(path)


def _workbook(path: Path, hidden: list[str], *, again: bool) -> Iterator[Sheet]:
    import fastexcel
    import polars as pl

    with _readable(
        _(
            "This file cannot be opened as a workbook: it is damaged, or a cell stands very far from all others. Copy the table into a new workbook, save it as .xlsx, and send it again."
        )
    ):
        beside = {} if again else looks(path)
        book = fastexcel.read_excel(path.read_bytes())  # bytes: the kind is found in them, whatever the name says
    hidden += [name for name, look in beside.items() if look.hidden_sheet]
    for name in book.sheet_names:
        with _readable(_("The sheet %(name)s cannot be read. Save the workbook anew and send it again.") % {"name": name}):
            sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        if sheet.visible != "visible" or not sheet.height or not sheet.width:
            continue
        with _readable(_("The sheet %(name)s cannot be read. Save the workbook anew and send it again.") % {"name": name}):
            frame = pl.DataFrame(sheet)
        del sheet
        yield Sheet(str(name), frame.rename({old: f"c{i}" for i, old in enumerate(frame.columns)}), beside.get(str(name), Seen()))


@contextmanager
def _readable(said: str) -> Iterator[None]:
    """A sentence instead of whatever the readers raise; they are written in another language, and what breaks there is no Exception here."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise RuleBroken(said) from error


def _csv(path: Path) -> Iterator[Sheet]:
    import polars as pl

    try:
        frame = _columns(path)
    except (pl.exceptions.PolarsError, csv.Error):  # their words quote the file, and would carry people into the log
        raise RuleBroken(
            _(
                "This table of text cannot be parted into columns: a quotation mark is opened and never closed, or a cell is far too long. Open it in your spreadsheet program, look at the last lines, save it as .xlsx, and send it again."
            )
        ) from None
    yield Sheet("", frame)


def _columns(path: Path) -> pl.DataFrame:
    import polars as pl

    encoding = encoding_of(path)
    with tempfile.NamedTemporaryFile(suffix=".csv") as clean:
        gaps = _transcode(path, encoding, clean)
        comma, width = _shape(Path(clean.name))
        columns = [f"c{i}" for i in range(width)]
        if gaps:  # the fast reader leaves out empty lines, and the rows would lose their numbers
            with Path(clean.name).open(encoding="utf-8", newline="") as file:
                rows = [(row + [""] * width)[:width] for row in csv.reader(file, delimiter=comma)]
            frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
        else:
            frame = pl.read_csv(
                clean.name, has_header=False, separator=comma, schema=dict.fromkeys(columns, pl.String), extra_columns="ignore", missing_columns="insert",
                infer_schema=False,
            )  # fmt: skip
    return frame


def encoding_of(path: Path) -> str:
    """UTF-8 if every byte agrees, else UTF-16 with its mark, else GB18030; a sentence if none of them reads it."""
    with path.open("rb") as file:
        head = file.read(200)
    no_page(head)
    wide = head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        decode = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while block := file.read(BLOCK):
                    if b"\x00" in block and not wide:
                        raise RuleBroken(_("This is neither a workbook nor a table of text. Send .xlsx, .xls, .ods or .csv."))
                    decode.decode(block)
                decode.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise RuleBroken(_("The text of this file can be read neither as UTF-8 nor as GB18030. Save it as a workbook and send it again."))


def no_page(head: bytes) -> None:
    """A sentence for what begins as a web page does: some systems give such out, under the name of a workbook."""
    if PAGES.match(head.removeprefix(codecs.BOM_UTF8)):
        raise RuleBroken(
            _(
                "This is a web page with the name of a table, as some systems give them out. Open it in your spreadsheet program, save it as .xlsx, and send it again."
            )
        )


def _transcode(path: Path, encoding: str, out: IO[bytes]) -> bool:
    """Write the file as UTF-8 with plain line ends; say whether lines are missing between others."""
    decode = codecs.getincrementaldecoder(encoding)()
    last, gaps = "", False
    with path.open("rb") as file:
        while True:
            block = file.read(BLOCK)
            text = decode.decode(block, final=not block)
            if text and last == "\r" and text[0] != "\n":
                text = "\r" + text
            if text.endswith("\r") and block:
                last, text = "\r", text[:-1]
            else:
                last = ""
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            gaps = gaps or "\n\n" in text or (text[:1] == "\n" and out.tell() == 0)
            out.write(text.encode())
            if not block:
                break
    out.flush()
    return gaps


def _shape(path: Path) -> tuple[str, int]:
    """What parts the columns, and how many there are in the first lines."""
    with path.open(encoding="utf-8", newline="") as file:
        first = [line for line, _n in zip(file, range(LOOK), strict=False)]
    if not "".join(first).strip():
        raise RuleBroken(_("There is nothing in this file. Look whether the right one was chosen."))
    comma = max(",\t;|", key=lambda mark: sum(line.count(mark) for line in first))
    width = max(len(row) for row in csv.reader(first, delimiter=comma))
    return comma, min(width, MOST_COLUMNS)


def cells(frame: Any, row: int) -> list[str]:
    """One row of a frame as text."""
    return [str(value or "").strip() for value in frame.row(row)]
