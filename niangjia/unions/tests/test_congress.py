"""The committee of a federation is elected by its congress, examined by the federation above; the city's is not elected here."""

from __future__ import annotations

from datetime import timedelta

import pytest

from niangjia.kit.dates import day_of, moved_to, now, today
from niangjia.kit.errors import RuleBroken
from niangjia.unions.actions import elections, results
from niangjia.unions.models import Office, Union
from niangjia.unions.polls import Paper
from niangjia.unions.tests.electing import fresh, planned, shown, voted

pytestmark = pytest.mark.django_db
CONGRESS = {"assembly": "CONGRESS", "delegates": 60, "members": 3000, "why": "煤山镇编制少，委员3人。"}


def test_the_congress_of_a_township_elects_its_committee_and_the_county_approves(town):
    who = {"union": town.hill, "by": town.hill_chair, "above": town.north_org}
    one, moment = shown(town, **who, **CONGRESS)
    with moved_to(moment + timedelta(days=1)):
        results.hold(one, voted(one, on=day_of(now())), by=town.hill_chair)
        results.report(fresh(one), given={}, by=town.hill_chair, reason="空缺的以后补选。")
        results.confirm(fresh(one), on=day_of(now()), approval_no="长总工〔2027〕3号", by=town.north_org)
    hill = Union.objects.get(pk=town.hill.pk)
    assert (hill.term_no, hill.approval_no) == (2, "长总工〔2027〕3号")
    assert Office.objects.filter(union=hill, duty="chair", until=None).values_list("name", flat=True).get() == "朱企业"


def test_its_seats_and_delegates_are_the_custom_of_the_place(town):
    one = planned(town.hill, by=town.hill_chair, **CONGRESS | {"delegates": 400})
    against = {remark.code: remark.hard for remark in Paper(one).against()}
    assert (against["congress-seats"], against["delegates"]) == (False, False)
    assert not {"seats", "congress"} & set(against)


def test_it_is_elected_by_no_assembly_of_all_members_and_the_citys_not_here(town, as_):
    with pytest.raises(RuleBroken):
        planned(town.hill, by=town.hill_chair)
    with pytest.raises(RuleBroken):
        planned(town.city, by=town.city_org, **CONGRESS)
    one = planned(town.hill, by=town.hill_chair, **CONGRESS)
    with pytest.raises(RuleBroken):
        elections.amend(one, elections.Called(members=3000, planned_on=today(), seats=9), by=town.hill_chair)
    page = as_(town.fort_chair).get(f"/unions/{town.fort.code}/").content.decode()
    call = f"/unions/{town.fort.code}/elections/"
    assert call in page
    assert "CONGRESS" in as_(town.fort_chair).get(call).content.decode()
