"""What is in an export, and when the writing of it goes wrong."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import textwrap

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from openpyxl import load_workbook

from niangjia.exports import actions, queries
from niangjia.exports.tests.reading import bytes_of, table, told
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.exportable import EXPORTABLES
from niangjia.members import actions as members_
from niangjia.members.models import Batch
from niangjia.members.tests.rosters import name, number
from niangjia.unions.models import Office

pytestmark = pytest.mark.django_db

# ---------- what is in it ----------


def test_it_holds_what_the_list_shows_and_covers_what_was_not_asked_for(town, ready):
    rows = table(bytes_of(ready(), town.north_org))
    heads, people = rows[2], rows[3:]
    assert heads[:4] == ("姓名", "证件号码", "手机", "性别")
    assert {row[0] for row in people} == {name(1), name(2), name(3)}
    assert {row[1] for row in people} == {number(n)[:6] + "********" + number(n)[-4:] for n in (1, 2, 3)}
    assert all("****" in row[2] for row in people)
    assert number(1) not in str(rows)


def test_the_filters_of_the_list_are_those_of_the_export(town, ready, as_):
    export = ready({"sex": "2", "standing": "nonsense", "after": "x"})
    rows = table(bytes_of(export, town.north_org))[3:]
    assert [row[0] for row in rows] == [name(2)]
    assert (export.rows, export.written) == (1, 1)
    page = as_(town.north_org).get("/members/?sex=2&standing=nonsense").content.decode()
    assert name(2) in page
    assert name(1) not in page


def test_more_than_the_office_reaches_is_not_in_it(town, asked, ready, members):
    assert asked(union=town.firm, by=town.firm_chair).rows == 3
    with pytest.raises(RuleBroken):
        asked({"under": town.shop.code})
    with pytest.raises(Refused):
        asked(union=town.city)
    export = actions.ask(EXPORTABLES["members.register"], town.city, actions.Asking({}, ("name",), "全市核验"), by=town.city_org)
    assert export.rows == 4


def test_an_export_in_full_is_read_back_as_the_roster_that_it_is(town, ready, tmp_path):
    export = ready(full=("id", "phone"))
    path = tmp_path / "again.xlsx"
    path.write_bytes(bytes_of(export, town.north_org))
    found = members_.import_roster(path, town.north, dry_run=True, by=town.north_org)
    assert (found["rows"], found["good"], found["bad"]) == (3, 3, 0)
    assert Batch.objects.latest("pk").same == 3  # nothing would change


def test_a_covered_column_in_full_needs_a_reason(town, register, members):
    with pytest.raises(RuleBroken):
        actions.ask(register, town.north, actions.Asking({}, ("name", "id"), "年度核验", ("id",), " "), by=town.north_org)


def test_every_page_says_who_and_for_what_and_no_cell_runs(town, ready):
    export = ready()
    book = load_workbook(io.BytesIO(bytes_of(export, town.north_org)))
    cover, sheet = book.worksheets
    said = str([[cell.value for cell in row] for row in cover.iter_rows()])
    for word in (export.reference, town.north_org.name, town.north_chair.name, export.purpose):
        assert word in said
        assert word in sheet["A2"].value
        assert word in (sheet.oddHeader.left.text + sheet.oddFooter.left.text)
    [cell] = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert sheet.print_title_rows == "$3:$3"


def test_nothing_of_it_can_be_read_on_the_disk_and_nothing_after_it_is_gone(town, ready, folder):
    export = ready(full=("id",))
    [path] = folder.iterdir()
    assert path.name == str(export.uuid)
    raw = path.read_bytes()
    assert not raw.startswith(b"PK")
    assert b"xl/worksheets" not in raw
    path.chmod(0o600)
    path.write_bytes(raw[:-20])
    with pytest.raises(InvalidTag):
        bytes_of(export, town.north_org)


# ---------- when it goes wrong ----------


def test_what_cannot_be_written_says_why_and_can_be_tried_again(town, asked, folder):
    export = actions.approve(asked(), by=town.north_chair)
    folder.write_text("")  # a file where the folder should be
    actions.make(export)
    assert export.state == "FAILED"
    assert told(town.north_org)[-1] == "export-failed"
    folder.unlink()
    actions.again(export, by=town.north_org)
    assert actions.make(export).state == "READY"


def test_who_has_left_the_office_meanwhile_gets_nothing_written(town, asked):
    export = actions.approve(asked(), by=town.north_chair)
    Office.objects.filter(user=town.north_org).delete()
    assert actions.make(export).state == "FAILED"


def test_a_job_that_comes_twice_writes_once(town, ready):
    export = ready()
    made = export.made_at
    assert actions.make(export).made_at == made


CHILD = """
import os, sys, time
import django
django.setup()
from django.conf import settings
from django.db import connection
connection.settings_dict |= {"NAME": sys.argv[1], "USER": "postgres", "OPTIONS": {"options": "-c role=niangjia_app"}}
settings.EXPORTS = __import__("pathlib").Path(sys.argv[2])
from niangjia.exports import actions
from niangjia.exports.actions import making
from niangjia.exports.models import Export
lines = making._lines
def slow(*facts):
    for row in lines(*facts):
        yield row
        print("begun", flush=True)
        time.sleep(60)
making._lines = slow
actions.make(Export.objects.get(pk=int(sys.argv[3])))
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_nothing_readable_and_the_next_begins_anew(town, asked, folder, monkeypatch):
    export = actions.approve(asked(), by=town.north_chair)
    command = [sys.executable, "-c", textwrap.dedent(CHILD), connection.settings_dict["NAME"], str(folder), str(export.pk)]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "niangjia.config.settings"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "begun\n"
        assert queries.worked_on(export)
        with pytest.raises(RuleBroken):  # one at a time
            actions.make(export)
        child.send_signal(signal.SIGKILL)
        child.wait()
    export.refresh_from_db()
    assert export.state == "MAKING"
    assert [path.suffix for path in folder.iterdir()] == [".part"]
    while queries.worked_on(export):
        pass
    assert actions.make(export).state == "READY"
    assert len(table(bytes_of(export, town.north_org))) == 6
    monkeypatch.setattr(actions.making, "FORGOTTEN", 0)
    actions.sweep()
    assert [path.name for path in folder.iterdir()] == [str(export.uuid)]
