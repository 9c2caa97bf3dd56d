"""What the roof may ask of exchange."""

from __future__ import annotations

from niangjia.exchange.actions import tell_due

__all__ = ["tell_due"]
