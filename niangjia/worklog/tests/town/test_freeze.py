"""What was published can be asked again for ever: after corrections, moves of unions, and new declarations."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import F, Q
from django.test.utils import CaptureQueriesContext

from niangjia.kit.dates import today
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import months, until, year
from niangjia.kit.series import SERIES
from niangjia.worklog.api import figures_page, keep_posting, latest, restate, retally, series_sql, warm, warm_when_grown
from niangjia.worklog.ask import ask
from niangjia.worklog.audit import audit
from niangjia.worklog.clerk import known_at, post
from niangjia.worklog.counting import by_ledger
from niangjia.worklog.db import fetch
from niangjia.worklog.evaluate import Asked, evaluate
from niangjia.worklog.freeze import again, freeze, leaf, root, sign, stands
from niangjia.worklog.install import install
from niangjia.worklog.question import Question, terms_of
from niangjia.worklog.tests.town import operations, oracle
from niangjia.worklog.tests.town.models import Dispute, Parentage, Payment, Respondent, Union
from niangjia.worklog.warm import expected

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town():
    operations.clear()
    operations.build()
    r = random.Random(3)
    for _ in range(60):
        for operation in (operations.bulk_create, operations.update):
            operation(r)
    post()
    return list(Union.objects.order_by("pk"))


@pytest.fixture
def declared():
    """Declarations may be changed; afterwards the town counts as before."""
    before = dict(SERIES)
    yield SERIES
    SERIES.clear()
    SERIES.update(before)
    install()
    post()


def test_every_figure_is_found_again(town):
    frozen = {}
    for name, figure in FIGURES.items():
        for union in (town[0], town[2]):
            stock = name.startswith(("members", "care"))
            for period in [until(date(2014, 6, 30))] if stock else [year(2013), months("2012-01", "2015-06")]:
                for tree in ("today", "then"):
                    frozen[freeze(figure, Asked(period, union.pk, tree))] = name
    Dispute.objects.update(recovered=1, worker_count=F("worker_count") + 9)
    Payment.objects.all().delete()
    Parentage.objects.update(parent=town[0])
    Parentage.objects.filter(union=town[0]).update(parent=None)
    post()
    for number, name in frozen.items():
        published, found = again(number)
        assert published == found, name
    assert audit() == []


def test_a_new_declaration_leaves_the_past_alone(town, declared):
    asked = Asked(year(2013), town[0].pk)
    number = freeze(FIGURES["rights.disputes.cases"], asked)
    before = evaluate(FIGURES["rights.disputes.cases"].plan, asked)
    old = SERIES["rights.disputes"]
    declared["rights.disputes"] = replace(old, if_=Q(status="OPEN"), by=("outcome",), quantities={"yuan": "recovered", "cases": 1})
    assert install() == ["rights.disputes"]
    assert install() == []
    post()
    Dispute.objects.filter(status="OPEN").update(recovered=F("recovered") + 1)
    assert audit() == []
    after = evaluate(FIGURES["rights.disputes.cases"].plan, asked)
    assert after == Dispute.objects.filter(status="OPEN", accepted_on__year=2013).count() != before
    assert again(number) == (str(before), str(before))
    assert (
        evaluate(
            FIGURES["rights.disputes.people"].plan,
            replace(asked, known=fetch("SELECT posting FROM books_freeze WHERE id = %(n)s", {"n": number})[0][0]),
        )
        > 0
    )


def test_a_series_reaches_further_or_less_far(town, declared):
    """Triggers appear on the tables that are now read, and vanish from the others."""
    old = SERIES["rights.respondents"]
    declared["rights.respondents"] = replace(old, where="dispute_id", when="dispute__accepted_on", if_=Q(), by=())
    install()
    Dispute.objects.update(accepted_on=date(2014, 5, 5))
    Respondent.objects.all()[:3][0].delete()
    assert audit("rights.respondents") == []


def test_a_retired_series_says_what_it_said(town, declared):
    q = Question("finance.payments", "yuan", (year(2013),), (town[0].pk,))
    before = ask(q)
    del declared["finance.payments"]
    install()
    Payment.objects.all().delete()
    assert ask(q) == before


def test_whole_counties_move(town):
    """With their townships, and while others leave or join them in the same posting: the tallies follow."""

    def move(child, parent, since):
        Parentage.objects.update_or_create(union=town[child], since=since, defaults={"parent": None if parent is None else town[parent]})

    for step in [
        [(1, 2, "2014-01-01")],
        [(1, 0, "2014-01-02")],  # a county under another, and back
        [(2, 4, "2014-01-03"), (11, 8, "2014-01-03")],  # under a township, while a firm goes there too
        [(2, 0, "2014-01-04"), (5, 3, "2014-01-04"), (12, 2, "2014-01-04")],
        [(1, None, "2014-01-05")],
        [(1, 3, "2014-01-06"), (4, 2, "2014-01-06")],
    ]:
        for child, parent, since in step:
            move(child, parent, since)
        post()
        assert audit() == [], step
        q = Question("finance.payments", "yuan", (year(2013), year(2014)), tuple(u.pk for u in town[:10]))
        assert ask(q) == by_ledger(q, terms_of(q)), step


def test_what_is_made_of_figures(town):
    """Each derived figure, against plain Python."""
    facts, tree, city, county = oracle.facts(), oracle.Tree(), town[0].pk, town[2].pk

    def count(series, measure, period, union, **only):
        names = list(SERIES[series].by)
        return oracle.value(
            facts[series], tree, today(), measure=measure, period=period, union=union, only=only, by=(), names=names, which="today"
        ).get((), 0)

    day, y = until(date(2014, 6, 30)), months("2012-01", "2014-12")
    said = {name: evaluate(FIGURES[name].plan, Asked(day if name.startswith(("members", "care")) else y, county)) for name in FIGURES}
    cases, before = (count("rights.disputes", "cases", p, county) for p in (y, y.before()))
    women, members = count("members.membership", "distinct", day, county, sex="F"), count("members.membership", "distinct", day, county)
    assert members > women > 0 < before != cases
    assert said["members.women.rate"] == Decimal(women) * 100 / members
    assert said["rights.yuan.each"] == count("rights.disputes", "yuan", y, county) / count("rights.disputes", "people", y, county)
    assert said["rights.cases.growth"] == Decimal(cases - before) * 100 / before
    assert said["rights.cases.share"] == Decimal(cases) * 100 / count("rights.disputes", "cases", y, city)
    assert said["rights.cases.target"] == Decimal(cases) * 100 / 40
    span = months("2009-01", "2016-12")
    run = best = 0
    for n in range(2009, 2017):
        run = run + 1 if count("rights.disputes", "cases", year(n), county) else 0
        best = max(best, run)
    assert evaluate(FIGURES["rights.cases.run"].plan, Asked(span, county)) == best > 1
    below = {u.pk for u in town if county in (above := tree.above(u.pk, today())) and len(above) == len(tree.above(county, today())) + 1}
    assert said["care.stations.cover"] == [sum(bool(count("care.stations", "distinct", day, u)) for u in below), len(below)]
    empty = year(1999)
    assert [
        evaluate(FIGURES[f"rights.{name}"].plan, Asked(empty, county)) for name in ("cases.share", "cases.growth", "yuan.each", "cases.run")
    ] == [None, None, None, 0]


def test_a_document_has_one_root(town):
    """The root changes with any value, question, order, definition or past; and comes out again."""
    frozen = [
        freeze(FIGURES[name], Asked(year(2013), union.pk))
        for name in ("rights.disputes.cases", "rights.cases.growth", "finance.payments.yuan")
        for union in (town[0], town[2])
    ]
    review, top = sign("Review of 2013", frozen)
    assert stands(review)
    assert top == root(frozen) != root(frozen[::-1])
    assert len(set(map(leaf, frozen))) == len(frozen)
    Dispute.objects.update(recovered=2)
    post()
    assert stands(review)
    for change in (
        "books_freeze SET value = '\"1\"'",
        "books_freeze SET question = question || '{\"union\": 1}'",
        "books_freeze SET posting = posting - 1",
        "books_posting SET chain = sha256('')",
    ):
        with transaction.atomic():
            operations.sql(f"ALTER TABLE {change.split()[0]} DISABLE TRIGGER USER; UPDATE {change}")
            assert root(frozen) != top, change
            assert not stands(review), change
            transaction.set_rollback(True)
    assert stands(review)


def test_the_books_are_found_by_the_clock_too(town):
    number = post()
    Payment.objects.create(union=town[0], paid_at="2013-01-01T00:00+08", amount=5, state="PAID")
    [(moment,)] = fetch("SELECT clock_timestamp()", {})
    assert known_at(moment) == number
    assert post() == number + 1


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_a_moment_belongs_to_its_day_in_china(town, zone):
    """Whatever the session's time zone: half past midnight on new year's day in Beijing is the new year."""
    q = Question("finance.payments", "lines", (year(2009),), (town[0].pk,))
    operations.sql(f"SET TIME ZONE '{zone}'")
    payment = Payment.objects.create(union=town[0], paid_at="2008-12-31T16:30Z", amount=5, state="PAID")
    operations.sql("SET TIME ZONE 'UTC'")
    assert ask(q) == {(town[0].pk, 0): 1}
    payment.delete()
    assert ask(q) == {}


def test_the_ledger_is_written_once(town):
    from django.db import IntegrityError, InternalError

    for sql in ("UPDATE books_ledger SET n = 1", "DELETE FROM books_ledger", "TRUNCATE books_ledger"):
        with pytest.raises((IntegrityError, InternalError), match="written once"):
            operations.sql(sql)


def test_an_audit_finds_what_escaped(town):
    """Triggers switched off by an administrator: the audit says so, and a restatement repairs it."""
    operations.sql("ALTER TABLE town_payment DISABLE TRIGGER USER")
    Payment.objects.create(union=town[0], paid_at="2013-01-01T00:00+08", amount=5, state="PAID")
    operations.sql("ALTER TABLE town_payment ENABLE TRIGGER USER")
    assert [f.where for f in audit()] == ["finance.payments"]
    [(book,)] = fetch("SELECT number FROM books_book WHERE name = 'finance.payments' AND installed IS NOT NULL", {})
    fetch(f"SELECT books_restate_{book}(NULL)", {})
    post()
    assert audit() == []


def test_mending_and_warming(town):
    """What escaped is restated as ordinary lines of today; the tally can be thrown away; the warm answers are the cold ones."""
    operations.sql("ALTER TABLE town_payment DISABLE TRIGGER USER")
    Payment.objects.create(union=town[0], paid_at="2013-01-01T00:00+08", amount=5, state="PAID")
    operations.sql("ALTER TABLE town_payment ENABLE TRIGGER USER")
    k = post()
    assert restate("finance.payments") == {"finance.payments": 1}
    assert latest() == k + 1
    assert sum(restate().values()) == 0
    operations.sql("DELETE FROM books_tally")
    assert "tally" in {fault.where for fault in audit()}
    retally()
    assert audit() == []
    asked = expected()
    assert len(asked) > 10
    assert warm() > 10
    for q in asked:
        with CaptureQueriesContext(connection) as queries:
            found = ask(q)
        assert found == by_ledger(q, terms_of(q)), q
        assert not [one for one in queries if "roam" in one["sql"]], "what was warmed is not counted again"


def test_what_was_much_is_warmed_and_what_was_little_is_not(town):
    cache.clear()
    post()
    assert warm_when_grown()
    assert not warm_when_grown()
    Payment.objects.create(union=town[0], paid_at="2013-01-01T00:00+08", amount=5, state="PAID")
    post()
    assert not warm_when_grown(), "a page catches up with a few lines by itself"
    Parentage.objects.create(union=town[-1], parent=town[0], since=today())
    post()
    assert warm_when_grown(), "a union that moved turns every answer"


def test_the_clerk_works_until_it_is_told_to_stop(town):
    stop, k = threading.Event(), latest()

    def work():
        try:
            keep_posting(stop, every=0.01)
        finally:
            connection.close()

    clerk = threading.Thread(target=work)
    clerk.start()
    Payment.objects.create(union=town[0], paid_at="2013-01-01T00:00+08", amount=5, state="PAID")
    for _ in range(500):
        if latest() > k:
            break
        time.sleep(0.01)
    stop.set()
    clerk.join()
    assert latest() == k + 1


def test_the_declarations_can_be_read_by_people(town):
    page = figures_page()
    assert all(f"`{name}`" in page for name in FIGURES)
    said = dict(series_sql())
    assert set(said) == set(SERIES)
    assert "CREATE TRIGGER books_0_0_insert" in said["finance.payments"]
