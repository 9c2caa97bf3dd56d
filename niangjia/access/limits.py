"""How often an address, a key or a system may do something; the numbers stand in the settings."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest


def too_many(request: HttpRequest, action: str, key: str = "", *, reads: bool = False) -> bool:
    """Whether it has been done more often than ACCOUNT_RATE_LIMITS lets an address, or a key, do it; each question counts. With `reads`, GETs too."""
    return not ratelimit.consume(request, app="allauth.account", action=action, key=key or None, limit_get=reads)
