"""What stands in the columns of a roster: identity numbers, mobile numbers, names."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from niangjia.kit import looking
from niangjia.kit.looking import common, most
from niangjia.kit.reading import Sheet
from niangjia.members.importing import numbers
from niangjia.members.importing.checks import NUMBER

NAME, PHONE = r"^[\u4e00-\u9fff·]{2,4}$", r"^(1[3-9][0-9]{9}|100[0-9]{8})$"
PROPOSED = {"id": "id", "phone": "phone", "name": "name"}  # kind of content: field


def kind(values: pl.Series, on: date) -> str:
    """What a column holds: id, phone, name, date, number, text."""
    as_numbers = values.to_frame("id").select(NUMBER).to_series()
    if most(values, numbers.faults(as_numbers, on=on, demo=True) == ""):
        return "id"
    plain = values.str.replace_all(r"[\s\-]", "").str.replace(r"^\+?86", "").str.replace(r"\.0+$", "")
    if most(values, plain.str.contains(PHONE)):
        return "phone"
    named = most(values, values.str.replace_all(r"\s", "").str.contains(NAME))
    return "name" if named and values.n_unique() > values.len() // 2 and values.len() > 1 else common(values)


def look(sheet: Sheet, number: int, on: date, head_row: int, columns: dict[str, int], how: str) -> dict[str, Any]:
    """All that the page of the columns shows of a sheet of people."""
    return looking.look(sheet, number, head_row, columns, how, kind_of=lambda values: kind(values, on), fields=PROPOSED)
