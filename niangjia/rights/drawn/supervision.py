"""The papers of supervision (domain reference, E.4): the written answer that a lead is out of scope, and the set of one letter and two writs, each with its serving record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.kit.dates import today
from niangjia.kit.gongwen.letter import Fields, Form, Grid
from niangjia.kit.gongwen.said import BLANK_DAY, day_said, lines_said
from niangjia.rights.drawn.kinds import paper
from niangjia.rights.models import Letter, Supervision
from niangjia.rights.supervised import LetterKind

KINDS = {LetterKind.REMINDER: "ls_reminder", LetterKind.OPINION: "ls_opinion", LetterKind.ADVICE: "ls_advice"}


def _issued(letter: Letter) -> str:
    """签发人: the chair or the vice-chair who signed."""
    return f"签发人：{letter.signed_by.name if letter.signed_by else ''}　{letter.signed_as}"


def _record(number: str, to: str) -> list[str | Grid | Fields]:
    """送达回证."""
    return [
        "—— —— —— —— —— —— —— ——", "送达回证",
        Fields([
            ("送达文书", number), ("受送达人", to), ("送达方式", "□直接　□邮寄　□留置　□电子", "送达日期", BLANK_DAY), ("收件人签名或者盖章", "　　　　　　　　"),
            ("送达人", "　　　　　　　　", "见证人", "　　　　　　　　"),
        ]),
    ]  # fmt: skip


def out(one: Supervision, number: str, facts: Any) -> Form:
    """不属监督范围告知书: the complainant is not named, so that the paper gives nobody away."""
    return Form(
        "工会劳动法律监督告知书", number,
        [
            "投诉（反映）人：", f"你反映{one.employer.name}的有关情况（{one.reference}），本会于{day_said(one.received_on)}收到。经审查，不属于工会劳动法律监督范围。",
            *lines_said(str(facts)), "你可以依法向有关部门反映，或者通过劳动争议调解、仲裁等途径解决。", *_record(number, "投诉（反映）人"),
        ],
        (one.union.name, day_said(today())),
    )  # fmt: skip


def reminder(one: Supervision, number: str, facts: Letter) -> Form:
    """工会劳动法律监督提示函."""
    return Form(
        "工会劳动法律监督提示函", number,
        [
            f"{facts.to}：", "本会在劳动法律监督中发现你单位存在以下情况：", *lines_said(facts.found), f"涉及的规定：{facts.articles}。",
            *(["如不及时改正，可能产生以下风险：", *lines_said(facts.risks)] if facts.risks else []), "为此，本会提示并建议：", *lines_said(facts.asks),
            f"请于{day_said(facts.answer_by)}前将办理情况书面告知本会。", _issued(facts), *_record(number, facts.to),
        ],
        (one.union.name, day_said(today())),
    )  # fmt: skip


def opinion(one: Supervision, number: str, facts: Letter) -> Form:
    """工会劳动法律监督意见书, signed by a chair or a vice-chair."""
    return Form(
        "工会劳动法律监督意见书", number,
        [
            f"{facts.to}：", f"本会工会劳动法律监督员依法对你单位遵守劳动法律、法规的情况进行了调查（{one.reference}）。经查：", *lines_said(facts.found),
            f"上述行为违反了{facts.articles}。现提出如下监督意见：", *lines_said(facts.asks), "请自收到本意见书之日起在法定期限内改正，并书面答复本会。逾期不答复或者拒不改正的，本会将提请人力资源和社会保障行政部门依法处理。",
            _issued(facts), *_record(number, facts.to),
        ],
        (one.union.name, day_said(today())),
    )  # fmt: skip


def advice(one: Supervision, number: str, facts: Letter) -> Form:
    """工会劳动法律监督建议书, to the labour bureau."""
    before = one.letters.filter(kind=LetterKind.OPINION, void=False).select_related("paper").first()
    said = f"，于{day_said(one.served_on)}送达" if one.served_on else ""
    answered = (
        f"该单位于{day_said(before.answered_on)}答复：{before.get_reply_display()}。{before.answer}"
        if before and before.reply
        else "该单位未在期限内答复，也未改正。"
    )
    return Form(
        "工会劳动法律监督建议书", number,
        [
            f"{facts.to}：", f"本会对{one.employer.name}（统一社会信用代码{one.employer.uscc}）开展劳动法律监督，已向其发出监督意见书{said}。{answered}", "经查：", *lines_said(facts.found),
            f"上述行为违反了{facts.articles}。现提请你局依法处理，并建议：", *lines_said(facts.asks), "请将处理结果书面告知本会。", _issued(facts), *_record(number, facts.to),
        ],
        (one.union.name, day_said(today())),
    )  # fmt: skip


paper("ls_out", _("Answer that it is not in scope"), file="监督告知书", word="工监告", of=Supervision, states=("OUT",), form=out)
paper("ls_reminder", LetterKind.REMINDER.label, file="监督提示函", word="工监提", of=Supervision, states=("REMINDED",), form=reminder)
paper("ls_opinion", LetterKind.OPINION.label, file="监督意见书", word="工监意", of=Supervision, states=("SIGNED",), form=opinion)
paper("ls_advice", LetterKind.ADVICE.label, file="监督建议书", word="工监建", of=Supervision, states=("ADVISED",), form=advice)
