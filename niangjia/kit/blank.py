"""The empty table that people fill in: heads, lists and examples out of the declaration of its columns; nobody stands in it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from niangjia.kit.columns import Field, Fields
from niangjia.kit.workbook import letters

HEAD, EXAMPLE, FIRST = 1, 2, 3  # rows, counted from nought
PREPARED = 300  # rows in which what is the same for all stands already
LAST = 1_048_575
LONGEST_LIST = 255  # characters that a list within a cell's rule may have; longer ones stand in a sheet of their own
LISTS = "代码表"


@dataclass(frozen=True)
class Blank:
    """What an empty table is made of, besides its columns."""

    title: str  # over the table
    sheet: str  # the name of its sheet
    rules: Sequence[Any]  # sentences at the foot of the instructions
    examples: Mapping[str, str] = field(default_factory=dict)  # by field, beside those of the declaration
    prepared: Mapping[str, str] = field(default_factory=dict)  # by field: what stands in each row already
    lengths: Mapping[str, tuple[int, int, str]] = field(default_factory=dict)  # by field: least, most, what is said
    widths: Mapping[str, int] = field(default_factory=dict)


def blank(fields: Fields, said: Blank) -> bytes:
    """A table with its heads, an example that is passed over, lists to choose from and a page that says how."""
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
    asked = [one for one in fields.every if one.asked]
    sheet, guide = book.add_worksheet(said.sheet), book.add_worksheet("填表说明")
    long = [one for one in asked if len(",".join(one.choices)) > LONGEST_LIST]
    lists: Any = book.add_worksheet(LISTS) if long else None
    for i, one in enumerate(long):
        lists.write_column(0, i, [one.heads[0], *one.choices], looks["text"])
    sources = {one.code: f"='{LISTS}'!${letters(i)}$2:${letters(i)}${len(one.choices) + 1}" for i, one in enumerate(long)}
    _table(sheet, looks, asked, sources, said)
    _guide(guide, looks, asked, said.rules)
    sheet.activate()
    book.close()
    return file.getvalue()


def _table(sheet: Any, looks: dict[str, Any], asked: Sequence[Field], sources: Mapping[str, str], said: Blank) -> None:
    sheet.merge_range(0, 0, 0, len(asked) - 1, said.title, looks["title"])
    for i, one in enumerate(asked):
        sheet.set_column(i, i, said.widths.get(one.code, 13), looks["text"])
        sheet.write_string(HEAD, i, ("＊" if one.needed else "") + one.heads[0], looks["head"])
        sheet.write_string(EXAMPLE, i, one.example or said.examples.get(one.code, ""), looks["example"])
        if one.choices:
            source = sources.get(one.code, list(one.choices))
            sheet.data_validation(FIRST, i, LAST, i, {"validate": "list", "source": source, "ignore_blank": True})
        elif one.code in said.lengths:
            sheet.data_validation(FIRST, i, LAST, i, _length(one, *said.lengths[one.code]))
        if one.code in said.prepared:
            for row in range(FIRST, FIRST + PREPARED):
                sheet.write_string(row, i, said.prepared[one.code], looks["text"])
    sheet.freeze_panes(FIRST, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)


def _length(one: Field, least: int, most: int, said: str) -> dict[str, Any]:
    """What is too short or too long is told while it is typed."""
    return {
        "validate": "length",
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        "error_title": one.heads[0],
        "error_message": said,
    }


def _guide(sheet: Any, looks: dict[str, Any], asked: Sequence[Field], rules: Sequence[Any]) -> None:
    """What each column takes, and what the table bears."""
    sheet.write_row(0, 0, [str(_("Column")), "", str(_("How")), str(_("Choose from"))], looks["head"])
    for row, one in enumerate(asked, 1):
        needed = _("needed") if one.needed else _("may stay empty")
        sheet.write_row(row, 0, [one.heads[0], str(needed), str(one.hint), "、".join(one.choices)], looks["note"])
    for row, said in enumerate(rules, len(asked) + 2):
        sheet.merge_range(row, 0, row, 3, str(said), looks["note"])
    sheet.set_column(0, 1, 16)
    sheet.set_column(2, 2, 60)
    sheet.set_column(3, 3, 50)
