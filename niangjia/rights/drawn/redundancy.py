"""裁员听取意见函 (domain reference, E.4): the plan, the numbers, the reasons, the day, and what the union says to it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.kit.dates import today
from niangjia.kit.gongwen.letter import Fields, Form
from niangjia.kit.gongwen.said import day_said, lines_said
from niangjia.rights.drawn.kinds import paper
from niangjia.rights.models import Redundancy
from niangjia.rights.redundant import RedundancyKind, Verdict

LAYOFF_LAW = "《中华人民共和国劳动合同法》第四十一条、第四十三条"
SINGLE_LAW = "《中华人民共和国劳动合同法》第四十三条、《中华人民共和国工会法》第二十二条"
ASKS = {
    Verdict.AGREES: "本会对上述方案没有不同意见。请依法办理，并按规定支付经济补偿、办理社会保险转移手续。",
    Verdict.PROPOSES: "请认真研究上述意见，并将处理结果书面通知本会。",
    Verdict.CORRECT: "本会认为上述方案不符合法律、法规的规定或者劳动合同的约定，要求予以纠正。请研究本会意见，并将处理结果书面通知本会。",
}


def reply(one: Redundancy, number: str, _facts: Any) -> Form:
    """The letter. It names no worker."""
    large = one.kind == RedundancyKind.LAYOFF
    heard = list(one.hearings.order_by("on", "pk"))
    share = f"，占职工总数{one.planned * 100 / one.staff:.1f}%" if large else ""
    said = [f"{day_said(line.on)}，{line.get_kind_display()}，参加{line.people}人：{line.opinions}" for line in heard]
    to, what = "本会" if one.explained_to == "UNION" else "全体职工", "裁减人员情况" if large else "拟单方解除劳动合同的理由"
    opening = f"你单位于{day_said(one.explained_on)}向{to}说明{what}（{one.reference}）。本会依据{LAYOFF_LAW if large else SINGLE_LAW}，听取了职工意见，现函复如下："
    return Form(
        "裁员听取意见函" if large else "单方解除劳动合同意见函", number,
        [
            f"{one.employer.name}：",
            opening,
            Fields([
                ("事项", str(one.get_kind_display()), "依据", str(one.get_ground_display())),
                ("职工总数", f"{one.staff}人", "拟裁减人数" if large else "拟解除人数", f"{one.planned}人{share}"),
                ("说明日期", day_said(one.explained_on), "计划日期", day_said(one.planned_on)),
            ]),
            "一、方案内容", *lines_said(one.plan), "二、理由", *lines_said(one.reasons), "三、听取意见情况", *(said or ["未召开会议。"]),
            f"四、工会意见：{one.get_verdict_display()}", *lines_said(one.reply), ASKS[Verdict(one.verdict)],
        ],
        (one.union.name, day_said(today())),
    )  # fmt: skip


paper("layoff_reply", _("Letter on a redundancy"), file="裁员听取意见函", word="工裁听", of=Redundancy, states=("REPLIED",), form=reply)
