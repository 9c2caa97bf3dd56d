"""What the law and the places set about terms, certificates and founding (domain reference, §1 and part G)."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from niangjia.kit.basis import CUSTOM
from niangjia.kit.parameter import area, family, parameter
from niangjia.kit.spans import days, months, working_days, years

TERMS = {"basis": _("Trade Union Law 2021, art. 16"), "duty": "organisation", "place": False}
OWN = {"basis": CUSTOM, "duty": "organisation"}

area("unions.term", zh="届期和换届", en="Terms and elections")
TERM_SHORT = parameter("unions.term.short", years(3), zh="基层工会届期，短", en="Term of a grassroots union, the shorter", **TERMS)
TERM_LONG = parameter("unions.term.long", years(5), zh="基层工会届期，长", en="Term of a grassroots union, the longer", **TERMS)
TERM_FIRST = parameter(
    "unions.term.warn_first", days(180), zh="换届第一次提醒", en="Election, first warned before", least=days(30), most=days(540), **OWN
)
TERM_WARN = parameter(
    "unions.term.warn", days(90), zh="换届第二次提醒", en="Election, warned again before", least=days(7), most=days(365), **OWN
)
TERM_LAST = parameter(
    "unions.term.warn_last", days(30), zh="换届最后一次提醒", en="Election, last warned before", least=days(1), most=days(180), **OWN
)

area("unions.founding", zh="组建和登记", en="Founding and registration")
FOUND = parameter("unions.founding.decide", days(15), zh="组建批复", en="Decide on the founding", least=days(1), most=days(60), **OWN)
FOUND_WARN = parameter("unions.founding.decide_warn", days(3), zh="组建批复提前提醒", en="Founding, warned before", **OWN)
SETUP = parameter(
    "unions.founding.setup", months(12), zh="单位开业后建会", en="Found a union after the employer's opening", most=months(24), **OWN
)
SETUP_WARN = parameter("unions.founding.setup_warn", months(6), zh="建会提前提醒", en="Founding after the opening, warned before", **OWN)
GROUP = parameter(
    "unions.founding.group", months(6), zh="筹备组期限", en="Term of a preparatory group", least=months(1), most=months(12), **OWN
)
GROUP_WARN = parameter(
    "unions.founding.group_warn", days(30), zh="筹备组到期提前提醒", en="Preparatory group, warned before its end", **OWN
)
REGISTER = parameter(
    "unions.founding.register", days(30), zh="申请法人资格登记", en="Register as a legal person", least=days(1), most=days(180), **OWN
)
REGISTER_WARN = parameter("unions.founding.register_warn", days(10), zh="法人资格登记提前提醒", en="Registration, warned before", **OWN)
UNITS_LEAST = parameter(
    "unions.founding.units", 2, zh="联合工会涵盖单位，最少", en="Units of a joint union, at least", unit=_("units"), least=2, most=20,
    basis=_("Trade Union Law 2021, art. 11 (two units and more may found one together)"), duty="organisation",
)  # fmt: skip
CERTIFICATE_WARN = parameter(
    "unions.founding.certificate_warn", days(30), zh="法人证书到期提前提醒", en="Certificate, warned before", **OWN
)

area("unions.ending", zh="撤销和清算", en="Ending and settlement")
SETTLE = parameter(
    "unions.ending.settle", months(3), zh="撤销后清算资产、注销账户和法人资格", en="Settle what an abolished union leaves", least=months(1), most=months(12), **OWN
)  # fmt: skip
SETTLE_WARN = parameter("unions.ending.settle_warn", days(14), zh="撤销清算提前提醒", en="Settlement, warned before", **OWN)

area("unions.split", zh="工会分立", en="Splits of unions")
SPLIT_DECIDE = parameter("unions.split.decide", days(15), zh="批复分立", en="Decide on a split", least=days(1), most=days(60), **OWN)
SPLIT_DECIDE_WARN = parameter("unions.split.decide_warn", days(3), zh="批复分立提前提醒", en="A split, warned before", **OWN)
SPLIT_SETTLE = parameter(
    "unions.split.settle",
    months(3),
    zh="分立后分割经费财产、办理账户和法人变更",
    en="Settle a split",
    least=months(1),
    most=months(12),
    **OWN,
)
SPLIT_SETTLE_WARN = parameter("unions.split.settle_warn", days(14), zh="分立清算提前提醒", en="Settlement of a split, warned before", **OWN)
SPLIT_MAJORITY = family(
    "unions.split.majority", {("part",): 1, ("of",): 2},
    {"part": ("同意分立须超过应到人数，分子", "To agree to a split, more than (numerator)"), "of": ("同意分立须超过应到人数，分母", "To agree to a split, more than (denominator)")},
    place=False, least=1, **OWN,
)  # fmt: skip

area("unions.tax", zh="应建会单位", en="Firms that should have a union")
SHOULD_FROM = parameter(
    "unions.tax.should_from", 25, zh="应建会单位，职工人数起", en="Firms that should have a union, employees from", unit=_("people"), least=1,
    basis=_("Trade Union Law 2021, art. 11 (25 members and more: a committee of its own)"), duty="organisation",
)  # fmt: skip

area("unions.reorganisation", zh="区划和隶属调整", en="Reorganisation")
SECOND_SIGN = parameter(
    "unions.reorganisation.sign", working_days(5), zh="调整方案第二人签署", en="Sign a reorganisation as the second", least=working_days(1), most=working_days(30),
    **OWN,
)  # fmt: skip
SECOND_WARN = parameter("unions.reorganisation.sign_warn", days(1), zh="第二人签署提前提醒", en="Second signature, warned before", **OWN)
FORCE_WARN = parameter("unions.reorganisation.force_warn", days(3), zh="调整生效提前提醒", en="Coming into force, warned before", **OWN)
ENTRIES_CHANGE = parameter(
    "unions.reorganisation.entries", days(30), zh="变更法人登记", en="Change the entries of legal persons",
    basis=_("Measures on legal-person registration of grassroots unions 2020 (changes within 30 days)"), duty="organisation", place=False,
)  # fmt: skip
ENTRIES_WARN = parameter("unions.reorganisation.entries_warn", days(10), zh="变更登记提前提醒", en="Changed entries, warned before", **OWN)

area("unions.offices", zh="任职和代理", en="Offices and standing in")
STAND_IN = parameter(
    "unions.offices.stand_in", days(60), zh="一次代理最长", en="Standing in, the longest at a time", least=days(1), most=days(366), **OWN
)

VACANT = parameter(
    "unions.offices.vacant", months(3), zh="主席缺位补选", en="Fill the vacant chair", least=months(1), most=months(12), **OWN
)
VACANT_WARN = parameter("unions.offices.vacant_warn", days(30), zh="主席补选提前提醒", en="Vacant chair, warned before", **OWN)

area("unions.staffing", zh="乡镇级总工会年度配备核查", en="Yearly check of township federations")
STAFF_OPENS = parameter(
    "unions.staffing.opens", "01-01", zh="年度配备核查开始日", en="The yearly check of staffing begins on", basis=CUSTOM, duty="organisation",
    choices={"01-01": _("1 January"), "03-01": _("1 March"), "07-01": _("1 July"), "09-01": _("1 September")},
)  # fmt: skip
STAFF_DUE = parameter(
    "unions.staffing.due", "03-31", zh="年度配备核查截止日", en="The yearly check of staffing is due on", basis=CUSTOM, duty="organisation",
    choices={"03-31": _("31 March"), "06-30": _("30 June"), "09-30": _("30 September"), "11-30": _("30 November")},
)  # fmt: skip
STAFF_WARN = parameter("unions.staffing.warn", days(30), zh="年度配备核查提前提醒", en="Yearly check of staffing, warned before", **OWN)
STAFF_CONFIRM = parameter(
    "unions.staffing.confirm", working_days(10), zh="年度配备核查确认", en="Confirm a check of staffing", least=working_days(1), most=working_days(60), **OWN
)  # fmt: skip
STAFF_CONFIRM_WARN = parameter(
    "unions.staffing.confirm_warn", days(3), zh="确认配备核查提前提醒", en="Confirmation of staffing, warned before", **OWN
)
STAFF_EVERY = parameter(
    "unions.staffing.every", months(12), zh="配备核查有效期", en="A check of staffing holds for", least=months(6), most=months(36), basis=CUSTOM, duty="organisation", place=False,
)  # fmt: skip
STAFF_GRACE = parameter(
    "unions.staffing.grace", days(60), zh="配备核查到期后宽限", en="Grace after a check of staffing has run out", most=days(366), basis=CUSTOM, duty="organisation", place=False,
)  # fmt: skip
STAFF_CADRES = parameter("unions.staffing.cadres", 1, zh="乡镇级总工会工会干部，最少", en="Officers of a township federation, at least", unit=_("people"), least=0, most=50, **OWN)  # fmt: skip
STAFF_LEAST = parameter("unions.staffing.workers", 1, zh="社会化工会工作者，最少", en="Social workers of a township federation, at least", unit=_("people"), least=0, most=50, **OWN)  # fmt: skip
STAFF_FREE = parameter("unions.staffing.workers_free", 2000, zh="增配社会化工会工作者，职工人数超过", en="More social workers, for employees above", unit=_("people"), least=0, **OWN)  # fmt: skip
STAFF_STEP = parameter("unions.staffing.workers_step", 3000, zh="每多少职工增配一名社会化工会工作者", en="One more social worker for each", unit=_("people"), least=100, **OWN)  # fmt: skip

# ---------- elections ----------

ELECTED = {"basis": _("Regulation on elections of grassroots unions 2016"), "duty": "organisation"}
PEOPLE = _("people")
BOTH = {"least": ("最少", "at least"), "most": ("最多", "at most")}
BANDS = {  # the largest number of members of each band; above the last there is no more
    "24": ("会员不足25人", "fewer than 25 members"), "200": ("会员25至200人", "25 to 200 members"), "1000": ("会员201至1000人", "201 to 1,000 members"),
    "5000": ("会员1001至5000人", "1,001 to 5,000 members"), "10000": ("会员5001至10000人", "5,001 to 10,000 members"),
    "50000": ("会员10001至50000人", "10,001 to 50,000 members"), "more": ("会员50001人以上", "more than 50,000 members"),
}  # fmt: skip


def _both(bands: dict[str, tuple[int, int]]) -> dict[tuple[str, ...], int]:
    """A table of least and most, cell by cell."""
    return {(band, end): pair[n] for band, pair in bands.items() for n, end in enumerate(BOTH)}


area("unions.seats", zh="工会委员会委员名额", en="Seats of a committee")
SEATS = family(
    "unions.seats",
    _both({"24": (3, 5), "200": (3, 7), "1000": (7, 15), "5000": (15, 21), "10000": (21, 29), "50000": (29, 37), "more": (37, 45)}),
    BANDS | BOTH, unit=PEOPLE, least=1, **ELECTED,
)  # fmt: skip
area("unions.delegates", zh="会员代表名额", en="Delegates of a congress")
DELEGATES = family(
    "unions.delegates",
    _both({"200": (30, 40), "1000": (40, 60), "5000": (60, 90), "10000": (90, 130), "50000": (130, 180), "more": (180, 240)}),
    BANDS | BOTH, unit=PEOPLE, least=1, basis=_("Regulation on congresses of grassroots unions 2019"), duty="organisation",
)  # fmt: skip
area("unions.congress", zh="总工会代表大会", en="Congress of a federation")
LEADS = {"2": ("县（区）级", "county level"), "3": ("乡镇（街道）级", "township level")}
CONGRESS_SEATS = family(
    "unions.congress.seats", _both({"2": (25, 61), "3": (7, 25)}), LEADS | BOTH, unit=PEOPLE, least=1, basis=CUSTOM, duty="organisation",
)  # fmt: skip
CONGRESS_DELEGATES = family(
    "unions.congress.delegates", _both({"2": (150, 400), "3": (50, 150)}), LEADS | BOTH, unit=PEOPLE, least=1, basis=CUSTOM, duty="organisation",
)  # fmt: skip
area("unions.election", zh="选举", en="Elections")
CONGRESS_FROM = parameter(
    "unions.election.congress_from", 100, zh="会员代表大会，会员人数起", en="Congress of delegates, members from", unit=PEOPLE, least=2,
    basis=_("Regulation on congresses of grassroots unions 2019"), duty="organisation",
)  # fmt: skip
SURPLUS = parameter(
    "unions.election.surplus", Decimal("0.05"), kind="percent", zh="委员候选人差额，不少于名额的", en="Candidates beyond the seats, at least",
    least=Decimal(0), most=Decimal(1), **ELECTED,
)  # fmt: skip
QUORUM = family(
    "unions.election.quorum", {("part",): 2, ("of",): 3}, {"part": ("到会人数比例，分子", "Quorum, numerator"), "of": ("到会人数比例，分母", "Quorum, denominator")},
    place=False, least=1, **ELECTED,
)  # fmt: skip
MAJORITY = family(
    "unions.election.majority", {("part",): 1, ("of",): 2}, {"part": ("当选须超过应到人数，分子", "To be elected, more than (numerator)"), "of": ("当选须超过应到人数，分母", "To be elected, more than (denominator)")},
    place=False, least=1, **ELECTED,
)  # fmt: skip
AUDIT_SEATS = family(
    "unions.election.audit", {("least",): 3, ("most",): 11}, {"least": ("经审会委员，最少", "Audit committee, at least"), "most": ("经审会委员，最多", "Audit committee, at most")},
    unit=PEOPLE, least=1, **ELECTED,
)  # fmt: skip
WOMEN_FROM = parameter(
    "unions.election.women_from", 10, zh="女职工委员会，女会员人数起", en="Women workers' committee, women from", unit=PEOPLE, least=1,
    basis=_("Trade Union Law 2021, art. 11; the number by the charter, or the place"), duty="organisation",
)  # fmt: skip
OFF_TERM = parameter(
    "unions.election.off_term",
    months(6),
    zh="换届提前或延期，不另经批准最长",
    en="Early or late without leave, at most",
    most=months(12),
    **OWN,
)
EXAMINE = parameter("unions.election.examine", days(15), zh="候选人审查", en="Examine the candidates", least=days(1), most=days(60), **OWN)
EXAMINE_WARN = parameter("unions.election.examine_warn", days(3), zh="候选人审查提前提醒", en="Examination, warned before", **OWN)
NOTICE = parameter(
    "unions.election.notice",
    working_days(5),
    zh="候选人公示",
    en="Public notice of the candidates",
    least=working_days(1),
    most=working_days(30),
    **OWN,
)
REPORT = parameter("unions.election.report", days(10), zh="报告选举结果", en="Report the result", least=days(1), most=days(60), **OWN)
REPORT_WARN = parameter("unions.election.report_warn", days(3), zh="报告选举结果提前提醒", en="Report, warned before", **OWN)
CONFIRM = parameter("unions.election.confirm", days(15), zh="批复选举结果", en="Decide on the result", least=days(1), most=days(60), **OWN)
CONFIRM_WARN = parameter("unions.election.confirm_warn", days(3), zh="批复选举结果提前提醒", en="Result, warned before", **OWN)

area("unions.employers", zh="用人单位", en="Employers")
UNDO_EMPLOYERS = parameter(
    "unions.employers.undo", days(30), zh="单位合并可撤销", en="How long a merger of employers can be undone", least=days(7), most=days(90), **OWN,
)  # fmt: skip

area("unions.sheet", zh="组织信息表导入", en="Imports of organisation sheets")
UNDO_SHEET = parameter(
    "unions.sheet.undo",
    days(30),
    zh="组织信息表整批撤回期限",
    en="Take an organisation sheet back",
    least=days(1),
    most=days(90),
    place=False,
    **OWN,
)
