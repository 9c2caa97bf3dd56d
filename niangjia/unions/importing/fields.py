"""The columns of an organisation sheet, and the words that stand in them (domain reference, §1.3 and §1.4; the sheet of 2015 and the form of legal persons)."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from niangjia.kit.columns import Field, Fields
from niangjia.unions.enums import GRASSROOTS, Category, Industry, Kind, State
from niangjia.unions.rules.sheets import plain

LANGUAGES = ("zh-hans", "en")  # a sheet that was written in either is read
KINDS = (
    "单独基层工会委员会",
    "联合基层工会委员会",
    "区域性工会联合会",
    "行业性工会联合会",
    "村（社区）联合工会",
    "项目工会",
    "新就业形态联合工会",
    "企业集团工会",
)
CATEGORIES = {
    "国有企业": "110", "集体企业": "120", "股份合作企业": "130", "股份合作": "130", "联营企业": "140", "联营": "140", "国有独资公司": "151", "其他有限责任公司": "159",
    "有限责任公司": "159", "国有控股股份有限公司": "161", "其他股份有限公司": "169", "股份有限公司": "169", "私营企业": "170", "私营": "170", "民营企业": "170",
    "其他内资企业": "190", "其他内资": "190", "港澳台商投资企业": "200", "台港澳商投资": "200", "外商投资企业": "300", "外商投资": "300", "事业单位": "400", "事业": "400",
    "机关": "500", "党政机关": "500", "个体经济组织": "600", "个体工商户": "600", "民办非企业单位": "700", "民办非企业": "700", "社会组织": "700",
}  # fmt: skip
INDUSTRIES = {
    "农林牧渔业": "A", "农、林、牧、渔业": "A", "采矿业": "B", "制造业": "C", "电力、热力、燃气及水生产和供应业": "D", "建筑业": "E", "批发和零售业": "F", "交通运输、仓储和邮政业": "G",
    "住宿和餐饮业": "H", "信息传输、软件和信息技术服务业": "I", "金融业": "J", "房地产业": "K", "租赁和商务服务业": "L", "科学研究和技术服务业": "M",
    "水利、环境和公共设施管理业": "N", "居民服务、修理和其他服务业": "O", "教育": "P", "卫生和社会工作": "Q", "文化、体育和娱乐业": "R", "公共管理、社会保障和社会组织": "S", "国际组织": "T",
}  # fmt: skip
OLD_INDUSTRIES = "ABCDEGIFHJKLMNOPQRST"  # the sheet of 2015 numbered them 01 to 20, in the order of the standard of 2002
MORE_KINDS = {
    "单独工会": "20", "单独基层工会": "20", "基层工会": "20", "基层工会委员会": "20", "企业工会": "20", "机关工会": "20", "事业单位工会": "20", "联合工会": "21", "联合基层工会": "21",
    "区域工会联合会": "22", "区域性联合工会": "22", "行业工会联合会": "23", "行业性联合工会": "23", "村联合工会": "24", "社区联合工会": "24", "村(社区)联合工会": "24", "村级联合工会": "24",
    "集团工会": "27", "市总工会": "10", "县区总工会": "11", "县(区)总工会": "11", "乡镇街道总工会": "12", "乡镇(街道)总工会": "12", "产业工会": "13", "分会": "30", "工会分会": "30",
}  # fmt: skip

FIELDS = (
    Field("code", _("Code"), ("工会编码", "组织编码", "工会代码", "编码", "unioncode", "code"), hint=_("Of a union that is in the register; empty for a new one.")),
    Field(
        "name", _("Name of the union"), ("工会名称", "基层工会名称", "工会全称", "单位工会名称", "组织名称", "nameoftheunion", "unionname", "name"), needed=True,
        hint=_("In full, as on the seal."), example="示例：某某有限公司工会委员会",
    ),
    Field("short", _("Short name"), ("工会简称", "简称", "shortname"), hint=_("Empty: the name without its last words.")),
    Field(
        "kind", _("Type of the union"), ("工会类型", "基层工会类型", "组织类型", "工会组织类型", "类型", "typeoftheunion", "type"), needed=True, ditto=True, hint=_("Choose from the list."),
        choices=KINDS, example=KINDS[0],
    ),
    Field("state", _("State"), ("状态", "工会状态", "组织状态", "state"), asked=False),
    Field(
        "parent", pgettext_lazy("a column", "Union above"), ("上级工会", "上级工会名称", "隶属工会", "主管工会", "所属上级工会", "unionabove", "standsunder"), ditto=True,
        hint=_("Name or code of the union under which it stands; empty: the union for which the sheet is read."),
    ),
    Field("uscc", _("Credit code of the union"), ("工会统一社会信用代码", "工会信用代码", "工会社会信用代码", "creditcodeoftheunion", "unifiedsocialcreditcode"), hint=_("18 characters, beginning with 81 or 89; empty until it is a legal person.")),
    Field("certificate", _("Number of the certificate"), ("法人资格证书号", "证书编号", "工会法人资格证书号", "法人资格证号", "法人证书编号", "numberofthecertificate"), hint=_("Of the legal person.")),
    Field("legal_until", _("Certificate valid until"), ("法人资格证书有效期至", "法人证书有效期至", "法人资格证书有效期", "证书有效期至", "certificatevaliduntil"), hint=_("2028-06-01; to the end of the term at the most.")),
    Field("founded", _("Founded on"), ("建会日期", "成立日期", "成立时间", "建会时间", "工会成立日期", "第一届成立日期", "foundedon", "founded"), ditto=True, hint=_("2015-06-01; needed for a new union."), example="2015-06-01"),
    Field("approval", _("Number of the approval"), ("批复文号", "审批文号", "成立批复文号", "建会批复文号", "numberoftheapproval"), hint=_("As on the paper."), example="某总工〔2015〕12号"),
    Field("term_no", _("Number of the term"), ("届次", "工会届次", "第几届", "numberoftheterm"), hint=_("A number, such as 3.")),
    Field("term_years", _("Term in years"), ("任期", "任期年限", "届期", "任期年", "terminyears"), hint=_("3 or 5."), choices=("3", "5")),
    Field("term_start", _("Term began on"), ("本届任期起始日期", "本届起始日期", "本届成立日期", "任期起始日期", "任期开始日期", "本届任期起", "termbeganon"), hint=_("2024-06-01.")),
    Field("term_end", _("Term ends on"), ("任期届满日期", "届满日期", "届满时间", "任期截止日期", "换届时间", "应换届时间", "termendson", "termends"), hint=_("Empty: reckoned from the day on which the term began.")),
    Field("address", _("Domicile"), ("工会住所", "住所地址", "住所", "工会地址", "办公地址", "domicile"), hint=_("As it stands on the certificate.")),
    Field("contact", _("Whom to call"), ("工会联系人", "联系人", "联系人姓名", "whomtocall", "contact"), hint=_("Of the union.")),
    Field("phone", _("Telephone"), ("联系电话", "工会电话", "联系人电话", "办公电话", "电话", "telephone", "phone"), hint=_("One number.")),
    Field("unit", _("Employer"), ("单位名称", "单位", "所在单位", "所在用人单位", "用人单位", "企业名称", "涵盖单位", "涵盖单位名称", "employer", "unit"), hint=_("One a row. A joint union has as many rows as it covers units; what is said of the union may stand in the first alone, beside its name."), example="某某有限公司"),
    Field(
        "unit_uscc", _("Credit code of the employer"),
        ("单位统一社会信用代码", "统一社会信用代码", "单位信用代码", "社会信用代码", "所在单位统一社会信用代码", "所在单位组织机构代码", "信用代码", "creditcodeoftheemployer"),
        hint=_("18 characters; needed for an employer that the register does not know."),
    ),
    Field("category", _("Category of the employer"), ("单位类别", "经济类型", "单位性质类别", "单位性质", "企业性质", "企业类型", "categoryoftheemployer", "category"), ditto=True, hint=_("Choose from the list."), choices=tuple(dict.fromkeys({code: word for word, code in reversed(CATEGORIES.items())}[one.value] for one in Category)), example="私营企业"),
    Field("industry", _("Industry"), ("国民经济行业", "所属行业", "单位所属行业", "行业", "行业门类", "国民经济行业分类", "国民经济行业分类代码", "行业类别", "industry"), ditto=True, hint=_("Choose from the list."), choices=tuple({code: word for word, code in INDUSTRIES.items()}[one.value] for one in Industry), example="制造业"),
    Field("employees", _("Employees"), ("职工人数", "职工总数", "现职工人数", "职工数", "从业人数", "在岗职工", "employees"), hint=_("A number."), example="120"),
    Field("unit_address", _("Address of the employer"), ("单位地址", "企业地址", "通讯地址", "addressoftheemployer"), hint=_("As registered.")),
)  # fmt: skip
# A head that speaks of members or leaders is none of these.
SHEET = Fields(FIELDS, others=r"会员|主席|负责人|法定代表人|经办|填表|审核|财务|银行|账")
BY_CODE = SHEET.by_code
DAYS = ("founded", "legal_until", "term_start", "term_end")
NUMBERS = ("term_no", "term_years", "employees")
LONGEST = {
    "code": 20,
    "name": 120,
    "short": 60,
    "certificate": 60,
    "approval": 60,
    "address": 160,
    "contact": 60,
    "phone": 20,
    "unit": 120,
    "unit_address": 160,
}
UNION = {  # of the union: field, column of its table
    "name": "name", "short": "short_name", "uscc": "uscc", "certificate": "certificate_no", "legal_until": "legal_until", "approval": "approval_no", "term_no": "term_no",
    "term_years": "term_years", "term_start": "term_start", "term_end": "term_end", "address": "address", "contact": "contact", "phone": "contact_phone",
}  # fmt: skip
UNIT = {
    "unit": "name",
    "category": "category",
    "industry": "industry",
    "employees": "employees",
    "unit_address": "address",
}  # of the employer


def _words(choices: Any, *more: dict[str, str]) -> dict[str, str]:
    made: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            made |= {plain(str(one.label)): one.value for one in choices}
    for those in more:
        made |= {plain(word): code for word, code in those.items()}
    return made | {one.value.lower(): one.value for one in choices}


@cache
def words() -> dict[str, dict[str, str]]:
    """Of each field with a code list, what its words mean: official words, those of both languages, older ones, and the codes themselves."""
    old = {f"{n:02d}": letter for n, letter in enumerate(OLD_INDUSTRIES, start=1)}
    short = {word.removesuffix("业"): code for word, code in INDUSTRIES.items()}
    return {
        "kind": _words(Kind, MORE_KINDS, dict(zip(KINDS, GRASSROOTS, strict=True))), "category": _words(Category, CATEGORIES), "industry": _words(Industry, INDUSTRIES, short, old),
        "state": _words(State),
    }  # fmt: skip


def code_of(field: str, word: str) -> str:
    """The code that a word of a code list means; empty if none.

    >>> code_of("kind", "联合工会"), code_of("industry", "03"), code_of("category", "170"), code_of("industry", "铁匠")
    ('21', 'C', '170', '')
    """
    return words()[field].get(plain(word), "")
