"""What the law and the places set about union legal aid (domain reference, §6.8 and §15.4): its days, what an agent is paid, how long files are kept."""

from __future__ import annotations

from decimal import Decimal

from niangjia.kit.basis import CUSTOM
from niangjia.kit.parameter import area, family, parameter
from niangjia.kit.spans import days, working_days, years
from niangjia.rights.laws import Source

OWN = {"basis": CUSTOM, "duty": "rights"}

area("rights.aid", zh="工会法律援助", en="Union legal aid")
ADVANCE = parameter(
    "rights.aid.advance", days(7), zh="时效将满可先行援助，不足", en="Aid in advance of the papers, if a limitation ends within", least=days(1), most=days(7),
    basis=Source("LAL 44"), duty="rights", place=False,
)  # fmt: skip
PAPERS = parameter("rights.aid.papers", days(15), zh="补充材料", en="Papers asked for are brought", least=days(3), most=days(60), **OWN)
ANSWER = parameter(
    "rights.aid.answer", working_days(2), zh="承办人答复指派", en="The agent answers an assignment", most=working_days(5), **OWN
)
CLOSE = parameter("rights.aid.close", working_days(10), zh="审核结案报告并归档", en="Check the report and file the case", **OWN)
SUBSIDY = parameter("rights.aid.subsidy_by", working_days(10), zh="审批办案补贴", en="Approve a subsidy", **OWN)
WARN = parameter("rights.aid.warn", days(1), zh="法律援助各期限提前提醒", en="Legal aid, warned before", **OWN)
HEARING_WARN = parameter("rights.aid.hearing_warn", days(3), zh="开庭提前提醒", en="A hearing, warned before", **OWN)
CONTRACT_WARN = parameter(
    "rights.aid.contract_warn", days(30), zh="律师合同、执业证到期提前提示", en="Contract of a lawyer, marked before its end", **OWN
)
SHOWN_FROM = parameter("rights.aid.shown_from", 3, zh="看板上少于几件不显示", en="On the board, not shown under", least=3, most=10, **OWN)

area("rights.aid.subsidy", zh="法律援助办案补贴", en="Subsidies to agents")
FORMS = {
    "CONSULT": ("咨询", "consultation"), "DOCUMENTS": ("代拟文书", "writing documents"), "MEDIATION": ("代理调解", "agent in mediation"),
    "ARBITRATE": ("代理仲裁", "agent in arbitration"), "LITIGATE": ("代理诉讼", "agent in court"),
}  # fmt: skip
PAID = family(
    "rights.aid.subsidy",
    {
        ("CONSULT",): Decimal("100.00"), ("DOCUMENTS",): Decimal("300.00"), ("MEDIATION",): Decimal("600.00"), ("ARBITRATE",): Decimal("1200.00"),
        ("LITIGATE",): Decimal("2000.00"),
    },
    FORMS, least=Decimal(0), **OWN,
)  # fmt: skip
PUBLIC_PAID = parameter(
    "rights.aid.subsidy.public", False, zh="公职律师和工会工作人员也领补贴", en="Public lawyers and union staff are paid too", **OWN
)

area("rights.kept.aid", zh="法律援助案卷保留", en="Files of legal aid, kept")
AID_KEPT = parameter(
    "rights.kept.aid", years(10), zh="法律援助案卷保留", en="File of legal aid, kept after it is closed", least=years(3), most=years(30), place=False, **OWN
)  # fmt: skip
