"""The life of a review: the office writes and checks, a leader signs, publishing fixes every figure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.flow import Flow, declare, step
from niangjia.reports.enums import May, State

S = State

# fmt: off
REVIEW_FLOW = declare("reports.review", Flow(S, start=S.DRAFT, steps=[
    #    verb        from                                  to           who
    step("check",    [S.DRAFT],                            S.CHECKED,   May.DRAFT,    label=_("Check and send to the leader"), done=_("Checked and sent to the leader")),
    step("sign",     [S.CHECKED],                          S.SIGNED,    May.SIGN,     label=_("Sign"), done=pgettext_lazy("done", "Signed")),
    step("publish",  [S.SIGNED],                           S.PUBLISHED, May.PUBLISH,  label=_("Publish"), done=pgettext_lazy("done", "Published")),
    step("withdraw", [S.CHECKED, S.SIGNED, S.PUBLISHED],   S.DRAFT,     May.WITHDRAW, label=_("Withdraw"), done=_("Withdrawn"), reason=True),
], phases={"DRAFT": "draft", "CHECKED": "wait", "SIGNED": "doing", "PUBLISHED": "done"}))
# fmt: on
