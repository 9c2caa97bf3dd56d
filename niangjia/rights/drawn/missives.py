"""The letters to departments about an event (GB/T 9704-2012, 函): asked to handle it together, and of transfer. Nobody who told of it is named."""

from __future__ import annotations

from typing import Any

from niangjia.kit.dates import today
from niangjia.kit.gongwen.letter import Form
from niangjia.kit.gongwen.said import day_said, lines_said, moment_said
from niangjia.rights.askedby import MissiveKind
from niangjia.rights.drawn.kinds import paper
from niangjia.rights.models import Event, Missive

OPEN = ("REPORTED", "CONFIRMED", "HANDLING", "STABLE")


def _letter(one: Event, number: str, facts: Missive, *, about: str, asks: str) -> Form:
    firm = f"{one.employer_name}（统一社会信用代码{one.employer.uscc}）" if one.employer else one.employer_name
    site = f"，涉及工程项目“{one.project}”" if one.project else ""
    builder = f"，施工总承包单位为{one.builder_name}" if one.builder_name else ""
    hurt = f"，死亡{one.dead}人、受伤{one.injured}人" if one.dead or one.injured else ""
    until = f"请于{day_said(facts.answer_by)}前将办理情况书面告知本会。" if facts.answer_by else "请将办理情况书面告知本会。"
    return Form(
        f"关于{about}{one.employer_name}{one.get_type_display()}事件的函", number,
        [
            f"{facts.to}：", f"{moment_said(one.known_at)}，本会获知{firm}发生{one.get_type_display()}事件（{one.reference}）{site}{builder}，涉及职工{one.affected}人{hurt}。",
            "经了解：", *lines_said(facts.found), asks, *lines_said(facts.asks), until, f"签发人：{facts.signed_by.name if facts.signed_by else ''}　{facts.signed_as}",
        ],
        (one.desk.name, day_said(today())),
    )  # fmt: skip


def joint(one: Event, number: str, facts: Any) -> Form:
    """商请联合处置函."""
    asks = (
        "为及时化解矛盾，现商请贵单位牵头处置，并办理下列事项：" if facts.lead else "为及时化解矛盾，现商请贵单位共同处置，并办理下列事项："
    )
    return _letter(one, number, facts, about="商请联合处置", asks=asks)


def transfer(one: Event, number: str, facts: Any) -> Form:
    """移交函."""
    return _letter(one, number, facts, about="移交", asks="该事项属贵单位职责范围，现移交贵单位依法处理，并建议：")


paper("event_joint", MissiveKind.JOINT.label, file="商请联合处置函", word="工权商", of=Event, states=OPEN, form=joint, signed=True)
paper("event_transfer", MissiveKind.TRANSFER.label, file="事件移交函", word="工权移", of=Event, states=OPEN, form=transfer, signed=True)
