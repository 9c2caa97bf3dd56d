"""Pages of requests for data."""

from __future__ import annotations

from django.http import HttpRequest

from niangjia.access.models import User


def me(request: HttpRequest) -> User:
    """Whoever reads; the doors of these pages let nobody in who is not signed in."""
    assert isinstance(request.user, User)
    return request.user
