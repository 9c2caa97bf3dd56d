"""What is set about the annual return: the day on which the statistical year closes, when it is due, and what must be explained."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from niangjia.kit.basis import CUSTOM
from niangjia.kit.parameter import Family, area, parameter
from niangjia.kit.spans import days

SYSTEM = _("statistical reports of trade unions, 国统制〔2019〕107号: 1 October to 30 September, sent in late October")

area("returns", zh="工会统计年报", en="Annual return")
CLOSES = parameter(
    "returns.closes", "09-30", zh="统计年度截止日", en="The statistical year closes on", basis=SYSTEM, place=False, duty="organisation",
    choices={"09-30": _("30 September"), "12-31": _("31 December")},
)  # fmt: skip
SEND = parameter(
    "returns.send",
    days(25),
    zh="年报上报（截止日后）",
    en="Send the annual return, after the closing day",
    basis=SYSTEM,
    duty="organisation",
)
SURVEY = parameter(
    "returns.survey", days(10), zh="基层工会调查表确认（截止日后）", en="Survey of a grassroots union, after the closing day", basis=CUSTOM, duty="organisation"
)  # fmt: skip
SURVEY_WARN = parameter(
    "returns.survey_warn", days(4), zh="基层工会调查表提前提醒", en="Survey of a grassroots union, warned before", basis=CUSTOM, duty="organisation"
)  # fmt: skip
TOWN_SEND = parameter(
    "returns.send_town", days(17), zh="乡镇级汇总上报（截止日后）", en="Send the sums of a township, after the closing day", basis=CUSTOM, duty="organisation"
)  # fmt: skip
CITY_SEND = parameter(
    "returns.send_city", days(31), zh="市级年报上报（截止日后）", en="Send the return of the city, after the closing day", basis=SYSTEM, duty="organisation"
)  # fmt: skip
SEND_WARN = parameter(
    "returns.send_warn", days(10), zh="年报上报提前提醒", en="Annual return, warned before", basis=CUSTOM, duty="organisation"
)
MOVED = parameter(
    "returns.moved", Decimal("0.10"), kind="percent", zh="年报数比上年增减须说明的幅度", en="Change on last year that must be explained, from",
    basis=CUSTOM, duty="organisation", least=Decimal("0.01"), most=Decimal(1),
)  # fmt: skip
MOVED_LEAST = parameter(
    "returns.moved_least", 5, zh="年报数比上年增减须说明的最少数", en="Change on last year that must be explained, at least so many",
    basis=CUSTOM, duty="organisation", unit=_("in number"), least=1, most=10_000,
)  # fmt: skip
SENDS = Family("returns.send", {("1",): CITY_SEND, ("2",): SEND, ("3",): TOWN_SEND})  # by the level of the union
