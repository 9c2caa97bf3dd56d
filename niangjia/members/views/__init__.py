"""Pages of members: the register, and imports of rosters."""

from __future__ import annotations

from django.http import HttpRequest

from niangjia.access.api import User


def me(request: HttpRequest) -> User:
    """Whoever reads; the doors of these pages let nobody in who is not signed in."""
    assert isinstance(request.user, User)
    return request.user
