"""From a call to a chip: looked up, computed, proved, printed; or the reason why it may not stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from niangjia.reports.prose.facts import Books, Fact
from niangjia.reports.prose.notation import COVER, near, style
from niangjia.reports.prose.numbers import Printed, Style, form
from niangjia.reports.prose.phrases import average, completion, growth, multiple, points, share
from niangjia.reports.prose.tree import Call
from niangjia.reports.prose.units import grain, plain
from niangjia.reports.prose.untrue import Language, Untrue
from niangjia.reports.prose.words import PLAIN

GAP = ("〔尚未记录〕", "[not yet recorded]")
COMPARING = ("占", "增", "倍", "点", "完成", "均")  # operations whose printed form is not the figure's own


@dataclass(frozen=True)
class Chip:
    """A figure in its place: what is printed, and what it was proved from."""

    call: Call
    facts: tuple[Fact, ...]
    zh: str
    en: str
    screen: str  # zh with thousands grouped
    printed: Printed | None = None
    unit: str = ""
    gap: bool = False  # nothing is recorded yet, and the text says so

    def text(self, *, english: bool) -> str:
        """As printed on paper."""
        return self.en if english else self.zh

    @property
    def own(self) -> bool:
        """Whether it prints the figure itself, and not a comparison of two."""
        return self.call.op not in COMPARING and not self.gap


def lookup(call: Call, books: Books) -> tuple[Fact, ...]:
    """The facts that a call names."""
    found = []
    for ref in call.refs:
        fact = books.get(ref.name, ref.period)
        if fact is None:
            raise Untrue("unknown", name=ref.name, near=near(ref.name, books.names()))
        found.append(fact)
    return tuple(found)


def same_unit(facts: tuple[Fact, ...], verb: str) -> None:
    """Only what is counted in one unit is compared or added."""
    if len({f.unit for f in facts}) > 1:
        raise Untrue("units", units="、".join(f.unit for f in facts), verb=verb)


def fill(call: Call, books: Books, *, english: bool) -> Chip:
    """The chip of a call, or the reason why it may not stand."""
    facts = lookup(call, books)
    if any(not fact.recorded for fact in facts):
        return Chip(call, facts, GAP[0], GAP[1], GAP[0], gap=True)
    values = []
    for fact in facts:
        if fact.value is None:
            raise Untrue("missing", name=fact.names)
        values.append(fact.value)
    if call.op == "全":
        return cover(call, facts, values)
    if call.op == "期":
        if facts[0].period is None:
            raise Untrue("missing", name=facts[0].names)
        zh, en = (facts[0].period.words(language) for language in ("zh", "en"))
        return Chip(call, facts, zh, en, zh)
    if call.op == "有":
        if values[0] < 1:
            raise Untrue("zero", word=call.words[0])
        return Chip(call, facts, *3 * (call.words[0],))
    return measured(call, facts, values, "en" if english else "zh")


def measured(call: Call, facts: tuple[Fact, ...], values: list[Decimal], language: Language) -> Chip:
    """A chip that prints a number: the figure's own, or one computed from several."""
    wanted, unit = style(call.words)
    first = facts[0]
    if unit and unit not in first.units:
        raise Untrue("unit", name=first.names, units="、".join(first.units), unit=unit)
    if call.op in ("占", "增", "倍", "点", "完成"):
        same_unit(facts, "相比")
    text = ""
    match call.op:
        case "占":
            text = share(values[0], values[1])
        case "增":
            text = growth(values[0], values[1], language)
        case "倍":
            text = multiple(values[0], values[1], language)
        case "点":
            text = points(values[0], values[1], language)
        case "完成":
            text = completion(values[0], values[1])
        case "均":
            value, got = average(values[0], values[1]), Style(wanted.scale, wanted.step or Decimal(1), wanted.word)
            shown = form(value, first.unit, got)
            return Chip(call, facts, shown.zh(), shown.en(), shown.zh(group=True), shown, first.unit)
        case "各":
            if len(set(values)) > 1:
                raise Untrue("each", values="、".join(map(plain, values)))
        case "和":
            add(facts, values, wanted)
    if text:
        return Chip(call, facts, text, text, text)
    shown = form(values[0], unit or first.unit, replace(wanted, bare=False))
    shown = replace(shown, unit="" if wanted.bare else shown.unit)
    zh, screen = shown.zh(), shown.zh(group=True)
    if call.op == "各" and language == "zh":
        zh, screen = "各" + zh, "各" + screen
    return Chip(call, facts, zh, shown.en(), screen, shown, shown.unit)


def add(facts: tuple[Fact, ...], values: list[Decimal], wanted: Style) -> None:
    """The first is the sum of the rest, in truth and as printed in the same style."""
    same_unit(facts, "相加")
    for fact in facts[1:]:
        if fact.distinct:
            raise Untrue("distinct", name=fact.names)
    total = sum(values[1:], Decimal(0))
    if total != values[0]:
        raise Untrue("sum", sum=plain(total), total=plain(values[0]), gap=plain(abs(total - values[0])))
    if wanted.step and wanted.step > grain(facts[0].unit) and wanted.word is PLAIN:
        faces = [form(v, facts[0].unit, wanted).face for v in values]
        if sum(faces[1:], Decimal(0)) != faces[0]:
            raise Untrue("printed", sum=plain(sum(faces[1:], Decimal(0))), total=plain(faces[0]))


def cover(call: Call, facts: tuple[Fact, ...], values: list[Decimal]) -> Chip:
    """全部, 全覆盖, 均, 每年: the part must be the whole (or the rate 100 %); 同步 allows the last half per cent."""
    zh, en, least = COVER[call.words[0]]
    part, whole = (values[0], values[1]) if len(values) > 1 else (values[0], facts[0].whole or Decimal(100))
    if part * 1000 < whole * least:
        raise Untrue("cover", whole=plain(whole), part=plain(part), gap=plain(whole - part))
    return Chip(call, facts, zh, en, zh)
