"""What people do with returns."""

from __future__ import annotations

from niangjia.returns.actions.annual import begin, check, recount, remark, send, sign, withdraw

__all__ = ["begin", "check", "recount", "remark", "send", "sign", "withdraw"]
