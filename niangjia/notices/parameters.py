"""What a city sets about short messages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.basis import CUSTOM
from niangjia.kit.parameter import area, parameter
from niangjia.kit.spans import days, hours

OWN = {"basis": CUSTOM, "duty": "office", "place": False}

area("notices.short", zh="短信", en="Short messages")
LENGTH = parameter(
    "notices.short.length", 70, zh="一条短信的字数", en="Length of a short message", unit=_("characters"), least=40, most=500,
    basis=_("GSM 03.38: a message in Chinese characters holds 70; longer ones are charged as several"), duty="office", place=False,
)  # fmt: skip
A_DAY = parameter(
    "notices.short.a_day", 10, zh="同一号码每日最多", en="Most to one number in a day", unit=_("messages"), least=1, most=50, **OWN
)
NIGHT = parameter(
    "notices.short.night", 21, zh="夜间不发，起", en="No messages at night, from", unit=_("o'clock"), least=18, most=23, **OWN
)
MORNING = parameter(
    "notices.short.morning", 8, zh="夜间不发，止", en="No messages at night, until", unit=_("o'clock"), least=5, most=11, **OWN
)
PATIENCE = parameter(
    "notices.short.patience",
    hours(48),
    zh="发不出去，多久后作罢",
    en="Given up when it cannot be sent for",
    least=hours(1),
    most=days(7),
    **OWN,
)
KEPT = parameter(
    "notices.short.kept", days(30), zh="短信接收号码保留", en="Number of a short message, kept", least=days(1), most=days(180),
    basis=_("Personal Information Protection Law 2021, arts 19 and 47; the length is custom"), duty="office", place=False,
)  # fmt: skip
