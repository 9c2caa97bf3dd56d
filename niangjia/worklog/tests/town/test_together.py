"""Several writers at once: what the books say, and what they said at a moment, are both exact."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import replace
from datetime import date

import psycopg
import pytest
from django.db import connection
from django.db.models import Q
from psycopg import IsolationLevel

from niangjia.kit.periods import year
from niangjia.kit.series import SERIES
from niangjia.worklog.ask import ask
from niangjia.worklog.audit import audit
from niangjia.worklog.clerk import post
from niangjia.worklog.db import fetch
from niangjia.worklog.install import install
from niangjia.worklog.question import Question, terms_of
from niangjia.worklog.recount import recount
from niangjia.worklog.tests.town import operations
from niangjia.worklog.tests.town.models import Dispute, Membership, Payment, Respondent, Union

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 2.5


def connect() -> psycopg.Connection:
    return psycopg.connect(host=connection.settings_dict["HOST"], dbname=connection.settings_dict["NAME"], user="postgres")


def writers(*jobs) -> list[Exception]:
    """Run each job again and again, each on its own connection; deadlocks and overtakings are tried again, as actions do."""
    stop, wrong, retried = threading.Event(), [], [0]

    def work(job, seed):
        r = random.Random(seed)
        with connect() as c:
            c.execute("SET deadlock_timeout = '50ms'")
            c.commit()
            while not stop.is_set():
                try:
                    job(c, r)
                    c.commit()
                except (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure, psycopg.errors.ForeignKeyViolation):
                    c.rollback()
                    retried[0] += 1
                except Exception as error:  # noqa: BLE001
                    wrong.append(error)
                    return

    threads = [threading.Thread(target=work, args=(job, i)) for i, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    time.sleep(SECONDS)
    stop.set()
    for thread in threads:
        thread.join()
    return wrong


def clerk(c, r):
    c.execute("SELECT books_post()")
    c.commit()
    time.sleep(0.02)


@pytest.fixture
def town(db):
    operations.clear()
    operations.build()
    r = random.Random(1)
    for _ in range(12):
        operations.fresh(r, Dispute).save()
    keys = list(Dispute.objects.values_list("pk", flat=True))
    Respondent.objects.bulk_create(Respondent(dispute_id=r.choice(keys), employer=r.randrange(9)) for _ in range(30))
    return keys


def test_children_and_parents_change_at_once(town):
    """The hard case: a day moves on the parent while children come, go and change parents."""
    keys = town

    def insert(c, r):
        c.execute("INSERT INTO town_respondent (dispute_id, employer) VALUES (%s, %s)", (r.choice(keys), r.randrange(9)))
        time.sleep(r.random() * 0.004)

    def move(c, r):
        c.execute(
            "UPDATE town_respondent SET dispute_id = %s WHERE id IN (SELECT id FROM town_respondent ORDER BY random() LIMIT 2)",
            (r.choice(keys),),
        )
        time.sleep(r.random() * 0.004)

    def redate(c, r):
        c.execute(
            "UPDATE town_dispute SET accepted_on = %s, status = %s WHERE id = %s",
            (operations.day(r), r.choice([None, "WITHDRAWN"]), r.choice(keys)),
        )
        time.sleep(r.random() * 0.004)

    def delete(c, r):
        c.execute("DELETE FROM town_respondent WHERE id IN (SELECT id FROM town_respondent ORDER BY random() LIMIT 1)")

    def check(c, r):
        time.sleep(0.3)
        assert audit_with(c) == []

    assert writers(insert, insert, move, move, redate, redate, delete, clerk, check) == []
    post()
    assert audit() == []


def test_serializable_writers_too(town):
    """A writer in a stricter isolation is refused rather than wrong."""
    keys = town

    def strict(c, r):
        c.isolation_level = IsolationLevel.REPEATABLE_READ
        c.execute("INSERT INTO town_respondent (dispute_id, employer) VALUES (%s, 1)", (r.choice(keys),))

    def redate(c, r):
        c.execute("UPDATE town_dispute SET accepted_on = %s WHERE id = %s", (operations.day(r), r.choice(keys)))

    assert writers(strict, strict, redate, clerk) == []
    post()
    assert audit() == []


def test_a_new_edition_while_everybody_writes(town, monkeypatch):
    """The old book answers until the new one is filled, slice by slice; no writer waits for more than a slice."""
    keys, waits, done = town, [], []
    monkeypatch.setattr("niangjia.worklog.install.SLICE", 7)
    before = dict(SERIES)
    Respondent.objects.bulk_create(Respondent(dispute_id=keys[i % len(keys)], employer=i % 9) for i in range(600))
    Payment.objects.bulk_create(
        Payment(union_id=Union.objects.order_by("pk")[5].pk, paid_at="2013-05-05T00:00Z", amount=i + 1, state="PAID") for i in range(600)
    )
    post()

    def timed(c, *sql):
        t = time.perf_counter()
        c.execute(*sql)
        waits.append(time.perf_counter() - t)
        time.sleep(0.02)  # noted, not yet committed: the fill must wait for it, or count twice

    def insert(c, r):
        timed(c, "INSERT INTO town_respondent (dispute_id, employer) VALUES (%s, %s)", (r.choice(keys), r.randrange(9)))

    def change(c, r):
        timed(
            c,
            "UPDATE town_dispute SET accepted_on = %s, status = %s WHERE id = %s",
            (operations.day(r), r.choice([None, "WITHDRAWN"]), r.choice(keys)),
        )

    def move(c, r):
        timed(
            c,
            "UPDATE town_respondent SET dispute_id = %s WHERE id IN (SELECT id FROM town_respondent ORDER BY random() LIMIT 2)",
            (r.choice(keys),),
        )

    def pay(c, r):
        timed(
            c,
            "UPDATE town_payment SET amount = %s, state = %s WHERE id IN (SELECT id FROM town_payment ORDER BY random() LIMIT 3)",
            (r.randrange(1, 99), r.choice(["PAID", "SENT"])),
        )

    def delete(c, r):
        timed(c, "DELETE FROM town_respondent WHERE id IN (SELECT id FROM town_respondent ORDER BY random() LIMIT 1)")

    def redeclare(c, r):
        if not done:
            SERIES["rights.respondents"] = replace(SERIES["rights.respondents"], if_=Q(), by=("dispute__cause", "dispute__outcome"))
            SERIES["finance.payments"] = replace(SERIES["finance.payments"], if_=Q(amount__gt=10), by=("state",))
            try:
                done.append(install())
            finally:
                connection.close()
        time.sleep(0.05)

    try:
        assert writers(insert, change, move, pay, delete, clerk, redeclare) == []
        post()
        assert done == [["rights.respondents", "finance.payments"]]
        assert audit() == []
        assert recount() == []
        assert fetch("SELECT count(*) FROM books_book WHERE installed IS NOT NULL AND name = 'finance.payments'", {}) == [(1,)]
        [(k,)] = fetch("SELECT max(after_posting) FROM books_book WHERE name = 'finance.payments'", {})
        q = Question("finance.payments", "lines", (year(2013),), (Union.objects.order_by("pk")[0].pk,))
        assert ask(replace(q, known=k)) != ask(replace(q, known=k + 1))
        assert terms_of(replace(q, known=k)).by == []
    finally:
        SERIES.clear()
        SERIES.update(before)
        install()
        post()


def audit_with(c) -> list:
    """The audit's recount of one series, in one snapshot, while everybody writes."""
    [(book, lines)] = c.execute(
        "SELECT number, lines FROM books_book WHERE name = 'rights.respondents' AND installed IS NOT NULL"
    ).fetchall()
    return c.execute(
        f"SELECT source, union_id, subject, day, by, sum(n) FROM (SELECT source, union_id, subject, day, by, n FROM ({lines}) AS told "
        f"UNION ALL SELECT source, union_id, subject, day, by, -n FROM books_entry WHERE book = {book}) AS x GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0"
    ).fetchall()


def test_a_moment_stays_what_it_was(town):
    """Members move between unions in long and short transactions: the city's total is the same at every moment.

    A posting shows the same total at once and for ever. Clocks on the entries do not: an entry noted before a
    moment is committed after it. The shadow table keeps both clocks, as the rejected designs would.
    """
    unions = list(Union.objects.order_by("pk").values_list("pk", flat=True)[:8])
    people = operations.Person.objects.values_list("pk", flat=True)
    Membership.objects.bulk_create(
        Membership(person_id=people[i % 25], union_id=unions[i % 8], sex="F", kind="a", joined_on=date(2012, 1, 1)) for i in range(200)
    )
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS shadow (n int, clock timestamptz, began timestamptz)")
        cursor.execute("TRUNCATE shadow")
        cursor.execute(
            "CREATE OR REPLACE FUNCTION shadow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO shadow SELECT x.n, clock_timestamp(), now() "
            "FROM (SELECT 1 AS n FROM new_rows UNION ALL SELECT -1 FROM old_rows) AS x; RETURN NULL; END $$"
        )
        cursor.execute(
            "CREATE OR REPLACE TRIGGER shadow AFTER UPDATE ON town_membership REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION shadow()"
        )
    post()

    def transfer(c, r):
        """Out of one union, a pause, into another: two statements, one transaction."""
        key = r.randrange(10**9)
        row = c.execute(
            "SELECT id, union_id FROM town_membership ORDER BY md5(id::text || %s) LIMIT 1 FOR UPDATE SKIP LOCKED", (str(key),)
        ).fetchone()
        c.execute("UPDATE town_membership SET left_on = joined_on WHERE id = %s", row[:1])
        time.sleep(r.random() * 0.03)
        c.execute("UPDATE town_membership SET left_on = NULL, union_id = %s WHERE id = %s", (r.choice(unions), row[0]))

    seen: dict[int, dict] = {}
    moments: list[tuple] = []

    def observe(c, r):
        number = c.execute("SELECT books_post()").fetchone()[0]
        c.commit()
        seen.setdefault(number, by_union(c, number))
        c.commit()
        # the rejected designs: name the moment by a clock, and ask at once
        at = c.execute("SELECT clock_timestamp()").fetchone()[0]
        c.commit()
        moments.append((at, *(by_clock(c, column, at) for column in ("clock", "began"))))
        time.sleep(0.01)

    assert writers(transfer, transfer, transfer, transfer, observe) == []
    post()
    with connect() as c:
        changed = sum(by_union(c, number) != then for number, then in seen.items())
        torn = sum(sum(then.values()) != 200 for then in seen.values())
        late = [sum(by_clock(c, column, at) != then[i] for at, *then in moments) for i, column in enumerate(("clock", "began"))]
    assert (changed, torn) == (0, 0)
    assert min(late) > 0  # or this test would prove nothing
    assert audit() == []
    assert fetch("SELECT count(*) = max(number) FROM books_posting", {}) == [(True,)]
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER shadow ON town_membership")


def by_union(c, number: int) -> dict:
    return dict(
        c.execute(
            "SELECT union_id, sum(n) FROM books_ledger WHERE book = 1 AND posting <= %s GROUP BY 1 HAVING sum(n) <> 0", (number,)
        ).fetchall()
    )


def by_clock(c, column: str, at) -> tuple:
    return c.execute(f"SELECT count(*), sum(n) FROM shadow WHERE {column} <= %s", (at,)).fetchone()
