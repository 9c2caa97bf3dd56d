"""Derived phrases: growth, points, multiples, shares, completion, runs, coverage, rank, averages, periods.

Each is computed from exact values, never from printed ones; each refuses what would be false. 倍 counts the
base in (是…的2倍) or not (增长1倍), 翻一番 is ×2, 翻两番 ×4; a fall is never told in 倍; a difference of two
percentages is 百分点.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from niangjia.reports.prose.numbers import half_up
from niangjia.reports.prose.units import plain
from niangjia.reports.prose.untrue import Language, Untrue


def pct(value: Decimal, places: int = 1) -> str:
    """A percentage as printed."""
    return plain(half_up(value, places)) + "%"


def growth(now: Decimal, then: Decimal, language: Language = "zh", places: int = 1, restated: Decimal | None = None) -> str:
    """增长12.3%, 下降4%, 与上年持平; `restated`: the base as it was first published, if it was changed since."""
    if then <= 0:
        raise Untrue("base", then=plain(then))
    if restated is not None and restated != then:
        raise Untrue("restated", old=plain(restated), new=plain(then))
    rate = (now - then) / then * 100
    if half_up(rate, places) == 0:
        return ("持平", "level")[language == "en"]
    words = (("增长", "up "), ("下降", "down "))[rate < 0]
    return words[language == "en"] + pct(abs(rate), places)


def points(now: Decimal, then: Decimal, language: Language = "zh") -> str:
    """提高2.5个百分点: the difference of two percentages."""
    gap = half_up(now - then, 2)
    if gap == 0:
        return ("持平", "level")[language == "en"]
    if language == "en":
        return f"{'up' if gap > 0 else 'down'} {plain(abs(gap))} points"
    return f"{'提高' if gap > 0 else '降低'}{plain(abs(gap))}个百分点"


def multiple(now: Decimal, then: Decimal, language: Language = "zh") -> str:
    """2.5倍 (of the base, which counts); refused below 1."""
    if then <= 0:
        raise Untrue("base", then=plain(then))
    if now < then:
        raise Untrue("fewer")
    return plain(half_up(now / then, 1)) + ("倍", " times")[language == "en"]


def doubled(now: Decimal, then: Decimal, times: int = 1) -> str:
    """翻一番 only when the value reached twice the base, 翻两番 four times."""
    if then <= 0 or now < then * 2**times:
        raise Untrue("far", value=plain(now), face=plain(then * 2**times), word="翻番", better=multiple(now, then))
    return f"翻{'零一两三四'[times]}番"


def share(part: Decimal, whole: Decimal, places: int = 1) -> str:
    """The part of a whole, in percent."""
    if whole <= 0:
        raise Untrue("base", then=plain(whole))
    if part > whole:
        raise Untrue("sum", sum=plain(part), total=plain(whole), gap=plain(part - whole))
    return pct(part / whole * 100, places)


def shares(parts: Sequence[Decimal], places: int = 1) -> list[str]:
    """Percentages that add to exactly 100 as printed; else refused: a further place, or a note of rounding."""
    whole = sum(parts, Decimal(0))
    shown = [half_up(p / whole * 100, places) for p in parts]
    if sum(shown) != 100:
        raise Untrue("shares", sum=plain(sum(shown, Decimal(0))))
    return [plain(s) + "%" for s in shown]


def completion(done: Decimal, target: Decimal, word: str = "") -> str:
    """完成年度任务的98%; 超额完成 wants more than the target, 全面完成 the target."""
    rate = done / target * 100
    if (word == "超额" and rate <= 100) or (word in ("全面", "圆满") and rate < 100):
        raise Untrue("target", done=plain(half_up(rate, 1)), word=word + "完成")
    floor = plain((rate * 10).to_integral_value("ROUND_FLOOR") / 10)  # 99.96 % is not 100 %
    return floor + "%"


def run(years: Sequence[int]) -> str:
    """连续3年: consecutive, each once."""
    if list(years) != list(range(years[0], years[0] + len(years))):
        raise Untrue("gap", years="、".join(map(str, years)), n=len(years))
    return f"连续{len(years)}年"


def coverage(part: int, whole: int, unit: str = "个") -> str:
    """76个…全部: the word 全 wants every one of a list that is known."""
    if part != whole or whole == 0:
        raise Untrue("cover", whole=whole, part=part, gap=whole - part)
    return f"{whole}{unit}"


def rank(place: int, of: int, tied: int = 1) -> str:
    """第2位, 并列第2位; the size of the field is in the margin."""
    if not 1 <= place <= of:
        raise Untrue("syntax", text=f"第{place}位", why=f"全表只有{of}位")
    return f"{'并列' if tied > 1 else ''}第{place}位"


def average(total: Decimal, count: Decimal) -> Decimal:
    """Per head, per case: exact, to be printed by `form`."""
    if count <= 0:
        raise Untrue("base", then=plain(count))
    return half_up(total / count, 2)
