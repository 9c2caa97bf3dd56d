"""What people do to members: each verb one transaction, in the name of one person."""

from __future__ import annotations

from niangjia.members.actions.imports import ask, begin, check, drop, import_roster, large, receive, run, take, undo
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
    "correct",
    "covered",
    "disclose",
    "drop",
    "end",
    "import_roster",
    "large",
    "person_for",
    "recall",
    "receive",
    "resume",
    "retain",
    "run",
    "send",
    "take",
    "undo",
]
