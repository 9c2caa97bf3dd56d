"""Redundancy hearings in the demo: a layoff that was heard and waits for the answer, one that a second plan has made a layoff, and one carried out by the rule."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from niangjia.kit.dates import today
from niangjia.rights import api as rights
from niangjia.rights.models import Redundancy
from niangjia.unions.models import Employer, Union

if TYPE_CHECKING:
    from niangjia.scenario.living import Living
    from niangjia.scenario.tree import Union as Planted

DAY = timedelta(days=1)
NOBODY = dict.fromkeys(("exposed", "injured", "sick", "mothers", "near"), 0)
FIRST = frozenset({"keeps_long", "keeps_open", "keeps_sole"})
HEARD = "会上说明了订单和用工情况，逐条听取意见。"


class LettingGo:
    """What the firms of one township plan, heard by its rights office."""

    def __init__(self, living: Living, name: str) -> None:
        self.living, self.by = living, living.officer(living.tree.named[name].pk)

    def plan(self, planted: Planted, ago: timedelta, people: int, ahead: int, *, ground: str = "TROUBLE", **more: Any) -> Redundancy:
        """A firm explains what it plans, so long ago, for a day so many days later."""
        assert planted.firm is not None
        employer = Employer.objects.get(pk=planted.firm.pk)
        with self.living.ago(ago):
            facts: dict[str, Any] = {
                "kind": "LAYOFF", "ground": ground, "planned": people, "staff": max(planted.size, people * 4), "explained_on": today(), "explained_to": "UNION",
                "planned_on": today() + ahead * DAY, "plan": f"分批裁减{people}人，依法支付经济补偿，办理社会保险转移。", "reasons": "订单减少，连续三个月亏损。",
                "first": FIRST, "protected": NOBODY,
            } | more  # fmt: skip
            made = rights.open_redundancy(Union.objects.get(pk=planted.pk), rights.Planned(employer, **facts), by=self.by)
        Redundancy.objects.filter(pk=made.pk).update(synthetic=True)
        made.refresh_from_db()
        return made

    def heard(self, case: Redundancy, ago: timedelta, people: int) -> Redundancy:
        """The staff are heard, and the union replies the day after."""
        with self.living.ago(ago):
            rights.hear_staff(
                case,
                on=today(),
                kind="MEETING",
                place="企业食堂",
                people=people,
                minutes=HEARD,
                opinions="先压缩加班和外包，再考虑裁减；名单要公开。",
                by=self.by,
            )
        with self.living.ago(ago - DAY):
            rights.reply_to(case, verdict="PROPOSES", text="建议先轮岗培训，减少裁减人数；优先留用无固定期限合同职工。", by=self.by)
        return case


def letting_go(living: Living, town: str) -> None:
    """The hearings of one township."""
    here = LettingGo(living, f"{town}总工会")
    first, second, third = living.firms(town, above=25)[-9:-6]
    here.heard(here.plan(first, 12 * DAY, 24, 35), 6 * DAY, 96)
    here.plan(second, 20 * DAY, 12, 36, staff=400)
    here.plan(second, 4 * DAY, 10, 34, staff=400)
    done = here.heard(here.plan(third, 50 * DAY, 21, 40), 44 * DAY, 80)
    with living.ago(38 * DAY):
        rights.answer_union(done, on=today(), answer="PARTLY", text="采纳轮岗建议，裁减人数减至18人。", by=here.by)
    with living.ago(36 * DAY):
        rights.report_plan(done, on=today(), body="县人力资源和社会保障局", by=here.by)
    with living.ago(9 * DAY):
        rights.carry_out(done, on=today(), dismissed=18, by=here.by)
