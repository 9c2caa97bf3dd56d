"""What people and the house do with exports: each verb one transaction, in the name of one person."""

from __future__ import annotations

from niangjia.exports.actions.asking import Asking, again, approve, ask, refuse, withdraw
from niangjia.exports.actions.making import drop, hand_out, make, sweep

__all__ = ["Asking", "again", "approve", "ask", "drop", "hand_out", "make", "refuse", "sweep", "withdraw"]
