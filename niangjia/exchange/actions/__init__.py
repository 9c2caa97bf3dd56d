"""Systems are let in, what they send on is taken, and what has changed is told to those that want to be told."""

from __future__ import annotations

from niangjia.exchange.actions.hooks import (
    approve_hook,
    ask_test,
    check_address,
    close_hook,
    end_secret,
    make_hook,
    make_secret,
    pause,
    resume,
)
from niangjia.exchange.actions.systems import (
    SentOn,
    close,
    forget_changes,
    grant_scope,
    hand_in,
    make_client,
    make_key,
    revoke,
    show_numbers,
)
from niangjia.exchange.actions.telling import forget_deliveries, tell_due

__all__ = [
    "SentOn", "approve_hook", "ask_test", "check_address", "close", "close_hook", "end_secret", "forget_changes", "forget_deliveries", "grant_scope", "hand_in",
    "make_client", "make_hook", "make_key", "make_secret", "pause", "resume", "revoke", "show_numbers", "tell_due",
]  # fmt: skip
