"""What a city lives through: members retire, people sit down in office hours, unions and chairs come to an end."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pytest

from niangjia.flow.models import Clock
from niangjia.kit.dates import CHINA, at
from niangjia.kit.retirement import born_by
from niangjia.kit.workdays import is_working
from niangjia.members.models import Expulsion, Membership
from niangjia.members.retiring import past
from niangjia.rights.models import Session
from niangjia.scenario import targets
from niangjia.scenario.load import City, made
from niangjia.scenario.people import retiring
from niangjia.scenario.sitting import last_workday, next_sitting
from niangjia.scenario.tests.conftest import TODAY
from niangjia.unions.models import Settlement, Union

SCALE = 0.03


@pytest.fixture(scope="module", params=[2015, 7])
def larger(request: pytest.FixtureRequest) -> City:
    return made(scale=SCALE, today=TODAY, seed=request.param)


def over_age(city: City, day: date) -> int:
    """Members in force on a day who had reached the age before it."""
    people, on = city.people, day.toordinal()
    counts = ~people.retained & ~people.second & (people.joined <= on) & ((people.left == 0) | (people.left > on))
    who = people.person - 1
    return int((counts & (people.born[who] <= retiring(day, people.woman[who]))).sum())


def test_whoever_reaches_the_age_retires_and_a_few_hundred_wait_for_it(larger: City) -> None:
    assert over_age(larger, targets.REVIEW) == 0
    assert 100 * SCALE < over_age(larger, TODAY) < 900 * SCALE


def test_most_who_retire_keep_their_membership_from_that_day(larger: City) -> None:
    people = larger.people
    gone = np.flatnonzero((people.left > targets.REVIEW.toordinal()) & (people.ending == 6))
    kept = {(people.person[i], people.joined[i]) for i in np.flatnonzero(people.retained)}
    assert len(gone) > 8_000 * SCALE
    assert [i for i in gone.tolist() if (people.person[i], people.left[i]) not in kept] == []
    years = Counter(date.fromordinal(int(day)).year for day in people.left[gone])
    assert min(years[year] for year in range(2019, 2026)) > 0


def test_an_age_is_the_dated_tables(larger: City) -> None:
    woman = np.array([True, False])
    assert retiring(TODAY, woman).tolist() == [born_by(TODAY, sex).toordinal() for sex in "21"]


def test_a_sitting_begins_in_office_hours_of_a_working_day() -> None:
    assert next_sitting(at(date(2026, 11, 27), 8)) == at(date(2026, 11, 27), 9, 30)
    assert next_sitting(at(date(2026, 11, 27), 9, 30)) == at(date(2026, 11, 27), 14, 30)
    assert next_sitting(at(date(2026, 11, 27), 20)) == at(date(2026, 11, 30), 9, 30)  # from a Friday evening to Monday
    assert next_sitting(at(date(2026, 2, 13), 20)) == at(date(2026, 2, 14), 9, 30)  # a Saturday on which people work
    assert last_workday(date(2026, 11, 29), date(2026, 11, 1)) == date(2026, 11, 27)
    assert last_workday(date(2026, 11, 29), date(2026, 11, 29)) == date(2026, 11, 29)


@pytest.mark.django_db
@pytest.mark.usefixtures("city")
class TestStanding:
    """In the small city, as it stands in the database."""

    def test_sittings_stand_in_office_hours(self) -> None:
        said = [moment.astimezone(CHINA) for moment in Session.objects.values_list("held_at", flat=True)]
        assert [moment for moment in said if not 9 <= moment.hour < 17] == []
        # An acceptance was now and then recorded on a day of rest, and heard at once.
        assert sum(not is_working(moment.date()) for moment in said) < 0.02 * len(said)
        lately = [moment for moment in said if moment.date() > date(2026, 10, 11)]  # the living work's
        assert len(lately) > 20
        assert [moment for moment in lately if not is_working(moment.date())] == []

    def test_no_page_of_what_ends_stands_empty_in_the_demo(self) -> None:
        assert set(Expulsion.objects.values_list("state", flat=True)) == {"PROPOSED", "DECIDED"}
        assert Settlement.objects.filter(until=None).count() == 1
        assert Settlement.objects.filter(until__isnull=False, union__closed_on__year=2026).exclude(assets="").count() == 1
        assert Union.objects.filter(chair_by__isnull=False).count() == 1
        assert Clock.objects.filter(code="UN-D6", stopped_at=None).count() == 1

    def test_hardly_anybody_in_force_is_past_the_age(self) -> None:
        rows = Membership.objects.filter(past(TODAY, sure=False), standing="ACTIVE", primary=True, state="MEMBER", left_on=None)
        assert rows.count() < 20
