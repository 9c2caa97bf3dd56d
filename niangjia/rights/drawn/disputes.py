"""The papers of a mediation (domain reference, E.4): application, notices of acceptance or refusal, notice of a sitting with its receipt, minutes, agreement, reminder, application for arbitration."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from niangjia.flow.api import story
from niangjia.kit.dates import today
from niangjia.kit.gongwen.letter import Fields, Form, Grid
from niangjia.kit.gongwen.said import BLANK_DAY, day_said, moment_said
from niangjia.members.models import Membership
from niangjia.rights.drawn.kinds import paper
from niangjia.rights.enums import Cause, PauseKind, SittingState
from niangjia.rights.models import Claimant, Dispute, Session
from niangjia.rights.queries import account_of, limitation_of, mediate_by, received_of

RUNNING = ("APPLIED", "MEDIATING", "PAUSED")
SIGNED = ("AGREED", "PERFORMED", "CLOSED")
BY_HAND = "　　　　　　　　"


def yuan_said(value: Decimal | None) -> str:
    """Yuan as papers write them."""
    return f"{value or Decimal(0):,.2f}元"


def _workers(one: Dispute) -> list[Claimant]:
    return list(one.claimants.select_related("person").order_by("-leads", "pk"))


def _who(workers: list[Claimant]) -> str:
    """The first worker, and how many more."""
    if not workers:
        return BY_HAND
    return f"{workers[0].person.name}等{len(workers)}人" if len(workers) > 1 else workers[0].person.name


def _firms(one: Dispute) -> list[Any]:
    return [line.employer for line in one.respondents.select_related("employer").order_by("pk")]


def against(one: Dispute) -> str:
    """Every employer that is claimed against."""
    return "、".join(firm.name for firm in _firms(one)) or BY_HAND


def _age(line: Claimant) -> str:
    """Her age in full years (art. 28 asks for it); blank where nobody knows when she was born."""
    born, day = line.person.born_on, today()
    return f"{day.year - born.year - ((day.month, day.day) < (born.month, born.day))}岁" if born else BY_HAND


def _job(line: Claimant) -> str:
    """What she works as, by the register of members."""
    spells = Membership.objects.filter(person=line.person, left_on=None).exclude(job="").order_by("-primary", "pk")
    return spells.values_list("job", flat=True).first() or BY_HAND


def _parties(one: Dispute, workers: list[Claimant]) -> Fields:
    lines: list[tuple[str, ...]] = []
    if len(workers) == 1:
        lines += [
            ("申请人", workers[0].person.name, "性别", str(workers[0].person.get_sex_display())),
            ("年龄", _age(workers[0]), "职业", _job(workers[0])),
            ("身份证号码", BY_HAND, "联系电话", BY_HAND),
            ("住址", BY_HAND),
        ]
    else:
        speakers = "、".join(line.person.name for line in workers if line.leads)
        lines += [("申请人", f"{_who(workers)}（名单附后）", "代表人", speakers or BY_HAND)]
    for firm in _firms(one):
        lines += [
            ("被申请人", firm.name),
            ("统一社会信用代码", firm.uscc),
            ("住所", firm.address or BY_HAND),
            ("法定代表人", BY_HAND, "职务", BY_HAND),
        ]
    return Fields(lines)


def _list(one: Dispute, workers: list[Claimant]) -> list[str | Grid]:
    """The workers with what each claims and gets, where there are several."""
    if len(workers) < 2:
        return []
    account = account_of(one)
    rows = [
        (str(n), line.person.name, f"{account.workers[line.pk].claimed:,.2f}", f"{account.workers[line.pk].agreed:,.2f}" if account.workers[line.pk].agreed is not None else "")
        for n, line in enumerate(workers, start=1)
    ]  # fmt: skip
    return ["附：职工名单", Grid(("序号", "姓名", "请求金额（元）", "约定金额（元）"), rows, (2, 4, 5, 5))]


def _claims(one: Dispute) -> list[str]:
    account = account_of(one)
    said = []
    for n, kind in enumerate(account.kinds, start=1):
        label = Cause(kind.kind).label
        said.append(f"{n}．{label}，{yuan_said(kind.claimed)}，涉及{kind.workers}人。")
    if account.loose > 0 or not said:
        said.append(f"{len(said) + 1}．{one.get_cause_display()}，{yuan_said(account.loose)}。")
    return said


def application(one: Dispute, number: str, facts: Any) -> Form:
    """调解申请书; by word of mouth it is the record made on the spot (art. 12)."""
    del facts
    workers = _workers(one)
    how = [] if one.written else ["本件由申请人口头申请，调解组织当场记录，经申请人核对无误后签名或者按指印。"]
    return Form(
        "劳动争议调解申请书" if one.written else "劳动争议调解口头申请笔录", number,
        [
            _parties(one, workers), "请求事项：", *_claims(one), "事实和理由：", one.facts or BY_HAND, "证据清单：", BY_HAND, *how, f"此致{one.handled_by.name}",
            *_list(one, workers),
        ],
        ("申请人（签名）：", f"　　　　　　　　　　　　{day_said(one.applied_on)}"),
    )  # fmt: skip


def _sitting(one: Dispute, facts: Any, *states: str) -> Session | None:
    """The sitting that is meant, or the last that fits."""
    if isinstance(facts, Session) and facts.dispute_id == one.pk:
        return facts if facts.state in states else None
    return one.sessions.filter(state__in=states).order_by("-held_at").first()


def notice(one: Dispute, number: str, facts: Any) -> Form:
    """调解通知书 with its 回执."""
    sitting = _sitting(one, facts, SittingState.PLANNED)
    assert sitting is not None
    return Form(
        "劳动争议调解通知书", number,
        [
            f"{against(one)}、{_who(_workers(one))}：",
            f"{_who(_workers(one))}与{against(one)}{one.get_cause_display()}争议一案（{one.reference}），本会已于{day_said(one.accepted_on)}受理。现定于{moment_said(sitting.held_at)}在{sitting.place}进行调解，请准时参加。",
            f"调解员：{one.mediator_name or BY_HAND}。当事人认为调解员与本案有利害关系的，可以在调解开始前申请更换。",
            "参加调解时请携带身份证明；单位参加的，携带法定代表人身份证明或者授权委托书，以及有关证据。一方不愿意调解的，请书面或者口头告知本会，本会将及时告知另一方。",
            f"{one.handled_by.name}　{day_said(today())}", "—— —— —— —— —— —— —— ——", f"回执（{number}）", "本人（单位）已收到上述通知，□同意参加　□不同意调解。",
        ],
        ("收到人（签名或者盖章）：", f"　　　　　　　　　　　　{BLANK_DAY}"),
    )  # fmt: skip


def _told_why(one: Dispute) -> str:
    """The reason that was written when it was not accepted."""
    return next((line.reason for line in reversed(list(story(one))) if line.verb == "refuse"), "") or BY_HAND


def acceptance(one: Dispute, number: str, facts: Any) -> Form:
    """受理通知书: to both sides, with the last day of the mediation (art. 14) and what either may do."""
    del facts
    last = mediate_by(one) or one.mediates_to
    return Form(
        "劳动争议调解受理通知书", number,
        [
            f"{_who(_workers(one))}、{against(one)}：",
            f"{_who(_workers(one))}与{against(one)}{one.get_cause_display()}争议一案（{one.reference}），申请日期{day_said(one.applied_on)}。经审查，本会已于{day_said(one.accepted_on)}受理。",
            f"调解员：{one.mediator_name or BY_HAND}。当事人认为调解员与本案有利害关系的，可以申请更换。",
            f"调解期限自收到调解申请之日起算，至{day_said(last)}止；双方书面同意的可以延长。一方不愿意调解的，请告知本会，本会将及时告知另一方。",
            "期限届满未达成协议的，当事人可以依法申请仲裁。请双方提交身份证明和有关证据。",
        ],
        (one.handled_by.name, day_said(today())),
    )  # fmt: skip


def refusal(one: Dispute, number: str, facts: Any) -> Form:
    """不予受理通知书: to the workers, with the reason, and until when they may go to arbitration (art. 27)."""
    del facts
    last = limitation_of(one)
    until = f"就现有材料核算，申请仲裁的最后一日为{day_said(last)}。" if last else ""
    return Form(
        "劳动争议调解不予受理通知书", number,
        [
            f"{_who(_workers(one))}：",
            f"你（你们）于{day_said(one.applied_on)}就与{against(one)}{one.get_cause_display()}争议提出的调解申请（{one.reference}），经审查不予受理。理由：{_told_why(one)}",
            f"你（你们）可以依法向劳动人事争议仲裁委员会申请仲裁，或者向人力资源和社会保障部门投诉。{until}需要帮助的，可以到本会或者拨打12351咨询，费用全免。",
        ],
        (one.handled_by.name, day_said(today())),
    )  # fmt: skip


def minutes(one: Dispute, number: str, facts: Any) -> Form:
    """调解笔录."""
    sitting = _sitting(one, facts, SittingState.HELD, SittingState.ADJOURNED, SittingState.MISSED)
    assert sitting is not None
    present = "、".join(sitting.present.splitlines()) or BY_HAND
    parts: list[str | Grid | Fields] = [
        Fields([
            ("案件", one.reference, "事由", str(one.get_cause_display())), ("时间", moment_said(sitting.held_at)), ("地点", sitting.place), ("调解员", one.mediator_name or BY_HAND, "记录人", BY_HAND),
            ("到场人员", present), ("未到场", sitting.absent or "无"),
        ]),
        "调解情况：", *[line for line in sitting.text.splitlines() if line.strip()], f"结果：{SittingState(sitting.state).label}。",
    ]  # fmt: skip
    pause = one.pauses.filter(until=None).first()
    if pause is not None:
        parts.append(f"调解期限自{day_said(pause.since)}起中止：{PauseKind(pause.kind).label}。")
    return Form(
        "劳动争议调解笔录", number, parts,
        ("以上笔录经核对无误。", "申请人（签名）：　　　　　　被申请人（签名）：", "调解员（签名）：　　　　　　记录人（签名）："),
    )  # fmt: skip


def plan_said(one: Dispute) -> list[str | Grid]:
    """By which day it is paid, or the days of its instalments."""
    plan = [(str(n), day_said(line.due_on), f"{line.amount:,.2f}") for n, line in enumerate(one.instalments.order_by("due_on"), start=1)]
    if plan:
        return ["付款安排如下：", Grid(("期次", "付款日期", "金额（元）"), plan, (2, 5, 5))]
    return [f"被申请人于{day_said(one.pay_by)}前向申请人支付上述款项。"] if one.agreed else []


def agreement(one: Dispute, number: str, facts: Any) -> Form:
    """调解协议书: parties, facts, clauses, payment, signatures, effect (arts 14 and 16)."""
    del facts
    workers = _workers(one)
    clauses = [
        f"{line.n}．{line.text}" + (f"（{day_said(line.due_on)}前履行）" if line.due_on else "") for line in one.clauses.order_by("n")
    ]
    account = [Fields([("收款账户户名", BY_HAND), ("开户银行", BY_HAND), ("账号", BY_HAND)])] if one.agreed else []
    return Form(
        "劳动争议调解协议书", number,
        [
            _parties(one, workers), f"争议事项：{one.get_cause_display()}。", one.facts or BY_HAND, "经调解，双方自愿达成如下协议：", *clauses,
            f"{len(clauses) + 1}．被申请人向申请人支付{yuan_said(one.agreed)}。", *plan_said(one), *account,
            "本协议自双方当事人签名或者盖章，经调解员签名并加盖调解组织印章后生效，对双方当事人具有约束力，当事人应当履行。",
            "因支付拖欠劳动报酬、工伤医疗费、经济补偿或者赔偿金达成协议，被申请人在约定期限内不履行的，申请人可以持本协议书依法向人民法院申请支付令；双方可以自协议生效之日起三十日内共同申请司法确认。",
            *_list(one, workers),
        ],
        ("申请人（签名）：　　　　　　被申请人（盖章）：", "调解员（签名）：　　　　　　调解组织（盖章）：", f"　　　　　　　　　　　　{day_said(one.agreed_on)}"),
    )  # fmt: skip


def reminder(one: Dispute, number: str, facts: Any) -> Form:
    """履行协议催告函."""
    del facts
    received = received_of(one)
    left = (one.agreed or Decimal(0)) - received
    return Form(
        "履行调解协议催告函", number,
        [
            f"{against(one)}：",
            f"你单位与{_who(_workers(one))}于{day_said(one.agreed_on)}达成调解协议（{one.agreement_no}），约定支付{yuan_said(one.agreed)}。截至{day_said(today())}，已支付{yuan_said(received)}，尚欠{yuan_said(left)}，付款日为{day_said(one.pay_by)}。",
            "请你单位收到本函后立即履行，并将付款凭证送交本会。逾期不履行的，职工可以依据《中华人民共和国劳动争议调解仲裁法》第十六条向人民法院申请支付令，或者依法申请仲裁。",
        ],
        (one.handled_by.name, day_said(today())),
    )  # fmt: skip


def arbitration(one: Dispute, number: str, facts: Any) -> Form:
    """仲裁申请书 (art. 28): what the house knows is filled in; the rest is written by hand."""
    del facts
    workers = _workers(one)
    copies = len(_firms(one)) + 1
    return Form(
        "劳动人事争议仲裁申请书", number,
        [
            _parties(one, workers), Fields([("工作单位", against(one))]), "仲裁请求：", *_claims(one), "事实和理由：", one.facts or BY_HAND,
            "证据和证据来源、证人姓名和住所：", BY_HAND, f"附：本申请书副本{copies - 1}份。", *_list(one, workers),
        ],
        ("此致　　　　　　　　劳动人事争议仲裁委员会", "申请人（签名）：", f"　　　　　　　　　　　　{BLANK_DAY}"),
    )  # fmt: skip


def _planned(one: Dispute, facts: Any) -> str:
    return "" if _sitting(one, facts, SittingState.PLANNED) else say("Call a sitting first: the notice says when and where.")


def _sat(one: Dispute, facts: Any) -> str:
    found = _sitting(one, facts, SittingState.HELD, SittingState.ADJOURNED, SittingState.MISSED)
    return "" if found else say("No sitting has been written down yet.")


def _signed(one: Dispute, facts: Any) -> str:
    del facts
    return "" if one.agreed_on else say("Record the agreement first.")


def _late(one: Dispute, facts: Any) -> str:
    del facts
    if one.pay_by is None or one.pay_by >= today():
        return say("Its day has not passed yet.")
    return ""


paper("application", _("Application for mediation"), file="调解申请书", word="劳调申", of=Dispute, states=RUNNING, form=application)
paper(
    "acceptance", _("Notice of acceptance"), file="受理通知书", word="劳调受", of=Dispute, states=("MEDIATING", "PAUSED"), form=acceptance,
)  # fmt: skip
paper("refusal", _("Notice that it is not accepted"), file="不予受理通知书", word="劳调不", of=Dispute, states=("REFUSED",), form=refusal)
paper(
    "notice",
    _("Notice of a sitting"),
    file="调解通知书",
    word="劳调通",
    of=Dispute,
    states=("MEDIATING", "AGREED"),
    form=notice,
    needs=_planned,
)
paper(
    "minutes",
    _("Minutes of a sitting"),
    file="调解笔录",
    word="劳调笔",
    of=Dispute,
    states=("MEDIATING", "PAUSED", *SIGNED),
    form=minutes,
    needs=_sat,
)
paper("agreement", _("Mediation agreement"), file="调解协议书", word="劳调协", of=Dispute, states=SIGNED, form=agreement, needs=_signed)
paper("reminder", _("Reminder to perform"), file="履行催告函", word="劳调催", of=Dispute, states=("AGREED",), form=reminder, needs=_late)
paper(
    "arbitration",
    _("Application for arbitration"),
    file="仲裁申请书",
    word="劳仲申",
    of=Dispute,
    states=("MEDIATING", "PAUSED", "AGREED", "CLOSED", "REFUSED"),
    form=arbitration,
)
