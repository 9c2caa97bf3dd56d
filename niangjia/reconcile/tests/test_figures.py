"""The figures of differences: open on a day, explained in a year; the books see lists, decisions and their taking back."""

from __future__ import annotations

import pytest

from niangjia.flow.models import Clock
from niangjia.kit.crypt import SEALED
from niangjia.kit.dates import today
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until, year
from niangjia.notices.models import Message
from niangjia.reconcile import actions
from niangjia.reconcile.tests.conftest import theirs
from niangjia.reconcile.tests.test_laying import every
from niangjia.worklog.api import Asked, evaluate, post

pytestmark = pytest.mark.django_db(transaction=True)


def counts(union):
    post()
    return (
        int(evaluate(FIGURES["reconcile.open"].plan, Asked(until(today()), union.pk)) or 0),
        int(evaluate(FIGURES["reconcile.explained"].plan, Asked(year(today().year), union.pk)) or 0),
    )


def test_open_and_explained_are_counted_where_the_records_stand(town, register, lay):
    made = lay(theirs(1, phone=""), theirs(2, phone=""), theirs(30), *every(1, 2))
    assert [counts(union) for union in (town.firm, town.north, town.south)] == [(3, 0), (3, 0), (0, 0)]
    decision = actions.apply(actions.ruled(made, "phone-theirs-empty", seen=2, by=town.north_org))
    assert [counts(union) for union in (town.firm, town.city)] == [(1, 2), (1, 2)]
    actions.apply(actions.take_back(decision, by=town.north_org))
    assert counts(town.north) == (3, 0)
    lay(*every())
    assert counts(town.north) == (0, 0)


def test_a_clock_runs_until_all_is_explained_and_the_office_is_told(town, register, lay):
    made = lay(theirs(1, phone=""), *every(1))
    clock = Clock.objects.get(kind="reconcile.comparison", thing_id=made.pk, stopped_at=None)
    assert (clock.code, clock.duty, clock.union_id, clock.span) == ("DZ-D1", "organisation", town.north.pk, "20 wd")
    assert Message.objects.filter(to=town.north_org, what="comparison-laid").count() == 1
    actions.decide(made.differences.get(), "OURS", by=town.north_org)
    actions.close(made, by=town.north_org)
    assert not Clock.objects.filter(kind="reconcile.comparison", stopped_at=None).exists()


def test_what_is_sealed_is_declared_for_the_change_of_keys():
    assert {(one.model, one.column) for one in SEALED if one.model.startswith("reconcile.")} == {
        ("reconcile.difference", "ours_sealed"), ("reconcile.difference", "theirs_sealed"), ("reconcile.before", "was_sealed"),
    }  # fmt: skip
