"""What people and the house do with comparisons: lists are laid, differences decided, decisions taken back."""

from __future__ import annotations

from niangjia.reconcile.actions.deciding import apply, decide, ruled, take_back
from niangjia.reconcile.actions.laying import again, begin, close, drop, lay, run

__all__ = ["again", "apply", "begin", "close", "decide", "drop", "lay", "ruled", "run", "take_back"]
