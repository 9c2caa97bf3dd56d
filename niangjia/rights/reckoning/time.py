"""Interest for days of delay, and until when a claim can be brought.

Interest: by the rate that both agreed, or where a court gives it by the one-year loan prime rate (LPR) that held on each day, by 365 days; the day on
which it was due does not count, the day of payment does. Limitation: Mediation and Arbitration Law (2007), art. 27: a year from the day on which the
harm was known or ought to be; a claim, a request to a department or an acknowledgement begins it anew; force majeure lets it stand still; wages
owed while work goes on have none, and a year once it has ended. It does not end on a day of rest (Civil Code, art. 203).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from niangjia.kit.dates import add_months
from niangjia.kit.workdays import roll
from niangjia.rights.reckoning.trace import Answer, Step, fen, summed

DAY = timedelta(days=1)
Rates = Sequence[tuple[date, Decimal]]  # since which day, what share of one a year; the first first


def interest(principal: Decimal, due: date, until: date, rates: Rates, year: int, *, agreed: bool = False) -> Answer:
    """Interest from the day after it was due to the day of payment, a line for each rate.

    >>> interest(Decimal(36500), date(2025, 1, 1), date(2025, 1, 11), [(date(2024, 10, 21), Decimal("0.031"))], 365).amount
    Decimal('31.00')
    """
    steps: list[Step] = []
    first = due + DAY
    if rates and first <= until and first < rates[0][0]:
        return Answer("interest", steps=(Step("no_rate", {"since": rates[0][0]}, ("LPR",)),))
    for n, (since, rate) in enumerate(rates):
        ends = min(until, rates[n + 1][0] - DAY) if n + 1 < len(rates) else until
        begins = max(first, since)
        if begins <= ends:
            days = (ends - begins).days + 1
            yuan = fen(Fraction(principal) * Fraction(rate) * days / year)
            said: dict[str, Decimal | date | int] = {
                "begins": begins,
                "ends": ends,
                "days": days,
                "rate": rate,
                "principal": principal,
                "of": year,
            }
            if steps and steps[-1].facts["rate"] == rate:  # the same rate, published anew, is one line
                begins = steps.pop().facts["begins"]  # type: ignore[assignment]
                days = (ends - begins).days + 1
                said |= {"begins": begins, "days": days}
                yuan = fen(Fraction(principal) * Fraction(rate) * days / year)
            steps.append(Step("interest", said, () if agreed else ("LPR",), yuan))
    return summed("interest", steps or [Step("no_delay", {"due": due, "until": until})])


@dataclass(frozen=True)
class Claim:
    """A claim whose time runs, has run, or does not run yet."""

    known: date  # when the harm was known or ought to be
    arrears: bool = False  # it is for wages
    ended: date | None = None  # when work ended
    interruptions: Sequence[tuple[date, str]] = ()  # CLAIMED, ASKED, ADMITTED
    pauses: Sequence[tuple[date, date]] = ()  # first and last day


def limitation(facts: Claim, months: int, table: Mapping[date, bool] | None = None) -> Answer:
    """The last day on which arbitration may be asked for; none while work goes on and wages are owed.

    >>> limitation(Claim(date(2025, 3, 3), interruptions=[(date(2025, 8, 20), "ASKED")]), 12).day
    datetime.date(2026, 8, 20)
    """
    if facts.arrears and facts.ended is None:
        return Answer("limitation", steps=(Step("unlimited", {}, ("LDL 27/4",)),))
    if facts.arrears and facts.ended is not None:
        begins, steps = facts.ended, [Step("after_work", {"ended": facts.ended}, ("LDL 27/4",))]
    else:
        begins, steps = facts.known, [Step("known", {"known": facts.known}, ("LDL 27/1",))]
    last, paused = _ends(begins, months, facts.pauses, table)
    for day, how in sorted(facts.interruptions):
        if day <= begins:
            continue
        if day > last:
            steps.append(Step("too_late", {"day": day, "last": last, "how": how}, ("LDL 27/2",)))
            break
        steps.append(Step("interrupted", {"day": day, "how": how}, ("LDL 27/2",)))
        begins = day
        last, paused = _ends(begins, months, facts.pauses, table)
    if paused:
        steps.append(Step("paused", {"days": paused}, ("LDL 27/3",)))
    steps.append(Step("last_day", {"begins": begins, "months": months, "last": last}, ("CC 201", "CC 203")))
    return Answer("limitation", day=last, steps=tuple(steps))


def _ends(begins: date, months: int, pauses: Sequence[tuple[date, date]], table: Mapping[date, bool] | None) -> tuple[date, int]:
    """When the time ends that began on a day, and how many days it stood still."""
    plain = add_months(begins, months)
    last = resumed(begins, plain, pauses)
    return roll(last, table), (last - plain).days


def resumed(begins: date, last: date, pauses: Sequence[tuple[date, date]]) -> date:
    """A last day, later by the days between that do not count: those that several pauses share count once."""
    still = begins
    for first, end in sorted(pauses):
        since = max(first, still + DAY)
        if since > last:
            break
        if end >= since:
            last += (end - since).days * DAY + DAY
            still = end
    return last
