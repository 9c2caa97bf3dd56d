"""The columns of a table of workers: sums by kind of claim, months, who speaks; and the empty table that one fills in."""

from __future__ import annotations

import io
import re

from django.utils.translation import gettext as _

from niangjia.kit.tabled import head_word
from niangjia.rights.enums import Cause

# What a head names; the first that fits. A sum without a kind is of the kind that the dispute is about.
KINDS: tuple[tuple[str, str], ...] = (
    (r"加班", Cause.OVERTIME), (r"赔偿金|违法解除", Cause.DAMAGES), (r"经济补偿|补偿金", Cause.SEVERANCE), (r"工伤|医疗费|伤残", Cause.INJURY), (r"社保|社会保险", Cause.INSURANCE),
    (r"欠薪|拖欠|欠发|未发|工资|薪资|薪酬|wage|arrears", Cause.ARREARS), (r"高温|福利|年休假", Cause.WELFARE), (r"其他|其它", Cause.OTHER),
    (r"^(金额|申请金额|请求金额|诉求金额|主张金额|合计金额|应付金额|amount)$", ""),
)  # fmt: skip
SUMS = r"合计|总计|小计|共计"  # a column that adds the others up
NO_SUM = r"月份|所属|期间|年月|标准|基数|月工资|天数|工时|时数|日期|备注|人数"
MONTHS = r"月份|所属期|所属月|期间|年月|month"
LEADS = r"^(是否)?代表$|职工代表|代表人|representative"


def kind_of(text: str) -> str | None:
    """The kind of claim that a head names: a cause, "" for a sum without a kind, None for no sum."""
    word = head_word(text)
    if not word or re.search(NO_SUM, word) or re.search(SUMS, word):
        return None
    return next((kind for said, kind in KINDS if re.search(said, word)), None)


def what_of(text: str) -> str | None:
    """What else a head names: months or leads."""
    word = head_word(text)
    return "months" if re.search(MONTHS, word) else "leads" if re.search(LEADS, word) else None


HEADS = ("姓名", "身份证号", "手机号码", "所属月份", "拖欠工资", "加班费", "经济补偿", "其他", "是否代表")
EXAMPLE = ("示例：王小工", "330599199001010013", "10000000000", "2026-01、2026-02", "9600.00", "", "", "", "否")


def template(firm: str) -> bytes:
    """The empty table of workers, with the firm in its title; the example is passed over when it is read."""
    from xlsxwriter import Workbook

    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    title, head = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True, "bg_color": "#F0EDE6", "bottom": 1})
    text, example = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "italic": True, "font_color": "#8A8178"})
    sheet = book.add_worksheet("职工名单")
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, f"{firm}劳动争议职工名单" if firm else "劳动争议职工名单", title)
    for i, (name, one) in enumerate(zip(HEADS, EXAMPLE, strict=True)):
        sheet.set_column(i, i, 22 if i == 1 else 14, text)
        sheet.write_string(1, i, ("＊" if i < 2 else "") + name, head)
        sheet.write_string(2, i, one, example)
    sheet.freeze_panes(2, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    guide = book.add_worksheet("填表说明")
    for row, said in enumerate((
        _("One worker a row; the row that begins with 示例 is an example, and is passed over."),
        _("Names and identity numbers are needed; numbers are text, and are never guessed."),
        _("One column for each kind of claim, in yuan; columns may be left out, added or moved."),
    )):  # fmt: skip
        guide.write_string(row, 0, str(said))
    sheet.activate()
    book.close()
    return file.getvalue()
