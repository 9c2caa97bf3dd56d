"""What other floors may ask of returns."""

from __future__ import annotations

from niangjia.returns.actions import begin, check, recount, remark, send, sign, withdraw
from niangjia.returns.queries import judged, last_year

__all__ = ["begin", "check", "judged", "last_year", "recount", "remark", "send", "sign", "withdraw"]
