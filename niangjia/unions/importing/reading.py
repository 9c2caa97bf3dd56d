"""A file into rows of cells: heads found or chosen, dittos filled, sums and notes passed over; nothing is judged here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from niangjia.kit.columns import EXAMPLE, SIGNED, WORDS_FOR_DITTO, WORDS_FOR_NOTHING, Choice
from niangjia.kit.ids import credit_fault, narrow
from niangjia.kit.looking import common, known, look, most
from niangjia.kit.reading import Sheet, sheets
from niangjia.kit.tabled import LOOK, OVER
from niangjia.unions.importing.fields import BY_CODE, SHEET, code_of
from niangjia.unions.rules.sheets import UNION_HEADS

UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")  # marks that come with what is copied out of chats
PROPOSED = {
    "union credit": "uscc",
    "credit": "unit_uscc",
    "type": "kind",
    "industry": "industry",
    "category": "category",
    "union name": "name",
}
FOOT, SAMPLE = re.compile(SIGNED), re.compile(EXAMPLE)
SPEAKS = ("code", "uscc", "unit", "unit_uscc", "parent", "founded")  # what a row says besides a name, if it is one


@dataclass
class Read:
    """What was found in a file."""

    rows: list[tuple[int, int, dict[str, str]]] = field(default_factory=list)  # the sheet's number, the row, its cells
    sheets: list[dict[str, Any]] = field(default_factory=list)
    looks: list[dict[str, Any]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


def kind_of(values: pl.Series) -> str:
    """What a column holds: credit codes of unions or of others, types, industries, names of unions, days, numbers, text."""
    sample = values.to_list()
    codes = pl.Series([credit_fault(narrow(one), demo=True) == "" for one in sample])
    if most(values, codes):
        ours = pl.Series([narrow(one).startswith(UNION_HEADS) for one in sample])
        return "union credit" if most(values, ours) else "credit"
    for word, code in (("type", "kind"), ("industry", "industry"), ("category", "category")):
        if most(values, pl.Series([bool(code_of(code, one)) and not one.isdecimal() for one in sample])):
            return word
    named = pl.Series([one.endswith(("工会", "工会委员会", "工会联合会")) for one in sample])
    return "union name" if most(values, named) and values.n_unique() > values.len() // 2 else common(values)


def read(path: Path, choices: Mapping[int, Choice | None], habits: Mapping[str, Mapping[str, int]]) -> Read:
    """All sheets of a file: as it was chosen for them, else as this sender's tables are read, else by their heads."""
    made = Read()
    for number, sheet in enumerate(sheets(path, made.hidden)):
        chosen, how = choices.get(number), "choice"
        left_out = number in choices and chosen is None
        if chosen is None and (chosen := known(sheet, habits, LOOK)) is not None:
            how = "habit"
        found = None if left_out else (SHEET.chosen(sheet, chosen) if chosen else None) or SHEET.find_head(sheet)
        columns = {code: int(column[1:]) for code, column in found[2].items()} if found else {}
        how = how if chosen and columns == dict(chosen.columns) else "heads"
        said = "out" if left_out else how if found else ""
        made.looks.append(look(sheet, number, found[1] + 1 if found else 0, columns, said, kind_of=kind_of, fields=PROPOSED))
        if found is None:
            continue
        rows = list(_rows(sheet, found[1], columns, found[3]))
        made.rows += [(number, row, cells) for row, cells in rows]
        made.sheets.append(
            {"name": sheet.name, "number": number, "head_row": found[1] + 1, "heads": found[3], "rows": len(rows), "how": how, "hidden": len(sheet.seen.hidden_rows & {row for row, _cells in rows}) if sheet.seen.hidden_rows else 0}
        )  # fmt: skip
    return made


def _rows(sheet: Sheet, last: int, columns: Mapping[str, int], heads: Mapping[str, str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows that are unions or their employers, each with its number in the sheet."""
    above: dict[str, str] = {}
    merged = _merged(sheet, columns)
    for number, row in enumerate(sheet.frame.slice(last + 1).iter_rows(), start=last + 2):
        cells = {code: clean(str(row[i] or merged.get((number, i), "") or "")) for code, i in columns.items()}
        first = next((text for text in (clean(str(one or "")) for one in row) if text), "")
        if not any(cells.values()) or SAMPLE.match(cells.get("name", "")) or SAMPLE.match(first) or cells.get("name") == heads.get("name"):
            continue
        speaks = any(cells.get(code) for code in SPEAKS)
        if (
            OVER.match(first)
            or OVER.match(cells.get("name", ""))
            or (not speaks and (FOOT.search(first) or len([one for one in row if one]) <= 1))
        ):
            continue
        yield number, {code: text for code, text in _dittos(cells, above).items() if text}


def _merged(sheet: Sheet, columns: Mapping[str, int]) -> dict[tuple[int, int], str]:
    """What stands once for several rows, in each of them: the name of a joint union beside all its units, a type, a place above."""
    made: dict[tuple[int, int], str] = {}
    shared = {columns[code] for code in columns if BY_CODE[code].ditto or code in ("name", "code")}
    for top, left, bottom, right in sheet.seen.merged:
        if left == right and left in shared and bottom > top:
            text = str(sheet.frame[top, left] or "") if top < sheet.frame.height else ""
            made |= {(row + 1, left): text for row in range(top + 1, min(bottom, sheet.frame.height - 1) + 1)}
    return made


def _dittos(cells: dict[str, str], above: dict[str, str]) -> dict[str, str]:
    """同上 says what the cell above said, where one cell may speak for others; elsewhere it says nothing that can be taken."""
    for code, text in cells.items():
        if text in WORDS_FOR_DITTO and (BY_CODE[code].ditto or code == "name"):
            cells[code] = above.get(code, "")
        elif text:
            above[code] = text
    return cells


def clean(text: str) -> str:
    """A cell as it is read: half-width, trimmed, nothing where a word for nothing stands.

    >>> clean("　Ａ公司　"), clean("'2015.6"), clean("—"), clean("（某某）工会")
    ('A公司', '2015.6', '', '（某某）工会')
    """
    text = UNSEEN.sub("", text).strip()
    if found := re.fullmatch(r'="(.*)"', text, re.DOTALL):
        text = found[1]
    text = text.lstrip("'`’").strip()
    wide = {"（": "\ue000", "）": "\ue001"}  # brackets in names stay as they are on the seal
    for mark, held in wide.items():
        text = text.replace(mark, held)
    text = unicodedata.normalize("NFKC", text)
    for mark, held in wide.items():
        text = text.replace(held, mark)
    text = " ".join(text.split())
    return "" if text.upper() in WORDS_FOR_NOTHING else text
