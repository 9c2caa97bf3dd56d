"""What the town counts."""

from decimal import Decimal

from django.db.models import F, Q

from niangjia.kit.figure import average, completion, coverage, difference, figure, growth, longest_run, peak, ratio, share, total
from niangjia.kit.series import hierarchy, series
from niangjia.worklog.tests.town.models import Attendance, Dispute, Membership, Opening, Parentage, Payment, Respondent

hierarchy(Parentage, child="union", parent="parent", since="since")

MEMBERS = series(
    "members.membership",
    Membership,
    where="union",
    since="joined_on",
    until="left_on",
    people=1,
    subject="person",
    by=("sex", "kind"),
)
DISPUTES = series(
    "rights.disputes",
    Dispute,
    where="handled_by",
    when="accepted_on",
    if_=~Q(status="WITHDRAWN"),
    cases=1,
    people="worker_count",
    units="respondent_count",
    yuan="recovered",
    by=("cause", "outcome"),
)
RESPONDENTS = series(
    "rights.respondents",
    Respondent,
    where="dispute__handled_by",
    when="dispute__accepted_on",
    if_=~Q(dispute__status="WITHDRAWN"),
    times=1,
    subject="employer",
    by=("dispute__cause",),
    page="dispute",
)
TRAINING = series(
    "growth.training",
    Attendance,
    where="session__union",
    when="session__held_on",
    if_=Q(session__finished=True),
    times=1,
    subject="person",
    by=("session__course__kind",),
)
PAYMENTS = series(
    "finance.payments",
    Payment,
    where="union",
    when="paid_at",
    if_=Q(state="PAID", amount__gt=0),
    lines=1,
    yuan="amount",
    net=F("amount") * 97 / 100,
)
STATIONS = series(
    "care.stations",
    Opening,
    where="station__union",
    since="opened_on",
    until="closed_on",
    openings=1,
    subject="station",
)

members = figure("members.people", MEMBERS.distinct, unit="人", zh="工会会员", en="Members", public=True)
figure("members.memberships", MEMBERS.people, unit="人次", zh="会籍", en="Memberships")
women = figure("members.women", MEMBERS.distinct, only={"sex": "F"}, unit="人", zh="女会员", en="Women")
cases = figure("rights.disputes.cases", DISPUTES.cases, unit="件", zh="协调劳动争议", en="Disputes mediated")
people = figure("rights.disputes.people", DISPUTES.people, unit="人次", zh="涉及职工", en="Workers concerned")
yuan = figure("rights.disputes.yuan", DISPUTES.yuan, unit="元", zh="挽回经济损失", en="Money recovered")
figure("rights.disputes.units", RESPONDENTS.times, unit="家次", zh="涉及企业", en="Employers, each time")
figure("rights.disputes.employers", RESPONDENTS.distinct, unit="家", zh="涉及企业", en="Employers")
times = figure("growth.training.times", TRAINING.times, unit="人次", zh="培训职工", en="Attendances")
trained = figure("growth.training.people", TRAINING.distinct, unit="人", zh="受训职工", en="People trained")
figure("finance.payments.yuan", PAYMENTS.yuan, unit="元", zh="发放款", en="Paid")
figure("finance.payments.net", PAYMENTS.net, unit="元", zh="实发款", en="Paid, net")
stations = figure("care.stations.open", STATIONS.distinct, unit="个", zh="服务站", en="Stations open")

figure("members.women.rate", ratio(women, members), unit="%", zh="女会员占比", en="Women among members")
figure("rights.yuan.each", average(yuan, per=people), unit="元", zh="人均挽回", en="Recovered a worker")
figure("rights.cases.growth", growth(cases), unit="%", zh="同比", en="Growth")
figure("rights.cases.share", share(cases), unit="%", zh="占比", en="Share of the whole")
figure("rights.cases.target", completion(cases, Decimal(40)), unit="%", zh="完成率", en="Of the target")
figure("rights.cases.run", longest_run(cases), unit="年", zh="连续年数", en="Years without a break")
figure("care.stations.cover", coverage(stations), unit="个", zh="覆盖", en="Unions with a station")

lost_or_won = figure("rights.cases.ended", DISPUTES.cases, only={"outcome": ["won", "%lost"]}, unit="件", zh="有结果", en="With an outcome")
open_ = figure("rights.cases.open", DISPUTES.cases, only={"outcome": None}, unit="件", zh="未有结果", en="Without")
figure("rights.cases.other", DISPUTES.cases, without={"cause": "pay", "outcome": [None, "won"]}, unit="件", zh="其他", en="Others")
figure("rights.cases.both", total(lost_or_won, open_), unit="件", zh="合计", en="Together")
figure("rights.cases.peak", peak(cases), unit="件", zh="最多一年", en="The most in a year")
figure("members.rise", difference(members), unit="人", zh="净增会员", en="Net rise of members")
figure("care.stations.busy", coverage(cases, among=stations), unit="个", zh="有站又有案", en="Unions with a station that have cases")
