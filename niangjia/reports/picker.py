"""The picker: figures found by their words, and the ways in which one may truly be written."""

from __future__ import annotations

from dataclasses import dataclass

from niangjia.kit.figure import FIGURES
from niangjia.kit.names import initials, reading
from niangjia.reports.books import LiveBooks, codes, listed
from niangjia.reports.prose.facts import Fact
from niangjia.reports.prose.notation import style
from niangjia.reports.prose.numbers import form
from niangjia.reports.prose.units import grouped, plain
from niangjia.reports.prose.untrue import Untrue

MOST = 8
WAYS = {  # words of style worth trying, the plain ones first
    "zh": (
        (), ("万", "1位"), ("万", "2位"), ("亿", "2位"), ("万", "余"), ("万", "1位", "余"), ("到百", "余"), ("到千", "余"), ("到十", "多"),
        ("万", "近"), ("万", "到百", "近"), ("到百", "近"), ("到百", "约"), ("汉字",), ("万", "到百", "突破"),
    ),
    "en": (
        (), ("to-1m",), ("to-10k",), ("to-1k",), ("to-100",), ("to-1m", "more-than"), ("to-10k", "more-than"), ("to-1k", "more-than"),
        ("to-100", "more-than"), ("to-1m", "nearly"), ("to-1k", "nearly"), ("to-100", "about"), ("in-words",),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """A figure that was found."""

    code: str
    name: str
    value: str  # as of the present draft's period; empty while nothing counts it


@dataclass(frozen=True)
class Way:
    """One way to write a figure: how it reads and the chip that says so, or why it would be false."""

    printed: str
    chip: str = ""
    why: str = ""


def find(words: str, books: LiveBooks, language: str) -> list[Offer]:
    """The figures that these words find, those that are counted first."""
    wanted = words.strip().lower()
    if not wanted:
        return []
    every: dict[str, tuple[str, str, str]] = {f.name: (f.zh, f.en, f.ref) for f in FIGURES.values()}
    for one in listed().values():
        every.setdefault(codes()[one.code], (one.zh, one.en, one.refs[0]))
    found = []
    for code, (zh, en, ref) in every.items():
        if any(wanted in said.lower() for said in (code, zh, en, ref, initials(reading(zh, person=False)))):
            name = en if language == "en" else zh
            found.append((code not in FIGURES, not name.lower().startswith(wanted), len(name), code, name))
    best = sorted(found)[:MOST]
    books.prepare((code, "") for *_rank, code, _name in best)
    return [Offer(code, name, valued(books.get(code))) for *_rank, code, name in best]


def valued(fact: Fact | None) -> str:
    """A value with its unit, as screens show it."""
    if fact is None or fact.value is None or not fact.recorded:
        return ""
    return grouped(plain(round(fact.value, 2))) + fact.unit


def ways(fact: Fact, period: str, language: str) -> list[Way]:
    """How a figure may be written; two that would be false stand at the end with the reason."""
    name = fact.code + (f"@{period}" if period else "")
    if fact.value is None or not fact.recorded:
        return [Way("", f"【{name}】")]
    true, false = dict[str, Way](), dict[str, Way]()
    for words in WAYS[language]:
        try:
            said = form(fact.value, fact.unit, style(words)[0])
        except Untrue as why:
            false.setdefault(why.key, Way(" ".join(words), why=why.say("en" if language == "en" else "zh")))
            continue
        printed = said.en() if language == "en" else said.zh(group=True)
        true.setdefault(printed, Way(printed, f"【{' '.join((name, *words))}】"))
    return [*list(true.values())[:6], *[way for key, way in false.items() if key in ("exact", "far", "bare")][:2]]


def put(text: str, chip: str) -> str:
    """A chip in its place: where 【】 waits for one, else at the end."""
    for blank in ("【】", "[[]]"):
        if blank in text:
            return text.replace(blank, chip, 1)
    return text.rstrip("\n") + chip + "\n"
