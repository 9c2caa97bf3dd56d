"""The return follows the statistics: a union that reports elsewhere is counted there, once, and both ways of adding up stay open."""

from __future__ import annotations

import pytest

from niangjia.members.models import Membership
from niangjia.returns import actions, queries
from niangjia.returns.models import AnnualReturn
from niangjia.unions.models import Parentage
from niangjia.worklog.api import frozen, post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def year(filled):
    return queries.last_year(filled.north)


def send_elsewhere(town, since="2015-01-01"):
    Parentage.objects.create(child=town.firm, parent=town.market, kind="STATS", since=since, basis="湖总工〔2015〕1号")
    post()


def test_a_union_that_reports_elsewhere_is_counted_there_and_only_there(filled, year):
    plain = actions.begin(filled.north, year - 1, by=filled.north_org)
    assert plain.values["101"] == 2
    AnnualReturn.objects.all().delete()
    send_elsewhere(filled)
    north = actions.begin(filled.north, year, by=filled.north_org)
    south = actions.begin(filled.south, year, by=filled.south_org)
    city = actions.begin(filled.city, year, by=filled.city_org)
    by_hand = Membership.objects.filter(union=filled.firm, left_on=None, state="MEMBER", primary=True).count()
    assert (north.values["101"], south.values["101"], city.values["101"]) == (1, 2, 3)
    assert (north.values["301"], south.values["301"], city.values["301"]) == (0, by_hand, by_hand)
    assert (north.values["111"], south.values["111"], city.values["111"]) == (1, 2, 3)
    assert north.values["502"] == 0
    assert south.values["502"] == 1
    assert north.values["132"] == 2


def test_a_unit_that_both_cover_counts_once_on_each_side(filled, year):
    filled.mill.covers.create(employer=filled.firm_unit, since="2020-01-01")
    send_elsewhere(filled)
    north = actions.begin(filled.north, year, by=filled.north_org)
    south = actions.begin(filled.south, year, by=filled.south_org)
    assert (north.values["111"], south.values["111"]) == (2, 2)


def test_signed_it_freezes_the_books_answers_of_the_county_and_of_each_such_union(filled, year, as_):
    send_elsewhere(filled)
    made = actions.begin(filled.north, year, by=filled.north_org)
    for code in queries.judged(made).unexplained:
        actions.remark(made, code, "按统计隶属。", by=filled.north_org)
    body = as_(filled.north_org).get(made.get_absolute_url()).content.decode()
    assert filled.firm.short_name in body
    actions.check(AnnualReturn.objects.get(pk=made.pk), by=filled.north_org)
    done = actions.sign(AnnualReturn.objects.get(pk=made.pk), by=filled.north_chair)
    lines = len(queries.asked_all(done)) // 2
    assert len(done.freezes) == 2 * lines
    assert int(frozen(done.freezes[0]).value) - int(frozen(done.freezes[lines]).value) == done.values["101"] == 1


def test_before_its_day_it_is_counted_where_it_stands(filled, year):
    send_elsewhere(filled, f"{year}-10-01")
    assert actions.begin(filled.north, year, by=filled.north_org).values["101"] == 2
