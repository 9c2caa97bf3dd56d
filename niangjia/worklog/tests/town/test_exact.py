"""Whatever is done to the tables, the books say what the tables say, and go on saying what they said."""

from __future__ import annotations

import os
import random
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.kit.periods import Period, months, union_year, until, year
from niangjia.kit.series import SERIES
from niangjia.worklog.ask import ask
from niangjia.worklog.audit import audit
from niangjia.worklog.clerk import post
from niangjia.worklog.counting import by_ledger
from niangjia.worklog.db import fetch, only
from niangjia.worklog.memory import kept_as
from niangjia.worklog.question import Question, terms_of
from niangjia.worklog.records import course, records
from niangjia.worklog.recount import recount
from niangjia.worklog.tests.town import operations, oracle
from niangjia.worklog.tests.town.models import Parentage, Union

LENGTH = int(os.environ.get("BOOKS_OPERATIONS", "60"))
EXAMPLES = int(os.environ.get("BOOKS_EXAMPLES", "5"))
PERIODS = [
    year(2012),
    union_year(2013),
    months("2012-01", "2015-06"),
    until(date(2013, 3, 9)),
    Period(date(2011, 2, 14), date(2014, 7, 20)),
    until(date(2016, 12, 31)),
]


class Snapshot:
    """What was true at one moment, by the oracle; `known` names the moment in the books."""

    def __init__(self, known: int | None):
        self.known, self.facts, self.tree = known, oracle.facts(), oracle.Tree()
        [(self.today,)] = fetch("SELECT books_today()", {})

    def check(self, r: random.Random) -> None:
        """Ask something, anything, and hold the answer against the oracle's."""
        s = SERIES[r.choice(sorted(SERIES))]
        measure = r.choice([*s.quantities, *(["distinct"] if s.subject else [])])
        period = r.choice(PERIODS)
        names = list(s.by)
        by = tuple(r.sample(names, r.randrange(len(names) + 1)))
        only = {k: v for k, v in {"sex": "F", "cause": "o'k", "outcome": "%lost"}.items() if k in names and r.random() < 0.3}
        which = r.choice(["today", "today", "then", date(2013, 6, 30)])
        unions = (*tuple(r.sample(list(Union.objects.order_by("pk").values_list("pk", flat=True)), 4)), Union.objects.order_by("pk")[0].pk)
        tree = self.today if which == "today" and self.known is not None else which
        q = Question(s.name, measure, (period,), unions, only, by, tree, self.known)
        facts = self.facts.get(s.name, [])
        expected = {}
        for union in unions:
            said = {"measure": measure, "period": period, "union": union, "only": only, "names": names, "which": which}
            for key, amount in oracle.value(facts, self.tree, self.today, by=by, **said).items():
                expected[union, 0, *key] = amount
        assert ask(q) == expected, q
        assert by_ledger(q, terms_of(q)) == expected, q
        self.check_leaders(q, r)
        if measure == "distinct":
            self.check_remembered(q, facts)
        one = Question(s.name, measure, (period,), unions[:1], only, (), tree, self.known)
        assert {source for source, _ in records(one, limit=10**6)} == oracle.sources(
            facts, self.tree, self.today, **said | {"union": unions[0]}
        ), one
        if s.stock and which != "then":
            self.check_course(q, facts, said | {"union": unions[-1]})

    def check_leaders(self, q: Question, r: random.Random) -> None:
        """Unions that lead others, several periods at once: by the tally, or from what is remembered and what came since."""
        leaders = fetch(
            "SELECT DISTINCT l.ancestor FROM books_rollup l JOIN books_rollup s ON s.descendant = l.ancestor AND s.ancestor = l.ancestor",
            {},
        )
        several = replace(q, under=tuple(sorted(u for (u,) in leaders)), periods=tuple(r.sample(PERIODS, 3)))
        assert ask(several) == by_ledger(several, terms_of(several)), several

    def check_remembered(self, q: Question, facts) -> None:
        """The city alone, as the oracle counts it."""
        city = q.under[-1:]
        said = {
            "measure": "distinct",
            "period": q.periods[0],
            "union": city[0],
            "only": q.only,
            "names": list(SERIES[q.series].by),
            "which": "today" if q.tree == self.today else q.tree,
        }
        assert {key[2:]: n for key, n in ask(replace(q, under=city)).items()} == oracle.value(facts, self.tree, self.today, by=q.by, **said)

    def check_course(self, q: Question, facts, said) -> None:
        """A stock's course through the days, against the stock asked at each day on which it turns."""
        line = course(Question(q.series, q.measure, (PERIODS[-1],), q.under[-1:], q.only, (), q.tree, self.known))
        for day, level in line[:: max(1, len(line) // 5)]:
            assert oracle.value(facts, self.tree, self.today, by=(), **said | {"period": until(day)}).get((), 0) == level


def play(steps, questions: int = 8) -> None:
    snapshots = []
    for i, (operation, seed) in enumerate(steps):
        with suppress(IntegrityError):  # refused by a foreign key: the books must not have moved either
            operation(random.Random(seed))
        if seed % 5 == 0:
            post()
        if i % max(10, len(steps) // 20) == 0:
            snapshots.append(Snapshot(post()))
        if i % 25 == 24 and operations.fetch_treenotes() == 0:
            live = Snapshot(None)
            for k in range(3):
                live.check(random.Random(seed + k))
    assert recount() == []
    post()
    assert audit() == []
    assert recount() == []
    snapshots.append(Snapshot(None))
    for n, snapshot in enumerate(snapshots):
        for k in range(questions):
            snapshot.check(random.Random(f"{n}/{k}"))


STEPS = st.tuples(st.sampled_from(operations.OPERATIONS), st.integers(0, 2**32))


@pytest.mark.django_db(transaction=True)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
@given(st.lists(STEPS, min_size=LENGTH // 2, max_size=LENGTH))
def test_the_books_equal_a_recount(steps):
    operations.clear()
    operations.build()
    play(steps)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("BOOKS_LONG" not in os.environ, reason="minutes: set BOOKS_LONG to a number of operations")
def test_a_long_life():
    operations.clear()
    operations.build()
    r = random.Random(7)
    play([(r.choice(operations.OPERATIONS), r.randrange(2**32)) for _ in range(int(os.environ["BOOKS_LONG"]))], questions=40)


@pytest.mark.django_db(transaction=True)
def test_what_is_remembered_follows_what_changes():
    """The same questions now and then while everything changes, posted or not: as by a count of the lines."""
    operations.clear()
    operations.build()
    r = random.Random(11)
    steps = [o for o in operations.OPERATIONS if o is not operations.truncate]
    top = tuple(Union.objects.order_by("pk").values_list("pk", flat=True)[:10])
    asked = (
        ("members.membership", ()),
        ("members.membership", ("sex",)),
        ("growth.training", ()),
        ("rights.respondents", ()),
        ("care.stations", ()),
    )
    for _ in range(60):
        for _ in range(r.choice([1, 1, 2, 4])):
            with suppress(IntegrityError):
                r.choice(steps)(r)
        if r.random() < 0.5:
            post()
        for name, by in r.sample(asked, 2):
            periods = (until(date(2013, 3, 9)), until(date(2015, 1, 1))) if SERIES[name].stock else (year(2012), year(2013))
            for under in (top, top[:1]):
                q = Question(name, "distinct", periods[: len(under)], under, by=by)
                assert ask(q) == by_ledger(q, terms_of(q)), q


@pytest.mark.django_db(transaction=True)
def test_what_is_remembered_outlives_midnight_until_a_union_moves():
    operations.clear()
    operations.build()
    post()
    top, mover = Union.objects.order_by("pk")[0], Union.objects.order_by("pk").last()
    q = Question("members.membership", "distinct", (until(date(2015, 1, 1)),), (top.pk,))
    day = only("SELECT books_today()")

    def kept() -> str:
        assert ask(q) == by_ledger(q, terms_of(q))
        return kept_as(q, terms_of(q))[1]

    def wake(on: str) -> None:
        operations.sql(f"CREATE OR REPLACE FUNCTION books_today() RETURNS date LANGUAGE sql STABLE AS $$ SELECT {on} $$")
        post()

    today = kept()
    try:
        wake(f"'{day + timedelta(days=1)}'::date")
        assert kept() == today
        Parentage.objects.create(union=mover, parent=top, since=day + timedelta(days=3))
        post()
        assert kept() == today, "a move that is still to come"
        wake(f"'{day + timedelta(days=2)}'::date")
        assert kept() == today
        wake(f"'{day + timedelta(days=3)}'::date")
        assert kept() != today
    finally:
        wake("(now() AT TIME ZONE 'Asia/Shanghai')::date")


@pytest.mark.django_db(transaction=True)
def test_a_recount_finds_what_escaped():
    operations.clear()
    operations.build()
    r = random.Random(5)
    for _ in range(60):
        operations.bulk_create(r)
    post()
    for table, book in (("town_payment", "finance.payments"), ("town_dispute", "rights.disputes"), ("town_attendance", "growth.training")):
        operations.sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        operations.sql(
            {
                "town_payment": "INSERT INTO town_payment (union_id, paid_at, amount, state) SELECT min(id), '2012-12-31T16:30Z', 5, 'PAID' FROM town_union",
                "town_dispute": "UPDATE town_dispute SET recovered = 77.25, status = NULL, accepted_on = '2013-01-01'",
                "town_attendance": "DELETE FROM town_attendance",
            }[table]
        )
        operations.sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        assert book in {fault.where for fault in recount()}
        assert book in {fault.where for fault in audit()}
    operations.clear()
    for (number,) in fetch("SELECT number FROM books_book WHERE installed IS NOT NULL", {}):
        fetch(f"SELECT books_restate_{number}(NULL)", {})
    assert recount() == []
