"""What a place may set about exports of people."""

from __future__ import annotations

from niangjia.kit.basis import CUSTOM
from niangjia.kit.parameter import area, parameter
from niangjia.kit.spans import days, working_days

OWN = {"basis": CUSTOM, "duty": "office"}

area("exports", zh="导出个人信息", en="Exports of people")
DECIDE = parameter(
    "exports.decide", working_days(2), zh="导出审批", en="Decide on an export", least=working_days(1), most=working_days(10), **OWN
)
DECIDE_WARN = parameter("exports.decide_warn", working_days(1), zh="导出审批提前提醒", en="Export, warned before", **OWN)
KEPT = parameter("exports.kept", days(7), zh="导出文件保留", en="How long a workbook lies ready", least=days(1), most=days(7), **OWN)
PATIENCE = parameter(
    "exports.patience",
    days(14),
    zh="导出申请无人审批后失效",
    en="When an export that nobody answers lapses",
    least=days(3),
    most=days(60),
    **OWN,
)
