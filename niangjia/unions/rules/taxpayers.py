"""What a firm of the tax side's list owes: pure questions about facts."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

DAY = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})日?(?:[ T].*)?")
STATES = {
    "正常": "ACTIVE", "开业": "ACTIVE", "在业": "ACTIVE", "存续": "ACTIVE", "停业": "PAUSED", "歇业": "PAUSED", "非正常": "LOST", "非正常户": "LOST",
    "注销": "CLOSED", "已注销": "CLOSED", "清算": "CLOSED", "吊销": "CLOSED",
}  # fmt: skip
MARKS = {
    "C": "C",
    "筹建": "C",
    "筹建中": "C",
    "Y": "Y",
    "已建": "Y",
    "已建会": "Y",
    "N": "N",
    "待筹建": "N",
    "未建": "N",
    "未建会": "N",
    "": "",
}


def should(*, state: str, employees: int, spared: str, least: int) -> bool:
    """Whether a firm should have a union: it is in business, has so many employees by its tax declaration, and is not excused.

    >>> should(state="ACTIVE", employees=25, spared="", least=25), should(state="CLOSED", employees=90, spared="", least=25)
    (True, False)
    """
    return state == "ACTIVE" and employees >= least and not spared


def colour(day: date, *, yellow: date, red: date) -> str:
    """How long it has been without a union, as a colour: green, yellow from the first day, red from the second.

    >>> [colour(date(2026, month, 1), yellow=date(2026, 3, 1), red=date(2026, 9, 1)) for month in (2, 3, 9)]
    ['green', 'yellow', 'red']
    """
    return "red" if day >= red else "yellow" if day >= yellow else "green"


@dataclass(frozen=True)
class Firm:
    """A row of a list, read."""

    number: str
    name: str
    uscc: str
    state: str
    employees: int
    mark: str
    synced_on: date
    opened_on: date | None
    office: str
    place_code: str


def day_of(text: str) -> date | None:
    """A day as tables write it; none if it is none.

    >>> day_of("2026-03-02 00:00:00"), day_of("2026年3月2日"), day_of("20260302"), day_of("2026/13/1")
    (datetime.date(2026, 3, 2), datetime.date(2026, 3, 2), datetime.date(2026, 3, 2), None)
    """
    if not (found := DAY.fullmatch(text.strip())):
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def heads(text: str) -> int | None:
    """A number of people as tables write it, of six digits at most; none if it is none.

    >>> heads("1,200"), heads("35.0"), heads("三十")
    (1200, 35, None)
    """
    found = re.fullmatch(r"(\d{1,6})(?:\.0+)?人?", text.replace(",", "").replace("，", "").strip())
    return int(found[1]) if found else None


def read(cells: Mapping[str, str], *, today: date) -> Firm | tuple[str, str]:
    """A row as a firm; or the field that cannot be taken, and the fault: missing, number, unknown, day, ahead."""
    text = {code: " ".join(said.split()) for code, said in cells.items()}
    number, name = text.get("number", "").replace(" ", ""), text.get("name", "")
    if not number or len(number) > 30:
        return ("number", "missing" if not number else "long")
    if not name or len(name) > 120:
        return ("name", "missing" if not name else "long")
    if (state := STATES.get(text.get("state", ""))) is None:
        return ("state", "unknown" if text.get("state") else "missing")
    if (employees := heads(text.get("employees", ""))) is None:
        return ("employees", "number" if text.get("employees") else "missing")
    if (mark := MARKS.get(text.get("mark", "").upper())) is None:
        return ("mark", "unknown")
    days: dict[str, date | None] = {}
    for field in ("synced", "opened"):
        said = text.get(field, "")
        days[field] = day_of(said)
        if said and days[field] is None:
            return (field, "day")
        if (on := days[field]) and on > today:
            return (field, "ahead")
    return Firm(
        number, name, text.get("uscc", "").replace(" ", "").upper(), state, employees, mark, days["synced"] or today, days["opened"],
        text.get("office", "")[:120], text.get("place", "").replace(" ", "")[:12],
    )  # fmt: skip


def fate(state: str, uscc: str, others: Collection[str]) -> str:
    """What became of a firm that a list lacks: deregistered before, registered anew under another number, or not known yet.

    >>> fate("CLOSED", "", ()), fate("ACTIVE", "91", {"91"}), fate("ACTIVE", "91", ())
    ('CLOSED', 'MOVED', 'GONE')
    """
    if state == "CLOSED":
        return "CLOSED"
    return "MOVED" if uscc and uscc in others else "GONE"


@dataclass(frozen=True)
class Turn:
    """How a firm's spells go on: the open one ends on a day, and others begin; a spell that began on that day is taken back."""

    ends: date | None = None
    undo: bool = False
    begins: tuple[tuple[date, bool], ...] = ()  # each with whether the firm has a union; all but the last end with the next


def turn(
    spell: tuple[date, bool] | None, *, owes: bool, united_since: date | None, parted_on: date | None, on: date, floor: date | None
) -> Turn:
    """What changes with what is known on a day: `spell` is the open one, with whether the firm had a union; `floor` the end of the one before.

    A firm has a union from the day of the fact, not from the day on which somebody noticed.
    """
    united = united_since is not None
    if spell is None:
        if not owes:
            return Turn()
        since = max(on, floor) if floor else on
        if united_since is not None and united_since > since:
            return Turn(begins=((since, False), (united_since, True)))
        return Turn(begins=((since, united),))
    since, was = spell
    if owes and was == united:
        return Turn()
    if not owes:
        return Turn(undo=True) if on <= since else Turn(ends=on)
    then = max((united_since if united else parted_on) or on, since)
    return Turn(undo=True, begins=((since, united),)) if then == since else Turn(ends=then, begins=((then, united),))
