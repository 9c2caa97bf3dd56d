"""What other apps may ask of exports: ask and answer, and whether somebody's rows were in one."""

from __future__ import annotations

from niangjia.exports.actions import Asking, approve, ask, make, refuse, withdraw
from niangjia.exports.models import Export
from niangjia.exports.queries import that_held

__all__ = ["Asking", "Export", "approve", "ask", "make", "refuse", "that_held", "withdraw"]
