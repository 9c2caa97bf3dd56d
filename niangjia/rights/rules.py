"""Judgement on events and disputes: severity and its reasons, the clocks of reporting, money and mediation. Values in, an answer out.

No national scale of severity exists; what counts where, from which day, stands in `parameters`, and is handed in.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

VERSION = 1  # of the rule of severity: raised when its steps change, so that a stored trace says by which it was found
SCALE = ("BLUE", "YELLOW", "ORANGE", "RED")
ALARMING = ("BLOCKING", "EXTREME")


@dataclass(frozen=True)
class Matter:
    """What is known of an event when its severity is asked."""

    affected: int
    involved: int = 0
    behaviour: str = "NONE"
    owed: Decimal = Decimal(0)
    months_owed: Decimal = Decimal(0)


@dataclass(frozen=True)
class Reason:
    """Why a severity is suggested: what was measured, how much it is, and from where on it counts."""

    code: str  # affected, stopped, owed, months, behaviour
    value: Decimal | int
    limit: Decimal | int
    severity: str


@dataclass(frozen=True)
class Thresholds:
    """From where on an event is graver, as it holds on a day at a place."""

    yellow: int  # workers affected
    orange: int
    red: int
    stopped: int  # workers in a stoppage: red
    owed: Decimal  # yuan: orange
    months: int  # so long unpaid, for so many workers: orange
    months_workers: int


def reasons(matter: Matter, by: Thresholds) -> list[Reason]:
    """Everything that lifts an event above blue, the gravest first.

    >>> usual = Thresholds(10, 30, 100, 50, Decimal(500000), 2, 10)
    >>> [(r.code, r.severity) for r in reasons(Matter(46, owed=Decimal(318000), months_owed=Decimal(2)), usual)]
    [('affected', 'ORANGE'), ('months', 'ORANGE')]
    """
    found = []
    for limit, severity in ((by.red, "RED"), (by.orange, "ORANGE"), (by.yellow, "YELLOW")):
        if matter.affected >= limit:
            found.append(Reason("affected", matter.affected, limit, severity))
            break
    if matter.behaviour == "STOPWORK" and (stopped := matter.involved or matter.affected) >= by.stopped:
        found.append(Reason("stopped", stopped, by.stopped, "RED"))
    if matter.behaviour in ALARMING:
        found.append(Reason("behaviour", 1, 1, "RED"))
    if matter.owed >= by.owed:
        found.append(Reason("owed", matter.owed, by.owed, "ORANGE"))
    if matter.months_owed >= by.months and matter.affected >= by.months_workers:
        found.append(Reason("months", matter.months_owed, by.months, "ORANGE"))
    return sorted(found, key=lambda one: -SCALE.index(one.severity))


def gravest(found: Collection[Reason]) -> str:
    """The severity that the reasons give.

    >>> usual = Thresholds(10, 30, 100, 50, Decimal(500000), 2, 10)
    >>> [gravest(reasons(matter, usual)) for matter in (Matter(9), Matter(10), Matter(3, behaviour="BLOCKING"))]
    ['BLUE', 'YELLOW', 'RED']
    """
    return max((one.severity for one in found), key=SCALE.index, default="BLUE")


def graver(one: str, than: str) -> bool:
    """Whether a severity is above another."""
    return SCALE.index(one) > SCALE.index(than)


def may_set(was: str, new: str, *, set_at: int, level: int) -> bool:
    """Whether an office at a level may change a severity that was set at another: raise or keep it always, lower it only from above.

    >>> may_set("ORANGE", "YELLOW", set_at=3, level=3), may_set("ORANGE", "YELLOW", set_at=3, level=2)
    (False, True)
    """
    return not graver(was, new) or level < set_at


def at_once(severity: str, from_: str) -> bool:
    """Whether an event is sent upward in the moment it is reported: from some severity on.

    >>> at_once("RED", "RED"), at_once("ORANGE", "RED"), at_once("RED", "ORANGE")
    (True, False, True)
    """
    return SCALE.index(severity) >= SCALE.index(from_)


FOLLOWED = ("CONFIRMED", "HANDLING", "STABLE")


def ladder(levels: Collection[int]) -> dict[str, str]:
    """Where an event goes next from each rung, when these levels of union stand above it; the province stands above the city.

    >>> ladder({1, 2, 3})
    {'4': '3', '3': '2', '2': '1', '1': '0'}
    >>> ladder({1, 2})
    {'4': '2', '3': '2', '2': '1', '1': '0'}
    """
    up = {}
    for rung in (4, 3, 2, 1):
        above = [level for level in sorted(levels, reverse=True) if level < rung]
        up[str(rung)] = str(above[0]) if above else "0"
    return up


# ---------- disputes ----------


@dataclass(frozen=True)
class Speaking:
    """From how many workers on some speak for the others, and how many do."""

    from_: int
    least: int
    most: int


def speakers_needed(workers: int, by: Speaking) -> tuple[int, int] | None:
    """How many representatives a common claim of so many workers has; none where they are few.

    >>> speakers_needed(9, Speaking(10, 3, 5)), speakers_needed(10, Speaking(10, 3, 5))
    (None, (3, 5))
    """
    return (by.least, by.most) if workers >= by.from_ else None


def speakers_fit(workers: int, speakers: int, by: Speaking) -> bool:
    """Whether enough, and not too many, speak for the others."""
    needed = speakers_needed(workers, by)
    return needed is None or needed[0] <= speakers <= needed[1]


def room_left(claimed: Decimal, received: Decimal) -> Decimal:
    """How much may still come in: one yuan counts once, and nobody recovers more than was claimed."""
    return max(claimed - received, Decimal(0))


def is_performed(agreed: Decimal, received: Decimal) -> bool:
    """Whether what was agreed has been paid; an agreement without money is performed when it is said to be."""
    return received >= agreed


ENDINGS = {  # how a dispute may end without performance, by the state in which it stands
    "MEDIATING": ("01", "03", "05", "06", "07", "08"),
    "AGREED": ("05", "06", "07", "08"),
}


def may_end(state: str, outcome: str) -> bool:
    """Whether a dispute may end in this way from where it stands: what was agreed and not paid is not a failed mediation."""
    return outcome in ENDINGS.get(state, ())
