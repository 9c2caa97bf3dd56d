"""An answer and the way to it: each step names what it took, the article it stands on and, if it is a line of the sum, the yuan it gives.

A step is a word with facts; the sentence is made where it is shown, in the language of the reader. Lines are rounded to the fen, halves up, before
they are added, so that a worker who adds them on paper comes to the same sum.

>>> line = Step("work", {"hours": Decimal(8), "since": date(2025, 9, 1)}, ("LL 44",), Decimal("12.50"))
>>> unpacked(packed(Answer("overtime", amount=Decimal("12.50"), steps=(line,)))).steps[0] == line
True
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

VERSION = 1  # raised when a rule of this package changes, so that a stored answer says by which it was found
Fact = Decimal | date | int | str
FEN = Decimal("0.01")


@dataclass(frozen=True)
class Step:
    """One step of a reckoning."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    articles: tuple[str, ...] = ()  # a law and an article: LCL 47
    yuan: Decimal | None = None


@dataclass(frozen=True)
class Answer:
    """What a reckoning comes to: yuan, or a range of yuan, or a day; none of them where the law gives nothing."""

    kind: str
    amount: Decimal | None = None
    most: Decimal | None = None  # where a law gives a range
    day: date | None = None
    steps: tuple[Step, ...] = ()
    version: int = VERSION


def fen(exact: Fraction | Decimal) -> Decimal:
    """Yuan with two places, halves up.

    >>> fen(Fraction(1, 3)), fen(Decimal("0.125"))
    (Decimal('0.33'), Decimal('0.13'))
    """
    said = Fraction(exact)
    return (Decimal(said.numerator) / Decimal(said.denominator)).quantize(FEN, ROUND_HALF_UP)


def summed(kind: str, steps: Sequence[Step]) -> Answer:
    """The answer that adds the lines of its steps."""
    return Answer(kind, amount=sum((one.yuan for one in steps if one.yuan is not None), Decimal("0.00")), steps=tuple(steps))


def packed(one: Answer) -> dict[str, Any]:
    """An answer as JSON keeps it."""
    steps = [
        {"code": step.code, "facts": {name: _packed(fact) for name, fact in step.facts.items()}, "articles": list(step.articles), "yuan": _text(step.yuan)}
        for step in one.steps
    ]  # fmt: skip
    day = one.day.isoformat() if one.day else None
    return {"kind": one.kind, "amount": _text(one.amount), "most": _text(one.most), "day": day, "steps": steps, "version": one.version}


def unpacked(kept: Mapping[str, Any]) -> Answer:
    """An answer as it was."""
    steps = tuple(
        Step(one["code"], {name: _unpacked(fact) for name, fact in one["facts"].items()}, tuple(one["articles"]), _money(one["yuan"]))
        for one in kept["steps"]
    )
    day = date.fromisoformat(kept["day"]) if kept["day"] else None
    return Answer(kept["kind"], _money(kept["amount"]), _money(kept["most"]), day, steps, kept["version"])


def _packed(fact: Fact) -> Any:
    if isinstance(fact, date):
        return {"day": fact.isoformat()}
    return {"number": str(fact)} if isinstance(fact, Decimal) else fact


def _unpacked(kept: Any) -> Fact:
    if not isinstance(kept, dict):
        return kept  # type: ignore[no-any-return]
    return date.fromisoformat(kept["day"]) if "day" in kept else Decimal(kept["number"])


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _money(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)
