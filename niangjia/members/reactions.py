"""What happens to members when unions merge or end, and when clocks ring; and to the offices of those who are gone."""

from __future__ import annotations

from typing import Any

from niangjia.flow.api import after
from niangjia.kit.clock import rings
from niangjia.members.actions import pool_late
from niangjia.members.actions.asking import unanswered
from niangjia.members.actions.merging import carry, end_code, hand_on
from niangjia.members.actions.splitting import carry_over, check
from niangjia.members.enums import Ending, Standing
from niangjia.members.models import Membership
from niangjia.unions.api import Turn, fall_vacant, holder_back, holder_left
from niangjia.unions.models import Settlement


@after("unions.reorganisation", "enforce")
def members_go_along(reorganisation: Any, line: Any) -> None:
    """Members of a grassroots union that ended go to the one that it merged into."""
    for one in reorganisation.lines.filter(turn=Turn.MERGE).select_related("union", "target"):
        carry(one.union, one.target, reorganisation.on, reason=reorganisation.reference, by=line.by)


@after("unions.union", "abolish")
def members_go_on(union: Any, line: Any) -> None:
    """The members of a union that was abolished go on where its settlement says."""
    row = Settlement.objects.select_related("heir").get(union=union)
    hand_on(union, row.heir, row.since, retained=row.retained, reason=line.reason, by=line.by)


@after("unions.union", "absorb")
def nobody_joins_it(union: Any, line: Any) -> None:
    """The code for joining ends with the union that merged into another."""
    end_code(union, by=line.by)


@after("unions.split", "send")
def nobody_is_left(split: Any, _line: Any) -> None:
    """A union that ends by its split leaves no member behind."""
    check(split)


@after("unions.split", "approve")
def members_go_with_the_split(split: Any, line: Any) -> None:
    """The members go to the new unions on the day of the split."""
    carry_over(split, by=line.by)


@after("members.membership", "end")
@after("members.membership", "take")
@after("members.membership", "pool")
@after("members.membership", "retain")
def who_held_an_office_is_gone(membership: Any, line: Any) -> None:
    """Who was expelled or has died holds no office any more: what she held falls vacant on the day. Who leaves otherwise hands it over."""
    one = Membership.objects.select_related("person__user", "union").get(pk=membership.pk)
    if one.person.user is None or one.left_on is None:
        return
    if one.ending in (Ending.EXPELLED, Ending.DIED):
        fall_vacant(one.person.user, on=one.left_on, by=line.by)
    elif one.ending != Ending.UNDONE:
        holder_left(one.person.user, one.union, on=one.left_on, by=line.by)


@after("members.membership", "approve")
def who_held_an_office_is_back(membership: Any, _line: Any) -> None:
    """She is a member again where she holds an office: it is hers, and nothing is to be handed over."""
    one = Membership.objects.select_related("person__user", "union").get(pk=membership.pk)
    if one.person.user is not None and one.standing == Standing.ACTIVE:
        holder_back(one.person.user, one.union)


@rings("MB-D5")
def nobody_took_her_over(one: Any, clock: Any) -> None:  # noqa: ARG001 - given by whoever rings
    """Her years must not break because two unions do not answer: the pool of the federation above takes her."""
    pool_late(one)


@rings("MB-R1")
def not_answered(request: Any, _clock: Any) -> None:
    """The township hears of what its union has left lying."""
    unanswered(request)
