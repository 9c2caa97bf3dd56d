"""What is counted of events and disputes, and the figures F043 to F048 of the five-year review."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kit.figure import average, figure, growth, ratio
from niangjia.kit.series import series
from niangjia.kit.served import serves
from niangjia.rights.models import Claimant, Dispute, Event, Letter, Receipt, Redundancy, Report, Respondent, Supervision, Telling

EVENTS = series(
    "rights.events", Event, where="union", when="reported_on", if_=~Q(state__in=["FALSE", "MERGED"]), events=1, affected="affected", by=("type", "severity", "state", "employer__industry", "employer__size"),
)  # fmt: skip
RUNGS = series(
    "rights.rungs", Report, where="union", when="event__reported_on", if_=Q(left_at__isnull=False) & ~Q(event__state__in=["FALSE", "MERGED"]), rungs=1,
    in_time="in_time", by=("rung",), page="event",
)  # fmt: skip
TELLINGS = series(
    "rights.tellings", Telling, where="desk", when="on", if_=Q(first=True, to__isnull=False) & ~Q(state="DROPPED"), tellings=1, answered="answered", in_time="in_time",
    minutes="minutes", by=("severity",), page="event",
)  # fmt: skip
TAKEN = ~Q(state__in=["APPLIED", "REFUSED"])
DISPUTES = series(
    "rights.disputes", Dispute, where="handled_by", when="accepted_on", if_=TAKEN & Q(accepted_on__isnull=False), cases=1, claimed="claimed", days="answer_days",
    by=("cause", "outcome", "state", "mediated", "against__industry", "against__size"),
)  # fmt: skip
APPLICATIONS = series(
    "rights.applications", Dispute, where="handled_by", when="applied_on", applications=1, by=("cause", "state", "decided")
)
OF = ~Q(dispute__state__in=["APPLIED", "REFUSED"]) & Q(dispute__accepted_on__isnull=False)
RESPONDENTS = series(
    "rights.respondents", Respondent, where="dispute__handled_by", when="dispute__accepted_on", if_=OF, times=1, subject="employer",
    by=("dispute__cause", "dispute__outcome", "employer__industry", "employer__size"), page="dispute",
)  # fmt: skip
WORKERS = series(
    "rights.workers", Claimant, where="dispute__handled_by", when="dispute__accepted_on", if_=OF, times=1, subject="person",
    by=("dispute__cause", "dispute__outcome", "dispute__against__industry", "dispute__against__size"), page="dispute",
)  # fmt: skip
RECEIPTS = series(
    "rights.receipts", Receipt, where="dispute__handled_by", when="received_on", if_=Q(void=False), yuan="amount",
    by=("dispute__cause", "dispute__outcome", "dispute__against__industry", "dispute__against__size"), page="dispute",
)  # fmt: skip
COHORT = series(
    "rights.receipts.cohort", Receipt, where="dispute__handled_by", when="dispute__accepted_on", if_=Q(void=False) & OF, yuan="amount",
    by=("dispute__cause", "dispute__outcome"), page="dispute",
)  # fmt: skip
SUPERVISIONS = series(
    "rights.supervisions", Supervision, where="union", when="accepted_on", if_=~Q(state__in=["RECEIVED", "OUT"]) & Q(accepted_on__isnull=False), cases=1,
    by=("state", "outcome", "breach"),
)  # fmt: skip
LETTERS = series(
    "rights.letters", Letter, where="supervision__union", when="sent_on", if_=Q(void=False) & Q(sent_on__isnull=False), letters=1, by=("kind",), page="supervision",
)  # fmt: skip
REDUNDANCIES = series(
    "rights.redundancies",
    Redundancy,
    where="union",
    when="explained_on",
    cases=1,
    people="planned",
    by=("kind", "ground", "state", "kept"),
)

figure(
    "rights.events", EVENTS.events, ref="F043", unit="件", zh="上报关停并转、欠薪、裁员等事件", en="Events reported", base="rights.events",
    note_zh="按首次上报日期计件；续报不计，误报剔除，两份报告合为一件的计1件。", note_en="By the day of the first report; follow-ups are not counted, false reports are taken out, and two reports of one event count once.",
)  # fmt: skip
figure(
    "rights.events.arrears",
    EVENTS.events,
    only={"type": "E06"},
    unit="件",
    zh="欠薪事件",
    en="Events of wage arrears",
    note_zh="类型E06。",
    note_en="Type E06.",
)
figure(
    "rights.events.red",
    EVENTS.events,
    only={"severity": "RED"},
    unit="件",
    zh="红色预警事件",
    en="Red events",
    note_zh="核定等级为红色。",
    note_en="Confirmed as red.",
)
figure(
    "rights.affected", EVENTS.affected, ref="F044", unit="人", zh="事件涉及职工", en="Workers affected by events",
    note_zh="各事件历次上报中的最多涉及人数之和。", note_en="The sum, over events, of the most that was reported.",
)  # fmt: skip
left = figure(
    "rights.rungs", RUNGS.rungs, unit="级次", zh="预警上报级次", en="Levels reported upward", note_zh="事件从一级报到上一级，计1级次；误报和已并入的不计。",
    note_en="Each time that an event left a level; false reports and merged ones are not counted.",
)  # fmt: skip
left_in_time = figure(
    "rights.rungs.in_time", RUNGS.in_time, unit="级次", zh="按时上报级次", en="Levels reported in time", note_zh="在许可的时间内报到上一级。",
    note_en="It left within the time allowed.",
)  # fmt: skip
figure("rights.rungs.rate", ratio(left_in_time, left), unit="%", zh="按时上报率", en="Reported in time")
rung_up = figure(
    "rights.told", TELLINGS.tellings, unit="次", zh="预警告知", en="Times somebody was told", base="rights.told", note_zh="事件到达一级，先告知值班的人，计1次；换替补的不另计。",
    note_en="The first who was told when an event came to a level; whoever stood in is not counted again.",
)  # fmt: skip
in_time = figure(
    "rights.told.in_time", TELLINGS.in_time, unit="次", zh="按时收到回执", en="Receipts in time", base="rights.told", note_zh="值班的人在规定时间内给了回执。",
    note_en="Whoever was on duty gave a receipt within the time.",
)  # fmt: skip
answered = figure(
    "rights.told.answered", TELLINGS.answered, unit="次", zh="收到回执", en="Receipts", base="rights.told", note_zh="值班的人给了回执，不论早晚。", note_en="Whoever was on duty gave a receipt, sooner or later.",
)  # fmt: skip
waited = figure(
    "rights.told.minutes", TELLINGS.minutes, unit="分钟", zh="回执用时", en="Minutes to the receipts", note_zh="从告知到回执的分钟数之和。", note_en="Minutes from telling to the receipt, added up.",
)  # fmt: skip
figure("rights.told.rate", ratio(in_time, rung_up), unit="%", zh="按时告知率", en="Told within the time")
figure("rights.told.average", average(waited, per=answered), unit="分钟", zh="平均回执用时", en="Minutes to the first receipt, on average")
cases = figure(
    "rights.disputes.cases", DISPUTES.cases, ref="F045", unit="件", zh="协调劳动争议", en="Disputes mediated",
    note_zh="工会受理的争议案件，按受理日期；不予受理的不计。", note_en="Disputes that unions accepted, by the day of acceptance.",
)  # fmt: skip
mediated = figure(
    "rights.disputes.mediated",
    DISPUTES.cases,
    only={"outcome": ["01", "02"]},
    unit="件",
    zh="调解成功",
    en="Mediated with success",
    note_zh="结果为和解或调解成功。",
    note_en="Settled or mediated.",
)
ended = figure(
    "rights.disputes.ended",
    DISPUTES.cases,
    only={"state": "CLOSED"},
    unit="件",
    zh="办结争议",
    en="Disputes closed",
    note_zh="状态为已结案。",
    note_en="Closed.",
)
figure("rights.disputes.rate", ratio(mediated, ended), unit="%", zh="调解成功率", en="Success of mediation")
days = figure(
    "rights.disputes.days", DISPUTES.days, unit="天", zh="受理用时", en="Days to the decision", note_zh="从申请到受理的天数之和。", note_en="Days from the application to the acceptance, added up.",
)  # fmt: skip
figure("rights.disputes.wait", average(days, per=cases), unit="天", zh="平均受理用时", en="Days until a dispute is taken on, on average")
figure(
    "rights.disputes.applications", APPLICATIONS.applications, unit="件", zh="申请调解的争议", en="Applications for mediation",
    note_zh="按申请日期，不论后来是否受理。", note_en="By the day of the application, whatever was decided.",
)  # fmt: skip
decided = figure(
    "rights.disputes.decided", APPLICATIONS.applications, only={"decided": ["IN", "LATE"]}, unit="件", zh="计时决定的申请", en="Decisions measured",
    note_zh="按申请日期：受理和不予受理的都计，到期仍未决定的计为逾期；未到期的和补录的旧案不计时。",
    note_en="By the day of the application: accepted or not, and late as soon as the day has passed undecided; not those still in time, nor old cases entered later.",
)  # fmt: skip
decided_in_time = figure(
    "rights.disputes.decided.in_time", APPLICATIONS.applications, only={"decided": "IN"}, unit="件", zh="按时决定的申请", en="Decided in time",
    note_zh="在规定期限内决定受理或不予受理。", note_en="Accepted or not within the days for the decision.",
)  # fmt: skip
figure("rights.disputes.decided.rate", ratio(decided_in_time, decided), unit="%", zh="按时决定率", en="Decided in time, share")
ran = figure(
    "rights.disputes.timed", DISPUTES.cases, only={"mediated": ["IN", "LATE"]}, unit="件", zh="计时调解的争议", en="Mediations measured",
    note_zh="达成协议或结束的争议；期限已过仍在调解的计为逾期，未到期的不计。",
    note_en="Disputes agreed or ended; late as soon as the days have passed, also while the mediation goes on; not those still in time.",
)  # fmt: skip
ran_in_time = figure(
    "rights.disputes.timed.in_time", DISPUTES.cases, only={"mediated": "IN"}, unit="件", zh="按期调解的争议", en="Mediated in time",
    note_zh="在调解期限内达成协议或结束。", note_en="Agreed or ended within the days of the mediation.",
)  # fmt: skip
figure("rights.disputes.timed.rate", ratio(ran_in_time, ran), unit="%", zh="按期调解率", en="Mediated in time, share")
claimed = figure(
    "rights.claimed", DISPUTES.claimed, units=("元", "万元", "亿元"), zh="申请金额", en="Money claimed", note_zh="各案件申请的金额之和，按受理日期。",
    note_en="What was claimed in all disputes, by the day of acceptance.",
)  # fmt: skip
figure("rights.disputes.growth", growth(cases), unit="%", zh="协调劳动争议同比", en="Disputes, against the year before")
figure(
    "rights.disputes.pay",
    DISPUTES.cases,
    only={"cause": ["01", "011", "012"]},
    unit="件",
    zh="劳动报酬争议",
    en="Disputes about pay",
    note_zh="案由01、011、012。",
    note_en="Causes 01, 011, 012.",
)
figure(
    "rights.respondents.times", RESPONDENTS.times, ref="F046", unit="家次", zh="争议涉及企业", en="Employers in disputes, each time", base="rights.respondents",
    note_zh="各案件被申请单位之和：一家企业涉及几件，计几次。", note_en="Respondents of all disputes added up.",
)  # fmt: skip
figure(
    "rights.respondents.distinct", RESPONDENTS.distinct, unit="家", zh="争议涉及企业（去重）", en="Employers in disputes, distinct", base="rights.respondents",
    note_zh="按统一社会信用代码去重。", note_en="Distinct by credit code.",
)  # fmt: skip
workers = figure(
    "rights.workers.times", WORKERS.times, ref="F047", unit="人", zh="争议涉及职工", en="Workers in disputes", base="rights.workers",
    note_zh="各案件申请人之和。", note_en="Claimants of all disputes added up.",
)  # fmt: skip
figure(
    "rights.workers.distinct",
    WORKERS.distinct,
    unit="人",
    zh="争议涉及职工（去重）",
    en="Workers in disputes, distinct",
    base="rights.workers",
    note_zh="按身份证件去重。",
    note_en="Distinct persons.",
)
recovered = figure(
    "rights.recovered", RECEIPTS.yuan, ref="F048", base="rights.recovered", units=("元", "万元", "亿元"), zh="挽回经济损失", en="Money recovered",
    note_zh="工会参与下职工实际拿到的钱，按到账日期，以收据或银行回单为凭；达成协议未付的不计。",
    note_en="Money that workers really got with the union's part in it, by the day it came, proved by receipt or bank slip.",
)  # fmt: skip
figure(
    "rights.recovered.rate", ratio(recovered, claimed), unit="%", zh="挽回金额占申请金额", en="Recovered, of what was claimed", base="rights.recovered.rate",
    note_zh="本期到账的钱比本期受理案件的申请金额：钱可能出自往年的案件，也可能超过100%。",
    note_en="Money that came in the period, against what was claimed in cases accepted in it: it may be of cases of years before, and exceed 100%.",
)  # fmt: skip
cohort = figure(
    "rights.recovered.cohort", COHORT.yuan, units=("元", "万元", "亿元"), zh="本期受理案件的挽回金额", en="Recovered in the cases accepted then", base="rights.recovered",
    note_zh="本期受理的案件到现在为止到账的钱，不论哪一天到账。", note_en="What has come so far in the cases accepted in the period, whenever it came.",
)  # fmt: skip
figure(
    "rights.recovered.cohort.rate", ratio(cohort, claimed), unit="%", zh="本期受理案件的挽回率", en="Recovered, of the cases accepted then", base="rights.recovered.rate",
    note_zh="分子分母是同一批案件：近期的案件还会有钱到账，比率会上升。",
    note_en="Both parts are of the same cases: of recent ones more will come, and the share rises.",
)  # fmt: skip
figure("rights.recovered.each", average(recovered, per=workers), unit="元", zh="人均挽回", en="Recovered a worker")

serves(WORKERS, _("mediation of disputes"), "rights.workers.distinct")

figure(
    "rights.supervision.cases", SUPERVISIONS.cases, unit="件", zh="劳动法律监督案件", en="Cases of labour law supervision",
    note_zh="属于监督范围并已办理的案件，按决定办理的日期；不属监督范围的不计。", note_en="Cases in scope that unions took up, by the day on which they did.",
)  # fmt: skip
figure(
    "rights.supervision.corrected", SUPERVISIONS.cases, only={"outcome": ["CORRECTED"]}, unit="件", zh="监督后单位改正", en="Corrected after supervision",
    note_zh="结案方式为单位已改正。", note_en="Closed because the employer corrected it.",
)  # fmt: skip
for _kind, _zh, _en in (
    ("REMINDER", "提示函", "Letters of reminder"),
    ("OPINION", "监督意见书", "Letters of opinion"),
    ("ADVICE", "监督建议书", "Letters of recommendation"),
):
    figure(
        f"rights.supervision.{_kind.lower()}", LETTERS.letters, only={"kind": _kind}, unit="份", zh=f"劳动法律监督{_zh}", en=f"{_en} on labour law",
        note_zh="按文书编号的日期；收回的不计。", note_en="By the day on which it got its number; letters taken back are not counted.",
    )  # fmt: skip

figure(
    "rights.redundancy.cases", REDUNDANCIES.cases, unit="件", zh="裁员听取意见", en="Redundancy hearings",
    note_zh="单位说明裁减人员或者单方解除理由、由工会听取意见的，按说明日期；单位撤回的也计。", note_en="Plans that employers explained and on which unions heard the staff, by the day of the explanation; those given up count too.",
)  # fmt: skip
figure(
    "rights.redundancy.people", REDUNDANCIES.people, unit="人", zh="计划裁减人数", en="People planned to go",
    note_zh="各件计划人数之和，以最后一次调整为准。", note_en="As many as the employers planned, as they last changed it.",
)  # fmt: skip
_carried = figure(
    "rights.redundancy.carried", REDUNDANCIES.cases, only={"kept": ["IN", "OUT"]}, unit="件", zh="已实施的裁员", en="Redundancies carried out",
    note_zh="已实施并经规则核对的。", note_en="Carried out, and judged by the rule.",
)  # fmt: skip
_kept = figure(
    "rights.redundancy.kept", REDUNDANCIES.cases, only={"kept": ["IN"]}, unit="件", zh="程序合规的裁员", en="Redundancies by the rule",
    note_zh="实施时没有违反劳动合同法第四十一条至第四十三条的程序。", note_en="Carried out without a breach of the procedure of arts 41 to 43 of the Labour Contract Law.",
)  # fmt: skip
figure("rights.redundancy.rate", ratio(_kept, _carried), unit="%", zh="裁员程序合规率", en="Redundancies by the rule, share")

from niangjia.rights.aidfigures import altogether  # noqa: E402 - declared with these

altogether(recovered)
