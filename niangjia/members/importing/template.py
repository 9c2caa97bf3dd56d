"""The empty roster that unions fill in: heads, lists and examples out of the declaration of the columns; nobody stands in it."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import gettext as _

from niangjia.members.importing.fields import FIELDS, PAPERS, WORKS, Field

HEAD, EXAMPLE, FIRST = 1, 2, 3  # rows, counted from nought
PREPARED = 300  # rows in which the union's name stands already
LAST = 1_048_575
ASKED = tuple(one for one in FIELDS if one.asked)
WIDE = {"id": 22, "union": 30, "employer": 30}
assert all(word in PAPERS or word in WORKS for one in ASKED if one.code in ("paper", "work") for word in one.choices)


def template(union: str = "") -> bytes:
    """A roster with its heads, an example that is passed over, lists to choose from and a page that says how; `union` is its name, where one is meant."""
    from xlsxwriter import Workbook

    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    looks = {
        "title": book.add_format({"bold": True, "font_size": 14, "align": "left"}),
        "head": book.add_format({"bold": True, "bg_color": "#F0EDE6", "bottom": 1, "text_wrap": True, "valign": "vcenter"}),
        "example": book.add_format({"num_format": "@", "italic": True, "font_color": "#8A8178"}),
        "text": book.add_format({"num_format": "@"}),  # so that a number keeps its eighteen digits
        "note": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    sheet = book.add_worksheet("会员名册")
    _people(sheet, looks, union)
    _guide(book.add_worksheet("填表说明"), looks)
    sheet.activate()
    book.close()
    return file.getvalue()


def _people(sheet: Any, looks: dict[str, Any], union: str) -> None:
    sheet.merge_range(0, 0, 0, len(ASKED) - 1, f"{union}会员名册" if union else "会员名册", looks["title"])
    for i, one in enumerate(ASKED):
        sheet.set_column(i, i, WIDE.get(one.code, 13), looks["text"])
        sheet.write_string(HEAD, i, ("＊" if one.needed else "") + one.heads[0], looks["head"])
        sheet.write_string(EXAMPLE, i, _example(one, union), looks["example"])
        if one.choices:
            sheet.data_validation(FIRST, i, LAST, i, {"validate": "list", "source": list(one.choices), "ignore_blank": True})
        elif one.code in ("id", "phone"):
            sheet.data_validation(FIRST, i, LAST, i, _length(one))
        if one.code == "union" and union:
            for row in range(FIRST, FIRST + PREPARED):
                sheet.write_string(row, i, union, looks["text"])
    sheet.freeze_panes(FIRST, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)


def _length(one: Field) -> dict[str, Any]:
    """A number that is too short or too long is told while it is typed; other papers than the identity card are shorter."""
    least, most, said = (5, 18, "身份证号码为18位") if one.code == "id" else (11, 11, "手机号码为11位")
    return {
        "validate": "length",
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        "error_title": one.heads[0],
        "error_message": said,
    }


def _example(one: Field, union: str) -> str:
    return one.example or (union if one.code == "union" else union.removesuffix("工会") if one.code == "employer" else "")


def _guide(sheet: Any, looks: dict[str, Any]) -> None:
    """What each column takes, and what a roster bears."""
    sheet.write_row(0, 0, [str(_("Column")), "", str(_("How")), str(_("Choose from"))], looks["head"])
    for row, one in enumerate(ASKED, 1):
        needed = _("needed") if one.needed else _("may stay empty")
        sheet.write_row(row, 0, [one.heads[0], str(needed), str(one.hint), "、".join(one.choices)], looks["note"])
    rules = [
        _("The row that begins with 示例 is an example; it is passed over, and may stay."),
        _("One person a row. Rows without a person are passed over, and so are titles, sums and notes."),
        _("Identity numbers and mobiles are text here: paste them as values, so that their columns keep that."),
        _("Columns may be left out, added or moved; they are known by their heads."),
        _("Nothing else about people is needed: ethnicity, schooling, politics, origin and marriage are not kept."),
    ]
    for row, said in enumerate(rules, len(ASKED) + 2):
        sheet.merge_range(row, 0, row, 3, str(said), looks["note"])
    sheet.set_column(0, 1, 16)
    sheet.set_column(2, 2, 60)
    sheet.set_column(3, 3, 50)
