"""The lives of a case of legal aid and of a subsidy: application, review, assignment, handling, report, filing; with refusal, its review above, and every early end."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.flow import Flow, declare, step
from niangjia.rights.aided import AidMay as May
from niangjia.rights.aided import AidState as A
from niangjia.rights.aided import SubsidyState as S

# fmt: off
RUNNING = [A.APPLIED, A.ASKED, A.GRANTED, A.SIGNING, A.ASSIGNED, A.HANDLING]
AIDED = [A.GRANTED, A.SIGNING, A.ASSIGNED, A.HANDLING]
AID_FLOW = declare("rights.aid", Flow(A, start=A.APPLIED, steps=[
    step("ask",       [A.APPLIED],            A.ASKED,       May.DECIDE_AID, label=_("Ask for papers"), done=_("Asked for papers"), page=True),
    step("supply",    [A.ASKED],              A.APPLIED,     May.SUPPLY_AID, label=_("The papers are here"), done=_("The papers came")),
    step("grant",     [A.APPLIED],            A.GRANTED,     May.DECIDE_AID, label=_("Grant aid"), done=_("Aid granted"), page=True),
    step("refuse",    [A.APPLIED, A.ASKED],   A.REFUSED,     May.DECIDE_AID, label=_("Refuse aid"), done=_("Aid refused"), page=True, reason=True),
    step("object",    [A.REFUSED],            A.OBJECTED,    May.SUPPLY_AID, label=_("Object to the refusal"), done=_("Objected to the refusal"), reason=True),
    step("uphold",    [A.OBJECTED],           A.UPHELD,      May.REVIEW_AID, label=_("Uphold the refusal"), done=_("The refusal was upheld"), reason=True),
    step("overturn",  [A.OBJECTED],           A.GRANTED,     May.REVIEW_AID, label=_("Aid is to be granted"), done=_("The refusal was set aside and aid granted"), reason=True),
    step("assign",    [A.GRANTED],            A.SIGNING,     May.ASSIGN_AID, label=_("Assign an agent"), done=_("Assignment drafted"), page=True),
    step("sign",      [A.SIGNING],            A.ASSIGNED,    May.SIGN_AID,   label=_("Sign the assignment"), done=_("Signed the assignment")),
    step("give-back", [A.SIGNING],            A.GRANTED,     May.SIGN_AID,   label=_("Give the draft back"), done=_("Gave the draft back"), reason=True),
    step("take",      [A.ASSIGNED],           A.HANDLING,    May.HANDLE_AID, label=_("The agent accepts"), done=_("The agent accepted")),
    step("decline",   [A.ASSIGNED],           A.GRANTED,     May.HANDLE_AID, label=_("The agent declines"), done=_("The agent declined"), reason=True),
    step("change",    [A.HANDLING],           A.GRANTED,     May.ASSIGN_AID, label=_("Change the agent"), done=_("The agent is changed"), reason=True),
    step("finish",    [A.HANDLING],           A.FINISHED,    May.HANDLE_AID, label=_("Record the result"), done=_("The result was recorded"), page=True),
    step("report",    [A.FINISHED],           A.REPORTED,    May.HANDLE_AID, label=_("Hand in the case report"), done=_("The case report was handed in"), page=True),
    step("return",    [A.REPORTED],           A.FINISHED,    May.CLOSE_AID,  label=_("Give the report back"), done=_("Gave the report back"), reason=True),
    step("close",     [A.REPORTED],           A.CLOSED,      May.CLOSE_AID,  label=_("Close and file"), done=pgettext_lazy("legal aid", "Closed and filed")),
    step("withdraw",  RUNNING,                A.WITHDRAWN,   May.SUPPLY_AID, label=_("Withdraw the application"), done=_("The application was withdrawn"), reason=True),
    step("terminate", AIDED,                  A.TERMINATED,  May.DECIDE_AID, label=_("Terminate the aid"), done=_("The aid was terminated"), page=True, reason=True),
    step("transfer",  RUNNING,                A.TRANSFERRED, May.DECIDE_AID, label=_("Hand over to the state's centre"), done=_("Handed over to the state's centre"), page=True, reason=True),
], phases={"APPLIED": "open", "ASKED": "wait", "GRANTED": "doing", "SIGNING": "wait", "ASSIGNED": "wait", "HANDLING": "doing", "FINISHED": "doing", "REPORTED": "wait",
           "CLOSED": "done", "REFUSED": "stop", "OBJECTED": "wait", "UPHELD": "stop", "WITHDRAWN": "stop", "TERMINATED": "stop", "TRANSFER": "moved"}))

SUBSIDY_FLOW = declare("rights.subsidy", Flow(S, start=S.PROPOSED, steps=[
    step("approve",   [S.PROPOSED], S.APPROVED, May.APPROVE_SUBSIDY, label=_("Approve the subsidy"), done=_("The subsidy was approved")),
    step("send-back", [S.PROPOSED], S.RETURNED, May.APPROVE_SUBSIDY, label=_("Give the subsidy back"), done=_("The subsidy was given back"), reason=True),
    step("again",     [S.RETURNED], S.PROPOSED, May.PROPOSE_SUBSIDY, label=_("Propose it again"), done=_("The subsidy was proposed again")),
], phases={"PROPOSED": "wait", "APPROVED": "done", "RETURNED": "open"}))
# fmt: on
