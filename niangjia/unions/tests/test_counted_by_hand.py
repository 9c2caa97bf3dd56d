"""Figures F102 to F105 and F123 against the rows themselves, counted here without the books; what lies dormant is no union at work."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction

from niangjia.flow.api import press
from niangjia.kit.dates import today
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until
from niangjia.unions import actions
from niangjia.unions.enums import GRASSROOTS
from niangjia.unions.models import Body, Office, Union
from niangjia.worklog.api import Asked, evaluate, post, recount

pytestmark = pytest.mark.django_db(transaction=True)


def said(code, union, day=None):
    """What the books say of a union on a day."""
    return evaluate(FIGURES[code].plan, Asked(until(day or today()), union.pk))


def counts(one, day):
    """Whether a union counts on a day, by domain reference §1.8: approved, not abolished, not dormant."""
    if one.state == "PREPARING" or one.founded_on > day:
        return False
    return not any(end and end <= day for end in (one.closed_on, one.dormant_on))


def by_hand(union, kinds, day):
    below = [one for one in Union.objects.all() if one.path.startswith(union.path)]
    return sum(one.kind in kinds and counts(one, day) for one in below)


@pytest.fixture
def bodies(town):
    for union, kind in ((town.firm, "WOMEN"), (town.mill, "WOMEN"), (town.firm, "AUDIT")):
        Body.objects.create(union=union, kind=kind, since=date(2020, 1, 1))
    return town


def lie_down(union, by):
    press(union, "lie-down", by=by, reason="企业长期停产")
    post()


def test_what_lies_dormant_does_not_count_from_that_day(bodies):
    town, yesterday = bodies, today() - timedelta(days=1)
    post()
    assert said("unions.grassroots", town.city) == by_hand(town.city, GRASSROOTS, today()) == 3
    lie_down(town.firm, town.north_org)
    assert said("unions.grassroots", town.city) == by_hand(town.city, GRASSROOTS, today()) == 2
    assert said("unions.grassroots", town.city, yesterday) == by_hand(town.city, GRASSROOTS, yesterday) == 3
    assert recount() == []


def test_its_bodies_and_its_chair_go_with_it_so_that_no_share_exceeds_the_whole(bodies):
    town = bodies
    lie_down(town.firm, town.north_org)
    women = [one for one in Body.objects.filter(kind="WOMEN", until=None).select_related("union") if counts(one.union, today())]
    assert said("unions.women.bodies", town.city) == len(women) == 1
    assert said("unions.audit.bodies", town.city) == 0
    assert said("unions.women.bodies", town.city, today() - timedelta(days=1)) == 2
    chairs = [
        one
        for one in Office.objects.filter(duty="chair", until=None).select_related("union")
        if one.union.kind in GRASSROOTS and counts(one.union, today())
    ]
    assert said("unions.grassroots.chairs", town.city) == len(chairs)
    assert said("unions.women.rate", town.city) == 50


def test_elected_again_it_counts_again(bodies):
    town = bodies
    lie_down(town.firm, town.north_org)
    actions.re_elect(Union.objects.get(pk=town.firm.pk), on=today(), approval_no="5号", by=town.hill_chair)
    post()
    assert Union.objects.get(pk=town.firm.pk).dormant_on is None
    assert said("unions.grassroots", town.city) == 3


def test_industries_count_by_their_type(town):
    with transaction.atomic():
        made = actions.found(town.city, actions.Facts("湖州市建设工会", "13"), by=town.city_org)
        Union.objects.filter(pk=made.pk).update(state="NORMAL", founded_on=date(2012, 3, 1))
    post()
    assert said("unions.industry", town.city) == by_hand(town.city, ("13",), today()) == 1
    assert said("unions.industry", town.city, date(2012, 2, 29)) == 0
    assert FIGURES["unions.industry"].ref == "F123"
