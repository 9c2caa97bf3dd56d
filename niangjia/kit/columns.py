"""The columns of tables that people send: declared once, found by their heads, offered in the empty table, chosen by hand where no head says it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from niangjia.kit.reading import Sheet, cells
from niangjia.kit.tabled import LOOK, head_word
from niangjia.kit.workbook import letters

Label = object  # a string that is translated when it is shown
Head = tuple[int, int, dict[str, str], dict[str, str]]  # its first and last row, the frame's column of each field, the words over it
LONGEST_HEAD = 20
EXAMPLE = r"^(示例|样例|例[:：如子])"
SIGNED = r"盖\s*章|签\s*[章字名]|填表|制表|审核|审批|负责人|经办|填报|\d{4}\s*年\s*\d{0,2}\s*月|年\s*月\s*日"  # at the foot of paper forms
WORDS_FOR_NOTHING = ("无", "/", "\\", "—", "——", "-", "--", "暂无", "无。", "N/A", "NULL", "空")
WORDS_FOR_DITTO = ("同上", "〃", "″", "同前", '"', "''", "上同", "如上", "同左")


@dataclass(frozen=True)
class Field:
    """One column: its code, its label, the heads under which it is found, and how it is read."""

    code: str
    label: Label
    heads: tuple[str, ...]
    near: tuple[str, ...] = ()  # what a head ends in that is not known as a whole
    ditto: bool = False  # 同上 means the cell above
    hint: Label = ""
    asked: bool = True  # stands in the template; what is only judged, and not kept, does not
    needed: bool = False
    choices: tuple[str, ...] = ()  # the words among which one chooses, in the template and where a row is corrected
    example: str = ""  # in the template; of nobody


@dataclass(frozen=True)
class Choice:
    """How a person wants a sheet read: its head row (0: it has none), and the number of the column of each field."""

    head_row: int
    columns: Mapping[str, int]


class Fields:
    """The columns of one kind of table; those that are `needed` make a row its head."""

    def __init__(self, every: Sequence[Field], *, others: str = "") -> None:
        """`others`: what a head holds that speaks of somebody else, and is none of these."""
        self.every = tuple(every)
        self.by_code = {one.code: one for one in every}
        self.needed = tuple(one.code for one in every if one.needed)
        self.heads = {head: one.code for one in every for head in one.heads}
        # Of two columns of a field the better known is read.
        self.rank = {head: rank for one in every for rank, head in enumerate(one.heads)}
        self._near = [(part, one.code) for one in every for part in one.near]
        self._others = re.compile(others) if others else None

    def field_of(self, head: str) -> str:
        """The field that a head names; empty if none."""
        word = head_word(head)
        if word in self.heads:
            return self.heads[word]
        if not word or len(word) > LONGEST_HEAD:
            return ""
        if self._others and self._others.search(word):
            return ""
        return next((code for part, code in self._near if word.endswith(part)), "")

    def label(self, code: str) -> str:
        """The name of a field."""
        return str(self.by_code[code].label) if code in self.by_code else code

    def named(self, row: Sequence[str]) -> dict[str, int]:
        """The columns that a row of heads names."""
        made: dict[str, int] = {}
        for i, text in enumerate(row):
            if (code := self.field_of(text)) and code not in made:
                made[code] = i
        return made

    def find_head(self, sheet: Sheet) -> Head | None:
        """The head's first and last row and its columns; heads may stand in two rows, the upper merged over several columns."""
        best: tuple[int, int, int, dict[str, str], dict[str, str]] | None = None
        height = min(sheet.frame.height, LOOK)
        rows = [cells(sheet.frame, i) for i in range(height)]
        for i, row in enumerate(rows):
            candidates = [(i, self._columns(row))]
            if i + 1 < height:
                candidates.append((i + 1, self._columns(self._two(row, rows[i + 1]))))
            for last, (columns, heads) in candidates:
                if not all(code in columns for code in self.needed):
                    continue
                score = len(columns) * 10 - (last - i)
                if best is None or score > best[0]:
                    best = (score, i, last, columns, heads)
        return (best[1], best[2], best[3], best[4]) if best else None

    def _two(self, upper: list[str], lower: list[str]) -> list[str]:
        """Two rows of heads as one: the lower where it says something, the upper before it where it alone says nothing."""
        said, over = [], ""
        for top, below in zip(upper, lower, strict=True):
            over = top or over
            if not below:
                said.append(top)
            elif self.field_of(below) and not self.field_of(top):
                said.append(below)
            else:
                said.append(over + below if self.field_of(over + below) else top if self.field_of(top) else below)
        return said

    def _columns(self, row: list[str]) -> tuple[dict[str, str], dict[str, str]]:
        """The column of each field: of several the one whose head is known best, then one that is only like it, then the first."""
        best: dict[str, tuple[int, int]] = {}
        for i, text in enumerate(row):
            if code := self.field_of(text):
                best[code] = min(best.get(code, (len(self.rank), i)), (self.rank.get(head_word(text), len(self.rank) - 1), i))
        at = sorted((i, code) for code, (_rank, i) in best.items())
        return {code: f"c{i}" for i, code in at}, {code: row[i] for i, code in at}

    def chosen(self, sheet: Sheet, choice: Choice) -> Head | None:
        """The head that a person chose, as `find_head` answers; None if the file has no such columns."""
        if any(code not in choice.columns for code in self.needed) or max(choice.columns.values()) >= sheet.frame.width:
            return None
        last = choice.head_row - 1
        row = cells(sheet.frame, last) if 0 <= last < sheet.frame.height else [""] * sheet.frame.width
        columns = {code: f"c{i}" for code, i in choice.columns.items()}
        return max(last, 0), last, columns, {code: row[i] or letters(i) for code, i in choice.columns.items()}


def chosen_of(post: Mapping[str, str], looks: Sequence[Mapping[str, Any]], fields: Fields) -> dict[int, Choice | None]:
    """What the form of the columns says of each sheet; None where it is to be left out."""
    made: dict[int, Choice | None] = {}
    for look in looks:
        number = look["number"]
        head = post.get(f"head-{number}", "")
        if post.get(f"skip-{number}") or not head.isdecimal():
            made[number] = None
            continue
        said = {i: post.get(f"column-{number}-{i}", "") for i in range(look["width"])}
        made[number] = Choice(
            min(int(head[:6]), len(look["top"])), {code: i for i, code in reversed(said.items()) if code in fields.by_code}
        )
    return made
