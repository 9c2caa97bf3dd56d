"""Who may touch the books, two cities in one server, and history loaded from before."""

from __future__ import annotations

import random
from contextlib import contextmanager
from datetime import date

import psycopg
import pytest
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import months, until, year
from niangjia.worklog.api import audit_report, changed_since, how_many, reconcile, records, restate, retally, used_in
from niangjia.worklog.ask import ask
from niangjia.worklog.audit import audit
from niangjia.worklog.board import board
from niangjia.worklog.clerk import declared_on, history, known_at, post
from niangjia.worklog.db import fetch
from niangjia.worklog.evaluate import Asked, evaluate, question
from niangjia.worklog.freeze import again, freeze, sign, stands
from niangjia.worklog.install import install
from niangjia.worklog.question import Question
from niangjia.worklog.tests.town import operations
from niangjia.worklog.tests.town.conftest import APP, AUDIT
from niangjia.worklog.tests.town.models import Dispute, Membership, Payment, Person, Union

pytestmark = pytest.mark.django_db(transaction=True)
WRITTEN = ["book", "cut", "daybook", "posting", "ledger", "tally", "lineage", "rollup", "treenote", "tree", "freeze", "review"]


def server(**more) -> psycopg.Connection:
    name = connection.settings_dict
    return psycopg.connect(host=name["HOST"], dbname=name["NAME"], autocommit=True, **{"user": "postgres"} | more)


@contextmanager
def city(name: str):
    """A schema of its own, migrated and declared, on this connection's path."""
    operations.sql(f"CREATE SCHEMA {name}")
    operations.sql(f"SET search_path TO {name}")
    call_command("migrate", verbosity=0)
    try:
        yield
    finally:
        operations.sql("SET search_path TO DEFAULT")
        operations.sql(f"DROP SCHEMA {name} CASCADE")


def busy(seed: int, times: int = 25) -> list[Union]:
    operations.build()
    r = random.Random(seed)
    for _ in range(times):
        operations.bulk_create(r)
        operations.update(r)
    post()
    return list(Union.objects.order_by("pk"))


# Roles ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def roles(settings):
    settings.BOOKS_ROLES = {"application": APP, "audit": AUDIT}
    operations.clear()
    install()
    yield busy(5)
    with server() as c:
        c.execute(f"DROP OWNED BY {APP}, {AUDIT}")


REFUSED = [
    *(f"INSERT INTO books_{t} SELECT * FROM books_{t}" for t in WRITTEN if t not in ("freeze", "review")),
    *(f"DELETE FROM books_{t}" for t in WRITTEN),
    *(f"TRUNCATE books_{t}" for t in WRITTEN),
    *(f"LOCK TABLE books_{t} IN SHARE ROW EXCLUSIVE MODE" for t in WRITTEN if t not in ("freeze", "review")),
    *(f"DROP TABLE books_{t}" for t in ("daybook", "ledger")),
    "UPDATE books_ledger SET n = 2",
    "UPDATE books_posting SET at = now()",
    "UPDATE books_daybook SET n = 2",
    "UPDATE books_freeze SET value = '1'",
    "UPDATE books_tally SET n = 0",
    "INSERT INTO books_freeze (figure, digest, question, posting, value, frozen_at) VALUES ('x', '', '{}', 1, '1', '2013-01-01')",
    "INSERT INTO books_freeze (id, figure, digest, question, posting, value) OVERRIDING SYSTEM VALUE VALUES (1, 'x', '', '{}', 1, '1')",
    "ALTER TABLE town_payment DISABLE TRIGGER ALL",
    "ALTER TABLE town_payment DISABLE TRIGGER USER",
    "TRUNCATE town_payment",
    "DROP TRIGGER {trigger} ON town_payment",
    "ALTER TABLE town_payment RENAME TO mine",
    "CREATE RULE r AS ON INSERT TO town_payment DO INSTEAD NOTHING",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'x', now())",
    "SET session_replication_role = replica",
    "SET ROLE postgres",
    "CREATE TABLE mine (a int)",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION books_today() RETURNS date LANGUAGE sql AS $$ SELECT '2013-01-01'::date $$",
    "ALTER FUNCTION books_post() SECURITY INVOKER",
    "SELECT books_post_as('2013-01-01')",
    "SELECT books_post_as(NULL)",
    "SELECT books_turn(1::smallint)",
    "SELECT books_regrow(1)",
    "SELECT books_retally()",
    "SELECT books_restate_{book}(NULL)",
    "SELECT books_fill_{book}(0, 9)",
    "CREATE TEMP TABLE forged (LIKE town_payment); CREATE TRIGGER t AFTER INSERT ON forged REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {see}()",
]


def test_the_application_writes_through_triggers_and_in_no_other_way(roles):
    [(book, trigger)] = fetch(
        "SELECT b.number, t.tgname FROM books_book b JOIN pg_trigger t ON t.tgname = 'books_' || b.number || '_0_insert' "
        "AND t.tgrelid = 'town_payment'::regclass WHERE b.name = 'finance.payments' AND installed IS NOT NULL",
        {},
    )
    q = Question("finance.payments", "lines", (year(2013),), (roles[0].pk,))
    before = ask(q)[roles[0].pk, 0]
    pay = "INSERT INTO town_payment (union_id, paid_at, amount, state) VALUES (%s, '2013-05-05', 5, 'PAID')"
    with server(user=APP) as app:
        for attempt in REFUSED:
            with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
                app.execute(attempt.replace("{trigger}", trigger).replace("{see}", f"books_see_{book}_0").replace("{book}", str(book)))
        app.execute(pay, [roles[5].pk])
        app.execute(
            "CREATE TEMP TABLE books_daybook (LIKE books_daybook); CREATE TEMP TABLE books_book (LIKE books_book)"
        )  # to catch the lines
        app.execute("CREATE TEMP TABLE books_posting (LIKE books_posting); SET search_path TO pg_temp, public")
        app.execute(
            "INSERT INTO public.town_payment (union_id, paid_at, amount, state) VALUES (%s, '2013-05-05', 5, 'PAID')", [roles[5].pk]
        )
        assert app.execute("SELECT count(*) FROM pg_temp.books_daybook").fetchone() == (0,)
        app.execute("SELECT public.books_post()")
        assert app.execute("SELECT count(*) FROM pg_temp.books_posting").fetchone() == (0,)
    assert ask(q)[roles[0].pk, 0] == before + 2
    assert audit() == []


def test_who_sees_few_rows_still_counts_right(roles):
    """Under row security a trigger with the writer's own eyes would count only what she may see."""
    Dispute.objects.update(accepted_on=date(2014, 5, 5), status="OPEN", handled_by=roles[5])
    keys = list(Dispute.objects.values_list("pk", flat=True))
    operations.sql("ALTER TABLE town_dispute ENABLE ROW LEVEL SECURITY")
    operations.sql(f"CREATE POLICY few ON town_dispute TO {APP} USING (id = {keys[0]})")
    with server(user=APP) as app:
        app.execute("INSERT INTO town_respondent (dispute_id, employer) SELECT unnest(%s::bigint[]), 3", [keys])
        app.execute("UPDATE town_dispute SET accepted_on = '2014-06-06'")
    operations.sql("DROP POLICY few ON town_dispute")
    operations.sql("ALTER TABLE town_dispute DISABLE ROW LEVEL SECURITY")
    assert audit() == []
    assert Dispute.objects.filter(accepted_on=date(2014, 6, 6)).count() == 1


@contextmanager
def signed_in_as(role: str):
    """Django's own connection, as another role."""
    connection.close()
    owner = connection.settings_dict["USER"]
    connection.settings_dict["USER"] = role
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = owner


def test_pages_need_no_more_than_the_application_may(roles):
    """Every reading, the clerk's call and a publication, by the role that serves pages; a reading in a transaction that only reads."""
    city, day, span = roles[0].pk, until(date(2014, 6, 30)), months("2012-01", "2014-06")
    frozen = []
    with signed_in_as(APP):
        for figure in FIGURES.values():
            asked = Asked(day if figure.stock else span, city)
            with transaction.atomic():
                operations.sql("SET TRANSACTION READ ONLY")
                evaluate(figure.plan, asked)
                board(figure, asked)
                if figure.plan["op"] == "count":
                    assert len(records(question(figure.plan, asked), limit=10**6)) == how_many(question(figure.plan, asked))
                    reconcile(figure, asked.period, city)
            frozen.append(freeze(figure, asked))
        review, _ = sign("2014", frozen)
        Payment.objects.all().delete()
        assert post() > 0
        assert stands(review)
        assert [changed_since(number).difference != 0 for number in frozen].count(True) == 2  # paid, and paid net
        assert used_in("members.people")[0][:2] == (review, "2014")
        for forbidden in (restate, retally, audit):
            with pytest.raises(ProgrammingError, match="permission denied"):
                forbidden()
        with pytest.raises(ProgrammingError, match="permission denied"), history():
            pass
    with signed_in_as(AUDIT):
        report = audit_report()
        assert report.equal
        assert (report.series, report.lines) > (5, 100)


def test_auditors_read_and_the_chain_tells(roles):
    with server(user=AUDIT) as auditor:
        assert auditor.execute("SELECT books_broken()").fetchone() == (None,)
        for attempt in ("DELETE FROM town_payment", "SELECT books_post()", "INSERT INTO books_daybook SELECT * FROM books_daybook"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                auditor.execute(attempt)
    for table, change in {
        "ledger": "SET n = n + 1 WHERE ctid = (SELECT min(ctid) FROM books_ledger)",
        "posting": "SET at = at - interval '1 day' WHERE number = 1",
        "cut": "SET by = by || 'x'::text WHERE number = 1",
        "lineage": "SET since = '2006-06-06' WHERE ctid = (SELECT min(ctid) FROM books_lineage)",
    }.items():
        with transaction.atomic():  # the owner rewrites the past
            operations.sql(f"ALTER TABLE books_{table} DISABLE TRIGGER USER; UPDATE books_{table} {change}")
            assert fetch("SELECT books_broken()", {}) != [(None,)], table
            transaction.set_rollback(True)
    assert audit() == []


# Cities -----------------------------------------------------------------------------------------------------------


def test_two_cities_in_one_server():
    """Whatever the writer's path: the lines go to the books of the city whose table was written."""
    counts = {}
    with city("huzhou"):
        busy(1)
        operations.sql("CREATE SCHEMA jiaxing")
        operations.sql("SET search_path TO jiaxing")
        call_command("migrate", verbosity=0)
        busy(2)
        for name in ("huzhou", "jiaxing"):
            operations.sql(f"SET search_path TO {name}")
            counts[name] = Payment.objects.filter(state="PAID", amount__gt=0).count()
        operations.sql("SET search_path TO jiaxing, huzhou")
        for name, amount in (("huzhou", 7), ("jiaxing", 8), ("huzhou", 9)):
            operations.sql(
                f"INSERT INTO {name}.town_payment (union_id, paid_at, amount, state) SELECT min(id), '2013-05-05', {amount}, 'PAID' FROM {name}.town_union"
            )
            operations.sql(f"UPDATE {name}.town_dispute SET accepted_on = '2014-02-02'")
            counts[name] += 1
        with pytest.raises(psycopg.errors.UndefinedTable), server() as other:
            other.execute("SET search_path TO pg_temp; SELECT count(*) FROM town_payment")
        with server(options="-c search_path=jiaxing") as there:  # a clerk of one city takes nothing from the other
            there.execute("SELECT books_post()")
        for name in ("huzhou", "jiaxing"):
            operations.sql(f"SET search_path TO {name}")
            lines = ask(Question("finance.payments", "lines", (until(date(2100, 1, 1)),), (Union.objects.order_by("pk")[0].pk,)))
            assert audit() == []
            [(n,)] = fetch("SELECT sum(e.n) FROM books_entry e JOIN books_book b ON b.number = e.book AND b.name = 'finance.payments'", {})
            assert n == counts[name]
            assert lines
            assert fetch("SELECT count(*) FROM books_daybook", {})[0][0] == 0 or name == "huzhou"
            post()
            assert audit() == []
        operations.sql("DROP SCHEMA jiaxing CASCADE")


# History ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def told_too_late(known_on) -> None:
    Membership.objects.filter(joined_on__year=2012).update(kind="b")
    known_on(date(2012, 6, 30))


def test_history_is_declared_once_in_the_order_of_its_days():
    """Five years, each as it was known at its end; then life goes on, and the past is closed."""
    with city("olden"):
        seen = {}
        with history() as known_on:
            operations.build()
            unions = list(Union.objects.order_by("pk"))
            people = list(Person.objects.all())
            for y in range(2011, 2016):
                Membership.objects.bulk_create(
                    Membership(person=p, union=unions[12 + i % 10], sex="F", kind="a", joined_on=date(y, 3, 1))
                    for i, p in enumerate(people[: y - 2005])
                )
                Membership.objects.filter(pk__in=Membership.objects.filter(joined_on__year=y - 1).values("pk")[:2]).update(
                    left_on=date(y - 1, 12, 1)
                )  # told a year late
                seen[y] = Membership.objects.filter(joined_on__lte=date(2013, 12, 31)).exclude(left_on__lte=date(2013, 12, 31)).count()
                number = known_on(date(y, 12, 31))
                assert declared_on(number) == date(y, 12, 31)
            with pytest.raises(IntegrityError, match="later things already"):
                told_too_late(known_on)
        top = (unions[0].pk,)
        for y in range(2011, 2016):
            k = known_at(date(y, 12, 31))
            assert k == known_at(date(y + 1, 12, 30)) if y < 2015 else k
            found = ask(Question("members.membership", "people", (until(date(2013, 12, 31)),), top, known=k))
            assert found.get((top[0], 0), 0) == seen[y], y
        assert known_at(date(2010, 12, 31)) == 0
        assert len(set(seen.values())) > 2  # the answers do differ by what was known
        number = freeze(FIGURES["members.memberships"], Asked(until(date(2013, 12, 31)), top[0]))
        Membership.objects.create(person=people[0], union=unions[12], sex="F", kind="a", joined_on=date(2012, 3, 1))
        assert declared_on(post()) is None
        for late in ("2015-12-31", "2030-01-01"):
            Payment.objects.create(union=unions[0], paid_at="2013-01-01T00:00+08", amount=5, state="PAID")
            with pytest.raises(Exception, match="later things already"):
                operations.sql(f"SELECT books_post_as('{late}')")
        post()
        assert known_at(date(2015, 12, 31)) == 5
        was, now = again(number)
        assert was == now
        assert audit() == []
        Payment.objects.create(union=unions[0], paid_at="2013-01-01T00:00+08", amount=5, state="PAID")
        with pytest.raises(ValueError, match="daybook"), history():
            pass
