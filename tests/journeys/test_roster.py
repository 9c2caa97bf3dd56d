"""A roster with bad rows: they come back, the rest goes in, and all of it goes out again."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from bench.rosters import HEADS, people
from niangjia.kit.dates import today
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until
from niangjia.members.models import Batch, Membership
from niangjia.worklog.api import Asked, evaluate, post

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Workbook contains no default style"),
]
ROWS, BAD = 500, 30


def test_a_roster_is_tried_mended_taken_and_undone(town, enter, tmp_path):
    rows = [list(row) for row in people(0, ROWS)]
    for row in rows[:BAD]:
        row[1] = row[1][:17] + ("1" if row[1][17] != "1" else "2")
    roster = tmp_path / "名册.csv"
    roster.write_text("\n".join(",".join(row) for row in [HEADS, *rows]), encoding="utf-8")
    page = enter(town.firm_chair)
    page.goto("/members/imports/new/")
    page.set_input_files("input[type=file]", str(roster))
    page.locator("main form button.btn-primary[type=submit]").first.click()
    page.wait_for_url("**/members/imports/*-*/")
    batch = Batch.objects.get()
    assert (batch.rows, batch.good, batch.bad) == (ROWS, ROWS - BAD, BAD)
    assert Membership.objects.count() == 0
    with page.expect_download() as download:
        page.locator("a[href$='/workbook/']").first.click()
    download.value.save_as(tmp_path / "back.xlsx")
    lines = list(load_workbook(tmp_path / "back.xlsx").worksheets[0].iter_rows(values_only=True))
    assert sum(any("末" in str(cell) or "校验" in str(cell) or "最后" in str(cell) for cell in line) for line in lines) >= BAD
    page.locator("button[value=take]").first.click()
    page.wait_for_selector("a[href='#undo']")
    assert Membership.objects.filter(union=town.firm, left_on=None).count() == ROWS - BAD
    assert counted(town) == ROWS - BAD
    page.locator("a[href='#undo']").first.click()
    page.locator("#undo button[type=submit]").first.click()
    page.wait_for_selector("a[href='#undo']", state="detached")
    assert Membership.objects.filter(union=town.firm, left_on=None).count() == 0
    assert counted(town) == 0


def counted(town):
    """The members of the firm, by the books."""
    post()
    return evaluate(FIGURES["members.people"].plan, Asked(until(today()), town.firm.pk))
