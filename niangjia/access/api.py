"""What other apps may ask of access."""

from __future__ import annotations

from niangjia.access.actions import note
from niangjia.access.limits import too_many
from niangjia.access.models import SeenLog, User
from niangjia.access.queries import broken_at, openings

__all__ = ["SeenLog", "User", "broken_at", "note", "openings", "too_many"]
