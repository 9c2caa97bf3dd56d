"""Public notices around the day of the load."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from niangjia.access.models import User
from niangjia.gazette import api as gazette
from niangjia.unions import api as unions
from niangjia.unions.models import Union

if TYPE_CHECKING:
    from niangjia.scenario.living import Living

DAY = timedelta(days=1)


def notices(living: Living) -> None:
    """A notice of the firm that the demo shows, with an objection that waits; one of its township that is over."""
    chair = User.objects.get(pk=living.staff.of[living.tree.firm.pk, "chair"])
    with living.ago(2 * DAY):
        rows = "\n".join(
            f"{name[0]}*{name[2:]}\t{shop}\t{sum_}"
            for name, shop, sum_ in (("示例甲", "一车间", "800"), ("示例乙", "二车间", "800"), ("示例丙", "仓库", "500"))
        )
        hung = unions.put_up(
            living.firm, title="困难职工冬季慰问名单公示", text="经班组推荐、工会委员会讨论，拟对下列职工发放冬季慰问金（单位：元），现予公示。",
            lines=f"姓名\t部门\t金额\n{rows}", call="0572-2000000", by=chair,
        )  # fmt: skip
    with living.ago(DAY):
        gazette.object_to(hung, text="二车间还有更困难的同事没有列入，请核实。", row=2)
    town = Union.objects.get(pk=living.tree.named["煤山镇总工会"].pk)
    with living.ago(16 * DAY):
        done = unions.put_up(
            town,
            title="镇级先进班组评选结果公示",
            text="经评选，拟命名下列班组，现予公示。",
            lines="班组\t单位\n装配一班\t示例机械厂",
            by=living.officer(town.pk, "chair"),
        )
    with living.ago(7 * DAY):
        gazette.finish(done)
