"""预警信息报告单 (domain reference, E.4): the first report, a follow-up and the final one. Who reported without wanting to be named stands on none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from niangjia.kit.dates import today
from niangjia.kit.gongwen.letter import Fields, Form
from niangjia.kit.gongwen.said import day_said, lines_said, moment_said
from niangjia.rights.drawn.kinds import paper
from niangjia.rights.models import Event
from niangjia.rights.queries import next_way

OPEN = ("REPORTED", "CONFIRMED", "HANDLING", "STABLE", "SETTLED")
OVER = ("SETTLED", "CLOSED", "VISITED")
PROVINCE, HIDDEN, BY_HAND = "省总工会", "不公开", "　　　　　　　　"


@dataclass(frozen=True)
class Said:
    """What the event itself does not say: what the office proposes, and who issues the paper."""

    proposes: str = ""
    issued_by: str = ""


def _to(one: Event) -> str:
    """To whom it is sent: the level above; above the city the province."""
    way = next_way(one)
    return way.union.name if way is not None and way.union is not None else PROVINCE


def _yuan(value: Decimal) -> str:
    return f"{value:,.2f}元" if value else "无"


def _measures(one: Event) -> list[str]:
    """What was done so far: each follow-up, and what the departments say."""
    lines = lines_said(one.measures)
    lines += [f"{moment_said(line.at)}：{line.text}" for line in one.followups.order_by("at", "pk")[1:]]
    lines += [f"{task.get_department_display()}：{task.said or task.what or '到场核实，联合处置'}" for task in one.tasks.order_by("pk")]
    return lines or ["正在核实。"]


def _report(sort: str, one: Event, number: str, facts: Any) -> Form:
    said: Said = facts or Said()
    by = HIDDEN if one.anonymous else one.reported_by.name if one.reported_by else ""
    months = f"，{Decimal(one.months_owed).normalize():f}个月" if one.months_owed else ""
    firm = [("发生单位", one.employer_name, "所属工会", one.union.name)]
    if one.employer is not None:
        firm.append(("统一社会信用代码", one.employer.uscc, "行业", str(one.employer.get_industry_display())))
    ends = ["五、处置结果", one.resolution or "正在处置。", *([one.closing] if one.closing else [])] if sort == "终报" else []
    place = f"{one.division or one.township or one.county or one.union}{f'，{one.spot}' if one.spot else ''}"
    hurt = f"死亡{one.dead}人，受伤{one.injured}人" if one.dead or one.injured else "无"
    site = [("工程项目", one.project or "无", "施工总承包单位", one.builder_name or "无")] if one.project or one.builder_name else []
    return Form(
        f"预警信息报告单（{sort}）", number,
        [
            f"{_to(one)}：",
            Fields([
                ("事件编号", one.reference, "等级", str(one.get_severity_display())), *firm, ("发生时间", moment_said(one.occurred_at), "首次上报", moment_said(one.reported_at)),
                ("首次获知", moment_said(one.known_at), "伤亡", hurt), *site,
                ("地点", place, "类型", str(one.get_type_display())), ("涉及人数", f"{one.affected}人", "在场人数", f"{one.involved}人"),
                ("目前行为", str(one.get_behaviour_display()), "欠薪金额", f"{_yuan(one.owed)}{months}"), ("涉及经济补偿", _yuan(one.compensation), "欠缴社会保险费", _yuan(one.insurance)), ("报告人", by, "信息来源", str(one.get_channel_display())),
            ]),
            "一、起因", one.detail or "正在核实。", "二、职工诉求", one.demands or "尚未提出。", "三、已采取措施", *_measures(one), "四、建议", said.proposes or "继续跟进，按时续报。",
            *ends, f"签发人：{said.issued_by or BY_HAND}",
        ],
        (one.desk.name, day_said(today())),
    )  # fmt: skip


def first(one: Event, number: str, facts: Any) -> Form:
    """首报."""
    return _report("首报", one, number, facts)


def follow(one: Event, number: str, facts: Any) -> Form:
    """续报."""
    return _report("续报", one, number, facts)


def final(one: Event, number: str, facts: Any) -> Form:
    """终报."""
    return _report("终报", one, number, facts)


def _followed(one: Event, _facts: Any) -> str:
    return "" if one.followups.count() > 1 else say("Nobody has followed it up yet; draw up the first report.")


paper("event_first", _("Report on an event, first"), file="预警信息报告单首报", word="权警首", of=Event, states=OPEN, form=first)
paper(
    "event_follow",
    _("Report on an event, follow-up"),
    file="预警信息报告单续报",
    word="权警续",
    of=Event,
    states=OPEN,
    form=follow,
    needs=_followed,
)
paper("event_final", _("Report on an event, final"), file="预警信息报告单终报", word="权警终", of=Event, states=OVER, form=final)
