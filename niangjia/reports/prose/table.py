"""The table of figures, and the plain text."""

from __future__ import annotations

from dataclasses import dataclass

from niangjia.kit.periods import Period
from niangjia.reports.prose.compile import Compiled
from niangjia.reports.prose.facts import Fact
from niangjia.reports.prose.fill import GAP
from niangjia.reports.prose.notation import periods_of
from niangjia.reports.prose.units import UNIT_NAMES, plain


@dataclass(frozen=True)
class Row:
    """A line of the table of figures: what was written, and what it was written of."""

    ref: str
    name: str
    written: str
    value: str
    unit: str
    period: str
    code: str
    fact: Fact


HEADS = {
    "zh": ("编号", "数字", "文中写法", "实数", "单位", "时期", "代码"),
    "en": ("No.", "Figure", "As written", "Exact", "Unit", "Period", "Code"),
}


def forms(out: Compiled) -> dict[str, list[str]]:
    """How each figure is written, by its key, in the order of the text; what is only compared, by the words of the comparison."""
    own: dict[str, list[str]] = {}
    compared: dict[str, list[str]] = {}
    for chip in out.chips():
        text, named = chip.text(english=out.english), chip.facts[:1] if chip.call.op == "和" else chip.facts
        for fact in named:
            mine = (own if chip.own else compared).setdefault(fact.key, [])
            if text not in mine:
                mine.append(text)
    return compared | own


def exact(fact: Fact) -> str:
    """A value as the table of figures holds it: whole; what a division gives, to the fourth place (the canonical document has all)."""
    return "" if fact.value is None else plain(round(fact.value, PLACES))


PLACES = 4


def rows(out: Compiled) -> list[Row]:
    """Each figure once, in the order of the text, with all its printed forms."""
    english, written = out.english, forms(out)
    named = {str(period): name for name, period in periods_of(out.review.head.get("时期", ""))}
    mark = "; " if english else "；"
    made = []
    for fact in out.told():
        value = exact(fact)
        unit = UNIT_NAMES.get(fact.unit, "") if english else fact.unit
        said = mark.join(written.get(fact.key, [])) if fact.recorded else GAP[english].strip("〔〕[]")
        made.append(Row(fact.ref, fact.words(english=english), said, value, unit, span(fact.period, named, out.language), fact.code, fact))
    return made


def span(period: Period | None, named: dict[str, str], language: str) -> str:
    """A period by the name that the head of the review gives it, else by its days."""
    return "" if period is None else named.get(str(period)) or period.words(language)


def text(out: Compiled) -> str:
    """For a message or a mail: title, numbered headings, paragraphs indented by two."""
    lines = [out.title, ""]
    lines += [("" if out.english else "　　") + line.text(english=out.english) for line in out.lines]
    return "\n".join(lines) + "\n"
