"""Lists of others, read to be laid beside the register: the same files, heads and cells as rosters, but nothing is refused for what it says.

A row of which nobody could say who is meant is bad; every other goes on, with its number as it is, or without one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from niangjia.kit import crypt, mask
from niangjia.kit.days import day
from niangjia.kit.reading import Sheet, cells, sheets
from niangjia.kit.tabled import head_word
from niangjia.members.enums import ID, ID_TAIL, PHONE
from niangjia.members.importing import numbers
from niangjia.members.importing.checks import NUMBER, Ground, clean, person_name
from niangjia.members.importing.fields import NO, SEXES, WORKS, YES
from niangjia.members.importing.mapping import mapped
from niangjia.unions.api import union_name

SLICE = 50_000
TOLD_BAD = 200  # bad rows that are told one by one
EXTRA = {  # what registers above us carry besides the columns of a roster
    "change": ("会籍变化类型", "会籍变化", "会籍状态"),
    "status": ("就业状况", "就业情况"),
}
CHANGES = {"3": "KEPT", "保留": "KEPT", "保留会籍": "KEPT", "4": "OUT", "转出": "OUT", "5": "OUT", "除名": "OUT", "6": "OUT", "退会": "OUT"}
RETIRED = {"4", "5", "6", "退休", "离休", "退职"}
COMPARED = ("name", "id", "sex", "born", "phone", "joined", "migrant", "union", "employer", "work", "change", "status")
COLUMNS = (
    "sheet", "row", "name", "id_hash", "tail_hash", "born_on", "sex", "phone_hash", "union_said", "union_id", "joined_on", "migrant", "work", "change", "line_sealed",
)  # fmt: skip
Say = Callable[[int], None]


@dataclass
class Seen:
    """What was seen of a list while it was read."""

    rows: int = 0
    bad: int = 0
    sheets: list[dict[str, Any]] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)  # what the list speaks of at all: nothing else is compared
    told: list[dict[str, Any]] = field(default_factory=list)  # the first bad rows, covered


def people(path: Path, ground: Ground, seal: str, seen: Seen, say: Say) -> Iterator[bytes]:
    """The rows of a list of members as CSV for a staging table of `COLUMNS`; each is sealed as a whole for the purpose `seal`."""
    for number, sheet in enumerate(sheets(path)):
        found = mapped(sheet)
        if found is None:
            continue
        heads = cells(sheet.frame, found.head_row - 1)
        more = {code: f"c{i}" for code, words in EXTRA.items() for i, text in enumerate(heads) if head_word(text) in words}
        frame = clean(_with(found.rows, sheet, {code: column for code, column in more.items() if code not in found.columns}))
        seen.columns |= {*found.columns, *more}
        seen.sheets.append(
            {"number": number, "name": sheet.name, "head_row": found.head_row, "columns": [*found.columns, *more], "skipped": found.skipped}
        )
        for start in range(0, frame.height, SLICE):
            yield _piece(frame.slice(start, SLICE), number, sheet.name, ground, seal, seen)
            say(seen.rows)


def _with(rows: pl.DataFrame, sheet: Sheet, more: Mapping[str, str]) -> pl.DataFrame:
    """The rows with the columns that no roster has."""
    every = sheet.frame.with_row_index("row", 1).with_columns(pl.col("row").cast(pl.Int32))
    beside = every.select("row", *(pl.col(column).fill_null("").str.strip_chars().alias(code) for code, column in more.items()))
    joined = rows.join(beside, on="row", how="left", maintain_order="left")
    return joined.with_columns(pl.lit("").alias(code) for code in EXTRA if code not in joined.columns)


def _each(frame: pl.DataFrame, column: str, read: Callable[[str], Any], dtype: Any) -> pl.Series:
    """Read each different value of a column once."""
    values = frame[column].unique().to_list()
    table = pl.DataFrame({column: values, "read": pl.Series([read(v) for v in values], dtype=dtype, strict=False)})
    return frame.select(column).join(table, on=column, how="left", maintain_order="left")["read"]


def _judged(frame: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    """What each row says, made comparable; `fault` is why nobody could say who is meant."""
    frame = frame.with_columns(NUMBER)
    fault = numbers.faults(frame["id"], on=ground.on, demo=ground.demo)
    sound = pl.lit(fault) == ""
    frame = frame.with_columns(
        name=_each(frame, "name", person_name, pl.String),
        born_said=_each(frame, "born", day, pl.Date),
        joined_on=_each(frame, "joined", day, pl.Date),
        sex_said=_each(frame, "sex", lambda v: SEXES.get(v.removesuffix("性").upper(), ""), pl.String),
        migrant_yes=_each(frame, "migrant", lambda v: True if v.upper() in YES else False if v.upper() in NO else None, pl.Boolean),
        work_code=_each(frame, "work", lambda v: str(WORKS.get(v) or ""), pl.String),
        change_code=_each(frame, "change", lambda v: CHANGES.get(v, ""), pl.String),
        union_id=_each(frame, "union", lambda v: _union(v, ground), pl.Int64),
        unit_union=_each(frame, "employer", lambda v: ground.employers.get(union_name(v), (None, None))[1] if v else None, pl.Int64),
        phone=pl.col("phone").str.replace(r"\.0+$", "").str.replace(r"^(\+?86[- ]?)", "").str.replace_all(r"[\s\-]", ""),
    )
    return frame.with_columns(
        sound=sound,
        union_id=pl.when(pl.col("union") != "").then(pl.col("union_id")).otherwise(pl.col("unit_union")),
        born_on=pl.when(sound).then(pl.col("id").str.slice(6, 8).str.to_date("%Y%m%d", strict=False)).otherwise(pl.col("born_said")),
        tail=pl.when(pl.col("id").str.contains(r"[0-9]{3}[0-9X]$")).then(pl.col("id").str.slice(-4)).otherwise(pl.lit("")),
        change_code=pl.when((pl.col("change_code") == "") & pl.col("status").is_in([*RETIRED])).then(pl.lit("KEPT")).otherwise(pl.col("change_code")),
        fault=pl.when(pl.col("name") == "").then(pl.lit("name-missing"))
        .when(sound | pl.col("born_said").is_not_null()).then(pl.lit(""))
        .when(pl.col("id") == "").then(pl.lit("id-missing")).otherwise(pl.lit(fault)),
    )  # fmt: skip


def _union(text: str, ground: Ground) -> int | None:
    return ground.unions.get(text.upper(), ground.unions.get(union_name(text))) if text else None


def _hex(values: Sequence[bytes | None]) -> pl.Series:
    return "\\x" + pl.Series(values, dtype=pl.Binary).bin.encode("hex")


def _blind(values: Sequence[str], purpose: str) -> pl.Series:
    """Keyed hashes; nothing where nothing is said."""
    hashes = iter(crypt.blind([value for value in values if value], purpose))
    return _hex([next(hashes) if value else None for value in values])


def _piece(frame: pl.DataFrame, sheet: int, name: str, ground: Ground, seal: str, seen: Seen) -> bytes:
    frame = _judged(frame, ground)
    bad = frame.filter(pl.col("fault") != "")
    seen.rows += frame.height
    seen.bad += bad.height
    for one in bad.head(max(0, TOLD_BAD - len(seen.told))).iter_rows(named=True):
        seen.told.append({"sheet": name, "row": one["row"], "code": one["fault"], "name": mask.name(one["name"])})
    good = frame.filter(pl.col("fault") == "")
    said = good.with_columns(
        born=pl.col("born_on").cast(pl.String).fill_null(""), joined=pl.coalesce(pl.col("joined_on").cast(pl.String), pl.col("joined")), sex=pl.col("sex_said"),
        migrant=pl.when(pl.col("migrant_yes")).then(pl.lit("是")).when(~pl.col("migrant_yes")).then(pl.lit("否")).otherwise(pl.lit("")),
        work=pl.when(pl.col("work_code") != "").then(pl.col("work_code")).otherwise(pl.col("work")),
    )  # fmt: skip
    rows = [
        json.dumps({k: v for k, v in zip(COMPARED, values, strict=True) if v}, ensure_ascii=False)
        for values in said.select(COMPARED).iter_rows()
    ]
    ready = good.with_columns(
        pl.lit(sheet).alias("sheet"),
        _blind([n if ok else "" for n, ok in good.select("id", "sound").iter_rows()], ID).alias("id_hash"),
        _blind(good["tail"].to_list(), ID_TAIL).alias("tail_hash"),
        _blind(good["phone"].to_list(), PHONE).alias("phone_hash"),
        _hex(crypt.seal(rows, seal)).alias("line_sealed"),
        sex=pl.col("sex_said"),
        union_said=pl.col("union"), migrant=pl.col("migrant_yes"), work=pl.col("work_code"), change=pl.col("change_code"),
    )  # fmt: skip
    return ready.select(COLUMNS).write_csv(include_header=False, quote_style="necessary", null_value="").encode()
