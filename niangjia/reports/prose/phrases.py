"""Derived phrases: growth, points, multiples, shares, completion, runs, coverage, rank, averages, periods.

Each is computed from exact values, never from printed ones; each refuses what would be false. 倍 counts the
base in (是…的2倍) or not (增长1倍), 翻一番 is ×2, 翻两番 ×4; a fall is never told in 倍; a difference of two
percentages is 百分点.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from niangjia.reports.prose.numbers import half_up
from niangjia.reports.prose.units import NAMES, han, plain
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


TIMES = (("翻一番", "doubled"), ("翻两番", "quadrupled"), ("翻三番", "grown eightfold"), ("翻四番", "grown sixteenfold"))


def doubled(now: Decimal, then: Decimal, language: Language = "zh") -> str:
    """翻一番 only when the value reached twice the base, 翻两番 four times: as often as it did."""
    if then <= 0 or now < then * 2:
        raise Untrue("doubled", now=plain(now), then=plain(then), twice=plain(max(then, Decimal(0)) * 2))
    often = max(n for n in range(1, len(TIMES) + 1) if now >= then * 2**n)
    return TIMES[often - 1][language == "en"]


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
    if whole <= 0:
        raise Untrue("base", then=plain(whole))
    shown = [half_up(p / whole * 100, places) for p in parts]
    if sum(shown) != 100:
        raise Untrue("shares", sum=plain(sum(shown, Decimal(0))))
    return [plain(s) + "%" for s in shown]


def completion(done: Decimal, target: Decimal, word: str = "") -> str:
    """完成年度任务的98%; 超额完成 wants more than the target, 全面完成 the target."""
    if target <= 0:
        raise Untrue("base", then=plain(target))
    rate = done / target * 100
    floor = plain((rate * 10).to_integral_value("ROUND_FLOOR") / 10)  # 99.96 % is not 100 %
    if (word == "超额" and rate <= 100) or (word in ("全面", "圆满", "提前") and rate < 100):
        raise Untrue("target", done=floor, word=word + "完成")
    return floor + "%"


def ahead(done_on: date, due_on: date) -> None:
    """提前完成: the task stood done on a day before the day on which it was due."""
    if done_on >= due_on:
        raise Untrue("early", day=done_on, due=due_on)


def run(amounts: Sequence[tuple[int, Decimal]], language: Language = "zh", *, hanzi: bool = False) -> str:
    """连续3年: something in every year of a span, no year left out, the last of them the last of the span."""
    lacking = [str(year) for year, amount in amounts if amount <= 0]
    if lacking or not amounts:
        raise Untrue("gap", years=("、".join(lacking), ", ".join(lacking)), n=len(amounts))
    n = len(amounts)
    if language == "en":
        return f"{NAMES[n] if hanzi and n <= 10 else n} {'years' if n > 1 else 'year'} running"
    return f"连续{han(Decimal(n), '年') if hanzi and n <= 10 else n}年"


def rise(now: Decimal, then: Decimal, name: tuple[str, str]) -> Decimal:
    """净增: a stock at the end of a span less the same stock on its eve; what fell or stood still did not rise."""
    if now <= then:
        raise Untrue("fell", name=name, then=plain(then), now=plain(now))
    return now - then


def rank(mine: Decimal, others: Sequence[Decimal], language: Language = "zh") -> str:
    """第2位, 并列第2位: by how many are before it; ties share a place, and a field of one has no places."""
    if not others:
        raise Untrue("alone")
    place, tied = 1 + sum(other > mine for other in others), mine in others
    if language == "en":
        return f"{'joint ' if tied else ''}{ordinal(place)}"
    return f"{'并列' if tied else ''}第{place}位"


def ordinal(n: int) -> str:
    """first, second, 11th."""
    if n <= len(ORDINALS):
        return ORDINALS[n - 1]
    return f"{n}{'th' if n % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def average(total: Decimal, count: Decimal) -> Decimal:
    """Per head, per case: exact, to be printed by `form`."""
    if count <= 0:
        raise Untrue("base", then=plain(count))
    return half_up(total / count, 2)
