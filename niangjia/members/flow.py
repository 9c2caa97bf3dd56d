"""The life of a membership, and of an application sent under a union's code (Charter of the unions; rules on membership 2000)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.flow import Flow, declare, step
from niangjia.members.enums import Asked as A  # noqa: N817 - a table wants short names
from niangjia.members.enums import May
from niangjia.members.enums import State as S  # noqa: N817 - a table wants short names

# fmt: off
MEMBERSHIP_FLOW = declare("members.membership", Flow(S, start=S.APPLIED, steps=[
    #    verb        from                      to          who
    step("approve",  [S.APPLIED],              S.MEMBER,   May.APPROVE, label=_("Admit"), done=_("Taken in"), page=True),
    step("refuse",   [S.APPLIED],              S.REFUSED,  May.APPROVE, label=_("Refuse"), done=_("Not taken in"), reason=True),
    step("send",     [S.MEMBER],               S.LEAVING,  May.EDIT,    label=_("Send to another union"), done=_("Sent to another union"), page=True),
    step("recall",   [S.LEAVING],              S.MEMBER,   May.EDIT,    label=_("Call back"), done=_("Called back")),
    step("take",     [S.LEAVING],              S.ENDED,    May.TAKE,    label=_("Take over"), done=_("Was taken over")),
    step("carry",    [S.MEMBER],               S.ENDED,    May.EDIT,    label=_("Carried over: the union merged"), auto=True),
    step("retain",   [S.MEMBER],               S.ENDED,    May.EDIT,    label=_("Retain"), done=_("Membership kept"), page=True, reason=True),
    step("resume",   [S.MEMBER],               S.ENDED,    May.EDIT,    label=_("Resume"), done=_("Membership resumed"), reason=True),
    step("end",      [S.MEMBER, S.LEAVING],    S.ENDED,    May.EDIT,    label=_("End the membership"), done=_("Membership brought to its end"), page=True, reason=True),
], phases={"APPLIED": "open", "MEMBER": "done", "LEAVING": "moved", "ENDED": "stop", "REFUSED": "stop"}))
APPLICATION_FLOW = declare("members.application", Flow(A, start=A.SENT, steps=[
    step("admit",    [A.SENT], A.ADMITTED,  May.ADMIT, label=_("Admit"), done=_("Taken in"), page=True),
    step("refuse",   [A.SENT], A.REFUSED,   May.ADMIT, label=_("Refuse"), done=_("Not taken in"), reason=True),
    step("twice",    [A.SENT], A.TWICE,     May.ADMIT, label=_("Sent twice: decided by the other one"), auto=True),
    step("withdraw", [A.SENT], A.WITHDRAWN, May.ADMIT, label=_("Withdrawn by the applicant"), auto=True),
], phases={"SENT": "open", "ADMITTED": "done", "REFUSED": "stop", "TWICE": "stop", "WITHDRAWN": "stop"}))
# fmt: on
