"""The life of an annual return: filled by the books, checked by the organisation office, signed by the head of the union, sent up."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.flow import Flow, declare, step
from niangjia.returns.enums import May
from niangjia.returns.enums import State as S  # noqa: N817 - a table wants short names

# fmt: off
RETURN_FLOW = declare("returns.annualreturn", Flow(S, start=S.DRAFT, steps=[
    #    verb        from                              to         who
    step("check",    [S.DRAFT],                        S.CHECKED, May.FILL,     label=_("Sign as filled in, and send to the head"), done=_("Signed as filled in, and sent to the head")),
    step("recount",  [S.DRAFT],                        S.DRAFT,   May.FILL,     label=_("Count anew as known today"), done=_("Counted anew as known today"), reason=True),
    step("sign",     [S.CHECKED],                      S.SIGNED,  May.SIGN,     label=pgettext_lazy("a return", "Sign"), done=pgettext_lazy("a return, done", "Signed"), page=True),
    step("send",     [S.SIGNED],                       S.SENT,    May.FILL,     label=_("It has been sent up"), done=_("Sent up")),
    step("withdraw", [S.CHECKED, S.SIGNED, S.SENT],    S.DRAFT,   May.WITHDRAW, label=_("Withdraw the return"), done=_("Withdrew the return"), reason=True),
], phases={"DRAFT": "draft", "CHECKED": "wait", "SIGNED": "doing", "SENT": "done"}))
# fmt: on
