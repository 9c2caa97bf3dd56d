"""The rows of a sent table that are corrected on the page: cells to write in, what is wrong beside them, what may be done (`fixing.html`)."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

CELL = re.compile(r"(over-)?([a-z_]+)-(\d{1,18})")


@dataclass(frozen=True)
class Box:
    """One cell to write in. A number that is right is covered: what is written over it takes its place, and nothing leaves it."""

    name: str
    label: str
    value: str
    css: str
    covered: str = ""
    wrong: bool = False
    why: str = ""  # the id of what says why
    options: Sequence[str] = ()
    numeric: bool = False


@dataclass(frozen=True)
class Meant:
    """Somebody of the register who may be meant."""

    name: str
    url: str
    about: str
    value: str  # of the button
    button: str


@dataclass(frozen=True)
class FixRow:
    """A row of the grid."""

    pk: int
    turn: int
    row: int
    sheet: str
    title: str
    boxes: list[Box]
    why: list[str]
    result: Any = ""
    meant: list[Meant] = field(default_factory=list)
    here: Meant | None = None  # whom the register holds, of whom the row says that she has left
    alike: str = ""  # the label of the button
    alike_value: str = ""
    fixed: bool = False
    out: bool = False
    taken: bool = False
    note: str = ""
    mayleave: bool = False  # a right row may be left out, too

    @property
    def params(self) -> str:
        """The names of what is sent of this row."""
        return ",".join(["do", "fields", "view", f"turn-{self.pk}", *(box.name for box in self.boxes)])


def typed(post: Mapping[str, str], fields: Container[str]) -> tuple[dict[int, dict[str, str]], dict[int, int]]:
    """What was written into the cells of each row, and which turn of the row was seen. An empty cell over a covered number says nothing."""
    said: dict[int, dict[str, str]] = {}
    turns: dict[int, int] = {}
    for name, text in post.items():
        if found := CELL.fullmatch(name):
            over, code, line = found[1], found[2], int(found[3])
            if code == "turn" and str(text).isdecimal():
                turns[line] = int(str(text)[:9])
            elif code in fields and (str(text).strip() or not over):
                said.setdefault(line, {})[code] = str(text)
    return {line: cells for line, cells in said.items() if line in turns}, turns
