"""The lives of an event and of a dispute."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.flow import Flow, declare, step
from niangjia.rights.enums import DisputeState as D
from niangjia.rights.enums import EventState as E
from niangjia.rights.enums import May
from niangjia.rights.enums import RosterState as R
from niangjia.rights.enums import SwapState as S
from niangjia.rights.enums import TellingState as T
from niangjia.rights.enums import ZeroState as Z
from niangjia.rights.redundant import RedundancyState as C
from niangjia.rights.supervised import SupervisionState as L

# fmt: off
EVENT_FLOW = declare("rights.event", Flow(E, start=E.REPORTED, steps=[
    #    verb       from                                      to            who
    step("confirm", [E.REPORTED],                             E.CONFIRMED,  May.CONFIRM_EVENT, label=_("Confirm severity"), done=_("Severity confirmed"), page=True),
    step("dismiss", [E.REPORTED],                             E.FALSE,      May.DISMISS_EVENT, label=_("False report"), done=_("Dismissed as a false report"), reason=True),
    step("handle",  [E.CONFIRMED],                            E.HANDLING,   May.HANDLE_EVENT,  label=_("Take it on"), done=_("Taken on")),
    step("calm",    [E.HANDLING],                             E.STABLE,     May.HANDLE_EVENT,  label=_("Under control"), reason=True),
    step("flare",   [E.STABLE],                               E.HANDLING,   May.HANDLE_EVENT,  label=_("It flares up"), done=_("Flared up again"), reason=True),
    step("settle",  [E.HANDLING, E.STABLE],                   E.SETTLED,    May.HANDLE_EVENT,  label=_("Settled"), page=True),
    step("reopen",  [E.SETTLED],                              E.HANDLING,   May.HANDLE_EVENT,  label=_("Reopen"), done=_("Reopened"), reason=True),
    step("close",   [E.SETTLED],                              E.CLOSED,     May.CLOSE_EVENT,   label=_("Close the case"), done=_("Case closed"), page=True),
    step("visit",   [E.CLOSED],                               E.VISITED,    May.HANDLE_EVENT,  label=_("Visited again"), reason=True),
    step("refer",   [E.CONFIRMED, E.HANDLING, E.STABLE],      E.REFERRED,   May.CLOSE_EVENT,   label=_("Refer to a department"), done=_("Referred to a department"), page=True, reason=True),
    # A letter of transfer that is signed takes the event with it; whoever drafted the letter was asked whether she may.
    step("transfer", [E.CONFIRMED, E.HANDLING, E.STABLE],     E.REFERRED,   May.SIGN_EVENT,    label=_("Transfer by letter"), done=_("Transferred by letter"), auto=True, reason=True),
    # Which of two reports goes on is said on the page that compares them, and so is that they were two matters after all.
    step("merge",   [E.REPORTED, E.CONFIRMED, E.HANDLING, E.STABLE], E.MERGED,  May.MERGE_EVENT,   label=_("Make them one"), done=_("Became one with another report"), auto=True),
    *(step(f"part-{state.lower()}", [E.MERGED], state, May.MERGE_EVENT, label=_("Part them again"), done=_("Parted again"), auto=True)
      for state in (E.REPORTED, E.CONFIRMED, E.HANDLING, E.STABLE)),
], phases={"REPORTED": "open", "CONFIRMED": "doing", "HANDLING": "doing", "STABLE": "wait", "SETTLED": "done", "CLOSED": "done", "VISITED": "done",
           "FALSE": "stop", "REFERRED": "moved", "MERGED": "moved"}))

# Nobody can be made to give a receipt: what the house does by itself is automatic, and a receipt is given on its own page.
TELLING_FLOW = declare("rights.telling", Flow(T, start=T.WAITING, steps=[
    step("receive", [T.WAITING, T.PASSED], T.RECEIVED, May.RECEIVE_TELLING, label=_("I have it"), done=_("Received"), auto=True),
    step("pass",    [T.WAITING],           T.PASSED,   May.RECEIVE_TELLING, label=_("Tell the next one"), done=_("The next one was told"), auto=True),
    step("drop",    [T.WAITING],           T.DROPPED,  May.RECEIVE_TELLING, label=_("No receipt needed"), done=_("No receipt was needed"), auto=True),
], phases={"WAITING": "wait", "RECEIVED": "done", "PASSED": "late", "DROPPED": "stop"}))

ROSTER_FLOW = declare("rights.roster", Flow(R, start=R.KEPT, steps=[
    step("plan",     [R.KEPT], R.KEPT,  May.KEEP_ROSTER, label=_("Plan a month"), done=_("Planned the roster"), auto=True),
    step("stand-in", [R.KEPT], R.KEPT,  May.KEEP_ROSTER, label=_("The level above stands in"), done=_("The level above stands in"), auto=True),
    step("stop",     [R.KEPT], R.ENDED, May.KEEP_ROSTER, label=_("Keep no roster any more"), auto=True),
], phases={"KEPT": "doing", "ENDED": "stop"}))

SWAP_FLOW = declare("rights.swap", Flow(S, start=S.ASKED, steps=[
    step("agree",   [S.ASKED], S.AGREED,   May.SWAP_DUTY, label=pgettext_lazy("a swap", "Agree")),
    step("decline", [S.ASKED], S.DECLINED, May.SWAP_DUTY, label=pgettext_lazy("a swap", "Decline")),
], phases={"ASKED": "wait", "AGREED": "done", "DECLINED": "stop"}))

ZERO_FLOW = declare("rights.zeroweek", Flow(Z, start=Z.DUE, steps=[
    step("nothing", [Z.DUE], Z.NOTHING, May.REPORT_ZERO, label=_("Nothing this week"), done=_("Reported that nothing happened")),
    step("events",  [Z.DUE, Z.NOTHING], Z.EVENTS, May.REPORT_ZERO, label=_("Events were reported"), done=_("Follows from the events that were reported"), auto=True),
], phases={"DUE": "wait", "NOTHING": "done", "EVENTS": "doing"}))

DISPUTE_FLOW = declare("rights.dispute", Flow(D, start=D.APPLIED, steps=[
    step("accept",   [D.APPLIED],                D.MEDIATING, May.ACCEPT_DISPUTE, label=_("Accept"), done=_("Accepted")),
    step("refuse",   [D.APPLIED],                D.REFUSED,   May.ACCEPT_DISPUTE, label=_("Do not accept"), done=_("Not accepted"), reason=True),
    step("agree",    [D.MEDIATING],              D.AGREED,    May.MEDIATE,        label=_("Record the agreement"), done=_("Agreement recorded"), page=True),
    step("perform",  [D.AGREED],                 D.PERFORMED, May.MEDIATE,        label=_("Performed")),
    step("end",      [D.MEDIATING, D.PAUSED, D.AGREED], D.CLOSED,    May.MEDIATE,        label=_("End without performance"), done=_("Ended without performance"), page=True, reason=True),
    step("pause",    [D.MEDIATING],              D.PAUSED,    May.MEDIATE,        label=_("Suspend the mediation"), done=_("Mediation suspended"), page=True, reason=True),
    step("resume",   [D.PAUSED],                 D.MEDIATING, May.MEDIATE,        label=_("Resume the mediation"), done=_("Mediation resumed")),
    step("wait",     [D.PAUSED],                 D.PAUSED,    May.MEDIATE,        label=_("It still has to wait"), reason=True),
    step("withdraw", [D.APPLIED, D.MEDIATING, D.PAUSED], D.WITHDRAWN, May.MEDIATE,        label=_("Withdrawn by the applicant"), reason=True),
    step("recall",   [D.APPLIED],                D.WITHDRAWN, May.OWN_DISPUTE,    label=_("Taken back by the worker"), reason=True),
    step("close",    [D.PERFORMED],              D.CLOSED,    May.CLOSE_DISPUTE,  label=_("Close the case"), done=_("Case closed")),
], phases={"APPLIED": "open", "MEDIATING": "doing", "PAUSED": "wait", "AGREED": "wait", "PERFORMED": "done", "CLOSED": "done", "REFUSED": "stop", "WITHDRAWN": "stop"}))

# Each letter of the set is signed by a chair or a vice-chair before it gets its number; which one waits, the letter says. The days of an opinion run
# from the day on which it was served.
SUPERVISION_FLOW = declare("rights.supervision", Flow(L, start=L.RECEIVED, steps=[
    step("take-up",   [L.RECEIVED],                          L.INVESTIGATING, May.SUPERVISE,        label=_("Take it up"), done=pgettext_lazy("supervision", "Taken up")),
    step("decline",   [L.RECEIVED],                          L.OUT,           May.SUPERVISE,        label=_("Not in scope, tell in writing"), done=_("Not in scope; told in writing"), reason=True),
    step("clear",     [L.INVESTIGATING],                     L.CLOSED,        May.SUPERVISE,        label=_("No breach found"), done=_("Closed, no breach was found"), reason=True),
    step("remind",    [L.INVESTIGATING],                     L.SIGNING,       May.SUPERVISE,        label=_("Draft a letter of reminder"), done=_("Letter of reminder drafted"), page=True),
    step("sign-reminder", [L.SIGNING],                       L.REMINDED,      May.SIGN_SUPERVISION, label=_("Sign the reminder"), done=_("Signed the reminder")),
    step("demand",    [L.INVESTIGATING, L.REMINDED],         L.SIGNING,       May.SUPERVISE,        label=_("Draft the letter of opinion"), done=_("Letter of opinion drafted"), page=True),
    step("sign",      [L.SIGNING],                           L.SIGNED,        May.SIGN_SUPERVISION, label=_("Sign the opinion"), done=_("Signed the opinion")),
    step("give-back", [L.SIGNING],                           L.INVESTIGATING, May.SIGN_SUPERVISION, label=_("Give the draft back"), done=_("Gave the draft back"), reason=True),
    step("serve",     [L.SIGNED],                            L.DEMANDED,      May.SUPERVISE,        label=_("Record that it was served"), done=_("Opinion served"), page=True),
    step("return-advice", [L.SIGNING],                       L.DEMANDED,      May.SIGN_SUPERVISION, label=_("Give the recommendation back"), done=_("Gave the recommendation back"), reason=True),
    step("recall",    [L.REMINDED, L.SIGNED],                L.INVESTIGATING, May.SUPERVISE,        label=_("Take the letter back"), done=_("Took the letter back"), reason=True),
    step("correct",   [L.REMINDED, L.DEMANDED, L.ADVISED],   L.CORRECTED,     May.SUPERVISE,        label=_("The employer has corrected it"), done=pgettext_lazy("supervision", "Corrected by the employer"), reason=True),
    step("advise",    [L.DEMANDED],                          L.SIGNING,       May.SUPERVISE,        label=_("Draft the recommendation to the labour bureau"), done=_("Recommendation to the labour bureau drafted"), page=True),
    step("sign-advice", [L.SIGNING],                         L.ADVISED,       May.SIGN_SUPERVISION, label=_("Sign the recommendation"), done=_("Signed the recommendation")),
    step("close",     [L.CORRECTED, L.ADVISED],              L.CLOSED,        May.SUPERVISE,        label=_("Close the case"), done=_("Case closed"), page=True, reason=True),
], phases={"RECEIVED": "open", "INQUIRY": "doing", "REMINDED": "wait", "SIGNING": "wait", "SIGNED": "doing", "DEMANDED": "wait", "ADVISED": "wait", "CORRECTED": "done",
           "CLOSED": "done", "OUT": "stop"}))

# What an employer does against the rule is recorded all the same: it may be carried out from wherever it stands, and is judged then.
GOING = [C.NOTIFIED, C.HEARD, C.REPLIED, C.ANSWERED, C.REPORTED]
REDUNDANCY_FLOW = declare("rights.redundancy", Flow(C, start=C.NOTIFIED, steps=[
    step("reply",     [C.HEARD],               C.REPLIED,    May.HEAR_REDUNDANCY, label=_("Reply to the employer"), done=_("Replied to the employer"), page=True),
    step("hear",      [C.NOTIFIED, C.HEARD],   C.HEARD,      May.HEAR_REDUNDANCY, label=_("Record a hearing"), done=_("Opinions were heard"), page=True),
    step("answer",    [C.REPLIED],             C.ANSWERED,   May.HEAR_REDUNDANCY, label=_("Record the employer's answer"), done=_("The employer answered"), page=True),
    step("report",    [C.REPLIED, C.ANSWERED], C.REPORTED,   May.HEAR_REDUNDANCY, label=_("Record the report to the labour bureau"), done=_("Reported to the labour bureau by the employer"), page=True),
    step("carry",     GOING,                   C.CARRIED,    May.HEAR_REDUNDANCY, label=_("Record that it was carried out"), done=pgettext_lazy("redundancy", "Was carried out"), page=True),
    step("recall",    [C.REPLIED],             C.HEARD,      May.HEAR_REDUNDANCY, label=_("Take the reply back"), done=_("Took the reply back"), reason=True),
    step("withdraw",  GOING,                   C.WITHDRAWN,  May.HEAR_REDUNDANCY, label=_("The employer gives it up"), done=_("The employer gave it up"), reason=True),
    step("finish",    [C.CARRIED],             C.CLOSED,     May.HEAR_REDUNDANCY, label=pgettext_lazy("redundancy", "Close the hearing"), done=pgettext_lazy("redundancy", "Closed the hearing"), reason=True),
    step("supervise", [*GOING, C.CARRIED],     C.SUPERVISED, May.LEAD_REDUNDANCY, label=_("Turn it into supervision"), done=pgettext_lazy("redundancy", "Turned it into supervision"), page=True),
], phases={"NOTIFIED": "open", "HEARD": "doing", "REPLIED": "wait", "ANSWERED": "doing", "REPORTED": "wait", "CARRIED": "done", "CLOSED": "done", "WITHDRAWN": "stop",
           "SUPERVISED": "moved"}))
# fmt: on

from niangjia.rights import aidflow as aidflow  # noqa: E402, PLC0414 - declared with these
