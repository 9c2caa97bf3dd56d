"""Good rows made ready to be stored: sealed, hashed, with their readings and tokens, as the text that COPY takes."""

from __future__ import annotations

import polars as pl

from niangjia.kit import crypt
from niangjia.kit.names import reading, tokens
from niangjia.members.enums import ID, ID_TAIL, PHONE, PHONE_TAIL
from niangjia.members.importing.seen import Piece, heads

COLUMNS = (
    "sheet", "row", "union_id", "employer_id", "name", "name_py", "tokens", "sex", "born_on", "paper", "id_sealed", "id_hash", "id_tail_hash",
    "phone_sealed", "phone_hash", "phone_tail_hash", "joined_on", "work", "migrant", "job", "department",
)  # fmt: skip


class Names:
    """Readings and tokens of names, each worked out once an import."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, str]] = {}

    def of(self, name: str) -> tuple[str, str]:
        """The reading, and the tokens as an array that COPY reads."""
        if name not in self._known:
            said = reading(name)
            self._known[name] = (said, array(tokens(name, said)))
        return self._known[name]


def array(values: list[str]) -> str:
    r"""An array of text as PostgreSQL reads it.

    >>> array(["a", 'b"c'])
    '{"a","b\\\\"c"}'
    """
    return "{" + ",".join('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values) + "}"


def _hex(values: list[bytes]) -> pl.Series:
    return "\\x" + pl.Series(values, dtype=pl.Binary).bin.encode("hex")


def _few(column: pl.Series, purpose: str) -> pl.Series:
    """Hashes of values that repeat: each different one once."""
    values = column.unique()
    table = dict(zip(values.to_list(), _hex(crypt.blind(values.to_list(), purpose)).to_list(), strict=True))
    return column.replace_strict(table, return_dtype=pl.String)


def lines(good: pl.DataFrame, sheet: int, names: Names, seen: list[Piece] | None = None) -> bytes:
    """A slice of good rows as CSV for the staging table; their numbers, as hashes, are noted in `seen`."""
    numbers = good["id"].to_list()
    hashes = crypt.blind(numbers, ID)
    if seen is not None:
        seen.append((heads(hashes), sheet, good["row"].to_list()))
    phones = good.filter(pl.col("phone") != "").select("row", "phone")
    said = phones["phone"].to_list()
    sealed = phones.select(
        "row", _hex(crypt.seal(said, PHONE)).alias("phone_sealed"), _hex(crypt.blind(said, PHONE)).alias("phone_hash"),
        _few(phones["phone"].str.slice(-4), PHONE_TAIL).alias("phone_tail_hash"),
    )  # fmt: skip
    read = [names.of(name) for name in good["name"].to_list()]
    ready = good.with_columns(
        pl.lit(sheet).alias("sheet"),
        pl.Series("name_py", [r for r, _t in read], dtype=pl.String),
        pl.Series("tokens", [t for _r, t in read], dtype=pl.String),
        _hex(crypt.seal(numbers, ID)).alias("id_sealed"),
        _hex(hashes).alias("id_hash"),
        _few(good["id"].str.slice(-4), ID_TAIL).alias("id_tail_hash"),
    ).join(sealed, on="row", how="left", maintain_order="left")
    return ready.select(COLUMNS).write_csv(include_header=False, quote_style="necessary", null_value="").encode()
