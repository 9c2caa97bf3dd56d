"""A printed form read back: what a reader may believe of the exact value.

The reader does not know the step, so it is inferred from the face alone, never too small: 万余 is closed at
the last digit shown (20万余: 200,001 to 209,999), 余万 at the last digit that is not 0 (20余万: up to
299,999). With this the compiler is tested: whatever it prints, read back, contains the value.
"""

from __future__ import annotations

import re
from decimal import Decimal

from niangjia.reports.prose.units import HAN, NAMES, SCALES, UNITS, counted
from niangjia.reports.prose.words import BY_ZH, PLAIN, WORDS, Interval, Word, claim

BEFORE = "|".join(w.zh for w in WORDS if w.side == "before")
AFTER = "|".join(w.zh for w in WORDS if w.side == "after")
UNIT = "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True)))
ZH = re.compile(rf"({BEFORE})?([\d.,]+|[零一二两三四五六七八九十])(余|多)?(万|亿)?(余|多)?({UNIT})?({AFTER})?")
EN_BEFORE = "|".join(sorted({w.en for w in WORDS if w.en != "or more"}, key=len, reverse=True))
EN = re.compile(rf"(?:({EN_BEFORE}) )?([\d.,]+)( million| billion|k|m|bn)?( yuan|%)?( or more)?")
EN_SCALE = {"": 1, " million": 10**6, " billion": 10**9, "k": 1000, "m": 10**6, "bn": 10**9}


def last_place(number: str) -> Decimal:
    """The value of the last digit that is not 0, or of the last decimal shown."""
    if "." in number:
        return Decimal(1).scaleb(-len(number.partition(".")[2]))
    return Decimal(1).scaleb(len(number) - len(number.rstrip("0")))


def read_zh(text: str) -> Interval:
    """The interval of a Chinese printed form such as 18.5万余人次."""
    found = ZH.fullmatch(text)
    if not found:
        raise ValueError(text)
    before, number, open_, scale, closed, unit, after = found.groups()
    word = BY_ZH.get(before or open_ or closed or after or "", PLAIN)
    number = number.replace(",", "")
    if number in HAN + "两":
        value = Decimal(HAN.index(number.replace("两", "二")))
        return Interval(value, value, True, True)
    size = SCALES[scale or ""]
    face = Decimal(number) * size
    shown = size.scaleb(-len(number.partition(".")[2]))
    if word is PLAIN:
        exact = face == 0 or (not scale and "." not in number and counted(unit or ""))
        return claim(word, face, Decimal(0) if exact else shown)
    return claim(word, face, shown if closed and scale else last_place(number) * size)


def read_en(text: str) -> Interval:
    """The interval of an English printed form such as more than 185,000."""
    if text in NAMES:
        return Interval(Decimal(NAMES.index(text)), Decimal(NAMES.index(text)), True, True)
    found = EN.fullmatch(text)
    if not found:
        raise ValueError(text)
    before, number, scale, _, after = found.groups()
    word: Word = next((w for w in WORDS if w.en == (before or (after or "").strip())), PLAIN)
    number, size = number.replace(",", ""), Decimal(EN_SCALE[scale or ""])
    face = Decimal(number) * size
    if face == 0:
        return Interval(face, face, True, True)
    return claim(word, face, last_place(number) * size)
