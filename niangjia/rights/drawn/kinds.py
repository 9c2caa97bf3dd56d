"""The register of kinds of papers, and a paper as Word and as PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.translation import override

from niangjia.kit.gongwen.letter import Fields, Form, Grid, form

STYLE = Path(__file__).parents[1] / "static" / "rights" / "paper.css"


@dataclass(frozen=True)
class Drawn:
    """A kind of paper: its name to the reader and as a file, the word in its number, of what and where that must stand, and how it is drawn up."""

    code: str
    label: Any
    file: str
    word: str  # 劳调通〔2026〕1号
    of: type[Model]
    states: tuple[str, ...]
    form: Callable[[Any, str, Any], Form]
    needs: Callable[[Any, Any], str] | None = None  # what is missing before it can be drawn up, as a sentence; empty if nothing is
    signed: bool = False  # drafted and signed on the case before it has a number, never drawn up by itself

    def number(self, year: int, number: int) -> str:
        """A number as it is printed."""
        return f"{self.word}〔{year}〕{number}号"

    def draw(self, subject: Any, number: str, facts: Any) -> Sheet:
        """The paper, drawn up."""
        with override("zh-hans"):
            return Sheet(self.form(subject, number, facts))


@dataclass(frozen=True)
class Sheet:
    """A paper, ready to be written."""

    of: Form

    def word(self) -> bytes:
        """As a Word file."""
        return form(self.of)

    def pdf(self) -> bytes:
        """As PDF: the same parts in the same order."""
        from weasyprint import CSS, HTML

        parts = [
            ("grid", one) if isinstance(one, Grid) else ("fields", one.lines) if isinstance(one, Fields) else ("text", one)
            for one in self.of.parts
        ]
        page = HTML(string=render_to_string("rights/paper.html", {"of": self.of, "parts": parts}))
        made: bytes = page.write_pdf(stylesheets=[CSS(filename=str(STYLE))])
        return made


DRAWN: dict[str, Drawn] = {}


def paper(code: str, label: Any, **facts: Any) -> Drawn:
    """Declare a kind of paper. ValueError if one is declared twice."""
    if code in DRAWN:
        raise ValueError(f"{code} is declared twice")
    DRAWN[code] = Drawn(code, label, **facts)
    return DRAWN[code]


def kinds(subject: Any) -> list[Drawn]:
    """The papers that can be drawn up of a thing where it stands."""
    return [one for one in DRAWN.values() if isinstance(subject, one.of) and not one.signed and getattr(subject, "state", "") in one.states]


def number_of(kind: str, year: int, number: int) -> str:
    """The number of a paper as it is printed; also of a kind that is no longer drawn up."""
    known = DRAWN.get(kind)
    return known.number(year, number) if known else f"{kind}〔{year}〕{number}号"
