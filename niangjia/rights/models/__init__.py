"""Events that are reported upward, and disputes that are mediated: firms, workers and receipts are rows, never typed counters."""

from __future__ import annotations

from niangjia.rights.models.aid import Aid, AidAgent, AidHearing, AidReceipt, Assignment, Consultation, Proof, Recipient, Subsidy
from niangjia.rights.models.claims import Claim, Share, Sheet, SheetRow
from niangjia.rights.models.disputes import Claimant, Dispute, Receipt, Respondent, Session, Slip
from niangjia.rights.models.duty import Reach, Roster, Swap, Turn, ZeroWeek
from niangjia.rights.models.events import DIGITS, Event, FollowUp, Picture, Report, SeverityChange, Task
from niangjia.rights.models.mediation import Appointment, Clause, Filing, Instalment, Mediator, Pause, Signature, Transfer
from niangjia.rights.models.missives import Missive
from niangjia.rights.models.papers import Paper
from niangjia.rights.models.reckoning import Reckoning
from niangjia.rights.models.redundancy import Advice, Hearing, Redundancy, Revision
from niangjia.rights.models.supervision import Charge, Inquiry, Letter, Referral, Supervision, Supervisor
from niangjia.rights.models.telling import Attempt, Brief, Merge, Telling, TwoMatters

__all__ = [
    "DIGITS",
    "Advice",
    "Aid",
    "AidAgent",
    "AidHearing",
    "AidReceipt",
    "Appointment",
    "Assignment",
    "Attempt",
    "Brief",
    "Charge",
    "Claim",
    "Claimant",
    "Clause",
    "Consultation",
    "Dispute",
    "Event",
    "Filing",
    "FollowUp",
    "Hearing",
    "Inquiry",
    "Instalment",
    "Letter",
    "Mediator",
    "Merge",
    "Missive",
    "Paper",
    "Pause",
    "Picture",
    "Proof",
    "Reach",
    "Receipt",
    "Recipient",
    "Reckoning",
    "Redundancy",
    "Referral",
    "Report",
    "Respondent",
    "Revision",
    "Roster",
    "Session",
    "SeverityChange",
    "Share",
    "Sheet",
    "SheetRow",
    "Signature",
    "Slip",
    "Subsidy",
    "Supervision",
    "Supervisor",
    "Swap",
    "Task",
    "Telling",
    "Transfer",
    "Turn",
    "TwoMatters",
    "ZeroWeek",
]
