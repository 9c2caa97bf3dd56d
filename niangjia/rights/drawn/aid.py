"""The papers of legal aid (domain reference, E.4): application, approval sheet, letter of assignment, closing sheet."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.kit.dates import today
from niangjia.kit.gongwen.letter import Fields, Form, Grid
from niangjia.kit.gongwen.said import BLANK_DAY, day_said, lines_said, moment_said
from niangjia.rights.aided import AidForm, AidRefusal, AidResult, ProofKind, Satisfied
from niangjia.rights.drawn.kinds import paper
from niangjia.rights.models import Aid, Assignment
from niangjia.rights.queries.aid import applicant_name, received_in
from niangjia.rights.rules.aid import papers_needed

BY_HAND = "　　　　　　　　"


def _yuan(value: Any) -> str:
    return f"{value or 0:,.2f}元"


def _who(one: Aid) -> Fields:
    people = list(one.recipients.select_related("person").order_by("pk"))
    lines: list[tuple[str, ...]] = [("申请人", applicant_name(one) or BY_HAND, "申请人类别", str(one.get_kind_display()))]
    if len(people) == 1:
        lines += [("性别", str(people[0].person.get_sex_display()), "联系电话", BY_HAND), ("身份证号码", BY_HAND), ("住址", BY_HAND)]
    lines += [
        ("对方当事人", one.against.name if one.against else BY_HAND),
        ("事项", str(one.get_matter_display()), "援助形式", str(one.get_form_display())),
        ("涉及金额", _yuan(one.claimed), "申请日期", day_said(one.applied_on)),
    ]
    return Fields(lines)


def _list(one: Aid) -> list[str | Grid]:
    people = list(one.recipients.select_related("person").order_by("pk"))
    if len(people) < 2:
        return []
    rows = [(str(n), line.person.name, f"{line.claimed:,.2f}") for n, line in enumerate(people, start=1)]
    return ["附：受援人名单", Grid(("序号", "姓名", "请求金额（元）"), rows, (2, 6, 5))]


def papers_brought(one: Aid) -> Grid:
    """Which of the papers that are needed lie on the case."""
    have: dict[str, list[str]] = {}
    for proof in one.proofs.select_related("file").order_by("pk"):
        have.setdefault(proof.kind, []).append(proof.note or (proof.file.name if proof.file else ""))
    rows = [
        (str(ProofKind(kind).label), "、".join(have[kind]) if kind in have else "未提交") for kind in papers_needed(one.kind, one.matter)
    ]
    return Grid(("材料", "提交情况"), rows, (5, 8))


def application(one: Aid, number: str, facts: Any) -> Form:
    """工会法律援助申请表."""
    del facts
    return Form(
        "工会法律援助申请表", number,
        [
            _who(one), "申请事项和事实理由：", *lines_said(one.facts), "提交的材料：", papers_brought(one), "本人（单位）承诺以上所填内容和提交的材料真实；如有虚假，愿承担由此产生的后果。", *_list(one),
            f"此致{one.union.name}",
        ],
        ("申请人（签名）：", f"　　　　　　　　　　　　{day_said(one.applied_on)}"),
    )  # fmt: skip


def approval(one: Aid, number: str, facts: Any) -> Form:
    """工会法律援助审批表: what was looked at, the opinion, and the lines that are signed by hand."""
    del facts
    refused = one.granted_on is None
    verdict = f"不予援助（{AidRefusal(one.refusal).label}）" if refused and one.refusal else "同意援助"
    early = ["时效即将届满，依照法律援助法第四十四条先行提供援助，申请人随后补交材料。"] if one.advance else []
    return Form(
        "工会法律援助审批表", number,
        [
            _who(one), "材料审查：", papers_brought(one), *early,
            Fields([
                ("审查结论", verdict, "决定日期", day_said(one.decided_on)), ("经办人意见", one.opinion or BY_HAND), ("经办人签名", BY_HAND, "日期", BY_HAND),
                ("部门负责人意见", BY_HAND), ("签名", BY_HAND, "日期", BY_HAND), ("分管领导意见", BY_HAND), ("签名", BY_HAND, "日期", BY_HAND),
            ]),
        ],
        (one.union.name, day_said(one.decided_on or today())),
    )  # fmt: skip


def assignment(one: Aid, number: str, facts: Any) -> Form:
    """工会法律援助指派函: signed first, then numbered; with the slip that the agent sends back."""
    line: Assignment = facts
    agent = line.agent
    to = agent.firm or agent.name
    return Form(
        "工会法律援助指派函", number,
        [
            f"{to}：", f"{applicant_name(one)}就{one.get_matter_display()}事项向本会申请法律援助（{one.reference}），经审查，本会于{day_said(one.granted_on)}决定给予法律援助，形式为{AidForm(line.form).label}。",
            f"现指派{agent.name}（{agent.get_kind_display()}，执业证（工作证）号{agent.licence}）承办本案。请自收到本函之日起在规定期限内答复是否接受指派；接受的，及时会见受援人，依法维护其合法权益，并自办结之日起15日内提交结案报告和案卷材料。",
            "承办人不得向受援人收取任何财物；与对方当事人有利害关系的，应当立即告知本会。", f"签发人：{line.signed_by.name if line.signed_by else ''}",
            "—— —— —— —— —— —— —— ——", "指派函回执", Fields([("指派函编号", number), ("是否接受", "□接受　□不接受，理由：", "日期", BLANK_DAY), ("承办人签名", BY_HAND)]),
        ],
        (one.union.name, day_said(today())),
    )  # fmt: skip


def closing(one: Aid, number: str, facts: Any) -> Form:
    """工会法律援助结案表."""
    del facts
    agent = one.agent
    heard = [(moment_said(h.at), h.body, h.outcome or "未记录") for h in one.hearings.order_by("at")]
    sat: list[str | Grid] = ["开庭和调解情况：", Grid(("时间", "机构", "情况"), heard, (4, 4, 5))] if heard else []
    subsidy = one.subsidies.order_by("-pk").first()
    return Form(
        "工会法律援助结案表", number,
        [
            _who(one),
            Fields([
                ("承办人", agent.name if agent else BY_HAND, "所属单位", (agent.firm if agent else "") or BY_HAND), ("指派日期", day_said(one.assigned_on), "办结日期", day_said(one.finished_on)),
                ("办理结果", str(AidResult(one.result).label) if one.result else BY_HAND, "文书编号", one.number or BY_HAND), ("裁决或者约定金额", _yuan(one.awarded), "实际到账金额", _yuan(received_in(one))),
                ("受援人评价", str(Satisfied(one.satisfied).label) if one.satisfied else BY_HAND, "办案补贴", _yuan(subsidy.amount) if subsidy else BY_HAND),
            ]),
            *sat, "承办情况：", *lines_said(one.report),
            Fields([("承办人签名", BY_HAND, "日期", BY_HAND), ("审核人签名", BY_HAND, "日期", BY_HAND)]), *_list(one),
        ],
        (one.union.name, day_said(one.closed_on or today())),
    )  # fmt: skip


GIVEN = ("GRANTED", "SIGNING", "ASSIGNED", "HANDLING", "FINISHED", "REPORTED", "CLOSED")
paper(
    "aid_application",
    _("Application for legal aid"),
    file="法律援助申请表",
    word="法援申",
    of=Aid,
    states=("APPLIED", "ASKED", *GIVEN),
    form=application,
)
paper(
    "aid_approval",
    _("Approval sheet of legal aid"),
    file="法律援助审批表",
    word="法援审",
    of=Aid,
    states=("REFUSED", "OBJECTED", "UPHELD", *GIVEN),
    form=approval,
)
paper("aid_assignment", _("Letter of assignment"), file="法律援助指派函", word="法援派", of=Aid, states=(), form=assignment)
paper("aid_closing", _("Closing sheet of legal aid"), file="法律援助结案表", word="法援结", of=Aid, states=(), form=closing)
