"""What people do to members: each verb one transaction, in the name of one person."""

from __future__ import annotations

from niangjia.members.actions.columns import read_otherwise
from niangjia.members.actions.fixing import confirm, judge_again, leave_out, mend, mend_alike, unmend
from niangjia.members.actions.imports import ask, begin, check, drop, forget_old, import_roster, large, receive, run, take, undo
from niangjia.members.actions.joining import (
    Sent,
    admit,
    close_code,
    disclose_application,
    forget_applications,
    open_code,
    refuse,
    send_in,
    withdraw,
)
from niangjia.members.actions.life import Facts, apply, approve, arrive, correct, end, recall, resume, retain, send, takes_members
from niangjia.members.actions.people import Covered, covered, disclose, person_for

__all__ = [
    "Covered",
    "Facts",
    "Sent",
    "admit",
    "apply",
    "approve",
    "arrive",
    "ask",
    "begin",
    "check",
    "close_code",
    "confirm",
    "correct",
    "covered",
    "disclose",
    "disclose_application",
    "drop",
    "end",
    "forget_applications",
    "forget_old",
    "import_roster",
    "judge_again",
    "large",
    "leave_out",
    "mend",
    "mend_alike",
    "open_code",
    "person_for",
    "read_otherwise",
    "recall",
    "receive",
    "refuse",
    "resume",
    "retain",
    "run",
    "send",
    "send_in",
    "take",
    "takes_members",
    "undo",
    "unmend",
    "withdraw",
]
