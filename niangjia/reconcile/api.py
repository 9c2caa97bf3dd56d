"""What other apps may ask of reconciliation: lay a list, decide, read what differs."""

from __future__ import annotations

from niangjia.reconcile.actions import apply, begin, close, decide, lay, ruled, run, take_back
from niangjia.reconcile.words import difference_words

__all__ = ["apply", "begin", "close", "decide", "difference_words", "lay", "ruled", "run", "take_back"]
