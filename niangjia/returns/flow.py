"""The life of an annual return (filled by the books, checked by the organisation office, signed by the head of the union, sent up), and of the
survey of a grassroots union, with which it begins.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.flow import Flow, declare, step
from niangjia.returns.enums import Look, May
from niangjia.returns.enums import State as S  # noqa: N817 - a table wants short names

# fmt: off
RETURN_FLOW = declare("returns.annualreturn", Flow(S, start=S.DRAFT, steps=[
    #    verb        from                              to         who
    step("check",    [S.DRAFT],                        S.CHECKED, May.FILL,     label=_("Sign as filled in, and send to the head"), done=_("Signed as filled in, and sent to the head")),
    step("recount",  [S.DRAFT],                        S.DRAFT,   May.FILL,     label=_("Count anew as known today"), done=_("Counted anew as known today"), reason=True),
    step("sign",     [S.CHECKED],                      S.SIGNED,  May.SIGN,     label=pgettext_lazy("a return", "Sign"), done=pgettext_lazy("a return, done", "Signed"), page=True),
    step("send",     [S.SIGNED],                       S.SENT,    May.FILL,     label=_("It has been sent up"), done=_("Sent up")),
    step("back",     [S.SENT],                         S.DRAFT,   May.RETURN,   label=_("Send back to be mended"), done=_("Sent back to be mended"), reason=True),
    step("withdraw", [S.CHECKED, S.SIGNED, S.SENT],    S.DRAFT,   May.WITHDRAW, label=_("Withdraw the return"), done=_("Withdrew the return"), reason=True),
], phases={"DRAFT": "draft", "CHECKED": "wait", "SIGNED": "doing", "SENT": "done"}))

SURVEY_FLOW = declare("returns.survey", Flow(Look, start=Look.OPEN, steps=[
    step("answer",   [Look.OPEN],      Look.OPEN,      May.CONFIRM, label=_("Fill in what no record holds"), done=_("Filled in what no record holds"), page=True),
    step("renew",    [Look.OPEN],      Look.OPEN,      May.CONFIRM, label=_("Fill in anew from the records"), done=_("Filled in anew from the records")),
    step("confirm",  [Look.OPEN],      Look.CONFIRMED, May.CONFIRM, label=_("Confirm the survey"), done=_("Survey confirmed")),
    step("vouch",    [Look.OPEN],      Look.CONFIRMED, May.VOUCH,   label=_("Confirm it on the union's behalf"), done=_("Confirmed on the union's behalf"), reason=True),
    step("take-back", [Look.CONFIRMED], Look.OPEN,     May.CONFIRM, label=_("Take it back to mend it"), done=_("Taken back to be mended"), reason=True),
    step("back",     [Look.CONFIRMED], Look.OPEN,      May.VOUCH,   label=_("Send the survey back"), done=_("Survey sent back"), reason=True),
], phases={"OPEN": "open", "CONFIRMED": "done"}))
# fmt: on
