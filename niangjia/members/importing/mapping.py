"""Where a sheet's head is, which column is which, and which rows are people: titles, subtotals, notes and blank rows are not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from niangjia.kit.columns import EXAMPLE, SIGNED, Choice
from niangjia.kit.errors import RuleBroken
from niangjia.kit.reading import Sheet, cells
from niangjia.kit.tabled import NOTES, SUMS, head_word
from niangjia.members.importing.fields import BY_CODE, RANK, ROSTER, field_of

NEEDED = ROSTER.needed
SECTION = r"(车间|部|科|室|班|班组|组|队|工会|公司|厂|店|镇|街道|乡|村|社区|园区)$"  # a line that only says whose people follow


@dataclass
class Mapped:
    """A sheet whose head was found: the columns by field, and the rows that are people."""

    name: str
    head_row: int  # as the sheet numbers it
    columns: dict[str, str]  # field -> the column's name in the frame
    heads: dict[str, str]  # field -> the head as it stands in the file
    rows: pl.DataFrame  # the fields, and `row`
    skipped: dict[str, int] = field(default_factory=dict)  # titles, heads, sums, notes, blank


def _beside(row: list[str]) -> bool:
    """Whether two tables stand side by side: a roster that was set in two blocks to save paper."""
    codes = [field_of(text) for text in row if RANK.get(head_word(text)) is not None]
    return all(codes.count(code) > 1 for code in NEEDED) and len({head_word(t) for t in row if field_of(t) == "id"}) == 1


def mapped(sheet: Sheet, choice: Choice | None = None) -> Mapped | None:
    """The people of a sheet; None where no head with names and numbers is found: instructions, code lists, charts."""
    found = ROSTER.chosen(sheet, choice) if choice else ROSTER.find_head(sheet)
    if found is None:
        return None
    first, last, columns, heads = found
    if not choice and _beside(cells(sheet.frame, last)):
        raise RuleBroken(
            _(
                "In the sheet %(name)s two tables stand side by side. Put the second one below the first, under the same heads, and send it again."
            )
            % {"name": sheet.name}
        )
    frame = _as_left(sheet, columns["id"]).with_row_index("row", 1).with_columns(pl.col("row").cast(pl.Int32)).slice(last + 1)
    every = sheet.frame.columns
    text = [pl.col(c).fill_null("").str.strip_chars() for c in every]
    frame = frame.with_columns(text)
    filled = pl.sum_horizontal([(pl.col(c) != "").cast(pl.Int16) for c in every])
    known = pl.sum_horizontal([(pl.col(c) != "").cast(pl.Int16) for c in columns.values()])
    start = pl.concat_str([pl.col(c) for c in every[:4]])
    number, name = pl.col(columns["id"]), pl.col(columns["name"])
    frame = _unmerged(frame, sheet, columns, last)
    whole = pl.concat_str([pl.col(c) for c in every])
    nobody = pl.all_horizontal([pl.col(columns[code]) == "" for code in ("name", "id", "phone") if code in columns])
    given = pl.sum_horizontal(
        [(pl.col(columns[code]) != "").cast(pl.Int16) for code in ("union", "employer") if code in columns] or [pl.lit(0)]
    )
    few = number.str.contains(r"^[0-9]{0,7}(人|名)?$")  # a subtotal often stands in the column of the numbers
    kind = (
        pl.when((filled == 0) | (nobody & (filled == given))).then(pl.lit("blank"))
        .when((name == heads["name"]) & (number == heads["id"])).then(pl.lit("heads"))
        .when(few & start.str.contains(SUMS)).then(pl.lit("sums"))
        .when(few & start.str.contains(r"(合\s*计|小\s*计|总\s*计)") & (name.str.contains(SUMS) | (name == ""))).then(pl.lit("sums"))
        .when(few & name.str.contains(r"(合\s*计|小\s*计|总\s*计)")).then(pl.lit("sums"))
        .when(start.str.contains(EXAMPLE) | name.str.contains(EXAMPLE)).then(pl.lit("notes"))
        .when((number == "") & start.str.contains(NOTES)).then(pl.lit("notes"))
        .when(((number == "") | number.str.contains(SIGNED)) & whole.str.contains(SIGNED) & ((name == "") | name.str.contains(SIGNED))).then(pl.lit("notes"))
        .when((number == "") & (known == 0)).then(pl.lit("notes"))
        .when((number == "") & (filled == 1) & (name == "")).then(pl.lit("notes"))
        .when((number == "") & (filled == 1) & (name.str.len_chars() > 6)).then(pl.lit("notes"))
        .when((number == "") & (filled == 1) & (name.str.len_chars() > 3) & name.str.contains(SECTION)).then(pl.lit("notes"))
        .when((number == "") & name.str.contains(NOTES)).then(pl.lit("notes"))
        .when(nobody).then(pl.lit("blank"))
        .otherwise(pl.lit(""))
    )  # fmt: skip
    frame = frame.with_columns(kind.alias("kind"))
    counts = {str(k): int(n) for k, n in frame["kind"].value_counts().iter_rows() if k}
    counts["titles"] = first
    rows = frame.filter(pl.col("kind") == "").select("row", *(pl.col(c).alias(code) for code, c in columns.items()))
    return Mapped(sheet.name, last + 1, columns, heads, rows, {k: n for k, n in counts.items() if n})


def _as_left(sheet: Sheet, column: str) -> pl.DataFrame:
    """The sheet with the identity numbers that were typed as numbers shown as what is left of them: what their last digits say is nobody's."""
    at = int(column[1:])
    if not (those := {row: text for (row, c), text in sheet.seen.rounded.items() if c == at}):
        return sheet.frame
    return sheet.frame.with_columns(
        pl.Series(column, [those.get(row, text) for row, text in enumerate(sheet.frame[column].to_list())], dtype=pl.String)
    )


def _unmerged(frame: pl.DataFrame, sheet: Sheet, columns: dict[str, str], last: int) -> pl.DataFrame:
    """What stands once for several rows stands in each of them, where a cell may speak for others: a unit, a department, never a number."""
    shared = {columns[code]: code for code in columns if BY_CODE[code].ditto}
    for top, left, bottom, right in sheet.seen.merged:
        name = f"c{left}"
        if name in shared and left == right and bottom > top > last and frame.height:
            here = (pl.col("row") > top + 1) & (pl.col("row") <= bottom + 1)
            said = frame.filter(pl.col("row") == top + 1)[name]
            frame = frame.with_columns(
                pl.when(here & (pl.col(name) == "")).then(pl.lit(said[0] if said.len() else "")).otherwise(pl.col(name)).alias(name)
            )
    return frame


def summed(skipped: list[dict[str, int]]) -> dict[str, Any]:
    """What was left out in all sheets together."""
    total: dict[str, int] = {}
    for one in skipped:
        for kind, n in one.items():
            total[kind] = total.get(kind, 0) + n
    return total
