"""What is counted of union legal aid: consultations, applications, cases, money, days, subsidies. It stands by the union that handles, never by a firm: nobody is known by a count."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kit.figure import Figure, average, figure, ratio, total
from niangjia.kit.series import series
from niangjia.kit.served import serves
from niangjia.rights.models import Aid, AidReceipt, Consultation, Recipient, Subsidy

ADVICE = series(
    "rights.advice", Consultation, where="union", when="on", if_=Q(void=False), times=1, people="people", by=("matter", "kind", "how")
)
APPLIED = series(
    "rights.aid.applications", Aid, where="union", when="applied_on", applications=1, by=("kind", "matter", "door", "state", "decided")
)
DECIDED = series(
    "rights.aid.decisions", Aid, where="union", when="decided_on", if_=Q(decided_on__isnull=False), decisions=1, days="review_days", by=("kind", "matter", "decided"),
)  # fmt: skip
CASES = series(
    "rights.aid.cases", Aid, where="union", when="granted_on", if_=Q(granted_on__isnull=False), cases=1, claimed="claimed",
    by=("kind", "matter", "form", "state", "result", "satisfied", "assigned"),
)  # fmt: skip
ASSIGNED = series(
    "rights.aid.assignments", Aid, where="union", when="assigned_on", if_=Q(assigned_on__isnull=False) & Q(granted_on__isnull=False), cases=1, days="assign_days", by=("form",),
)  # fmt: skip
AIDED = series(
    "rights.aid.recipients", Recipient, where="aid__union", when="aid__granted_on", if_=Q(aid__granted_on__isnull=False), times=1, subject="person",
    by=("aid__kind", "aid__matter", "aid__form", "aid__result"), page="aid",
)  # fmt: skip
RECEIVED = series(
    "rights.aid.receipts", AidReceipt, where="aid__union", when="received_on", if_=Q(void=False), yuan="amount",
    by=("source", "aid__kind", "aid__matter", "aid__form", "aid__result"), page="aid",
)  # fmt: skip
PAID = series(
    "rights.aid.subsidies", Subsidy, where="union", when="approved_on", if_=Q(state="APPROVED") & Q(approved_on__isnull=False), yuan="amount", times=1, by=("form",),
)  # fmt: skip

YUAN = ("元", "万元", "亿元")
figure(
    "rights.advice.people", ADVICE.people, unit="人次", zh="法律咨询", en="People advised on the law", base="rights.advice",
    note_zh="未转为援助案件的咨询，按人次、按咨询日期；作废的不计。", note_en="Consultations that ended as such, by their people and their day; void ones are not counted.",
)  # fmt: skip
figure(
    "rights.advice.times",
    ADVICE.times,
    unit="次",
    zh="法律咨询次数",
    en="Consultations on the law",
    base="rights.advice",
    note_zh="按次，不论人数。",
    note_en="Each once, however many came.",
)
figure(
    "rights.aid.applications", APPLIED.applications, unit="件", zh="法律援助申请", en="Applications for legal aid", note_zh="按申请日期，不论后来是否同意。", note_en="By the day of the application, whatever was decided.",
)  # fmt: skip
cases = figure(
    "rights.aid.cases", CASES.cases, unit="件", zh="法律援助案件", en="Cases of legal aid", note_zh="同意援助的案件，按同意日期；不予援助的不计。", note_en="Cases in which aid was granted, by the day of the grant.",
)  # fmt: skip
figure(
    "rights.aid.closed",
    CASES.cases,
    only={"state": "CLOSED"},
    unit="件",
    zh="办结归档的法律援助案件",
    en="Cases of legal aid, closed",
    note_zh="已结案归档，按同意日期。",
    note_en="Closed and filed, by the day of the grant.",
)
_won = figure(
    "rights.aid.won", CASES.cases, only={"result": ["WON", "PARTLY", "SETTLED"]}, unit="件", zh="得到支持的法律援助案件", en="Cases of legal aid with success",
    note_zh="全部支持、部分支持或者和解调解。", note_en="Upheld in full or in part, settled or mediated.",
)  # fmt: skip
_over = figure(
    "rights.aid.finished",
    CASES.cases,
    only={"result": ["WON", "PARTLY", "SETTLED", "LOST", "DONE"]},
    unit="件",
    zh="已有结果的法律援助案件",
    en="Cases of legal aid with a result",
    note_zh="已登记办理结果。",
    note_en="Cases whose result is recorded.",
)
figure("rights.aid.success", ratio(_won, _over), unit="%", zh="法律援助支持率", en="Success of legal aid")
figure(
    "rights.aid.people",
    AIDED.times,
    unit="人次",
    zh="受援职工",
    en="Workers aided",
    base="rights.aid.people",
    note_zh="各案件受援人之和。",
    note_en="Recipients of all cases added up.",
)
figure(
    "rights.aid.people.distinct",
    AIDED.distinct,
    unit="人",
    zh="受援职工（去重）",
    en="Workers aided, distinct",
    base="rights.aid.people",
    note_zh="按身份证件去重。",
    note_en="Distinct persons.",
)
figure(
    "rights.aid.claimed",
    CASES.claimed,
    units=YUAN,
    zh="法律援助涉及金额",
    en="Claimed in legal aid",
    note_zh="各案件请求金额之和，按同意日期。",
    note_en="What was claimed in cases granted, by the day of the grant.",
)
recovered_in_aid = figure(
    "rights.aid.recovered", RECEIVED.yuan, units=YUAN, zh="法律援助挽回经济损失", en="Money recovered by legal aid", base="rights.aid.recovered",
    note_zh="受援人实际拿到的钱，按到账日期，以收据或银行回单为凭。由争议案件转来的，与该案件同一笔回单，在“挽回经济损失”中已计一次，不能相加。",
    note_en="Money that those aided really got, by the day it came, proved by a paper. What comes out of a dispute is the dispute's own line and counts in “money recovered” already: the two are not added up.",
)  # fmt: skip
apart = figure(
    "rights.aid.recovered.apart", RECEIVED.yuan, only={"source": "HERE"}, units=YUAN, zh="法律援助单独挽回经济损失", en="Money recovered by legal aid alone", base="rights.aid.recovered",
    note_zh="没有争议调解案件、只在援助案件中登记的到账。", note_en="Payments entered in an aid case that has no dispute.",
)  # fmt: skip
_content = figure(
    "rights.aid.content",
    CASES.cases,
    only={"satisfied": ["VERY", "YES"]},
    unit="件",
    zh="受援人满意的案件",
    en="Cases with satisfied recipients",
    note_zh="评价为非常满意或满意。",
    note_en="Rated very satisfied or satisfied.",
)
_rated = figure(
    "rights.aid.rated",
    CASES.cases,
    only={"satisfied": ["VERY", "YES", "FAIR", "NO"]},
    unit="件",
    zh="有评价的案件",
    en="Cases that were rated",
    note_zh="受援人作出评价。",
    note_en="The recipient said how content she is.",
)
figure("rights.aid.satisfaction", ratio(_content, _rated), unit="%", zh="法律援助满意率", en="Satisfied with legal aid")
_all = figure(
    "rights.aid.decisions",
    DECIDED.decisions,
    unit="件",
    zh="审查决定",
    en="Decisions on legal aid",
    note_zh="同意或者不予援助，按决定日期。",
    note_en="Granted or refused, by the day of the decision.",
)
_days = figure(
    "rights.aid.days",
    DECIDED.days,
    unit="天",
    zh="审查用时",
    en="Days to decisions on legal aid",
    note_zh="从申请到决定的天数之和，含等待补正的天数。",
    note_en="Days from application to decision, added up, with those spent waiting for papers.",
)
figure("rights.aid.wait", average(_days, per=_all), unit="天", zh="平均审查用时", en="Days to a decision on legal aid, on average")
_given = figure(
    "rights.aid.assigned",
    ASSIGNED.cases,
    unit="件",
    zh="已指派的案件",
    en="Assignments of legal aid",
    note_zh="指派函已签发，按签发日期。",
    note_en="By the day on which the letter was signed.",
)
_assigning = figure(
    "rights.aid.assign_days",
    ASSIGNED.days,
    unit="天",
    zh="指派用时",
    en="Days to assignments",
    note_zh="从同意援助到指派的天数之和。",
    note_en="Days from the grant to the assignment, added up.",
)
figure("rights.aid.assign_wait", average(_assigning, per=_given), unit="天", zh="平均指派用时", en="Days to an assignment, on average")
_timed = figure(
    "rights.aid.timed",
    APPLIED.applications,
    only={"decided": ["IN", "LATE"]},
    unit="件",
    zh="计时审查的申请",
    en="Reviews measured",
    note_zh="已决定的，或者到期未决定的。",
    note_en="Decided, or past their day undecided.",
)
_kept = figure(
    "rights.aid.timed.in_time",
    APPLIED.applications,
    only={"decided": "IN"},
    unit="件",
    zh="按时审查的申请",
    en="Reviewed in time",
    note_zh="在审查期限内决定。",
    note_en="Decided within the days of the review.",
)
figure("rights.aid.timed.rate", ratio(_kept, _timed), unit="%", zh="法律援助按时审查率", en="Legal aid reviewed in time, share")
figure(
    "rights.aid.subsidies",
    PAID.yuan,
    units=YUAN,
    zh="法律援助办案补贴",
    en="Subsidies to agents of legal aid",
    note_zh="已审批的补贴，按审批日期；科目50403。",
    note_en="Subsidies approved, by the day of the approval; account 50403.",
)

serves(AIDED, _("legal aid"), "rights.aid.people.distinct")


def altogether(recovered: Figure) -> None:
    """Money recovered in disputes and, where there is none, in legal aid: each yuan once."""
    figure(
        "rights.recovered.all", total(recovered, apart), units=YUAN, zh="挽回经济损失（含法律援助）", en="Money recovered, with legal aid", base="rights.recovered",
        note_zh="争议案件到账加上只在援助案件中登记的到账，同一笔只计一次。", note_en="Receipts of disputes, and of aid cases that have none: each yuan once.",
    )  # fmt: skip
