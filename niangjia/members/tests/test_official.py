"""The official roster goes out by two persons in twenty columns, and comes back in with nothing changed."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from niangjia.exports import actions as exports
from niangjia.exports.tests.reading import bytes_of
from niangjia.kit.dates import today
from niangjia.kit.exportable import EXPORTABLES
from niangjia.members import actions
from niangjia.members.models import Batch, Membership, Person
from niangjia.members.tests.nasty.official import COLUMNS, line, official
from niangjia.members.tests.rosters import name

pytestmark = pytest.mark.django_db


@pytest.fixture
def what(settings, tmp_path):
    settings.EXPORTS = tmp_path / "exports"
    return EXPORTABLES["members.official"]


@pytest.fixture
def out(town, what, tmp_path):
    """Three members whom the official roster brought, and the same roster as it is let out again; one came from another union."""
    official(tmp_path / "in.xlsx", line(1), line(2, migrant="否"), line(3, paper="护照", id="E12345678"))
    actions.import_roster(tmp_path / "in.xlsx", town.firm, by=town.north_org)
    Membership.objects.filter(name=Membership.objects.get(person__paper="PASSPORT").name).update(how="TRANSFER")

    def go(full=("id", "phone")):
        columns = [one.code for one in what.fields]
        export = exports.ask(
            what, town.firm, exports.Asking({}, columns, "上报会员信息", full, "上级系统要全号" if full else ""), by=town.firm_chair
        )
        return bytes_of(exports.make(exports.approve(export, by=town.hill_chair)), town.firm_chair)

    return go


def test_it_has_four_rows_above_twenty_columns_and_a_note_in_one_cell_below(out):
    book = load_workbook(io.BytesIO(out()))
    sheet, about = book.worksheets
    assert [cell.value for cell in sheet[4]] == COLUMNS
    assert [sheet[f"A{row}"].value for row in (5, 6, 7)] == ["1", "2", "3"]
    assert sheet["A8"].value.startswith("填表说明")
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A8:T8"]
    assert {sheet[f"N{row}"].value for row in (5, 6, 7)} == {"入会", "转入"}
    assert {sheet[f"O{row}"].value for row in (5, 6, 7)} == {"20150601"}
    assert all(sheet.cell(row, 1 + COLUMNS.index(head)).value is None for row in (5, 6, 7) for head in ("民族", "学历", "政治面貌", "籍贯"))
    assert "上报会员信息" in str([[cell.value for cell in row] for row in about.iter_rows()])
    assert "上报会员信息" in sheet.oddFooter.left.text


def test_read_again_it_changes_nothing(town, out, tmp_path):
    rows = [list(model.objects.order_by("pk").values()) for model in (Membership, Person)]
    (tmp_path / "back.xlsx").write_bytes(out())
    found = actions.import_roster(tmp_path / "back.xlsx", town.firm, by=town.firm_chair)
    assert (found["rows"], found["good"], found["bad"]) == (3, 3, 0)
    assert Batch.objects.latest("pk").same == 3
    assert rows == [list(model.objects.order_by("pk").values()) for model in (Membership, Person)]


def test_covered_it_comes_back_as_faults_and_a_retained_member_is_never_joined_again(town, out, tmp_path):
    (tmp_path / "covered.xlsx").write_bytes(out(full=()))
    found = actions.import_roster(tmp_path / "covered.xlsx", town.firm, by=town.firm_chair)
    assert (found["good"], {fault["column"] for fault in found["faults"]} >= {"证件号码"}) == (0, True)
    actions.retain(Membership.objects.get(pk=Membership.objects.order_by("pk").first().pk), on=today(), reason="退休", by=town.firm_chair)
    (tmp_path / "kept.xlsx").write_bytes(out())
    found = actions.import_roster(tmp_path / "kept.xlsx", town.firm, by=town.firm_chair)
    assert [fault["code"] for fault in found["faults"]] == ["says-retained"]
    assert Batch.objects.latest("pk").same == 2


def test_the_list_leads_to_it_and_no_number_can_be_left_out(town, out, as_):
    client = as_(town.firm_chair)
    assert "what=members.official" in client.get("/members/").content.decode()
    page = client.get("/exports/new/?what=members.official").content.decode()
    assert 'value="covered"' in page
    assert 'value="out"' not in page
    assert name(1) not in page
