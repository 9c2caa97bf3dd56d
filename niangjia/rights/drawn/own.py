"""What a worker takes along of her own case: why a sum is owed, and her agreement. Chinese, as whoever asks for it reads it; no number of the register."""

from __future__ import annotations

from django.utils.translation import override

from niangjia.kit.dates import CHINA
from niangjia.kit.gongwen.letter import Fields, Form, Grid
from niangjia.kit.gongwen.said import day_said, lines_said
from niangjia.rights.aided import AidRefusal
from niangjia.rights.drawn.aid import GIVEN, papers_brought
from niangjia.rights.drawn.disputes import against, plan_said, yuan_said
from niangjia.rights.drawn.kinds import Sheet
from niangjia.rights.laws import cited
from niangjia.rights.models import Aid, Claimant, Dispute, Recipient, Reckoning
from niangjia.rights.queries import Worker, account_of
from niangjia.rights.reckoning import unpacked
from niangjia.rights.shown.reckoning import result, sentence


def traced(one: Reckoning) -> Sheet:
    """核算说明: the steps, each with its article, and what they come to."""
    answer, dispute = unpacked(one.answer), one.dispute
    assert dispute is not None
    assert one.claimant is not None
    with override("zh-hans"):
        rows = [
            (str(n), sentence(step), cited(step.articles), "" if step.yuan is None else f"{step.yuan:,.2f}")
            for n, step in enumerate(answer.steps, start=1)
        ]
        about = " ".join(filter(None, (str(one.get_kind_display()), str(one.get_claim_display()) if one.claim else "")))
        said = result(answer)
    made = one.at.astimezone(CHINA)
    return Sheet(
        Form(
            "应得金额核算说明", "",
            [
                Fields([("案件", dispute.reference), ("申请人", one.claimant.person.name), ("被申请人", against(dispute)), ("核算事项", about), ("结果", said)]),
                "核算步骤如下：", Grid(("步骤", "计算", "依据", "金额（元）"), rows, (1, 8, 4, 3)),
                f"按{day_said(made)}适用的规则第{one.version}版核算。本说明供核对，不是决定；仲裁委员会、人民法院依证据裁判。各行先四舍五入到分再相加。",
            ],
            (dispute.handled_by.name, day_said(made)),
        )
    )  # fmt: skip


def own_agreement(one: Dispute, line: Claimant) -> Sheet:
    """调解协议（本人部分）: clauses, days and her own sum; of the others only how many they are."""
    mine = account_of(one).workers.get(line.pk, Worker(line.claimed))
    many = one.claimants.count()
    clauses = [
        f"{said.n}．{said.text}" + (f"（{day_said(said.due_on)}前履行）" if said.due_on else "") for said in one.clauses.order_by("n")
    ]
    shared = [f"本案申请人共{many}人，以下付款安排为全部申请人合计。"] if many > 1 else []
    return Sheet(
        Form(
            "劳动争议调解协议（本人部分）", "",
            [
                Fields([
                    ("案件", one.reference, "协议编号", one.agreement_no), ("申请人", line.person.name), ("被申请人", against(one)),
                    ("签订日期", day_said(one.agreed_on), "约定给本人", yuan_said(mine.agreed)),
                ]),
                *(["协议条款："] if clauses else []), *clauses, *shared, *plan_said(one),
                "本件由平台按案卷记载生成，供本人查阅；以双方签名或者盖章的协议书原件为准。",
            ],
            (one.handled_by.name, day_said(one.agreed_on)),
        )
    )  # fmt: skip


DECIDED = (*GIVEN, "REFUSED", "OBJECTED", "UPHELD")
COPY = "本件由平台按案卷记载生成，供本人查阅；以盖章或者签名的原件为准。"


def _asked(one: Aid, line: Recipient) -> Fields:
    """Of all who are aided in a case each reads her own name and sum alone."""
    return Fields([
        ("案件", one.reference, "申请日期", day_said(one.applied_on)), ("申请人", line.person.name, "申请人类别", str(one.get_kind_display())),
        ("对方当事人", one.against.name if one.against else "—"), ("事项", str(one.get_matter_display()), "援助形式", str(one.get_form_display())),
        ("本人请求金额", yuan_said(line.claimed)),
    ])  # fmt: skip


def own_application(one: Aid, line: Recipient) -> Sheet:
    """工会法律援助申请（本人存查）: what she asked for, in her words if she wrote it, and the papers that lie with it."""
    with override("zh-hans"):
        told = ["申请事项和事实理由：", *lines_said(one.facts)] if one.door == "MEMBER" else []  # what others wrote of it is the case's
        parts: list[str | Grid | Fields] = [_asked(one, line), *told, "提交的材料：", papers_brought(one), COPY]
        return Sheet(Form("工会法律援助申请（本人存查）", "", parts, (one.union.name, day_said(one.applied_on))))


def own_decision(one: Aid, line: Recipient) -> Sheet:
    """工会法律援助决定通知: granted or refused, on what it rests, and the way to have a refusal looked at again (Legal Aid Law, art. 49)."""
    with override("zh-hans"):
        refused = one.state not in GIVEN
        verdict = f"不予援助（{AidRefusal(one.refusal).label}）" if refused and one.refusal else "不予援助" if refused else "同意援助"
        again = one.reviewer.name if one.reviewer else one.union.name
        who = "未参与本决定的负责人" if one.reviewer_id == one.union_id else ""
        after = [f"对不予援助决定不服的，可以在平台“我的维权”申请复核，由{again}{who}复核。"] if one.state == "REFUSED" else []
        said = [("结论", verdict, "决定日期", day_said(one.granted_on or one.decided_on)), ("理由", one.opinion)]
        return Sheet(
            Form(
                "工会法律援助决定通知",
                "",
                [_asked(one, line), Fields(said), *after, COPY],
                (one.union.name, day_said(one.granted_on or one.decided_on)),
            )
        )
