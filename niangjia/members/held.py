"""What the register of members holds of each union: nobody asks the union for it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kit.dates import today
from niangjia.kit.held import held
from niangjia.members.enums import NEW_FORMS
from niangjia.members.models import Card, Membership
from niangjia.unions.models import Union

COUNTED = Q(left_on=None, state__in=["MEMBER", "LEAVING"], standing="ACTIVE", primary=True)
REGISTER: dict[str, Any] = {"model": "members.membership", "shown": "members:list", "number": True}


def _counted(more: Callable[[], Q] = Q) -> Callable[[Sequence[Union]], Mapping[int, Any]]:
    """How many members of each union are so; a union without any has none."""

    def ask(unions: Sequence[Union]) -> Mapping[int, Any]:
        rows = Membership.objects.filter(COUNTED, more(), union__in=unions).order_by().values("union_id").annotate(many=Count("pk"))
        return {one.pk: 0 for one in unions} | dict(rows.values_list("union_id", "many"))

    return ask


def _retained(unions: Sequence[Union]) -> Mapping[int, Any]:
    rows = (
        Membership.objects.filter(union__in=unions, left_on=None, standing="RETAINED")
        .order_by()
        .values("union_id")
        .annotate(many=Count("pk"))
    )
    return dict(rows.values_list("union_id", "many"))


def _cards(unions: Sequence[Union]) -> Mapping[int, Any]:
    rows = (
        Card.objects.filter(union__in=unions, issued_on__isnull=False, ended_on=None)
        .order_by()
        .values("union_id")
        .annotate(many=Count("pk"))
    )
    return dict(rows.values_list("union_id", "many"))


def _paid() -> Q:
    return Q(dues_until__gte=today().replace(day=1))


held(
    "members.people", **REGISTER, label=_("Members"), where=_counted(),
    words=("会员人数", "会员数", "会员总数", "工会会员", "在册会员", "工会会员数", "工会会员人数", "会员规模", "members", "number of members"),
)  # fmt: skip
held(
    "members.women", **REGISTER, label=_("Women among the members"), where=_counted(lambda: Q(sex="2")),
    words=("女会员", "女会员人数", "女会员数", "女职工会员", "女性会员", "women members"),
)  # fmt: skip
held(
    "members.migrants", **REGISTER, label=_("Migrants among the members"), where=_counted(lambda: Q(migrant=True)),
    words=("农民工会员", "农民工会员数", "农民工会员人数", "农民工入会人数", "migrant members"),
)  # fmt: skip
held(
    "members.newforms", **REGISTER, label=_("Members in new forms of work"), where=_counted(lambda: Q(work__in=NEW_FORMS)),
    words=("新就业形态会员", "新就业形态劳动者会员", "新业态会员", "新就业形态劳动者入会人数", "八大群体会员", "members in new forms of work"),
)  # fmt: skip
held("members.dispatched", **REGISTER, label=_("Dispatched workers among the members"), where=_counted(lambda: Q(work="DISPATCH")), words=("劳务派遣会员", "派遣工会员", "劳务派遣工会员数", "dispatched members"))  # fmt: skip
held("members.retained", **REGISTER, label=_("Memberships retained"), where=_retained, words=("保留会籍", "保留会籍人数", "保留会籍会员", "retained memberships"))  # fmt: skip
held(
    "members.cards", model="members.card", shown="members:list", number=True, label=_("Cards in use"), where=_cards,
    words=("会员卡", "持卡会员", "持卡人数", "办卡人数", "会员卡持卡人数", "会员服务卡", "会员卡办理数", "cards in use", "member cards"),
)  # fmt: skip
held(
    "members.dues", **REGISTER, label=_("Members whose dues are paid"), where=_counted(_paid),
    words=("会费缴纳人数", "缴纳会费人数", "缴会费会员", "已缴会费人数", "members who paid dues"),
)  # fmt: skip
