"""Days as people write them in the cells of a roster."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

import polars as pl

HAN = {word: number for number, word in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "元": 1}
PARTS = re.compile(r"(\d{4})\s?[-/.,、年 ]\s?(\d{1,2})(?:\s?[-/.,、月 ]\s?(\d{1,2}))?[日号月. ]?(?:[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?)?")
DOUBT = re.compile(r"(\d{4})\.1")


def plain(text: str) -> str:
    """Half-width, one blank between words."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def day(text: str) -> date | None:
    """A day as people write it; a month without its day is its first. None where it cannot be read, or its year is missing.

    >>> day("2015.6"), day("2015年6月1日"), day("20150601"), day("42156"), day("6月")
    (datetime.date(2015, 6, 1), datetime.date(2015, 6, 1), datetime.date(2015, 6, 1), datetime.date(2015, 6, 1), None)
    >>> day("二〇一五年十二月二十一日"), day("2015、6、1")
    (datetime.date(2015, 12, 21), datetime.date(2015, 6, 1))
    """
    text = _western(plain(text))
    if (found := PARTS.fullmatch(text)) or (found := re.fullmatch(r"((?:19|20)\d{2})(\d{2})(\d{2})?", text)):
        parts = (int(found[1]), int(found[2]), int(found[3] or 1))
    elif re.fullmatch(r"\d{5}(\.\d+)?", text):  # the serial number of a spreadsheet's day
        return date(1899, 12, 30) + timedelta(days=int(float(text)))
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _western(text: str) -> str:
    """The year, month and day of a date in Chinese words, in digits; any other text as it is."""
    found = re.fullmatch(r"([〇○零一二三四五六七八九]{4})年([元一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})[日号])?", text)
    if not found:
        return text
    year = "".join(str(HAN[word]) for word in found[1])
    return "-".join([year, *(str(_number(part)) for part in found.groups()[1:] if part)])


def _number(words: str) -> int:
    """Up to ninety-nine in Chinese words.

    >>> _number("十"), _number("十二"), _number("二十"), _number("三十一")
    (10, 12, 20, 31)
    """
    tens, ten, ones = words.rpartition("十")
    return (HAN.get(tens, 1) * 10 if ten else 0) + HAN.get(ones, 0)


def month_in_doubt(text: str) -> bool:
    """Whether a spreadsheet may have dropped a nought: October typed as 2015.10 is kept as the number 2015.1, and nobody can tell it from January."""
    return DOUBT.fullmatch(plain(text)) is not None


def whole_months(frame: pl.DataFrame) -> pl.DataFrame:
    """In a column that shows a month as 2015.10 or 2015.06 the cells are text, and 2015.1 in it is January: nothing was dropped."""
    if not frame["joined"].str.contains(r"^\d{4}\.(10|0[1-9])$").any():
        return frame
    return frame.with_columns(pl.col("joined").str.replace(r"^(\d{4})\.1$", "${1}.01"))
