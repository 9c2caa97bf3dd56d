"""The life of a setting: proposed by one person, signed by another, in force when its day comes; what held is never taken back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.flow import Flow, declare, step
from niangjia.rulebook.enums import May
from niangjia.rulebook.enums import State as S  # noqa: N817 - a table wants short names

# fmt: off
SETTING_FLOW = declare("rulebook.setting", Flow(S, start=S.DRAFT, steps=[
    #    verb        from                   to            who
    step("sign",     [S.DRAFT],             S.SIGNED,     May.SIGN,     label=_("Put in force")),
    step("begin",    [S.SIGNED],            S.IN_FORCE,   May.SIGN,     label=_("Began to hold"), auto=True),
    step("withdraw", [S.DRAFT, S.SIGNED],   S.WITHDRAWN,  May.WITHDRAW, label=_("Withdraw"), done=_("Withdrawn"), reason=True),
], phases={"DRAFT": "wait", "SIGNED": "open", "IN_FORCE": "done", "WITHDRAWN": "stop"}))
# fmt: on
