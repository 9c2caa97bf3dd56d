"""The lives of an event and of a dispute."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.flow import Flow, declare, step
from niangjia.rights.enums import DisputeState as D
from niangjia.rights.enums import EventState as E
from niangjia.rights.enums import May

# fmt: off
EVENT_FLOW = declare("rights.event", Flow(E, start=E.REPORTED, steps=[
    #    verb       from                                      to            who
    step("confirm", [E.REPORTED],                             E.CONFIRMED,  May.CONFIRM_EVENT, label=_("Confirm severity"), done=_("Severity confirmed"), page=True),
    step("dismiss", [E.REPORTED],                             E.FALSE,      May.CONFIRM_EVENT, label=_("False report"), done=_("Dismissed as a false report"), reason=True),
    step("handle",  [E.CONFIRMED],                            E.HANDLING,   May.HANDLE_EVENT,  label=_("Take it on"), done=_("Taken on")),
    step("calm",    [E.HANDLING],                             E.STABLE,     May.HANDLE_EVENT,  label=_("Under control"), reason=True),
    step("flare",   [E.STABLE],                               E.HANDLING,   May.HANDLE_EVENT,  label=_("It flares up"), done=_("Flared up again"), reason=True),
    step("settle",  [E.HANDLING, E.STABLE],                   E.SETTLED,    May.HANDLE_EVENT,  label=_("Settled"), page=True),
    step("reopen",  [E.SETTLED],                              E.HANDLING,   May.HANDLE_EVENT,  label=_("Reopen"), done=_("Reopened"), reason=True),
    step("close",   [E.SETTLED],                              E.CLOSED,     May.CLOSE_EVENT,   label=_("Close the case"), done=_("Case closed"), page=True),
    step("visit",   [E.CLOSED],                               E.VISITED,    May.HANDLE_EVENT,  label=_("Visited again"), reason=True),
    step("refer",   [E.CONFIRMED, E.HANDLING, E.STABLE],      E.REFERRED,   May.CLOSE_EVENT,   label=_("Refer to a department"), done=_("Referred to a department"), reason=True),
], phases={"REPORTED": "open", "CONFIRMED": "doing", "HANDLING": "doing", "STABLE": "wait", "SETTLED": "done", "CLOSED": "done", "VISITED": "done",
           "FALSE": "stop", "REFERRED": "moved"}))

DISPUTE_FLOW = declare("rights.dispute", Flow(D, start=D.APPLIED, steps=[
    step("accept",   [D.APPLIED],                D.MEDIATING, May.ACCEPT_DISPUTE, label=_("Accept"), done=_("Accepted")),
    step("refuse",   [D.APPLIED],                D.REFUSED,   May.ACCEPT_DISPUTE, label=_("Do not accept"), done=_("Not accepted"), reason=True),
    step("agree",    [D.MEDIATING],              D.AGREED,    May.MEDIATE,        label=_("Record the agreement"), done=_("Agreement recorded"), page=True),
    step("perform",  [D.AGREED],                 D.PERFORMED, May.MEDIATE,        label=_("Performed")),
    step("end",      [D.MEDIATING, D.AGREED],    D.CLOSED,    May.MEDIATE,        label=_("End without performance"), done=_("Ended without performance"), page=True, reason=True),
    step("withdraw", [D.APPLIED, D.MEDIATING],   D.WITHDRAWN, May.MEDIATE,        label=_("Withdrawn by the applicant"), reason=True),
    step("close",    [D.PERFORMED],              D.CLOSED,    May.CLOSE_DISPUTE,  label=_("Close the case"), done=_("Case closed")),
], phases={"APPLIED": "open", "MEDIATING": "doing", "AGREED": "wait", "PERFORMED": "done", "CLOSED": "done", "REFUSED": "stop", "WITHDRAWN": "stop"}))
# fmt: on
