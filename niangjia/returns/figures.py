"""The lines of the annual return: each a figure of the house, most of them declared elsewhere, some narrowed here.

The numbers of the lines are ours, until the table of the year is at hand: the national system fixes those of its cover (901 to 904)
for good, and prints the others anew. What no book counts yet is listed with the reason, and never typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.kit.figure import FIGURES, Figure, figure
from niangjia.members.enums import Work
from niangjia.members.figures import MEMBERS
from niangjia.returns.asked import ASKED, Asking
from niangjia.returns.rules import Check
from niangjia.unions.enums import GRASSROOTS, BodyKind
from niangjia.unions.figures import BODIES, CHAIRS, COVERED, UNIONS

GROUND = 4  # from this level on a union fills in the survey of the grassroots
JOINT = ("21", "22", "23", "24", "26")  # what covers several units

SECTIONS: dict[str, Any] = {
    "1": _("Unions"), "2": _("Unions by category of the unit"), "3": _("Members"), "4": _("Chairs and staff"), "5": _("Bodies of grassroots unions"),
    "6": _("What the grassroots unions say"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One number of the return: its code (the first digit is its section), its figure, and the line whose part it is."""

    code: str
    figure: Figure
    inside: str = ""
    top: int = 3  # the lowest level that has it: 1 is the city alone, 4 the grassroots unions too
    kinds: tuple[str, ...] = ()  # only at unions of these types, each by itself: what the books do not tell apart, and the tree does
    named: tuple[str, str] = ("", "")  # what it is called in Chinese and English, if otherwise than its figure

    @property
    def section(self) -> str:
        return self.code[0]

    @property
    def unit(self) -> str:
        return self.figure.unit

    def words(self, language: str) -> str:
        """What it is called in Chinese (zh…) or English."""
        return self.named[0 if language.startswith("zh") else 1] or self.figure.words(language)


def _unions(name: str, zh: str, en: str, kinds: Iterable[str]) -> Figure:
    return figure(f"returns.unions.{name}", UNIONS.unions, only={"kind": tuple(kinds)}, unit="家", zh=zh, en=en)


def _category(name: str, zh: str, en: str, codes: Iterable[str | None]) -> Figure:
    only = {"kind": GRASSROOTS, "employer__category": tuple(codes)}
    return figure(f"returns.category.{name}", UNIONS.unions, only=only, unit="家", zh=f"基层工会：{zh}", en=f"Grassroots unions: {en}")


def _work(name: str, zh: str, en: str, work: str) -> Figure:
    return figure(f"returns.members.{name}", MEMBERS.distinct, only={"work": work}, unit="人", zh=zh, en=en)


def _body(name: str, zh: str, en: str, kind: str, form: str = "") -> Figure:
    only: dict[str, Any] = {"kind": kind, "union__kind": GRASSROOTS} | ({"form": form} if form else {})
    return figure(f"returns.bodies.{name}", BODIES.bodies, only=only, unit="个", zh=zh, en=en)


def _chair(name: str, zh: str, en: str, served: str) -> Figure:
    return figure(f"returns.chairs.{name}", CHAIRS.chairs, only={"union__kind": GRASSROOTS, "served": served}, unit="人", zh=zh, en=en)


def _held(code: str) -> Figure:
    return FIGURES[code]


joint_units = figure(
    "returns.joint.units", COVERED.distinct, only={"union__kind": JOINT}, unit="家", zh="联合类工会涵盖单位", en="Units covered by joint unions",
    note_zh="联合、区域、行业、村（社区）、新就业形态工会涵盖的单位，按统一社会信用代码去重；不与工会数相加。",
    note_en="Units of joint, area, trade, village and new-form unions, distinct by credit code; never added to the unions.",
)  # fmt: skip

# fmt: off
LINES: tuple[Line, ...] = (
    Line("101", _held("unions.grassroots")),
    Line("102", _unions("single", "单独基层工会", "Unions of one unit", ["20"]), "101"),
    Line("103", _held("unions.joint.units"), "101"),
    Line("104", _unions("area", "区域性工会联合会", "Area federations", ["22"]), "101"),
    Line("105", _unions("trade", "行业性工会联合会", "Trade federations", ["23"]), "101"),
    Line("106", _held("unions.villages"), "101"),
    Line("107", _unions("project", "项目工会", "Project unions", ["25"]), "101"),
    Line("108", _unions("newform", "新就业形态工会", "Unions of new-form workers", ["26"]), "101"),
    Line("109", _unions("group", "企业集团工会", "Unions of groups of companies", ["27"]), "101"),
    Line("111", _held("unions.units"), top=4),
    Line("112", joint_units, "111"),
    Line("121", _held("unions.founded")),
    Line("122", _held("unions.abolished")),
    Line("131", _unions("county", "县（区）总工会", "County federations", ["11"]), top=1),
    Line("132", _held("unions.townships"), top=2),
    Line("133", _held("unions.industry"), top=2),
    Line("141", _held("unions.legal"), "101"),
    Line("201", _category("state", "国有企业", "state-owned enterprises", ["110", "151"])),
    Line("202", _category("collective", "集体和股份合作企业", "collective enterprises and share cooperatives", ["120", "130"])),
    Line("203", _category("limited", "有限责任公司", "limited companies", ["159"])),
    Line("204", _category("shares", "股份有限公司", "joint-stock companies", ["161", "169"])),
    Line("205", _category("private", "私营企业", "private enterprises", ["170"])),
    Line("206", _category("hmt", "港澳台商投资企业", "invested from Hong Kong, Macao or Taiwan", ["200"])),
    Line("207", _category("foreign", "外商投资企业", "foreign-invested enterprises", ["300"])),
    Line("208", _category("institution", "事业单位", "public institutions", ["400"])),
    Line("209", _category("organ", "机关", "government organs", ["500"])),
    Line("210", _category("self", "个体经济组织", "individual businesses", ["600"])),
    Line("211", _category("ngo", "民办非企业单位", "private non-enterprise units", ["700"])),
    Line("212", _category("none", "没有单一所在单位", "without one unit of its own", [None])),
    Line("213", _category("domestic", "其他内资企业（含联营）", "other domestic enterprises, jointly operated ones included", ["140", "190"])),
    Line("301", _held("members.people"), top=4),
    Line("302", _held("members.women"), "301", top=4),
    Line("303", _held("members.migrants"), "301", top=4),
    Line("304", _held("members.newforms"), "301", top=4),
    Line("305", _work("truck", "货车司机会员", "Members who drive lorries", Work.TRUCK), "304", top=4),
    Line("306", _work("ride", "网约车司机会员", "Members who drive ride-hailing cars", Work.RIDE), "304", top=4),
    Line("307", _work("courier", "快递员会员", "Members who are couriers", Work.COURIER), "304", top=4),
    Line("308", _work("delivery", "外卖配送员会员", "Members who deliver food", Work.DELIVERY), "304", top=4),
    Line("309", _work("other", "其他新就业形态会员", "Members in other new forms", Work.OTHER_NEW), "304", top=4),
    Line("310", _work("dispatch", "劳务派遣会员", "Dispatched members", Work.DISPATCH), "301", top=4),
    Line("311", _held("members.memberships"), "301", kinds=JOINT, named=("联合类工会会员", "Members of joint unions")),
    Line("321", _held("members.joined"), top=4),
    Line("322", _held("members.left"), top=4),
    Line("401", _held("unions.grassroots.chairs"), top=4),
    Line("402", _chair("full", "专职主席", "Full-time chairs", "FULL"), "401", top=4),
    Line("403", _chair("part", "兼职主席", "Part-time chairs", "PART"), "401", top=4),
    Line("404", _chair("seconded", "挂职主席", "Seconded chairs", "SECONDED"), "401", top=4),
    Line("411", _held("unions.staffed"), top=2),
    Line("501", _held("unions.women.bodies"), top=4),
    Line("502", _body("women.committees", "女职工委员会", "Women workers' committees", BodyKind.WOMEN, "COMMITTEE"), "501", top=4),
    Line("503", _body("women.commissioners", "女职工委员", "Women workers' commissioners", BodyKind.WOMEN, "COMMISSIONER"), "501", top=4),
    Line("504", _body("women.exempt", "免设女职工组织", "Exempt from a women workers' body", BodyKind.WOMEN, "EXEMPT"), "501", top=4),
    Line("511", _held("unions.audit.bodies"), top=4),
    Line("521", _body("mediation", "劳动争议调解委员会", "Mediation committees", BodyKind.MEDIATION), top=4),
    Line("522", _body("supervision", "劳动法律监督组织", "Legal supervision committees", BodyKind.SUPERVISION), top=4),
    Line("523", _body("protection", "劳动保护监督检查委员会", "Labour protection committees", BodyKind.PROTECTION), top=4),
    Line("531", _body("congress", "建立职工代表大会的工会", "Unions with a staff congress", BodyKind.CONGRESS), top=4),
    Line("532", _body("openness", "实行厂务公开的工会", "Unions with open management", BodyKind.OPENNESS), top=4),
)
# fmt: on
BY_CODE = {line.code: line for line in LINES}
NAMED: dict[str, Line | Asking] = {**BY_CODE, **ASKED}

CHECKS: tuple[Check, ...] = (
    Check("L01", tuple(f"10{n}" for n in range(2, 10)), "101", whole_=True),
    Check("L02", tuple(str(n) for n in range(201, 214)), "101", whole_=True),
    Check("L03", ("112",), "111"),
    Check("L04", ("302",), "301"),
    Check("L05", ("303",), "301"),
    Check("L06", ("304",), "301"),
    Check("L07", ("305", "306", "307", "308", "309"), "304", whole_=True),
    Check("L08", ("304", "310"), "301"),
    Check("L09", ("402", "403", "404"), "401", whole_=True),
    Check("L10", ("401",), "101"),
    Check("L11", ("411",), "132"),
    Check("L12", ("502", "503", "504"), "501", whole_=True),
    *(Check(f"L{n}", (code,), "101") for n, code in enumerate(("501", "511", "521", "522", "523", "531", "532"), start=13)),
    Check("L20", ("141",), "101"),
    Check("L21", ("311",), "301"),
    *(Check(f"L{n}", (one.code,), one.inside) for n, one in enumerate((one for one in ASKED.values() if one.inside), start=31)),
)

# What the table asks and no book counts yet: what it is, and why; the return says so, and the office brings it from where it lies.
ABSENT: tuple[tuple[Any, Any], ...] = (
    (_("Proposals of the staff congresses, open management in the year"), _("that there is a congress is recorded; what it did is not")),
    (_("Collective contracts, competitions, inspections, dues and audits"), _("other parts of the table; their records come with those parts of the house")),
)  # fmt: skip


def lines_of(level: int) -> list[Line]:
    """The lines that a union of a level has."""
    return [line for line in LINES if line.top >= min(level, GROUND)]


def every(level: int) -> list[Line | Asking]:
    """The same, with what the grassroots unions are asked."""
    return [*lines_of(level), *ASKED.values()]
