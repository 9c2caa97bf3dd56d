"""The judgement of rights, without a database: the scale, the clocks, the money."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kit.dates import CHINA
from niangjia.rights import rules
from niangjia.rights.parameters import FOLLOW, MEDIATE, REPORT
from niangjia.rights.queries import speaking, thresholds
from niangjia.rights.rules import Matter

SCALE = thresholds(lambda one: one.default)
SPEAKING = speaking(lambda one: one.default)


def suggested(matter, by=SCALE):
    return rules.gravest(rules.reasons(matter, by))


def report_span(severity, rung):
    cell = REPORT.cells.get((severity, rung))
    return cell.default if cell else None


def follow_span(severity, state):
    cell = FOLLOW.cells.get((severity, state))
    return cell.default if cell else None


MOMENT = datetime(2026, 7, 3, 21, 5, tzinfo=CHINA)  # a Friday evening


@pytest.mark.parametrize(
    ("matter", "said"),
    [
        (Matter(0), "BLUE"), (Matter(9), "BLUE"), (Matter(10), "YELLOW"), (Matter(29), "YELLOW"), (Matter(30), "ORANGE"), (Matter(99), "ORANGE"),
        (Matter(100), "RED"), (Matter(1, owed=Decimal("499999.99")), "BLUE"), (Matter(1, owed=Decimal(500000)), "ORANGE"),
        (Matter(9, months_owed=Decimal(3)), "BLUE"), (Matter(10, months_owed=Decimal(2)), "ORANGE"), (Matter(10, months_owed=Decimal("1.5")), "YELLOW"),
        (Matter(60, 49, "STOPWORK"), "ORANGE"), (Matter(60, 50, "STOPWORK"), "RED"), (Matter(50, 0, "STOPWORK"), "RED"), (Matter(60, 60, "GATHERING"), "ORANGE"),
        (Matter(2, behaviour="BLOCKING"), "RED"), (Matter(2, behaviour="EXTREME"), "RED"),
    ],
)  # fmt: skip
def test_the_scale(matter, said):
    assert suggested(matter) == said


@pytest.mark.parametrize(
    ("matter", "said", "code"),
    [
        (Matter(3, 1, "GATHERING"), "YELLOW", "gathered"), (Matter(3, behaviour="PETITION"), "YELLOW", "gathered"), (Matter(9, 9, "GATHERING"), "YELLOW", "gathered"),
        (Matter(20, 10, "PETITION"), "ORANGE", "gathered"), (Matter(4, sector="E"), "BLUE", ""), (Matter(5, sector="E"), "YELLOW", "sector"),
        (Matter(20, sector="E13"), "ORANGE", "sector"), (Matter(1, again=2), "BLUE", ""), (Matter(1, again=3), "YELLOW", "again"), (Matter(1, again=5), "ORANGE", "again"),
    ],
)  # fmt: skip
def test_gatherings_trades_and_repetition_count(matter, said, code):
    found = rules.reasons(matter, SCALE)
    assert (rules.gravest(found), found[0].code if found else "") == (said, code)
    before = rules.reasons(matter, thresholds(lambda one: one.default, first=True))
    assert not {one.code for one in before} & {"gathered", "sector", "again"}


@given(affected=st.integers(0, 500), more=st.integers(0, 500), owed=st.decimals(0, 10**7, places=2), months=st.decimals(0, 24, places=1))
def test_more_workers_never_make_it_milder(affected, more, owed, months):
    less, most = Matter(affected, owed=owed, months_owed=months), Matter(affected + more, owed=owed, months_owed=months)
    assert not rules.graver(suggested(less), suggested(most))


@pytest.mark.parametrize(
    ("severity", "rung", "limit"),
    [
        ("RED", "4", timedelta(minutes=30)), ("RED", "3", timedelta(minutes=30)), ("RED", "2", timedelta(hours=1)), ("RED", "1", timedelta(hours=2)),
        ("ORANGE", "4", timedelta(hours=1)), ("ORANGE", "3", timedelta(hours=2)), ("ORANGE", "2", timedelta(hours=4)), ("ORANGE", "1", timedelta(hours=24)),
        ("YELLOW", "4", timedelta(hours=4)), ("YELLOW", "3", timedelta(hours=8)), ("YELLOW", "2", timedelta(hours=24)),
        ("BLUE", "4", timedelta(hours=24)), ("BLUE", "3", timedelta(hours=48)),
    ],
)  # fmt: skip
def test_hours_run_through_the_night_and_the_weekend(severity, rung, limit):
    assert report_span(severity, rung).after(MOMENT) - MOMENT == limit


@pytest.mark.parametrize(
    ("severity", "rung", "last"), [("YELLOW", "1", "2026-07-10"), ("BLUE", "2", "2026-07-10"), ("BLUE", "1", "2026-08-03")]
)
def test_weekly_and_monthly_reports_end_with_their_day(severity, rung, last):
    assert report_span(severity, rung).after(MOMENT).date().isoformat() == last


def test_nothing_stands_above_the_province():
    assert all(report_span(severity, "0") is None for severity in rules.SCALE)


@pytest.mark.parametrize("was", rules.SCALE)
@pytest.mark.parametrize("new", rules.SCALE)
@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("set_at", [1, 2, 3, 4])
def test_raising_is_free_and_lowering_is_from_above(was, new, level, set_at):
    milder = rules.SCALE.index(new) < rules.SCALE.index(was)
    assert rules.may_set(was, new, set_at=set_at, level=level) == (not milder or level < set_at)


def test_follow_ups():
    assert [str(follow_span("RED", state)) for state in ("REPORTED", "CONFIRMED", "HANDLING", "STABLE", "SETTLED")] == [
        "4 h",
        "4 h",
        "4 h",
        "24 h",
        "None",
    ]
    assert [str(follow_span(one, "HANDLING")) for one in ("ORANGE", "YELLOW", "BLUE")] == ["24 h", "7 d", "1 mo"]


@pytest.mark.parametrize(
    ("workers", "speakers", "fits"), [(9, 0, True), (10, 0, False), (10, 2, False), (10, 3, True), (46, 5, True), (46, 6, False)]
)
def test_ten_workers_need_three_to_five_who_speak(workers, speakers, fits):
    assert rules.speakers_fit(workers, speakers, SPEAKING) is fits


@pytest.mark.parametrize(
    ("accepted", "last"), [(date(2015, 6, 10), "2015-06-25"), (date(2015, 10, 9), "2015-10-26"), (date(2026, 9, 16), "2026-10-08")]
)
def test_mediation_takes_fifteen_days_and_ends_on_a_working_day(accepted, last):
    assert MEDIATE.default.last_day(accepted).isoformat() == last


def test_what_was_agreed_and_not_paid_is_no_failed_mediation():
    assert not rules.may_end("AGREED", "03")
    assert rules.may_end("MEDIATING", "03")
    assert not rules.may_end("CLOSED", "05")
