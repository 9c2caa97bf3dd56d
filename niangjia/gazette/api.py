"""What other apps may ask of the gazette: declare a kind of notice, put one up, read those about a thing."""

from __future__ import annotations

from niangjia.gazette.actions import Sheet, finish, object_to, post_up, withdraw
from niangjia.gazette.enums import State
from niangjia.gazette.kinds import KINDS, Kind, notice_kind
from niangjia.gazette.models import Notice
from niangjia.gazette.parameters import SHOWN
from niangjia.gazette.permissions import notices_guard
from niangjia.gazette.queries import notices_of
from niangjia.gazette.shown import Line, lines_of

__all__ = [
    "KINDS",
    "SHOWN",
    "Kind",
    "Line",
    "Notice",
    "Sheet",
    "State",
    "finish",
    "lines_of",
    "notice_kind",
    "notices_guard",
    "notices_of",
    "object_to",
    "post_up",
    "withdraw",
]
