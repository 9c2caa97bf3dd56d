"""The lives of a union (Trade Union Law 2021, arts 12, 13, 16), of a reorganisation, and of an election."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.flow import Flow, declare, step
from niangjia.unions.enums import LIVING, May
from niangjia.unions.enums import Manning as M  # noqa: N817 - a table wants short names
from niangjia.unions.enums import Poll as E
from niangjia.unions.enums import Stage as R
from niangjia.unions.enums import State as S  # noqa: N817 - a table wants short names
from niangjia.unions.enums import Way as W  # noqa: N817 - a table wants short names
from niangjia.unions.enums_life import Splitting as P

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
    # What a split does with a union follows from its approval.
    step("divide",   [S.NORMAL, S.OVERDUE, S.DORMANT],     S.ABOLISHED, May.REORGANISE, label=_("Was split into other unions"), auto=True),
    *(step("part", [s], s, May.REORGANISE, label=_("A part of it became a union of its own"), auto=True) for s in (S.NORMAL, S.OVERDUE, S.DORMANT)),
    step("settle",   [S.ABOLISHED],                        S.ABOLISHED, May.REORGANISE, label=_("Assets, account and legal person settled"), auto=True),  # as the entries below
    *(step("entries", [s], s, May.EDIT, label=_("Entries of the legal person changed"), auto=True) for s in map(S, LIVING)),  # has a page, and no button of the flow's
    *(step("certify", [s], s, May.CERTIFY, label=_("Certificate of the legal person"), auto=True) for s in map(S, LIVING)),  # has pages of its own
    *(step("load",    [s], s, May.EDIT, label=_("Brought up to date by a sheet"), auto=True) for s in (S.PREPARING, *map(S, LIVING))),
    *(step("unload",  [s], s, May.EDIT, label=_("A sheet was taken back"), auto=True) for s in (S.PREPARING, *map(S, LIVING))),
    *(step("direct", [s], s, May.REORGANISE, label=_("Dues or statistics go elsewhere"), auto=True) for s in map(S, LIVING)),  # has a page of its own
    *(step("cover", [s], s, May.EDIT, label=_("Unit covered"), auto=True) for s in (S.PREPARING, *map(S, LIVING))),
    *(step("uncover", [s], s, May.EDIT, label=_("Unit left"), auto=True) for s in (S.PREPARING, *map(S, LIVING))),
    *(step("reorganise", [s], s, May.RESTRUCTURE, label=_("Reorganised"), auto=True) for s in (S.PREPARING, *map(S, LIVING))),
], phases={"PREPARING": "open", "NORMAL": "done", "OVERDUE": "late", "DORMANT": "wait", "MERGING": "moved", "ABOLISHED": "stop"}))

REORGANISATION_FLOW = declare("unions.reorganisation", Flow(R, start=R.DRAFT, steps=[
    step("rehearse", [R.DRAFT, R.REHEARSED],               R.REHEARSED, May.REHEARSE, label=_("Rehearse"), done=_("Was rehearsed")),
    step("revise",   [R.REHEARSED, R.SIGNED],              R.DRAFT,     May.REHEARSE, label=_("Change the plan"), done=_("Plan changed")),
    step("sign",     [R.REHEARSED],                        R.SIGNED,    May.SIGN,     label=_("Sign as the first"), done=_("Signed as the first"), page=True),
    step("adopt",    [R.SIGNED],                           R.ADOPTED,   May.SIGN,     label=_("Sign and adopt"), done=_("Signed and adopted"), page=True),
    step("enforce",  [R.ADOPTED, R.RECALLED],                          R.IN_FORCE,  May.SIGN,     label=_("Has come into force"), auto=True),
    step("put-back", [R.ADOPTED, R.RECALLED],                          R.DRAFT,     May.SIGN,     label=_("Could not come into force"), auto=True),
    step("file",     [R.IN_FORCE],                         R.FILED,     May.REHEARSE, label=_("File it"), done=_("Put on file"), reason=True),
    step("withdraw", [R.DRAFT, R.REHEARSED, R.SIGNED],     R.WITHDRAWN, May.REHEARSE, label=_("Give it up"), done=_("Was given up"), reason=True),
    step("recall",   [R.ADOPTED],                          R.RECALLED,  May.SIGN,     label=_("Propose to give it up"), done=_("Proposed to give it up"), reason=True),
    step("keep",     [R.RECALLED],                         R.ADOPTED,   May.SIGN,     label=_("Keep to it"), done=_("Was kept to"), reason=True),
    step("call-off", [R.RECALLED],                         R.WITHDRAWN, May.SIGN,     label=_("Sign, and give it up"), done=_("Signed, and given up")),
], phases={"DRAFT": "draft", "REHEARSED": "doing", "SIGNED": "wait", "ADOPTED": "wait", "RECALLED": "wait", "IN_FORCE": "done", "FILED": "done", "WITHDRAWN": "stop"}))

SPLIT_FLOW = declare("unions.split", Flow(P, start=P.DRAFT, steps=[
    step("send",     [P.DRAFT],          P.SENT,      May.SPLIT,        label=_("Send the split up"), done=_("Sent the split up")),
    step("recall",   [P.SENT],           P.DRAFT,     May.SPLIT,        label=_("Take the split back"), done=_("Took the split back")),
    step("return",   [P.SENT],           P.DRAFT,     May.DECIDE_SPLIT, label=_("Send the split back"), done=_("Sent the split back"), reason=True),
    step("refuse",   [P.SENT],           P.REFUSED,   May.DECIDE_SPLIT, label=_("Do not agree to the split"), done=_("Did not agree to the split"), reason=True),
    step("approve",  [P.SENT],           P.APPROVED,  May.DECIDE_SPLIT, label=_("Approve the split"), done=_("Approved the split"), page=True),
    step("settle",   [P.APPROVED],       P.SETTLED,   May.SPLIT,        label=_("Record how it was settled"), done=_("Recorded how it was settled"), page=True),
    step("give-up",  [P.DRAFT],          P.WITHDRAWN, May.SPLIT,        label=_("Give it up"), done=_("Was given up"), reason=True),
    step("end",      [P.DRAFT, P.SENT],  P.WITHDRAWN, May.DECIDE_SPLIT, label=_("Its union has ended"), auto=True),
], phases={"DRAFT": "draft", "SENT": "wait", "APPROVED": "doing", "SETTLED": "done", "REFUSED": "stop", "WITHDRAWN": "stop"}))

FOUNDING_FLOW = declare("unions.founding", Flow(W, start=W.CLUE, steps=[
    step("apply",    [W.CLUE, W.RETURNED],                          W.APPLIED,    May.FILE,     label=_("Hand in the application"), done=_("Application handed in"), page=True),
    step("grant",    [W.APPLIED],                                   W.GRANTED,    May.GRANT,    label=_("Agree to the preparatory group"), done=_("Preparatory group was agreed to"), page=True),
    step("return",   [W.APPLIED],                                   W.RETURNED,   May.GRANT,    label=_("Ask for what is missing"), done=_("Asked for what was missing"), reason=True),
    step("refuse",   [W.APPLIED, W.RETURNED],                       W.REFUSED,    May.GRANT,    label=pgettext_lazy("a founding", "Refuse"), done=_("Founding was refused"), reason=True),
    step("found",    [W.GRANTED],                                   W.FOUNDED,    May.GRANT,    label=_("The first committee was approved"), auto=True),
    step("register", [W.FOUNDED],                                   W.REGISTERED, May.REGISTER, label=_("Register as a legal person"), done=_("Was registered as a legal person"), page=True),
    step("give-up",  [W.CLUE, W.APPLIED, W.RETURNED, W.GRANTED],    W.WITHDRAWN,  May.FILE,     label=_("Give it up"), done=_("Was given up"), reason=True),
    step("end",      [W.GRANTED, W.FOUNDED],                        W.WITHDRAWN,  May.GRANT,    label=_("Its union has ended"), auto=True),
], phases={"CLUE": "draft", "APPLIED": "wait", "RETURNED": "open", "GRANTED": "doing", "FOUNDED": "doing", "REGISTERED": "done", "REFUSED": "stop", "WITHDRAWN": "stop"}))

ELECTION_FLOW = declare("unions.election", Flow(E, start=E.DRAFT, steps=[
    step("send",      [E.DRAFT],                            E.SENT,      May.ELECT,   label=_("Send to be examined"), done=_("Candidates sent to be examined")),
    step("examine",   [E.SENT],                             E.EXAMINED,  May.EXAMINE, label=_("Agree to the candidates"), done=_("Agreed to the candidates")),
    step("return",    [E.SENT],                             E.DRAFT,     May.EXAMINE, label=_("Send back"), done=_("Candidates sent back"), reason=True),
    step("post",      [E.EXAMINED],                         E.POSTED,    May.ELECT,   label=_("Post up the candidates"), done=_("Candidates posted up"), page=True),
    step("object",    [E.POSTED],                           E.DRAFT,     May.ELECT,   label=_("An objection was upheld"), auto=True),
    step("take-down", [E.POSTED],                           E.EXAMINED,  May.ELECT,   label=_("The notice was taken down"), auto=True),
    step("hold",      [E.POSTED, E.HELD],                   E.HELD,      May.ELECT,   label=_("Record the assembly"), done=_("Assembly recorded"), page=True),
    step("report",    [E.HELD],                             E.REPORTED,  May.ELECT,   label=_("Report the result"), done=_("Result reported upward"), page=True),
    step("confirm",   [E.REPORTED],                         E.APPROVED,  May.EXAMINE, label=_("Approve the result"), done=_("Approved the result"), page=True),
    step("send-back", [E.REPORTED],                         E.HELD,      May.EXAMINE, label=_("Send the result back"), done=_("Result sent back"), reason=True),
    step("annul",     [E.POSTED, E.HELD, E.REPORTED],       E.ANNULLED,  May.EXAMINE, label=_("Annul the election"), done=_("Election annulled"), reason=True),
    step("end",       [E.DRAFT, E.SENT, E.EXAMINED, E.POSTED, E.HELD, E.REPORTED], E.WITHDRAWN, May.EXAMINE, label=_("Its union has ended"), auto=True),
    step("give-up",   [E.DRAFT, E.SENT, E.EXAMINED],        E.WITHDRAWN, May.ELECT,   label=_("Give it up"), done=_("Was given up"), reason=True),
], phases={"DRAFT": "draft", "SENT": "wait", "EXAMINED": "doing", "POSTED": "wait", "HELD": "doing", "REPORTED": "wait", "APPROVED": "done", "ANNULLED": "stop", "WITHDRAWN": "stop"}))

STAFFING_FLOW = declare("unions.staffcheck", Flow(M, start=M.ASKED, steps=[
    step("fill",    [M.ASKED],         M.SENT,      May.FILL_STAFFING,    label=_("Fill in the check"), done=_("Check was filled in"), page=True),
    step("confirm", [M.SENT],          M.CONFIRMED, May.CONFIRM_STAFFING, label=_("Confirm the check"), done=_("Check was confirmed")),
    step("return",  [M.SENT],          M.ASKED,     May.CONFIRM_STAFFING, label=_("Send the check back"), done=_("Check was sent back"), reason=True),
    step("reopen",  [M.CONFIRMED],     M.ASKED,     May.CONFIRM_STAFFING, label=_("Ask for it anew"), done=_("Check was asked for anew"), reason=True),
    step("drop",    [M.ASKED, M.SENT], M.DROPPED,   May.CONFIRM_STAFFING, label=_("The federation has ended"), auto=True),
], phases={"ASKED": "open", "SENT": "wait", "CONFIRMED": "done", "DROPPED": "stop"}))
# fmt: on
