"""What a workbook says beside its cells: which sheets and rows are hidden, which cells are one, which numbers are rounded.

It is looked at in a process of its own, with so much memory and time and no more: of a damaged file one cell may claim to stand at the
other end of the world, and whoever reads it as it says takes the whole house down. Only files that people made by hand are looked at so. A file of a
whole city was written by a program, hides nothing, and is not read a second time.
"""

from __future__ import annotations

import io
import json
import re
import resource
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

LARGE = 1e15  # from here on a number's last digits are made up: a spreadsheet keeps fifteen
BY_HAND, MOST = 8 << 20, 256 << 20  # bytes of a file, and of a sheet unpacked
MEMORY, PATIENCE = 2 << 30, 60  # bytes and seconds in which a file by hand is read, or it is damaged
ROW = re.compile(rb"<(?:\w+:)?row [^>]*>")
HIDDEN = re.compile(rb" hidden=[\"'](1|true)")
NUMBER = re.compile(rb" r=[\"'](\d+)")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
FEW = 100_000  # so many rows at once are the empty end of a sheet
Block = tuple[int, int, int, int]  # the first row, the first column, the last row, the last column; from nought on


@dataclass
class Seen:
    """One sheet."""

    merged: list[Block] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)  # as the sheet numbers them
    rounded: dict[tuple[int, int], str] = field(
        default_factory=dict
    )  # cells of numbers too large for a spreadsheet: the digits that are left
    hidden_sheet: bool = False


def looks(path: Path) -> dict[str, Seen]:
    """Of each sheet with people's rows, in a process of its own; nothing of a file that is too large. OSError if it cannot be read."""
    if path.stat().st_size > BY_HAND:
        return {}
    try:
        done = subprocess.run([sys.executable, "-m", __name__, str(path)], capture_output=True, timeout=PATIENCE, check=True)
    except subprocess.SubprocessError as error:
        raise OSError("no workbook that can be read") from error
    return {
        name: Seen([(a, b, c, d) for a, b, c, d in merged], set(rows), {(r, c): text for r, c, text in rounded}, hidden)
        for name, merged, rows, rounded, hidden in json.loads(done.stdout)
    }


def main(path: str) -> None:
    """Read it once as it will be read, then say what is beside its cells."""
    import fastexcel

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    data = Path(path).read_bytes()
    book = fastexcel.read_excel(data)
    for name in book.sheet_names:
        book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    found = [
        (name, one.merged, sorted(one.hidden_rows), [(*at, text) for at, text in one.rounded.items()], one.hidden_sheet)
        for name, one in looks_of(data).items()
    ]
    sys.stdout.write(json.dumps(found))


def looks_of(data: bytes) -> dict[str, Seen]:
    """The same of bytes, here."""
    import python_calamine as calamine

    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows: dict[str, set[int]] = {}
    blocks: dict[str, list[Block]] = {}
    found = {}
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            if "content.xml" in box.namelist():
                rows, blocks = _open_document(box)
            else:
                rows = _hidden_rows(box)
    for one in book.sheets_metadata:
        if one.typ == calamine.SheetTypeEnum.WorkSheet:
            seen = Seen(hidden_rows=rows.get(one.name, set()), hidden_sheet=one.visible != calamine.SheetVisibleEnum.Visible)
            if not seen.hidden_sheet:
                sheet = book.get_sheet_by_name(one.name)
                seen.merged = blocks.get(one.name) or [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
                seen.rounded = {
                    (r, c): f"{cell:.14E}"
                    for r, cells in enumerate(sheet.to_python(skip_empty_area=False))
                    for c, cell in enumerate(cells) if (type(cell) is float or type(cell) is int) and cell >= LARGE
                }  # fmt: skip
            found[one.name] = seen
    return found


def _hidden_rows(box: zipfile.ZipFile) -> dict[str, set[int]]:
    """The rows that a sheet of today's workbooks hides, by hand or by a filter."""
    names = set(box.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    if any(box.getinfo(name).file_size > BY_HAND for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")):
        return {}
    links = {one.get("Id"): one.get("Target", "") for one in ET.fromstring(box.read("xl/_rels/workbook.xml.rels"))}  # noqa: S314
    found = {}
    for one in ET.fromstring(box.read("xl/workbook.xml")).iter(f"{MAIN}sheet"):  # noqa: S314
        target = links.get(one.get(LINK), "").lstrip("/")
        part = target if target.startswith("xl/") else f"xl/{target}"
        if part in names and box.getinfo(part).file_size <= MOST:
            rows = [row for row in ROW.findall(box.read(part)) if HIDDEN.search(row)]
            found[one.get("name", "")] = {int(number[1]) for row in rows if (number := NUMBER.search(row))}
    return found


def _open_document(box: zipfile.ZipFile) -> tuple[dict[str, set[int]], dict[str, list[Block]]]:
    """The hidden rows of a workbook of the open format, and its cells that are one over several rows."""
    rows: dict[str, set[int]] = {}
    blocks: dict[str, list[Block]] = {}
    if box.getinfo("content.xml").file_size > MOST:
        return rows, blocks
    for table in ET.fromstring(box.read("content.xml")).iter(f"{TABLE}table"):  # noqa: S314
        name, r = table.get(f"{TABLE}name", ""), 0
        for line in table.iter(f"{TABLE}table-row"):
            times, c = int(line.get(f"{TABLE}number-rows-repeated", 1)), 0
            if line.get(f"{TABLE}visibility", "visible") != "visible" and times < FEW:
                rows.setdefault(name, set()).update(range(r + 1, r + 1 + times))
            for cell in line:
                high, wide = int(cell.get(f"{TABLE}number-rows-spanned", 1)), int(cell.get(f"{TABLE}number-columns-spanned", 1))
                if high > 1 or wide > 1:
                    blocks.setdefault(name, []).append((r, c, r + high - 1, c + wide - 1))
                c += int(cell.get(f"{TABLE}number-columns-repeated", 1))
            r += times
    return rows, blocks


if __name__ == "__main__":
    main(sys.argv[1])
