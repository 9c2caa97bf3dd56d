"""What a place may set about reconciliation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.basis import CUSTOM
from niangjia.kit.parameter import area, parameter
from niangjia.kit.spans import days, working_days, years

OWN = {"basis": CUSTOM, "duty": "organisation"}

area("reconcile", zh="对账", en="Reconciliation")
EXPLAIN = parameter(
    "reconcile.explain", working_days(20), zh="对账说清", en="Explain the differences", least=working_days(1), most=working_days(120), **OWN
)
EXPLAIN_WARN = parameter("reconcile.explain_warn", working_days(5), zh="对账说清提前提醒", en="Differences, warned before", **OWN)
LATELY = parameter(
    "reconcile.lately", days(45), zh="新入会待上报", en="Joined lately, not yet sent up", least=days(1), most=days(365), **OWN
)
UNDO = parameter("reconcile.undo", days(30), zh="对账决定可撤回", en="A decision can be taken back", least=days(1), most=days(90), **OWN)
KEPT = parameter(
    "reconcile.kept", years(2), zh="比对名册原文件保留", en="A list laid beside ours, kept", least=years(1), most=years(10), place=False,
    basis=_("Personal Information Protection Law 2021, arts 19 and 47; the length is custom"), duty="organisation",
)  # fmt: skip
