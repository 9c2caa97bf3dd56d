"""The life of a public notice 公示 and of an objection to it: whatever waits for a notice goes on when no objection is open."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.gazette.enums import May, Raised
from niangjia.gazette.enums import State as S  # noqa: N817 - a table wants short names
from niangjia.kit.flow import Flow, declare, step

# fmt: off
NOTICE_FLOW = declare("gazette.notice", Flow(S, start=S.UP, steps=[
    step("hold",     [S.UP],          S.ASKED,     May.TAKE_DOWN, label=_("Its days are over, objections are open"), auto=True),
    step("end",      [S.UP, S.ASKED], S.ENDED,     May.TAKE_DOWN, label=_("Its days are over"), auto=True),
    step("withdraw", [S.UP, S.ASKED], S.WITHDRAWN, May.TAKE_DOWN, label=pgettext_lazy("a notice", "Take it down"), done=pgettext_lazy("a story", "Taken down"), reason=True),
], phases={"UP": "doing", "ASKED": "wait", "ENDED": "done", "WITHDRAWN": "stop"}))
OBJECTION_FLOW = declare("gazette.objection", Flow(Raised, start=Raised.OPEN, steps=[
    step("uphold",  [Raised.OPEN], Raised.UPHELD,    May.ANSWER, label=_("It is right"), done=pgettext_lazy("a story", "Found right"), page=True),
    step("dismiss", [Raised.OPEN], Raised.DISMISSED, May.ANSWER, label=_("It is not right"), done=pgettext_lazy("a story", "Found not right"), page=True),
    step("moot",    [Raised.OPEN], Raised.MOOT,      May.ANSWER, label=_("Its notice was taken down"), auto=True),
], phases={"OPEN": "open", "UPHELD": "late", "DISMISSED": "done", "MOOT": "stop"}))
# fmt: on
