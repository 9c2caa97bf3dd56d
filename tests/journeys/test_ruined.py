"""A roster that a spreadsheet ruined is repaired on the screen: who is known is confirmed, who is not is typed again, and it is taken back but for what was worked on."""

from __future__ import annotations

import pytest

from niangjia.members import actions
from niangjia.members.models import Batch, Line, Membership
from niangjia.members.tests.nasty.making import name, number, phone, row, simple
from tests.journeys.conftest import FACES, faults, press, read, tongue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KNOWN, NEW, TWO, OCTOBER, GOOD = 1, 2, 3, 5, 7


def ruined(path):
    """As it comes out of a drawer: numbers typed as numbers, two phones, a month that may be another."""
    simple(
        path, row(KNOWN, id=float(number(KNOWN)[:15] + "000"), job="机修工"), row(NEW, id=float(number(NEW)[:15] + "000")),
        row(TWO, phone=f"{phone(TWO)}/{phone(93)}"), row(OCTOBER, joined=2015.10), row(GOOD),
    )  # fmt: skip
    return path


def kind(page, batch, code):
    page.goto(f"{batch.get_absolute_url()}rows/?view={code}")


def at(batch, line):
    return Line.objects.get(batch=batch, row=line).pk


def write(page, batch, line, field, text):
    """Into a cell; the row is judged when it is left."""
    cell = page.locator(f"#{field}-{at(batch, line)}")
    cell.fill(text)
    cell.press("Tab")
    page.locator(f"#row-{at(batch, line)} .n-pill").first.wait_for()


@pytest.mark.parametrize(("width", "language"), FACES)
def test_a_ruined_roster_is_repaired_row_by_row(town, enter, tmp_path, width, language):
    say = tongue(language)
    simple(tmp_path / "before.xlsx", row(KNOWN))
    actions.import_roster(tmp_path / "before.xlsx", town.firm, by=town.firm_chair)
    page = enter(town.firm_chair, width=width, language=language)

    page.goto("/members/imports/new/")
    with page.expect_download() as download:
        press(page, say("An empty roster to fill in"))
    assert download.value.suggested_filename.endswith(".xlsx")
    page.set_input_files("input[type=file]", str(ruined(tmp_path / "名册.xlsx")))
    page.get_by_label(say("All rows or none")).check()
    press(page, say("Read it through"))
    page.get_by_text(say("All rows or none: correct the bad ones, or leave them out, then it can be taken over.")).wait_for()
    batch = Batch.objects.latest("pk")
    assert (batch.rows, batch.good, batch.bad, batch.whole) == (5, 1, 4, True)
    assert faults(page) == []

    press(page, say("Correct here"))
    kind(page, batch, "ruined")
    assert number(KNOWN) not in page.content()
    page.locator(f"#row-{at(batch, 3)}").get_by_role("button", name=say("It is him")).click()
    page.wait_for_load_state()
    kind(page, batch, "ruined")
    assert page.locator(f"#row-{at(batch, 3)}").count() == 0
    write(page, batch, 4, "id", number(NEW))
    kind(page, batch, "two")
    write(page, batch, 5, "phone", phone(TWO))
    kind(page, batch, "date-doubt")
    assert faults(page) == []
    write(page, batch, 6, "joined", "2015-10-01")
    assert Line.objects.filter(batch=batch).exclude(codes=[]).count() == 0

    page.goto(batch.get_absolute_url())
    press(page, say("Take over %(n)s rows", n="5"))
    page.get_by_role("link", name=say("Take the whole import back"), exact=True).wait_for()
    assert Membership.objects.filter(union=town.firm).count() == 5
    assert Membership.objects.get(name=name(KNOWN)).job == "机修工"
    assert str(Membership.objects.get(name=name(OCTOBER)).joined_on) == "2015-10-01"

    actions.correct(Membership.objects.get(name=name(NEW)), by=town.firm_chair, job="班长")
    page.reload()
    press(page, say("Take the whole import back"))
    press(page, say("Take it back"), within="#undo")
    page.locator("#kept").wait_for()
    assert name(NEW) in read(page, "#kept")
    assert say("was corrected") in read(page, "#kept")
    assert set(Membership.objects.values_list("name", "job")) == {(name(KNOWN), "挡车工"), (name(NEW), "班长")}
    assert faults(page) == []
