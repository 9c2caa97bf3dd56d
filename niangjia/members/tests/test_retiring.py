"""Who is past the age of retirement by the dated table is found, and retained with others in one step."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.kit.dates import today
from niangjia.kit.retirement import born_by, retires_on
from niangjia.members import actions, retiring
from niangjia.members.models import Membership, Person
from niangjia.members.tests.rosters import line, name, roster
from niangjia.quality import actions as quality
from niangjia.quality.models import Gap


@pytest.fixture
def those(town, tmp_path):
    """A man past it, a man before it, a woman past that of workers alone, a woman past any."""
    actions.import_roster(roster(tmp_path / "a.csv", *(line(n) for n in (1, 2, 3, 4))), town.firm, by=town.firm_chair)
    facts = {
        1: ("1", born_by(today(), "1")),
        2: ("1", date(1990, 1, 1)),
        3: ("2", born_by(today(), "2")),
        4: ("2", born_by(today(), "2", "staff")),
    }
    for n, (sex, born) in facts.items():
        one = Membership.objects.get(name=name(n))
        Person.objects.filter(pk=one.person_id).update(sex=sex, born_on=born)
        Membership.objects.filter(pk=one.pk).update(sex=sex)
    return facts


@pytest.mark.parametrize("on", [date(2020, 2, 29), date(2025, 1, 1), date(2026, 11, 30), date(2039, 12, 31)])
@pytest.mark.parametrize(("sex", "post"), [("1", ""), ("2", ""), ("2", "staff"), ("2", "worker")])
def test_the_last_day_of_birth_is_the_edge_of_the_table(on, sex, post):
    edge = born_by(on, sex, post)
    assert retires_on(edge, sex, post) <= on < retires_on(date.fromordinal(edge.toordinal() + 1), sex, post)


def test_who_is_past_the_age_is_listed_by_what_is_known(town, those):
    sure = retiring.retired(town.firm_chair, "", "", sure=True)
    assert {one.name for one in sure} == {name(1), name(4)}
    assert {one.name for one in retiring.retired(town.firm_chair, "", town.firm.code, sure=False)} == {name(1), name(3), name(4)}
    assert not retiring.retired(town.mill_chair, "", "", sure=False).exists()


def test_the_register_lacks_nothing_where_nobody_is_past_it(town, those):
    quality.look()
    assert {gap.membership.name for gap in Gap.objects.filter(check_code="old", until=None)} == {name(1), name(4)}


def test_the_ticked_are_retained_as_retired_in_one_step(town, those, as_):
    client = as_(town.firm_chair)
    page = client.get("/members/retired/").content.decode()
    assert name(1) in page
    assert name(2) not in page
    ticked = [str(Membership.objects.get(name=name(n)).uuid) for n in (1, 4)]
    answer = client.post("/members/retired/step/", {"one": ticked, "on": str(today()), "here": "view=maybe"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/members/retired/?view=maybe")
    kept = Membership.objects.filter(left_on=None, standing="RETAINED")
    assert {(one.name, one.reason) for one in kept} == {(name(1), "RETIRED"), (name(4), "RETIRED")}
    assert name(1) not in client.get("/members/retired/").content.decode()
    assert client.post("/members/retired/step/", {"on": str(today())}).status_code == 422


def test_another_union_retains_nobody_here(town, those, as_):
    one = Membership.objects.get(name=name(1))
    answer = as_(town.mill_chair).post("/members/retired/step/", {"one": str(one.uuid), "on": str(today())})
    assert answer.status_code == 422
    assert Membership.objects.get(pk=one.pk).left_on is None


def test_the_page_asks_as_much_for_many_as_for_one(town, those, as_):
    client = as_(town.firm_chair)

    def asked(view):
        client.get(f"/members/retired/?view={view}")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/members/retired/?view={view}")
        return len(seen)

    assert asked("maybe") == asked("")
