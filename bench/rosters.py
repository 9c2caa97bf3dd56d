"""Made-up rosters, of any length: valid reserved identity numbers, phones and names; the same number, the same roster."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from niangjia.kit.ids import identity_check

HEADS = ("姓名", "身份证号", "手机号码", "入会时间", "用工形式", "是否农民工", "岗位")
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙朱马胡郭林何高梁", "建国秀英志强丽娟海涛晓燕文斌雪梅俊杰春花永平玉兰"
FIRST = date(1930, 1, 1)  # before the made-up city's people were born: the oldest were in the forties


def person(number: int) -> tuple[str, ...]:
    """One row; different numbers are different people up to fourteen million."""
    day, sequence = divmod(number, 999)
    first = f"330599{FIRST + timedelta(days=day):%Y%m%d}{sequence:03d}"
    name = SURNAMES[number % 20] + GIVEN[number // 20 % 24] + GIVEN[number // 480 % 24]
    return name, first + identity_check(first), f"100{number % 10**8:08d}", "2015-06-01", "合同制", "否", "操作工"


def people(start: int, rows: int) -> Iterator[tuple[str, ...]]:
    """Rows from a number on."""
    return map(person, range(start, start + rows))


def write_csv(path: Path, rows: int, *, start: int = 0) -> Path:
    """A roster as CSV."""
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(HEADS) + "\n")
        file.writelines(",".join(row) + "\n" for row in people(start, rows))
    return path


def write_xlsx(path: Path, rows: int, *, start: int = 0) -> Path:
    """A roster as a workbook."""
    from xlsxwriter import Workbook

    with Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("会员名册")
        for at, row in enumerate([HEADS, *people(start, rows)]):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)
    return path
