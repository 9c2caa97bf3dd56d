"""What the law and the places set about joining and moving (domain reference, §2.4)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.basis import CUSTOM
from niangjia.kit.parameter import area, parameter
from niangjia.kit.spans import days, working_days

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

area("members.moving", zh="会籍接转", en="Transfer of membership")
TAKE = parameter(
    "members.moving.take", working_days(10), zh="接收", en="Take over a membership", least=working_days(1), most=working_days(30),
    basis=_("Rules on membership 2000, rule 4; the length is custom, configurable"), duty="organisation",
)  # fmt: skip
TAKE_WARN = parameter("members.moving.take_warn", days(2), zh="接收提前提醒", en="Taking over, warned before", **OWN)
