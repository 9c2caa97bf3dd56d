"""What a review is made of once it is read."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Ref:
    """A figure by code or by name, of a period of the head of the review or of its own."""

    name: str
    period: str = ""

    def __str__(self) -> str:
        return self.name + (f"@{self.period}" if self.period else "")


@dataclass(frozen=True)
class Call:
    """One chip: an operation (empty: a figure as it is), its figures, its words of style."""

    op: str
    refs: tuple[Ref, ...]
    words: tuple[str, ...]
    line: int

    def __str__(self) -> str:
        return "【" + " ".join((*filter(None, [self.op]), *map(str, self.refs), *self.words)) + "】"


@dataclass(frozen=True)
class Text:
    """Words between figures."""

    text: str
    line: int


Part = Text | Call


@dataclass(frozen=True)
class Block:
    """A paragraph (level 0) or a heading (1: 一、 2: （一） 3: 1.), numbered by the compiler."""

    level: int
    parts: tuple[Part, ...]
    line: int


@dataclass
class Review:
    """Its head, and its blocks in order."""

    head: dict[str, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    @property
    def english(self) -> bool:
        return self.head.get("语言") == "en"

    def calls(self) -> list[Call]:
        """Every figure that is called, in the order of the text."""
        return [p for b in self.blocks for p in b.parts if isinstance(p, Call)]
