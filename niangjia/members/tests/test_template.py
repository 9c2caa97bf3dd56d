"""The empty roster: out of the declaration of the columns, with lists, text columns and an example that nobody is; filled in, it is read."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from niangjia.members import actions
from niangjia.members.importing.fields import FIELDS, field_of
from niangjia.members.importing.template import PREPARED, template
from niangjia.members.models import Batch, Membership
from niangjia.members.tests.rosters import name, number

pytestmark = pytest.mark.django_db
ASKED = [one for one in FIELDS if one.asked]


def opened(data):
    return load_workbook(io.BytesIO(data))


def test_its_heads_lists_and_texts_are_those_of_the_declaration():
    sheet, guide = opened(template("某某工会")).worksheets
    heads = [cell.value for cell in sheet[2]]
    assert [field_of(head) for head in heads] == [one.code for one in ASKED]
    assert [head for head in heads if head.startswith("＊")] == ["＊姓名", "＊证件号码"]
    lists = {
        str(one.sqref).split(":")[0].rstrip("0123456789"): one.formula1
        for one in sheet.data_validations.dataValidation
        if one.type == "list"
    }
    for at, one in zip(sheet[2], ASKED, strict=True):
        assert lists.get(at.column_letter, '""').strip('"') == ",".join(one.choices)
        assert sheet.column_dimensions[at.column_letter].number_format == "@" or sheet[f"{at.column_letter}3"].number_format == "@"
        assert sheet[f"{at.column_letter}4"].number_format in {"@", "General"}
    rules = [cell.value for row in guide.iter_rows() for cell in row if cell.value]
    assert all(one.heads[0] in rules for one in ASKED)


def test_it_is_a_unions_own_only_for_whom_its_rosters_are(town, as_):
    def got(who, code):
        answer = as_(who).get("/members/imports/template/", {"under": code})
        return opened(answer.content).worksheets[0], answer["Content-Disposition"]

    sheet, said = got(town.firm_chair, town.firm.code)
    assert town.firm.name in sheet["A1"].value
    column = [field_of(cell.value) for cell in sheet[2]].index("union")
    assert {sheet.cell(row, column + 1).value for row in range(4, 4 + PREPARED)} == {town.firm.name}
    assert "filename" in said
    for who, code in (
        (town.firm_chair, town.shop.code),
        (town.nobody, town.firm.code),
        (town.north_org, town.north.code),
        (town.firm_chair, "x"),
    ):
        assert got(who, code)[0]["A1"].value == "会员名册"


def test_filled_in_it_brings_whom_was_written_and_neither_the_example_nor_the_empty_rows(town, tmp_path):
    book = opened(template(town.firm.name))
    sheet = book.worksheets[0]
    at = {field_of(cell.value): cell.column for cell in sheet[2]}
    for row, n in ((4, 1), (6, 2)):
        for code, value in {"name": name(n), "id": number(n), "joined": "2015-06-01", "work": "劳务派遣", "migrant": "是"}.items():
            sheet.cell(row, at[code]).value = value
    book.save(tmp_path / "filled.xlsx")
    found = actions.import_roster(tmp_path / "filled.xlsx", town.hill, by=town.hill_chair)
    assert (found["rows"], found["good"], found["bad"]) == (2, 2, 0)
    assert set(Membership.objects.values_list("name", "union", "work")) == {(name(n), town.firm.pk, "DISPATCH") for n in (1, 2)}


def test_unfilled_it_brings_nobody(town, tmp_path):
    (tmp_path / "empty.xlsx").write_bytes(template(town.firm.name))
    found = actions.import_roster(tmp_path / "empty.xlsx", town.firm, by=town.firm_chair)
    assert (found["rows"], found["bad"], Membership.objects.count()) == (0, 0, 0)
    assert Batch.objects.get().mapping["skipped"]["blank"] == PREPARED


def test_the_page_of_an_import_offers_the_template_of_her_union(town, as_):
    said = as_(town.firm_chair).get("/members/imports/new/").content.decode()
    assert f"/members/imports/template/?under={town.firm.code}" in said
