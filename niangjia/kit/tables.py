"""Three-line tables. Rows are written in one pass of plain Python: a page of fifty rows must cost less than its frame.

>>> str(Table([Column("Year"), Column("Cases", unit="件", num=True)], [[2014, 1901]]).body())
'<tr><th scope="row">2014</th><td class="n-num">1,901</td></tr>'
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from niangjia.kit.components import shown_number
from niangjia.kit.dates import CHINA

Label = Any
DEEPEST = 4  # how far a row of a tree stands in at most


@dataclass(frozen=True)
class Column:
    """One column: its head and unit, how its cells are set, and where they go on a phone (`at` 1 to 6)."""

    head: Label
    unit: Label = ""
    num: bool = False
    at: int = 0  # on a phone: 1 name, 5 beside it, 2 at its end; below 3 number, 6 cause, 4 at the end; 0 stays for the case page
    wide: bool = False  # leaves on narrow screens
    roomy: bool = False  # only where there is room, from 1280
    text: bool = False  # free text: may break anywhere
    nowrap: bool = False
    soft: bool = False
    clip: bool = False  # one line, the rest cut
    mid: bool = False  # a drawing: centred
    mini: bool = False  # a small drawing beside the number before it
    only: bool = False  # only the phone form of a list shows it
    row_head: bool | None = None  # the cell that names the row; the first, unless said
    sort: str = ""  # ascending or descending, where the list stands in this order
    url: str = ""  # the address that sorts by it

    @property
    def css(self) -> str:
        """The classes of its cells."""
        kinds = {
            "n-num": self.num, f"at-{self.at}": self.at, "n-wide": self.wide, "n-roomy": self.roomy, "n-text": self.text,
            "n-nowrap": self.nowrap, "n-soft": self.soft, "is-mid": self.mid, "n-mini": self.mini, "n-only": self.only,
        }  # fmt: skip
        return " ".join(name for name, on in kinds.items() if on)


@dataclass(frozen=True)
class Row:
    """The cells of a row, and what it is: sum, here, group, part, gone, nil (not on paper), rest (one cell, over all columns)."""

    cells: Sequence[Any]
    kind: str = ""
    depth: int | None = None  # of a row in a tree: how far it stands in


@dataclass(frozen=True)
class Cell:
    """A cell that differs from its column."""

    value: Any
    kind: str = ""  # late, soon, soft, faint, good


@dataclass(frozen=True)
class Table:
    """A whole table. Rows may be plain sequences; values are shown by their type."""

    columns: Sequence[Column]
    rows: Iterable[Row | Sequence[Any]]
    foot: Sequence[Any] = ()
    label: Label = ""  # names the region that scrolls
    id: str = ""
    dense: bool = True
    bare: bool = False
    stack: bool = False  # a table of words: on a phone a block a row
    listed: bool = True  # a list: on a phone two lines a row
    tree: bool = False  # its rows stand in one another: the arrows open and close them

    @property
    def css(self) -> str:
        """The classes of the table."""
        phone = any(c.at for c in self.columns)
        kinds = {
            "is-dense": self.dense,
            "is-bare": self.bare,
            "is-stack": self.stack,
            "is-list": self.listed and phone and not self.stack,
            "n-tree": self.tree,
        }
        return " ".join(["n-table", *(name for name, on in kinds.items() if on)])

    @property
    def nil(self) -> int:
        """How many of its rows, if they are a list, paper leaves out."""
        return sum(1 for row in self.rows if isinstance(row, Row) and row.kind == "nil")

    def heads(self) -> list[Column]:
        """The columns, for the head."""
        return list(self.columns)

    def body(self) -> SafeString:
        """All rows."""
        frames = self._frames()
        return SafeString("".join(self._row(row, frames) for row in self.rows))

    def footer(self) -> SafeString:
        """The line of sums."""
        return SafeString(self._row(self.foot, self._frames())) if self.foot else SafeString("")

    def _frames(self) -> list[tuple[str, str, str, Column]]:
        named = any(c.row_head for c in self.columns)
        frames = []
        for i, column in enumerate(self.columns):
            head = bool(column.row_head) if named else i == 0
            label = str(format_html(' data-label="{}"', column.head)) if self.stack and not head else ""
            frames.append(("th" if head else "td", column.css, (' scope="row"' if head else "") + label, column))
        return frames

    @staticmethod
    def _row(row: Row | Sequence[Any], frames: list[tuple[str, str, str, Column]]) -> str:
        cells, kind, depth = (row.cells, row.kind, row.depth) if isinstance(row, Row) else (row, "", None)
        if kind == "group":
            return (
                f'<tr class="is-group"><th scope="rowgroup" colspan="{len(frames)}" class="at-5">{conditional_escape(cells[0])}</th></tr>'
            )
        step = None if depth is None else min(depth, DEEPEST)
        indent = "" if not step else f"n-in-{step}"
        marks = ["n-gone" if kind == "gone" else f"is-{kind}" if kind else "", "" if step is None else f"in-{step}"]
        opening = f'<tr class="{css}">' if (css := " ".join(filter(None, marks))) else "<tr>"
        if kind == "rest":
            css = " ".join(filter(None, [indent, "at-5"]))
            return f'{opening}<td class="{css}" colspan="{len(frames)}">{conditional_escape(cells[0])}</td></tr>'
        parts = [opening]
        for n, ((tag, css, extra, column), value) in enumerate(zip(frames, cells, strict=True)):
            own, content = (f"{css} n-{value.kind}".strip(), value.value) if isinstance(value, Cell) else (css, value)
            own = f"{own} {indent}".strip() if n == 0 else own
            said = shown(content, number=column.num)
            if column.clip and said:
                said = f'<div class="n-clip">{said}</div>'
            parts.append(f"<{tag}{f' class={chr(34)}{own}{chr(34)}' if own else ''}{extra}>{said}</{tag}>")
        parts.append("</tr>")
        return "".join(parts)


def shown(value: Any, *, number: bool = False) -> str:
    """A value as a cell shows it: days as 2015-10-12, numbers grouped in columns of numbers, nothing as blank."""
    if value is None or value == "":
        return ""
    if number and not isinstance(value, str):
        return shown_number(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(CHINA):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return conditional_escape(value)
