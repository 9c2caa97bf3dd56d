"""A review's figures found together are those found one by one, and few questions are put to the database for them."""

from __future__ import annotations

import random
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.kit.dates import today
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import months, until, year
from niangjia.kit.series import SERIES
from niangjia.worklog.api import Asked, again, digest, digests, evaluate, evaluate_many, freeze_many, lag, latest, post
from niangjia.worklog.ask import ask
from niangjia.worklog.clerk import well
from niangjia.worklog.counting import by_ledger, tallied
from niangjia.worklog.question import ROWS, Question, terms_of
from niangjia.worklog.tests.town import operations
from niangjia.worklog.tests.town.models import Dispute, Parentage, Payment, Union

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town():
    operations.clear()
    operations.build()
    r = random.Random(8)
    for _ in range(60):
        for operation in (operations.bulk_create, operations.update):
            operation(r)
    post()
    return list(Union.objects.order_by("pk"))


def wanted(town, **more):
    for name, figure in FIGURES.items():
        stock = name.startswith(("members", "care"))
        for period in (until(date(2014, 6, 12)), until(date(2013, 12, 31))) if stock else (year(2013), months("2012-01", "2015-06")):
            for union in (town[0], town[2], town[12]):
                yield figure, Asked(period, union.pk, **more)


@pytest.mark.parametrize("more", [{}, {"tree": "then"}, {"tree": date(2014, 1, 1)}])
def test_together_they_are_what_they_are_alone(town, more):
    k = latest()
    for known in (None, k):
        those = [(figure.plan, asked) for figure, asked in wanted(town, known=known, **more)]
        assert evaluate_many(those) == [evaluate(*one) for one in those]
    Payment.objects.create(union=town[5], paid_at="2013-05-05T00:00Z", amount=5, state="PAID")
    those = [(figure.plan, asked) for figure, asked in wanted(town, known=k, **more)]
    unposted = evaluate_many(those)
    post()
    assert evaluate_many(those) == unposted == [evaluate(*one) for one in those]


def test_a_review_asks_each_series_a_few_times(town):
    added = [f for f in FIGURES.values() if not f.stock and not f.distinct and f.kind not in ("share", "coverage")]
    with CaptureQueriesContext(connection) as few:
        evaluate_many([(figure.plan, Asked(year(2013), town[0].pk)) for figure in added])
    with CaptureQueriesContext(connection) as more:
        evaluate_many([(figure.plan, Asked(year(y), town[0].pk)) for figure in added for y in range(2010, 2016)])
    assert len(more) == len(few) < len(added)


def test_who_stands_below_is_looked_up_once(town):
    covers = [figure for figure in FIGURES.values() if figure.kind == "coverage"]
    asked = Asked(until(date(2014, 6, 12)), town[0].pk)
    once = evaluate_many([(figure.plan, asked) for figure in covers])  # and who is told apart is remembered
    with CaptureQueriesContext(connection) as few:
        assert evaluate_many([(figure.plan, asked) for figure in covers]) == once
    with CaptureQueriesContext(connection) as more:
        assert evaluate_many([(figure.plan, asked) for figure in covers * 3]) == once * 3
    assert len(more) == len(few)


def test_a_document_is_frozen_at_one_posting(town):
    those = list(wanted(town))
    numbers = freeze_many(those)
    assert all(was == now for was, now in map(again, numbers))
    assert digests([(figure.plan, None) for figure, _ in those]) == [digest(figure.plan) for figure, _ in those]


def test_a_little_while_ago_is_answered_by_the_tally_too(town):
    """Lines posted since are taken out again; once the tree has moved, the lines themselves are added up."""
    k, day = latest(), today()
    questions = [
        Question(
            name, measure, (year(2013), months("2012-02", "2014-06"), until(date(2014, 6, 12))), (town[0].pk, town[1].pk), known=k, tree=day
        )
        for name, series in SERIES.items()
        for measure in (*series.quantities, ROWS)
    ]
    before = [by_ledger(q, terms_of(q)) for q in questions]
    assert tallied(day, k)
    Dispute.objects.update(recovered=3, worker_count=1)
    Payment.objects.filter(pk__in=Payment.objects.values("pk")[:9]).delete()
    post()
    assert tallied(day, k)
    assert [ask(q) for q in questions] == before
    Parentage.objects.create(union=town[12], parent=town[9], since=date(2013, 6, 6))
    post()
    assert not tallied(day, k)
    assert [ask(q) for q in questions] == before
    assert tallied(day, latest())
    assert not tallied(date(2013, 6, 5), latest())  # the firm stood elsewhere
    assert not tallied("then", latest())


def test_the_clerk_says_how_far_behind_he_is(town):
    assert (lag().lines, lag().seconds) == (0, 0)
    Payment.objects.create(union=town[5], paid_at="2013-05-05T00:00Z", amount=5, state="PAID")
    now = lag()
    assert now.lines == 1
    assert 0 < now.seconds < 30
    assert well()[0]
    post()
    assert lag().lines == 0
