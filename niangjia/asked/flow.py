"""The life of a request, and of each union's answer to it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.asked.enums import May
from niangjia.asked.enums import Standing as A
from niangjia.asked.enums import State as S  # noqa: N817
from niangjia.kit.flow import Flow, declare, step

# fmt: off
REQUEST_FLOW = declare("asked.request", Flow(S, start=S.DRAFT, steps=[
    #    verb        from                    to           who
    step("issue",    [S.DRAFT],              S.ISSUED,    May.COMPOSE, label=pgettext_lazy("a request", "Send it out"), done=pgettext_lazy("a request", "Sent out")),
    step("close",    [S.ISSUED],             S.CLOSED,    May.COMPOSE, label=pgettext_lazy("a request", "Close"), done=pgettext_lazy("a request, done", "Closed it"), reason=True),
    step("withdraw", [S.DRAFT, S.ISSUED],    S.WITHDRAWN, May.COMPOSE, label=pgettext_lazy("a request", "Withdraw"), done=pgettext_lazy("a request, done", "Withdrew it"), reason=True),
], phases={"DRAFT": "draft", "ISSUED": "doing", "CLOSED": "done", "WITHDRAWN": "stop"}))

ANSWER_FLOW = declare("asked.addressed", Flow(A, start=A.NEW, steps=[
    step("send",     [A.NEW],                A.ANSWERED,  May.ANSWER,    label=pgettext_lazy("an answer", "Send the answer"), done=pgettext_lazy("an answer", "Sent the answer"), page=True),
    step("return",   [A.ANSWERED],           A.NEW,       May.SEND_BACK, label=pgettext_lazy("an answer", "Send it back to be corrected"), done=pgettext_lazy("an answer", "Sent it back to be corrected"), reason=True),
    step("end",      [A.NEW],                A.ENDED,     May.SEND_BACK, label=_("No longer asked"), done=_("The request ended without an answer"), auto=True),
], phases={"NEW": "open", "ANSWERED": "done", "ENDED": "stop"}))
# fmt: on
