"""What is set about asking the grass roots: when it warns, how alike is the same, how long an answer counts as given."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.basis import CUSTOM
from niangjia.kit.parameter import area, parameter
from niangjia.kit.spans import days, working_days

OWN = {"basis": CUSTOM, "duty": "office"}

area("asked", zh="一次填报", en="Asked once")
WARN = parameter(
    "asked.warn", working_days(3), zh="填报到期提前提醒", en="An answer that is due, warned before", most=working_days(15), **OWN
)
NOTICE = parameter(
    "asked.notice", 3, zh="从发出到截止至少几个工作日", en="Working days from the issue to the due day, at least", unit=_("working days"), least=1, most=30, **OWN
)  # fmt: skip
CLOSE = parameter("asked.close", working_days(10), zh="截止后办结填报", en="Close a request, after its due day", **OWN)
CLOSE_WARN = parameter("asked.close_warn", working_days(2), zh="办结填报提前提醒", en="Closing a request, warned before", **OWN)
AGAIN = parameter(
    "asked.again", days(365), zh="多久内填报过的不再重填", en="Given before, if within", least=days(30), most=days(1100), place=False, **OWN
)  # fmt: skip
ALIKE = parameter(
    "asked.alike", Decimal("0.80"), kind="percent", zh="字段名相似到多少算同一项", en="Fields are the same when alike by", least=Decimal("0.60"), most=Decimal(1), place=False, **OWN
)  # fmt: skip
CONTEST = parameter(
    "asked.contest", "YES", zh="平台已有的数，能否说明理由再问一次", en="What is held may be asked for when it is contested", place=False,
    choices={"YES": _("Yes, with a reason"), "NO": pgettext_lazy("may be asked", "No")}, **OWN,
)  # fmt: skip
KEPT = parameter("asked.kept", days(1100), zh="填报内容保留", en="Answers to requests, kept", least=days(365), place=False, **OWN)
