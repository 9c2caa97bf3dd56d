"""The columns of a roster: what each is called in the tables that unions exchange, and the words that stand in them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.members.enums import Paper, Work

Label = object  # a string that is translated when it is shown


@dataclass(frozen=True)
class Field:
    """One column: its code, its label, the heads under which it is found, and how it is read."""

    code: str
    label: Label
    heads: tuple[str, ...]
    near: tuple[str, ...] = ()  # found anywhere in a head that is not known as a whole
    ditto: bool = False  # 同上 means the cell above
    hint: Label = ""


FIELDS = (
    Field("name", _("Full name"), ("姓名", "会员姓名", "职工姓名", "名字", "被保险人姓名", "name"), hint=_("As on the identity card.")),
    Field(
        "id", _("Identity number"),
        ("证件号码", "证件号", "身份证号", "身份证号码", "公民身份号码", "有效证件号码", "有效证件号", "身份证", "居民身份证号", "idnumber", "identitynumber", "idno"),
        ("身份证", "证件号"), hint=_("All 18 characters; the column formatted as text."),
    ),
    Field("paper", _("Kind of paper"), ("证件类型", "证件类别", "有效证件类别", "有效证件类型", "证件种类", "kindofpaper"), hint=_("Empty: identity card.")),
    Field("sex", _("Sex"), ("性别", "sex"), hint=_("May stay empty: it is read from the identity number.")),
    Field("born", _("Born on"), ("出生日期", "出生年月", "出生年月日", "生日", "bornon"), hint=_("May stay empty: it is read from the identity number.")),
    Field(
        "phone", _("Mobile"), ("手机", "手机号", "手机号码", "移动电话", "联系电话", "联系方式", "电话", "本人手机", "mobile", "phone"), ("手机", "移动电话"),
        hint=_("One mobile number of 11 digits."),
    ),
    Field(
        "union", _("Union"), ("所属工会", "工会名称", "会籍所在工会", "基层工会", "基层工会名称", "工会编码", "工会代码", "所在工会", "工会", "union"), ditto=True,
        hint=_("Name or code of the grassroots union; empty: the union for which the roster is read."),
    ),
    Field("employer", _("Unit"), ("工作单位", "单位名称", "单位", "所在单位", "企业名称", "用人单位", "unit", "employer"), ditto=True, hint=_("As covered by the union.")),
    Field(
        "joined", _("Joined on"), ("入会时间", "入会日期", "批准日期", "批准入会日期", "会籍变化日期", "何时入会", "入会年月", "joinedon"), ditto=True,
        hint=_("2015-06-01; empty: today."),
    ),
    Field("work", _("Form of work"), ("用工形式", "用工性质", "人员类别", "就业形态", "用工类型", "formofwork"), ditto=True, hint=_("Choose from the list.")),
    Field("migrant", _("Migrant worker"), ("是否农民工", "农民工", "是否农民工会员", "migrantworker"), hint=_("Yes or no.")),
    Field("job", _("Job"), ("岗位", "工种", "岗位/工种", "职务", "岗位工种", "职务/工种", "职业", "job"), ditto=True),
    Field("department", _("Department"), ("部门", "班组", "车间", "部门/班组", "所在部门", "科室", "department"), ditto=True),
)  # fmt: skip
BY_CODE = {one.code: one for one in FIELDS}
HEADS = {head: one.code for one in FIELDS for head in one.heads}
NEAR = [(part, one.code) for one in FIELDS for part in one.near]
OURS = {"错误原因", "是否导入成功", "faults", "结果"}  # what a workbook that was given back carries beside the rows

WORDS_FOR_NOTHING = ("无", "/", "\\", "—", "——", "-", "--", "暂无", "无。", "N/A", "NULL", "空")
WORDS_FOR_DITTO = ("同上", "〃", "″", "同前", '"', "''", "上同")
SEXES = {"男": "1", "男性": "1", "1": "1", "M": "1", "女": "2", "女性": "2", "2": "2", "F": "2"}
YES = {"是", "1", "Y", "YES", "√", "对", "有", "农民工", "TRUE"}
NO = {"否", "0", "N", "NO", "×", "不是", "非农民工", "FALSE"}
PAPERS = {
    "身份证": Paper.ID, "居民身份证": Paper.ID, "二代身份证": Paper.ID, "1": Paper.ID,
    "港澳居民居住证": Paper.HM, "港澳台居民居住证": Paper.HM, "台湾居民居住证": Paper.TW,
    "护照": Paper.PASSPORT, "2": Paper.PASSPORT,
    "外国人永久居留证": Paper.PERMANENT, "外国人永久居留身份证": Paper.PERMANENT,
}  # fmt: skip
WORKS = {
    "合同制": Work.CONTRACT, "劳动合同": Work.CONTRACT, "合同工": Work.CONTRACT, "正式工": Work.CONTRACT, "正式": Work.CONTRACT, "在编": Work.CONTRACT,
    "在岗": Work.CONTRACT, "劳务派遣": Work.DISPATCH, "派遣": Work.DISPATCH, "派遣工": Work.DISPATCH, "灵活": Work.FLEXIBLE, "灵活就业": Work.FLEXIBLE,
    "临时工": Work.FLEXIBLE, "货车司机": Work.TRUCK, "网约车司机": Work.RIDE, "快递员": Work.COURIER, "外卖配送员": Work.DELIVERY, "外卖骑手": Work.DELIVERY,
    "外卖员": Work.DELIVERY, "新就业形态": Work.OTHER_NEW, "其他新就业形态": Work.OTHER_NEW, "网络主播": Work.OTHER_NEW, "代驾": Work.OTHER_NEW,
    "家政服务员": Work.OTHER_NEW,
}  # fmt: skip
WORKS |= {str(code): code for code in Work}
SKIP = re.compile(r"[\s*＊:：。]+|[(（\[【][^)）\]】]*[)）\]】]")


def head_word(text: str) -> str:
    """A head without stars, brackets and blanks: ＊身份证号码（必填） is 身份证号码."""
    return SKIP.sub("", unicodedata.normalize("NFKC", SKIP.sub("", text))).lower()


def field_of(head: str) -> str:
    """The field that a head names; empty if none.

    >>> field_of("＊身份证号码（必填）"), field_of("有效证件类别"), field_of("序号")
    ('id', 'paper', '')
    """
    word = head_word(head)
    if not word or len(word) > 20:
        return ""
    if word in HEADS:
        return HEADS[word]
    return next((code for part, code in NEAR if part in word), "")
