"""What a sheet looks like, so that a person can say how it is to be read: the rows at its top, covered, and what stands in each column.

Columns are found by their heads. Where no head says so, what stands in them is proposed, never taken.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from niangjia.kit import mask
from niangjia.kit.columns import Choice
from niangjia.kit.days import day
from niangjia.kit.reading import Sheet, cells

TOP, WIDE, LONG = 12, 60, 24  # rows, columns and characters that are kept of a sheet
SAMPLE, MOST = 500, 0.8  # so many rows say what a column holds, if so many of them agree
HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
NAMES = rf"{HAN}{{2,6}}|{HAN}+(·{HAN}+)+"  # whatever could be somebody's is covered, a job with it
LARGE = re.compile(r"\d{6,}|\d\.\d+E\+?\d+", re.IGNORECASE)  # people's rows hold such numbers, heads and titles do not
KindOf = Callable[[pl.Series], str]


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


def kinds(frame: pl.DataFrame, kind_of: KindOf) -> dict[int, str]:
    """What stands in each column, in a word; nothing is said of empty ones."""
    found = {}
    for i, column in enumerate(frame.columns[:WIDE]):
        values = frame[column].head(SAMPLE).fill_null("").str.normalize("NFKC").str.strip_chars().str.strip_chars_start("'`’")
        values = values.filter(values != "")
        if values.len():
            found[i] = kind_of(values)
    return found


def most(values: pl.Series, fits: pl.Series) -> bool:
    """Whether so many values fit that a column is said to hold them."""
    return float(fits.sum()) >= MOST * values.len()


def common(values: pl.Series) -> str:
    """What any column may hold: date, number, text."""
    if most(values, pl.Series([day(value) is not None for value in values.to_list()])):
        return "date"
    return "number" if most(values, values.str.contains(r"^-?[0-9.,]+$")) else "text"


def proposed(heads: Mapping[str, int], found: Mapping[int, str], fields: Mapping[str, str]) -> dict[str, int]:
    """Fields that no head names and that exactly one other column holds; `fields`: by the kind of its content."""
    taken, made = set(heads.values()), {}
    for kind, code in fields.items():
        those = [i for i, one in found.items() if one == kind and i not in taken]
        if code not in heads and len(those) == 1:
            made[code] = those[0]
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


def look(
    sheet: Sheet, number: int, head_row: int, columns: Mapping[str, int], how: str, *, kind_of: KindOf, fields: Mapping[str, str]
) -> dict[str, Any]:
    """All that the page of the columns shows of a sheet. `how`: by its heads, by habit, by choice; empty if it was not read.

    `kind_of` says what stands in a column, `fields` which field each kind is proposed as.
    """
    height = min(sheet.frame.height, max(TOP, head_row + 3))
    rows = [cells(sheet.frame, i) for i in range(height)]
    top = [[text[:LONG] for text in covered(row[:WIDE])] for row in rows]
    found = kinds(sheet.frame.slice(head_row, SAMPLE), kind_of)
    return {
        "number": number, "name": sheet.name, "width": min(sheet.frame.width, WIDE), "head_row": head_row, "columns": dict(columns), "how": how,
        "kinds": {str(i): kind for i, kind in found.items()}, "proposed": proposed(columns, found, fields), "top": top,
        "digests": [digest(row) for row in rows],
    }  # fmt: skip
