"""What only systems may; everything else they may is what the office may whose eyes they were given, and of it only what they were granted."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from niangjia.access.api import User
from niangjia.exchange.enums import May
from niangjia.kit.who import NOBODY, grant, who
from niangjia.members.models import Membership
from niangjia.unions.api import holds
from niangjia.unions.models import Union


@who
def systems(user: Any) -> Q:
    """Another system: people have pages for the same, with their own guards."""
    return ~NOBODY if user.kind == User.Kind.CLIENT else NOBODY


grant(Membership, {May.NUMBERS: systems & holds("organisation")})
grant(Union, {May.HAND_IN: systems & holds("organisation")})
