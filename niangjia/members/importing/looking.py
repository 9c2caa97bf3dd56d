"""What a sheet looks like, so that a person can say how it is to be read: the rows at its top, covered, and what stands in each column.

Columns are found by their heads. Where no head says so, what stands in them is proposed, never taken.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from niangjia.kit import mask
from niangjia.kit.reading import Sheet, cells
from niangjia.members.importing import numbers
from niangjia.members.importing.checks import NUMBER
from niangjia.members.importing.days import day
from niangjia.members.importing.fields import field_of

TOP, WIDE, LONG = 12, 60, 24  # rows, columns and characters that are kept of a sheet
SAMPLE, MOST = 500, 0.8  # so many rows say what a column holds, if so many of them agree
NAME, PHONE = r"^[\u4e00-\u9fff·]{2,4}$", r"^(1[3-9][0-9]{9}|100[0-9]{8})$"
HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
NAMES = rf"{HAN}{{2,6}}|{HAN}+(·{HAN}+)+"  # whatever could be somebody's is covered, a job with it
LARGE = re.compile(r"\d{6,}|\d\.\d+E\+?\d+", re.IGNORECASE)  # people's rows hold such numbers, heads and titles do not
PROPOSED = {"id": "id", "phone": "phone", "name": "name"}  # kind of content: field


@dataclass(frozen=True)
class Choice:
    """How a person wants a sheet read: its head row (0: it has none), and the number of the column of each field."""

    head_row: int
    columns: Mapping[str, int]


def digest(row: list[str]) -> str:
    """The words of a head, by which the same table is known again; empty where a row can be no head."""
    said = [text for text in row if text]
    if len(said) < 2 or any(LARGE.search(text) for text in said):
        return ""
    return hashlib.sha256("\x1f".join(row).rstrip("\x1f").encode()).hexdigest()


def known(sheet: Sheet, habits: Mapping[str, Mapping[str, int]], within: int) -> Choice | None:
    """How this sender's table is read, if one of its rows is a head that somebody has chosen the columns of."""
    for i in range(min(within, sheet.frame.height) if habits else 0):
        if (columns := habits.get(digest(cells(sheet.frame, i)))) is not None:
            return Choice(i + 1, columns)
    return None


def kinds(frame: pl.DataFrame, on: date) -> dict[int, str]:
    """What stands in each column: id, phone, name, date, number, text; nothing is said of empty ones."""
    found = {}
    for i, column in enumerate(frame.columns[:WIDE]):
        values = frame[column].head(SAMPLE).fill_null("").str.normalize("NFKC").str.strip_chars().str.strip_chars_start("'`’")
        values = values.filter(values != "")
        if values.len():
            found[i] = _kind(values, on)
    return found


def _kind(values: pl.Series, on: date) -> str:
    def most(fits: pl.Series) -> bool:
        return float(fits.sum()) >= MOST * values.len()

    as_numbers = values.to_frame("id").select(NUMBER).to_series()
    if most(numbers.faults(as_numbers, on=on, demo=True) == ""):
        return "id"
    plain = values.str.replace_all(r"[\s\-]", "").str.replace(r"^\+?86", "").str.replace(r"\.0+$", "")
    if most(plain.str.contains(PHONE)):
        return "phone"
    if most(values.str.replace_all(r"\s", "").str.contains(NAME)) and values.n_unique() > values.len() // 2 and values.len() > 1:
        return "name"
    if most(pl.Series([day(value) is not None for value in values.to_list()])):
        return "date"
    return "number" if most(values.str.contains(r"^-?[0-9.,]+$")) else "text"


def proposed(heads: Mapping[str, int], found: Mapping[int, str]) -> dict[str, int]:
    """Fields that no head names and that exactly one other column holds."""
    taken, made = set(heads.values()), {}
    for kind, code in PROPOSED.items():
        those = [i for i, one in found.items() if one == kind and i not in taken]
        if code not in heads and len(those) == 1:
            made[code] = those[0]
    return made


def named(row: list[str]) -> dict[str, int]:
    """The columns that a row of heads names."""
    made: dict[str, int] = {}
    for i, text in enumerate(row):
        if (code := field_of(text)) and code not in made:
            made[code] = i
    return made


def covered(row: list[str]) -> list[str]:
    """A row as it may be kept and shown: people's rows without their names and numbers."""
    if not any(LARGE.search(text) for text in row):
        return row
    return [_covered(text) for text in row]


def _covered(text: str) -> str:
    if re.fullmatch(NAMES, text):
        return mask.name(text)
    return re.sub(r"\d{5,}[\dXx]*", lambda found: found[0][:3] + "****", text)


def look(sheet: Sheet, number: int, on: date, head_row: int, columns: Mapping[str, int], how: str) -> dict[str, Any]:
    """All that the page of the columns shows of a sheet. `how`: by its heads, by habit, by choice; empty if it was not read."""
    height = min(sheet.frame.height, max(TOP, head_row + 3))
    rows = [cells(sheet.frame, i) for i in range(height)]
    top = [[text[:LONG] for text in covered(row[:WIDE])] for row in rows]
    found = kinds(sheet.frame.slice(head_row, SAMPLE), on)
    return {
        "number": number, "name": sheet.name, "width": min(sheet.frame.width, WIDE), "head_row": head_row, "columns": dict(columns), "how": how,
        "kinds": {str(i): kind for i, kind in found.items()}, "proposed": proposed(columns, found), "top": top,
        "digests": [digest(row) for row in rows],
    }  # fmt: skip
