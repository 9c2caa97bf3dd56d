"""Who may open a message: the person it was sent to."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from niangjia.kit.who import grant, who
from niangjia.notices.enums import May
from niangjia.notices.models import Message


@who
def recipient(user: Any) -> Q:
    """The person it was sent to."""
    return Q(to_id=user.pk)


# fmt: off
grant(Message, {
    May.READ: recipient,
})
# fmt: on
