"""The life of a union (Trade Union Law 2021, arts 12, 13, 16)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.flow import Flow, declare, step
from niangjia.unions.enums import May
from niangjia.unions.enums import State as S  # noqa: N817 - a table wants short names

# fmt: off
UNION_FLOW = declare("unions.union", Flow(S, start=S.PREPARING, steps=[
    #    verb        from                                  to           who
    step("approve",  [S.PREPARING],                        S.NORMAL,    May.CONFIRM, label=_("Approve"), page=True),
    step("lapse",    [S.NORMAL],                           S.OVERDUE,   May.CONFIRM, label=_("Term lapsed"), auto=True),
    step("re-elect", [S.NORMAL, S.OVERDUE, S.DORMANT],     S.NORMAL,    May.CONFIRM, label=_("Record the election"), page=True),
    step("lie-down", [S.NORMAL, S.OVERDUE],                S.DORMANT,   May.CONFIRM, label=_("Mark as dormant"), reason=True),
    step("merge",    [S.NORMAL, S.OVERDUE, S.DORMANT],     S.MERGING,   May.REORGANISE, label=_("Begin a merger"), reason=True),
    step("resume",   [S.MERGING],                          S.NORMAL,    May.REORGANISE, label=_("Call the merger off"), reason=True),
    step("abolish",  [S.PREPARING, S.NORMAL, S.OVERDUE, S.DORMANT, S.MERGING], S.ABOLISHED, May.REORGANISE, label=_("Abolish"), page=True, reason=True),
], phases={"PREPARING": "open", "NORMAL": "done", "OVERDUE": "late", "DORMANT": "wait", "MERGING": "moved", "ABOLISHED": "stop"}))
# fmt: on
