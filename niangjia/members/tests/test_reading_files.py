"""Files as they come: encodings, titles, merged heads, subtotals, rounded numbers, and row numbers that people can find."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from niangjia.kit.errors import RuleBroken
from niangjia.kit.reading import encoding_of, sheets
from niangjia.members.importing.mapping import mapped
from niangjia.members.tests.rosters import old_workbook

LINE = "1,张三,330502199001010014,13812345678"


def rows(path: Path) -> list[tuple[object, ...]]:
    found = [m for m in map(mapped, sheets(path)) if m]
    return [row for m in found for row in m.rows.select("row", "name", "id").iter_rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_of_text_is_read_in_the_encoding_that_fits(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"序号,姓名,身份证号,手机\n{LINE}\n2,𠮷野·买买提,330502199001010014,\n".encode(encoding))
    assert rows(path) == [(2, "张三", "330502199001010014"), (3, "𠮷野·买买提", "330502199001010014")]


def test_titles_notes_and_blank_lines_keep_the_numbers_of_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        ("某某工会会员名册\r\n\r\n填报日期：2015年6月\r\n序号,姓名,身份证号,手机\r\n" + LINE + "\r\n\r\n" + LINE + "\r\n").encode("gb18030")
    )
    assert [row[0] for row in rows(path)] == [5, 7]


def test_lines_of_different_length_are_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("名册\n序号,姓名,身份证号,手机\n1,张三,330502199001010014\n2,李四,330502199001010014,1,2,3\n")
    assert [row[1] for row in rows(path)] == ["张三", "李四"]


def test_quoted_commas_and_semicolons_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('姓名;身份证号;岗位\n"张三";330502199001010014;"车;铣"\n')
    found = [m for m in map(mapped, sheets(path)) if m]
    assert found[0].rows["job"].to_list() == ["车;铣"]


def book(path: Path) -> None:
    made = xlsxwriter.Workbook(str(path))
    guide = made.add_worksheet("填表说明")
    guide.write(0, 0, "请按要求填写")
    sheet = made.add_worksheet("名册")
    sheet.merge_range("B2:F2", "湖州某某工会会员名册（合成）")
    sheet.write_row(2, 1, ["序号", "姓名", "证件", "", "入会时间"])
    sheet.write_row(3, 1, ["", "", "类型", "号码", ""])
    sheet.write_row(4, 1, [1, "张三", "身份证", "330502199001010014"])
    sheet.write_datetime(4, 5, dt.datetime(2015, 6, 1), made.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001 - a cell has no zone
    sheet.write_row(5, 1, [2, "李四", "身份证"])
    sheet.write_number(5, 4, 330502199001010014)
    sheet.write_row(7, 1, ["合计", "", "", 2])
    sheet.write_row(8, 1, [3, "王五", "身份证", "'330522198812314522"])
    sheet.write(9, 1, "填表人：赵六    审核人：钱七")
    sheet.write(10, 1, "联系电话：0572-0000000")
    hidden = made.add_worksheet("旧表")
    hidden.write_row(0, 0, ["姓名", "证件号码"])
    hidden.write_row(1, 0, ["旧人", "330502199001010014"])
    hidden.hide()
    made.add_worksheet("空表")
    made.close()


def test_merged_titles_two_rows_of_heads_subtotals_and_footers_are_survived(tmp_path: Path) -> None:
    path = tmp_path / "名册.xls"  # the name lies; the bytes are a workbook of today
    book(path)
    (found,) = [m for m in map(mapped, sheets(path)) if m]
    assert found.head_row == 4
    assert set(found.columns) == {"name", "paper", "id", "joined"}
    assert found.rows["row"].to_list() == [5, 6, 9]
    assert found.skipped == {"titles": 2, "blank": 1, "sums": 1, "notes": 2}
    assert found.rows["joined"][0].startswith("2015-06-01")


def test_a_sheet_without_names_and_numbers_is_no_roster(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,年龄\n张三,3\n")
    assert rows(path) == []


def test_what_is_no_table_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\x00\x01\x02" * 100)
    with pytest.raises(RuleBroken, match=r"xlsx"):
        encoding_of(path)
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(RuleBroken):
        list(sheets(path))
    path.write_text("\n\n")
    with pytest.raises(RuleBroken):
        list(sheets(path))


def test_an_open_document_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'.format
    lines = [("姓名", "身份证号码"), ("张三", "330502199001010014")]
    body = "".join("<table:table-row>" + "".join(cell(v) for v in line) + "</table:table-row>" for line in lines)
    names = " ".join(
        f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for p, n in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="名册">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", content)
        file.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"/>',
        )
    assert rows(path) == [(2, "张三", "330502199001010014")]


def test_a_large_table_keeps_its_types(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,身份证号\n" + "张三,330502199001010014\n" * 3000)
    (found,) = [m for m in map(mapped, sheets(path)) if m]
    assert found.rows.height == 3000
    assert found.rows.schema["id"] == pl.String


def test_a_workbook_of_before_2007_is_read(tmp_path: Path) -> None:
    path = tmp_path / "名册.et"  # another program's name for the same bytes
    path.write_bytes(old_workbook([["某某工会名册"], ["姓名", "身份证号"], ["张三", "330502199001010014"], ["李四", "330522198812314522"]]))
    assert rows(path) == [(3, "张三", "330502199001010014"), (4, "李四", "330522198812314522")]


@pytest.mark.parametrize("broken", ['姓名,身份证号\n"张三,330\n李四,1\n', "姓名,身份证号\n\n" + "长" * 200_000 + ",1\n"])
def test_a_table_that_cannot_be_parted_is_refused_without_quoting_it(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(broken)
    with pytest.raises(RuleBroken) as told:
        list(sheets(path))
    assert "张三" not in str(told.value)
    assert told.value.__suppress_context__
