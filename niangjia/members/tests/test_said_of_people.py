"""What rows say of people: that somebody left, or was numbered as old cards were. A person decides, and sees only whom she may."""

from __future__ import annotations

import pytest
from django.utils import translation

from niangjia.members import actions
from niangjia.members.models import Correction, Line, Membership, Person
from niangjia.members.tests.nasty.making import name, number, old, row, simple
from niangjia.members.tests.nasty.official import line, official

pytestmark = pytest.mark.django_db


def checked(town, path, union=None, by=None):
    return actions.check(actions.receive(union or town.firm, path, name=path.name, by=by or town.firm_chair))


def rows_page(client, batch, view):
    with translation.override("en"):
        return client.get(f"{batch.get_absolute_url()}rows/?view={view}").content.decode()


def test_who_is_said_to_have_left_stands_beside_the_row_as_the_register_holds_her(town, as_, tmp_path):
    official(tmp_path / "in.xlsx", line(1), line(2))
    actions.import_roster(tmp_path / "in.xlsx", town.firm, by=town.firm_chair)
    official(tmp_path / "out.xlsx", line(1, change="退会"), line(3, change="转出"), line(2, status="退休", id=number(2)))
    batch = checked(town, tmp_path / "out.xlsx")
    said = rows_page(as_(town.firm_chair), batch, "says-left")
    assert Membership.objects.get(name=name(1)).get_absolute_url() in said
    assert number(1) not in said
    assert sorted(batch.faults.values_list("row", "code")) == [(5, "says-left"), (6, "says-left")]
    assert Membership.objects.filter(left_on=None).count() == 2  # nobody left by a row of a file
    actions.leave_out(batch, code="says-left", by=town.firm_chair)
    done = actions.take(actions.ask(batch, "TAKING", by=town.firm_chair))
    assert (done.same, done.bad) == (1, 2)


def test_somebody_whom_the_reader_may_not_see_is_not_shown(town, as_, tmp_path):
    simple(tmp_path / "a.xlsx", row(1))
    actions.import_roster(tmp_path / "a.xlsx", town.shop, by=town.south_org)
    official(tmp_path / "b.xlsx", line(1, change="退会"))
    simple(tmp_path / "c.xlsx", row(1, id=old(1)))
    for file, code in (("b.xlsx", "says-left"), ("c.xlsx", "fifteen")):
        said = rows_page(as_(town.firm_chair), checked(town, tmp_path / file), code)
        assert Membership.objects.get().get_absolute_url() not in said
        assert town.shop.short_name not in said


def test_a_number_of_an_old_card_is_offered_by_name_and_digits_and_confirmed_by_a_person(town, as_, tmp_path):
    simple(tmp_path / "a.xlsx", row(1), row(2))
    actions.import_roster(tmp_path / "a.xlsx", town.firm, by=town.firm_chair)
    simple(tmp_path / "b.xlsx", row(1, id=old(1)), row(3, id=old(2)))
    batch = checked(town, tmp_path / "b.xlsx")
    said = rows_page(as_(town.firm_chair), batch, "fifteen")
    first = Line.objects.get(batch=batch, row=3)
    meant = Person.objects.get(name=name(1))
    assert f"found:{first.pk}:{meant.uuid}" in said
    assert said.count("found:") == 1  # the second bears another name
    assert number(1) not in said
    actions.confirm(batch, first.pk, meant.uuid, by=town.firm_chair)
    batch.refresh_from_db()
    assert (batch.good, batch.same, batch.bad) == (1, 1, 1)
    assert Correction.objects.get().how == "FOUND"
    assert number(1) not in rows_page(as_(town.firm_chair), batch, "right")


def test_what_was_typed_as_a_number_keeps_fifteen_digits_whatever_its_last_ones_say(town, as_, tmp_path):
    simple(tmp_path / "a.xlsx", row(1), row(2))
    actions.import_roster(tmp_path / "a.xlsx", town.firm, by=town.firm_chair)
    simple(tmp_path / "b.xlsx", row(1, id=float(number(1)[:17] + "0")), row(2, id=int(number(2)[:15]) * 1000))
    batch = checked(town, tmp_path / "b.xlsx")
    assert set(batch.faults.values_list("code", flat=True)) == {"ruined"}
    said = rows_page(as_(town.firm_chair), batch, "ruined")
    assert said.count("found:") == 2


def test_the_page_says_what_is_hidden_what_is_not_kept_and_after_what_a_sheet_is_named(town, as_, tmp_path):
    from niangjia.members.tests.nasty.tables import a_hidden_sheet, a_sheet_for_each_union, hidden_rows

    official(tmp_path / "a.xlsx", line(1))
    hidden_rows(tmp_path / "b.xlsx")
    a_hidden_sheet(tmp_path / "c.xlsx")
    a_sheet_for_each_union(tmp_path / "d.xlsx")
    words = {
        "a.xlsx": ["政治面貌 → not kept", "籍贯 → not kept"],
        "b.xlsx": ["2 rows are hidden"],
        "c.xlsx": ["去年", "hidden, and not read"],
        "d.xlsx": ["the one after which the sheet is named"],
    }
    for file, those in words.items():
        batch = checked(town, tmp_path / file, town.hill, town.hill_chair)
        with translation.override("en"):
            said = as_(town.hill_chair).get(batch.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
        assert all(word in said for word in those), file


def test_the_reader_is_told_in_her_language(town, tmp_path):
    from niangjia.members.tests.nasty.tables import two_tables_side_by_side

    two_tables_side_by_side(tmp_path / "a.xlsx")
    for language, word in (("en", "side by side"), ("zh-hans", "并排")):
        with translation.override(language):
            assert word in checked(town, tmp_path / "a.xlsx").said
