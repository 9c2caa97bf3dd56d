"""What is wrong between the figures of a review, and between the figures and the words around them."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from itertools import combinations, pairwise

from niangjia.reports.prose.compile import Compiled, Line
from niangjia.reports.prose.fill import Chip
from niangjia.reports.prose.units import TIMES, UNITS, plain
from niangjia.reports.prose.untrue import Untrue

TYPED = re.compile(
    r"\d[\d,.]*\s*(?:万|亿|%|"
    + "|".join(UNITS)
    + r")?|[一二两三四五六七八九十百千万亿零几]{2,}(?:人次|人|家次|家|件|项|个|名|期|场|册|张|元)"
)
DATED = re.compile(
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{4}(?=至|—|-| to )|(?:(?:\b\d{1,2} )?[A-Z][a-z]+ )?\b(?:19|20)\d\d\b|“[^”]*”|《[^》]*》|〔[^〕]*〕"
)
BEFORE = ("超过", "突破", "不到", "不足", "近", "约", "逾", "达到", "达", "more than", "nearly", "about", "over", "almost")
AFTER = ("余", "多", "左右", "以上", "上下", "or more")
BORDER = r"\b"  # which cover 20 firms: that “over” is no word of rounding
PRESENT = re.compile(r"(目前|如今|现有|现在|\bnow\b|today|at present)[^，。；,.;]*$")
DAYS = 92  # a stock called 目前 may be a quarter old


def check(out: Compiled) -> Compiled:
    """All checks; the faults are added in the order of the text."""
    for line in out.lines:
        for i, run in enumerate(line.runs):
            if isinstance(run, Chip):
                around(out, line, i)
            else:
                typed(out, line, run)
        respectively(out, line)
    gaps(out)
    pairs(out)
    repeats(out)
    sorts(out)
    days(out)
    out.faults.sort(key=lambda f: f.line)
    return out


def typed(out: Compiled, line: Line, text: str) -> None:
    """A number that nobody counted; years, quoted slogans and document numbers are no figures."""
    for found in TYPED.finditer(DATED.sub(lambda m: "　" * len(m[0]), text)):
        out.fault(line.line, "refused", Untrue("typed", text=found[0].strip(" .,")))


def around(out: Compiled, line: Line, i: int) -> None:
    """Words of rounding belong inside the chip, where they are proved; its unit stands once."""
    chip = line.runs[i]
    assert isinstance(chip, Chip)
    before = line.runs[i - 1] if i else ""
    after = line.runs[i + 1] if i + 1 < len(line.runs) else ""
    if isinstance(before, str):
        word = next((w for w in BEFORE if re.search(rf"{BORDER if w.isascii() else ''}{w}$", before.rstrip())), "")
        if word:
            out.fault(line.line, "refused", Untrue("outside", word=word))
        if chip.call.op == "倍" and re.search(r"(减少|下降|降低)[^，。；]*$", before):
            out.fault(line.line, "refused", Untrue("fewer"))
    if isinstance(after, str):
        word = next((w for w in AFTER if re.match(rf"{w}{BORDER if w.isascii() else ''}", after.lstrip())), "")
        if word:
            out.fault(line.line, "refused", Untrue("outside", word=word))
        if chip.unit and after.startswith(chip.unit) and out.language == "zh":
            out.fault(line.line, "refused", Untrue("double", unit=chip.unit))


def respectively(out: Compiled, line: Line) -> None:
    """“甲、乙和丙分别…”: as many figures after 分别 as names before it, within the clause."""
    text = "".join("\x00" if isinstance(r, Chip) else r for r in line.runs)
    for clause in re.split(r"[，。；;]|, (?=and |while )|\. ", text):
        if out.language == "zh":
            names, word, rest = clause.partition("分别")
            count = len(re.split(r"[、和与及]|以及", names.replace("\x00", ""))) if word else 0
        else:
            rest, word, _ = clause.partition(" respectively")
            names, _, rest = rest.partition("\x00")
            rest, count = "\x00" + rest, len(re.split(r", and |, | and ", names)) if word else 0
        figures = rest.count("\x00")
        if word and figures and count != figures:
            out.fault(line.line, "refused", Untrue("arity", names=count, figures=figures))


def gaps(out: Compiled) -> None:
    """Figures that nothing counts yet: a document may go out with them only if its head says why."""
    names = {fact.code: fact.names for chip in out.chips() if chip.gap for fact in chip.facts if not fact.recorded}
    if names:
        first = tuple(mark.join(name[i] for name in list(names.values())[:3]) for i, mark in enumerate(("、", ", ")))
        said = bool(out.review.head.get("空缺"))
        why = Untrue("gaps" if said else "unrecorded", n=len(names), names=(first[0], first[1]))
        out.fault(1, "note" if said else "answer", why)


def answered(out: Compiled, a: str, b: str) -> bool:
    """A reason given in the head: 说明：a≠b 理由."""
    said = out.review.head.get("说明", "")
    return f"{a}≠{b}" in said or f"{b}≠{a}" in said


def pairs(out: Compiled) -> None:
    """Two figures that a reader would take for one: the same base, or within 1 % in the same kind of unit."""
    seen = {f.code: (f, c.call.line) for c in reversed(out.chips()) for f in c.facts}
    for (a, la), (b, lb) in combinations(seen.values(), 2):
        if a.value is None or b.value is None or a.value == b.value or answered(out, a.code, b.code):
            continue
        family = TIMES.get(a.unit, a.unit) == TIMES.get(b.unit, b.unit)
        close = max(a.value, b.value) >= 1000 and abs(a.value - b.value) * 100 <= max(a.value, b.value)
        if (a.base and a.base == b.base) or (family and close):
            out.fault(max(la, lb), "answer", Untrue("similar", a=b.names, b=a.names))


def repeats(out: Compiled) -> None:
    """One figure in two forms is true twice, and may still look like two facts."""
    forms: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for chip in out.chips():
        if chip.printed and not chip.call.op:
            forms[str(chip.call.refs[0])].append((chip.en if out.language == "en" else chip.zh, chip.call.line))
    for name, shown in forms.items():
        if len({text for text, _ in shown}) > 1:
            out.fault(shown[-1][1], "note", Untrue("repeat", name=name, forms="、".join(t for t, _ in shown)))


def sorts(out: Compiled) -> None:
    """Numbers of one sort in one form: 连续3年 here and 连续三年 there (GB/T 15835-2011, 4.3: 同类别同形式)."""
    found: dict[tuple[str, str], Chip] = {}
    for line in out.lines:
        for before, chip in pairwise(line.runs):
            if isinstance(before, str) and isinstance(chip, Chip) and chip.printed and out.language == "zh":
                other = found.setdefault((before[-2:], chip.printed.unit), chip)
                if other.printed and other.printed.hanzi != chip.printed.hanzi:
                    out.fault(line.line, "note", Untrue("mixed", a=other.zh, b=chip.zh))


def days(out: Compiled) -> None:
    """Stocks too old to be called present (no day is named, or the words say 目前), and figures that changed since they were frozen."""
    written = re.findall(r"\d+", out.review.head.get("日期", ""))
    signed = date(*map(int, written[:3])) if len(written) == 3 else None
    for line in out.lines:
        for before, chip in pairwise(("", *line.runs)):
            if not isinstance(chip, Chip):
                continue
            present = isinstance(before, str) and PRESENT.search(before)
            named = chip.call.refs if len(chip.call.refs) == len(chip.facts) else [None] * len(chip.facts)  # or days of its own finding
            for ref, f in zip(named, chip.facts, strict=True):
                if signed and f.day and (signed - f.day).days > DAYS and (present or (ref and not ref.period)):
                    out.fault(chip.call.line, "answer", Untrue("stale", name=f.names, day=f.day, days=(signed - f.day).days))
                if f.now is not None and f.value is not None and f.now != f.value:
                    out.fault(chip.call.line, "note", Untrue("changed", name=f.names, then=plain(f.value), now=plain(f.now)))
