"""Two subcontractors of one general contractor owe wages on one building site; a letter about it waits for its signature."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from niangjia.rights import api as rights
from niangjia.rights.models import Event
from niangjia.unions.models import Employer, Union

if TYPE_CHECKING:
    from niangjia.scenario.living import Living

HOUR = timedelta(hours=1)
TWICE: tuple[tuple[timedelta, int, dict[str, Any]], ...] = (
    (11 * 24 * HOUR, 14, {}),
    (30 * HOUR, 23, {"injured": 1, "insurance": Decimal(36_200)}),
)
SITE: dict[str, Any] = {"builder_name": "示例建工集团有限公司", "project": "示例新城一期安置房"}


def building(living: Living, township: str) -> None:
    """Reported eleven days and thirty hours ago, the second with somebody hurt; the office asks the labour bureau to lead."""
    reported = []
    for planted, (ago, affected, more) in zip(living.firms(township, above=60)[6:8], TWICE, strict=False):
        if planted.firm is None:
            continue
        with living.ago(ago) as moment:
            facts = rights.Facts(
                planted.firm.name, "E06", affected, employer=Employer.objects.get(pk=planted.firm.pk), owed=Decimal(7_800 * affected), months_owed=Decimal(1),
                detail="工地劳务班组反映分包单位拖欠工资。", demands="要求总承包单位先行清偿。", measures="已到工地核对考勤，已联系总承包单位项目部。", spot="三号楼工地",
                occurred_at=moment - 3 * HOUR, known_at=moment - HOUR, channel="WORKER", **SITE, **more,
            )  # fmt: skip
            event = rights.report(Union.objects.get(pk=planted.pk), facts, by=living.officer(planted.pk), send=True)
        Event.objects.filter(pk=event.pk).update(synthetic=True)
        event.refresh_from_db()
        reported.append(event)
    if reported:
        living.goes_on(reported[-1], 28 * HOUR, "confirm", "handle")
        last = reported[-1]
        last.refresh_from_db()
        with living.ago(20 * HOUR):
            said = rights.Wanted(
                "JOINT", "LABOUR", "长兴县人力资源和社会保障局", "分包单位拖欠一个月工资。\n总承包单位未落实分账管理。", "责令限期支付，并督促总承包单位先行清偿。", lead=True
            )  # fmt: skip
            rights.draft_missive(last, said, by=living.officer(last.desk_id))
