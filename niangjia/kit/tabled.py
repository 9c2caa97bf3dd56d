"""Tables that others send, by the words of their heads: where each column stands, and the rows that are no sum, note or blank."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from niangjia.kit.reading import cells, sheets

LOOK = 40  # rows in which the head is looked for
SUMS = r"^(合\s*计|小\s*计|总\s*计|共\s*计|本页合计|累\s*计)"
NOTES = r"^(填表说明|填报说明|说明|注[:：]|备注[:：]|填表人|填报人|制表|审核人|审批人|负责人|工会负责人|单位负责人|经办人|联系电话[:：]|联系人|盖章|签章|申请单位|日期[:：]|\d{4}年\d{0,2}月\d{0,2}日?$|[(（]?盖章)"
SKIP = re.compile(r"[\s*＊:：。]+|[(（\[【][^)）\]】]*[)）\]】]")
OVER = re.compile(f"{SUMS}|{NOTES}")


def head_word(text: str) -> str:
    """A head without stars, brackets and blanks: ＊身份证号码（必填） is 身份证号码."""
    return SKIP.sub("", unicodedata.normalize("NFKC", SKIP.sub("", text))).lower()


@dataclass(frozen=True)
class Listed:
    """A row of a list with heads of its own: where it stands, and its cells by field."""

    sheet: str
    row: int
    cells: Mapping[str, str]


def table(path: Path, words: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Iterator[Listed]:
    """The rows under a head with other words than a roster's; sums, notes and blank rows are passed over."""
    for sheet in sheets(path):
        frame = sheet.frame
        tops = [cells(frame, i) for i in range(min(LOOK, frame.height))]
        head = next((i for i, row in enumerate(tops) if all(code in _named(row, words) for code in needed)), None)
        if head is None:
            continue
        columns = _named(tops[head], words)
        for i in range(head + 1, frame.height):
            row = cells(frame, i)
            if (first := row[columns[needed[0]]]) and not OVER.search(first):
                yield Listed(sheet.name, i + 1, {code: row[column].strip("'`’") for code, column in columns.items()})


def pieces(rows: Iterable[Listed], size: int) -> Iterator[list[Listed]]:
    """Rows in pieces of a size, so that a long table is never held whole."""
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


def _named(row: Sequence[str], words: Mapping[str, Sequence[str]]) -> dict[str, int]:
    made: dict[str, int] = {}
    for i, text in enumerate(row):
        word = head_word(text)
        for code, heads in words.items():
            if code not in made and word in heads:
                made[code] = i
    return made
