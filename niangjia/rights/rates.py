"""What the law and the places set about money and time around disputes (domain reference, §6.8, §23.1): read by `queries.reckoning`, handed to `reckoning`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import pgettext_lazy

from niangjia.kit.parameter import Parameter, area, parameter
from niangjia.kit.spans import Span, days, working_days
from niangjia.rights.laws import Source

# ---------- money ----------

SEVERANCE, DOUBLE, HOURS_WORKED, LEAVE_TAKEN, WAGES, LIMITS = (
    f"rights.reckon.{theme}" for theme in ("severance", "double", "hours", "leave", "wages", "limits")
)
area("rights.reckon", zh="应得核算", en="What is owed")
area(SEVERANCE, zh="应得核算（经济补偿、代通知金）", en="What is owed (severance and notice)")
area(DOUBLE, zh="应得核算（二倍工资）", en="What is owed (double wages)")
area(HOURS_WORKED, zh="应得核算（工时和加班）", en="What is owed (hours and overtime)")
area(LEAVE_TAKEN, zh="应得核算（年休假）", en="What is owed (paid leave)")
area(WAGES, zh="应得核算（工资、赔偿金、利息）", en="What is owed (wages, compensation, interest)")
area(LIMITS, zh="应得核算（时效和终局裁决）", en="What is owed (limitation and final awards)")
LAW = {"duty": "rights", "place": False}
DAYS, HOURS, MONTHS = pgettext_lazy("how many", "days"), pgettext_lazy("how many", "hours"), pgettext_lazy("how many", "months")
YEARS, TIMES = pgettext_lazy("how many", "years"), pgettext_lazy("how many", "times")

CAP_TIMES = parameter(
    "rights.reckon.cap_times", 3, zh="经济补偿月工资上限，当地平均工资的倍数", en="Severance, cap on the wage: times the local average", unit=TIMES, least=1,
    basis=Source("LCL 47"), theme=SEVERANCE, **LAW,
)  # fmt: skip
CAP_YEARS = parameter(
    "rights.reckon.cap_years",
    12,
    zh="封顶时的最多年限",
    en="Severance, most years under the cap",
    unit=YEARS,
    least=1,
    basis=Source("LCL 47"),
    theme=SEVERANCE,
    **LAW,
)
UNLAWFUL = parameter(
    "rights.reckon.unlawful", 2, zh="违法解除或者终止，经济补偿的倍数", en="Ended against the law: times the severance", unit=TIMES, least=1,
    basis=Source("LCL 87"), theme=SEVERANCE, **LAW,
)  # fmt: skip
NOTICE = parameter(
    "rights.reckon.notice", 30, zh="提前书面通知", en="Written notice", unit=DAYS, least=1, basis=Source("LCL 40"), theme=SEVERANCE, **LAW
)
DOUBLE_FROM = parameter(
    "rights.reckon.double_from", 1, zh="未订立书面合同，几个月后起付二倍工资", en="No written contract: double wages after", unit=MONTHS, least=1,
    basis=Source("LCL 82/1"), theme=DOUBLE, **LAW,
)  # fmt: skip
DOUBLE_TO = parameter(
    "rights.reckon.double_to", 12, zh="未订立书面合同，二倍工资付至", en="No written contract: double wages up to", unit=MONTHS, least=2,
    basis=Source("LCL 82/1", "LCR 7"), theme=DOUBLE, **LAW,
)  # fmt: skip
PAID_DAYS = parameter(
    "rights.reckon.paid_days", 261, zh="全年计薪天数（除以12即月计薪天数21.75天）", en="Paid days of a year (by 12: 21.75 a month)", unit=DAYS, least=200, most=366,
    basis=Source("HR"), theme=HOURS_WORKED, **LAW,
)  # fmt: skip
DAY_HOURS = parameter(
    "rights.reckon.day_hours",
    8,
    zh="每日标准工时",
    en="Normal hours of a day",
    unit=HOURS,
    least=1,
    most=24,
    basis=Source("LL 36"),
    theme=HOURS_WORKED,
    **LAW,
)
ON_DAYS = parameter(
    "rights.reckon.on_days",
    Decimal("1.50"),
    zh="工作日延长工时",
    en="Overtime on a day of work",
    kind="percent",
    basis=Source("LL 44(1)"),
    theme=HOURS_WORKED,
    **LAW,
)
ON_REST = parameter(
    "rights.reckon.on_rest", Decimal("2.00"), zh="休息日加班又不补休", en="Work on a day of rest without another instead", kind="percent",
    basis=Source("LL 44(2)"), theme=HOURS_WORKED, **LAW,
)  # fmt: skip
ON_FEASTS = parameter(
    "rights.reckon.on_feasts",
    Decimal("3.00"),
    zh="法定休假日加班",
    en="Work on a feast",
    kind="percent",
    basis=Source("LL 44(3)"),
    theme=HOURS_WORKED,
    **LAW,
)
IRREGULAR_FEASTS = parameter(
    "rights.reckon.irregular_feasts", False, zh="不定时工时制，法定休假日也付加班工资", en="Irregular hours: feasts are paid all the same", duty="rights", theme=HOURS_WORKED,
    basis=Source("WP 13"),
)  # fmt: skip
LEAVE_RATE = parameter(
    "rights.reckon.leave_rate",
    Decimal("3.00"),
    zh="未休年休假工资报酬",
    en="Pay for leave not taken",
    kind="percent",
    basis=Source("PAL 5"),
    theme=LEAVE_TAKEN,
    **LAW,
)
LEAVE = tuple(
    (
        parameter(f"rights.reckon.leave_years.{n}", years, zh=f"年休假第{n}档，累计工作满", en=f"Paid leave, step {n}: after", unit=YEARS, basis=Source("PAL 3"), theme=LEAVE_TAKEN, **LAW),
        parameter(f"rights.reckon.leave_days.{n}", count, zh=f"年休假第{n}档天数", en=f"Paid leave, step {n}", unit=DAYS, basis=Source("PAL 3"), theme=LEAVE_TAKEN, **LAW),
    )
    for n, (years, count) in enumerate(((1, 5), (10, 10), (20, 15)), start=1)
)  # fmt: skip
YEAR_DAYS = parameter(
    "rights.reckon.year_days",
    365,
    zh="折算用的全年天数",
    en="Days of a year in shares of it",
    unit=DAYS,
    least=360,
    most=366,
    basis=Source("PALM 5", "PALM 12"),
    theme=LEAVE_TAKEN,
    **LAW,
)
BESIDE_LEAST = parameter(
    "rights.reckon.beside_least",
    Decimal("0.50"),
    zh="加付赔偿金至少",
    en="Compensation beside arrears, at least",
    kind="percent",
    basis=Source("LCL 85"),
    theme=WAGES,
    **LAW,
)
BESIDE_MOST = parameter(
    "rights.reckon.beside_most",
    Decimal("1.00"),
    zh="加付赔偿金至多",
    en="Compensation beside arrears, at most",
    kind="percent",
    basis=Source("LCL 85"),
    theme=WAGES,
    **LAW,
)
LIMIT = parameter(
    "rights.reckon.limit",
    12,
    zh="仲裁时效",
    en="Limitation of arbitration",
    unit=MONTHS,
    least=1,
    basis=Source("LDL 27/1"),
    theme=LIMITS,
    **LAW,
)
FINAL = parameter(
    "rights.reckon.final",
    12,
    zh="终局裁决，月最低工资的月数",
    en="Final awards: months of the minimum wage",
    unit=MONTHS,
    least=1,
    basis=Source("LDL 47"),
    theme=LIMITS,
    **LAW,
)
ENTERED = {"duty": "rights", "least": Decimal(0)}
AVERAGE_WAGE = parameter(
    "rights.reckon.average_wage", Decimal(0), zh="上年度职工月平均工资（0为尚未录入）", en="Average monthly wage of the year before (0: not entered)",
    basis=Source("LCL 47"), theme=SEVERANCE, **ENTERED,
)  # fmt: skip
MINIMUM_WAGE = parameter(
    "rights.reckon.minimum_wage",
    Decimal(0),
    zh="月最低工资标准（0为尚未录入）",
    en="Monthly minimum wage (0: not entered)",
    basis=Source("MW 7"),
    theme=WAGES,
    **ENTERED,
)

# The one-year rate as it was published, from the reform of 2019 on; what a change of the law sets in the rulebook stands above it from its day on.
LPR_KNOWN = (
    (date(2019, 8, 20), "0.0425"), (date(2019, 9, 20), "0.0420"), (date(2019, 11, 20), "0.0415"), (date(2020, 2, 20), "0.0405"), (date(2020, 4, 20), "0.0385"),
    (date(2021, 12, 20), "0.0380"), (date(2022, 1, 20), "0.0370"), (date(2022, 8, 22), "0.0365"), (date(2023, 6, 20), "0.0355"), (date(2023, 8, 21), "0.0345"),
    (date(2024, 7, 22), "0.0335"), (date(2024, 10, 21), "0.0310"), (date(2025, 5, 20), "0.0300"),
)  # fmt: skip
LPR = parameter(
    "rights.reckon.lpr", Decimal(LPR_KNOWN[-1][1]), zh="一年期贷款市场报价利率（2025年5月20日公布）", en="One-year loan prime rate (published 20 May 2025)", kind="percent",
    basis=Source("LPR"), theme=WAGES, **LAW,
)  # fmt: skip

# ---------- the terms of procedures ----------

area("rights.terms", zh="法定期限", en="Statutory terms")
PROCEDURES = {
    "arbitration": ("仲裁", "arbitration"), "court": ("诉讼", "court"), "order": ("支付令", "payment order"), "inspection": ("劳动监察", "labour inspection"),
    "aid": ("法律援助", "legal aid"), "union": ("工会监督", "union supervision"), "petition": ("信访", "petitions"),
}  # fmt: skip
for _code, (_zh, _en) in PROCEDURES.items():
    area(f"rights.terms.{_code}", zh=f"法定期限（{_zh}）", en=f"Statutory terms ({_en})")


def _term(code: str, span: Span, zh: str, en: str, *articles: str, place: bool = False) -> Parameter:
    begins = code.partition("_")[0]
    theme = f"rights.terms.{begins if begins in PROCEDURES else 'court'}"
    return parameter(f"rights.terms.{code}", span, zh=zh, en=en, basis=Source(*articles), duty="rights", place=place, theme=theme)


_term("arbitration_accept", working_days(5), "仲裁委决定是否受理", "Arbitration: accept or refuse", "LDL 29", "ZJ 21")
_term("arbitration_serve", working_days(5), "仲裁申请书副本送达被申请人", "Arbitration: serve the application", "LDL 30")
_term("arbitration_tribunal", working_days(5), "书面通知仲裁庭组成情况", "Arbitration: tell who sits", "LDL 32")
_term("arbitration_answer", working_days(10), "被申请人提交答辩书", "Arbitration: answer of the employer", "LDL 30")
_term("arbitration_forward", working_days(5), "答辩书副本送达申请人", "Arbitration: pass on the answer", "LDL 30")
_term("arbitration_notice", working_days(5), "开庭前通知当事人", "Arbitration: notice before the hearing", "LDL 35")
_term("arbitration_postpone", working_days(3), "开庭前请求延期", "Arbitration: ask to postpone before the hearing", "LDL 35")
_term("arbitration_award", days(45), "作出裁决", "Arbitration: award", "LDL 43", "ZJ 36")
_term("arbitration_award_longer", days(15), "案情复杂，裁决延长", "Arbitration: extension of the award", "LDL 43")
_term("arbitration_simple", days(30), "简易处理作出裁决", "Arbitration: award in the simple procedure", "ZJ 39", place=True)
_term("sue", days(15), "不服裁决，提起诉讼", "Sue after the award", "LDL 48", "LDL 50")
_term("cancel", days(30), "用人单位申请撤销终局裁决", "Employer: apply to cancel a final award", "LDL 49")
_term("order_accept", days(5), "法院通知是否受理支付令申请", "Payment order: accept or refuse", "CPL 226")
_term("order_issue", days(15), "法院发出支付令", "Payment order: issue", "CPL 227")
_term("order_pay", days(15), "清偿债务或者提出书面异议", "Payment order: pay or object", "CPL 227")
_term("inspection_accept", working_days(5), "劳动保障监察决定是否立案", "Labour inspection: take up the complaint", "ZJI", place=True)
_term("inspection_inquire", working_days(60), "劳动保障监察调查", "Labour inspection: inquiry", "LSI 17")
_term("inspection_longer", working_days(30), "情况复杂，调查延长", "Labour inspection: extension of the inquiry", "LSI 17")
AID_REVIEW = _term("aid_review", days(7), "法律援助机构审查", "Legal aid: review", "LAL 43", place=True)
AID_ASSIGN = _term("aid_assign", days(3), "指派法律援助人员", "Legal aid: assign a lawyer", "LAL 43", place=True)
AID_OBJECTION = _term("aid_objection", days(5), "司法行政部门审查异议", "Legal aid: review an objection", "LAL 49")
AID_REPORT = _term("aid_report", days(15), "结案后提交办案材料", "Legal aid: report after the end", "ZJA 19", place=True)
UNION_REFUSE = _term(
    "union_refuse", working_days(5), "不属监督范围，书面告知", "Union supervision: written answer if not in its scope", "ZJS 17", place=True
)
UNION_REPLY = _term(
    "union_reply", working_days(15), "用人单位书面答复监督意见书", "Union supervision: written reply of the employer", "ZJS 22", place=True
)
_term("petition_notice", days(15), "信访事项书面告知受理", "Petition: tell whether it is accepted", "XF 22")
_term("petition_end", days(60), "信访事项办结", "Petition: conclude", "XF 34")
_term("petition_longer", days(30), "信访事项办理延长", "Petition: extension", "XF 34")
