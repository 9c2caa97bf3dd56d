"""The columns of a roster: what each is called in the tables that unions exchange, and the words that stand in them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.columns import Field, Fields
from niangjia.kit.tabled import head_word
from niangjia.members.enums import Paper, Work

FIELDS = (
    Field("name", _("Full name"), ("姓名", "会员姓名", "职工姓名", "员工姓名", "名字", "被保险人姓名", "name"), ("姓名",), hint=_("As on the identity card."), needed=True, example="示例：王小工"),
    Field(
        "id", _("Identity number"),
        ("证件号码", "证件号", "身份证号", "身份证号码", "公民身份号码", "有效证件号码", "有效证件号", "身份证", "居民身份证号", "idnumber", "identitynumber", "idno"),
        ("身份证", "身份证号", "身份证号码", "证件号", "证件号码"), hint=_("All 18 characters; the column formatted as text."), needed=True, example="330599199001010013",
    ),
    Field(
        "paper", _("Kind of paper"), ("证件类型", "证件类别", "有效证件类别", "有效证件类型", "证件种类", "kindofpaper"), hint=_("Empty: identity card."),
        choices=("身份证", "港澳居民居住证", "台湾居民居住证", "护照", "军官证", "外国人永久居留证"), example="身份证",
    ),
    Field("sex", _("Sex"), ("性别", "sex"), hint=_("May stay empty: it is read from the identity number."), choices=("男", "女"), example="男"),
    Field("born", _("Born on"), ("出生日期", "出生年月", "出生年月日", "生日", "bornon"), hint=_("May stay empty: it is read from the identity number."), example="1990-01-01"),
    Field(
        "phone", _("Mobile"), ("手机", "手机号", "手机号码", "移动电话", "联系电话", "联系方式", "电话", "本人手机", "mobile", "phone"), ("手机", "手机号", "手机号码", "移动电话"),
        hint=_("One mobile number of 11 digits."), example="10000000000",
    ),
    Field(
        "union", _("Union"), ("所属工会", "工会名称", "会籍所在工会", "基层工会", "基层工会名称", "工会编码", "工会代码", "所在工会", "工会", "union"), ditto=True,
        hint=_("Name or code of the grassroots union; empty: the union for which the roster is read."),
    ),
    Field("employer", _("Unit"), ("工作单位", "单位名称", "单位", "所在单位", "企业名称", "用人单位", "unit", "employer"), ditto=True, hint=_("As covered by the union.")),
    Field(
        "joined", _("Joined on"), ("入会时间", "入会日期", "批准日期", "批准入会日期", "会籍变化日期", "何时入会", "入会年月", "joinedon"), ditto=True,
        hint=_("2015-06-01; empty: today."), example="2015-06-01",
    ),
    Field(
        "work", _("Form of work"), ("用工形式", "用工性质", "人员类别", "就业形态", "用工类型", "formofwork"), ditto=True, hint=_("Choose from the list."),
        choices=("合同制", "劳务派遣", "灵活就业", "货车司机", "网约车司机", "快递员", "外卖配送员", "其他新就业形态"), example="合同制",
    ),
    Field("migrant", _("Migrant worker"), ("是否农民工", "农民工", "是否农民工会员", "migrantworker"), hint=_("Yes or no."), choices=("是", "否"), example="否"),
    Field("job", _("Job"), ("岗位", "工种", "岗位/工种", "职务", "岗位工种", "职务/工种", "职业", "job"), ditto=True, example="挡车工"),
    Field("department", _("Department"), ("部门", "班组", "车间", "部门/班组", "所在部门", "科室", "department"), ditto=True, example="一车间"),
    Field("status", _("Employment status"), ("就业状况", "就业情况", "在岗情况", "在职状态", "employmentstatus"), ditto=True, asked=False, choices=("在岗", "退休")),
    Field("change", _("Kind of change"), ("会籍变化类型", "会籍变动类型", "变化类型", "变动类型", "会籍变化", "kindofchange"), ditto=True, asked=False, choices=("入会", "转入", "保留", "转出", "除名", "退会")),
)  # fmt: skip
OTHERS = r"配偶|子女|父亲|母亲|家属|紧急|联系人|推荐人|介绍人|负责人|经办|填表|审核"  # a head about somebody else
ROSTER = Fields(FIELDS, others=OTHERS)
BY_CODE, RANK = ROSTER.by_code, ROSTER.rank
# What the rosters of unions carry and this house has no use for: it is known, said to be left, and never stored (Personal Information
# Protection Law, art. 6: the least that the purpose needs).
NOT_KEPT = {
    "民族", "学历", "文化程度", "技能等级", "技术等级", "户籍类型", "户口性质", "户籍所在地", "户籍地址", "籍贯", "政治面貌", "会籍变化原因", "婚姻状况", "婚姻状态", "家庭住址", "住址",
}  # fmt: skip

SEXES = {"男": "1", "男性": "1", "1": "1", "M": "1", "女": "2", "女性": "2", "2": "2", "F": "2"}
YES = {"是", "1", "Y", "YES", "√", "对", "有", "农民工", "TRUE"}
NO = {"否", "0", "N", "NO", "×", "不是", "非农民工", "FALSE"}
PAPERS = {
    "身份证": Paper.ID, "居民身份证": Paper.ID, "二代身份证": Paper.ID, "1": Paper.ID,
    "港澳居民居住证": Paper.HM, "港澳台居民居住证": Paper.HM, "台湾居民居住证": Paper.TW,
    "护照": Paper.PASSPORT, "2": Paper.PASSPORT,
    "军官证": Paper.OFFICER, "3": Paper.OFFICER, "文职干部证": Paper.OFFICER, "警官证": Paper.OFFICER,
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
# The national list of employment states: 4 retired, 5 retired with honours, 6 given up work. The others are no hindrance, and are not kept.
RETIRED = {"4", "5", "6", "退休", "离休", "退职", "离退休", "已退休", "退休返聘"}
# The national list of changes of membership: what a row says has happened.
JOINS, RETAINS, LEAVES = "JOINS", "RETAINS", "LEAVES"
CHANGES = {
    "1": JOINS, "入会": JOINS, "新入会": JOINS, "新增": JOINS, "2": JOINS, "转入": JOINS, "3": RETAINS, "保留": RETAINS, "保留会籍": RETAINS,
    "4": LEAVES, "转出": LEAVES, "5": LEAVES, "除名": LEAVES, "开除": LEAVES, "6": LEAVES, "退会": LEAVES, "离职": LEAVES, "死亡": LEAVES,
}  # fmt: skip


def field_of(head: str) -> str:
    """The field that a head names; empty if none.

    >>> field_of("＊身份证号码（必填）"), field_of("有效证件类别"), field_of("序号"), field_of("配偶身份证号")
    ('id', 'paper', '', '')
    """
    return ROSTER.field_of(head)


def not_kept(head: str) -> bool:
    """Whether a head names what is known and left where it is.

    >>> not_kept("＊政治面貌"), not_kept("姓名")
    (True, False)
    """
    return head_word(head) in NOT_KEPT
