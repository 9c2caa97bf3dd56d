"""Bad rows kept to be corrected: their cells sealed as one text, and what people wrote laid over them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from niangjia.kit import crypt
from niangjia.members.enums import LINE, Paper
from niangjia.members.importing.checks import Ground, clean
from niangjia.members.importing.fields import BY_CODE, PAPERS
from niangjia.unions.api import union_name

CELLS = tuple(BY_CODE)
ALIKE = ("union", "employer", "joined", "work", "migrant", "paper", "sex")  # what many rows may say alike, and be corrected at once
OUT = ""  # the field of a correction that leaves the whole row out
Cells = dict[str, str]


@dataclass
class Fixes:
    """What people wrote over the rows of one sheet."""

    cells: dict[int, Cells] = field(default_factory=dict)
    out: set[int] = field(default_factory=set)


def opened(sealed: bytes | memoryview) -> Cells:
    """The cells of one row."""
    said: Cells = json.loads(crypt.unseal(sealed, LINE))
    return {code: said.get(code, "") for code in CELLS}


def closed(rows: Iterable[Mapping[str, str]]) -> list[bytes]:
    """The cells of many rows, sealed."""
    return crypt.seal([json.dumps({k: v for k, v in one.items() if v}, ensure_ascii=False) for one in rows], LINE)


def framed(rows: Mapping[int, Mapping[str, str]]) -> pl.DataFrame:
    """Rows by their number, as the judgement takes them."""
    made = [{"row": row, **{code: cells.get(code, "") for code in CELLS}} for row, cells in rows.items()]
    return pl.DataFrame(made, schema={"row": pl.Int32, **dict.fromkeys(CELLS, pl.String)}).sort("row")


def tidy(cells: Mapping[str, str]) -> Cells:
    """What somebody typed, made clean by the same rules as what stands in a file."""
    return {code: text for code, text in clean(framed({1: cells})).row(0, named=True).items() if code in cells}


def lay(frame: pl.DataFrame, fixes: Fixes | None) -> pl.DataFrame:
    """Clean rows with the corrections over them; `fixed` says which rows have any, `typed` where the number was typed."""
    here = set(frame["row"].to_list()) & fixes.cells.keys() if fixes and fixes.cells else set()
    if not fixes or not here:
        return frame.with_columns(fixed=pl.lit(value=False), typed=pl.lit(value=False))
    made = [{"row": row, **{f"new {code}": fixes.cells[row].get(code) for code in CELLS}} for row in sorted(here)]
    over = pl.DataFrame(made, schema={"row": pl.Int32, **{f"new {code}": pl.String for code in CELLS}}).with_columns(
        fixed=pl.lit(value=True)
    )
    laid = frame.join(over, on="row", how="left", maintain_order="left").with_columns(
        pl.col("fixed").fill_null(value=False),
        pl.col("new id").is_not_null().alias("typed"),
        *(pl.coalesce(f"new {code}", code).alias(code) for code in CELLS),
    )
    return laid.drop([f"new {code}" for code in CELLS])


def told(one: Mapping[str, str], ground: Ground) -> Cells:
    """The cells of a row of which only what the register keeps is left, in words that are read as the same again.

    Rows that the register refuses are found when the file has been let go.
    """
    papers = {code: word for word, code in reversed(PAPERS.items())} | {Paper.ID: ""}
    home = str(ground.union or "") == one["union_id"]
    named = ground.unions.get(union_name(one["union_name"])) == int(one["union_id"])
    sound = one["paper"] == Paper.ID
    return {
        "name": one["name"], "id": one["id"], "paper": papers.get(Paper(one["paper"]), ""), "phone": one["phone"], "joined": one["joined_on"],
        "sex": "" if sound else {"1": "男", "2": "女"}[one["sex"]], "born": "" if sound else one["born_on"],
        "union": "" if home else one["union_name"] if named else one["union_code"], "employer": one["employer"],
        "work": one["work"], "migrant": one["migrant"], "job": one["job"], "department": one["department"],
    }  # fmt: skip
