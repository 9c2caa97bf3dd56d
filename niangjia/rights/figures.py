"""What is counted of events and disputes, and the figures F043 to F048 of the five-year review."""

from __future__ import annotations

from django.db.models import Q

from niangjia.kit.figure import average, figure, growth, ratio
from niangjia.kit.series import series
from niangjia.rights.models import Claimant, Dispute, Event, Receipt, Respondent

EVENTS = series(
    "rights.events", Event, where="union", when="reported_on", if_=~Q(state="FALSE"), events=1, affected="affected", by=("type", "severity", "state"),
)  # fmt: skip
TAKEN = ~Q(state__in=["APPLIED", "REFUSED"])
DISPUTES = series(
    "rights.disputes", Dispute, where="handled_by", when="accepted_on", if_=TAKEN & Q(accepted_on__isnull=False), cases=1, claimed="claimed", by=("cause", "outcome", "state"),
)  # fmt: skip
OF = ~Q(dispute__state__in=["APPLIED", "REFUSED"]) & Q(dispute__accepted_on__isnull=False)
RESPONDENTS = series(
    "rights.respondents", Respondent, where="dispute__handled_by", when="dispute__accepted_on", if_=OF, times=1, subject="employer",
    by=("dispute__cause",), page="dispute",
)  # fmt: skip
WORKERS = series(
    "rights.workers", Claimant, where="dispute__handled_by", when="dispute__accepted_on", if_=OF, times=1, subject="person",
    by=("dispute__cause",), page="dispute",
)  # fmt: skip
RECEIPTS = series(
    "rights.receipts", Receipt, where="dispute__handled_by", when="received_on", if_=Q(void=False), yuan="amount", by=("dispute__cause",), page="dispute",
)  # fmt: skip

figure(
    "rights.events", EVENTS.events, ref="F043", unit="件", zh="上报关停并转、欠薪、裁员等事件", en="Events reported", base="rights.events",
    note_zh="按首次上报日期计件；续报不计，误报剔除。", note_en="By the day of the first report; follow-ups are not counted, false reports are taken out.",
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
    "rights.recovered", RECEIPTS.yuan, ref="F048", units=("元", "万元", "亿元"), zh="挽回经济损失", en="Money recovered",
    note_zh="工会参与下职工实际拿到的钱，按到账日期，以收据或银行回单为凭；达成协议未付的不计。",
    note_en="Money that workers really got with the union's part in it, by the day it came, proved by receipt or bank slip.",
)  # fmt: skip
figure("rights.recovered.each", average(recovered, per=workers), unit="元", zh="人均挽回", en="Recovered a worker")
