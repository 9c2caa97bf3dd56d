"""What is made from a seed and a day, before anything is written."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from niangjia.scenario import targets
from niangjia.scenario.load import City, made
from niangjia.scenario.people import slice_of
from niangjia.scenario.roster import identities
from niangjia.scenario.spread import dice, exact
from niangjia.scenario.tests.conftest import TODAY, made_once

DAY, REVIEW = TODAY, targets.REVIEW


@pytest.fixture(scope="module")
def small() -> City:
    return made_once()


def test_the_same_seed_and_day_make_the_same_city(small: City) -> None:
    assert made(scale=0.01, today=DAY, seed=2015).digest() == small.digest()


def test_a_processor_with_fewer_instructions_makes_the_same_city(small: City) -> None:
    """Wide instructions sort ties and round last places in their own way. Where a processor has none of them, this shows nothing."""
    told = (
        "import django; django.setup(); from datetime import date; from niangjia.scenario.load import made; "
        f"print(made(scale=0.01, today=date.fromordinal({DAY.toordinal()}), seed=2015).digest())"
    )
    plain = {
        **os.environ,
        "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
        "DJANGO_SETTINGS_MODULE": "niangjia.config.settings",
    }
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", told], env=plain, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == small.digest()


def test_another_seed_makes_another_city_of_the_same_size(small: City) -> None:
    other = made_once(seed=7)
    assert other.digest() != small.digest()
    for one in (other, small):
        assert (
            sum(u.grassroots and u.founded <= REVIEW and not (u.closed and u.closed <= REVIEW) for u in one.tree.unions) == targets.UNIONS
        )


def test_scale_thins_the_members_and_nothing_else(small: City) -> None:
    larger = made(scale=0.02, today=DAY, seed=2015)
    assert [event.reference for event in larger.events] == [event.reference for event in small.events]
    assert [one.claimed for one in larger.disputes] == [one.claimed for one in small.disputes]
    of_the_review, all_ = (
        [int((city.people.joined <= last).sum()) for city in (larger, small)] for last in (REVIEW.toordinal(), DAY.toordinal())
    )
    assert abs(of_the_review[0] - 2 * of_the_review[1]) < 60
    assert abs(all_[0] / all_[1] - 2) < 0.03  # who retires since the review is told by her birthday: so many by chance


def test_no_two_people_have_one_number(small: City) -> None:
    numbers = identities(small.people.born, small.people.sequence)
    assert len(set(numbers)) == len(numbers)


def test_spells_begin_before_they_end_and_within_their_union(small: City) -> None:
    people = small.people
    ended = people.left > 0
    assert (people.left[ended] > people.joined[ended]).all()
    founded = np.array([0, *(union.founded.toordinal() for union in small.tree.unions)])
    assert (people.joined >= founded[people.union]).all()
    assert (np.diff(slice_of(people.joined)) >= 0).all()


def test_nobody_is_a_first_member_of_two_unions_at_once(small: City) -> None:
    people = small.people
    open_ = (people.left == 0) & ~people.second
    assert len(np.unique(people.person[open_])) == int(open_.sum())


def test_money_paid_is_never_more_than_was_claimed(small: City) -> None:
    assert not [one.reference for one in small.disputes if sum(fen for *_, fen in one.receipts) > one.claimed]
    assert not [one.reference for one in small.disputes if (one.agreed or 0) > one.claimed]


def test_exact_numbers_sum_up_within_their_bounds() -> None:
    rng = dice(1, "test")
    values = exact(rng, rng.lognormal(1, 1, 400), 2_345, low=1, high=60)
    assert (int(values.sum()), int(values.min()) >= 1, int(values.max()) <= 60) == (2_345, True, True)
    with pytest.raises(ValueError, match="cannot sum"):
        exact(rng, rng.lognormal(1, 1, 4), 3)
