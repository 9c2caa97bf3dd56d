"""The warnings of a clock are set one by one, stay in order wherever they are asked, and change for what runs only if so chosen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from niangjia.flow.api import mark_days, warn, wind
from niangjia.flow.models import Clock
from niangjia.kit.dates import day_of, moved_to, today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.spans import days
from niangjia.rulebook import actions
from niangjia.rulebook.actions import Said
from niangjia.rulebook.queries import forecast
from niangjia.unions.models import Union
from niangjia.unions.parameters import TERM_FIRST, TERM_LAST, TERM_WARN

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAPER = {"basis": "长总工〔2026〕3号", "reason": "早些准备。"}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def proposed(town, what, value, *, at="north", by="north_org", since=None, **facts):
    return actions.propose(what, town.unions[at], Said(value, since or today(), **(PAPER | facts)), by=town.people[by])


def set_(town, what, value, **facts):
    return actions.sign(proposed(town, what, value, **facts), by=town.leader)


def term_of(union):
    return Clock.objects.get(code="UN-D1", thing_id=union.pk, stopped_at=None)


@pytest.mark.parametrize(("what", "value"), [(TERM_FIRST, days(60)), (TERM_WARN, days(200)), (TERM_WARN, days(20)), (TERM_LAST, days(120))])
def test_a_later_warning_is_never_set_farther_from_the_end(town, what, value):
    with pytest.raises(RuleBroken, match="farther from the end"):
        proposed(town, what, value)


@pytest.mark.parametrize(("what", "value"), [(TERM_FIRST, days(541)), (TERM_FIRST, days(29)), (TERM_LAST, days(181))])
def test_each_warning_has_its_bounds(town, what, value):
    with pytest.raises(RuleBroken, match="outside"):
        proposed(town, what, value)


def test_the_order_is_asked_at_the_places_below_and_on_later_days(town):
    set_(town, TERM_WARN, days(150), at="hill", by="hill_chair")
    with pytest.raises(RuleBroken, match="farther"):  # the township below has its own second warning
        proposed(town, TERM_FIRST, days(120))
    set_(town, TERM_FIRST, days(100), at="fort", by="fort_chair", since=today() + 9 * DAY)
    with pytest.raises(RuleBroken, match="farther"):  # holds now, but no more in nine days
        proposed(town, TERM_WARN, days(110))
    assert proposed(town, TERM_WARN, days(100)).state == "DRAFT"


def test_two_that_were_proposed_at_once_are_not_both_signed(town):
    first, second = proposed(town, TERM_FIRST, days(100)), proposed(town, TERM_WARN, days(150))
    actions.sign(first, by=town.leader)
    with pytest.raises(RuleBroken, match="farther"):
        actions.sign(second, by=town.leader)


def test_an_own_value_that_ends_is_asked_for_its_order_too(town):
    set_(town, TERM_FIRST, days(300))
    set_(town, TERM_WARN, days(250))
    with pytest.raises(RuleBroken, match="farther"):
        proposed(town, TERM_FIRST, None, since=today() + DAY)


def test_what_runs_keeps_the_warnings_under_which_it_began(town):
    before = term_of(town.firm)
    set_(town, TERM_WARN, days(120))
    wind(Union.objects.get(pk=town.firm.pk))
    after = term_of(town.firm)
    assert (after.warns, after.warn_at, after.remind_at) == ("180 d, 90 d, 30 d", before.warn_at, before.remind_at)


def test_chosen_so_it_applies_to_what_runs_and_what_was_told_stays_told(town):
    for union in Union.objects.all():  # the town was laid out before its places were
        wind(union)
    end = term_of(town.firm).due_at
    with moved_to(end - timedelta(days=100)):
        warn()  # the first is told
        seen = forecast(TERM_WARN, days(120), town.north.division_id, today())
        assert (seen.running, seen.warns, seen.late, seen.told) == (5, True, 0, 5)
        set_(town, TERM_WARN, days(120), restates=True)
        firm, shop = term_of(town.firm), term_of(town.shop)
        assert (firm.warns, firm.warn_at) == ("180 d, 120 d, 30 d", end - timedelta(days=120))
        assert (shop.warns, shop.warn_at) == ("180 d, 90 d, 30 d", end - timedelta(days=90))
        assert (warn(), warn()) == (5, 0)
        set_(town, TERM_FIRST, days(400), restates=True, since=today())
        assert warn() == 0  # told already, farther or nearer
    assert term_of(town.firm).warns == "400 d, 120 d, 30 d"


def test_an_end_that_is_only_reckoned_anew_is_not_warned_of_twice(town):
    """A moved working day moves the end of a clock; who was told already is not told again."""
    made = proposed(town, TERM_WARN, days(100))
    waits = Clock.objects.get(code="RB-D1", thing_id=made.pk)
    with moved_to(waits.remind_at + timedelta(minutes=1)):
        assert warn() == 1
        last = day_of(waits.due_at)
        assert mark_days({last: (False, "国办发明电〔2026〕9号")}) == 1
        assert Clock.objects.get(pk=waits.pk).due_at > waits.due_at
        assert warn() == 0
    with moved_to(waits.due_at):
        assert warn() == 0


def test_the_page_says_what_a_warning_would_change(town, as_):
    for union in Union.objects.all():
        wind(union)
    made = proposed(town, TERM_WARN, days(120), restates=True)
    page = as_(town.leader).get(made.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "5 clocks are warned by this here. From the first day on they warn by the new value" in page
