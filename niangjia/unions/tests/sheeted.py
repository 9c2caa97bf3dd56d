"""Made-up organisation sheets for tests (domain reference, §22.1)."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook, load_workbook

from niangjia.unions.actions import sheets
from niangjia.unions.models import SheetImport, Union
from tests.town import credit

HEAD = [
    "工会名称",
    "工会类型",
    "上级工会",
    "建会日期",
    "单位名称",
    "单位统一社会信用代码",
    "单位类别",
    "国民经济行业",
    "职工人数",
    "联系人",
]


def line(n: int, **said: str) -> list[str]:
    """A good row: a union of one unit in the township of the coal hill."""
    name = f"煤山示例{n:04d}号有限公司"
    facts = {
        "name": f"{name}工会委员会", "kind": "单独基层工会委员会", "parent": "煤山镇总工会", "founded": "2015.06.01", "unit": name, "uscc": credit(700_000 + n), "category": "私营企业",
        "industry": "制造业", "employees": "120", "contact": "王小工",
    } | said  # fmt: skip
    return list(facts.values())


def book(*rows: list[str], head: list[str] = HEAD, title: str = "组织信息表（合成）") -> bytes:
    """A workbook with a title over its head."""
    made = Workbook()
    sheet = made.active
    sheet.append([title])
    sheet.append(head)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sent(at: Union, data: bytes, by: Any, name: str = "表.xlsx", **facts: Any) -> SheetImport:
    """A sheet that was sent and looked through."""
    return sheets.run(sheets.receive(at, data, name=name, by=by, **facts))


def taken(one: SheetImport, by: Any) -> SheetImport:
    """Its good rows taken over."""
    return sheets.run(sheets.ask(one, "TAKING", by=by))


def undone(one: SheetImport, by: Any) -> SheetImport:
    """The whole of it taken back."""
    return sheets.run(sheets.ask(one, "UNDOING", by=by))


def faults(one: SheetImport) -> dict[int, list[str]]:
    """The codes of the bad rows, by their place after the head."""
    return {row.row - 2: row.codes for row in one.lines.order_by("row") if row.codes}


def exported(answer: Any) -> bytes:
    """The list of unions as it was taken away."""
    return b"".join(answer.streaming_content)


def rows_of(data: bytes) -> list[list[Any]]:
    """The cells of the first sheet."""
    return [list(row) for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)]
