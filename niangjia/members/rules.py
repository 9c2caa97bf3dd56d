"""Judgement on memberships: pure, each with its article."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from niangjia.kit.dates import add_months


def of_age(born: date | None, on: date, youngest: int) -> bool:
    """Nobody under sixteen may be employed (Labour Law 1994, art. 15), and so nobody under sixteen joins.

    >>> of_age(date(2000, 6, 2), date(2016, 6, 1), 16), of_age(date(2000, 6, 1), date(2016, 6, 1), 16)
    (False, True)
    """
    return born is None or (on.year - born.year - ((on.month, on.day) < (born.month, born.day))) >= youngest


def may_begin(joined: date, today: date) -> bool:
    """A membership begins on the day of its approval, which has come, and not before there were unions."""
    return date(1921, 7, 1) <= joined <= today


def may_end(joined: date, on: date, today: date) -> bool:
    """A membership ends on or after the day on which it began, and not in days to come."""
    return joined <= on <= today


def may_be_undone(taken: date, today: date, days: int) -> bool:
    """An import is taken back within so many days; later, what it brought is the work of the house.

    >>> may_be_undone(date(2026, 1, 1), date(2026, 1, 31), 30), may_be_undone(date(2026, 1, 1), date(2026, 2, 1), 30)
    (True, False)
    """
    return (today - taken).days <= days


def dues(wage: Decimal, rate: Decimal, step: Decimal) -> Decimal:
    """What a member pays a month, in yuan: a part (percent) of her monthly wage, of which whatever is less than a full step is dropped.

    Bonuses, allowances and benefits are no part of the base (measures on dues of the Federation; kept by the grassroots union, account 401).

    >>> dues(Decimal("4567.80"), Decimal("0.5"), Decimal(10)), dues(Decimal(9), Decimal("0.5"), Decimal(10))
    (Decimal('22.80'), Decimal('0.00'))
    """
    base = wage // step * step
    return (base * rate / 100).quantize(Decimal("0.01"))


def behind(paid: date, on: date) -> int:
    """How many whole months are unpaid, if dues are paid up to and with the month of `paid`; the running month is not owed yet.

    >>> behind(date(2026, 8, 1), date(2026, 11, 15)), behind(date(2026, 12, 1), date(2026, 11, 15))
    (2, 0)
    """
    return max((on.year - paid.year) * 12 + on.month - paid.month - 1, 0)


def lapse_day(paid: date, active: date | None, months: int) -> date:
    """From when on somebody may be deemed to have left: so many months after the last month that is paid, and after she last took part.

    >>> lapse_day(date(2026, 3, 1), None, 6), lapse_day(date(2026, 3, 1), date(2026, 8, 20), 6)
    (datetime.date(2026, 10, 1), datetime.date(2027, 2, 20))
    """
    unpaid = add_months(paid.replace(day=1), 1)
    return add_months(max(unpaid, active or unpaid), months)


def card_fault(paper: str, *, retained: bool, phone: bool, held: bool) -> str:
    """Why somebody gets no card, as a code; nothing if she may have one.

    Cards are for members in work with a Chinese identity number and a mobile: foreigners and the retired are left out (card rules of cities,
    domain reference §2.3), and whoever has one has it replaced, not doubled.

    >>> card_fault("ID", retained=False, phone=True, held=False), card_fault("PASSPORT", retained=False, phone=True, held=False)
    ('', 'foreign')
    """
    if paper in {"PASSPORT", "PERMANENT"}:
        return "foreign"
    if retained:
        return "retained"
    if not phone:
        return "phone"
    return "held" if held else ""
