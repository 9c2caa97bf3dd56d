"""The clocks that run on events and disputes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.basis import CUSTOM
from niangjia.kit.clock import Deadline, deadlines
from niangjia.kit.flow import step
from niangjia.rights.enums import DisputeState as D
from niangjia.rights.enums import EventState as E
from niangjia.rights.enums import May
from niangjia.rights.laws import Source
from niangjia.rights.parameters import (
    ACCEPT,
    ACCEPT_WARN,
    ANSWER,
    ANSWERED_TO,
    BUREAU,
    CLOSE,
    CLOSE_WARN,
    CONFIRM_WARN,
    DUTY_WARN,
    FOLLOW,
    FOLLOW_WARN,
    LETTER_WARN,
    LIMIT_WARN,
    MEDIATE,
    MEDIATE_WARN,
    PAY_WARN,
    RECEIPT,
    REDUNDANCY_WARN,
    REHIRE_WARN,
    REPORT,
    REPORT_WARN,
    SCOPE_WARN,
    TASK_WARN,
    VERIFY,
    VERIFY_WARN,
    ZERO_WARN,
)
from niangjia.rights.rates import UNION_REFUSE, UNION_REPLY
from niangjia.rights.redundant import RedundancyState as C
from niangjia.rights.supervised import SupervisionState as L

OPEN: set[str] = {E.REPORTED, E.CONFIRMED, E.HANDLING, E.STABLE}
# What meets a clock and moves no flow; with a page of its own, it is called as its address ends.
CLIMB = step("climb", OPEN, E.REPORTED, May.RAISE_EVENT, label=_("Report upward"))
FOLLOWED = step("follow-ups", OPEN, E.REPORTED, May.FOLLOW_EVENT, label=_("Follow up"), page=True)
TASKS = step("tasks", [*OPEN, E.SETTLED], E.REPORTED, May.HANDLE_EVENT, label=_("Departments' tasks"), page=True)
ANSWERED = step("answer", [E.REFERRED], E.REFERRED, May.CLOSE_EVENT, label=_("Record the answer"), page=True)
RECEIVED = step("receive", ["WAITING"], "RECEIVED", May.RECEIVE_TELLING, label=_("I have it"))
CONFIRMED = step("confirm-duty", ["KEPT"], "KEPT", May.CONFIRM_DUTY, label=_("Confirm duty"), page=True)
PAID = step("receipts", [D.AGREED], D.AGREED, May.RECEIPT, label=_("Enter a payment"), page=True)
DRAWN = step("drawn", [D.MEDIATING], D.MEDIATING, May.MEDIATE, label=_("Draw up a paper"), page=True)  # the application to the commission
FILED = step("filings", [D.AGREED], D.AGREED, May.MEDIATE, label=_("Record what was filed"), page=True)
deadlines(
    "rights.event",
    Deadline(
        "EV-D1",
        _("Report to the level above"),
        OPEN,
        REPORT,
        "rights",
        "",
        key=("severity", "rung"),
        ends="report_by",
        level="desk",
        warn=REPORT_WARN,
        met_by=CLIMB,
    ),
    Deadline(
        "EV-D2",
        _("Follow up"),
        OPEN,
        FOLLOW,
        "rights",
        "",
        key=("severity", "state"),
        ends="follow_by",
        level="desk",
        warn=FOLLOW_WARN,
        met_by=FOLLOWED,
    ),
    Deadline(
        "EV-D7",
        _("Confirm the severity"),
        {E.REPORTED},
        VERIFY,
        "rights",
        "",
        key=("severity",),
        level="verifier",
        warn=VERIFY_WARN,
        met_by="confirm",
    ),
    Deadline(
        "EV-D8",
        _("The follow-up is still missing"),
        OPEN,
        None,
        "rights",
        CUSTOM,
        ends="alarm_by",
        level="desk",
        warn=FOLLOW_WARN,
        met_by=FOLLOWED,
    ),
    Deadline(
        "EV-D9",
        _("What a department was asked to do"),
        OPEN | {E.SETTLED},
        None,
        "rights",
        CUSTOM,
        ends="task_by",
        level="desk",
        warn=TASK_WARN,
        met_by=TASKS,
    ),
    Deadline(
        "EV-D10",
        _("The department's answer"),
        {E.REFERRED},
        ANSWER,
        "rights",
        "",
        ends="answer_by",
        level="desk",
        warn=TASK_WARN,
        met_by=ANSWERED,
    ),
    Deadline(
        "EV-D3",
        _("Write the closing report"),
        {E.SETTLED},
        CLOSE,
        "rights",
        "",
        level="desk",
        warn=CLOSE_WARN,
        restarts=True,
        met_by="close",
    ),
)
deadlines(
    "rights.telling",
    Deadline(
        "EV-D4",
        _("Say that you have it"),
        {"WAITING"},
        RECEIPT,
        "rights",
        "",
        key=("severity",),
        ends="receipt_by",
        level="union",
        met_by=RECEIVED,
    ),
)
deadlines(
    "rights.roster",
    Deadline(
        "EV-D5",
        _("Confirm tonight's duty"),
        {"KEPT"},
        None,
        "rights",
        CUSTOM,
        ends="confirm_by",
        warn=DUTY_WARN,
        level="union",
        met_by=CONFIRMED,
    ),
)
deadlines(
    "rights.zeroweek",
    Deadline("EV-D6", _("Weekly report"), {"DUE"}, None, "rights", CUSTOM, ends="due_at", warn=ZERO_WARN, level="union", met_by="nothing"),
)
deadlines(
    "rights.dispute",
    Deadline(
        "RD-D1",
        _("Decide whether to accept"),
        {D.APPLIED},
        ACCEPT,
        "rights",
        "",
        warn=ACCEPT_WARN,
        met_by="accept",
    ),
    Deadline(
        "RD-D2",
        _("Mediate"),
        {D.MEDIATING},
        MEDIATE,
        "rights",
        _("Zhejiang rules, art. 10: longer if both agree"),
        since="accepted_on",
        extended="mediates_to",
        warn=MEDIATE_WARN,
        met_by="agree",
    ),
    Deadline(
        "RD-D3",
        _("See to the payment"),
        {D.AGREED},
        None,
        "rights",
        _("Labour Dispute Mediation and Arbitration Law, arts 14 and 16"),
        ends="pay_by",
        warn=PAY_WARN,
        met_by=PAID,
    ),
    Deadline(
        "RD-D4",
        _("Both sides ask for confirmation"),
        {D.AGREED},
        None,
        "rights",
        _("Civil Procedure Law, art. 205; People's Mediation Law, art. 33"),
        ends="confirm_by",
        warn=CONFIRM_WARN,
        met_by=FILED,
    ),
    Deadline(
        "RD-D5",
        _("Go to arbitration in time"),
        {D.MEDIATING, D.PAUSED, D.AGREED},
        None,
        "rights",
        Source("LDL 27"),
        ends="arbitrate_by",
        warn=LIMIT_WARN,
        met_by=DRAWN,
    ),
)
deadlines(
    "rights.supervision",
    Deadline(
        "LS-D1",
        _("Decide whether it is in scope, and tell in writing if not"),
        {L.RECEIVED},
        UNION_REFUSE,
        "rights",
        "",
        since="received_on",
        warn=SCOPE_WARN,
        met_by="take-up",
    ),
    Deadline(
        "LS-D2",
        _("Answer to the letter of reminder"),
        {L.REMINDED},
        None,
        "rights",
        _("The day that the letter itself asks for"),
        ends="answer_by",
        warn=LETTER_WARN,
        met_by="correct",
    ),
    Deadline(
        "LS-D3",
        _("Answer to the letter of opinion"),
        {L.DEMANDED},
        UNION_REPLY,
        "rights",
        "",
        since="served_on",
        warn=LETTER_WARN,
        met_by="advise",
    ),
    Deadline(
        "LS-D4",
        _("The labour bureau's answer"),
        {L.ADVISED},
        BUREAU,
        "rights",
        "",
        warn=LETTER_WARN,
        met_by="close",
    ),
)
deadlines(
    "rights.redundancy",
    Deadline(
        "RH-D1",
        _("The union's reply to the employer"),
        {C.NOTIFIED, C.HEARD},
        None,
        "rights",
        CUSTOM,
        ends="reply_by",
        warn=REDUNDANCY_WARN,
        met_by="reply",
    ),
    Deadline(
        "RH-D2",
        _("The employer's answer to the union"),
        {C.REPLIED},
        ANSWERED_TO,
        "rights",
        "",
        key=("verdict",),
        since="replied_on",
        warn=REDUNDANCY_WARN,
        met_by="answer",
    ),
    Deadline(
        "RH-D3",
        _("The employer's report to the labour bureau"),
        {C.REPLIED, C.ANSWERED},
        None,
        "rights",
        Source("LCL 41"),
        ends="report_by",
        warn=REDUNDANCY_WARN,
        met_by="report",
    ),
    Deadline(
        "RH-D4",
        _("The thirty days end: look what became of it"),
        {C.NOTIFIED, C.HEARD, C.REPLIED, C.ANSWERED, C.REPORTED},  # people go by the day, whatever was skipped before
        None,
        "rights",
        Source("LCL 41"),
        ends="follow_on",
        warn=REDUNDANCY_WARN,
        met_by="carry",
    ),
    Deadline(
        "RH-D5",
        _("Those laid off come first when people are hired"),
        {C.CARRIED},
        None,
        "rights",
        Source("LCL 41"),
        ends="rehire_until",
        warn=REHIRE_WARN,
        met_by="finish",
    ),
)
