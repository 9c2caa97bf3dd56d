"""What the register of unions holds of each union: nobody asks the union for it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.held import held
from niangjia.unions.enums import BodyKind
from niangjia.unions.models import Body, Cover, Office, Union

HERE: dict[str, Any] = {"model": "unions.union", "shown": "unions:unions"}


def _chairs(unions: Sequence[Union]) -> Mapping[int, Any]:
    return dict(Office.objects.filter(union__in=unions, duty="chair", until=None, delegated_by=None).order_by("-since").values_list("union_id", "name"))  # fmt: skip


def _covered(what: Any) -> Callable[[Sequence[Union]], Mapping[int, Any]]:
    def ask(unions: Sequence[Union]) -> Mapping[int, Any]:
        rows = Cover.objects.filter(union__in=unions, until=None).order_by().values("union_id").annotate(many=what)
        return dict(rows.values_list("union_id", "many"))

    return ask


def _body(kind: str) -> Callable[[Sequence[Union]], Mapping[int, Any]]:
    def ask(unions: Sequence[Union]) -> Mapping[int, Any]:
        return {one.union_id: one.get_form_display() for one in Body.objects.filter(union__in=unions, kind=kind, until=None)}

    return ask


def _employer(display: str) -> Callable[[Sequence[Union]], Mapping[int, Any]]:
    def ask(unions: Sequence[Union]) -> Mapping[int, Any]:
        rows = Cover.objects.filter(union__in=unions, until=None).select_related("employer").order_by("-pk")
        return {one.union_id: getattr(one.employer, display)() for one in rows}

    return ask


held("unions.name", **HERE, label=_("Name of the union"), where="name", words=("工会名称", "单位工会名称", "基层工会名称", "工会全称", "union name"))  # fmt: skip
held("unions.code", **HERE, label=_("Code"), where="code", words=("工会编码", "统计编码", "工会统计编码", "工会代码", "union code"))  # fmt: skip
held(
    "unions.uscc", **HERE, label=_("Credit code"), where="uscc",
    words=("统一社会信用代码", "信用代码", "工会信用代码", "社会信用代码", "法人资格证号", "credit code", "unified social credit code"),
)  # fmt: skip
held("unions.certificate", **HERE, label=_("Number of the certificate"), where="certificate_no", words=("法人资格证书号", "工会法人资格证书号", "法人证书编号", "certificate number"))  # fmt: skip
held("unions.kind", **HERE, label=_("Type of the union"), where="get_kind_display", words=("工会类型", "组织类型", "工会组织类型", "type of union"))  # fmt: skip
held(
    "unions.parent", **HERE, label=pgettext_lazy("a column", "Union above"), where="parent__short_name",
    words=("上级工会", "上级工会名称", "隶属工会", "主管工会", "union above", "parent union"),
)  # fmt: skip
held("unions.founded", **HERE, label=_("Founded on"), where="founded_on", words=("成立日期", "建会日期", "建会时间", "成立时间", "工会成立时间", "founded on", "date of founding"))  # fmt: skip
held("unions.approval", **HERE, label=_("Number of the approval"), where="approval_no", words=("批复文号", "成立批复文号", "建会批复文号", "approval number"))  # fmt: skip
held("unions.address", **HERE, label=_("Address"), where="address", words=("地址", "工会地址", "单位地址", "通讯地址", "通信地址", "详细地址", "住所", "address"))  # fmt: skip
held("unions.contact", **HERE, label=_("Whom to call"), where="contact", words=("联系人", "工会联系人", "联系人姓名", "经办人", "contact", "contact person"))  # fmt: skip
held(
    "unions.phone", **HERE, label=_("Telephone"), where="contact_phone",
    words=("联系电话", "电话", "工会电话", "联系方式", "联系人电话", "办公电话", "固定电话", "telephone", "phone", "phone number"),
)  # fmt: skip
held(
    "unions.chair", model="unions.office", shown="unions:unions", label=_("Name of the chair"), where=_chairs,
    words=("工会主席", "主席姓名", "工会主席姓名", "主席", "工会负责人", "工会负责人姓名", "chair", "name of the chair", "chairperson"),
)  # fmt: skip
held(
    "unions.term", **HERE, label=_("End of the term"), where="term_end",
    words=("任期届满日期", "届满时间", "任期截止日期", "换届时间", "应换届时间", "换届日期", "term ends", "end of term"),
)  # fmt: skip
held("unions.term.start", **HERE, label=_("Start of the term"), where="term_start", words=("任期开始日期", "本届任期起始时间", "当选时间", "term starts", "start of term"))  # fmt: skip
held("unions.term.number", **HERE, label=_("Number of the term"), where="term_no", words=("届次", "第几届", "工会届次", "term number"))
held(
    "unions.legal", **HERE, label=_("Certificate as a legal person, valid until"), where="legal_until",
    words=("法人资格证书有效期", "法人证书有效期", "工会法人资格证书有效期", "法人资格证书到期日", "legal person certificate", "certificate valid until"),
)  # fmt: skip
held(
    "unions.employees", model="unions.employer", shown="unions:unions", label=_("Employees of the units"), where=_covered(Sum("employer__employees")), number=True,
    words=(
        "职工人数", "职工总数", "在册职工", "在职职工", "在岗职工", "从业人员", "员工人数", "用工人数", "企业职工人数", "单位职工人数", "employees", "number of employees", "staff",
    ),
)  # fmt: skip
held(
    "unions.units", model="unions.cover", shown="unions:unions", label=_("Units covered"), where=_covered(Count("pk")), number=True,
    words=("涵盖单位", "覆盖单位", "涵盖单位数", "覆盖企业数", "涵盖企业", "所辖企业", "units covered"),
)  # fmt: skip
held(
    "unions.industry", model="unions.employer", shown="unions:unions", label=_("Industry"), where=_employer("get_industry_display"),
    words=("行业", "所属行业", "行业类别", "行业门类", "国民经济行业", "industry"),
)  # fmt: skip
held(
    "unions.category", model="unions.employer", shown="unions:unions", label=_("Category of the unit"), where=_employer("get_category_display"),
    words=("单位性质", "单位类别", "企业性质", "企业类型", "经济类型", "所有制", "所有制性质", "ownership", "category of the unit"),
)  # fmt: skip
for _kind, _words in (
    (BodyKind.WOMEN, ("女职工组织", "女职工委员会", "是否建立女职工组织", "是否成立女职工委员会", "women workers committee")),
    (BodyKind.AUDIT, ("经审组织", "经费审查委员会", "经审会", "是否建立经审组织", "是否成立经审会", "audit committee")),
    (BodyKind.MEDIATION, ("劳动争议调解委员会", "调解委员会", "是否建立劳动争议调解组织", "mediation committee")),
    (BodyKind.SUPERVISION, ("劳动法律监督委员会", "劳动法律监督组织", "是否建立劳动法律监督组织", "legal supervision committee")),
    (BodyKind.PROTECTION, ("劳动保护监督检查委员会", "劳动保护组织", "protection committee")),
    (BodyKind.CONGRESS, ("职工代表大会", "职代会", "是否建立职代会", "是否建立职工代表大会", "职代会制度", "staff congress")),
    (BodyKind.OPENNESS, ("厂务公开", "是否实行厂务公开", "厂务公开领导小组", "open management")),
):
    held(f"unions.body.{_kind.lower()}", model="unions.body", shown="unions:unions", label=_kind.label, where=_body(_kind), words=_words)
