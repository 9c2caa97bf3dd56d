"""The lives of a union (Trade Union Law 2021, arts 12, 13, 16) and of a reorganisation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.flow import Flow, declare, step
from niangjia.unions.enums import LIVING, May
from niangjia.unions.enums import Stage as R
from niangjia.unions.enums import State as S  # noqa: N817 - a table wants short names

# fmt: off
UNION_FLOW = declare("unions.union", Flow(S, start=S.PREPARING, steps=[
    #    verb        from                                  to           who
    step("approve",  [S.PREPARING],                        S.NORMAL,    May.CONFIRM, label=_("Approve"), done=_("Approved"), page=True),
    step("lapse",    [S.NORMAL],                           S.OVERDUE,   May.CONFIRM, label=_("Term lapsed"), auto=True),
    step("re-elect", [S.NORMAL, S.OVERDUE, S.DORMANT],     S.NORMAL,    May.CONFIRM, label=_("Record the election"), done=_("Election recorded"), page=True),
    step("lie-down", [S.NORMAL, S.OVERDUE],                S.DORMANT,   May.CONFIRM, label=_("Mark as dormant"), done=_("Marked as dormant"), reason=True),
    step("abolish",  [S.PREPARING, S.NORMAL, S.OVERDUE, S.DORMANT, S.MERGING], S.ABOLISHED, May.REORGANISE, label=_("Abolish"), done=_("Abolished by a decision"), page=True, reason=True),
    # What a reorganisation does with a union is adopted by two people for all its unions at once: no union has a button for it.
    step("merge",    [S.NORMAL, S.OVERDUE, S.DORMANT],     S.MERGING,   May.RESTRUCTURE, label=_("Is to be merged"), auto=True),
    step("resume",   [S.MERGING],                          S.NORMAL,    May.RESTRUCTURE, label=_("The merger was called off"), auto=True),
    step("absorb",   [S.NORMAL, S.OVERDUE, S.DORMANT, S.MERGING], S.ABOLISHED, May.RESTRUCTURE, label=_("Merged into another union"), auto=True),
    *(step("reorganise", [s], s, May.RESTRUCTURE, label=_("Reorganised"), auto=True) for s in (S.PREPARING, *map(S, LIVING))),
], phases={"PREPARING": "open", "NORMAL": "done", "OVERDUE": "late", "DORMANT": "wait", "MERGING": "moved", "ABOLISHED": "stop"}))

REORGANISATION_FLOW = declare("unions.reorganisation", Flow(R, start=R.DRAFT, steps=[
    step("rehearse", [R.DRAFT, R.REHEARSED],               R.REHEARSED, May.REHEARSE, label=_("Rehearse"), done=_("Was rehearsed")),
    step("revise",   [R.REHEARSED, R.SIGNED],              R.DRAFT,     May.REHEARSE, label=_("Change the plan"), done=_("Plan changed")),
    step("sign",     [R.REHEARSED],                        R.SIGNED,    May.SIGN,     label=_("Sign as the first"), done=_("Signed as the first"), page=True),
    step("adopt",    [R.SIGNED],                           R.ADOPTED,   May.SIGN,     label=_("Sign and adopt"), done=_("Signed and adopted"), page=True),
    step("enforce",  [R.ADOPTED],                          R.IN_FORCE,  May.SIGN,     label=_("Has come into force"), auto=True),
    step("put-back", [R.ADOPTED],                          R.DRAFT,     May.SIGN,     label=_("Could not come into force"), auto=True),
    step("file",     [R.IN_FORCE],                         R.FILED,     May.REHEARSE, label=_("File it"), done=_("Put on file"), reason=True),
    step("withdraw", [R.DRAFT, R.REHEARSED, R.SIGNED, R.ADOPTED], R.WITHDRAWN, May.REHEARSE, label=_("Give it up"), done=_("Was given up"), reason=True),
], phases={"DRAFT": "draft", "REHEARSED": "doing", "SIGNED": "wait", "ADOPTED": "wait", "IN_FORCE": "done", "FILED": "done", "WITHDRAWN": "stop"}))
# fmt: on
