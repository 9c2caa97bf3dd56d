"""What other apps may ask of members."""

from __future__ import annotations

from niangjia.members.actions import (
    Covered,
    Facts,
    Sent,
    apply,
    approve,
    covered,
    disclose,
    end,
    import_roster,
    open_code,
    person_for,
    resume,
    retain,
    send,
    send_in,
)

__all__ = [
    "Covered",
    "Facts",
    "Sent",
    "apply",
    "approve",
    "covered",
    "disclose",
    "end",
    "import_roster",
    "open_code",
    "person_for",
    "resume",
    "retain",
    "send",
    "send_in",
]
