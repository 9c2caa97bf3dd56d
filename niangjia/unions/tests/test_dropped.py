"""Firms that drop off a whole list: told apart, counted no longer and never twice, and their clues closed."""

from __future__ import annotations

from datetime import date

import pytest

from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until
from niangjia.notices.models import Message
from niangjia.unions.actions import dropping, taxpayers
from niangjia.unions.models import Founding
from niangjia.unions.tests.test_taxpayers import firm, row, sent, spans
from niangjia.worklog.api import Asked, audit, evaluate, post
from tests.town import credit

NEXT = "2026-06-01"


def taken(town, *rows, whole=True):
    one = taxpayers.begin(taxpayers.lay(town.north, sent(*rows), name="名单.csv", whole=whole, by=town.north_org))
    return one, taxpayers.begin(taxpayers.take(one, by=town.north_org))


@pytest.fixture
def first(town):
    """A list with five firms."""
    taken(town, *(row(n) for n in (1, 2, 3, 5)), row(4, state="注销"), whole=False)
    return town


@pytest.mark.django_db
def test_who_is_not_in_a_whole_list_is_told_apart(first):
    looked, done = taken(first, row(1, synced=NEXT), row(9, uscc=credit(802), synced=NEXT), row(5, employees="三十", synced=NEXT))
    assert (looked.gone, done.gone) == (3, 3)
    assert [firm(n).dropped for n in (1, 2, 3, 4, 5)] == ["", "MOVED", "GONE", "CLOSED", ""]  # a bad row is there all the same
    assert firm(3).dropped_on == date(2026, 6, 1)
    assert spans(firm(3)) == [("2026-03-01", NEXT, False)]


@pytest.mark.django_db
def test_a_list_that_is_not_whole_drops_nobody(first):
    looked, done = taken(first, row(1, synced=NEXT), whole=False)
    assert (looked.gone, done.gone, firm(2).dropped) == (0, 0, "")


@pytest.mark.django_db
def test_a_list_of_an_earlier_day_drops_nobody(first):
    taken(first, row(1, synced="2026-01-01"))
    assert firm(2).dropped == ""


@pytest.mark.django_db(transaction=True)
def test_the_rate_is_right_on_each_day_and_nobody_counts_twice(first, owner):
    taken(first, row(1, synced=NEXT), row(9, uscc=credit(802), synced=NEXT))
    post()
    counted = [evaluate(FIGURES["unions.should"].plan, Asked(until(day), first.north.pk)) for day in (date(2026, 5, 31), date(2026, 6, 1))]
    assert counted == [4, 2]
    with owner():
        assert audit() == []


@pytest.mark.django_db
def test_who_is_in_a_list_again_counts_again(first):
    taken(first, row(1, synced=NEXT))
    taken(first, row(1, synced="2026-09-01"), row(2, synced="2026-09-01"), whole=False)
    assert (firm(2).dropped, firm(2).dropped_on) == ("", None)
    assert spans(firm(2)) == [("2026-03-01", NEXT, False), ("2026-09-01", "", False)]


@pytest.mark.django_db
def test_a_list_of_a_day_before_it_dropped_off_does_not_bring_it_back(first):
    taken(first, row(1, synced=NEXT))
    taken(first, row(2, synced="2026-04-01"), whole=False)
    again, _done = taken(first, row(2, synced="2026-04-01"), whole=False)
    assert (firm(2).dropped, again.changed, again.same) == ("GONE", 0, 1)


@pytest.mark.django_db
def test_the_clue_of_a_firm_that_dropped_off_is_offered_for_closing(first, as_):
    clue = taxpayers.follow(firm(3), by=first.hill_chair)
    taken(first, row(1, synced=NEXT))
    assert Message.objects.filter(what="firm-dropped").exists()
    page = as_(first.hill_chair).get(firm(3).get_absolute_url()).content.decode()
    assert 'value="close-clue"' in page
    with pytest.raises(Refused):
        dropping.close_clue(firm(3), by=first.fort_chair)
    as_(first.hill_chair).post(f"{firm(3).get_absolute_url()}step/", {"verb": "close-clue"})
    assert Founding.objects.get(pk=clue.pk).state == "WITHDRAWN"
    with pytest.raises(RuleBroken):
        dropping.close_clue(firm(3), by=first.hill_chair)


@pytest.mark.django_db
def test_somebody_says_what_became_of_it(first, as_):
    with pytest.raises(Overtaken):
        dropping.explain(firm(3), why="CLOSED", by=first.hill_chair)
    taken(first, row(1, synced=NEXT))
    with pytest.raises(RuleBroken):
        dropping.explain(firm(3), why="GONE", by=first.hill_chair)
    dropping.explain(firm(3), why="CLOSED", by=first.hill_chair)
    assert firm(3).dropped == "CLOSED"
    assert firm(3).name in as_(first.hill_chair).get("/unions/taxpayers/?view=dropped").content.decode()
