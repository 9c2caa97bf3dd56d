"""What the law and the places set about events and disputes (domain reference, part G and §6)."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from niangjia.kit.basis import CUSTOM
from niangjia.kit.parameter import Family, area, family, parameter
from niangjia.kit.spans import days, hours, minutes, months, working_days, years
from niangjia.rights.enums import Severity
from niangjia.rights.laws import Source

WORKERS = _("workers")
MONTHS = _("months")
COLOURS = {"RED": ("红色", "red"), "ORANGE": ("橙色", "orange"), "YELLOW": ("黄色", "yellow"), "BLUE": ("蓝色", "blue")}

# ---------- severity: no national scale exists; these are the unions' own ----------

area("rights.events", zh="预警等级", en="Severity")
SCALE = {"basis": CUSTOM, "duty": "rights"}
YELLOW_FROM = parameter(
    "rights.events.yellow_from", 10, zh="黄色，涉及人数起", en="Yellow, workers affected from", unit=WORKERS, least=1, **SCALE
)
ORANGE_FROM = parameter(
    "rights.events.orange_from", 30, zh="橙色，涉及人数起", en="Orange, workers affected from", unit=WORKERS, least=2, **SCALE
)
RED_FROM = parameter("rights.events.red_from", 100, zh="红色，涉及人数起", en="Red, workers affected from", unit=WORKERS, least=3, **SCALE)
STOPPED_FROM = parameter(
    "rights.events.stopped_from", 50, zh="红色，停工人数起", en="Red, workers in a stoppage from", unit=WORKERS, least=1, **SCALE
)
OWED_FROM = parameter(
    "rights.events.owed_from", Decimal("500000.00"), zh="橙色，欠薪金额起", en="Orange, yuan owed from", least=Decimal(1), **SCALE
)
MONTHS_FROM = parameter(
    "rights.events.months_from", 2, zh="橙色，欠薪月数起", en="Orange, months unpaid from", unit=MONTHS, least=1, **SCALE
)
MONTHS_WORKERS = parameter(
    "rights.events.months_workers",
    10,
    zh="橙色，欠薪月数所涉人数起",
    en="Orange, for so many unpaid workers",
    unit=WORKERS,
    least=1,
    **SCALE,
)
GATHERED = family(
    "rights.events.gathered",
    {("YELLOW",): 1, ("ORANGE",): 10},
    {"YELLOW": ("黄色，聚集或者上访人数起", "Yellow, workers who gather or petition from"), "ORANGE": ("橙色，聚集或者上访人数起", "Orange, workers who gather or petition from")},
    unit=WORKERS, least=1, **SCALE,
)  # fmt: skip
SECTORS = family(
    "rights.events.sector",
    {("E",): True, ("G",): True, ("E13",): True},
    {
        "E": ("重点关注：建筑业", "Watched more closely: construction"), "G": ("重点关注：交通运输、仓储和邮政业", "Watched more closely: transport, storage and post"),
        "E13": ("重点关注：新就业形态", "Watched more closely: new-form workers"),
    }, **SCALE,
)  # fmt: skip
SECTOR_FROM = family(
    "rights.events.sector_from",
    {("YELLOW",): 5, ("ORANGE",): 20},
    {"YELLOW": ("黄色，重点行业涉及人数起", "Yellow, in a trade watched more closely, from"), "ORANGE": ("橙色，重点行业涉及人数起", "Orange, in a trade watched more closely, from")},
    unit=WORKERS, least=1, **SCALE,
)  # fmt: skip
AGAIN = family(
    "rights.events.again",
    {("YELLOW",): 3, ("ORANGE",): 5},
    {"YELLOW": ("黄色，同一单位上报次数起", "Yellow, reports of the same employer from"), "ORANGE": ("橙色，同一单位上报次数起", "Orange, reports of the same employer from")},
    unit=_("times"), least=2, **SCALE,
)  # fmt: skip
AGAIN_MONTHS = parameter(
    "rights.events.again_months",
    12,
    zh="同一单位，往回看几个月",
    en="The same employer, looked back over",
    unit=MONTHS,
    least=1,
    most=36,
    **SCALE,
)
AT_ONCE = parameter(
    "rights.events.at_once",
    str(Severity.RED.value),
    zh="从哪一级起即刻上报",
    en="Sent upward at once from",
    choices=dict(Severity.choices),
    **SCALE,
)
TOGETHER = parameter("rights.events.together", True, zh="红色自动请部门联合处置", en="Red asks the departments in by itself", **SCALE)

# ---------- the clocks of reporting ----------

area("rights.events.report", zh="预警上报", en="Reporting upward")
area("rights.events.verify", zh="预警等级核实", en="Severity confirmed")
area("rights.events.follow", zh="预警续报和结案", en="Follow-up and closing")
RUNGS = {
    "4": ("基层到乡镇", "grassroots to township"), "3": ("乡镇到县", "township to county"), "2": ("县到市", "county to city"), "1": ("市到省", "city to province"),
}  # fmt: skip
WEEKLY, MONTHLY = days(7), months(1)
REPORT = family(
    "rights.events.report",
    {
        ("RED", "4"): minutes(30), ("RED", "3"): minutes(30), ("RED", "2"): hours(1), ("RED", "1"): hours(2),
        ("ORANGE", "4"): hours(1), ("ORANGE", "3"): hours(2), ("ORANGE", "2"): hours(4), ("ORANGE", "1"): hours(24),
        ("YELLOW", "4"): hours(4), ("YELLOW", "3"): hours(8), ("YELLOW", "2"): hours(24), ("YELLOW", "1"): WEEKLY,
        ("BLUE", "4"): hours(24), ("BLUE", "3"): hours(48), ("BLUE", "2"): WEEKLY, ("BLUE", "1"): MONTHLY,
    },
    COLOURS | RUNGS, least=minutes(5), most=months(3), **SCALE,
)  # fmt: skip
REPORT_WARN = parameter("rights.events.report.warn", minutes(30), zh="提前提醒", en="Warned before", **SCALE)
VERIFY = family(
    "rights.events.verify",
    {("RED",): hours(1), ("ORANGE",): hours(4), ("YELLOW",): hours(24), ("BLUE",): hours(48)},
    {code: (f"{zh}，核实等级", f"{en}, severity confirmed") for code, (zh, en) in COLOURS.items()}, least=minutes(15), **SCALE,
)  # fmt: skip
VERIFY_WARN = parameter("rights.events.verify.warn", minutes(30), zh="核实等级提前提醒", en="Severity confirmed, warned before", **SCALE)
STATES = {
    "REPORTED": ("未核实", "not confirmed yet"),
    "CONFIRMED": ("已核实", "confirmed"),
    "HANDLING": ("处置中", "being handled"),
    "STABLE": ("稳控后", "once stable"),
}
FOLLOWED_IN = ("REPORTED", "CONFIRMED", "HANDLING", "STABLE")
FOLLOW = family(
    "rights.events.follow",
    {
        ("RED", "REPORTED"): hours(4), ("RED", "CONFIRMED"): hours(4), ("RED", "HANDLING"): hours(4), ("RED", "STABLE"): hours(24),
        **{("ORANGE", state): hours(24) for state in FOLLOWED_IN}, **{("YELLOW", state): WEEKLY for state in FOLLOWED_IN},
        **{("BLUE", state): MONTHLY for state in FOLLOWED_IN},
    },
    COLOURS | STATES, least=minutes(30), **SCALE,
)  # fmt: skip
FOLLOW_WARN = parameter("rights.events.follow.warn", hours(1), zh="续报提前提醒", en="Follow-up, warned before", **SCALE)
CLOSE = parameter("rights.events.follow.close", working_days(5), zh="结案报告", en="Closing report", **SCALE)
CLOSE_WARN = parameter("rights.events.follow.close_warn", days(1), zh="结案报告提前提醒", en="Closing report, warned before", **SCALE)

area("rights.events.together", zh="部门联合处置", en="Handled together with departments")
ANSWER = parameter(
    "rights.events.together.answer",
    working_days(15),
    zh="移交后部门答复",
    en="A department answers what was referred to it",
    least=days(1),
    **SCALE,
)
TASK_WARN = parameter("rights.events.together.warn", days(1), zh="部门事项到期提前提醒", en="A department's task, warned before", **SCALE)

# ---------- told means a receipt ----------

area("rights.events.told", zh="预警告知和回执", en="Told, with a receipt")
RECEIPT = family(
    "rights.events.told.receipt",
    {("RED",): minutes(5), ("ORANGE",): minutes(15), ("YELLOW",): minutes(60), ("BLUE",): hours(4)},
    {code: (f"{zh}，没有回执多久换人", f"{en}, the next one is told after") for code, (zh, en) in COLOURS.items()}, least=minutes(1), most=hours(24), **SCALE,
)  # fmt: skip
CALLS = parameter("rights.events.told.calls", 3, zh="电话响几次", en="A call is tried", unit=_("times"), least=1, most=10, **SCALE)
ABOVE_AT_ONCE = parameter(
    "rights.events.told.above_at_once", str(Severity.RED.value), zh="没有回执时同时告知上一级，从哪一级起", en="The level above is told beside the substitute from",
    choices=dict(Severity.choices), **SCALE,
)  # fmt: skip

# ---------- the duty roster ----------

area("rights.duty", zh="值班", en="On duty")
OCLOCK = _("o'clock")
DAY_FROM = parameter(
    "rights.duty.day_from",
    510,
    zh="白班开始，零点后分钟",
    en="The day shift begins, minutes after midnight",
    unit=_("minutes"),
    least=240,
    most=720,
    **SCALE,
)
NIGHT_FROM = parameter(
    "rights.duty.night_from",
    1050,
    zh="夜班开始，零点后分钟",
    en="The night shift begins, minutes after midnight",
    unit=_("minutes"),
    least=780,
    most=1320,
    **SCALE,
)
CONFIRM_AT = parameter(
    "rights.duty.confirm_at", 20, zh="当晚值班最迟确认", en="Tonight's duty is confirmed by", unit=OCLOCK, least=12, most=23, **SCALE
)
DUTY_WARN = parameter("rights.duty.confirm_warn", hours(3), zh="值班确认提前提醒", en="Confirmation of duty, warned before", **SCALE)

# ---------- two reports of one event ----------

area("rights.events.same", zh="同一事件的两份报告", en="Two reports of one event")
SAME_DAYS = parameter("rights.events.same.days", 2, zh="相隔几天以内", en="Within so many days", unit=_("days"), least=1, most=14, **SCALE)
SAME_NAME = parameter("rights.events.same.name", 60, zh="单位名称相似度达到", en="Names alike by", unit="%", least=40, most=100, **SCALE)
PART_WITHIN = parameter(
    "rights.events.same.part", days(30), zh="合并后可以拆开的期限", en="May be parted again within", least=days(1), most=days(180), **SCALE
)

# ---------- the weekly report ----------

area("rights.zero", zh="零报告", en="Weekly report")
ZERO_DAY = parameter(
    "rights.zero.day", 2, zh="零报告截止，星期几", en="Weekly report, due on weekday", unit=_("day of the week"), least=1, most=7, **SCALE
)
ZERO_HOUR = parameter("rights.zero.hour", 17, zh="零报告截止，几点", en="Weekly report, due at", unit=OCLOCK, least=8, most=23, **SCALE)
ZERO_WARN = parameter("rights.zero.warn", hours(24), zh="零报告提前提醒", en="Weekly report, warned before", **SCALE)

# ---------- patterns ----------

area("rights.patterns", zh="预警规律", en="Patterns of events")
PATTERN_MONTHS = parameter("rights.patterns.months", 12, zh="往回看几个月", en="Looked back over", unit=MONTHS, least=3, most=60, **SCALE)
HIDDEN_UNDER = parameter(
    "rights.patterns.hidden_under",
    3,
    zh="范围以外少于几件不显示",
    en="Outside one's own place, not shown under",
    unit=_("events"),
    least=2,
    most=10,
    **SCALE,
)

# ---------- disputes ----------

area("rights.disputes", zh="争议调解", en="Mediation of disputes")
ACCEPT = parameter(
    "rights.disputes.accept", working_days(3), zh="决定是否受理", en="Decide whether to accept", most=working_days(5), **SCALE
)
ACCEPT_WARN = parameter("rights.disputes.accept_warn", days(1), zh="受理提前提醒", en="Acceptance, warned before", **SCALE)
MEDIATE = parameter(
    "rights.disputes.mediate", days(15), zh="调解期限", en="Mediation", least=days(1), most=days(15), duty="rights",
    basis=_("Labour Dispute Mediation and Arbitration Law, art. 14"),
)  # fmt: skip
MEDIATE_WARN = parameter("rights.disputes.mediate_warn", days(3), zh="调解期限提前提醒", en="Mediation, warned before", **SCALE)
PAUSE_LOOK = parameter(
    "rights.disputes.pause_look",
    days(30),
    zh="中止调解后多久核对一次",
    en="A suspended mediation, looked at after",
    least=days(5),
    most=days(90),
    **SCALE,
)
PAUSE_WARN = parameter("rights.disputes.pause_warn", days(3), zh="中止核对提前提醒", en="A suspended mediation, warned before", **SCALE)
DO_WARN = parameter(
    "rights.disputes.do_warn", days(3), zh="协议约定事项到期提前提醒", en="What was agreed is to be done, warned before", **SCALE
)
AWARD_WARN = parameter("rights.disputes.award_warn", days(5), zh="裁决后各期限提前提醒", en="After an award, warned before", **SCALE)
PAY_WARN = parameter("rights.disputes.pay_warn", days(3), zh="付款日提前提醒", en="Payment, warned before", **SCALE)
CONFIRM = parameter(
    "rights.disputes.confirm", days(30), zh="共同申请司法确认", en="Joint application for judicial confirmation", least=days(1), most=days(30), place=False,
    duty="rights", basis=_("Civil Procedure Law, art. 205; People's Mediation Law, art. 33"),
)  # fmt: skip
REVIEW = parameter(
    "rights.disputes.review", days(15), zh="共同申请仲裁审查", en="Joint application for review by the arbitration commission", least=days(1), most=days(15),
    place=False, duty="rights", basis=_("Rules on handling labour arbitration cases (2017), art. 74"),
)  # fmt: skip
CONFIRM_WARN = parameter("rights.disputes.confirm_warn", days(5), zh="司法确认提前提醒", en="Confirmation, warned before", **SCALE)
LIMIT_WARN = parameter(
    "rights.disputes.limit_warn", days(30), zh="仲裁时效届满提前提醒", en="Limitation of arbitration, warned before", **SCALE
)
SHEET_MOST = parameter("rights.disputes.sheet_most", 20000, zh="一次导入职工至多", en="Workers in one table at most", unit=WORKERS, **SCALE)
SPEAKING = {"basis": _("Zhejiang rules on mediation and arbitration, art. 40"), "duty": "rights", "place": False}
COLLECTIVE_FROM = parameter(
    "rights.disputes.collective_from", 10, zh="推举代表的人数起", en="Representatives, workers from", unit=WORKERS, **SPEAKING
)
SPEAKERS_LEAST = parameter("rights.disputes.speakers_least", 3, zh="代表至少", en="Representatives at least", unit=WORKERS, **SPEAKING)
SPEAKERS_MOST = parameter("rights.disputes.speakers_most", 5, zh="代表至多", en="Representatives at most", unit=WORKERS, **SPEAKING)

area("rights.supervision", zh="劳动法律监督", en="Labour law supervision")
SUPERVISORS_LEAST = parameter(
    "rights.supervision.supervisors_least", 2, zh="调查时监督员至少", en="Supervisors at an inquiry at least", unit=_("persons"), least=2, most=10, duty="rights",
    basis=_("Zhejiang Regulations on labour law supervision by trade unions, art. 20"),
)  # fmt: skip
SCOPE_WARN = parameter("rights.supervision.scope_warn", days(1), zh="监督线索处理提前提醒", en="Decision on a lead, warned before", **SCALE)
BUREAU = parameter(
    "rights.supervision.bureau",
    working_days(30),
    zh="等劳动监察部门答复建议书",
    en="The labour bureau answers a recommendation",
    least=working_days(5),
    **SCALE,
)
LETTER_WARN = parameter(
    "rights.supervision.letter_warn", days(3), zh="单位答复提前提醒", en="Answer of the employer, warned before", **SCALE
)

area("rights.redundancy", zh="裁员听取意见", en="Redundancy hearings")
LAID_OFF_BY = {"basis": Source("LCL 41"), "duty": "rights", "place": False}
LAYOFF_PEOPLE = parameter(
    "rights.redundancy.people", 20, zh="裁减人员，人数达到", en="A layoff, people from", unit=WORKERS, least=1, **LAID_OFF_BY
)
LAYOFF_SHARE = parameter(
    "rights.redundancy.share",
    Decimal("0.10"),
    zh="裁减人员，不足上述人数时占职工总数达到",
    en="A layoff of fewer, share of the staff from",
    kind="percent",
    **LAID_OFF_BY,
)
EXPLAIN = parameter(
    "rights.redundancy.explain", days(30), zh="提前说明裁减人员情况", en="A layoff, explained before", least=days(1), **LAID_OFF_BY
)
REHIRE = parameter(
    "rights.redundancy.rehire",
    months(6),
    zh="重新招用时优先招用被裁减人员",
    en="Those laid off come first when people are hired again",
    least=months(1),
    **LAID_OFF_BY,
)
UNION_BEFORE = parameter(
    "rights.redundancy.reply",
    days(5),
    zh="工会答复，早于计划裁减日",
    en="The union's reply, before the planned day",
    least=days(1),
    **SCALE,
)
FIRM_ANSWER = parameter(
    "rights.redundancy.answer", working_days(5), zh="单位书面答复工会意见", en="The employer's written answer to the union", **SCALE
)
ANSWERED_TO = Family(FIRM_ANSWER.code, {(verdict,): FIRM_ANSWER for verdict in ("PROPOSES", "CORRECT")})  # who agrees waits for no answer
TOGETHER_WITHIN = parameter(
    "rights.redundancy.together",
    days(30),
    zh="同一单位的裁减方案合并计算，相隔不超过",
    en="Plans of one employer are added together, within",
    least=days(1),
    most=days(180),
    **SCALE,
)
REDUNDANCY_WARN = parameter(
    "rights.redundancy.warn", days(3), zh="裁员听取意见各期限提前提醒", en="Redundancy hearings, warned before", **SCALE
)
REHIRE_WARN = parameter(
    "rights.redundancy.rehire_warn", days(15), zh="优先招用期满提前提醒", en="End of the priority in hiring, warned before", **SCALE
)

area("rights.kept", zh="案卷保留", en="Files of disputes, kept")
DISPUTE_KEPT = parameter(
    "rights.kept.dispute", years(10), zh="劳动争议案卷保留", en="File of a dispute, kept after it is closed", least=years(3), most=years(30), place=False,
    basis=CUSTOM, duty="rights",
)  # fmt: skip
ROWS_KEPT = parameter(
    "rights.kept.rows", days(30), zh="职工名册待处理行保留", en="Rows of a table of workers that wait, kept", least=days(7), most=days(180), place=False, basis=CUSTOM,
    duty="rights",
)  # fmt: skip
TOLD_KEPT = parameter(
    "rights.kept.told", years(3), zh="预警事件反映人和照片保留", en="Who told of an event, and its pictures, kept after it has ended", least=years(1), most=years(30), place=False,
    basis=CUSTOM, duty="rights",
)  # fmt: skip
COMPLAINANT_KEPT = parameter(
    "rights.kept.complainant", years(3), zh="监督案件反映人身份保留", en="Who complained, kept after a supervision case has ended", least=years(1), most=years(30), place=False,
    basis=CUSTOM, duty="rights",
)  # fmt: skip

# ---------- money and time around disputes ----------

from niangjia.rights import aidset as aidset  # noqa: E402, PLC0414 - and these
from niangjia.rights import rates as rates  # noqa: E402, PLC0414 - declared with these
