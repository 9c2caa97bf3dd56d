"""The number at the bell."""

from __future__ import annotations

from niangjia.kit.nav import counter
from niangjia.notices.queries import unread

counter("unread", lambda request: unread(request.user))  # type: ignore[arg-type]
