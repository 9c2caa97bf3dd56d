"""What is owed for work: overtime, leave not taken, wages in arrears with the compensation for them, what is below the minimum wage.

Overtime: Labour Law (2018), art. 44; Interim provisions on the payment of wages 1994, art. 13: 150, 200 and 300 per cent of the hourly wage, which
is the monthly wage by 21.75 days (365 days less 104 of rest, by twelve: 劳社部发〔2008〕3号, unchanged with the thirteen feasts of 2025) and eight hours;
comprehensive hours know no days of rest, irregular hours no overtime unless a place pays feasts. Leave: Regulation on paid annual leave 2007, arts 3
and 5, and measures of 2008, arts 3, 5, 10 to 12. Arrears: Labour Contract Law, art. 85: half of it to all of it beside, once the labour authority
has ordered payment and the day has passed. Minimum wage: provisions of 2004, arts 12 and 13.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from niangjia.kit.dates import add_months
from niangjia.rights.reckoning.trace import Answer, Fact, Step, fen, summed


@dataclass(frozen=True)
class WageRates:
    """What the law sets about hours and days of pay; shares as fractions of one."""

    paid_days: int = 261  # a year: 365 less 104
    hours: int = 8  # a day
    days_rate: Decimal = Decimal("1.50")
    rest_rate: Decimal = Decimal("2.00")
    feast_rate: Decimal = Decimal("3.00")
    irregular_feasts: bool = False
    leave_rate: Decimal = Decimal("3.00")
    leave_years: tuple[int, int, int] = (1, 10, 20)
    leave_days: tuple[int, int, int] = (5, 10, 15)
    year_days: int = 365


def day_wage(wage: Decimal, by: WageRates) -> Fraction:
    """The wage of one day."""
    return Fraction(wage) * 12 / by.paid_days


@dataclass(frozen=True)
class Hours:
    """Hours beyond the normal ones: on days of work, on days of rest without others instead, on feasts; and by which system people work."""

    wage: Decimal
    on_days: Decimal
    on_rest: Decimal
    on_feasts: Decimal
    system: str = "STANDARD"  # COMPREHENSIVE, IRREGULAR
    paid: Decimal = Decimal(0)


def overtime(facts: Hours, by: WageRates) -> Answer:
    """Pay for hours beyond the normal ones, less what was paid for them.

    >>> overtime(Hours(Decimal(5220), Decimal(10), Decimal(8), Decimal(0)), WageRates()).amount  # 30 yuan an hour: 450 and 480
    Decimal('930.00')
    """
    hour = day_wage(facts.wage, by) / by.hours
    spread, irregular = facts.system == "COMPREHENSIVE", facts.system == "IRREGULAR"
    divisor = Decimal(by.paid_days) / 12
    steps = [Step("hour", {"wage": facts.wage, "divisor": divisor, "hours": by.hours, "hour": fen(hour)}, ("HR 2",))]
    if facts.system != "STANDARD":
        steps.append(Step("spread" if spread else "feasts_only" if by.irregular_feasts else "irregular", {}, ("WP 13",)))
    lines = [
        ("on_days", facts.on_days, by.days_rate, "LL 44(1)"), ("on_rest", facts.on_rest, by.days_rate if spread else by.rest_rate, "LL 44(2)"),
        ("on_feasts", facts.on_feasts, by.feast_rate, "LL 44(3)"),
    ]  # fmt: skip
    for code, hours, rate, article in lines:
        if hours and (not irregular or (by.irregular_feasts and code == "on_feasts")):
            said = {"hours": hours, "hour": fen(hour), "rate": rate}
            steps.append(
                Step(code, said, ("WP 13" if spread and code == "on_rest" else article,), fen(hour * Fraction(hours) * Fraction(rate)))
            )
    return _less("overtime", steps, facts.paid)


def _less(kind: str, steps: list[Step], paid: Decimal) -> Answer:
    """Less what was paid, and never below nothing."""
    due = summed(kind, steps).amount or Decimal("0.00")
    taken = min(paid, due)
    return summed(kind, [*steps, Step("paid", {"paid": paid}, (), -taken)] if taken else steps)


@dataclass(frozen=True)
class Leave:
    """A year in which leave was not taken."""

    year: int
    first_work: date  # since when she has worked anywhere, altogether
    here: date  # since when for this employer
    ended: date | None
    taken: int
    wage: Decimal  # the average of twelve months, without overtime
    refused: bool = False  # she gave it up in writing, for a reason of her own


def leave_days(facts: Leave, by: WageRates) -> tuple[int, int, date, date]:
    """Days a full year gives, days due in this one, and the part of the year that they are due for.

    >>> leave_days(Leave(2025, date(2010, 5, 1), date(2025, 7, 1), None, 0, Decimal(1)), WageRates())[:2]  # 184 of 365 days, of ten: 5.04
    (10, 5)
    """
    first, last = date(facts.year, 1, 1), min(date(facts.year, 12, 31), facts.ended or date(facts.year, 12, 31))
    begins = max(first, facts.here, add_months(facts.first_work, 12 * by.leave_years[0]))
    full = max(
        (days for years, days in zip(by.leave_years, by.leave_days, strict=True) if add_months(facts.first_work, 12 * years) <= last),
        default=0,
    )
    counted = max((last - begins).days + 1, 0)
    return full, min(full, full * counted // by.year_days), begins, last


def leave(facts: Leave, by: WageRates) -> Answer:
    """Three times the wage of each day not taken; once it was paid with the month, so that twice is still owed.

    >>> leave(Leave(2025, date(2010, 5, 1), date(2012, 3, 1), None, 4, Decimal(4350)), WageRates()).amount  # six days of 200 yuan, twice
    Decimal('2400.00')
    """
    full, due, begins, last = leave_days(facts, by)
    steps = [Step("leave_full", {"since": facts.first_work, "days": full}, ("PAL 3",))]
    if full:
        steps.append(
            Step("leave_due", {"begins": begins, "last": last, "full": full, "of": by.year_days, "days": due}, ("PALM 5", "PALM 12"))
        )
    left = max(due - facts.taken, 0)
    steps.append(Step("leave_left", {"days": due, "taken": facts.taken, "left": left}, ("PAL 5",)))
    if facts.refused:
        return summed("leave", [*steps, Step("leave_refused", {}, ("PALM 10",))])
    if left:
        day, more = day_wage(facts.wage, by), by.leave_rate - 1
        said: dict[str, Fact] = {"left": left, "day_wage": fen(day), "leave_rate": by.leave_rate, "rate": more}
        steps.append(Step("leave_pay", said, ("PAL 5", "PALM 10", "PALM 11"), fen(day * left * Fraction(more))))
    return summed("leave", steps)


def arrears(due: Decimal, paid: Decimal, *, ordered: bool, least: Decimal, most: Decimal) -> Answer:
    """Wages that are owed, and from half to all of them beside them when an order to pay was not followed.

    >>> arrears(Decimal(20000), Decimal(5000), ordered=True, least=Decimal("0.5"), most=Decimal(1)).most
    Decimal('30000.00')
    """
    owed = max(due - paid, Decimal(0))
    steps = [Step("owed", {"due": due, "paid": paid}, ("LCL 30", "LL 50"), fen(owed))]
    if not ordered:
        return summed("arrears", [*steps, Step("not_ordered", {"least_rate": least, "most_rate": most}, ("LCL 85",))])
    said = {"owed": fen(owed), "least_rate": least, "most_rate": most, "least": fen(owed * least), "most": fen(owed * most)}
    steps.append(Step("ordered", said, ("LCL 85",)))
    return Answer("arrears", fen(owed) + fen(owed * least), fen(owed) + fen(owed * most), steps=tuple(steps))


def minimum(paid: Decimal, apart: Decimal, months: int, floor: Decimal) -> Answer:
    """What is missing to the minimum wage: overtime and allowances for nights, heat and danger do not count towards it (art. 12).

    >>> minimum(Decimal(2500), Decimal(400), 3, Decimal(2260)).amount
    Decimal('480.00')
    """
    counted = max(paid - apart, Decimal(0))
    steps = [Step("counted", {"paid": paid, "apart": apart, "counted": fen(counted)}, ("MW 12",))]
    if not floor:
        return Answer("minimum", steps=(*steps, Step("no_floor", {}, ("MW 7",))))
    missing = max(floor - counted, Decimal(0))
    if not missing:
        return summed("minimum", [*steps, Step("reached", {"floor": floor}, ("LL 48",))])
    owed: dict[str, Fact] = {"floor": floor, "counted": fen(counted), "missing": fen(missing), "months": months}
    return summed("minimum", [*steps, Step("missing", owed, ("LL 48", "MW 13"), fen(missing) * months)])


def final(claim: Decimal, months: int, floor: Decimal) -> Answer:
    """Whether an award on one claim is final for the employer: not above twelve months of the minimum wage (Mediation and Arbitration Law, art. 47).

    >>> final(Decimal(27120), 12, Decimal(2260)).steps[-1].code, final(Decimal("27120.01"), 12, Decimal(2260)).steps[-1].code
    ('is_final', 'not_final')
    """
    if not floor:
        return Answer("final", steps=(Step("no_floor", {}, ("MW 7",)),))
    limit = fen(floor * months)
    steps = (
        Step("final_limit", {"months": months, "floor": floor, "limit": limit}, ("LDL 47",)),
        Step("is_final" if claim <= limit else "not_final", {"claim": claim, "limit": limit}, ("LDL 47", "LDL 48", "LDL 49")),
    )
    return Answer("final", limit, steps=steps)
