"""An import taken back: what people have worked on since stays and is listed, all else is as it was; within its days; and rosters taken whole or not at all."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import translation

from niangjia.kit import crypt
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until
from niangjia.members import actions
from niangjia.members.enums import PHONE
from niangjia.members.models import Batch, Before, Kept, Membership, Person
from niangjia.members.tests.rosters import line, name, number, roster
from niangjia.members.tests.rosters import many as number_of
from niangjia.worklog.api import Asked, audit, evaluate, post

pytestmark = pytest.mark.django_db


def sent(town, path, *lines, **facts):
    return actions.receive(town.firm, roster(path, *lines), name="a.csv", by=town.north_org, **facts)


def one(n):
    return Membership.objects.filter(name=name(n)).latest("pk")


def kept(batch):
    return sorted((each.membership.name, each.why) for each in batch.kept.select_related("membership"))


def test_what_people_have_worked_on_since_is_kept_and_listed_and_all_else_goes(town, tmp_path):
    batch = actions.take(sent(town, tmp_path / "a.csv", *map(line, range(1, 7))))
    actions.send(one(1), to=town.mill, by=town.firm_chair)
    actions.correct(one(2), by=town.firm_chair, job="班长")
    actions.correct(one(3), by=town.firm_chair, phone="10000000099")
    actions.retain(one(4), on=today(), reason="退休", by=town.firm_chair)
    done = actions.undo(batch, by=town.north_org)
    assert (done.state, done.undone_by) == ("UNDONE", town.north_org)
    assert kept(done) == sorted([(name(1), "MOVED"), (name(2), "EDITED"), (name(3), "EDITED"), (name(4), "MOVED")])
    assert set(Person.objects.values_list("name", flat=True)) == {name(n) for n in (1, 2, 3, 4)}
    assert one(2).job == "班长"
    assert crypt.unseal(one(3).person.phone_sealed, PHONE) == "10000000099"
    assert Membership.objects.filter(name=name(4)).count() == 2  # what was ended, and what is retained


def test_a_change_that_somebody_corrected_since_stays_and_another_is_as_it_was(town, tmp_path):
    actions.take(sent(town, tmp_path / "a.csv", line(1), line(2)))
    batch = actions.take(sent(town, tmp_path / "b.csv", line(1, job="机修工"), line(2, job="机修工", phone="10000000077"), line(3)))
    actions.correct(one(1), by=town.firm_chair, department="二车间")
    done = actions.undo(batch, by=town.north_org)
    assert kept(done) == [(name(1), "EDITED")]
    assert [(m.job, m.department) for m in Membership.objects.order_by("pk")] == [("机修工", "二车间"), ("挡车工", "")]
    assert crypt.unseal(one(2).person.phone_sealed, PHONE) == line(2).split(",")[2]
    assert not Before.objects.exists()


def test_a_correction_from_before_the_import_hinders_nothing(town, tmp_path):
    actions.take(sent(town, tmp_path / "a.csv", line(1)))
    actions.correct(one(1), by=town.firm_chair, job="班长")
    batch = actions.take(sent(town, tmp_path / "b.csv", line(1, job="机修工")))
    assert not actions.undo(batch, by=town.north_org).kept.exists()
    assert one(1).job == "班长"


def test_a_change_that_a_later_import_changed_waits_for_that_one(town, tmp_path):
    actions.take(sent(town, tmp_path / "a.csv", line(1)))
    second = actions.take(sent(town, tmp_path / "b.csv", line(1, job="机修工")))
    third = actions.take(sent(town, tmp_path / "c.csv", line(1, job="保全工")))
    with pytest.raises(RuleBroken):
        actions.undo(second, by=town.north_org)
    actions.undo(third, by=town.north_org)
    actions.undo(second, by=town.north_org)
    assert (one(1).job, Kept.objects.count()) == ("挡车工", 0)


def test_it_is_taken_back_within_thirty_days(town, tmp_path, as_):
    batch = actions.take(sent(town, tmp_path / "a.csv", line(1)))
    with moved_to(now() + timedelta(days=31)):
        with pytest.raises(RuleBroken):
            actions.undo(batch, by=town.north_org)
        assert "#undo" not in as_(town.north_org).get(batch.get_absolute_url()).content.decode()
    with moved_to(now() + timedelta(days=30)):
        assert "#undo" in as_(town.north_org).get(batch.get_absolute_url()).content.decode()
        assert actions.undo(batch, by=town.north_org).state == "UNDONE"


def test_the_page_lists_who_was_kept(town, tmp_path, as_):
    batch = actions.take(sent(town, tmp_path / "a.csv", line(1), line(2)))
    actions.correct(one(2), by=town.firm_chair, job="班长")
    client = as_(town.north_org)
    assert client.post(f"{batch.get_absolute_url()}step/", {"verb": "undo"}).status_code in {302, 303}
    said = client.get(batch.get_absolute_url()).content.decode()
    assert one(2).get_absolute_url() in said
    assert name(1) not in said


def test_a_roster_is_taken_whole_or_not_at_all_if_so_chosen(town, tmp_path, as_):
    wrong = line(2, id=number(2)[:17] + ("0" if number(2)[17] != "0" else "1"))
    batch = actions.check(sent(town, tmp_path / "a.csv", line(1), wrong, whole=True))
    with pytest.raises(RuleBroken):
        actions.ask(batch, "TAKING", by=town.north_org)
    client = as_(town.north_org)
    assert 'value="take"' not in client.get(batch.get_absolute_url()).content.decode()
    assert client.post(f"{batch.get_absolute_url()}step/", {"verb": "whole"}).status_code in {302, 303}
    assert 'value="take"' in client.get(batch.get_absolute_url()).content.decode()
    actions.all_or_none(batch, whole=True, by=town.north_org)
    actions.leave_out(batch, code="check", by=town.north_org)
    batch.refresh_from_db()
    done = actions.take(actions.ask(batch, "TAKING", by=town.north_org))
    assert (done.state, Membership.objects.count()) == ("DONE", 1)


def test_a_whole_roster_of_which_a_row_became_bad_meanwhile_writes_nothing(town, tmp_path):
    batch = actions.check(sent(town, tmp_path / "a.csv", line(1), line(2), whole=True))
    actions.apply(town.firm, actions.Facts(name(2), number(2)), by=town.firm_chair)
    before = Membership.objects.count()
    with translation.override("en"):
        done = actions.take(actions.ask(batch, "TAKING", by=town.north_org))
    assert (done.state, done.bad, Membership.objects.count()) == ("CHECKED", 1, before)
    assert "Nothing was written" in done.said
    assert Batch.objects.get().taken_at is None


def test_the_form_asks_whether_all_rows_or_none(town, tmp_path, as_):
    with roster(tmp_path / "a.csv", line(1)).open("rb") as file:
        as_(town.firm_chair).post("/members/imports/new/", {"union": town.firm.code, "file": file, "whole": "on"})
    assert Batch.objects.get().whole


@pytest.mark.django_db(transaction=True)
def test_undone_the_register_and_the_books_are_as_before_to_the_row(town, tmp_path, owner):
    """UNDO_LONG sets how many rows."""
    many = int(os.environ.get("UNDO_LONG", "400"))
    actions.take(sent(town, tmp_path / "a.csv", *(of_many(n) for n in range(1, many, 10))))
    post()
    before = state(town)
    rows = (of_many(n, "机修工") for n in range(many))  # one in ten is known, and changes
    batch = actions.take(sent(town, tmp_path / "b.csv", *rows))
    assert (batch.found["new"], batch.found["change"]) == (many - len(range(1, many, 10)), len(range(1, many, 10)))
    post()
    assert state(town) != before
    actions.run(actions.ask(batch, "UNDOING", by=town.north_org))
    post()
    assert Batch.objects.get(pk=batch.pk).state == "UNDONE"
    assert state(town) == before
    with owner():
        assert audit() == []


def of_many(n, job="挡车工"):
    """One of very many rows."""
    return ",".join([name(n), number_of(n), f"100{n:08d}", "", "2015-06-01", job])


def state(town):
    """Every row of the register, and what the books say of it."""
    found = []
    with connection.cursor() as cursor:
        for table in ("members_person", "members_membership", "members_before", "members_kept"):
            cursor.execute(f"SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {table} t")
            found.append(cursor.fetchone())
    figures = [code for code in FIGURES if code.startswith("members.") and hasattr(FIGURES[code], "plan")]
    return found, {code: evaluate(FIGURES[code].plan, Asked(until(today()), town.city.pk)) for code in figures}
