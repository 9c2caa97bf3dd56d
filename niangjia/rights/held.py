"""What casework holds of each union: events and disputes are records here, so that no union is asked to count them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Count, Model, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kit.dates import today
from niangjia.kit.held import held
from niangjia.rights.models import Aid, Dispute, Event
from niangjia.unions.models import Union


def _this_year(model: type[Model], place: str, day: str, more: Q | None = None) -> Callable[[Sequence[Union]], Mapping[int, Any]]:
    """How many there are at each union since the first of January; none is an answer too."""

    def ask(unions: Sequence[Union]) -> Mapping[int, Any]:
        since = {f"{place}__in": unions, f"{day}__gte": today().replace(month=1, day=1)}
        rows = model._default_manager.filter(more or Q(), **since).order_by().values(place).annotate(many=Count("pk"))
        return {one.pk: 0 for one in unions} | dict(rows.values_list(place, "many"))

    return ask


held(
    "rights.events", model="rights.event", shown="rights:events", number=True, label=_("Events reported this year"), where=_this_year(Event, "union", "reported_on", ~Q(state="FALSE")),
    words=("劳资纠纷事件", "矛盾预警事件", "预警事件", "上报事件", "群体性事件", "突发事件", "风险隐患", "劳动关系预警事件", "events reported"),
)  # fmt: skip
held(
    "rights.arrears", model="rights.event", shown="rights:events", number=True, label=_("Wage arrears reported this year"),
    where=_this_year(Event, "union", "reported_on", Q(type="E06") & ~Q(state="FALSE")), words=("欠薪事件", "拖欠工资事件", "欠薪", "欠薪企业", "wage arrears"),
)  # fmt: skip
held(
    "rights.disputes", model="rights.dispute", shown="rights:disputes", number=True, label=_("Disputes accepted this year"),
    where=_this_year(Dispute, "handled_by", "accepted_on", ~Q(state__in=["APPLIED", "REFUSED"])),
    words=("劳动争议", "劳动争议案件", "受理劳动争议", "调解劳动争议", "劳动争议调解", "协调劳动争议", "受理案件", "labour disputes", "disputes"),
)  # fmt: skip
held(
    "rights.aid", model="rights.aid", shown="rights:aids", number=True, label=_("Cases of legal aid granted this year"),
    where=_this_year(Aid, "union", "granted_on"), words=("法律援助", "法律援助案件", "工会法律援助", "受理法律援助", "legal aid"),
)  # fmt: skip
