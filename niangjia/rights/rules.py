"""Judgement on events and disputes: severity and its reasons, the clocks of reporting, money and mediation. Values in, an answer out.

No national scale of severity exists; the defaults here are the unions' own, custom and configurable (domain reference, §6.4 and §6.5).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from niangjia.kit.clock import Span, days, hours, minutes, months
from niangjia.kit.workdays import roll

SCALE = ("BLUE", "YELLOW", "ORANGE", "RED")
YELLOW_FROM, ORANGE_FROM, RED_FROM = 10, 30, 100  # workers affected
STOPPED_FROM = 50  # workers in a stoppage: red
OWED_FROM = Decimal(500_000)  # yuan: orange
MONTHS_FROM, MONTHS_WORKERS = Decimal(2), 10  # so long unpaid, for so many: orange
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


def reasons(matter: Matter) -> list[Reason]:
    """Everything that lifts an event above blue, the gravest first.

    >>> [(r.code, r.severity) for r in reasons(Matter(46, owed=Decimal(318000), months_owed=Decimal(2)))]
    [('affected', 'ORANGE'), ('months', 'ORANGE')]
    """
    found = []
    for limit, severity in ((RED_FROM, "RED"), (ORANGE_FROM, "ORANGE"), (YELLOW_FROM, "YELLOW")):
        if matter.affected >= limit:
            found.append(Reason("affected", matter.affected, limit, severity))
            break
    if matter.behaviour == "STOPWORK" and (stopped := matter.involved or matter.affected) >= STOPPED_FROM:
        found.append(Reason("stopped", stopped, STOPPED_FROM, "RED"))
    if matter.behaviour in ALARMING:
        found.append(Reason("behaviour", 1, 1, "RED"))
    if matter.owed >= OWED_FROM:
        found.append(Reason("owed", matter.owed, OWED_FROM, "ORANGE"))
    if matter.months_owed >= MONTHS_FROM and matter.affected >= MONTHS_WORKERS:
        found.append(Reason("months", matter.months_owed, MONTHS_FROM, "ORANGE"))
    return sorted(found, key=lambda one: -SCALE.index(one.severity))


def suggested(matter: Matter) -> str:
    """The severity that the scale gives.

    >>> suggested(Matter(9)), suggested(Matter(10)), suggested(Matter(3, behaviour="BLOCKING"))
    ('BLUE', 'YELLOW', 'RED')
    """
    return max((one.severity for one in reasons(matter)), key=SCALE.index, default="BLUE")


def graver(one: str, than: str) -> bool:
    """Whether a severity is above another."""
    return SCALE.index(one) > SCALE.index(than)


def may_set(was: str, new: str, *, set_at: int, level: int) -> bool:
    """Whether an office at a level may change a severity that was set at another: raise or keep it always, lower it only from above.

    >>> may_set("ORANGE", "YELLOW", set_at=3, level=3), may_set("ORANGE", "YELLOW", set_at=3, level=2)
    (False, True)
    """
    return not graver(was, new) or level < set_at


WEEKLY, MONTHLY = days(7), months(1)
REPORT: dict[str, dict[str, Span]] = {  # by severity and the rung on which it stands: how long until it must stand one higher
    "RED": {"4": minutes(30), "3": minutes(30), "2": hours(1), "1": hours(2)},
    "ORANGE": {"4": hours(1), "3": hours(2), "2": hours(4), "1": hours(24)},
    "YELLOW": {"4": hours(4), "3": hours(8), "2": hours(24), "1": WEEKLY},
    "BLUE": {"4": hours(24), "3": hours(48), "2": WEEKLY, "1": MONTHLY},
}


def report_span(severity: str, rung: str) -> Span | None:
    """How long an event may stay on a rung before it is reported upward; nothing stands above the province.

    >>> str(report_span("RED", "4")), report_span("RED", "0")
    ('30 m', None)
    """
    return REPORT[severity].get(rung)


def at_once(severity: str) -> bool:
    """Whether an event is sent upward in the moment it is reported."""
    return severity == "RED"


FOLLOWED = ("CONFIRMED", "HANDLING", "STABLE")


def follow_span(severity: str, state: str) -> Span | None:
    """How long until the next follow-up: red every 4 hours until stable, then daily; orange daily; the others have no clock.

    >>> str(follow_span("RED", "HANDLING")), str(follow_span("RED", "STABLE")), follow_span("BLUE", "HANDLING")
    ('4 h', '24 h', None)
    """
    if state not in FOLLOWED:
        return None
    if severity == "RED" and state != "STABLE":
        return hours(4)
    return hours(24) if severity in ("RED", "ORANGE") else None


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

MEDIATION_DAYS = 15  # Labour Dispute Mediation and Arbitration Law, art. 14
COLLECTIVE_FROM, SPEAKERS = 10, (3, 5)  # Zhejiang rules, art. 40


def speakers_needed(workers: int) -> tuple[int, int] | None:
    """How many representatives a common claim of so many workers has; none below ten.

    >>> speakers_needed(9), speakers_needed(10)
    (None, (3, 5))
    """
    return SPEAKERS if workers >= COLLECTIVE_FROM else None


def speakers_fit(workers: int, speakers: int) -> bool:
    """Whether enough, and not too many, speak for the others."""
    needed = speakers_needed(workers)
    return needed is None or needed[0] <= speakers <= needed[1]


def mediation_end(accepted: date, table: Mapping[date, bool] | None = None) -> date:
    """The last day of the mediation: fifteen calendar days, rolled to a working day (Civil Code, art. 203).

    >>> mediation_end(date(2015, 10, 9))  # the 24th is a Saturday
    datetime.date(2015, 10, 26)
    """
    return roll(accepted + timedelta(days=MEDIATION_DAYS), table)


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
