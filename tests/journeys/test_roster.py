"""A roster with bad rows: they come back with their reasons, the rest goes in, list and books show it, and all of it goes out again.

Five thousand rows go in as a workbook on a wide screen in Chinese, and as CSV from a phone in English: the CSV is large enough for the worker, so
the page waits and renews itself. Where every face is asked for, the two change places.
"""

from __future__ import annotations

import csv
import re
import threading

import pytest
from django.db import connections
from django.utils import translation
from openpyxl import load_workbook

from bench.rosters import HEADS, people
from niangjia.members.actions.imports import INLINE
from niangjia.members.importing.words import sentence, text
from niangjia.members.models import Batch, Membership, Person
from niangjia.worklog.api import post
from tests.journeys.conftest import FACES, press, read, tongue

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Workbook contains no default style"),
]
NAME, NUMBER, PHONE, JOINED, WORK = 0, 1, 2, 3, 4
SPOILT = {  # by the fault that each makes
    "check": lambda row, _before: row[NUMBER][:17] + ("1" if row[NUMBER][17] != "1" else "2"),
    "id-missing": lambda _row, _before: "",
    "again": lambda _row, before: before[NUMBER],
    "name-shape": lambda row, _before: row[NAME] + "2",
    "shape": lambda row, _before: row[PHONE][:8],
    "future": lambda _row, _before: "2099-01-01",
    "work-unknown": lambda _row, _before: "帮忙的",
}
PLACE = {"name-shape": NAME, "shape": PHONE, "future": JOINED, "work-unknown": WORK}
KINDS = list(SPOILT)


def spoilt(rows, bad):
    """A roster of which so many rows, evenly strewn, have one fault each, the kinds in turn: the rows, and the fault by the row's number in the file."""
    made, wrong, step = [list(row) for row in people(0, rows)], {}, rows // bad
    for n in range(bad):
        at, kind = n * step + 1, KINDS[n % len(KINDS)]
        made[at][PLACE.get(kind, NUMBER)] = SPOILT[kind](made[at], made[at - 1])
        wrong[at + 2] = kind
    return made, wrong


def written(path, rows):
    """The roster as a file of its kind."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADS, *rows])
        return path
    from xlsxwriter import Workbook

    with Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("会员名册")
        for at, row in enumerate([HEADS, *rows]):
            sheet.write_row(at, 0, row)
    return path


def worked():
    """The worker does what waits. It has a loop of its own, so it lives in a thread of its own."""
    from procrastinate.contrib.django import app as jobs

    def run():
        with jobs.replace_connector(jobs.connector.get_worker_connector()):
            jobs.run_worker(wait=False, install_signal_handlers=False, concurrency=1, listen_notify=False)
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def waits(page, large):
    """What is too much for a page is said to be under way; the worker does it, and the page finds out by itself."""
    if large:
        page.locator("#progress progress").wait_for()
        worked()


@pytest.mark.parametrize(
    ("width", "language", "kind", "rows", "bad"),
    [(*face, kind, 5000, 300) for face, kind in zip(FACES, (".xlsx", ".csv", ".csv", ".xlsx"), strict=False)],
)
def test_a_roster_is_tried_mended_taken_and_undone(town, enter, tmp_path, width, language, kind, rows, bad):
    say = tongue(language)
    made, wrong = spoilt(rows, bad)
    roster, good = written(tmp_path / f"名册{kind}", made), rows - bad
    page = enter(town.firm_chair, width=width, language=language)
    before = stands(page, say)
    assert before == (0, 0, "0")

    page.goto("/members/")
    press(page, say("Import a roster"))
    page.set_input_files("input[type=file]", str(roster))
    press(page, say("Read it through"))
    page.wait_for_url("**/members/imports/*-*/")
    large = roster.stat().st_size > INLINE
    assert large == (kind == ".csv" and rows == 5000)
    waits(page, large)
    take = page.get_by_role("button", name=say("Take over %(n)s rows", n=f"{good:,}"), exact=True)
    take.wait_for()
    batch = Batch.objects.get()
    assert (batch.rows, batch.good, batch.bad) == (rows, good, bad)
    assert stands_in_the_register() == (0, 0)

    faults = read(page, "#faults")
    for code in KINDS:
        with translation.override("en" if language.startswith("en") else "zh-hans"):
            what = text(code)
        [line] = [row for row in page.locator("#kinds tbody tr").all_inner_texts() if what in row]
        assert str(sum(one == code for one in wrong.values())) in re.findall(r"\d+", line), faults
    given_back(page, say, language, tmp_path, made, wrong)

    take.click()
    waits(page, large)
    page.get_by_role("link", name=say("Take the whole import back"), exact=True).wait_for()
    assert stands(page, say) == (good, good, f"{good:,}")
    page.goto("/members/")
    assert page.locator("#rows tbody tr").count() >= 20
    page.goto(batch.get_absolute_url())
    press(page, say("Take the whole import back"))
    press(page, say("Take it back"), within="#undo")
    waits(page, large)
    page.get_by_text(say("Taken back: what it changed is as it was, what it made is gone.")).first.wait_for()
    assert stands(page, say) == before


def given_back(page, say, language, tmp_path, made, wrong):
    """The workbook that comes back: every row where it stood, and beside each bad one its reason."""
    with page.expect_download() as download:
        press(page, say("The workbook with the faults beside the rows"))
    download.value.save_as(tmp_path / "back.xlsx")
    lines = list(load_workbook(tmp_path / "back.xlsx", read_only=True).worksheets[0].iter_rows(values_only=True))
    assert len(lines) == len(made) + 1
    last = len(HEADS)
    reasons = {number: line[last] for number, line in enumerate(lines, 1) if number > 1 and len(line) > last and line[last]}
    with translation.override("en" if language.startswith("en") else "zh-hans"):
        assert reasons == {number: sentence(code, str(number - 1)) for number, code in wrong.items()}
    assert all([cell or "" for cell in lines[number - 1][:last]] == made[number - 2] for number in wrong)


def stands_in_the_register():
    return Person.objects.count(), Membership.objects.filter(left_on=None).count()


def stands(page, say):
    """People and memberships in the register, and the members of the firm as the page of the figure says."""
    post()
    page.goto("/figures/members.people/")
    return *stands_in_the_register(), re.match(r"[\d,]+", read(page, ".n-huge"))[0]
