"""What a city sets about telling other systems."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.basis import CUSTOM
from niangjia.kit.parameter import area, parameter
from niangjia.kit.spans import days, hours, minutes

OWN = {"basis": CUSTOM, "duty": "office", "place": False}

area("exchange.told", zh="变更推送", en="Telling other systems")
TRIES = parameter("exchange.told.tries", 12, zh="推送连续失败几次后停止", en="Given up after so many tries", unit=_("tries"), least=2, most=50, **OWN)  # fmt: skip
FIRST = parameter("exchange.told.first", minutes(1), zh="首次重试间隔", en="First wait before another try, doubled at each", least=minutes(1), most=hours(1), **OWN)  # fmt: skip
LONGEST = parameter("exchange.told.longest", hours(6), zh="重试间隔上限", en="Longest wait before another try", least=minutes(5), most=hours(24), **OWN)  # fmt: skip
SECONDS = parameter("exchange.told.seconds", 10, zh="等候对方应答", en="How long an answer is waited for", unit=_("seconds"), least=1, most=30, **OWN)  # fmt: skip
KEPT_LOG = parameter(
    "exchange.told.kept", days(30), zh="推送记录保留", en="Log of what was posted, kept", least=days(7), most=days(180), **OWN
)
