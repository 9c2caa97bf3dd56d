"""From a call to a chip: looked up, computed, proved, printed; or the reason why it may not stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from niangjia.kit.periods import Period, until
from niangjia.reports.prose.facts import Books, Fact
from niangjia.reports.prose.notation import COVER, DONE, STEPS, near, style
from niangjia.reports.prose.numbers import Printed, Style, form
from niangjia.reports.prose.phrases import ahead, average, completion, doubled, growth, multiple, points, rank, rise, run, share, shares
from niangjia.reports.prose.tree import Call, Ref
from niangjia.reports.prose.units import grain, plain
from niangjia.reports.prose.untrue import Language, Untrue
from niangjia.reports.prose.words import PLAIN

GAP = ("〔尚未记录〕", "[not yet recorded]")
COMPARING = (
    "占",
    "增",
    "倍",
    "点",
    "完成",
    "均",
    "各占",
    "翻番",
    "净增",
    "连续",
    "位次",
)  # operations whose printed form is not the figure's own


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


def refs_of(call: Call, books: Books) -> tuple[Ref, ...]:
    """The figures that a call reads: those that it names, or the same one on two days, in each year, at each union."""
    first = call.refs[0]
    if call.op == "净增":
        span = books.span(first.period)
        if span.first is None:
            raise Untrue("rise", name=first.name)
        return Ref(first.name, str(until(span.last))), Ref(first.name, str(until(span.first - timedelta(days=1))))
    if call.op == "连续":
        return tuple(Ref(first.name, str(year)) for year in years_of(books.span(first.period)))
    if call.op == "位次":
        codes = books.peers(first.name, first.period, " ".join(call.words))
        if not codes:
            raise Untrue("alone")
        return tuple(Ref(first.name, f"{first.period}#{code}") for code in codes)
    return call.refs


def years_of(span: Period) -> list[Period]:
    """The calendar years of a span, which has to be made of whole ones."""
    found = span.calendar_years() if span.first else []
    if not found or any(len(str(year)) != len("2014") for year in found):
        raise Untrue("years", span=(span.words("zh"), span.words("en")))
    return found


def lookup(call: Call, books: Books) -> tuple[Fact, ...]:
    """The facts that a call reads."""
    found = []
    for ref in refs_of(call, books):
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


def compared(call: Call, facts: tuple[Fact, ...], values: list[Decimal], language: Language) -> str:
    """The words of a comparison; empty where the operation prints a number of its own."""
    if call.op in ("占", "增", "倍", "点", "完成", "各占", "翻番"):
        same_unit(facts, "相比")
    match call.op:
        case "占":
            return share(values[0], values[1])
        case "增":
            return growth(values[0], values[1], language)
        case "倍":
            return multiple(values[0], values[1], language)
        case "点":
            return points(values[0], values[1], language)
        case "翻番":
            return doubled(values[0], values[1], language)
        case "各占":
            return divided(call, facts, values, language)
        case "完成":
            return done(call, facts, values, language)
        case "连续":
            years = [(fact.period.last.year if fact.period else 0, value) for fact, value in zip(facts, values, strict=True)]
            return run(years, language, hanzi=style(call.words)[0].hanzi)
        case "位次":
            if any(0 < value < FEWEST for value in values):
                raise Untrue("few", n=FEWEST)
            return rank(values[0], values[1:], language)
    return ""


FEWEST = 3  # fewer records than this might be known again by who reads a table of places


def divided(call: Call, facts: tuple[Fact, ...], values: list[Decimal], language: Language) -> str:
    """The parts of a whole, each in percent of their sum, which make 100 as printed; who counts in two of them cannot be parted."""
    for fact in facts:
        if fact.distinct:
            raise Untrue("distinct", name=fact.names)
    places = {"整": 0, "1位": 1, "2位": 2}
    said = shares(values, next((places[word] for word in call.words if word in places and word in STEPS), 1))
    return "、".join(said) if language == "zh" else ", ".join(said[:-1]) + " and " + said[-1]


def done(call: Call, facts: tuple[Fact, ...], values: list[Decimal], language: Language) -> str:
    """How much of a task is done, or that it is: in full, more than in full, before its day."""
    word = DONE[call.words[0]][0].removesuffix("完成") if call.words else ""
    said = completion(values[0], values[1], word)
    if word == "提前":
        days = [fact.period.last if fact.period else None for fact in facts]
        if days[0] is None or days[1] is None:
            raise Untrue("missing", name=facts[0].names)
        ahead(days[0], days[1])
    return DONE[call.words[0]][language == "en"] if word else said


def measured(call: Call, facts: tuple[Fact, ...], values: list[Decimal], language: Language) -> Chip:
    """A chip that prints a number: the figure's own, or one computed from several."""
    if text := compared(call, facts, values, language):
        return Chip(call, facts, text, text, text)
    wanted, unit = style(call.words)
    first = facts[0]
    if unit and unit not in first.units:
        raise Untrue("unit", name=first.names, units="、".join(first.units), unit=unit)
    match call.op:
        case "均":
            value, got = average(values[0], values[1]), Style(wanted.scale, wanted.step or Decimal(1), wanted.word)
            shown = form(value, first.unit, got)
            return Chip(call, facts, shown.zh(), shown.en(), shown.zh(group=True), shown, first.unit)
        case "净增":
            if first.kind != "stock":
                raise Untrue("flow", name=first.names)
            shown = form(rise(values[0], values[1], first.names), unit or first.unit, replace(wanted, bare=False))
            return Chip(call, facts, "净增" + shown.zh(), "a net " + shown.en(), "净增" + shown.zh(group=True), shown, shown.unit)
        case "各":
            if len(set(values)) > 1:
                raise Untrue("each", values="、".join(map(plain, values)))
        case "和":
            add(facts, values, wanted)
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
