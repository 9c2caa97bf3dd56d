"""Double wages where no written contract was made, or none without end that was due.

Labour Contract Law (2012), art. 82: from the second month of work to the day before a full year, at most eleven months; art. 14 and art. 82(2) for a
contract without end, from the day it was due. Regulations of 2008, arts 6 and 7. The second wage is no pay for work: a year's limitation runs for
every day of it alone (Mediation and Arbitration Law, art. 27(1)), so that days more than a year before the claim are lost. Since 1 September 2025
a part of a month is reckoned by the working days in it (Interpretation II on labour disputes, 法释〔2025〕12号, art. 6); before, no text spoke, and
calendar days are taken here. Art. 7 of it: none where the fault is the worker's own, or the law itself prolongs the contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from niangjia.kit.dates import add_months
from niangjia.kit.workdays import is_working
from niangjia.rights.reckoning.trace import Answer, Fact, Step, fen, summed

READING = date(2025, 9, 1)  # the second interpretation comes into force: claims from this day on are read by it
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Unwritten:
    """Work without the contract that was due."""

    first: date  # of work; for a contract without end, the day it was due
    wage: Decimal
    claimed: date
    signed: date | None = None
    last: date | None = None
    endless: bool = False  # the contract that was due is one without end
    excused: bool = False  # the worker would not sign, or the law itself prolonged the contract


@dataclass(frozen=True)
class DoubleRates:
    """From which month on, to which, and how long a claim lives."""

    begins: int = 1
    ends: int = 12
    limit: int = 12


def double_wages(facts: Unwritten, by: DoubleRates, table: Mapping[date, bool] | None = None) -> Answer:
    """The second wage for each month without a contract.

    >>> facts = Unwritten(date(2024, 3, 1), Decimal(6000), date(2025, 3, 1))
    >>> double_wages(facts, DoubleRates()).amount  # April 2024 to February 2025: eleven months, all within the year
    Decimal('66000.00')
    """
    article = "LCL 82/2" if facts.endless else "LCL 82/1"
    if facts.excused:
        return Answer("double", Decimal("0.00"), steps=(Step("excused", {}, ("I2 7",)),))
    begins = facts.first if facts.endless else add_months(facts.first, by.begins)
    ends = [facts.claimed] if facts.endless else [facts.claimed, add_months(facts.first, by.ends) - DAY]
    ends += [facts.signed - DAY] if facts.signed else []
    ends += [facts.last] if facts.last else []
    last = min(ends)
    if last < begins:
        return Answer("double", Decimal("0.00"), steps=(Step("none_unwritten", {"begins": begins}, (article, "LCR 6")),))
    steps = [Step("unwritten", {"begins": begins, "last": last}, (article, *(() if facts.endless else ("LCR 6", "LCR 7"))))]
    alive = _alive(begins, facts.claimed, by.limit)
    if alive > begins:
        steps.append(Step("barred", {"claimed": facts.claimed, "alive": alive}, ("LDL 27/1",)))
    if facts.claimed >= READING:
        steps.append(Step("reading", {"since": READING}, ("I2 6",)))
    return summed("double", [*steps, *_lines(max(begins, alive), last, facts, table)])


def _alive(begins: date, claimed: date, limit: int) -> date:
    """The first day of which the second wage may still be claimed."""
    day = max(begins, add_months(claimed, -limit) - 3 * DAY)
    while add_months(day, limit) < claimed:
        day += DAY
    return day


def _lines(first: date, last: date, facts: Unwritten, table: Mapping[date, bool] | None) -> list[Step]:
    """Full months together, parts of months each for itself."""
    full, parts = 0, []
    for n in range((last.year - facts.first.year) * 12 + last.month - facts.first.month + 1):
        opens, closes = add_months(facts.first, n), add_months(facts.first, n + 1) - DAY
        since, until = max(opens, first), min(closes, last)
        if (since, until) == (opens, closes):
            full += 1
        elif since <= until:
            count = _working if facts.claimed >= READING else _calendar
            days, of = count(since, until, table), count(opens, closes, table)
            said: dict[str, Fact] = {"since": since, "until": until, "days": days, "of": of, "wage": facts.wage}
            parts.append(Step("part_worked" if count is _working else "part", said, (), fen(Fraction(facts.wage) * days / of)))
    if full:
        parts.append(Step("months", {"months": full, "wage": facts.wage}, (), fen(facts.wage) * full))
    return parts


def _calendar(first: date, last: date, _table: Mapping[date, bool] | None) -> int:
    return (last - first).days + 1


def _working(first: date, last: date, table: Mapping[date, bool] | None) -> int:
    return sum(is_working(first + n * DAY, table) for n in range((last - first).days + 1))
