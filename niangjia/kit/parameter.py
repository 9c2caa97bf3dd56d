"""Parameters: what the law or a place sets, and may set anew from a day on. Declared once, asked by day and place (`kit.answer`).

Rules never ask: actions, queries and deadlines read the values, and hand them in.

>>> from niangjia.kit.spans import days
>>> term = parameter("demo.mediate", days(15), zh="调解期限", en="Mediation", basis="art. 14", most=days(15))
>>> term.kind, term.words("zh-hans"), area_of(term)
('span', '调解期限', 'demo')
>>> parameter("demo.mediate", 15, zh="", en="", basis="")
Traceback (most recent call last):
ValueError: demo.mediate: declared twice, out of its own bounds, or without its choices
>>> del PARAMETERS["demo.mediate"]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from niangjia.kit.values import Value, in_bounds, kind_of


@dataclass(frozen=True)
class Parameter:
    """One thing that is set: its default is the law's, or the house's own where no law speaks."""

    code: str  # dotted
    default: Value
    zh: str
    en: str
    basis: Any  # law and article, or kit.basis.CUSTOM
    kind: str = ""  # span, money, percent, number, yesno, choice: told by the default, unless said
    unit: Any = ""  # what a number counts
    least: Value | None = None  # bounds for what a place may set
    most: Value | None = None
    choices: Mapping[str, Any] = field(default_factory=dict)
    place: bool = True  # whether a place may set its own; else only a change of the law does
    duty: str = "office"  # whose matter it is: who may propose another value
    theme: str = ""  # the area in which it stands, where its code does not begin with that

    def words(self, language: str) -> str:
        """Its name in Chinese (zh…) or English."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class Family:
    """Parameters of one meaning, told apart by keys such as severity × rung; each cell is a parameter of its own."""

    code: str
    cells: Mapping[tuple[str, ...], Parameter]


PARAMETERS: dict[str, Parameter] = {}
AREAS: dict[str, tuple[str, str]] = {}  # how codes begin: zh, en


def area(code: str, *, zh: str, en: str) -> None:
    """Name the parameters whose codes begin so; the longest beginning counts."""
    AREAS[code] = (zh, en)


def area_of(one: Parameter) -> str:
    """The area of a parameter: the one it names, else the one with which its code begins; the first word of its code where none was named."""
    if one.theme:
        return one.theme
    begins = (code for code in AREAS if one.code.startswith(f"{code}."))
    return max(begins, key=len, default=one.code.partition(".")[0])


def parameter(code: str, default: Value, **facts: Any) -> Parameter:
    """Declare a parameter; its default must lie within its own bounds."""
    one = Parameter(code, default, **{"kind": kind_of(default)} | facts)
    if code in PARAMETERS or not in_bounds(default, one.least, one.most) or (one.kind == "choice") != bool(one.choices):
        raise ValueError(f"{code}: declared twice, out of its own bounds, or without its choices")
    PARAMETERS[code] = one
    return one


def family(code: str, defaults: Mapping[tuple[str, ...], Value], words: Mapping[str, tuple[str, str]], **facts: Any) -> Family:
    """Declare a table of parameters; `words` names the keys in both languages."""

    def name(keys: Sequence[str], n: int) -> str:
        return (", " if n else "，").join(words[key][n] for key in keys)

    cells = {
        keys: parameter(".".join((code, *keys)), default, zh=name(keys, 0), en=name(keys, 1), **facts) for keys, default in defaults.items()
    }
    return Family(code, cells)
