"""A name that stood on no list is written on ballots: she is elected as the others are, and barred as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from niangjia.kit.dates import day_of, moved_to, now
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.unions.actions import results
from niangjia.unions.actions.elections import Standing
from niangjia.unions.models import Candidate
from niangjia.unions.tests.electing import FOURTH, fresh, held, voted

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(town):
    """An assembly where one candidate for the committee got twenty ayes, and 35 ballots wrote another name in her place."""
    one, moment = held(town)
    who = one.candidates.filter(body="COMMITTEE").exclude(name=FOURTH).order_by("-pk").first()
    with moved_to(moment):
        said = voted(one, on=one.held_on)
        results.hold(one, replace(said, votes={**said.votes, who.pk: results.Votes(20, 0, 0, 35)}), by=town.firm_chair)
    return town, fresh(one), who, moment


def written(name="顾另选", ayes=35, **facts):
    return Standing(name=name, body="COMMITTEE", **facts), ayes


def test_who_is_written_in_by_more_than_half_is_elected_in_the_place_of_who_was_not(counted, as_):
    town, one, who, moment = counted
    assert not Candidate.objects.get(pk=who.pk).elected
    page = one.get_absolute_url()
    with moved_to(moment):
        said = {"name": "顾另选", "body": "COMMITTEE", "ayes": "35", "post": "MEMBER", "served": "PART", "tie": "NONE", "job": "车间"}
        assert as_(town.mill_chair).post(f"{page}written/", said).status_code == 404
        assert as_(town.firm_chair).post(f"{page}written/", said).status_code == 303
        new = Candidate.objects.get(name="顾另选")
        assert (new.written, new.elected, Candidate.objects.get(pk=who.pk).elected) == (True, True, False)
        assert "顾另选" in as_(town.firm_chair).get(page).content.decode()
        body = as_(town.firm_chair).get(f"{page}step/hold/").content.decode()
        assert f"ayes_{new.pk}" not in body  # her votes are recorded apart, and stay when the others are corrected
        again = voted(fresh(one), on=day_of(now()))
        votes = {pk: vote for pk, vote in again.votes.items() if pk != new.pk} | {who.pk: results.Votes(20, 0, 0, 35)}
        results.hold(fresh(one), replace(again, votes=votes), by=town.firm_chair)
        assert Candidate.objects.get(pk=new.pk).elected
        results.report(fresh(one), given={}, by=town.firm_chair)
    assert fresh(one).state == "REPORTED"


def test_more_names_than_ballots_that_wrote_one_cannot_be(counted):
    town, one, _who, moment = counted
    with moved_to(moment):
        results.write_in(one, *written(ayes=20), by=town.firm_chair)
        with pytest.raises(RuleBroken):
            results.write_in(fresh(one), *written("方另选", ayes=16), by=town.firm_chair)
        results.write_in(fresh(one), *written(ayes=0), by=town.firm_chair)
        results.write_in(fresh(one), *written("方另选", ayes=16), by=town.firm_chair)
    assert list(Candidate.objects.filter(written=True).values_list("name", "ayes", "elected")) == [("方另选", 16, False)]


@pytest.mark.parametrize("facts", [{"tie": "RELATIVE"}, {"tie": "PRINCIPAL"}, {"retained": True}])
def test_who_may_not_sit_there_is_not_written_in_either(counted, facts):
    town, one, _who, moment = counted
    with moved_to(moment), pytest.raises(RuleBroken):
        results.write_in(one, *written(**facts), by=town.firm_chair)
    with moved_to(moment), pytest.raises(Refused):
        results.write_in(one, *written(), by=town.mill_chair)
    assert not Candidate.objects.filter(written=True).exists()


def test_who_stands_is_not_written_in(counted):
    town, one, who, moment = counted
    with moved_to(moment), pytest.raises(RuleBroken):
        results.write_in(one, *written(who.name, job=who.job), by=town.firm_chair)
