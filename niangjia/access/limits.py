"""How often somebody who is not signed in may do something; the numbers stand in the settings."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest


def too_many(request: HttpRequest, action: str, key: str = "") -> bool:
    """Whether it has been done more often than ACCOUNT_RATE_LIMITS lets an address, or a key, do it; each question counts."""
    return not ratelimit.consume(request, action=action, key=key or None)
