"""What publishing asks: pure questions about people and faults."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from datetime import date


def same_hands(signer: int, *, checked_by: int | None, written_by: int) -> bool:
    """Whether the leader would sign her own paper: two people answer for what goes out.

    >>> same_hands(2, checked_by=1, written_by=1), same_hands(1, checked_by=1, written_by=3)
    (False, True)
    """
    return signer in {checked_by, written_by}


def outline(lines: Collection[tuple[int, str, int]]) -> list[list[object]]:
    """The headings of a text with the figures below each of the uppermost: (level, words, figures) for every line.

    >>> outline([(0, "", 1), (1, "A", 0), (0, "", 2), (2, "a", 0), (0, "", 3)])
    [[0, '', 1], [1, 'A', 5], [2, 'a', 3]]
    """
    made: list[list[object]] = []
    for level, words, figures in lines:
        if level or not made:
            made.append([level, words if level else "", 0])
        top = next((row for row in reversed(made) if row[0] in (0, 1)), made[-1])
        for row in [made[-1]] if made[-1] is top else [made[-1], top]:
            row[2] = int(str(row[2])) + figures
    return made


def day_in(said: str) -> date | None:
    """The day that words name; None where they name none.

    >>> day_in("2013-12-31"), day_in("2013年12月31日"), day_in("31 December 2013"), day_in("2013-02-30")
    (datetime.date(2013, 12, 31), datetime.date(2013, 12, 31), None, None)
    """
    found = re.fullmatch(r"(\d{4})[-年](\d{1,2})[-月](\d{1,2})日?", said.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def rewritten(was: str, now: str, most: int = 12) -> list[tuple[str, str]]:
    r"""What was taken out of a text and what was put in, line by line.

    >>> rewritten("A\n\nB", "A\n\nC")
    [('del', 'B'), ('ins', 'C')]
    """
    kinds = {"-": "del", "+": "ins"}
    found = list(difflib.unified_diff(was.split("\n"), now.split("\n"), n=0, lineterm=""))[2:]  # two lines of names come first
    return [(kinds[line[0]], line[1:]) for line in found if line[0] in kinds and line[1:].strip()][:most]
