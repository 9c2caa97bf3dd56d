"""What people do with requests for data."""

from __future__ import annotations

from niangjia.asked.actions.answering import forget, save, send, send_back
from niangjia.asked.actions.composing import Facts, Wanted, add, amend, begin, contest, drop
from niangjia.asked.actions.sending import close, issue, remind, withdraw
from niangjia.asked.actions.taking import Bad, Taken, take

__all__ = [
    "Bad", "Facts", "Taken", "Wanted", "add", "amend", "begin", "close", "contest", "drop", "forget", "issue", "remind", "save", "send", "send_back", "take",
    "withdraw",
]  # fmt: skip
