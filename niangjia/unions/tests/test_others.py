"""Dues and statistics go elsewhere by a dated act: rehearsed, in the story, without circles; listed, shown, and followed by the annual return."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from niangjia.flow.models import Move
from niangjia.kit.dates import today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.unions import others
from niangjia.unions.actions.others import direct
from niangjia.unions.models import Parentage

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2025, 3, 1)


def go(town, union="firm", to="market", *, by="city_org", kind="STATS", since=DAY):
    return direct(town.unions[union], town.unions[to], kind=kind, since=since, basis="湖总工〔2025〕3号", by=town.people[by])


def test_from_the_day_on_it_is_gathered_elsewhere_and_by_organisation_it_stays(town):
    go(town)
    assert town.firm.pk in others.gathered(town.south, DAY)
    assert town.firm.pk not in others.gathered(town.north, DAY)
    assert town.firm.pk in others.gathered(town.north, DAY - timedelta(days=1))
    assert others.parents(today())[town.firm.pk] == town.hill.pk
    assert others.moved(town.south, today()) == ({town.firm.pk}, set())
    assert others.moved(town.north, today()) == (set(), {town.firm.pk})
    assert others.moved(town.city, today()) == (set(), set())
    line = Move.objects.get(kind="unions.union", thing_id=town.firm.pk, verb="direct")
    assert line.by == town.city_org
    assert town.market.short_name in line.reason
    assert "湖总工〔2025〕3号" in line.reason


def test_a_township_takes_those_below_it_along(town):
    go(town, "hill", "south")
    assert {town.hill.pk, town.firm.pk, town.mill.pk} <= others.gathered(town.south, today())


def test_a_circle_is_refused(town):
    go(town, "hill", "market")
    with pytest.raises(RuleBroken, match=town.hill.short_name):
        go(town, "market", "hill", since=today())
    with pytest.raises(RuleBroken):
        go(town, "hill", "hill", since=today())


@pytest.mark.parametrize("who", ["north_org", "hill_chair", "firm_chair", "south_org"])
def test_only_the_office_above_both_decides(town, who):
    with pytest.raises(Refused):
        go(town, by=who)
    assert not Parentage.objects.exclude(kind="ORG").exists()


def test_what_cannot_be_is_refused(town):
    with pytest.raises(RuleBroken):
        go(town, since=today() + timedelta(days=1))
    with pytest.raises(RuleBroken):
        go(town, to="mill")
    with pytest.raises(RuleBroken):
        go(town, to="hill")
    go(town)
    with pytest.raises(RuleBroken):
        go(town, to="fort", since=DAY)
    with pytest.raises(RuleBroken):
        direct(town.firm, town.south, kind="STATS", since=today(), basis=" ", by=town.city_org)


def test_back_to_where_it_stands_it_is_no_longer_listed(town):
    go(town)
    go(town, kind="DUES")
    assert list(others.apart(town.city_org, today())) == [town.firm]
    go(town, to="hill", since=today())
    assert list(others.apart(town.city_org, today())) == [town.firm]
    go(town, to="hill", kind="DUES", since=today())
    assert list(others.apart(town.city_org, today())) == []


def test_nothing_is_written_before_it_was_rehearsed(town, as_):
    client, there = as_(town.city_org), reverse("unions:direct", args=[town.firm.code])
    facts = {"kind": "STATS", "parent": town.market.code, "since": str(DAY), "basis": "湖总工〔2025〕3号"}
    assert client.get(there).status_code == 200
    shown = client.post(there, facts)
    body = shown.content.decode()
    assert shown.status_code == 200
    assert not Parentage.objects.exclude(kind="ORG").exists()
    assert town.north.short_name in body
    assert town.south.short_name in body
    seen = f"{town.firm.pk}-STATS-{town.market.pk}-{DAY}"
    assert f'value="{seen}"' in body
    changed = client.post(there, facts | {"seen": seen, "since": "2025-04-01"})
    assert changed.status_code == 200
    assert not Parentage.objects.exclude(kind="ORG").exists()
    assert client.post(there, facts | {"seen": seen}).status_code == 303
    assert Parentage.objects.get(kind="STATS").since == DAY
    assert client.post(there, facts | {"seen": seen}).status_code == 422
    assert as_(town.firm_chair).get(there).status_code == 403


def test_the_list_shows_all_three_and_asks_a_fixed_number_of_questions(town, as_):
    client, there = as_(town.city_org), reverse("unions:apart")
    go(town)
    with CaptureQueriesContext(connection) as one:
        body = client.get(there).content.decode()
    assert town.market.short_name in body
    go(town, "mill")
    with CaptureQueriesContext(connection) as two:
        client.get(there)
    assert len(two) <= len(one)
    assert town.firm.name not in as_(town.south_org).get(there).content.decode()
    answer = client.get(reverse("unions:apart_export"))
    assert answer.status_code == 200
