"""When a township moves or merges, what was set for it goes on to hold for its successor; what differs is seen before two sign."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.flow.api import ring, wind
from niangjia.flow.models import Clock
from niangjia.kit.answer import answer, asking, book
from niangjia.kit.dates import CHINA, moved_to, today
from niangjia.kit.rehearsal import carried
from niangjia.kit.spans import days, working_days
from niangjia.members.parameters import JOIN, TAKE
from niangjia.rulebook import actions
from niangjia.rulebook.actions import Said
from niangjia.rulebook.queries import course, kept, touched, turned
from niangjia.unions.actions import reorganise
from niangjia.unions.models import Division, Union
from niangjia.unions.parameters import TERM_WARN
from niangjia.unions.rehearsal import Plan
from niangjia.unions.tests.moving import fresh, planned

pytestmark = pytest.mark.django_db
PAPER = {"basis": "长总工〔2026〕3号", "reason": "镇小，七天足够。"}
AHEAD = timedelta(days=5)
WHO = {"hill": "hill_chair", "fort": "fort_chair", "north": "north_org", "south": "south_org"}


def set_(town, what, value, at, **facts):
    said = Said(value, facts.pop("since", today()), **(PAPER | facts))
    return actions.sign(actions.propose(what, town.unions[at], said, by=town.people[WHO[at]]), by=town.leader)


def signed(town, **line):
    """A reorganisation that two have signed, and that comes into force in five days."""
    one = planned(town, on=today() + AHEAD, **line)
    reorganise.rehearse(one, by=town.city_org)
    reorganise.sign(one, digest=Plan(one).digest, by=town.city_org)
    return reorganise.adopt(one, digest=Plan(one).digest, by=town.leader)


def merged(town):
    return signed(town, turn="MERGE", union="hill", target="fort")


def here(what, union, on=None):
    return asking(fresh(union), on or today())(what)


def in_force():
    """The day has come."""
    return moved_to(datetime.now(CHINA) + AHEAD)


def told(one):
    return {(line.where, line.then.of.code): (line.before.value.count, line.then.value.count) for line in turned(Plan(one))}


def test_a_township_that_moves_takes_its_own_values_along_and_no_others(town):
    set_(town, JOIN, days(7), "hill")
    set_(town, TAKE, working_days(8), "north")
    old = town.hill.division_id
    one = signed(town)
    assert told(one) == {("煤山镇", TAKE.code): (8, 10)}  # the new county says nothing of its own
    assert (here(JOIN, town.firm), here(TAKE, town.firm)) == (days(7), working_days(8))
    with in_force():
        ring()
        new = fresh(town.hill).division_id
        assert new != old
        assert (here(JOIN, town.firm), here(TAKE, town.firm)) == (days(7), working_days(10))
        trace = asking(fresh(town.firm), today())
        trace(JOIN)
        assert trace.trace()["rules"][JOIN.code]["division"] == old
        eve = today() - timedelta(days=1)
        known = book()
        assert answer(JOIN, eve, known.chain(old, eve)).value == days(7)
        assert answer(JOIN, eve, known.chain(new)).value == days(15)  # the successor did not stand yet
        assert [row.division_id for row in course(JOIN.code, known.chain(new))] == [old]


def test_the_place_that_stays_keeps_its_own_and_the_difference_is_seen_before(town, as_):
    set_(town, JOIN, days(7), "hill")
    set_(town, JOIN, days(12), "fort")
    one = merged(town)
    assert told(one) == {("煤山镇", JOIN.code): (7, 12)}
    page = as_(town.city_org).get(one.get_absolute_url()).content.decode()
    assert page.index("煤山镇") > 0
    assert JOIN.zh in page
    with in_force():
        ring()
        assert [here(JOIN, union) for union in (town.firm, town.fort)] == [days(12)] * 2
        assert JOIN.zh not in as_(town.city_org).get(one.get_absolute_url()).content.decode()


def test_a_place_that_has_none_of_its_own_goes_on_with_those_of_what_merges_into_it(town):
    set_(town, JOIN, days(7), "hill")
    one = merged(town)
    assert told(one) == {("泗安镇", JOIN.code): (15, 7)}
    assert [line.count for line in carried(Plan(one)) if "参数" in str(line.what)] == [1]
    assert here(JOIN, town.fort) == days(15)
    with in_force():
        ring()
        assert [here(JOIN, union) for union in (town.firm, town.fort)] == [days(7)] * 2
        set_(town, JOIN, None, "fort")  # and may end what it inherited
        assert [here(JOIN, union) for union in (town.firm, town.fort)] == [days(15)] * 2


def test_what_was_signed_for_a_later_day_begins_to_hold_for_the_successor(town):
    set_(town, JOIN, days(7), "hill", since=today() + 2 * AHEAD)
    merged(town)
    with in_force():
        ring()
        assert here(JOIN, town.firm) == days(15)
        assert here(JOIN, town.fort, today() + AHEAD) == days(7)


def test_a_clock_that_began_in_the_old_place_is_reached_by_a_value_of_its_successor(town):
    for union in Union.objects.all():
        wind(union)
    merged(town)
    with in_force():
        ring()
        fort = fresh(town.fort).division_id
        term = Clock.objects.get(code="UN-D1", thing_id=town.firm.pk, stopped_at=None)
        assert term.division != fort
        assert term in touched(TERM_WARN.code, fort, today())
        set_(town, TERM_WARN, days(120), "fort", restates=True)
        term.refresh_from_db()
        assert term.warns == "180 d, 120 d, 30 d"


def test_as_many_questions_however_many_places_have_a_successor(town):
    set_(town, JOIN, days(7), "hill")
    one = merged(town)
    counts = []
    for many in (0, 20):
        for number in range(many):
            Division.objects.create(
                code=f"33052290{number}", name=f"旧{number}乡", level=3, since="2000-01-01", until=f"20{number + 1:02}-01-01",
                successor=town.fort.division, parent=town.north.division,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            kept.__wrapped__()
        counts.append(len(asked))
    assert counts == [3, 3]
    plan = Plan(one)
    assert plan.shifts
    book()
    with CaptureQueriesContext(connection) as asked:
        turned(plan)
    assert len(asked) <= 4
