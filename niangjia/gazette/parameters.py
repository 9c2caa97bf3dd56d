"""How long a notice hangs and an objection waits (domain reference, part F)."""

from __future__ import annotations

from niangjia.kit.basis import CUSTOM
from niangjia.kit.parameter import area, parameter
from niangjia.kit.spans import days, working_days

OWN = {"basis": CUSTOM, "duty": "office"}

area("gazette", zh="公示", en="Public notices")
SHOWN = parameter("gazette.shown", working_days(5), zh="一般公示", en="A public notice, unless its kind says otherwise", least=working_days(3), most=working_days(60), **OWN)  # fmt: skip
SHOWN_WARN = parameter("gazette.shown_warn", days(1), zh="公示到期提前提醒", en="Public notice, warned before its end", **OWN)
ANSWER = parameter("gazette.answer", working_days(10), zh="异议调查答复", en="Look into an objection and answer it", least=working_days(1), most=working_days(30), **OWN)  # fmt: skip
ANSWER_WARN = parameter("gazette.answer_warn", days(2), zh="异议答复提前提醒", en="Objection, warned before", **OWN)
FORGET = parameter("gazette.forget", days(365), zh="异议人联系方式保留", en="How to reach whoever objected, kept after the answer", least=days(30), most=days(1825), **OWN)  # fmt: skip
