"""The return begins at the grass roots: surveys fill themselves, are completed, confirmed or sent back, and are added up by township and county."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.flow.models import Clock, Move
from niangjia.kit.dates import CHINA, moved_to
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.memory import once
from niangjia.members.models import Membership
from niangjia.notices.models import Message
from niangjia.returns import actions, queries, surveys
from niangjia.returns.asked import ASKED
from niangjia.returns.figures import GROUND, lines_of
from niangjia.returns.models import AnnualReturn, Survey
from niangjia.unions.models import Body, Office, Union
from niangjia.worklog.api import post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def year(filled):
    return queries.last_year(filled.north)


@pytest.fixture
def opened(filled, year):
    assert actions.open_surveys(filled.north, year, by=filled.north_org) == 2
    return filled


def of(union):
    return Survey.objects.select_related("union").get(union=union)


def said(**more):
    return dict.fromkeys(ASKED, 0) | {"601": 10, "602": 4, "611": 1} | more


def confirmed(union, by, **more):
    actions.answer(of(union), said(**more), by=by)
    actions.confirm(of(union), by=by)
    return of(union)


def test_the_records_fill_them_in_and_each_counts_only_its_own(opened):
    firm, mill = of(opened.firm), of(opened.mill)
    counts = Membership.objects.filter(union=opened.firm, left_on=None, state="MEMBER", primary=True, joined_on__lte=firm.as_of).count()
    assert firm.values["301"] == counts == 8
    assert (mill.values["301"], firm.values["111"], firm.values["502"], mill.values["503"]) == (0, 1, 1, 1)
    assert set(firm.values) == {line.code for line in lines_of(GROUND)}
    assert firm.answers["601"] == opened.firm_unit.employees or "601" not in firm.answers
    assert Clock.objects.filter(kind="returns.survey", code="NB-D2", stopped_at=None).count() == 2
    assert Message.objects.filter(what="survey-opened", to=opened.firm_chair).count() == 1


def test_a_thousand_are_opened_by_as_many_statements_as_one(filled, year):
    actions.open_surveys(filled.north, year - 1, by=filled.north_org)  # what is remembered is remembered
    actions.open_surveys(filled.south, year - 1, by=filled.south_org)
    with once(), CaptureQueriesContext(connection) as few:
        assert actions.open_surveys(filled.south, year, by=filled.south_org) == 1
    with once(), CaptureQueriesContext(connection) as more:
        assert actions.open_surveys(filled.north, year, by=filled.north_org) == 2
    assert len(more) == len(few)


def test_it_is_opened_once_and_only_by_its_own_office(opened, year):
    assert actions.open_surveys(opened.north, year, by=opened.north_org) == 0
    for who in ("south_org", "hill_chair", "firm_chair", "city_org"):
        with pytest.raises(Refused):
            actions.open_surveys(opened.north, year, by=opened.people[who])


def test_what_lies_dormant_or_ended_before_the_closing_day_is_not_asked(filled, year):
    as_of = surveys.rules.closing(year, "09-30")
    Union.objects.filter(pk=filled.firm.pk).update(state="DORMANT", dormant_on=as_of)
    Union.objects.filter(pk=filled.mill.pk).update(state="ABOLISHED", closed_on=as_of)
    assert actions.open_surveys(filled.north, year, by=filled.north_org) == 0


def test_the_house_opens_them_after_the_closing_day_and_not_long_after(filled):
    with moved_to(datetime(2026, 10, 3, 3, tzinfo=CHINA)):
        assert actions.open_due() == 3
        assert actions.open_due() == 0
    assert Move.objects.filter(kind="returns.survey", verb="start", by=None).count() == 3
    Survey.objects.all().delete()
    with moved_to(datetime(2026, 11, 30, 3, tzinfo=CHINA)):
        assert actions.open_due() == 0


def test_the_chair_completes_and_confirms_it(opened):
    one = of(opened.firm)
    with pytest.raises(RuleBroken, match=r"employees|职工"):
        actions.confirm(one, by=opened.firm_chair)
    with pytest.raises(RuleBroken, match=r"602|女职工|Women"):
        actions.answer(one, said(**{"601": 3, "602": 4}), by=opened.firm_chair)
    with pytest.raises(RuleBroken):
        actions.answer(one, {"301": 900}, by=opened.firm_chair)
    done = confirmed(opened.firm, opened.firm_chair)
    assert (done.state, done.answers["601"]) == ("CONFIRMED", 10)
    assert not Clock.objects.filter(kind="returns.survey", thing_id=done.pk, stopped_at=None).exists()


def test_nobody_else_confirms_it_but_the_office_above_may_in_its_place_and_says_why(opened):
    for who in ("hill_chair", "north_org", "south_org"):
        with pytest.raises(Refused):
            actions.answer(of(opened.firm), said(), by=opened.people[who])
    with pytest.raises(Refused):
        actions.vouch(of(opened.firm), reason="x", by=opened.firm_chair)
    with pytest.raises(RuleBroken):
        actions.vouch(of(opened.firm), reason=" ", by=opened.hill_chair)
    actions.vouch(of(opened.firm), reason="主席出差，电话核对", by=opened.hill_chair)
    assert of(opened.firm).state == "CONFIRMED"
    assert surveys.lacking(of(opened.firm)) == []
    assert Move.objects.get(kind="returns.survey", verb="vouch").reason == "主席出差，电话核对"


def test_it_is_sent_back_with_a_reason_and_whoever_comes_second_is_told(opened):
    done = confirmed(opened.firm, opened.firm_chair)
    actions.reopen(done, "back", reason="女职工数不对", by=opened.hill_chair)
    assert Message.objects.get(what="survey-back").to == opened.firm_chair
    with pytest.raises(Overtaken):
        actions.reopen(done, "back", reason="again", by=opened.north_org)


def test_filled_in_anew_it_takes_what_was_entered_late(opened):
    Body.objects.create(union=opened.firm, kind="AUDIT", since=of(opened.firm).as_of - timedelta(days=9))
    post()
    actions.answer(of(opened.firm), said(), by=opened.firm_chair)
    assert actions.renew(of(opened.firm), by=opened.firm_chair) == 1
    assert (of(opened.firm).values["511"], of(opened.firm).answers["601"]) == (1, 10)


def test_last_years_answers_that_last_are_not_asked_again(opened, year):
    Survey.objects.all().delete()
    actions.open_surveys(opened.north, year - 1, by=opened.north_org)
    confirmed(opened.firm, opened.firm_chair, **{"612": 2, "622": 30, "621": 3})
    actions.open_surveys(opened.north, year, by=opened.north_org)
    this = Survey.objects.get(union=opened.firm, year=year)
    assert (this.answers["612"], this.answers["622"], this.before["621"]) == (2, 30, 3)
    assert "621" not in this.answers


# ---------- sums ----------


def explained(annual, by):
    for code in queries.judged(annual).unexplained:
        actions.remark(annual, code, "本年度新建。", by=by)


def test_the_township_waits_for_its_unions_and_the_county_for_its_townships(opened, year):
    confirmed(opened.firm, opened.firm_chair)
    town = actions.begin(opened.hill, year, by=opened.hill_chair)
    assert (town.values["301"], town.values["601"]) == (8, 10)
    assert "132" not in town.values
    explained(town, opened.hill_chair)
    with pytest.raises(RuleBroken, match=opened.mill.short_name):
        actions.check(AnnualReturn.objects.get(pk=town.pk), by=opened.hill_chair)
    actions.vouch(of(opened.mill), reason="无主席", by=opened.north_org)
    actions.recount(AnnualReturn.objects.get(pk=town.pk), reason="齐了", by=opened.hill_chair)
    county = actions.begin(opened.north, year, by=opened.north_org)
    explained(county, opened.north_org)
    with pytest.raises(RuleBroken, match=opened.hill.short_name):
        actions.check(AnnualReturn.objects.get(pk=county.pk), by=opened.north_org)


def sent(opened, year):
    """The township's return, signed by two and sent."""
    for union in (opened.firm, opened.mill):
        actions.vouch(of(union), reason="核对", by=opened.north_org)
    town = actions.begin(opened.hill, year, by=opened.hill_chair)
    explained(town, opened.hill_chair)
    actions.check(AnnualReturn.objects.get(pk=town.pk), by=opened.hill_chair)
    Office.objects.create(union=opened.hill, user=opened.leader, name="副", duty="leader", post="副主席", since="2020-01-01")
    again = AnnualReturn.objects.get(pk=town.pk)
    with pytest.raises(RuleBroken):
        actions.sign(again, by=opened.hill_chair)
    actions.sign(AnnualReturn.objects.get(pk=town.pk), by=opened.leader)
    actions.send(AnnualReturn.objects.get(pk=town.pk), by=opened.hill_chair)
    return AnnualReturn.objects.get(pk=town.pk)


def test_a_signed_sum_is_sent_back_with_a_reason_and_holds_its_surveys_until_then(opened, year):
    town = sent(opened, year)
    with pytest.raises(RuleBroken, match=town.reference):
        actions.reopen(of(opened.firm), "back", reason="x", by=opened.north_org)
    with pytest.raises(Refused):
        actions.back(town, reason="自己退回", by=opened.hill_chair)
    actions.back(town, reason="会员数与名册不符", by=opened.north_org)
    town = AnnualReturn.objects.get(pk=town.pk)
    assert (town.state, town.round) == ("DRAFT", 2)
    assert Message.objects.filter(what="return-back").count() == 2
    actions.reopen(of(opened.firm), "back", reason="x", by=opened.north_org)


def test_the_county_adds_up_what_was_said_and_shows_where_surveys_and_books_differ(opened, year, as_):
    sent(opened, year)
    county = actions.begin(opened.north, year, by=opened.north_org)
    assert county.values["601"] == sum(one.answers["601"] for one in Survey.objects.all())
    assert surveys.confirmed_sums(county)["301"] == county.values["301"] == 8
    one = of(opened.firm)
    Survey.objects.filter(pk=one.pk).update(values=one.values | {"301": 7})
    body = as_(opened.north_org).get(county.get_absolute_url()).content.decode()
    assert "−1" in body


def test_each_level_has_its_own_day(opened, year):
    due = {}
    for union, by in ((opened.hill, opened.hill_chair), (opened.north, opened.north_org), (opened.city, opened.city_org)):
        made = actions.begin(union, year, by=by)
        due[union.level] = Clock.objects.get(kind="returns.annualreturn", thing_id=made.pk).span
    assert due == {3: "17 d", 2: "25 d", 1: "31 d"}


def test_joint_unions_members_are_those_of_the_unions_themselves(filled, year):
    Union.objects.filter(pk=filled.firm.pk).update(kind="21")
    post()
    county = actions.begin(filled.north, year, by=filled.north_org)
    by_hand = Membership.objects.filter(union__kind__in=("21", "22", "23", "24", "26"), left_on=None, state="MEMBER", primary=True).count()
    assert county.values["311"] == by_hand == 8
    assert county.values["112"] == 1
