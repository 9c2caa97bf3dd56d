"""Judgement on events: severity and its reasons, the way upward, who is told, two reports of one, the roster. Values in, an answer out.

No national scale of severity exists; what counts where, from which day, stands in `parameters`, and is handed in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

VERSION = 2  # of the rule of severity: raised when its steps change, so that a stored trace says by which it was found
SCALE = ("BLUE", "YELLOW", "ORANGE", "RED")
ALARMING = ("BLOCKING", "EXTREME")
GATHERED = ("GATHERING", "PETITION")


@dataclass(frozen=True)
class Matter:
    """What is known of an event when its severity is asked."""

    affected: int
    involved: int = 0
    behaviour: str = "NONE"
    owed: Decimal = Decimal(0)
    months_owed: Decimal = Decimal(0)
    sector: str = ""  # the trade of the employer where it is one that is watched more closely, or E13 where platform workers are concerned
    again: int = 0  # how often the same employer was reported within the months that count, this time too


@dataclass(frozen=True)
class Reason:
    """Why a severity is suggested: what was measured, how much it is, and from where on it counts."""

    code: str  # affected, stopped, owed, months, behaviour, gathered, sector, again
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
    gathered_yellow: int | None = None  # who gathers or petitions; None: it does not count, as before this scale knew it
    gathered_orange: int | None = None
    sector_yellow: int | None = None  # workers affected in a trade that is watched more closely
    sector_orange: int | None = None
    again_yellow: int | None = None  # reports of the same employer
    again_orange: int | None = None


def _risen(code: str, value: int, yellow: int | None, orange: int | None) -> list[Reason]:
    """The graver of two steps that a value reaches, if any."""
    steps = ((orange, "ORANGE"), (yellow, "YELLOW"))
    return [Reason(code, value, limit, severity) for limit, severity in steps if limit is not None and value >= limit][:1]


def reasons(matter: Matter, by: Thresholds) -> list[Reason]:
    """Everything that lifts an event above blue, the gravest first.

    >>> usual = Thresholds(10, 30, 100, 50, Decimal(500000), 2, 10)
    >>> [(r.code, r.severity) for r in reasons(Matter(46, owed=Decimal(318000), months_owed=Decimal(2)), usual)]
    [('affected', 'ORANGE'), ('months', 'ORANGE')]
    >>> closer = Thresholds(10, 30, 100, 50, Decimal(500000), 2, 10, 1, 10, 5, 20, 3, 5)
    >>> [(r.code, r.value, r.limit, r.severity) for r in reasons(Matter(6, 4, "GATHERING", sector="E", again=3), closer)]
    [('gathered', 4, 1, 'YELLOW'), ('sector', 6, 5, 'YELLOW'), ('again', 3, 3, 'YELLOW')]
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
    if matter.behaviour in GATHERED:
        found += _risen("gathered", matter.involved or matter.affected, by.gathered_yellow, by.gathered_orange)
    if matter.sector:
        found += _risen("sector", matter.affected, by.sector_yellow, by.sector_orange)
    found += _risen("again", matter.again, by.again_yellow, by.again_orange)
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


# ---------- told means a receipt ----------

LINE = ("DUTY", "SUBSTITUTE", "ABOVE", "LEADER")


def told_next(role: str, *, above_at_once: bool) -> tuple[str, ...]:
    """Who is told when somebody gives no receipt; of a grave event the level above does not wait until the substitute is used up.

    >>> told_next("DUTY", above_at_once=True), told_next("DUTY", above_at_once=False)
    (('SUBSTITUTE', 'ABOVE'), ('SUBSTITUTE',))
    >>> told_next("SUBSTITUTE", above_at_once=True), told_next("LEADER", above_at_once=False)
    (('ABOVE',), ())
    """
    if role == "DUTY" and above_at_once:
        return ("SUBSTITUTE", "ABOVE")
    return LINE[LINE.index(role) + 1 : LINE.index(role) + 2]


def shift_of(minute: int, day_from: int, night_from: int) -> tuple[str, int]:
    """The shift at a minute of the day, and how many days before it began: the night goes on until the morning.

    >>> shift_of(600, 510, 1050), shift_of(1100, 510, 1050), shift_of(30, 510, 1050)
    (('DAY', 0), ('NIGHT', 0), ('NIGHT', 1))
    """
    if minute < day_from:
        return "NIGHT", 1
    return ("DAY", 0) if minute < night_from else ("NIGHT", 0)


# ---------- two reports of one event ----------

TAILS = ("有限责任公司", "股份有限公司", "有限公司", "公司", "集团", "厂", "(示例)", "（示例）")


@dataclass(frozen=True)
class Told:
    """What two reports are compared by."""

    employer: int | None
    name: str
    place: int | None
    type: str
    hours: float  # when it was reported


@dataclass(frozen=True)
class Same:
    """When two reports look like one."""

    days: int
    name: int  # percent


def bare(name: str, places: Collection[str] = ()) -> str:
    """A firm's name without its place and without what all firms are called.

    >>> bare("德清新业电子有限公司", ["德清"]), bare("新亚电子厂")
    ('新业电子', '新亚电子')
    """
    for place in places:
        name = name.replace(place, "", 1)
    for tail in TAILS:
        name = name.replace(tail, "")
    return name.strip()


def likeness(one: str, other: str) -> int:
    """How alike two names are, in percent of their signs.

    >>> likeness("新业电子", "新亚电子"), likeness("新业电子", "新业电子"), likeness("甲织造", "乙木业")
    (75, 100, 0)
    """
    return round(100 * SequenceMatcher(None, one, other, autojunk=False).ratio()) if one and other else 0


def same_reasons(one: Told, other: Told, by: Same, places: Collection[str] = ()) -> list[str]:
    """Why two reports look like one; nothing if they do not.

    >>> first, second = Told(None, "德清新业电子有限公司", 7, "E01", 0), Told(None, "新亚电子厂", 7, "E06", 1)
    >>> same_reasons(first, second, Same(2, 60), ["德清"])
    ['name', 'place']
    >>> same_reasons(first, Told(None, "新亚电子厂", 8, "E06", 1), Same(2, 60), ["德清"])
    []
    """
    if abs(one.hours - other.hours) > by.days * 24:
        return []
    found = []
    if one.employer is not None and one.employer == other.employer:
        found.append("employer")
    elif (one.employer is None or other.employer is None) and likeness(bare(one.name, places), bare(other.name, places)) >= by.name:
        found.append("name")
    if one.place is not None and one.place == other.place:
        found.append("place")
    if one.type == other.type:
        found.append("type")
    return found if "employer" in found or ("name" in found and found != ["name"]) else []  # names alone are alike too often


# ---------- the roster ----------


@dataclass(frozen=True)
class Load:
    """How much somebody has stood this year: nights, and turns on days of rest."""

    nights: int = 0
    rests: int = 0
    last: int = -99  # the last day on which she stood, as its number


def next_on(loads: Mapping[int, Load], day: int, *, rest: bool, but: Collection[int] = ()) -> int | None:
    """Whose turn it is: on a day of rest whoever has had the fewest of those, else the fewest nights; never two nights on end if it can be helped.

    >>> next_on({1: Load(4, 1), 2: Load(3, 2)}, 10, rest=False), next_on({1: Load(4, 1), 2: Load(3, 2)}, 10, rest=True)
    (2, 1)
    >>> next_on({1: Load(9, 0), 2: Load(3, 0, last=9)}, 10, rest=False), next_on({1: Load()}, 10, rest=False, but=[1])
    (1, None)
    """
    free = [who for who in loads if who not in but]
    return min(
        free,
        key=lambda who: (
            day - loads[who].last < 2,
            *((loads[who].rests, loads[who].nights) if rest else (loads[who].nights, loads[who].rests)),
            who,
        ),
        default=None,
    )


def in_a_row(given: Sequence[bool]) -> int:
    """How many weeks on end a report was missing, the last week first.

    >>> in_a_row([False, False, True, False]), in_a_row([True])
    (2, 0)
    """
    return next((n for n, one in enumerate(given) if one), len(given))
