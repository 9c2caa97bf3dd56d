"""What the law and the places set about joining and moving (domain reference, §2.4)."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from niangjia.kit.basis import (
    CUSTOM,
)
from niangjia.kit.parameter import (
    area,
    parameter,
)
from niangjia.kit.spans import (
    days,
    minutes,
    months,
    working_days,
    years,
)

OWN = {"basis": CUSTOM, "duty": "organisation"}

area("members.joining", zh="入会", en="Joining")
YOUNGEST = parameter(
    "members.joining.youngest", 16, zh="最低年龄", en="Youngest age", unit=_("years old"), basis=_("Labour Law 1994, art. 15"), place=False,
    duty="organisation",
)  # fmt: skip
JOIN = parameter("members.joining.decide", days(15), zh="入会审批", en="Decide on an application", least=days(1), most=days(60), **OWN)
JOIN_WARN = parameter("members.joining.decide_warn", days(3), zh="入会审批提前提醒", en="Application, warned before", **OWN)
FORGET = parameter(
    "members.joining.forget",
    days(30),
    zh="扫码申请办结后保留",
    en="Application by code, kept after the decision",
    least=days(7),
    most=days(365),
    **OWN,
)

area("members.dues", zh="会费", en="Dues")
OWN_DUES = _("Accounting rules for unions 2021, 401; measures on dues of the Federation")
RATE = parameter(
    "members.dues.rate", Decimal("0.5"), kind="percent", zh="会员会费比例", en="Dues of a member, of the monthly wage", least=Decimal("0.5"), most=Decimal("0.5"),
    basis=OWN_DUES, place=False, duty="organisation",
)  # fmt: skip
STEP = parameter(
    "members.dues.step",
    Decimal(10),
    zh="基数取整",
    en="What is less than this of the base is dropped",
    basis=OWN_DUES,
    place=False,
    duty="organisation",
)
LAPSE = parameter(
    "members.dues.lapse", months(6), zh="自动退会：连续未交会费且不参加活动", en="Deemed exit: so long without dues and without taking part", least=months(6),
    most=months(24), basis=_("Charter of the unions, art. 5; local rules on dues"), duty="organisation",
)  # fmt: skip
DECIDE = parameter("members.dues.decide", days(30), zh="谈话并决定", en="Talk with her and decide", least=days(7), most=days(90), **OWN)
DECIDE_WARN = parameter("members.dues.decide_warn", days(7), zh="谈话并决定提前提醒", en="Talk and decision, warned before", **OWN)

area("members.expelling", zh="开除会籍", en="Expulsion")
EXPEL = parameter("members.expelling.decide", days(30), zh="委员会决定", en="The committee decides", least=days(7), most=days(90), **OWN)
EXPEL_WARN = parameter("members.expelling.decide_warn", days(7), zh="委员会决定提前提醒", en="Decision, warned before", **OWN)
FILE = parameter(
    "members.expelling.file", days(15), zh="上级备案", en="The union above takes it on file", least=days(5), most=days(60), **OWN
)
FILE_WARN = parameter("members.expelling.file_warn", days(5), zh="上级备案提前提醒", en="Filing, warned before", **OWN)

area("members.newwork", zh="新就业形态会员核实", en="Confirmation of new forms of work")
CONFIRM = parameter("members.newwork.confirm", months(6), zh="核实周期", en="Confirmed anew after", least=months(3), most=months(12), **OWN)
ROUND = parameter("members.newwork.round", days(30), zh="一轮核实期限", en="A round of confirmations", least=days(10), most=days(90), **OWN)
ROUND_WARN = parameter("members.newwork.round_warn", days(7), zh="核实提前提醒", en="Round, warned before", **OWN)

area("members.cards", zh="会员卡", en="Member cards")
HANDOUT = parameter("members.cards.handout", days(30), zh="发放期限", en="Hand the cards out", least=days(7), most=days(90), **OWN)
HANDOUT_WARN = parameter("members.cards.handout_warn", days(7), zh="发放提前提醒", en="Handing out, warned before", **OWN)
BANK = parameter(
    "members.cards.bank",
    working_days(20),
    zh="银行制卡期限",
    en="The bank makes the cards",
    least=working_days(3),
    most=working_days(60),
    **OWN,
)
BANK_WARN = parameter("members.cards.bank_warn", days(3), zh="银行制卡提前提醒", en="The bank's answer, warned before", **OWN)
LIES = parameter(
    "members.cards.lies", days(7), zh="制卡文件可下载", en="How long the file for the bank lies ready", least=days(1), most=days(7), **OWN
)

area("members.same", zh="重复人员", en="The same person twice")
UNDO_MERGER = parameter(
    "members.same.undo", days(30), zh="合并可撤销", en="How long a merger can be undone", least=days(7), most=days(90), **OWN
)
JUDGE = parameter("members.same.judge", days(30), zh="重复人员判定", en="Judge whether two are one", least=days(7), most=days(90), **OWN)
JUDGE_WARN = parameter("members.same.judge_warn", days(7), zh="重复人员判定提前提醒", en="Judgement, warned before", **OWN)

area("members.moving", zh="会籍接转", en="Transfer of membership")
TAKE = parameter(
    "members.moving.take", working_days(10), zh="接收", en="Take over a membership", least=working_days(1), most=working_days(30),
    basis=_("Rules on membership 2000, rule 4; the length is custom, configurable"), duty="organisation",
)  # fmt: skip
GIVE = parameter(
    "members.moving.give", working_days(5), zh="转出答复", en="Answer a request for a transfer", least=working_days(1), most=working_days(30),
    basis=_("Rules on membership 2000, rule 4; the length is custom, configurable"), duty="organisation",
)  # fmt: skip
GIVE_WARN = parameter("members.moving.give_warn", days(2), zh="转出答复提前提醒", en="Answer to a request, warned before", **OWN)
POOL = parameter(
    "members.moving.pool", days(30), zh="无人接收转入会籍库", en="Into the pool of the federation, if nobody takes her over", least=days(10), most=days(180),
    basis=_("Rules on membership 2000, rule 6; the length is custom, configurable"), duty="organisation",
)  # fmt: skip
POOL_WARN = parameter("members.moving.pool_warn", days(5), zh="转入会籍库提前提醒", en="Into the pool, warned before", **OWN)
TAKE_WARN = parameter("members.moving.take_warn", days(2), zh="接收提前提醒", en="Taking over, warned before", **OWN)

area("members.importing", zh="名册导入", en="Imports of rosters")
UNDO_IMPORT = parameter(
    "members.importing.undo", days(30), zh="整批撤回期限", en="Take a whole import back", least=days(1), most=days(90), place=False, **OWN
)
area("members.door", zh="会员登录", en="Sign-in of members")
CODE_TIME = parameter(
    "members.door.time",
    minutes(5),
    zh="短信验证码有效",
    en="A code on the phone holds for",
    least=minutes(2),
    most=minutes(15),
    place=False,
    **OWN,
)
CODE_TRIES = parameter(
    "members.door.tries", 5, zh="短信验证码可试", en="Tries at a code on the phone", unit=_("times"), least=3, most=10, place=False, **OWN
)
TAIL_FIRST = parameter(
    "members.door.tail_first",
    True,
    zh="首次登录核对证件号后四位",
    en="At the first sign-in the end of the identity number is asked",
    place=False,
    **OWN,
)

area("members.file", zh="本人档案", en="A member's file")
FILE_KEPT = parameter(
    "members.file.kept", years(10), zh="离会后资料保留", en="A file, kept after leaving", least=years(1), most=years(30), place=False,
    basis=_("Personal Information Protection Law 2021, arts 19 and 47; the length is custom"), duty="organisation",
)  # fmt: skip
ROSTER_KEPT = parameter(
    "members.file.roster", years(2), zh="名册原文件保留", en="File of a roster as sent, kept", least=years(1), most=years(10), place=False,
    basis=_("Personal Information Protection Law 2021, arts 19 and 47; the length is custom"), duty="organisation",
)  # fmt: skip
FIRST_TEXT = parameter(
    "members.file.first_text", False, zh="首次录入发短信告知", en="Told by short message when first imported",
    basis=_("Personal Information Protection Law 2021, arts 17 and 18; by which way is custom"), duty="organisation",
)  # fmt: skip

area("members.request", zh="个人请求", en="Personal requests")
ANSWER = parameter(
    "members.request.answer", days(15), zh="个人请求答复", en="Answer a personal request", least=days(1), most=days(30),
    basis=_("Personal Information Protection Law 2021, art. 50: convenient, and with a reason if refused; the length is custom"), duty="organisation",
)  # fmt: skip
ANSWER_WARN = parameter("members.request.answer_warn", days(3), zh="个人请求答复提前提醒", en="Personal request, warned before", **OWN)
