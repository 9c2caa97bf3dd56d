"""What happens to members when unions merge, and when clocks ring; and to the offices of those who are gone."""

from __future__ import annotations

from typing import Any

from niangjia.flow.api import after
from niangjia.kit.clock import rings
from niangjia.members.actions import pool_late
from niangjia.members.actions.asking import unanswered
from niangjia.members.actions.merging import carry
from niangjia.members.enums import Ending
from niangjia.members.models import Membership
from niangjia.unions.api import Turn, fall_vacant


@after("unions.reorganisation", "enforce")
def members_go_along(reorganisation: Any, line: Any) -> None:
    """Members of a grassroots union that ended go to the one that it merged into."""
    for one in reorganisation.lines.filter(turn=Turn.MERGE).select_related("union", "target"):
        carry(one.union, one.target, reorganisation.on, reason=reorganisation.reference, by=line.by)


@after("members.membership", "end")
def who_held_an_office_is_gone(membership: Any, line: Any) -> None:
    """Who was expelled or has died holds no office any more: what she held falls vacant on the day."""
    one = Membership.objects.select_related("person__user").get(pk=membership.pk)
    if one.ending in (Ending.EXPELLED, Ending.DIED) and one.person.user is not None and one.left_on is not None:
        fall_vacant(one.person.user, on=one.left_on, by=line.by)


@rings("MB-D5")
def nobody_took_her_over(one: Any, clock: Any) -> None:  # noqa: ARG001 - given by whoever rings
    """Her years must not break because two unions do not answer: the pool of the federation above takes her."""
    pool_late(one)


@rings("MB-R1")
def not_answered(request: Any, _clock: Any) -> None:
    """The township hears of what its union has left lying."""
    unanswered(request)
