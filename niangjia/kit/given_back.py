"""Workbooks that are given back: the table as it was sent with the faults beside the bad rows.

It is written row by row without keeping any, because it may be as long as the city. Every cell is text, so that
nothing in it is ever worked out as a formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from niangjia.kit.reading import sheets
from niangjia.kit.workbook import HEAD, MENDED, SAID, TEXT, WRONG, Book, cell, letters

Faults = Mapping[str, Mapping[int, Sequence[tuple[str, str, str]]]]  # sheet -> row -> (column's head, code, value)
Sentence = Callable[[str, str], str]  # of a code and a value: what is wrong, and what to do
Fixed = Mapping[
    str, Mapping[int, Sequence[tuple[str, str | None, str]]]
]  # sheet -> row -> (column's head, what was written if it may be shown, a word)


def with_faults(
    path: Path,
    out: IO[bytes],
    heads: Mapping[str, tuple[int, Mapping[str, str]]],
    faults: Faults,
    sentence: Sentence,
    fixed: Fixed | None = None,
) -> None:
    """The table as it was sent, written anew: same sheets, heads, columns and row numbers; in the last column what is wrong, and what was corrected."""
    with Book(out) as book:
        for sheet in sheets(path, again=True):
            head_row, _named = heads.get(sheet.name, (0, {}))
            wrong, mended = faults.get(sheet.name, {}), (fixed or {}).get(sheet.name, {})
            book.raw(sheet.name or str(_("Table")), _rows(sheet.frame, head_row, wrong, mended, sentence))


def _rows(
    frame: Any,
    head_row: int,
    faults: Mapping[int, Sequence[tuple[str, str, str]]],
    fixed: Mapping[int, Sequence[tuple[str, str | None, str]]],
    sentence: Sentence,
) -> Iterator[str]:
    row_of_heads = frame.row(head_row - 1) if head_row else [""] * frame.width
    heads = [str(text or "").strip() or letters(i) for i, text in enumerate(row_of_heads)]
    for number, row in enumerate(frame.iter_rows(), start=1):
        wrong, mended = faults.get(number, ()), fixed.get(number, ())
        at = {head for head, _code, _value in wrong}
        new = {head: text for head, text, _word in mended if text is not None}
        cells = []
        for i, value in enumerate(row):
            text = str(new.get(heads[i], value) or "") if mended else str(value or "")
            if text:
                style = HEAD if number == head_row else WRONG if heads[i] in at else MENDED if heads[i] in new else TEXT
                cells.append((i, text, style))
        said = [*(sentence(code, value) for _head, code, value in wrong), *(word for _head, _text, word in mended)]
        if number == head_row:
            cells.append((len(row), "错误原因", HEAD))
        elif said:
            cells.append((len(row), "　".join(said), SAID if wrong else TEXT))
        yield f'<row r="{number}">{"".join(cell(f"{letters(i)}{number}", text, style) for i, text, style in cells)}</row>'
