"""From an exact value to its printed form, and the refusals on the way.

The writer chooses scale, step and word; the compiler computes the face and proves the claim. The step is
the value of one unit in the last place meant: 18.5万余 has the step 1000, 1400余 the step 100.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from niangjia.reports.prose.units import ENGLISH, NAMES, SCALES, WAN, YI, counted, grain, grouped, han, plain
from niangjia.reports.prose.untrue import Untrue
from niangjia.reports.prose.words import BY_ZH, PLAIN, ROUNDING, Word, claim

MILLION, BILLION = Decimal(10) ** 6, Decimal(10) ** 9


@dataclass(frozen=True)
class Style:
    scale: str | None = None  # None: chosen by size
    step: Decimal | None = None  # None: in full, or two decimals of the scale
    word: Word = PLAIN
    hanzi: bool = False
    bare: bool = False  # the number without its unit


@dataclass(frozen=True)
class Printed:
    """A form of words that has been proved true of `value`."""

    value: Decimal
    face: Decimal
    step: Decimal
    scale: str
    word: Word
    unit: str
    hanzi: bool = False

    def zh(self, group: bool = False) -> str:
        word, scale = self.word.zh, self.scale
        number = han(self.face, self.unit) if self.hanzi else plain(self.face / SCALES[scale])
        number = grouped(number) if group else number
        match self.word.side:
            case "inside" if self.step > SCALES[scale]:
                return f"{number}{word}{scale}{self.unit}"  # 3400余万元: the tens of 万 are open
            case "inside":
                return f"{number}{scale}{word}{self.unit}"  # 18.5万余人次: 万 is closed, below is open
            case "after":
                return f"{number}{scale}{self.unit}{word}"
            case _:
                return f"{word}{number}{scale}{self.unit}"

    def en(self, short: bool = False) -> str:
        """1 million and up in millions, below in full; `short`: k, m, bn, for tables and chips."""
        if self.hanzi:
            return NAMES[int(self.face)]
        size, name = next(((s, n) for s, n in ((BILLION, "billion"), (MILLION, "million")) if self.face >= s), (Decimal(1), ""))
        if not name and short and self.face >= 10_000:
            size, name = Decimal(1000), "thousand"
        shown = self.face / size
        text = plain(shown)
        if self.word is PLAIN and name and self.step:
            text = f"{shown:.{max(0, -(self.step / size).adjusted())}f}"  # zeros that carry the precision stay
        if name and self.step == 0:
            text, name = plain(self.face), ""
        tail = {"thousand": "k", "million": "m", "billion": "bn"}.get(name, "") if short else name and " " + name
        core = f"{grouped(text)}{tail}{ENGLISH.get(self.unit, '')}"
        return f"{core} {self.word.en}" if self.word.side == "after" and self.word.sense == "reached" else f"{self.word.en} {core}".strip()


def choose(value: Decimal, unit: str, style: Style) -> tuple[str, Decimal]:
    """Scale and step where the writer left them open: a count in full below 100,000, money below 10,000 yuan."""
    if style.scale is not None and style.step is not None:
        return style.scale, style.step
    scale = style.scale
    if scale is None:
        limit = WAN if unit == "元" else 10 * WAN
        whole = style.hanzi or unit in ("%", "年") or (style.step is not None and style.step < WAN / 10_000)
        scale = "" if whole or value < limit else "亿" if value >= YI else "万"
    if style.step is not None:
        return scale, style.step
    if scale:
        return scale, SCALES[scale] / 100
    return scale, Decimal("0.1") if unit == "%" else grain(unit)


def better(value: Decimal, unit: str, scale: str, step: Decimal) -> str:
    """What could be said instead: the words tried in the order of modesty."""
    for word in (BY_ZH["余"], PLAIN):
        try:
            return form(value, unit, Style(scale, step if word.zh else min(step, SCALES[scale]), word)).zh()
        except Untrue:
            continue
    return form(value, unit, Style("", grain(unit))).zh()


def form(value: Decimal, unit: str, style: Style = Style()) -> Printed:
    """The printed form of `value`, or `Untrue` with the reason."""
    word = style.word
    if value < 0:
        raise Untrue("negative", value=plain(value))
    if value == 0:
        if word is not PLAIN:
            raise Untrue("zero", word=word.zh)
        return Printed(value, value, Decimal(0), "", word, "" if style.bare else unit)
    if style.hanzi:
        if value != value.to_integral_value() or value > 10:
            raise Untrue("hanzi", value=plain(value))
        return Printed(value, value, Decimal(0), "", word, "" if style.bare else unit, True)
    if word.side == "inside" and unit in ("%", "年"):
        raise Untrue("idiom", word=word.zh, unit=unit)
    scale, step = choose(value, unit, style)
    face = (value / step).to_integral_value(ROUNDING[word.sense]) * step
    if face <= 0:
        raise Untrue("coarse", value=plain(value))
    shown = plain(face)
    if word is PLAIN and face != value and (step > SCALES[scale] or (step > Decimal(1) and scale == "") or (counted(unit) and scale == "")):
        raise Untrue("bare", value=plain(value), step=plain(step))
    if word is not PLAIN and word.sense != "reached" and face == value:
        raise Untrue("fine" if step <= grain(unit) else "exact", face=shown, value=shown, word=word.zh)
    if word.zh == "突破" and len(shown.rstrip("0").replace(".", "")) > 2:
        raise Untrue("round", face=shown)
    exact = word is PLAIN and face == value and not scale and counted(unit)
    if value not in claim(word, face, Decimal(0) if exact else step):
        raise Untrue("far", value=plain(value), face=shown, word=word.zh, better=better(value, unit, scale, step))
    return Printed(value, face, Decimal(0) if exact else step, scale, word, "" if style.bare else unit)


def half_up(value: Decimal, places: int) -> Decimal:
    """四舍五入, as readers of official prose expect; GB/T 8170's half-even is for laboratories."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
