"""The worked examples in docs/generated/deadlines.md, some of them reckoned by hand."""

from __future__ import annotations

import pytest

from tools import clocks

CALENDAR = "2026: 15 to 23 February rest, the 14th and the 28th worked; 1 to 7 October rest, 20 September and 10 October worked; 25 to 27 September rest"


def row(code):
    return next(one[2:] for one in clocks.examples() if one[0] == code)


@pytest.mark.parametrize(("code", "said"), [
    # three working days from Friday, 13 February: Saturday the 14th (worked), then Tuesday the 24th and Wednesday the 25th.
    # From Thursday, 24 September: Mid-autumn rests Friday to Sunday; Monday 28, Tuesday 29, Wednesday 30.
    # From Monday, 1 June, paused on Tuesday evening: Tuesday is lived; then from Friday, 5 June: Monday 8 and Tuesday 9.
    ("RD-D1", ["2026-06-04", "2026-02-25", "2026-09-30", "2026-06-09"]),
    # fifteen calendar days: 16 June; 28 February, a Saturday that is worked; 9 October, a Friday. Three days that do not count make 19 June.
    ("RD-D2", ["2026-06-16", "2026-02-28", "2026-10-09", "2026-06-19 (`mediates_to`: 3 days later, Zhejiang rules, art. 36)"]),
    # thirty calendar days: 1 July; 15 March is a Sunday: Monday the 16th; 24 October is a Saturday: Monday the 26th.
    ("RD-D4", ["2026-07-01", "2026-03-16", "2026-10-26", "does not stop"]),
    # a year: 1 June 2027, a Tuesday; 13 February 2027 is a Saturday: Monday the 15th; 24 September 2027 is a Friday. Two days excluded: 3 June.
    ("RD-D5", ["2027-06-01", "2027-02-15", "2027-09-24", "2027-06-03"]),
    # fifteen days from the award, as above.
    ("RD-D8", ["2026-06-16", "2026-02-28", "2026-10-09", "does not stop"]),
    # seven calendar days: 8 June; 20 February is rest until the 23rd: Tuesday the 24th; 1 October is rest until the 7th: the 8th. One day was lived before the pause.
    ("LA-D1", ["2026-06-08", "2026-02-24", "2026-10-08", "2026-06-11"]),
    # three: 4 June; 16 February is rest: the 24th; 27 September is a Sunday of rest: Monday the 28th.
    ("LA-D2", ["2026-06-04", "2026-02-24", "2026-09-28", "does not stop"]),
    # fifteen from the end: 16 June; 28 February, a Saturday that is worked; 9 October.
    ("LA-D4", ["2026-06-16", "2026-02-28", "2026-10-09", "does not stop"]),
    # two working days from the same days; lived one before the pause.
    ("EX-D1", ["2026-06-03", "2026-02-24", "2026-09-29", "2026-06-08"]),
])  # fmt: skip
def test_by_hand(code, said):
    assert row(code) == said, CALENDAR


def test_every_clock_has_an_example():
    shown = {one[0].split(" ")[0] for one in clocks.examples()}
    assert shown == {one.code for those in clocks.DEADLINES.values() for one in those}


def test_a_term_of_arbitration_by_hand():
    found = {one[0]: one[5:] for one in clocks.terms()}
    # 45 days from 1 June are 16 July; three excluded days make 19 July, a Sunday: Monday the 20th. With fifteen more, 31 July.
    assert found["`arbitration_award`"] == ["2026-07-16", "2026-03-30", "2026-11-09", "2026-07-20", "2026-07-31"]
    # five working days whole between: 25, 26, 27, 28 and 29 May before 1 June; the notice is given on Friday, 22 May
    assert found["`arbitration_notice`"][0] == "2026-05-22"
