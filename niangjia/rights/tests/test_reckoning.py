"""The rules of money and time: worked examples by hand with their article, and what must hold whatever is asked."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kit.spans import days, working_days
from niangjia.rights.reckoning import (
    GROUNDS,
    TERMS,
    Claim,
    Course,
    DoubleRates,
    Ending,
    EndingRates,
    Hours,
    Leave,
    Unwritten,
    WageRates,
    arrears,
    double_wages,
    final,
    interest,
    leave,
    leave_days,
    limitation,
    minimum,
    notice,
    overtime,
    packed,
    procedure,
    severance,
    unpacked,
)  # fmt: skip
from niangjia.rights.words import GROUND, SENTENCES

D = Decimal


@pytest.mark.parametrize(("first", "last", "wage", "average", "ground", "owed"), [
    # art. 47: 6 years and 4 months are 6.5 months; 6.5 × 5480 = 35620
    (date(2019, 3, 15), date(2025, 7, 14), "5480", "0", "MUTUAL", "35620.00"),
    # five months: half a month; six months: a whole one
    (date(2024, 1, 1), date(2024, 5, 31), "6000", "0", "EXPIRED", "3000.00"),
    (date(2024, 1, 1), date(2024, 6, 30), "6000", "0", "EXPIRED", "6000.00"),
    # art. 47, para. 2: above three times 7000, and 14 years: 12 × 21000
    (date(2011, 1, 1), date(2024, 12, 31), "30000", "7000", "LAYOFF", "252000.00"),
    # exactly three times the average is no cap: 14 × 21000
    (date(2011, 1, 1), date(2024, 12, 31), "21000", "7000", "LAYOFF", "294000.00"),
    # art. 87: 2 × 3 × 5000; and no severance beside it
    (date(2022, 1, 1), date(2024, 12, 31), "5000", "0", "UNLAWFUL", "30000.00"),
    # art. 97: 2005-07 to 2007 are two years and a half: three by the old rule; 2008 to 2010: three. (3 + 3) × 4000
    (date(2005, 7, 1), date(2010, 12, 31), "4000", "0", "CHANGED", "24000.00"),
    # the same, but the contract ran out: nothing for the time before 2008
    (date(2005, 7, 1), date(2010, 12, 31), "4000", "0", "EXPIRED", "12000.00"),
    # Regulations 2008, art. 25: unlawful, all years from the first day; five years and a half are six: 6 × 2 × 4000
    (date(2005, 7, 1), date(2010, 12, 31), "4000", "0", "UNLAWFUL", "48000.00"),
    # old rule, art. 5: at most twelve months where both agreed; 1990 to 2007 are eighteen. 12 + 1
    (date(1990, 1, 1), date(2008, 12, 31), "3000", "0", "MUTUAL", "39000.00"),
    (date(1990, 1, 1), date(2008, 12, 31), "3000", "0", "LAYOFF", "57000.00"),
    (date(2020, 1, 1), date(2024, 12, 31), "5000", "0", "RESIGNED", "0.00"),
])  # fmt: skip
def test_severance_by_hand(first, last, wage, average, ground, owed):
    assert severance(Ending(first, last, D(wage), ground, D(average)), EndingRates()).amount == D(owed)


def test_a_wage_below_the_minimum_counts_as_the_minimum():  # Regulations 2008, art. 27
    assert severance(Ending(date(2024, 1, 1), date(2024, 12, 31), D(1800), "MUTUAL", D(0), D(2260)), EndingRates()).amount == D("2260.00")


@given(
    st.dates(date(1990, 1, 1), date(2020, 1, 1)),
    st.integers(0, 9000),
    st.decimals(0, 90000, places=2),
    st.sampled_from(GROUNDS),
    st.sampled_from([D(0), D(6000)]),
)
def test_severance_never_falls_with_wage_and_the_capped_part_holds(first, served, wage, ground, average):
    last = first + timedelta(days=served)
    less, more = (severance(Ending(first, last, one, ground, average), EndingRates()) for one in (wage, wage + 100))
    longer = severance(Ending(first, last + timedelta(days=40), wage, ground, average), EndingRates())
    assert D(0) <= less.amount
    if not average or wage + 100 <= 3 * average or ground in ("RESIGNED", "FAULT", "RETIRED"):
        assert less.amount <= more.amount
        assert less.amount <= longer.amount
    if average and wage > 3 * average and first >= date(2008, 1, 1):
        assert more.amount <= 2 * 12 * 3 * average
    assert less.amount == sum((step.yuan or D(0) for step in less.steps), D(0))
    assert unpacked(packed(less)) == less


def test_notice_by_hand():  # art. 40: thirty days; the wage of the month before
    assert notice(D(6000), "UNFIT", date(2025, 6, 2), date(2025, 7, 1), 30).amount == D(6000)
    assert notice(D(6000), "LAYOFF", None, date(2025, 7, 1), 30).amount == D(0)


def test_double_wages_by_hand():
    def owed(**facts):
        return double_wages(
            Unwritten(**{"first": date(2024, 3, 1), "wage": D(6000), "claimed": date(2024, 12, 31)} | facts), DoubleRates()
        ).amount

    assert owed(signed=date(2024, 6, 1)) == D(12000)  # April and May
    assert owed(signed=date(2024, 4, 1)) == D(0)  # within the first month
    # claimed on 30 September 2025: days before 30 September 2024 are lost. That Monday is one of 21 working days of its month (16 and 17 rest, 14 and 29
    # worked): 6000 ÷ 21 = 285.71; and October to December
    assert owed(claimed=date(2025, 9, 30), last=date(2024, 12, 31)) == D("18285.71")
    assert owed(excused=True) == D(0)


def test_overtime_by_hand():  # Labour Law, art. 44: 5220 ÷ 21.75 ÷ 8 = 30 an hour
    owed = lambda system="STANDARD", **more: overtime(Hours(D(5220), D(10), D(8), D(8), system, **more), WageRates()).amount  # noqa: E731
    assert owed() == D(450) + D(480) + D(720)
    assert owed("COMPREHENSIVE") == D(450) + D(360) + D(720)
    assert owed("IRREGULAR") == D(0)
    assert owed(paid=D(1000)) == D(650)
    assert owed(paid=D(5000)) == D(0)
    assert overtime(Hours(D(5220), D(10), D(8), D(8), "IRREGULAR"), WageRates(irregular_feasts=True)).amount == D(720)


@given(st.decimals(0, 50000, places=2), *(st.integers(0, 200) for _ in range(3)))
def test_overtime_never_falls_with_hours(wage, on_days, on_rest, on_feasts):
    less = overtime(Hours(wage, D(on_days), D(on_rest), D(on_feasts)), WageRates())
    more = overtime(Hours(wage, D(on_days), D(on_rest), D(on_feasts + 1)), WageRates())
    assert D(0) <= less.amount <= more.amount


def test_leave_by_hand():  # Regulation, art. 3: 5, 10, 15; measures, art. 12: 200 of 365 days × 10 = 5.47
    facts = Leave(2025, date(2012, 1, 1), date(2020, 1, 1), date(2025, 7, 19), 2, D(4350))
    assert leave_days(facts, WageRates())[:2] == (10, 5)
    assert leave(facts, WageRates()).amount == D(1200)  # three days × 200 × 2
    assert leave_days(Leave(2025, date(2025, 3, 1), date(2025, 3, 1), None, 0, D(1)), WageRates())[1] == 0  # no year of work yet
    assert leave(Leave(2025, date(2012, 1, 1), date(2020, 1, 1), None, 0, D(4350), refused=True), WageRates()).amount == D(0)


@given(st.dates(date(1980, 1, 1), date(2025, 1, 1)), st.integers(2008, 2026))
def test_leave_is_never_more_than_the_law_gives(work, year):
    full, due, _begins, _last = leave_days(Leave(year, work, work, None, 0, D(0)), WageRates())
    assert 0 <= due <= full <= 15


def test_arrears_by_hand():  # art. 85: 15000 owed; 7500 to 15000 beside
    found = arrears(D(20000), D(5000), ordered=True, least=D("0.5"), most=D(1))
    assert (found.amount, found.most) == (D(22500), D(30000))
    assert arrears(D(20000), D(5000), ordered=False, least=D("0.5"), most=D(1)).amount == D(15000)
    assert arrears(D(1), D(5), ordered=False, least=D("0.5"), most=D(1)).amount == D(0)


def test_interest_by_hand():
    table = [(date(2024, 10, 21), D("0.031")), (date(2025, 5, 20), D("0.030"))]
    # due 10 May: 11 to 19 May are nine days at 3.1 %, 20 to 29 May ten at 3.0 %: 27.90 and 30.00 of 36500
    found = interest(D(36500), date(2025, 5, 10), date(2025, 5, 29), table, 365)
    assert [step.yuan for step in found.steps] == [D("27.90"), D("30.00")]
    assert interest(D(100), date(2025, 5, 10), date(2025, 5, 10), table, 365).amount == D(0)
    assert interest(D(100), date(2020, 5, 10), date(2025, 5, 10), table, 365).amount is None  # no rate for that time


@given(st.decimals(0, 10**6, places=2), st.integers(0, 900), st.integers(0, 900))
def test_interest_grows_with_days(principal, fewer, more):
    table, due = [(date(2020, 1, 1), D("0.04"))], date(2021, 1, 1)
    first, second = (interest(principal, due, due + timedelta(days=n), table, 365).amount for n in (min(fewer, fewer + more), fewer + more))
    assert D(0) <= first <= second


def test_the_minimum_wage_and_final_awards_by_hand():
    assert minimum(D(2500), D(400), 3, D(2260)).amount == D(480)
    assert minimum(D(3000), D(400), 3, D(2260)).amount == D(0)
    assert minimum(D(3000), D(400), 3, D(0)).amount is None
    assert final(D(5), 12, D(2260)).amount == D(27120)


def test_limitation_by_hand():
    assert limitation(Claim(date(2025, 3, 3)), 12).day == date(2026, 3, 3)
    assert limitation(Claim(date(2024, 10, 1)), 12).day == date(2025, 10, 9)  # 1 to 8 October 2025 are rest
    assert limitation(Claim(date(2020, 1, 1), arrears=True), 12).day is None
    assert limitation(Claim(date(2020, 1, 1), arrears=True, ended=date(2025, 6, 30)), 12).day == date(2026, 6, 30)
    late = Claim(date(2023, 3, 3), interruptions=[(date(2024, 3, 5), "ASKED")])
    assert limitation(late, 12).steps[1].code == "too_late"
    # ten days of force majeure: 13 March 2026
    assert limitation(Claim(date(2025, 3, 3), pauses=[(date(2025, 6, 1), date(2025, 6, 10))]), 12).day == date(2026, 3, 13)


@given(st.dates(date(2010, 1, 1), date(2024, 1, 1)), st.lists(st.integers(1, 800), max_size=3))
def test_an_interruption_never_shortens(known, after):
    broken = [(known + timedelta(days=n), "CLAIMED") for n in after]
    assert limitation(Claim(known, interruptions=broken), 12).day >= limitation(Claim(known), 12).day


def test_excluded_time_counts_once_and_only_where_it_may():
    spans = {one.code: days(45) for one in TERMS} | {
        "arbitration_award_longer": days(15),
        "inspection_longer": working_days(30),
        "petition_longer": days(30),
    }
    apart = [(date(2025, 3, 10), date(2025, 3, 19)), (date(2025, 3, 15), date(2025, 3, 19))]
    found = {due.term.code: due for due in procedure(Course({"arbitration_accepted": date(2025, 3, 3)}, apart), spans)}
    assert found["arbitration_award"].excluded == 10
    assert found["arbitration_serve"].excluded == 0


def test_every_step_has_its_sentence():
    assert set(GROUND) == set(GROUNDS)
    asked = [severance(Ending(date(2000, 1, 1), date(2012, 1, 1), D(90000), ground, D(5000), D(1)), EndingRates()) for ground in GROUNDS]
    assert {step.code for answer in asked for step in answer.steps} <= set(SENTENCES)
