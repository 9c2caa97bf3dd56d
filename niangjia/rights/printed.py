"""A brief on an event on paper: Word and PDF in the official layout (GB/T 9704-2012). It is Chinese whatever language its writer reads."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from niangjia.kit.dates import CHINA
from niangjia.kit.gongwen.ends import break_title
from niangjia.kit.gongwen.letter import Grid, Letter, letter
from niangjia.kit.gongwen.said import day_said, moment_said
from niangjia.rights.enums import Behaviour, Department, EventState, Severity, Type
from niangjia.rights.models import Brief

STYLE = Path(__file__).parent / "static" / "rights" / "brief.css"


def number_of(one: Brief) -> str:
    """专报〔2026〕1号."""
    _head, year, count = one.reference.split("-")
    return f"专报〔{year}〕{int(count)}号"


def _label(choices: Any, code: str) -> str:
    return str(dict(choices).get(code, ""))


def draft(one: Brief) -> Letter:
    """The letter, from what was known when it was drawn up."""
    said = one.facts
    with override("zh-hans"):
        kind, grade, state = (
            _label(Type.choices, said["type"]),
            _label(Severity.choices, said["severity"]),
            _label(EventState.choices, said["state"]),
        )
        also = "、".join(_label(Type.choices, code) for code in said["also"].split())
        behaviour = _label(Behaviour.choices, said["behaviour"])
        tasks = [
            (_label(Department.choices, department), what or "到场核实，联合处置", result or "正在办理")
            for department, what, result in said["tasks"]
        ]
    there, more = (f"，在场{said['involved']}人" if said["involved"] else "", f"，兼{also}" if also else "")
    text: list[str | Grid] = [
        f"{moment_said(datetime.fromisoformat(said['reported_at']))}，{said['place']}上报：{said['firm']}发生{kind}{more}事件，核定为{grade}，涉及职工{said['affected']}人{there}。"
    ]
    if Decimal(said["owed"]):
        months = Decimal(said["months"])
        text.append(f"涉及欠薪{Decimal(said['owed']):,.2f}元{f'，已欠{months.normalize():f}个月' if months else ''}。")
    if said.get("project"):
        text.append(f"涉及工程项目：{said['project']}。")
    if said.get("dead") or said.get("injured"):
        text.append(f"人员伤亡：死亡{said['dead']}人，受伤{said['injured']}人。")
    if said["demands"]:
        text.append(f"职工诉求：{said['demands']}")
    if said["behaviour"] != Behaviour.NONE:
        text.append(f"目前行为：{behaviour}。")
    text.append(f"截至{moment_said(datetime.fromisoformat(said['last_at']))}：{said['last']}目前状态为{state}。")
    if tasks:
        text += ["联合处置情况如下：", Grid(("部门", "事项", "进展"), tasks, (3, 6, 5))]
    if said["resolution"]:
        text.append(f"化解情况：{said['resolution']}")
    text.append("后续情况续报。" if said["state"] not in ("CLOSED", "VISITED") else "特此报告。")
    local = one.at.astimezone(CHINA)
    title = f"关于{said['firm']}{kind}事件的{'专报' if one.issue == 1 else f'第{one.issue}次专报'}"
    return Letter(title, "领导同志", text, said["office"], day_said(local), number_of(one))


def word(one: Brief) -> bytes:
    """The brief in Word."""
    return letter(draft(one))


def paper(one: Brief) -> bytes:
    """The brief as PDF."""
    from weasyprint import CSS, HTML

    of = draft(one)
    context = {
        "of": of, "title": break_title(of.title), "mark": of.mark or of.signed,
        "parts": [(part if isinstance(part, Grid) else None, "" if isinstance(part, Grid) else part) for part in of.text],
    }  # fmt: skip
    page = HTML(string=render_to_string("rights/brief_paper.html", context))
    made: bytes = page.write_pdf(stylesheets=[CSS(filename=str(STYLE))], pdf_identifier=one.reference.encode())
    return made
