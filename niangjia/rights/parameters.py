"""What the law and the places set about events and disputes (domain reference, part G and §6)."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from niangjia.kit.basis import CUSTOM
from niangjia.kit.parameter import area, family, parameter
from niangjia.kit.spans import days, hours, minutes, months, working_days
from niangjia.rights.enums import Severity

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
STATES = {"CONFIRMED": ("已核实", "confirmed"), "HANDLING": ("处置中", "being handled"), "STABLE": ("稳控后", "once stable")}
FOLLOW = family(
    "rights.events.follow",
    {
        ("RED", "CONFIRMED"): hours(4), ("RED", "HANDLING"): hours(4), ("RED", "STABLE"): hours(24),
        ("ORANGE", "CONFIRMED"): hours(24), ("ORANGE", "HANDLING"): hours(24), ("ORANGE", "STABLE"): hours(24),
    },
    COLOURS | STATES, least=minutes(30), **SCALE,
)  # fmt: skip
FOLLOW_WARN = parameter("rights.events.follow.warn", hours(1), zh="续报提前提醒", en="Follow-up, warned before", **SCALE)
CLOSE = parameter("rights.events.follow.close", working_days(5), zh="结案报告", en="Closing report", **SCALE)
CLOSE_WARN = parameter("rights.events.follow.close_warn", days(1), zh="结案报告提前提醒", en="Closing report, warned before", **SCALE)

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
PAY_WARN = parameter("rights.disputes.pay_warn", days(3), zh="付款日提前提醒", en="Payment, warned before", **SCALE)
SPEAKING = {"basis": _("Zhejiang rules on mediation and arbitration, art. 40"), "duty": "rights", "place": False}
COLLECTIVE_FROM = parameter(
    "rights.disputes.collective_from", 10, zh="推举代表的人数起", en="Representatives, workers from", unit=WORKERS, **SPEAKING
)
SPEAKERS_LEAST = parameter("rights.disputes.speakers_least", 3, zh="代表至少", en="Representatives at least", unit=WORKERS, **SPEAKING)
SPEAKERS_MOST = parameter("rights.disputes.speakers_most", 5, zh="代表至多", en="Representatives at most", unit=WORKERS, **SPEAKING)
