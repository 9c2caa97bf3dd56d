"""What an employer owes when work ends: severance, the double of it, a month's wage instead of notice.

Severance: Labour Contract Law (2012), arts 46 and 47; a month's wage for each full year, half a year and more counts as a year, less as half; a
wage above three times the local average counts as that, and then at most twelve years. Service before 2008 follows the rules of that time (art. 97):
Ministry of Labour 1994, no. 481, arts 5 to 10: a year begun is a year, no cap on the wage, at most twelve months where both agreed (art. 5) or the
worker was not fit for the work (art. 7); nothing when a contract ran out. Ended against the law: twice the severance (art. 87), for all years
since the first day (Implementing Regulations 2008, art. 25), and no severance beside it. The allowance for illness of the rules of 1994 and payments
that a contract or a plan promises are not reckoned here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from niangjia.kit.dates import add_months
from niangjia.rights.reckoning.trace import Answer, Fact, Step, fen, summed

LAW = date(2008, 1, 1)  # the Labour Contract Law comes into force (art. 98)
DAY = timedelta(days=1)
DUE = {  # on what ground, and by which item of art. 46 severance is owed
    "MUTUAL": "LCL 46(2)", "FORCED": "LCL 46(1)", "ILL": "LCL 46(3)", "UNFIT": "LCL 46(3)", "CHANGED": "LCL 46(3)", "LAYOFF": "LCL 46(4)", "EXPIRED": "LCL 46(5)",
    "CLOSED": "LCL 46(6)",
}  # fmt: skip
NOT_DUE = {"RESIGNED": "LCL 37", "FAULT": "LCL 39", "RETIRED": "LCL 44"}
UNLAWFUL = "UNLAWFUL"
GROUNDS = (*DUE, UNLAWFUL, *NOT_DUE)
OLD = {"MUTUAL": "SEV 5", "FORCED": "SEV 5", "ILL": "SEV 6", "UNFIT": "SEV 7", "CHANGED": "SEV 8", "LAYOFF": "SEV 9"}
OLD_CAPPED = ("MUTUAL", "UNFIT")


@dataclass(frozen=True)
class Ending:
    """An employment that ended: first and last day, the average wage of the last twelve months, and why it ended."""

    first: date
    last: date
    wage: Decimal
    ground: str
    average: Decimal = Decimal(0)  # the local average monthly wage of the year before; 0: not known
    floor: Decimal = Decimal(0)  # the local minimum wage; 0: not known


@dataclass(frozen=True)
class EndingRates:
    """What the law sets about it."""

    multiple: int = 3  # of the local average wage
    years: int = 12
    unlawful: int = 2


def half_years(first: date, last: date) -> tuple[int, int, int]:
    """The full years, the months beyond them (a month begun counts), and the months of wage in halves (art. 47).

    >>> half_years(date(2019, 3, 15), date(2025, 7, 14)), half_years(date(2020, 1, 1), date(2020, 6, 30)), half_years(date(2020, 1, 1), date(2020, 6, 29))
    ((6, 4, 13), (0, 6, 2), (0, 6, 1))
    """
    end, years = last + DAY, last.year - first.year
    while add_months(first, 12 * years) > end:
        years -= 1
    months = next(n for n in range(13) if add_months(first, 12 * years + n) >= end)
    half = add_months(first, 12 * years + 6) > end
    return years, months, 2 * years + (0 if months == 0 else 1 if half else 2)


def severance(facts: Ending, by: EndingRates) -> Answer:
    """Severance, or the double of it where the ending was unlawful.

    >>> answer = severance(Ending(date(2019, 3, 15), date(2025, 7, 14), Decimal(5480), "MUTUAL"), EndingRates())
    >>> answer.amount, [step.code for step in answer.steps]
    (Decimal('35620.00'), ['ground_due', 'service', 'no_average', 'severance'])
    """
    if facts.ground in NOT_DUE:
        return Answer("severance", Decimal("0.00"), steps=(Step("ground_none", {"ground": facts.ground}, (NOT_DUE[facts.ground],)),))
    unlawful = facts.ground == UNLAWFUL
    said = ("LCL 48", "LCL 87", "LCR 25") if unlawful else (DUE[facts.ground],)
    steps = [Step("ground_unlawful" if unlawful else "ground_due", {"ground": facts.ground}, said)]
    wage = facts.wage
    if facts.floor > wage:
        wage = facts.floor
        steps.append(Step("floor", {"wage": facts.wage, "floor": facts.floor}, ("LCR 27",)))
    begins = facts.first
    if begins < LAW and not unlawful:
        begins = LAW
        steps.append(_before(facts, wage, by))
    if facts.last >= begins:
        steps += _since(begins, facts, wage, by)
    return summed("severance", steps)


def _before(facts: Ending, wage: Decimal, by: EndingRates) -> Step:
    """Service before 2008."""
    if facts.ground not in OLD:
        return Step("old_none", {"ground": facts.ground}, ("LCL 97",))
    last = min(facts.last, LAW - DAY)
    years, _months, halves = half_years(facts.first, last)
    months = years + (halves > 2 * years)
    capped = facts.ground in OLD_CAPPED and months > by.years
    months = by.years if capped else months
    code = "old_capped" if capped else "old"
    return Step(
        code, {"first": facts.first, "last": last, "months": months, "wage": wage}, ("LCL 97", OLD[facts.ground]), fen(wage * months)
    )


def _since(begins: date, facts: Ending, wage: Decimal, by: EndingRates) -> list[Step]:
    """Service under the Labour Contract Law."""
    years, months, halves = half_years(begins, facts.last)
    served: dict[str, Fact] = {"first": begins, "last": facts.last, "years": years, "months": months, "counted": Decimal(halves) / 2}
    steps = [Step("service", served, ("LCL 47",))]
    base, cap = Fraction(wage), Fraction(by.multiple) * Fraction(facts.average)
    if not facts.average:
        steps.append(Step("no_average", {"multiple": by.multiple}, ("LCL 47",)))
    elif base > cap:
        capped: dict[str, Fact] = {"wage": wage, "average": facts.average, "multiple": by.multiple, "base": fen(cap), "years": by.years}
        steps.append(Step("capped", capped, ("LCL 47",)))
        base, halves = cap, min(halves, 2 * by.years)
    else:
        steps.append(Step("below_cap", {"wage": wage, "average": facts.average, "multiple": by.multiple}, ("LCL 47",)))
    line = {"counted": Decimal(halves) / 2, "base": fen(base)}
    if facts.ground == UNLAWFUL:
        return [*steps, Step("unlawful", line | {"times": by.unlawful}, ("LCL 87",), fen(base * halves / 2 * by.unlawful))]
    return [*steps, Step("severance", line, ("LCL 47",), fen(base * halves / 2))]


NOTICE_DUE = ("ILL", "UNFIT", "CHANGED")


def notice(wage: Decimal, ground: str, noticed_on: date | None, last: date, days: int) -> Answer:
    """A month's wage instead of thirty days' written notice (Labour Contract Law, art. 40), by the wage of the month before (Regulations, art. 20).

    >>> notice(Decimal(6000), "UNFIT", None, date(2025, 7, 1), 30).amount, notice(Decimal(6000), "UNFIT", date(2025, 6, 1), date(2025, 7, 1), 30).amount
    (Decimal('6000.00'), Decimal('0.00'))
    """
    if ground not in NOTICE_DUE:
        return Answer("notice", Decimal("0.00"), steps=(Step("notice_none", {"ground": ground}, ("LCL 40",)),))
    if noticed_on is not None and (last - noticed_on).days >= days:
        given: dict[str, date | int] = {"noticed": noticed_on, "last": last, "days": days}
        return Answer("notice", Decimal("0.00"), steps=(Step("noticed", given, ("LCL 40",)),))
    return summed("notice", [Step("notice", {"wage": fen(wage), "days": days}, ("LCL 40", "LCR 20"), fen(wage))])
