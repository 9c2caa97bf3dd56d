"""The reckonings against themselves written out longhand, day by day (`bench.longhand`), on random cases; `make proof` asks far more of them."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bench import longhand
from niangjia.kit.spans import Span
from niangjia.kit.workdays import roll
from niangjia.rights import reckoning as ours
from niangjia.rights import rules
from niangjia.rights.reckoning.procedure import ends
from niangjia.rights.rules.redundancy import Bounds, reached

LONG = int(os.environ.get("RECKONING_LONG", "300"))
SEED = 20251105


def day(chance, first, last):
    return date.fromordinal(chance.randint(date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()))


def yuan(chance, most):
    return Decimal(chance.randint(0, most * 100)) / 100


def cases(kind):
    chance = random.Random(f"{SEED} {kind}")
    for _ in range(max(LONG // 8, 30)):
        yield chance


def severance(chance):
    first = day(chance, 1995, 2026)
    last = first + timedelta(days=chance.randint(0, 10000))
    if chance.random() < 0.3:  # at an anniversary, give or take a day
        last = longhand.twin(first, chance.randint(1, 240)) + timedelta(days=chance.randint(-2, 1))
    wage, average = yuan(chance, 60000), chance.choice([Decimal(0), Decimal(5000), Decimal("7812.33")])
    floor, ground = chance.choice([Decimal(0), Decimal(2260)]), chance.choice(ours.GROUNDS)
    facts = ours.Ending(first, max(last, first), wage, ground, average, floor)
    return (
        ours.severance(facts, ours.EndingRates()).amount,
        longhand.severance(first, max(last, first), wage, average, floor, ground),
        facts,
    )


def double(chance):
    first = day(chance, 2012, 2025)
    some = lambda: chance.choice([None, first + timedelta(days=chance.randint(0, 900))])  # noqa: E731
    signed, last, endless, wage = some(), some(), chance.random() < 0.3, yuan(chance, 30000)
    claimed = min(first + timedelta(days=chance.randint(1, 1000)), date(2026, 12, 31))
    facts = ours.Unwritten(first, wage, claimed, signed, last, endless)
    return ours.double_wages(facts, ours.DoubleRates()).amount, longhand.double_wages(first, signed, last, claimed, wage, endless), facts


def overtime(chance):
    hours = [Decimal(chance.randint(0, 240)) / 2 for _ in range(3)]
    wage, system = yuan(chance, 30000), chance.choice(["STANDARD", "COMPREHENSIVE", "IRREGULAR"])
    facts = ours.Hours(wage, *hours, system)
    return ours.overtime(facts, ours.WageRates()).amount, longhand.overtime(wage, *hours, system, Decimal("21.75")), facts


def leave(chance):
    work = day(chance, 1985, 2026)
    here = max(work, day(chance, 2005, 2026))
    year, ended = chance.randint(2008, 2027), chance.choice([None, here + timedelta(days=chance.randint(0, 4000))])
    taken, wage = chance.randint(0, 8), yuan(chance, 30000)
    said = longhand.leave(year, work, here, ended, taken, wage, Decimal("21.75"))
    facts = ours.Leave(year, work, here, ended, taken, wage)
    return ours.leave(facts, ours.WageRates()).amount, said, facts


def interest(chance):
    rates, since = [], day(chance, 2015, 2019)
    for _ in range(chance.randint(1, 8)):
        rates.append((since, Decimal(chance.randint(280, 320)) / 10000))
        since += timedelta(days=chance.randint(1, 500))
    due = rates[0][0] + timedelta(days=chance.randint(0, 800))
    until, principal = due + timedelta(days=chance.randint(-5, 2000)), yuan(chance, 900000)
    facts = (principal, due, until, rates)
    said = longhand.interest(principal, due, until, [(one, rate * 100) for one, rate in rates])
    return ours.interest(*facts, 365).amount, said, facts


def spells(chance, first, most):
    found = []
    for _ in range(chance.randint(0, 3)):
        begins = first + timedelta(days=chance.randint(-30, most))
        found.append((begins, begins + timedelta(days=chance.randint(0, 60))))
    return found


def limitation(chance):
    known = day(chance, 2008, 2024)
    broken = [known + timedelta(days=chance.randint(-20, 900)) for _ in range(chance.randint(0, 3))]
    pauses = spells(chance, known, 500)
    facts = ours.Claim(known, interruptions=[(one, "CLAIMED") for one in broken], pauses=pauses)
    return ours.limitation(facts, 12).day, longhand.limitation(known, broken, pauses), facts


def term(chance):
    begins, span = day(chance, 2010, 2026), Span(chance.randint(1, 90), chance.choice(["d", "wd"]))
    pauses = spells(chance, begins, 90)
    return roll(ends(begins, span, pauses)), longhand.term(begins, span.count, span.unit, pauses), (begins, span, pauses)


def leave_days(chance):
    work, year = day(chance, 1985, 2026), chance.randint(2008, 2027)
    here = max(work, date(year, 1, 1) + timedelta(days=chance.randint(-400, 364)))
    ended = chance.choice([None, max(here, date(year, 1, 1) + timedelta(days=chance.randint(0, 364)))])
    facts = ours.Leave(year, work, here, ended, 0, Decimal(0))
    return ours.leave_days(facts, ours.WageRates())[1], longhand.leave_days(year, work, here, ended), facts


def notice(chance):
    last = day(chance, 2009, 2026)
    noticed = chance.choice([None, last - timedelta(days=chance.randint(25, 35)), last - timedelta(days=chance.randint(-5, 90))])
    wage, ground = yuan(chance, 30000), chance.choice(ours.GROUNDS)
    return ours.notice(wage, ground, noticed, last, 30).amount, longhand.notice(wage, ground, noticed, last), (wage, ground, noticed, last)


def arrears(chance):
    due, paid, ordered = yuan(chance, 90000), yuan(chance, 60000), chance.random() < 0.5
    said = ours.arrears(due, paid, ordered=ordered, least=Decimal("0.5"), most=Decimal(1))
    return (said.amount, said.most), longhand.arrears(due, paid, ordered), (due, paid, ordered)


def minimum(chance):
    floor = Decimal(chance.choice([1660, 2070, 2260, 2490]))
    paid, apart = floor + chance.randint(-900, 900), yuan(chance, 900)
    if chance.random() < 0.2:  # just at the border
        paid = floor + apart + Decimal(chance.randint(-1, 1)) / 100
    months = chance.randint(1, 24)
    return ours.minimum(paid, apart, months, floor).amount, longhand.minimum(paid, apart, months, floor), (paid, apart, months, floor)


def final(chance):
    floor = Decimal(chance.randint(100000, 260000)) / 100
    claim = floor * 12 + Decimal(chance.randint(-2, 2)) / 100 if chance.random() < 0.5 else yuan(chance, 60000)
    return ours.final(claim, 12, floor).steps[-1].code == "is_final", longhand.is_final(claim, floor), (claim, floor)


def severity(chance):
    affected = chance.choice([chance.randint(0, 150), 9, 10, 29, 30, 99, 100])
    involved = chance.choice([0, affected, chance.randint(0, 60), 49, 50])
    owed, months = (
        Decimal(chance.choice([0, 499_999, 500_000, chance.randint(0, 900_000)])),
        Decimal(chance.choice([0, 1, 2, 3])) / chance.choice([1, 2]),
    )
    behaviour = chance.choice(["NONE", "PETITION", "STOPWORK", "GATHERING", "BLOCKING", "EXTREME"])
    stopped = (involved or affected) if behaviour == "STOPWORK" else 0
    matter = rules.Matter(affected, involved, behaviour, owed, months)
    usual = rules.Thresholds(10, 30, 100, 50, Decimal(500_000), 2, 10)
    return rules.gravest(rules.reasons(matter, usual)), longhand.severity(affected, stopped, owed, months, behaviour), matter


def layoff(chance):
    staff = chance.choice([0, chance.randint(1, 400)])
    planned = chance.choice([chance.randint(1, 40), max(staff // 10, 1), max((staff + 9) // 10, 1), 19, 20])
    by = Bounds(20, Decimal("0.10"), 30)
    return reached(planned, staff, by), longhand.is_layoff(planned, staff), (planned, staff)


KINDS = [
    severance, double, overtime, leave, leave_days, interest, limitation, term, notice, arrears, minimum, final, severity, layoff,
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.__name__)
def test_reckoned_as_it_is_longhand(kind):
    for chance in cases(kind.__name__):
        said, longhand_said, facts = kind(chance)
        assert said == longhand_said, facts
