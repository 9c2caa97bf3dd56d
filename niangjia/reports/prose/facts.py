"""Where figures come from: the compiler asks `Books`, and is answered with facts; whose books they are it does not know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from niangjia.kit.periods import Period


@dataclass(frozen=True)
class Fact:
    """One answer of the books: what a figure is, and what it came to, with all that a reader may ask of it."""

    code: str
    zh: str
    en: str
    units: tuple[str, ...]  # the first is printed; the others may be asked for
    value: Decimal | None
    kind: str  # flow, stock, ratio, run, coverage, parameter …
    ref: str = ""  # the number that an outside table gives it
    period: Period | None = None
    base: str = ""  # figures of one base are easily taken for each other
    note: tuple[str, str] = ("", "")  # the definition, Chinese and English
    distinct: bool = False  # 人 and 家 are sets: never added up; 人次 and 家次 are sums
    recorded: bool = True  # whether anything counts it yet
    digest: str = ""  # of the definition, so that a freeze names what was counted, not only how much
    day: date | None = None  # of a stock
    whole: Decimal | None = None  # of a coverage: out of how many
    now: Decimal | None = None  # what the books say today, where it differs from what was published
    union: str = ""  # the code of the union that it is about, where that is not the whole of the document
    place: tuple[str, str] = ("", "")  # that union's name, short and whole

    @property
    def unit(self) -> str:
        return self.units[0]

    @property
    def names(self) -> tuple[str, str]:
        """Its name in Chinese and English."""
        return self.zh, self.en

    @property
    def key(self) -> str:
        """What tells it apart in one document: the figure, its period, and the union if it is about a part."""
        return self.code + (f"@{self.period}" if self.period else "") + (f"#{self.union}" if self.union else "")

    def words(self, *, english: bool) -> str:
        """Its name in the language of the document."""
        said = self.en if english else self.zh
        return f"{said} ({self.place[0]})" if self.union and english else f"{said}（{self.place[0]}）" if self.union else said


class Books(Protocol):
    """Whoever answers for figures."""

    def get(self, name: str, period: str = "") -> Fact | None:
        """The fact behind a code or a name, in a period named by the head of the review; None for no such figure."""

    def names(self) -> list[str]:
        """Every code and name that may be picked."""

    def span(self, said: str) -> Period:
        """The days of a period named by the head, or told; of the whole document where nothing is said."""

    def peers(self, name: str, period: str, place: str) -> list[str]:
        """The codes of the unions of one rank among which a union is placed, its own first; nothing where it stands alone."""
