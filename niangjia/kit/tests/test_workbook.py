"""Workbooks as spreadsheets read them, and files that only their key opens."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from cryptography.exceptions import InvalidTag
from openpyxl import load_workbook

from niangjia.kit import workbook
from niangjia.kit.vault import PIECE, Vault, new_key, opened
from niangjia.kit.workbook import Book, Col, Mark

COLUMNS = (Col("A"), Col("B", 30, "yuan"))


def written(*rows, above=()):
    file = io.BytesIO()
    with Book(file, Mark("湖州 & 长兴", "2026-11-25", "foot")) as book:
        book.sheet("名册", COLUMNS, rows, above)
    return load_workbook(file)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_what_begins_like_a_formula_is_a_text_and_marked_as_one(text):
    cell = written([text, None]).active["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_values_keep_their_kind_and_nothing_breaks_the_file():
    book = written(["<b>&\x00\x0b", Decimal("1234.50")], ["x" * 40_000, 7], [date(2015, 6, 1), None], ["  a\nb", 0])
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[0] == ["A", "B"]
    assert rows[1] == ["<b>&", 1234.5]
    assert (len(rows[2][0]), rows[2][1]) == (32_767, 7)
    assert rows[3] == ["2015-06-01", None]
    assert rows[4] == ["  a\nb", 0]
    assert book.active["B2"].number_format == "#,##0.00"


def test_heads_are_frozen_and_repeated_and_the_margins_say_whose_it_is():
    sheet = written(["a", 1], above=["Title", "said"]).active
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet["A3"].value, sheet["A3"].font.bold) == ("A4", "$3:$3", "A", True)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", "9") or sheet.page_setup.paperSize == 9
    assert sheet.oddHeader.left.text.endswith("湖州 && 长兴")
    assert (sheet.oddHeader.right.size, sheet.oddHeader.right.text.strip()) == (8, "2026-11-25")


def test_what_is_too_long_for_a_sheet_goes_on_in_the_next(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 2000)
    file = io.BytesIO()
    with Book(file) as book:
        assert book.sheet("s", [Col("n")], ([n] for n in range(4500))) == 4500
    sheets = load_workbook(file, read_only=True).worksheets
    found = [row[0].value for sheet in sheets for row in sheet.iter_rows(min_row=2)]
    assert found == list(range(4500))
    assert len(sheets) == 3


def test_a_fault_on_the_way_is_raised_and_leaves_no_whole_workbook():
    def rows():
        yield ["a"]
        raise LookupError

    file = io.BytesIO()
    with pytest.raises(LookupError), Book(file) as book:
        book.sheet("s", [Col("n")], rows())
    assert "xl/workbook.xml" not in zipfile.ZipFile(file).namelist()


@pytest.mark.parametrize("cipher", ["AES", "SM4"])
@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 1, 3 * PIECE])
def test_a_sealed_file_comes_back_whole_or_not_at_all(settings, cipher, size):
    settings.CIPHER = cipher
    key, out, data = new_key(), io.BytesIO(), bytes(i % 251 for i in range(size))
    with Vault(out, key, "x") as vault:
        for at in range(0, size, 300_000):
            vault.write(data[at : at + 300_000])
    raw = out.getvalue()
    assert vault.size == size
    assert b"".join(opened(io.BytesIO(raw), key, "x")) == data
    for wrong in (raw[:-1], raw[: PIECE + 16] if size > PIECE else raw[:-16], raw[:5] + bytes([raw[5] ^ 1]) + raw[6:]):
        with pytest.raises(InvalidTag):
            list(opened(io.BytesIO(wrong), key, "x"))
    with pytest.raises(InvalidTag):
        list(opened(io.BytesIO(raw), key, "y"))
