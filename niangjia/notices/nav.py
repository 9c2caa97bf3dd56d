"""The number at the bell."""

from __future__ import annotations

from typing import Any

from niangjia.kit.badges import counter
from niangjia.notices.queries import unread


def _unread(request: Any) -> int:
    """The number at the bell and in the menu: asked once a page."""
    if not hasattr(request, "unread_messages"):
        request.unread_messages = unread(request.user)
    return int(request.unread_messages)


counter("unread", _unread)
