"""The side of the demo's member: who looked at her papers, what she was told, and what she and a colleague ask of their union."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.members import api as members
from niangjia.members.models import Membership

DAY = timedelta(days=1)
PHONE = "10012351000"  # to which the code goes when somebody tries the door of members
Ago = Callable[[timedelta], AbstractContextManager[datetime]]


def own_side(one: Membership, colleague: Membership, ago: Ago, *, chair: User, rights: User) -> None:
    """Made in the order of the days, by the same doors as in life."""
    user, person = User.objects.create_user("demo-member", name=one.name, kind=User.Kind.MEMBER), one.person
    other = User.objects.create_user("m-colleague", name=colleague.name, kind=User.Kind.MEMBER)
    for whose, account in ((person, user), (colleague.person, other)):
        whose.user = account
        whose.save(update_fields=["user"])
    members.correct(one, by=chair, phone=PHONE)
    with ago(33 * DAY):
        members.tell_first(user)
    with ago(31 * DAY):
        sent = members.ask_union(person, members.Wish("CORRECT", "上月调到三车间。", what="department", value="三车间"), by=user)
    with ago(28 * DAY):
        note([("opened", "members.membership", one.pk, "members.view")], by=chair)
        members.grant(sent, answer="已按车间名单更正。", by=chair)
    with ago(12 * DAY):
        members.disclose(person, "id", why="核对法律援助申请人身份", by=rights)
    with ago(6 * DAY):
        note([("opened", "members.membership", one.pk, "members.view")], by=chair)
    with ago(4 * DAY):
        members.ask_union(colleague.person, members.Wish("LEAVE", "下月回老家发展。"), by=other)
    with ago(2 * DAY):
        members.ask_union(person, members.Wish("CORRECT", "今年起做质检。", what="job", value="质检员"), by=user)
