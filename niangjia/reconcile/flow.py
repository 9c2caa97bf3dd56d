"""The life of a comparison: read, explained, closed; a newer list of the same register goes on with what is open."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.flow import Flow, declare, step
from niangjia.reconcile.enums import May
from niangjia.reconcile.enums import State as S  # noqa: N817 - a table wants short names

# fmt: off
COMPARISON_FLOW = declare("reconcile.comparison", Flow(S, start=S.READING, steps=[
    #    verb      from                    to           who
    step("lay",    [S.READING],            S.OPEN,      May.SEE,    label=_("laid both lists beside each other"), auto=True),
    step("fail",   [S.READING],            S.FAILED,    May.SEE,    label=_("could not read the list"), auto=True, reason=True),
    step("again",  [S.FAILED],             S.READING,   May.DECIDE, label=_("Read it again"), done=_("Read again")),
    step("close",  [S.OPEN],               S.CLOSED,    May.DECIDE, label=_("All is explained"), done=_("Closed: all was explained")),
    step("follow", [S.OPEN, S.CLOSED],     S.FOLLOWED,  May.SEE,    label=_("a newer list goes on with it"), auto=True),
    step("drop",   [S.FAILED, S.READING],  S.DROPPED,   May.DECIDE, label=_("Drop it"), done=pgettext_lazy("a story", "Dropped")),
], phases={"READING": "doing", "OPEN": "open", "CLOSED": "done", "FOLLOWED": "moved", "FAILED": "late", "DROPPED": "stop"}))
# fmt: on
