"""Identity numbers of a whole roster at once: the same judgement as kit's on one, by columns of bytes."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from niangjia.kit.ids import CHECKS, MADE_UP, PROVINCES, WEIGHTS

Marks = npt.NDArray[np.bool_]
DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int32)
FACTORS = np.array(WEIGHTS, dtype=np.int32)
CHARACTERS = np.frombuffer(CHECKS.encode(), dtype=np.uint8)
KNOWN = np.zeros(100, dtype=bool)
KNOWN[list(PROVINCES)] = True


def faults(numbers: pl.Series, *, on: date, demo: bool) -> pl.Series:
    """Why each number cannot be one, as kit.ids.identity_fault says of a single one; empty where it can."""
    ruined = numbers.str.contains(r"^[0-9](\.[0-9]+)?E\+?[0-9]+$")
    sized = numbers.str.len_chars() == 18
    shaped = numbers.str.contains(r"^[0-9]{17}[0-9X]$")
    digits, last = matrix(numbers, shaped)
    checked = _mask(shaped) & (CHARACTERS[(digits @ FACTORS) % 11] == last)
    known = KNOWN[digits[:, 0] * 10 + digits[:, 1]]
    born = birth_numbers(digits)
    lived = _real(born) & (born >= 19000101) & (born <= on.year * 10000 + on.month * 100 + on.day)
    return (
        pl.DataFrame(
            {"number": numbers, "ruined": ruined, "sized": sized, "shaped": shaped, "checked": checked, "known": known, "lived": lived}
        )
        .select(
            pl.when("ruined").then(pl.lit("ruined"))
            .when(~pl.col("sized")).then(pl.lit("length"))
            .when(~pl.col("shaped")).then(pl.lit("digits"))
            .when(~pl.col("checked") & pl.col("number").str.ends_with("000")).then(pl.lit("ruined"))
            .when(~pl.col("checked")).then(pl.lit("check"))
            .when(~pl.col("known")).then(pl.lit("province"))
            .when(~pl.col("lived")).then(pl.lit("birth"))
            .when(pl.lit(not demo) & pl.col("number").str.starts_with(MADE_UP)).then(pl.lit("made-up"))
            .otherwise(pl.lit(""))
        )
        .to_series()
    )  # fmt: skip


def exact(numbers: pl.Series) -> pl.Series:
    """Which of these are numbers that a spreadsheet's own kind of number can be: one in some dozens of all that are right, and each that it rounded."""
    digits = numbers.str.contains(r"^[0-9]{18}$")
    whole = pl.select(pl.when(pl.lit(digits)).then(pl.lit(numbers)).otherwise(pl.lit("1"))).to_series().cast(pl.Int64)
    return digits & (whole.cast(pl.Float64).cast(pl.Int64) == whole)


def rounded(numbers: pl.Series, *, on: date) -> bool:
    """Whether a spreadsheet has rounded any of these; where it did, it has rounded all, and one in eleven fits by chance."""
    doubtful = numbers.filter(numbers.str.ends_with("000") | numbers.str.contains("E", literal=True))
    if bool((faults(doubtful, on=on, demo=True) == "ruined").any()):
        return True
    # A program that is no spreadsheet writes eighteen digits of a number that holds fifteen: of slips of the pen few look so, of these all.
    wrong = numbers.filter(faults(numbers, on=on, demo=True) == "check")
    return wrong.len() > 1 and bool(exact(wrong).sum() * 2 > wrong.len())


def _mask(series: pl.Series) -> Marks:
    return np.asarray(series.fill_null(value=False).to_numpy(), dtype=bool)


def matrix(numbers: pl.Series, shaped: pl.Series) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """The first seventeen digits as a matrix and the last character as bytes; zeros where the shape is wrong."""
    same = pl.select(pl.when(pl.lit(shaped)).then(numbers).otherwise(pl.lit("0" * 18))).to_series()
    raw = np.frombuffer("".join(same.to_list()).encode(), dtype=np.uint8).reshape(-1, 18)
    return raw[:, :17].astype(np.int32) - 48, raw[:, 17]


def birth_numbers(digits: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """The day of birth in each number as 19900101."""
    return np.asarray(digits[:, 6:14] @ np.array([10**n for n in range(7, -1, -1)], dtype=np.int32), dtype=np.int32)


def _real(born: npt.NDArray[np.int32]) -> Marks:
    """Whether such a day exists."""
    year, month, day = born // 10000, born // 100 % 100, born % 100
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    named = (month >= 1) & (month <= 12)
    month = np.where(named, month, 0)
    return np.asarray(named & (day >= 1) & (day <= DAYS[month] + ((month == 2) & leap)), dtype=bool)
