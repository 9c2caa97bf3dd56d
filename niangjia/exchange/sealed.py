"""The sealed column of secrets, for the change of keys."""

from __future__ import annotations

from niangjia.exchange.enums import HOOK
from niangjia.kit.crypt import sealed

sealed("exchange.hooksecret", "sealed", HOOK)
