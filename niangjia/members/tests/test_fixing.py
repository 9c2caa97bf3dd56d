"""Bad rows corrected: judged again at once as the whole file is, taken with the good ones or after them, undone, left out, never doubled."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

import pytest
from django.db import connection

from niangjia.kit import crypt
from niangjia.kit.dates import moved_to, now
from niangjia.kit.errors import RuleBroken
from niangjia.members import actions, queries
from niangjia.members.enums import ID, LINE
from niangjia.members.importing import taking
from niangjia.members.importing.lines import opened
from niangjia.members.models import Batch, Correction, Fault, Line, Membership, Person, Seen
from niangjia.members.tests.rosters import HEAD, line, name, number, roster


def ruined(n):
    return number(n)[:15] + "000"


def sent(tmp_path, union, by, *lines, file="a.csv", **facts):
    return actions.check(actions.receive(union, roster(tmp_path / file, *lines, **facts), name=file, by=by))


def at(batch, row):
    return Line.objects.get(batch=batch, row=row)


def mend(batch, row, by, **cells):
    one = at(batch, row)
    assert actions.mend(batch, {one.pk: cells}, turns={one.pk: one.turn}, by=by) == []
    batch.refresh_from_db()
    return at(batch, row)


def figures(batch):
    batch.refresh_from_db()
    return batch.good, batch.bad, batch.same, {k: v for k, v in batch.found.items() if k != "first" and v}


def agrees(batch):
    """What was said row by row is what the whole file says when it is read again."""
    said = figures(batch), rows_of(batch), sorted(batch.faults.values_list("row", "code", "value", "column", "number", "field"))
    actions.check(actions.ask(batch, "CHECKING", by=batch.by))
    assert (figures(batch), rows_of(batch), sorted(batch.faults.values_list("row", "code", "value", "column", "number", "field"))) == said


def rows_of(batch):
    return [
        (sheet, row, codes, verdict, out, taken, hash_ and bytes(hash_))
        for sheet, row, codes, verdict, out, taken, hash_ in Line.objects.filter(batch=batch)
        .order_by("sheet", "row")
        .values_list("sheet", "row", "codes", "verdict", "out", "taken", "id_hash")
    ]


def test_bad_rows_are_kept_sealed_and_good_ones_are_not(db, town, tmp_path):
    batch = sent(tmp_path, town.firm, town.firm_chair, line(1), line(2, id=ruined(2)), line(3, phone="12"), line(1))
    assert [(one.row, one.codes) for one in queries.lines(batch).order_by("row")] == [(4, ["ruined"]), (5, ["shape"]), (6, ["again"])]
    assert opened(at(batch, 4).cells_sealed)["id"] == ruined(2)
    assert opened(at(batch, 6).cells_sealed)["id"] == number(1)
    assert ruined(2)[:15] not in str(Line.objects.values_list())
    with pytest.raises(Exception, match=r".*"):
        crypt.unseal(at(batch, 4).cells_sealed, ID)


def test_a_corrected_row_is_judged_at_once_and_taken_with_the_good_ones(db, town, tmp_path):
    batch = sent(tmp_path, town.firm, town.firm_chair, line(1), line(2, id=ruined(2)), line(3, phone="12"))
    assert mend(batch, 4, town.firm_chair, id="12").codes == ["length"]
    one = mend(batch, 4, town.firm_chair, id=f" {number(2)} ")
    assert (one.codes, one.verdict) == ([], "new")
    assert figures(batch) == (2, 1, 0, {"new": 2})
    agrees(batch)
    done = actions.take(actions.ask(batch, "TAKING", by=town.firm_chair))
    assert (done.state, Membership.objects.count()) == ("DONE", 2)
    assert Person.objects.filter(id_hash=crypt.blind_one(number(2), ID)).exists()
    assert at(batch, 4).taken
    assert not at(batch, 5).taken


def test_what_is_written_over_a_number_is_sealed_and_the_file_stays_as_it_was(db, town, tmp_path):
    batch = sent(tmp_path, town.firm, town.firm_chair, line(2, id=ruined(2)))
    before = batch.file_digest
    mend(batch, 3, town.firm_chair, id=number(2), name="别名")
    batch.refresh_from_db()
    assert batch.file_digest == before
    assert number(2) not in str(Correction.objects.values_list()) + str(Line.objects.values_list()) + str(Batch.objects.values_list())
    fix = Correction.objects.get(field="id")
    assert (fix.by, fix.text, crypt.unseal(fix.sealed, LINE)) == (town.firm_chair, "", number(2))
    assert Correction.objects.get(field="name").text == "别名"


def test_a_correction_is_undone_and_what_was_stays_in_its_story(db, town, tmp_path):
    batch = sent(tmp_path, town.firm, town.firm_chair, line(2, id=ruined(2)))
    one = mend(batch, 3, town.firm_chair, id=number(2))
    actions.unmend(batch, [one.pk], by=town.hill_chair)
    assert at(batch, 3).codes == ["ruined"]
    assert figures(batch) == (0, 1, 0, {})
    assert (Correction.objects.get().undone_by, queries.fixes_of(batch)) == (town.hill_chair, {})
    mend(batch, 3, town.firm_chair, id=number(2))
    mend(batch, 3, town.firm_chair, id=ruined(2))  # written back by hand is no correction
    assert queries.fixes_of(batch) == {}
    agrees(batch)


def test_good_rows_first_and_corrected_ones_in_a_further_step(db, town, tmp_path):
    batch = sent(tmp_path, town.firm, town.firm_chair, line(1), line(2, id=ruined(2)), line(3, phone="12"))
    actions.take(actions.ask(batch, "TAKING", by=town.firm_chair))
    first = Membership.objects.get()
    actions.end(first, ending="LEFT", on=first.joined_on, reason="本人申请", by=town.firm_chair)  # she is gone meanwhile, and stays gone
    with pytest.raises(RuleBroken):
        actions.ask(batch, "TAKING", by=town.firm_chair)
    mend(batch, 4, town.firm_chair, id=number(2))
    assert figures(batch) == (1, 1, 0, {"new": 1})
    done = actions.take(actions.ask(batch, "TAKING", by=town.firm_chair))
    assert (done.state, figures(batch)) == ("DONE", (2, 1, 0, {"new": 2}))
    assert list(Membership.objects.filter(left_on=None).values_list("name", flat=True)) == [name(2)]
    mend(batch, 5, town.firm_chair, phone="")
    actions.take(actions.ask(batch, "TAKING", by=town.firm_chair))
    assert figures(batch) == (3, 0, 0, {"new": 3})
    assert Membership.objects.count() == 3


def test_undoing_takes_back_all_steps(db, town, tmp_path):
    batch = sent(tmp_path, town.firm, town.firm_chair, line(1), line(2, id=ruined(2)))
    actions.take(actions.ask(batch, "TAKING", by=town.firm_chair))
    mend(batch, 4, town.firm_chair, id=number(2))
    actions.take(actions.ask(batch, "TAKING", by=town.firm_chair))
    assert Membership.objects.count() == 2
    assert actions.undo(Batch.objects.get(), by=town.firm_chair).state == "UNDONE"
    assert not Membership.objects.exists()
    assert not Person.objects.exists()
    with pytest.raises(RuleBroken):
        mend(batch, 4, town.firm_chair, name="甲乙")


def test_sent_twice_after_corrections_it_does_nothing_twice(db, town, tmp_path):
    rows = line(1), line(2, id=ruined(2)), line(3, phone="12")
    batch = sent(tmp_path, town.firm, town.firm_chair, *rows)
    mend(batch, 4, town.firm_chair, id=number(2))
    actions.take(actions.ask(batch, "TAKING", by=town.firm_chair))
    before = list(Membership.objects.order_by("pk").values()), list(Person.objects.order_by("pk").values())
    again = sent(tmp_path, town.firm, town.firm_chair, *rows)
    assert queries.same_file(again) == batch
    mend(again, 4, town.firm_chair, id=number(2))
    assert at(again, 4).verdict == "same"
    done = actions.take(actions.ask(again, "TAKING", by=town.firm_chair))
    assert (done.good, done.same, done.bad) == (2, 2, 1)
    assert (list(Membership.objects.order_by("pk").values()), list(Person.objects.order_by("pk").values())) == before


@pytest.mark.parametrize("taken", [False, True])
def test_a_number_that_stands_in_the_file_already_is_told_at_once(db, town, tmp_path, taken):
    batch = sent(tmp_path, town.firm, town.firm_chair, line(2, id=ruined(2)), line(1), line(3, id=ruined(3)))
    if taken:
        actions.take(actions.ask(batch, "TAKING", by=town.firm_chair))
    one = mend(batch, 3, town.firm_chair, id=number(1))  # it stands before the good row, and comes behind it all the same
    assert one.codes == ["again"]
    assert Fault.objects.get(batch=batch, row=3).value == "4"
    assert mend(batch, 3, town.firm_chair, id=number(2)).codes == []
    assert mend(batch, 5, town.firm_chair, id=number(2)).codes == ["again"]  # among corrected rows the first counts
    actions.unmend(batch, [at(batch, 3).pk], by=town.firm_chair)
    assert at(batch, 5).codes == []
    if not taken:
        agrees(batch)


def test_the_second_of_two_stands_when_the_first_gets_another_number_or_is_left_out(db, town, tmp_path):
    actions.import_roster(roster(tmp_path / "x.csv", line(1)), town.mill, by=town.north_org)
    batch = sent(tmp_path, town.firm, town.firm_chair, line(1), line(1, phone=""), line(4))
    assert [one.codes for one in queries.lines(batch).order_by("row")] == [["elsewhere"], ["again"]]
    actions.leave_out(batch, line=at(batch, 3).pk, by=town.firm_chair)
    assert at(batch, 4).codes == ["elsewhere"]
    agrees(batch)
    actions.unmend(batch, [at(batch, 3).pk], by=town.firm_chair)
    assert [one.codes for one in queries.lines(batch).order_by("row")] == [["elsewhere"], ["again"]]
    mend(batch, 3, town.firm_chair, id=number(5), name=name(5))
    assert [one.codes for one in queries.lines(batch).order_by("row")] == [[], ["elsewhere"]]
    agrees(batch)


def test_a_row_that_was_taken_further_is_never_counted_as_standing_twice(db, town, tmp_path):
    batch = sent(tmp_path, town.firm, town.firm_chair, line(2, id=ruined(2)), line(3, id=ruined(3)))
    actions.take(actions.ask(batch, "TAKING", by=town.firm_chair))
    mend(batch, 4, town.firm_chair, id=number(3))
    actions.take(actions.ask(batch, "TAKING", by=town.firm_chair))
    assert mend(batch, 3, town.firm_chair, id=number(3)).codes == ["again"]
    assert (at(batch, 4).taken, at(batch, 4).codes) == (True, [])


def test_where_numbers_were_rounded_those_that_fit_by_chance_stay_doubted_and_typed_ones_do_not(db, town, tmp_path):
    chance = next(number(n * 100)[:17] + "0" for n in range(1, 10) if number(n * 100)[17] == "0")
    batch = sent(tmp_path, town.firm, town.firm_chair, line(2, id=ruined(2)), line(3, id=chance, phone="12"))
    assert at(batch, 4).codes == ["ruined", "shape"]
    assert mend(batch, 4, town.firm_chair, phone="").codes == ["ruined"]
    mend(batch, 3, town.firm_chair, id=number(2))
    assert at(batch, 4).codes == ["ruined"]  # what was sent decides, not what is left of it
    agrees(batch)
    mend(batch, 4, town.firm_chair, id=number(7))
    assert mend(batch, 3, town.firm_chair, id=chance).codes == []
    agrees(batch)


def test_the_register_is_asked_as_for_the_whole_file(db, town, tmp_path):
    actions.import_roster(roster(tmp_path / "x.csv", line(1), line(2)), town.mill, by=town.north_org)
    actions.import_roster(roster(tmp_path / "y.csv", line(3), line(4)), town.firm, by=town.north_org)
    batch = sent(tmp_path, town.firm, town.firm_chair, *(line(n, id=ruined(n)) for n in (1, 3, 4, 5)))
    assert mend(batch, 3, town.firm_chair, id=number(1)).codes == ["elsewhere"]
    assert Fault.objects.get(row=3).value == town.mill.short_name
    assert mend(batch, 4, town.firm_chair, id=number(3)).verdict == "same"
    assert mend(batch, 5, town.firm_chair, id=number(4), job="机修工").verdict == "change"
    assert mend(batch, 6, town.firm_chair, id=number(1), name=name(5)).codes == ["again"]
    agrees(batch)
    actions.send(Membership.objects.get(name=name(1)), to=town.firm, by=town.mill_chair)
    actions.arrive(Membership.objects.get(name=name(1)), by=town.firm_chair)
    assert actions.judge_again(batch, "elsewhere") == 1
    assert at(batch, 3).verdict == "same"
    agrees(batch)


def test_a_rounded_number_is_somebody_in_reach_of_the_same_name_and_digits(db, town, tmp_path):
    actions.import_roster(roster(tmp_path / "x.csv", line(1), line(2)), town.firm, by=town.north_org)
    actions.import_roster(roster(tmp_path / "y.csv", line(3)), town.mill, by=town.north_org)
    batch = sent(
        tmp_path, town.firm, town.firm_chair, line(1, id=ruined(1)), line(2, id="3.30599E+17"), line(3, id=ruined(3)), line(9, id=ruined(1))
    )

    def found(user):
        cells = {one.pk: opened(one.cells_sealed) for one in queries.lines(batch)}
        there = queries.candidates(user, {pk: (one["name"], one["id"]) for pk, one in cells.items()})
        return {Line.objects.get(pk=pk).row: [who.person.name for who in those] for pk, those in there.items()}

    assert found(town.firm_chair) == {3: [name(1)]}
    assert found(town.hill_chair) == {3: [name(1)], 5: [name(3)]}  # the mill stands in her reach
    person = Person.objects.get(name=name(1))
    actions.confirm(batch, at(batch, 3).pk, person.uuid, by=town.firm_chair)
    assert (at(batch, 3).codes, at(batch, 3).verdict) == ([], "same")
    assert Correction.objects.get().how == "FOUND"
    from niangjia.access.models import SeenLog

    assert SeenLog.objects.filter(act="confirmed", kind="members.person", thing_id=person.pk, user=town.firm_chair).exists()
    with pytest.raises(RuleBroken):
        actions.confirm(batch, at(batch, 5).pk, Person.objects.get(name=name(3)).uuid, by=town.firm_chair)
    agrees(batch)


def test_the_same_wrong_union_is_corrected_in_all_rows_at_once(db, town, tmp_path):
    rows = [line(n, union="云锦厂") for n in range(1, 6)] + [line(6, union="别厂"), line(7, union=town.firm.name)]
    batch = sent(tmp_path, town.hill, town.hill_chair, *rows, head=HEAD + ",所属工会")
    assert figures(batch)[1] == 6
    assert actions.mend_alike(batch, at(batch, 3).pk, "union", town.mill.code, by=town.hill_chair) == 5
    assert figures(batch)[:2] == (6, 1)
    agrees(batch)
    for field, text in (("union", " "), ("union", "云锦厂"), ("id", number(1))):
        with pytest.raises(RuleBroken):
            actions.mend_alike(batch, at(batch, 8).pk, field, "" if field == "union" else text, by=town.hill_chair)
    actions.take(actions.ask(batch, "TAKING", by=town.hill_chair))
    assert Membership.objects.filter(union=town.mill).count() == 5


def test_a_kind_of_fault_is_left_out_and_put_back(db, town, tmp_path):
    batch = sent(tmp_path, town.firm, town.firm_chair, line(1), line(2, id=ruined(2)), line(3, id=ruined(3)), line(4, phone="12"))
    assert actions.leave_out(batch, code="ruined", by=town.firm_chair) == 2
    assert queries.line_kinds(batch) == ([("shape", 1)], {"all": 3, "waits": 1, "right": 0, "taken": 0, "out": 2})
    mend(batch, 4, town.firm_chair, id=number(2))
    assert at(batch, 4).codes == ["left-out"]
    agrees(batch)
    assert actions.take(actions.ask(batch, "TAKING", by=town.firm_chair)).good == 1
    actions.unmend(batch, queries.lines_of(batch, "out").values_list("pk", flat=True), by=town.firm_chair)
    assert queries.line_kinds(batch)[1]["out"] == 0


def test_two_people_at_one_row_the_second_is_told_and_overwrites_nothing(db, town, tmp_path):
    batch = sent(tmp_path, town.firm, town.firm_chair, line(2, id=ruined(2)))
    one = at(batch, 3)
    mend(batch, 3, town.firm_chair, id=number(2))
    assert actions.mend(batch, {one.pk: {"id": number(3)}}, turns={one.pk: one.turn}, by=town.hill_chair) == [one.pk]
    assert queries.fixes_of(batch)[0].cells == {3: {"id": number(2)}}


@pytest.mark.django_db(transaction=True)
def test_the_same_correction_twice_at_once_is_one(town, tmp_path):
    batch = sent(tmp_path, town.firm, town.firm_chair, line(2, id=ruined(2)))
    one, told, failed = at(batch, 3), [], []

    def press():
        try:
            told.append(actions.mend(batch, {one.pk: {"id": number(2)}}, turns={one.pk: one.turn}, by=town.firm_chair))
        except Exception as error:  # noqa: BLE001 - shown below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(told) == [[], [one.pk], [one.pk], [one.pk]]
    assert Correction.objects.count() == 1
    assert figures(batch) == (1, 0, 0, {"new": 1})


@pytest.mark.django_db(transaction=True)
def test_a_kill_in_the_further_step_leaves_the_first_as_it_was_and_it_is_taken_again(town, tmp_path, monkeypatch):
    batch = sent(tmp_path, town.firm, town.firm_chair, line(1), line(2, id=ruined(2)))
    actions.take(actions.ask(batch, "TAKING", by=town.firm_chair))
    mend(batch, 4, town.firm_chair, id=number(2))
    actions.ask(batch, "TAKING", by=town.firm_chair)
    whole = taking.NEW_MEMBERSHIPS
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    monkeypatch.setattr(taking, "NEW_MEMBERSHIPS", whole + f"; SELECT pg_terminate_backend({pid})")
    with pytest.raises(Exception, match=r"(?s).*"):
        actions.run(Batch.objects.get(pk=batch.pk))
    connection.close()
    assert (Batch.objects.get().state, Membership.objects.count()) == ("TAKING", 1)
    assert at(batch, 4).codes == []  # the correction survives
    monkeypatch.setattr(taking, "NEW_MEMBERSHIPS", whole)
    actions.run(Batch.objects.get(pk=batch.pk))
    assert (Batch.objects.get().state, Membership.objects.count()) == ("DONE", 2)


def test_a_further_step_that_the_database_refuses_leaves_the_import_as_it_was(db, town, tmp_path, monkeypatch, caplog):
    batch = sent(tmp_path, town.firm, town.firm_chair, line(1), line(2, id=ruined(2)))
    actions.take(actions.ask(batch, "TAKING", by=town.firm_chair))
    mend(batch, 4, town.firm_chair, id=number(2))
    monkeypatch.setattr(taking, "NEW_PEOPLE", f"SELECT '{name(2)}'::date")
    done = actions.take(actions.ask(batch, "TAKING", by=town.firm_chair))
    assert (done.state, bool(done.said), Membership.objects.count()) == ("DONE", True, 1)
    assert name(2) not in caplog.text + done.said
    monkeypatch.undo()
    assert actions.take(actions.ask(batch, "TAKING", by=town.firm_chair)).found["new"] == 2


def test_corrections_say_nothing_in_the_log(db, town, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(lambda record: not record.name.startswith("django.db"))  # DEBUG alone shows statements
    batch = sent(tmp_path, town.firm, town.firm_chair, line(2, id=ruined(2)))
    mend(batch, 3, town.firm_chair, id=number(2), phone="10012345678")
    assert not any(said in caplog.text for said in (number(2), "10012345678", name(2)))


def test_what_was_kept_goes_after_thirty_days_and_when_the_import_is_dropped(db, town, tmp_path):
    batch = sent(tmp_path, town.firm, town.firm_chair, line(2, id=ruined(2)))
    mend(batch, 3, town.firm_chair, id=number(2))
    with moved_to(now() + timedelta(days=29)):
        assert actions.forget_old() == 0
    with moved_to(now() + timedelta(days=31)):
        assert actions.forget_old() == 1
    assert [model.objects.count() for model in (Line, Correction, Seen)] == [0, 0, 0]
    assert Batch.objects.get().faults.count() == 0
    other = sent(tmp_path, town.firm, town.firm_chair, line(2, id=ruined(2)))
    actions.drop(other, by=town.firm_chair)
    assert not Line.objects.exists()


def test_counting_the_queries_a_correction_costs_the_same_in_a_long_file(db, town, tmp_path, django_assert_max_num_queries):
    batch = sent(tmp_path, town.firm, town.firm_chair, *(line(n, id=ruined(n) if n % 3 == 0 else number(n)) for n in range(1, 600)))
    one = queries.lines(batch).order_by("row").first()
    with django_assert_max_num_queries(32):
        actions.mend(batch, {one.pk: {"id": number(700)}}, turns={one.pk: one.turn}, by=town.firm_chair)
    those = list(queries.lines(batch).filter(taken=False).exclude(codes=[])[:150])
    with django_assert_max_num_queries(32):
        actions.mend(
            batch,
            {one.pk: {"id": number(700 + i)} for i, one in enumerate(those, 1)},
            turns={one.pk: one.turn for one in those},
            by=town.firm_chair,
        )
    assert [one.codes for one in queries.lines(batch).filter(pk__in=[one.pk for one in those]) if one.codes] == []
