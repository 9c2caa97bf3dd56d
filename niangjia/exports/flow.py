"""The life of an export: asked by one person, answered by another, written by the house, gone after a week."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.exports.enums import May
from niangjia.exports.enums import State as S  # noqa: N817 - a table wants short names
from niangjia.kit.flow import Flow, declare, step

# fmt: off
EXPORT_FLOW = declare("exports.export", Flow(S, start=S.ASKED, steps=[
    #    verb        from                    to           who
    step("approve",  [S.ASKED],              S.MAKING,    May.APPROVE, label=pgettext_lazy("exports", "Approve"), done=pgettext_lazy("done", "Approved")),
    step("refuse",   [S.ASKED],              S.REFUSED,   May.APPROVE, label=_("Do not approve"), done=pgettext_lazy("done", "Not approved"), reason=True),
    step("withdraw", [S.ASKED],              S.WITHDRAWN, May.OWN,     label=_("Withdraw"), done=_("Withdrawn")),
    step("lapse",    [S.ASKED],              S.LAPSED,    May.VIEW,    label=_("Nobody has answered"), auto=True),
    step("finish",   [S.MAKING],             S.READY,     May.VIEW,    label=_("wrote the workbook"), auto=True),
    step("fail",     [S.MAKING],             S.FAILED,    May.VIEW,    label=_("could not write the workbook"), auto=True, reason=True),
    step("again",    [S.FAILED],             S.MAKING,    May.OWN,     label=_("Try again"), done=_("Tried again")),
    step("drop",     [S.READY, S.FAILED],    S.GONE,      May.DROP,    label=_("Delete it now"), done=pgettext_lazy("done", "Deleted")),
    step("expire",   [S.READY, S.FAILED],    S.GONE,      May.VIEW,    label=_("deleted it"), auto=True),
], phases={"ASKED": "open", "MAKING": "doing", "READY": "done", "FAILED": "late", "REFUSED": "stop", "WITHDRAWN": "stop", "LAPSED": "stop", "GONE": "stop"}))
# fmt: on
