"""From a review to runs of text and proved chips: the one form that all outputs are made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from niangjia.reports.prose.facts import Books, Fact
from niangjia.reports.prose.fill import Chip, fill
from niangjia.reports.prose.tree import Block, Call, Review
from niangjia.reports.prose.untrue import Fault, Language, Level, Untrue

Run = str | Chip
TENS = "一二三四五六七八九"


@dataclass(frozen=True)
class Line:
    """A block with its number: 一、 for headings."""

    level: int
    number: str
    runs: tuple[Run, ...]
    line: int

    def text(self, *, english: bool) -> str:
        """Number and words, as printed."""
        return self.number + "".join(run if isinstance(run, str) else run.text(english=english) for run in self.runs)


@dataclass
class Compiled:
    """A review whose figures have been asked for and proved, with what is wrong in it."""

    review: Review
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def english(self) -> bool:
        return self.review.english

    @property
    def language(self) -> Language:
        return "en" if self.english else "zh"

    @property
    def title(self) -> str:
        return self.review.head.get("标题", "")

    def chips(self) -> list[Chip]:
        """Every figure in its place, in the order of the text."""
        return [r for line in self.lines for r in line.runs if isinstance(r, Chip)]

    def facts(self) -> list[Fact]:
        """Every figure once, in the order of the text."""
        return list({fact.key: fact for chip in self.chips() for fact in chip.facts}.values())

    def told(self) -> list[Fact]:
        """Every figure that the text tells, once: not those that a place is measured against."""
        those = (fact for chip in self.chips() for fact in (chip.facts[:1] if chip.call.op == "位次" else chip.facts))
        return list({fact.key: fact for fact in those}.values())

    def fault(self, line: int, level: Level, why: Untrue) -> None:
        """Note what is wrong."""
        self.faults.append(Fault(line, level, why))

    @property
    def held(self) -> list[Fault]:
        """The faults that forbid publication."""
        return [fault for fault in self.faults if fault.level != "note"]


def numbered(level: int, counts: list[int], *, english: bool) -> str:
    """一、 （一） 1. as GB/T 9704-2012, 7.3.3 numbers them; in English 1. 1.1 1.1.1."""
    counts[level - 1] += 1
    counts[level:] = [0] * (3 - level)
    n = counts[level - 1]
    if english:
        return ".".join(map(str, counts[:level])) + (". " if level == 1 else " ")
    if level == 3:
        return f"{n}. "
    tens, ones = divmod(n, 10)
    han = (TENS[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (TENS[ones - 1] if ones else "")
    return f"{han}、" if level == 1 else f"（{han}）"


def compile_review(review: Review, bad: list[tuple[int, Untrue]], books: Books) -> Compiled:
    """Every call filled; what could not be filled stands in the text as 〔尚未记录〕 or as typed."""
    out, counts = Compiled(review), [0, 0, 0]
    for line, why in bad:
        out.fault(line, "refused", why)
    for block in review.blocks:
        number = numbered(block.level, counts, english=review.english) if block.level else ""
        out.lines.append(Line(block.level, number, runs(block, out, books), block.line))
    return out


def runs(block: Block, out: Compiled, books: Books) -> tuple[Run, ...]:
    """The parts of a block, each call filled."""
    made: list[Run] = []
    for part in block.parts:
        if not isinstance(part, Call):
            made.append(part.text)
            continue
        try:
            made.append(fill(part, books, english=out.english))
        except Untrue as why:
            out.fault(part.line, "refused", why)
            made.append(str(part))
    return tuple(made)
