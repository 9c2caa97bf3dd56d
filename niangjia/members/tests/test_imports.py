"""Rosters taken over: good rows in, bad ones told, again nothing, back again, killed in the middle; and the books see all of it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction

from niangjia.kit.dates import at, moved_to, today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until
from niangjia.members import actions
from niangjia.members.importing import staging, swapping, taking
from niangjia.members.models import Batch, Before, Fault, Membership, Person
from niangjia.members.tests.rosters import HEAD, line, name, number, roster
from niangjia.worklog.api import Asked, evaluate, post


def codes(batch):
    return sorted(batch.faults.values_list("row", "code"))


def received(path, union, by, **facts):
    return actions.receive(union, path, name=path.name, by=by, **facts)


def test_the_good_rows_are_taken_and_the_bad_ones_told(db, town, tmp_path):
    path = roster(tmp_path / "a.csv", line(1), line(2), line(3, id="330599198503120010"), line(1), "合计,,4,,,", line(4, phone="123"))
    found = actions.import_roster(path, town.firm, dry_run=False, by=town.north_org)
    assert (found["rows"], found["good"], found["bad"]) == (5, 2, 3)
    assert [(f["row"], f["column"], f["code"]) for f in found["faults"]] == [
        (5, "证件号码", "check"),
        (6, "证件号码", "again"),
        (8, "手机号码", "shape"),
    ]
    assert set(found) == {"rows", "good", "bad", "faults"}
    assert set(found["faults"][0]) == {"sheet", "row", "column", "code", "value", "text"}
    one = Membership.objects.get(name=name(1))
    assert (one.union, one.township, one.county) == (town.firm, town.hill, town.north)
    assert (one.state, one.how, one.joined_on, one.job, one.sex) == ("MEMBER", "ROSTER", date(2015, 6, 1), "挡车工", "1")
    shown = actions.covered(one.person)
    assert shown.number == number(1)[:6] + "********" + number(1)[-4:]


def test_a_dry_run_writes_nothing_into_the_register(db, town, tmp_path):
    found = actions.import_roster(roster(tmp_path / "a.csv", line(1), line(2)), town.firm, dry_run=True, by=town.north_org)
    assert (found["good"], found["bad"]) == (2, 0)
    assert not Person.objects.exists()
    batch = Batch.objects.get()
    assert (batch.state, batch.found["new"]) == ("CHECKED", 2)
    assert number(1) not in str(batch.found)


def test_the_same_file_again_changes_nothing(db, town, tmp_path):
    path = roster(tmp_path / "a.csv", line(1), line(2, joined=""))
    actions.import_roster(path, town.firm, dry_run=False, by=town.north_org)
    before = list(Membership.objects.order_by("pk").values())
    actions.import_roster(path, town.firm, dry_run=False, by=town.north_org)
    assert list(Membership.objects.order_by("pk").values()) == before
    again = Batch.objects.latest("pk")
    assert (again.good, again.same, again.bad) == (2, 2, 0)


@pytest.mark.django_db(transaction=True)
def test_the_books_see_an_import_and_its_undoing(town, tmp_path):
    def people(union):
        post()
        return int(evaluate(FIGURES["members.people"].plan, Asked(until(date(2026, 11, 25)), union.pk)) or 0)

    batch = actions.take(received(roster(tmp_path / "a.csv", *map(line, range(1, 31))), town.firm, town.north_org))
    assert (people(town.firm), people(town.city), people(town.mill)) == (30, 30, 0)
    actions.take(received(roster(tmp_path / "a.csv", *map(line, range(1, 31))), town.firm, town.north_org))
    assert people(town.city) == 30
    actions.undo(batch, by=town.north_org)
    assert people(town.city) == 0


@pytest.mark.django_db(transaction=True)
def test_a_person_counts_once_while_she_moves_is_retained_and_comes_back(town, tmp_path):
    def people(union, day=date(2026, 11, 25)):
        post()
        return int(evaluate(FIGURES["members.people"].plan, Asked(until(day), union.pk)) or 0)

    actions.import_roster(roster(tmp_path / "a.csv", line(1), line(2)), town.firm, dry_run=False, by=town.north_org)
    one = Membership.objects.get(name=name(1))
    actions.send(one, to=town.shop, by=town.firm_chair)
    assert (people(town.firm), people(town.city)) == (2, 2)
    with moved_to(at(date(2026, 11, 20), 9)):
        here = actions.arrive(one, by=town.shop_chair)
    assert (people(town.firm), people(town.shop), people(town.city)) == (1, 1, 2)
    assert people(town.firm, date(2026, 11, 19)) == 2  # what was stays countable
    kept = actions.retain(here, on=date(2026, 11, 22), reason="退休", by=town.shop_chair)
    assert people(town.city) == 1
    actions.resume(kept, reason="再就业", by=town.shop_chair)
    assert people(town.city, today()) == 2
    actions.end(Membership.objects.get(name=name(2)), ending="UNDONE", on=today(), reason="录错了人", by=town.firm_chair)
    assert people(town.city, date(2016, 1, 1)) == 1


def test_a_change_is_written_and_taken_back(db, town, tmp_path):
    actions.import_roster(roster(tmp_path / "a.csv", line(1), line(2)), town.firm, dry_run=False, by=town.north_org)
    was = Person.objects.get(name=name(1)).phone_hash
    batch = actions.take(
        received(roster(tmp_path / "b.csv", line(1, phone="10000009999", job="机修工"), line(2), line(3)), town.firm, town.north_org)
    )
    assert (batch.found["change"], batch.same, batch.found["new"]) == (1, 1, 1)
    assert Membership.objects.get(name=name(1)).job == "机修工"
    assert bytes(Person.objects.get(name=name(1)).phone_hash) != bytes(was)
    actions.undo(batch, by=town.north_org)
    batch.refresh_from_db()
    assert batch.state == "UNDONE"
    assert Membership.objects.get(name=name(1)).job == "挡车工"
    assert bytes(Person.objects.get(name=name(1)).phone_hash) == bytes(was)
    assert sorted(Person.objects.values_list("name", flat=True)) == sorted([name(1), name(2)])


def test_undoing_is_refused_where_a_later_import_has_changed_it(db, town, tmp_path):
    first = actions.take(received(roster(tmp_path / "a.csv", line(1)), town.firm, town.north_org))
    later = actions.take(received(roster(tmp_path / "b.csv", line(1, job="机修工")), town.firm, town.north_org))
    with pytest.raises(RuleBroken):
        actions.undo(first, by=town.north_org)
    actions.undo(later, by=town.north_org)
    actions.undo(first, by=town.north_org)
    assert not Membership.objects.exists()
    assert not Person.objects.exists()


def test_a_person_somebody_looked_up_outlives_the_import(db, town, tmp_path):
    batch = actions.take(received(roster(tmp_path / "a.csv", line(1), line(2)), town.firm, town.north_org))
    actions.disclose(Person.objects.get(name=name(1)), "id", why="核对身份", by=town.firm_chair)
    actions.undo(batch, by=town.north_org)
    assert list(Person.objects.values_list("name", flat=True)) == [name(1)]
    assert not Membership.objects.exists()


def test_an_undone_roster_can_be_sent_again(db, town, tmp_path):
    path = roster(tmp_path / "a.csv", line(1))
    actions.undo(actions.take(received(path, town.firm, town.north_org)), by=town.north_org)
    assert actions.take(received(path, town.firm, town.north_org)).found["new"] == 1


def test_a_member_elsewhere_is_a_fault_or_by_choice_a_second_membership(db, town, tmp_path):
    actions.import_roster(roster(tmp_path / "a.csv", line(1)), town.mill, dry_run=False, by=town.north_org)
    path = roster(tmp_path / "b.csv", line(1), line(2))
    batch = actions.check(received(path, town.firm, town.north_org))
    assert codes(batch) == [(3, "elsewhere")]
    assert batch.faults.get().value == town.mill.short_name
    taken = actions.take(received(path, town.firm, town.north_org, second=True))
    assert (taken.found["second"], taken.bad) == (1, 0)
    assert [(m.union, m.primary) for m in Membership.objects.filter(name=name(1)).order_by("pk")] == [(town.mill, True), (town.firm, False)]


def test_whoever_left_may_join_again_with_a_roster(db, town, tmp_path):
    path = roster(tmp_path / "a.csv", line(1))
    actions.take(received(path, town.firm, town.north_org))
    actions.end(Membership.objects.get(), ending="LEFT", on=date(2020, 1, 1), reason="本人申请", by=town.firm_chair)
    batch = actions.take(received(path, town.mill, town.north_org))
    assert batch.found["join"] == 1
    assert Person.objects.count() == 1


def test_the_register_refuses_what_it_knows_better(db, town, tmp_path):
    actions.import_roster(roster(tmp_path / "a.csv", line(1), line(2)), town.firm, dry_run=False, by=town.north_org)
    actions.retain(Membership.objects.get(name=name(2)), on=date(2026, 1, 1), reason="退休", by=town.firm_chair)
    actions.apply(town.firm, actions.Facts(name(3), number(3)), by=town.firm_chair)
    batch = actions.check(received(roster(tmp_path / "b.csv", line(1, name="别人"), line(2), line(3)), town.firm, town.north_org))
    assert codes(batch) == [(3, "other-name"), (4, "retained"), (5, "applied")]


def test_a_county_reads_a_roster_of_many_unions_by_name_and_code(db, town, tmp_path):
    head = HEAD + ",所属工会"
    path = roster(
        tmp_path / "a.csv",
        line(1, union=town.firm.name), line(2, union="同上"), line(3, union=town.mill.code), line(4, union=town.shop.name), line(5, union=""),
        head=head, encoding="gb18030",
    )  # fmt: skip
    batch = actions.take(received(path, town.north, town.north_org))
    assert codes(batch) == [(6, "union-unknown"), (7, "union-missing")]  # the shop stands in another county
    assert Membership.objects.filter(union=town.firm).count() == 2
    assert Membership.objects.filter(union=town.mill).count() == 1


def test_a_file_without_heads_fails_with_a_sentence_and_writes_nothing(db, town, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("甲,乙\n1,2\n")
    batch = actions.check(received(path, town.firm, town.north_org))
    assert batch.state == "FAILED"
    assert batch.said
    with pytest.raises(RuleBroken):
        actions.import_roster(path, town.firm, dry_run=True, by=town.north_org)


def test_no_whole_number_stands_in_faults_or_in_what_was_found(db, town, tmp_path):
    wrong = number(7)[:17] + ("0" if number(7)[17] != "0" else "1")
    batch = actions.check(received(roster(tmp_path / "a.csv", line(7, id=wrong, phone="1390000000"), line(8)), town.firm, town.north_org))
    kept = str(list(Fault.objects.values())) + str(batch.found) + str(batch.mapping)
    for secret in (wrong, "1390000000", number(8), "10000000008"):
        assert secret not in kept


@pytest.mark.django_db(transaction=True)
def test_a_kill_in_the_middle_leaves_nothing_and_the_import_runs_again(town, tmp_path, monkeypatch):
    batch = actions.ask(
        actions.check(received(roster(tmp_path / "a.csv", *map(line, range(1, 200))), town.firm, town.north_org)),
        "TAKING",
        by=town.north_org,
    )
    whole = taking.NEW_MEMBERSHIPS
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    monkeypatch.setattr(taking, "NEW_MEMBERSHIPS", whole + f"; SELECT pg_terminate_backend({pid})")
    with pytest.raises(Exception, match=r"(?s).*"):
        actions.run(Batch.objects.get(pk=batch.pk))
    connection.close()
    assert not Person.objects.exists()
    assert not Membership.objects.exists()
    assert Batch.objects.get().state == "TAKING"
    monkeypatch.setattr(taking, "NEW_MEMBERSHIPS", whole)
    actions.run(Batch.objects.get(pk=batch.pk))
    assert (Batch.objects.get().state, Membership.objects.count()) == ("DONE", 199)


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_worked_on_is_not_begun_a_second_time(town, tmp_path):
    batch = actions.check(received(roster(tmp_path / "a.csv", line(1)), town.firm, town.north_org))
    with psycopg.connect(host=os.environ["NIANGJIA_TEST_SERVER"], user="postgres", dbname=connection.settings_dict["NAME"]) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [actions.imports.RUNNING, batch.pk])
        with pytest.raises(RuleBroken):
            actions.take(batch)
    assert not Membership.objects.exists()


def test_counting_the_queries_an_import_of_many_costs_no_more_statements(db, town, tmp_path, django_assert_max_num_queries):
    path = roster(tmp_path / "a.csv", *map(line, range(1, 900)))
    batch = received(path, town.firm, town.north_org)
    with django_assert_max_num_queries(46):  # one of them looks whether a parameter has changed
        actions.take(batch)
    assert Membership.objects.count() == 899
    assert not Before.objects.exists()


def shape():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename IN ('members_person', 'members_membership') UNION ALL SELECT conname || pg_get_constraintdef(oid)"
            " FROM pg_constraint WHERE conrelid IN ('members_person'::regclass, 'members_membership'::regclass) ORDER BY 1"
        )
        return [line.split(" WHERE ")[0] for (line,) in cursor.fetchall()]  # conditions come back in other words of the same meaning


def test_the_owner_sets_indexes_aside_and_they_are_all_there_again(db, town, tmp_path, owner, monkeypatch):
    before = shape()
    monkeypatch.setattr(swapping, "MANY", 100)
    asked = []
    monkeypatch.setattr(taking, "set_aside", lambda rows: noted(asked, rows))
    batch = received(roster(tmp_path / "a.csv", *map(line, range(1, 150))), town.firm, town.north_org)
    with owner():
        actions.take(batch)
    actions.take(received(roster(tmp_path / "b.csv", *map(line, range(150, 300))), town.firm, town.north_org))
    assert asked == [True, False]  # the role of the pages owns nothing
    assert shape() == before
    assert Membership.objects.count() == 299


@contextmanager
def noted(asked, rows):
    with swapping.set_aside(rows) as done:
        asked.append(done)
        yield done


def test_an_error_inside_leaves_the_callers_transaction_usable(db, town, tmp_path):
    with transaction.atomic():
        assert actions.check(received(roster(tmp_path / "a.csv", head="甲,乙"), town.firm, town.north_org)).state == "FAILED"
    assert Path(tmp_path / "a.csv").exists()


def test_who_presses_at_the_same_moment_does_not_take_it_over_twice(db, town, tmp_path):
    batch = actions.check(received(roster(tmp_path / "a.csv", line(1)), town.firm, town.north_org))
    asked = actions.ask(batch, "TAKING", by=town.north_org)
    late = Batch.objects.get(pk=batch.pk)
    done = actions.take(asked)
    assert (late.state, actions.run(late).found, done.found["new"]) == ("TAKING", done.found, 1)


def test_a_row_that_the_database_refuses_fails_the_import_and_is_not_logged(db, town, tmp_path, monkeypatch, caplog):
    batch = received(roster(tmp_path / "a.csv", line(1)), town.firm, town.north_org)
    monkeypatch.setattr(staging, "DECIDE", f"SELECT '{name(1)}'::date")
    batch = actions.check(batch)
    assert batch.state == "FAILED"
    assert "DataError" in caplog.text
    assert name(1) not in caplog.text + batch.said
