"""The weekly report of townships: one tap, or from the events; who says nothing is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.flow.api import clocks, ring
from niangjia.kit.dates import CHINA, moved_to
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.memory import once
from niangjia.notices.models import Message
from niangjia.rights import actions
from niangjia.rights.actions import zero
from niangjia.rights.models import ZeroWeek
from niangjia.rights.queries.zero import missing_in_a_row, weeks_of
from tests.town import union

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 12, 7, 9, tzinfo=CHINA)
WEEK = date(2026, 11, 30)


def test_each_monday_each_township_has_its_report_due_on_tuesday(town):
    with moved_to(MONDAY):
        assert (zero.open_week(), zero.open_week()) == (2, 0)
        one = ZeroWeek.objects.get(union=town.township)
        assert (one.week, one.state) == (WEEK, "DUE")
        assert clocks(one)[0].due_at == datetime(2026, 12, 8, 17, tzinfo=CHINA)
        zero.nothing(one, by=town.township_rights)
    assert (one.state, one.late, clocks(one)) == ("NOTHING", False, [])


def test_a_week_is_opened_for_ten_townships_with_no_more_questions_than_for_two(town):
    with moved_to(MONDAY), once(), CaptureQueriesContext(connection) as few:
        assert zero.open_week() == 2
    for n in range(8):
        union(f"U3305990{n:04d}", f"示例{n}镇总工会", "12", 3, town.county)
    with moved_to(MONDAY + timedelta(days=7)), once(), CaptureQueriesContext(connection) as many:
        assert zero.open_week() == 10
    assert len(many) <= len(few)
    one = ZeroWeek.objects.filter(union__code="U33059900007").get()
    assert [clock.union_id for clock in clocks(one)] == [one.union_id]


def test_what_was_reported_is_the_report(town):
    with moved_to(MONDAY - timedelta(days=3)):
        actions.report(town.firm, actions.Facts("甲", "E06", 5), by=town.grassroots_chair)
    with moved_to(MONDAY):
        zero.open_week()
        one = ZeroWeek.objects.get(union=town.township)
        assert (one.state, one.by) == ("EVENTS", None)
        with pytest.raises(RuleBroken):
            zero.nothing(one, by=town.township_rights)


def test_whoever_says_nothing_is_told_and_so_is_the_county_and_weeks_are_counted(town):
    for n in range(2):
        with moved_to(MONDAY + timedelta(days=7 * n)):
            zero.open_week()
        with moved_to(MONDAY + timedelta(days=7 * n + 1, hours=9)):
            assert ring() == 2
    assert Message.objects.filter(what="zero-missing", to=town.county_rights).count() == 2
    assert Message.objects.filter(what="zero-missing", to=town.township_rights).count() == 2
    assert missing_in_a_row(town.township, WEEK + timedelta(days=7)) == 2
    one = ZeroWeek.objects.get(union=town.township, week=WEEK)
    with moved_to(MONDAY + timedelta(days=9)):
        zero.nothing(one, by=town.township_rights)
    assert (one.state, one.late) == ("NOTHING", True)
    assert missing_in_a_row(town.township, WEEK + timedelta(days=7)) == 2  # late is not in time


def test_the_county_reminds_once_a_day(town):
    with moved_to(MONDAY):
        zero.open_week()
        one = ZeroWeek.objects.get(union=town.township)
        with pytest.raises(Refused):
            zero.remind(one, by=town.township_rights)
        zero.remind(one, by=town.county_rights)
        one.refresh_from_db()
        with pytest.raises(RuleBroken):
            zero.remind(one, by=town.county_rights)


def test_a_month_has_the_weeks_whose_monday_lies_in_it():
    assert [day.day for day in weeks_of(date(2026, 12, 1))] == [7, 14, 21, 28]
    assert [day.day for day in weeks_of(date(2026, 6, 1))] == [1, 8, 15, 22, 29]
