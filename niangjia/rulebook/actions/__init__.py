"""What people do to what is set: each verb is one transaction in the name of one person."""

from __future__ import annotations

from niangjia.rulebook.actions.calendar import follow_again, read_days, say
from niangjia.rulebook.actions.changes import Said, begin, propose, sign, withdraw

__all__ = ["Said", "begin", "follow_again", "propose", "read_days", "say", "sign", "withdraw"]
