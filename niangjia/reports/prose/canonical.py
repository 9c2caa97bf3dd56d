"""The canonical bytes of a review, and the canonical document: text, figures and values in one form that can be hashed.

One review, one sequence of bytes: NFC, LF, one empty line between blocks, heads in fixed order, codes for
names, words of style in fixed order. What the clerk typed loosely and what the picker inserted is the same.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from niangjia.reports.prose.compile import Compiled, Line
from niangjia.reports.prose.facts import Books, Fact
from niangjia.reports.prose.fill import Chip
from niangjia.reports.prose.notation import ENGLISH_OPERATIONS, FREE, HEAD, words
from niangjia.reports.prose.tree import Call, Review
from niangjia.reports.prose.units import plain
from niangjia.reports.prose.untrue import Untrue

ORDER = {w: i for i, w in enumerate(("万", "亿", "全数", "in-full", *words()))}
FORMAT = "niangjia.review/1"


def code_of(name: str, period: str, books: Books) -> str:
    """The code of a figure that is called by its name; what nobody knows stays as it was typed."""
    try:
        fact = books.get(name, period)
    except Untrue:
        fact = None
    return fact.code if fact else name


def canonical_call(call: Call, books: Books, *, english: bool) -> str:
    """A call with codes for names, and its words in fixed order."""
    refs = [code_of(ref.name, ref.period, books) + (f"@{ref.period}" if ref.period else "") for ref in call.refs]
    style = call.words if call.op in (*FREE, "全") else sorted(call.words, key=lambda w: ORDER.get(w, 0))
    op = next((e for e, zh in ENGLISH_OPERATIONS.items() if zh == call.op), "") if english else call.op
    return "【" + " ".join(filter(None, [op, *refs, *style])) + "】"


def canonical(review: Review, books: Books) -> bytes:
    """The bytes that are hashed, stored and compared."""
    head = [f"{key}：{review.head[key]}" for key in HEAD if key in review.head]
    blocks = []
    for block in review.blocks:
        parts = (
            canonical_call(p, books, english=review.english) if isinstance(p, Call) else re.sub(r"[ \t]+", " ", p.text) for p in block.parts
        )
        blocks.append(("#" * block.level + " " if block.level else "") + "".join(parts).strip())
    text = "\n\n".join(["\n".join(head), *blocks]).strip() + "\n"
    return unicodedata.normalize("NFC", text).encode()


def digest(review: Review, books: Books) -> str:
    """The hash of the text alone."""
    return hashlib.sha256(canonical(review, books)).hexdigest()


def document(out: Compiled, books: Books, union: str) -> dict[str, Any]:
    """The canonical document: what stands on the page, and each figure's question, value and definition. It names no posting and
    no key of a table, so that the same records in another database give the same document.
    """
    blocks = [
        {
            "level": line.level,
            "number": line.number.strip(),
            "runs": [run if isinstance(run, str) else said(run, english=out.english) for run in line.runs],
        }
        for line in out.lines
    ]
    figures = [
        {
            "code": fact.code, "ref": fact.ref, "period": str(fact.period or ""), "unit": fact.unit,
            "value": None if fact.value is None else plain(fact.value), "whole": None if fact.whole is None else plain(fact.whole),
            "recorded": fact.recorded, "definition": fact.digest,
        } | ({"union": fact.union} if fact.union else {})
        for fact in sorted(out.facts(), key=lambda fact: fact.key)
    ]  # fmt: skip
    head = {key: out.review.head[key] for key in HEAD if key in out.review.head}
    return {
        "format": FORMAT, "union": union, "language": out.language, "text": digest(out.review, books),
        "head": head, "blocks": blocks, "figures": figures,
    }  # fmt: skip


def said(chip: Chip, *, english: bool) -> dict[str, Any]:
    """A figure in its place, as the canonical document tells it."""
    shown = {"call": str(chip.call), "printed": chip.text(english=english), "figures": [fact.key for fact in chip.facts]}
    return shown | ({"gap": True} if chip.gap else {})


def published_lines(out: Compiled, document_: dict[str, Any], facts: Mapping[str, Fact]) -> Compiled:
    """What a canonical document tells, as lines: its numbers and printed forms in place of those that a compiler would give today."""
    made = []
    for i, block in enumerate(document_["blocks"]):
        line = out.lines[i] if i < len(out.lines) else Line(block["level"], "", (), i + 1)
        today = [run for run in line.runs if isinstance(run, Chip)]
        chips = [run for run in block["runs"] if not isinstance(run, str)]
        same = iter(today if [str(chip.call) for chip in today] == [run["call"] for run in chips] else [None] * len(chips))
        runs = tuple(run if isinstance(run, str) else told(run, next(same), facts, line.line, english=out.english) for run in block["runs"])
        number = block["number"] + (" " if block["number"] and block["number"][-1].isascii() else "")
        made.append(Line(block["level"], number, runs, line.line))
    return replace(out, lines=made)


def told(run: dict[str, Any], today: Chip | None, facts: Mapping[str, Fact], line: int, *, english: bool) -> Chip:
    """A figure in its place as it was published; what it was called by may no longer be known."""
    if today is not None and said(today, english=english) == run:
        return today
    text = run["printed"]
    call_ = today.call if today is not None else Call("", (), (run["call"],), line)
    return Chip(call_, tuple(facts[key] for key in run["figures"] if key in facts), text, text, text, gap=run.get("gap", False))


def sealed(documents: Any) -> str:
    """The hash of a canonical document, or of several."""
    said = json.dumps(documents, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
