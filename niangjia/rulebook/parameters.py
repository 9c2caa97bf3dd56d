"""What is set about settings themselves."""

from __future__ import annotations

from niangjia.kit.basis import CUSTOM
from niangjia.kit.parameter import area, parameter
from niangjia.kit.spans import days, working_days

OWN = {"basis": CUSTOM, "duty": "office"}

area("rulebook.change", zh="参数变更", en="Changes of parameters")
SIGN = parameter("rulebook.change.sign", working_days(5), zh="第二人签发", en="The second person signs", **OWN)
SIGN_WARN = parameter("rulebook.change.sign_warn", days(2), zh="签发提前提醒", en="Signing, warned before", **OWN)
