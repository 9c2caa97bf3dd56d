"""What is owed and when terms end, written out longhand from the wording of the laws: day by day and month by month, slowly.

It shares no line with `niangjia.rights.reckoning`, and does not import it: the proof holds the two against each other. Shares of a yuan are kept as
fractions, and a line of an answer is rounded to the fen, halves up, before lines are added: that is how a reckoning on paper adds up.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache

import holidays

DAY = timedelta(days=1)
CHINA = holidays.country_holidays("CN", language="zh_CN")
NEW_LAW = date(2008, 1, 1)  # the Labour Contract Law comes into force
READING = date(2025, 9, 1)  # the second interpretation on labour disputes


@cache
def works(day):
    """Whether people work on a day."""
    return CHINA.is_working_day(day)


def fen(exact):
    """A share of a yuan, in whole fen."""
    hundredths = Fraction(exact) * 100
    return Decimal(int(hundredths + Fraction(1, 2))).scaleb(-2).quantize(Decimal("0.01"), ROUND_HALF_UP)


def twin(day, later):
    """The day so many months later that answers to a day; where the month has none, its last (Civil Code, art. 202)."""
    years, months = divmod(later, 12)
    year, month = day.year + years, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def whole_months(first, last):
    """How many months were served in full from a first day to a last, and whether days are left over."""
    n = 0
    while twin(first, n + 1) <= last + DAY:
        n += 1
    return n, twin(first, n) <= last


def severance(first, last, wage, average, least, ground):
    """Labour Contract Law, arts 46, 47, 87, 97; before 2008, Ministry of Labour 1994, no. 481."""
    if ground in ("RESIGNED", "FAULT", "RETIRED"):
        return Decimal(0)
    paid = max(wage, least)  # Implementing Regulations, art. 27
    total = Decimal(0)
    begins = first
    if ground != "UNLAWFUL" and first < NEW_LAW:
        begins = NEW_LAW
        if ground not in ("EXPIRED", "CLOSED"):
            old_end = min(last, NEW_LAW - DAY)
            years = 0
            while twin(first, 12 * years) <= old_end:  # a year begun is a year
                years += 1
            if ground in ("MUTUAL", "UNFIT"):
                years = min(years, 12)
            total += fen(Fraction(paid) * years)
    if last >= begins:
        months, left = whole_months(begins, last)
        halves = 2 * (months // 12)
        rest = months % 12
        halves += 2 if rest >= 6 else 1 if rest or left else 0
        base = Fraction(paid)
        if average and base > 3 * Fraction(average):
            base, halves = 3 * Fraction(average), min(halves, 24)
        total += fen(base * halves / 2 * (2 if ground == "UNLAWFUL" else 1))
    return total


def double_wages(first, signed, last, claimed, wage, owing_open=False):
    """Art. 82: every day for itself, from the second month to the end of the first year; for a contract without end, from the day it was due."""
    lines = {}
    for k in range(1200):
        opens, closes = twin(first, k), twin(first, k + 1)
        if opens > claimed:
            break
        if not owing_open and not 1 <= k < 12:
            continue
        day, counted = opens, []
        while day < closes:
            without = (signed is None or day < signed) and (last is None or day <= last) and day <= claimed
            if without and twin(day, 12) >= claimed:
                counted.append(day)
            day += DAY
        length = (closes - opens).days
        if len(counted) == length:
            lines[k] = fen(wage)
        elif counted and claimed >= READING:
            worked = sum(1 for day in counted if works(day))
            lines[k] = fen(Fraction(wage) * worked / sum(1 for n in range(length) if works(opens + n * DAY)))
        elif counted:
            lines[k] = fen(Fraction(wage) * len(counted) / length)
    return sum(lines.values(), Decimal(0))


def overtime(wage, on_days, on_rest, on_feasts, system, divisor):
    """Labour Law, art. 44: hour by half hour; comprehensive hours know no days of rest, irregular hours no overtime."""
    hour = Fraction(wage) / Fraction(divisor) / 8
    lines = []
    for hours, rate in ((on_days, 150), (on_rest, 150 if system == "COMPREHENSIVE" else 200), (on_feasts, 300)):
        if system == "IRREGULAR":
            continue
        sum_, left = Fraction(0), Fraction(hours)
        while left > 0:
            piece = min(left, Fraction(1, 2))
            sum_ += hour * piece * rate / 100
            left -= piece
        lines.append(fen(sum_))
    return sum(lines, Decimal(0))


def leave_days(year, first_work, here, ended):
    """Regulation on paid annual leave, art. 3; measures of 2008, arts 5 and 12: each day brings its share, what is no whole day falls away."""
    day, final = date(year, 1, 1), min(date(year, 12, 31), ended or date.max)
    if final < day or twin(first_work, 12) > final:
        return 0
    full = 5
    if twin(first_work, 120) <= final:
        full = 10
    if twin(first_work, 240) <= final:
        full = 15
    share = Fraction(0)
    while day <= final:
        if day >= here and day >= twin(first_work, 12):
            share += Fraction(full, 365)
        day += DAY
    return min(full, int(share))


def leave(year, first_work, here, ended, taken, wage, divisor):
    """What is still owed for days not taken, beside the wages that were paid for them."""
    left = max(leave_days(year, first_work, here, ended) - taken, 0)
    return fen(Fraction(wage) / Fraction(divisor) * left * 2)


def interest(principal, due, until, rates):
    """Day by day, each with the rate that held on it; a line for each run of days with one rate. `rates` are (since, percent), the first first."""
    runs = []
    day = due + DAY
    while day <= until:
        held = [percent for since, percent in rates if since <= day][-1]
        if runs and runs[-1][0] == held:
            runs[-1][1] += 1
        else:
            runs.append([held, 1])
        day += DAY
    return sum((fen(Fraction(principal) * Fraction(percent) / 100 * days / 365) for percent, days in runs), Decimal(0))


def limitation(begins, interruptions, pauses):
    """Mediation and Arbitration Law, art. 27: a year that begins anew at each interruption in time, and stands still in a pause."""
    stops = {day for first, last in pauses for day in _each(first, last)}
    start = begins
    for _ in range(len(interruptions) + 1):
        left = (twin(start, 12) - start).days
        day = start
        while left:
            day += DAY
            left -= day not in stops
        while not works(day):
            day += DAY
        anew = sorted(one for one in interruptions if start < one <= day)
        if not anew:
            return day
        start = anew[0]
    return day


def _each(first, last):
    day = first
    while day <= last:
        yield day
        day += DAY


def term(start, count, unit, pauses):
    """The last day of a term in days (d) or working days (wd) that does not run in pauses; it does not end on a day of rest."""
    stops = {day for first, last in pauses for day in _each(first, last)}
    day = start
    while count:
        day += DAY
        if day in stops:
            continue
        if unit == "d" or works(day):
            count -= 1
    while not works(day):
        day += DAY
    return day


def notice(wage, ground, noticed, last):
    """Labour Contract Law, art. 40: thirty days of written notice, counted one by one from the day after it, or a month's wage instead."""
    if ground not in ("ILL", "UNFIT", "CHANGED"):
        return Decimal(0)
    days, day = 0, noticed
    while noticed is not None and day < last:
        day += DAY
        days += 1
    return Decimal(0) if noticed is not None and days >= 30 else fen(wage)


def arrears(due, paid, ordered):
    """Labour Contract Law, art. 85: what is owed, and once an order was not followed half of it to all of it beside; least and most."""
    owed = fen(due - paid) if due > paid else Decimal(0)
    return (owed + fen(Fraction(owed) * 50 / 100), owed + owed) if ordered else (owed, None)


def minimum(paid, apart, months, floor):
    """Provisions on minimum wages, arts 12 and 13: month by month what is missing; special pay does not count towards it."""
    sum_ = Decimal(0)
    for _ in range(months):
        counts = paid - apart if paid > apart else Decimal(0)
        if counts < floor:
            sum_ += fen(floor - counts)
    return sum_


def is_final(claim, floor):
    """Mediation and Arbitration Law, art. 47: not above the minimum wage of twelve months, added up."""
    limit = Decimal(0)
    for _ in range(12):
        limit += floor
    return claim <= limit


SCALE = ("BLUE", "YELLOW", "ORANGE", "RED")


def severity(affected, stopped, owed, months, behaviour):
    """The union's own scale (custom): the gravest of what each fact alone would give."""
    found = ["BLUE"]
    found += ["YELLOW"] if affected >= 10 else []
    found += ["ORANGE"] if affected >= 30 or owed >= 500_000 or (months >= 2 and affected >= 10) else []
    found += ["RED"] if affected >= 100 or stopped >= 50 or behaviour in ("BLOCKING", "EXTREME") else []
    return max(found, key=SCALE.index)


def is_layoff(people, staff):
    """Labour Contract Law, art. 41: twenty people or more, or fewer that are a tenth of the staff or more: one is counted off for each ten."""
    if people >= 20:
        return True
    left = staff
    for _ in range(people):
        left -= 10
    return staff > 0 and people > 0 and left <= 0
