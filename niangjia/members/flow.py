"""The life of a membership, and of an application sent under a union's code (Charter of the unions; rules on membership 2000)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.flow import Flow, declare, step
from niangjia.members.enums import Alike, CardState, Confirming, Expelling, May, Ordering
from niangjia.members.enums import Asked as A  # noqa: N817 - a table wants short names
from niangjia.members.enums import Lapsing as L  # noqa: N817 - a table wants short names
from niangjia.members.enums import Requested as R  # noqa: N817 - a table wants short names
from niangjia.members.enums import State as S  # noqa: N817 - a table wants short names
from niangjia.members.enums import Wanted as W  # noqa: N817 - a table wants short names

# fmt: off
MEMBERSHIP_FLOW = declare("members.membership", Flow(S, start=S.APPLIED, steps=[
    #    verb        from                      to          who
    step("approve",  [S.APPLIED],              S.MEMBER,   May.APPROVE, label=_("Admit"), done=_("Taken in"), page=True),
    step("refuse",   [S.APPLIED],              S.REFUSED,  May.APPROVE, label=_("Refuse"), done=_("Not taken in"), reason=True),
    step("send",     [S.MEMBER],               S.LEAVING,  May.EDIT,    label=_("Send to another union"), done=_("Sent to another union"), page=True),
    step("recall",   [S.LEAVING],              S.MEMBER,   May.EDIT,    label=_("Call back"), done=_("Called back")),
    step("back",     [S.LEAVING],              S.MEMBER,   May.TAKE,    label=_("Send back"), done=_("Sent back"), reason=True),
    step("take",     [S.LEAVING],              S.ENDED,    May.TAKE,    label=_("Take over"), done=_("Was taken over")),
    step("pool",     [S.LEAVING],              S.ENDED,    May.TAKE,    label=_("Into the pool: nobody took her over"), auto=True),
    step("enter",    [S.APPLIED],              S.MEMBER,   May.APPROVE, label=_("Entered in the pool"), auto=True),
    step("carry",    [S.MEMBER],               S.ENDED,    May.EDIT,    label=_("Carried over: the union merged"), auto=True),
    step("retain",   [S.MEMBER],               S.ENDED,    May.EDIT,    label=_("Retain"), done=_("Membership kept"), page=True, reason=True),
    step("dues",     [S.MEMBER],               S.MEMBER,   May.EDIT,    label=_("Dues entered"), auto=True),
    step("dues",     [S.LEAVING],              S.LEAVING,  May.EDIT,    label=_("Dues entered"), auto=True),
    step("confirm",  [S.MEMBER],               S.MEMBER,   May.EDIT,    label=_("Confirmed: still in this work"), auto=True),
    step("confirm",  [S.LEAVING],              S.LEAVING,  May.EDIT,    label=_("Confirmed: still in this work"), auto=True),
    step("first",    [S.MEMBER],               S.MEMBER,   May.EDIT,    label=_("Became the first membership"), auto=True),
    step("second",   [S.MEMBER],               S.MEMBER,   May.EDIT,    label=_("Became a second membership"), auto=True),
    step("second",   [S.LEAVING],              S.LEAVING,  May.EDIT,    label=_("Became a second membership"), auto=True),
    step("resume",   [S.MEMBER],               S.ENDED,    May.EDIT,    label=_("Resume"), done=_("Membership resumed"), reason=True),
    step("end",      [S.MEMBER, S.LEAVING],    S.ENDED,    May.EDIT,    label=_("End the membership"), done=_("Membership brought to its end"), page=True, reason=True),
], phases={"APPLIED": "open", "MEMBER": "done", "LEAVING": "moved", "ENDED": "stop", "REFUSED": "stop"}))
APPLICATION_FLOW = declare("members.application", Flow(A, start=A.SENT, steps=[
    step("admit",    [A.SENT], A.ADMITTED,  May.ADMIT, label=_("Admit"), done=_("Taken in"), page=True),
    step("refuse",   [A.SENT], A.REFUSED,   May.ADMIT, label=_("Refuse"), done=_("Not taken in"), reason=True),
    step("complete", [A.SENT], A.COMPLETED, May.ADMIT, label=_("Complete her particulars"), done=pgettext_lazy("a story", "Particulars completed")),
    step("twice",    [A.SENT], A.TWICE,     May.ADMIT, label=_("Sent twice: decided by the other one"), auto=True),
    step("withdraw", [A.SENT], A.WITHDRAWN, May.ADMIT, label=_("Withdrawn by the applicant"), auto=True),
], phases={"SENT": "open", "ADMITTED": "done", "REFUSED": "stop", "TWICE": "stop", "WITHDRAWN": "stop", "COMPLETED": "done"}))
LAPSE_FLOW = declare("members.lapse", Flow(L, start=L.FOUND, steps=[
    step("talk",     [L.FOUND],           L.TALKED, May.LAPSE, label=_("Note the talk with her"), done=_("Talked with her"), page=True),
    step("leave",    [L.TALKED],          L.LEFT,   May.LAPSE, label=_("Deem her to have left"), done=_("Was deemed to have left"), page=True),
    step("stay",     [L.FOUND, L.TALKED], L.STAYS,  May.LAPSE, label=_("She stays a member"), done=_("Stays a member"), reason=True),
    step("paid",     [L.FOUND, L.TALKED], L.PAID,   May.LAPSE, label=_("Has paid"), auto=True),
    step("over",     [L.FOUND, L.TALKED], L.OVER,   May.LAPSE, label=_("Overtaken: she has moved, or her membership has ended"), auto=True),
], phases={"FOUND": "open", "TALKED": "doing", "LEFT": "stop", "STAYS": "done", "PAID": "done", "OVER": "stop"}))
EXPULSION_FLOW = declare("members.expulsion", Flow(Expelling, start=Expelling.PROPOSED, steps=[
    step("decide",   [Expelling.PROPOSED], Expelling.DECIDED, May.EXPEL,          label=_("Expel her"), done=_("Was expelled"), page=True),
    step("drop",     [Expelling.PROPOSED], Expelling.DROPPED, May.EXPEL,          label=_("Do not expel her"), done=_("Was not expelled"), reason=True),
    step("over",     [Expelling.PROPOSED], Expelling.OVER,    May.EXPEL,          label=_("Overtaken: she has moved, or her membership has ended"), auto=True),
    step("file",     [Expelling.DECIDED],  Expelling.FILED,   May.FILE_EXPULSION, label=_("Take it on file"), done=_("Taken on file")),
], phases={"PROPOSED": "open", "DECIDED": "doing", "FILED": "done", "DROPPED": "stop", "OVER": "stop"}))
REQUEST_FLOW = declare("members.request", Flow(W, start=W.ASKED, steps=[
    step("give",     [W.ASKED], W.GIVEN,     May.ANSWER, label=_("Send her"), done=_("She was sent")),
    step("keep",     [W.ASKED], W.KEPT,      May.ANSWER, label=_("She stays here"), done=_("Answered: she stays"), reason=True),
    step("withdraw", [W.ASKED], W.WITHDRAWN, May.UNASK,  label=_("Take the request back"), done=_("Request taken back")),
    step("over",     [W.ASKED], W.OVER,      May.ANSWER, label=_("Overtaken: she has moved, or her membership has ended"), auto=True),
], phases={"ASKED": "open", "GIVEN": "done", "KEPT": "stop", "WITHDRAWN": "stop", "OVER": "stop"}))
ROUND_FLOW = declare("members.round", Flow(Confirming, start=Confirming.OPEN, steps=[
    step("done",     [Confirming.OPEN], Confirming.DONE, May.CONFIRM, label=_("All confirmed"), auto=True),
], phases={"OPEN": "open", "DONE": "done"}))
ORDER_FLOW = declare("members.cardbatch", Flow(Ordering, start=Ordering.DRAFT, steps=[
    step("send",     [Ordering.DRAFT], Ordering.SENT,    May.SEND_CARDS,  label=_("Send it to the bank"), done=_("Sent to the bank")),
    step("drop",     [Ordering.DRAFT], Ordering.DROPPED, May.ORDER_CARDS, label=_("Drop the order"), done=_("Order dropped"), reason=True),
    step("made",     [Ordering.SENT],  Ordering.MADE,    May.ORDER_CARDS, label=_("Read the bank's answer"), done=_("The bank's answer was read"), page=True),
    step("done",     [Ordering.MADE],  Ordering.DONE,    May.ORDER_CARDS, label=_("All handed out"), auto=True),
], phases={"DRAFT": "draft", "SENT": "wait", "MADE": "doing", "DONE": "done", "DROPPED": "stop"}))
CARD_FLOW = declare("members.card", Flow(CardState, start=CardState.WANTED, steps=[
    step("make",     [CardState.WANTED],            CardState.MADE,      May.KEEP_CARD, label=_("Made by the bank"), auto=True),
    step("fail",     [CardState.WANTED],            CardState.FAILED,    May.KEEP_CARD, label=_("Not made by the bank"), auto=True),
    step("unwant",   [CardState.WANTED],            CardState.CANCELLED, May.KEEP_CARD, label=_("Order dropped"), auto=True),
    step("issue",    [CardState.MADE],              CardState.ISSUED,    May.KEEP_CARD, label=_("Handed out"), auto=True),
    step("lose",     [CardState.ISSUED],            CardState.LOST,      May.KEEP_CARD, label=_("Report it lost"), done=_("Reported lost"), reason=True),
    step("find",     [CardState.LOST],              CardState.ISSUED,    May.KEEP_CARD, label=_("It was found"), done=_("Was found")),
    step("replace",  [CardState.LOST],              CardState.REPLACED,  May.KEEP_CARD, label=_("Replaced by a new card"), auto=True),
    step("cancel",   [CardState.MADE, CardState.ISSUED, CardState.LOST], CardState.CANCELLED, May.KEEP_CARD, label=_("Cancel it"), done=_("Card cancelled"), reason=True),
    step("end",      [CardState.WANTED, CardState.MADE, CardState.ISSUED, CardState.LOST], CardState.CANCELLED, May.KEEP_CARD, label=_("Cancelled: the membership has ended"), auto=True),
], phases={"WANTED": "wait", "MADE": "doing", "FAILED": "late", "ISSUED": "done", "LOST": "late", "REPLACED": "stop", "CANCELLED": "stop"}))
LIKENESS_FLOW = declare("members.likeness", Flow(Alike, start=Alike.FOUND, steps=[
    step("merge",    [Alike.FOUND],  Alike.MERGED, May.JUDGE, label=_("Merge the two"), done=_("The two were merged"), page=True),
    step("apart",    [Alike.FOUND],  Alike.APART,  May.JUDGE, label=_("Not the same person"), done=_("Told apart"), reason=True),
    step("undo",     [Alike.MERGED], Alike.FOUND,  May.JUDGE, label=_("Undo the merger"), done=_("Merger undone"), reason=True),
], phases={"FOUND": "open", "MERGED": "done", "APART": "stop"}))
PERSONAL_FLOW = declare("members.personalrequest", Flow(R, start=R.SENT, steps=[
    step("grant",    [R.SENT], R.GRANTED,   May.ANSWER_PERSONAL, label=_("Grant it"), done=pgettext_lazy("a personal request", "Granted"), page=True),
    step("refuse",   [R.SENT], R.REFUSED,   May.ANSWER_PERSONAL, label=_("Do not grant it"), done=pgettext_lazy("a personal request", "Not granted"), reason=True),
    step("withdraw", [R.SENT], R.WITHDRAWN, May.ANSWER_PERSONAL, label=_("Taken back by the member"), auto=True),
], phases={"SENT": "open", "GRANTED": "done", "REFUSED": "stop", "WITHDRAWN": "stop"}))
# fmt: on
