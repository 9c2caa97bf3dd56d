"""An organisation sheet in the browser: from the template to taking it back, in both languages."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from openpyxl import load_workbook

from niangjia.unions.enums import Category, Industry, Kind, State
from niangjia.unions.importing.fields import BY_CODE, FIELDS, LANGUAGES, SHEET, code_of
from niangjia.unions.importing.words import cure, label, sentence, text
from niangjia.unions.models import SheetImport, Union
from niangjia.unions.rules import sheets
from niangjia.unions.tests.sheeted import book, line, sent

pytestmark = pytest.mark.django_db


def post(client, url, **said):
    """Press a button as the page has it."""
    return client.post(url, said)


def test_a_sheet_is_sent_corrected_taken_over_and_taken_back(town, as_):
    client = as_(town.north_org)
    file = SimpleUploadedFile("表.xlsx", book(line(1), line(2, founded="去年")))
    answer = client.post("/unions/sheets/new/", {"at": town.north.code, "file": file})
    one = SheetImport.objects.get()
    home = f"/unions/sheets/{one.uuid}/"
    assert answer.headers["Location"].endswith(home)
    page = client.get(home).content.decode()
    assert "煤山示例0001号有限公司工会委员会" in page
    grid = client.get(f"{home}rows/?view=day").content.decode()
    row = one.lines.get(codes__len=1)
    assert f'name="founded-{row.pk}"' in grid
    answer = client.post(f"{home}rows/?view=day", {"do": f"row:{row.pk}", "fields": "name,founded", "view": "day", f"turn-{row.pk}": row.turn, f"founded-{row.pk}": "2016-01-01"}, headers={"HX-Request": "true"})  # fmt: skip
    assert answer.status_code == 200
    assert f'id="row-{row.pk}"' in answer.content.decode()
    post(client, f"{home}step/", verb="take")
    assert Union.objects.filter(name__contains="示例").count() == 2
    assert client.get(home).status_code == 200
    assert client.get(f"{home}undo/").status_code == 200
    post(client, f"{home}undo/")
    assert Union.objects.filter(name__contains="示例").count() == 0
    assert client.get(home).status_code == 200
    assert one.file_name in client.get("/unions/sheets/").content.decode()
    assert client.get("/unions/sheets/export/").status_code == 200


def test_each_view_of_the_rows_and_the_columns_open_in_both_languages(town, as_):
    one = sent(town.north, book(line(1), line(2, founded="")), town.north_org)
    for language in ("zh-hans", "en"):
        client = as_(town.north_org)
        client.cookies["django_language"] = language
        for page in ("", "rows/", "rows/?view=change", "rows/?view=out", "rows/?view=corrected", "columns/"):
            assert client.get(f"/unions/sheets/{one.uuid}/{page}").status_code == 200, page
        assert client.get("/unions/sheets/new/").status_code == 200


def test_others_do_not_find_it(town, as_):
    one = sent(town.north, book(line(1)), town.north_org)
    for who in (town.south_org, town.firm_chair, town.north_rights):
        assert as_(who).get(f"/unions/sheets/{one.uuid}/").status_code == 404


def test_the_template_is_the_declaration_and_filled_in_it_is_read(town, as_):
    made = load_workbook(io.BytesIO(as_(town.north_org).get("/unions/sheets/template/").content))
    sheet = made.worksheets[0]
    asked = [one for one in FIELDS if one.asked]
    assert [SHEET.field_of(cell.value) for cell in sheet[2]] == [one.code for one in asked]
    assert len({str(one.sqref) for one in sheet.data_validations.dataValidation}) >= sum(bool(one.choices) for one in asked)
    for column, said in {
        "name": "煤山示例丁有限公司工会",
        "kind": "联合基层工会委员会",
        "parent": "煤山镇总工会",
        "founded": "2015-06-01",
    }.items():
        sheet.cell(4, [one.code for one in asked].index(column) + 1, said)
    out = io.BytesIO()
    made.save(out)
    one = sent(town.north, out.getvalue(), town.north_org)
    assert (one.rows, one.found) == (1, {"new": 1})


def test_every_head_and_every_word_is_read_in_both_languages():
    for language in LANGUAGES:
        with override(language):
            for one in FIELDS:
                assert SHEET.field_of(str(one.label)) == one.code, (language, one.label)
            for field, choices in (("kind", Kind), ("category", Category), ("industry", Industry), ("state", State)):
                assert [code_of(field, str(label)) for _value, label in choices.choices] == list(choices.values), (language, field)
    for code in ("kind", "category", "industry"):
        assert all(code_of(code, word) for word in BY_CODE[code].choices)


def test_every_fault_has_its_words_and_its_cure_in_both_languages():
    said = Path(sheets.__file__).read_text(encoding="utf-8")
    codes = set(re.findall(r'"([a-z]+-[a-z-]+|day|number|long|again|ended)"', said)) | {
        "credit-length",
        "credit-letters",
        "credit-check",
        "credit-made-up",
    }
    known = [code for code in codes if text(code) != code]
    assert len(known) > 35
    for language in LANGUAGES:
        with override(language):
            for code in known:
                assert cure(code), code
                assert sentence(code, "3").startswith(text(code))
                assert (re.search("[一-鿿]", text(code)) is not None) == (language == "zh-hans"), code
    assert label("name") != "name"
