"""Where a sheet's head is, which column is which, and which rows are people: titles, subtotals, notes and blank rows are not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

from niangjia.kit.workbook import letters
from niangjia.members.importing.fields import FIELDS, field_of, head_word
from niangjia.members.importing.looking import Choice
from niangjia.members.importing.reading import Sheet, cells

LOOK = 40  # rows in which the head is looked for
NEEDED = ("name", "id")
SUMS = r"^(合\s*计|小\s*计|总\s*计|共\s*计|本页合计|累\s*计)"
NOTES = r"^(填表说明|填报说明|说明|注[:：]|备注[:：]|填表人|填报人|制表|审核人|审批人|负责人|工会负责人|单位负责人|经办人|联系电话[:：]|联系人|盖章|签章|申请单位|日期[:：]|\d{4}年\d{0,2}月\d{0,2}日?$|[(（]?盖章)"


@dataclass
class Mapped:
    """A sheet whose head was found: the columns by field, and the rows that are people."""

    name: str
    head_row: int  # as the sheet numbers it
    columns: dict[str, str]  # field -> the column's name in the frame
    heads: dict[str, str]  # field -> the head as it stands in the file
    rows: pl.DataFrame  # the fields, and `row`
    skipped: dict[str, int] = field(default_factory=dict)  # titles, heads, sums, notes, blank


def find_head(sheet: Sheet) -> tuple[int, int, dict[str, str], dict[str, str]] | None:
    """The head's first and last row and its columns; heads may stand in two rows, the upper merged over several columns."""
    best: tuple[int, int, int, dict[str, str], dict[str, str]] | None = None
    height = min(sheet.frame.height, LOOK)
    rows = [cells(sheet.frame, i) for i in range(height)]
    for i, row in enumerate(rows):
        single = _columns(row)
        candidates = [(i, single)]
        if i + 1 < height:
            candidates.append((i + 1, _columns(_two(row, rows[i + 1]))))
        for last, (columns, heads) in candidates:
            if not all(code in columns for code in NEEDED):
                continue
            score = len(columns) * 10 - (last - i)
            if best is None or score > best[0]:
                best = (score, i, last, columns, heads)
    return (best[1], best[2], best[3], best[4]) if best else None


def _two(upper: list[str], lower: list[str]) -> list[str]:
    """Two rows of heads as one: the lower where it says something, the upper before it where it alone says nothing."""
    said, over = [], ""
    for top, below in zip(upper, lower, strict=True):
        over = top or over
        if not below:
            said.append(top)
        elif field_of(below) and not field_of(top):
            said.append(below)
        else:
            said.append(over + below if field_of(over + below) else top if field_of(top) else below)
    return said


def _columns(row: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The first column of each field: a head that is known as a whole is taken before one that only resembles."""
    columns: dict[str, str] = {}
    heads: dict[str, str] = {}
    whole = {head for one in FIELDS for head in one.heads}
    for exact in (True, False):
        for i, text in enumerate(row):
            code = field_of(text)
            if code and code not in columns and (head_word(text) in whole) is exact:
                columns[code], heads[code] = f"c{i}", text
    return columns, heads


def chosen(sheet: Sheet, choice: Choice) -> tuple[int, int, dict[str, str], dict[str, str]] | None:
    """The head that a person chose, as `find_head` answers; None if the file has no such columns."""
    if any(code not in choice.columns for code in NEEDED) or max(choice.columns.values()) >= sheet.frame.width:
        return None
    last = choice.head_row - 1
    row = cells(sheet.frame, last) if 0 <= last < sheet.frame.height else [""] * sheet.frame.width
    columns = {code: f"c{i}" for code, i in choice.columns.items()}
    return max(last, 0), last, columns, {code: row[i] or letters(i) for code, i in choice.columns.items()}


def mapped(sheet: Sheet, choice: Choice | None = None) -> Mapped | None:
    """The people of a sheet; None where no head with names and numbers is found: instructions, code lists, charts."""
    found = chosen(sheet, choice) if choice else find_head(sheet)
    if found is None:
        return None
    first, last, columns, heads = found
    frame = sheet.frame.with_row_index("row", 1).with_columns(pl.col("row").cast(pl.Int32)).slice(last + 1)
    every = sheet.frame.columns
    text = [pl.col(c).fill_null("").str.strip_chars() for c in every]
    frame = frame.with_columns(text)
    filled = pl.sum_horizontal([(pl.col(c) != "").cast(pl.Int16) for c in every])
    known = pl.sum_horizontal([(pl.col(c) != "").cast(pl.Int16) for c in columns.values()])
    start = pl.concat_str([pl.col(c) for c in every[:4]])
    number, name = pl.col(columns["id"]), pl.col(columns["name"])
    few = number.str.contains(r"^[0-9]{0,7}(人|名)?$")  # a subtotal often stands in the column of the numbers
    kind = (
        pl.when(filled == 0).then(pl.lit("blank"))
        .when((name == heads["name"]) & (number == heads["id"])).then(pl.lit("heads"))
        .when(few & start.str.contains(SUMS)).then(pl.lit("sums"))
        .when(few & start.str.contains(r"(合\s*计|小\s*计|总\s*计)") & (name.str.contains(SUMS) | (name == ""))).then(pl.lit("sums"))
        .when((number == "") & start.str.contains(NOTES)).then(pl.lit("notes"))
        .when((number == "") & (known == 0)).then(pl.lit("notes"))
        .when((number == "") & (filled == 1) & (name == "")).then(pl.lit("notes"))
        .when((number == "") & (filled == 1) & (name.str.len_chars() > 6)).then(pl.lit("notes"))
        .when((number == "") & name.str.contains(NOTES)).then(pl.lit("notes"))
        .otherwise(pl.lit(""))
    )  # fmt: skip
    frame = frame.with_columns(kind.alias("kind"))
    counts = {str(k): int(n) for k, n in frame["kind"].value_counts().iter_rows() if k}
    counts["titles"] = first
    rows = frame.filter(pl.col("kind") == "").select("row", *(pl.col(c).alias(code) for code, c in columns.items()))
    return Mapped(sheet.name, last + 1, columns, heads, rows, {k: n for k, n in counts.items() if n})


def summed(skipped: list[dict[str, int]]) -> dict[str, Any]:
    """What was left out in all sheets together."""
    total: dict[str, int] = {}
    for one in skipped:
        for kind, n in one.items():
            total[kind] = total.get(kind, 0) + n
    return total
