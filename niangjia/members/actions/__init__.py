"""What people do to members: each verb one transaction, in the name of one person."""

from __future__ import annotations

from niangjia.members.actions.columns import read_otherwise
from niangjia.members.actions.fixing import confirm, judge_again, leave_out, mend, mend_alike, unmend
from niangjia.members.actions.imports import ask, begin, check, drop, forget_old, import_roster, large, receive, run, take, undo
from niangjia.members.actions.life import Facts, apply, approve, arrive, correct, end, recall, resume, retain, send
from niangjia.members.actions.people import Covered, covered, disclose, person_for

__all__ = [
    "Covered",
    "Facts",
    "apply",
    "approve",
    "arrive",
    "ask",
    "begin",
    "check",
    "confirm",
    "correct",
    "covered",
    "disclose",
    "drop",
    "end",
    "forget_old",
    "import_roster",
    "judge_again",
    "large",
    "leave_out",
    "mend",
    "mend_alike",
    "person_for",
    "read_otherwise",
    "recall",
    "receive",
    "resume",
    "retain",
    "run",
    "send",
    "take",
    "undo",
    "unmend",
]
