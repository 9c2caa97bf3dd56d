"""What people do with returns, and with the surveys with which they begin."""

from __future__ import annotations

from niangjia.returns.actions.annual import back, begin, check, recount, remark, send, sign, withdraw
from niangjia.returns.actions.survey import answer, confirm, open_due, open_surveys, renew, reopen, vouch

__all__ = [
    "answer", "back", "begin", "check", "confirm", "open_due", "open_surveys", "recount", "remark", "renew", "reopen", "send", "sign", "vouch", "withdraw",
]  # fmt: skip
