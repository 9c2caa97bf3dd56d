"""The papers of a founding and of an election, drawn up from the case (domain reference, E.1). They are Chinese whatever language their writer reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from niangjia.flow.api import story
from niangjia.kit.dates import day_of, today
from niangjia.kit.gongwen.letter import Blank, Grid, Letter, blank, letter
from niangjia.unions.enums import Assembly, Form
from niangjia.unions.models import Election, Founding, Split
from niangjia.unions.polls import Paper
from niangjia.unions.splits import Plan
from niangjia.unions.words import body_name, cardinal, day, post_name, term_name


@dataclass(frozen=True)
class Drawn:
    """A kind of paper: its name to the reader, its name as a file, where the case must stand, and how it is drawn up."""

    label: Any
    file: str
    states: tuple[str, ...]
    draw: Callable[[Any], bytes]


def _on(thing: Any, verb: str) -> str:
    """The day of the last step of that verb; today's where it was not taken yet."""
    return day(next((day_of(step.at) for step in reversed(list(story(thing))) if step.verb == verb), today()))


def _for_whom(one: Founding, units: int) -> str:
    """For whom the union is, at the head of the application."""
    if one.employer is None:
        return f"{one.subject}有用人单位{units}家，" if units else f"{one.subject}"
    with override("zh-hans"):
        nature = one.employer.get_category_display()
    return f"{one.employer.name}（统一社会信用代码{one.employer.uscc}）为{nature}，"


def application(one: Founding) -> bytes:
    """建会申请."""
    with override("zh-hans"):
        kind, founder = one.get_kind_display(), one.get_founder_display() if one.founder else ""
        rows = [
            (who.name, "组长" if who.head else "成员", who.job, str(who.get_speaks_display())) for who in one.group.order_by("-head", "pk")
        ]
    party = f"单位党组织意见：{one.party}" if one.party else "单位尚未建立党组织，选举工作请上级工会指导。"
    units = [row.employer for row in one.units.select_related("employer").order_by("pk")]
    text: list[str | Grid] = [
        (
            f"{_for_whom(one, len(units))}现有职工{one.employees}人，其中{one.willing or 0}人自愿加入工会。"
            "为依法维护职工合法权益，根据《中华人民共和国工会法》《中国工会章程》的规定，"
            f"申请建立{one.name}（{kind}），每届任期{cardinal(one.term_years or 0)}年。"
        ),
        *list[str | Grid]([f"本会由{one.founder_name or founder}牵头组建。"] if founder else []),
        *list[str | Grid](
            [
                "拟涵盖单位如下：",
                Grid(("单位", "统一社会信用代码", "职工人数"), [(unit.name, unit.uscc, str(unit.employees)) for unit in units], (7, 5, 3)),
            ]
            if units
            else []
        ),
        party,
        "拟成立工会筹备组，组成人员如下：",
        Grid(("姓名", "组内职务", "部门和职务", "代表"), rows, (3, 3, 5, 4)),
        "妥否，请批复。",
    ]
    return letter(Letter(f"关于建立{one.name}的请示", one.at.name, text, one.founder_name or one.whose, _on(one, "apply")))


def granting(one: Founding) -> bytes:
    """筹备组批复."""
    head = next((who.name for who in one.group.all() if who.head), "")
    others = "、".join(who.name for who in one.group.order_by("pk") if not who.head)
    text = [
        f"你单位关于建立{one.name}的请示收悉。经研究，同意成立{one.name}筹备组，由{head}任组长，{others}为成员。",
        (
            f"筹备组在{one.at.name}指导下开展工作：宣传工会法，发展会员，登记会员信息；酝酿推荐工会委员会、经费审查委员会、女职工委员会候选人，"
            "报我会审查后公示；召开会员（代表）大会选举，并将选举结果报我会批复。"
        ),
        f"筹备组工作期限至{day(one.group_until)}，选举产生首届工会委员会后自行撤销。",
        "此复。",
    ]
    return letter(
        Letter(f"关于同意成立{one.name}筹备组的批复", one.founder_name or one.whose, text, one.at.name, day(one.granted_on), one.grant_no)
    )


def _sentence(paper: Paper) -> str:
    """Where it was voted, and by how many."""
    one = paper.election
    kind = "会员代表大会" if one.assembly == Assembly.CONGRESS else "会员大会"
    return f"{day(one.held_on)}，{one.union.name}在{one.place}召开{kind}，应到{one.entitled}人，实到{one.present}人，到会人数符合规定，以无记名投票方式进行选举。"


def _elected(paper: Paper) -> list[str]:
    """Who was elected to which body, one sentence each."""
    said = []
    for ballot in paper.ballots:
        those = [who for who in paper.of(ballot.body) if who.elected]
        if not those:
            continue
        alone = ballot.form == Form.COMMISSIONER
        names = "、".join(who.name for who in those)
        heads = "，".join(f"{who.name}任{post_name(ballot.body, who.given)}" for who in those if who.given in ("CHAIR", "VICE"))
        if alone and ballot.body != "COMMITTEE":
            said.append(f"{body_name(ballot.body).removesuffix('会')}：{names}。")
        else:
            said.append(f"{body_name(ballot.body)}由{names}{cardinal(len(those))}人组成" + (f"，{heads}。" if heads else "。"))
    return said


def _held(one: Election) -> str:
    """What was held, in a title."""
    return "补选" if one.within else "选举"


def report(one: Election) -> bytes:
    """选举结果报告."""
    paper = Paper(one)
    text: list[str | Grid] = [_sentence(paper)]
    for ballot in paper.ballots:
        text.append(
            f"{body_name(ballot.body)}：发出选票{ballot.issued}张，收回{ballot.returned}张，其中有效票{ballot.valid}张。得票情况如下："
        )
        rows = [
            (who.name, str(who.ayes), str(who.noes), str(who.abstained), str(who.others), "当选" if who.elected else "未当选")
            for who in paper.of(ballot.body)
        ]
        text.append(Grid(("姓名", "赞成", "反对", "弃权", "另选他人", "结果"), rows, (4, 2, 2, 2, 3, 3)))
    text += [*_elected(paper), "现将选举结果报上，请予审批。"]
    title = f"关于{one.union.name}{term_name(one.term_no)}委员会{_held(one)}结果的报告"
    return letter(Letter(title, one.above.name, text, one.union.name, _on(one, "report")))


def reply(one: Election) -> bytes:
    """选举结果批复: its number and term are asked for again when the legal person is registered."""
    paper = Paper(one)
    text = [
        f"你会关于{term_name(one.term_no)}委员会选举结果的报告收悉。经研究，同意{day(one.held_on)}大会的选举结果。",
        *_elected(paper),
        f"补选人员任期至{term_name(one.term_no)}委员会届满，即{day(one.term_end)}。"
        if one.within
        else f"{term_name(one.term_no)}委员会任期自{day(one.term_start)}至{day(one.term_end)}。",
        "此复。",
    ]
    title = f"关于{one.union.name}{term_name(one.term_no)}委员会{_held(one)}结果的批复"
    return letter(Letter(title, one.union.name, text, one.above.name, day(one.approved_on), one.approval_no))


def registration(one: Founding) -> bytes:
    """工会法人资格登记申请表: what the house knows is filled in; identity numbers and signatures are written by hand."""
    union = one.union
    assert union is not None
    election = union.elections.filter(state="APPROVED").order_by("-approved_on", "-pk").first()
    chair = election.candidates.filter(body="COMMITTEE", given="CHAIR").first() if election else None
    with override("zh-hans"):
        nature, industry = (one.employer.get_category_display(), one.employer.get_industry_display()) if one.employer else ("", "")
        served = chair.get_served_display() if chair else ""
    blank_day = "　　年　　月　　日"
    lines = [
        ("工会名称", union.name), ("住所", union.address), ("所在单位", one.whose), ("单位信用代码", one.employer.uscc if one.employer else ""), ("单位性质", str(nature), "所属行业", str(industry)),
        ("上级工会", one.at.name, "联系电话", union.contact_phone), ("成立批准文号", one.grant_no, "成立日期", day(union.founded_on)),
        ("选举批复文号", union.approval_no, "届次", term_name(union.term_no)), ("本届任期", f"{day(union.term_start)}至{day(union.term_end)}"),
        ("职工人数", str(one.employees or ""), "会员人数", str(election.members if election else "")), ("法定代表人", chair.name if chair else "", "专职或兼职", str(served)),
        ("身份证件号码", "", "移动电话", ""), ("经费来源", "会费、单位拨缴的工会经费、上级工会补助及其他收入"), ("银行账户", "", "开户银行", ""), ("经办人", "", "联系电话", ""),
        ("基层工会意见", f"\n（盖章）　{blank_day}"), ("上级工会意见", f"\n（盖章）　{blank_day}"), ("登记机关意见", f"\n（盖章）　{blank_day}"),
    ]  # fmt: skip
    foot = (
        "附件：登记申请表；成立工会的批复；选举结果的批复；工会主席身份证复印件；经办人身份证复印件。登记不收取费用。",
        "填表人：　　　　　　审核人：　　　　　　负责人（签字）：",
    )
    return blank(Blank("工会法人资格登记申请表", lines, foot))


def _shares(plan: Plan) -> list[str | Grid]:
    """Into which unions it is split, and what goes with each."""
    with override("zh-hans"):
        rows = [
            (
                part.name, str(part.get_kind_display()), "、".join(unit.employer.name for unit in part.going[:20]) + ("等" if len(part.going) > 20 else ""),
                "、".join(f"{going.office.name}（{going.office.post}）" for going in part.leaving),
            )
            for part in plan.parts
        ]  # fmt: skip
    rest = (
        f"{plan.of.union.name}自分立之日起撤销。"
        if plan.of.ends
        else f"其余单位和会员仍属{plan.of.union.name}，{plan.of.union.name}继续存在。"
    )
    return [Grid(("新设工会", "类型", "涵盖单位", "随同人员"), rows, (5, 4, 6, 4)), rest]


def split_asked(one: Split) -> bytes:
    """分立请示."""
    plan = Plan(one)
    organ = {"MEMBERS": "会员大会", "CONGRESS": "会员代表大会", "COMMITTEE": "工会委员会全体会议"}.get(one.organ, "")
    text: list[str | Grid] = [
        f"{one.union.name}现涵盖单位{plan.covers().count()}家。{one.why}",
        f"{day(one.decided_on)}召开{organ}，应到{one.entitled}人，实到{one.present}人，{one.ayes}人同意（{one.decision_no}），决定分立如下：",
        *_shares(plan),
        f"经费、财产和债权债务的处理：{one.assets}",
        "妥否，请批复。",
    ]
    return letter(Letter(f"关于{one.union.name}分立的请示", one.above.name, text, one.union.name, _on(one, "send")))


def split_reply(one: Split) -> bytes:
    """分立批复: its number is asked for again when the new unions register as legal persons."""
    plan = Plan(one)
    text: list[str | Grid] = [
        f"你会关于分立的请示收悉。经研究，同意{one.union.name}自{day(one.approved_on)}起分立，新设工会如下：",
        *_shares(plan),
        f"会员按所在单位和名册转入相应工会，会龄连续计算。经费、财产和债权债务按以下意见分割，不得侵占、挪用：{one.assets}",
        f"请于{day(one.settle_by)}前办结经费财产分割、账户和法人资格登记，并将有各方签字的分割协议报我会。",
        "此复。",
    ]
    return letter(
        Letter(f"关于同意{one.union.name}分立的批复", one.union.name, text, one.above.name, day(one.approved_on), one.approval_no)
    )


FOUNDING = {
    "application": Drawn(
        _("Application to found a union"), "建会申请.docx", ("APPLIED", "RETURNED", "GRANTED", "FOUNDED", "REGISTERED"), application
    ),
    "granting": Drawn(_("Reply to the preparatory group"), "筹备组批复.docx", ("GRANTED", "FOUNDED", "REGISTERED"), granting),
    "registration": Drawn(
        _("Application form of the legal person"), "工会法人资格登记申请表.docx", ("FOUNDED", "REGISTERED"), registration
    ),
}
ELECTION = {
    "report": Drawn(_("Report of the result"), "选举结果报告.docx", ("REPORTED", "APPROVED"), report),
    "reply": Drawn(_("Reply to the result"), "选举结果批复.docx", ("APPROVED",), reply),
}

SPLIT = {
    "request": Drawn(_("Request for the split"), "分立请示.docx", ("SENT", "APPROVED", "SETTLED"), split_asked),
    "reply": Drawn(_("Reply to the split"), "分立批复.docx", ("APPROVED", "SETTLED"), split_reply),
}


def table_of(thing: Founding | Election | Split) -> dict[str, Drawn]:
    """The papers of a case's kind."""
    return FOUNDING if isinstance(thing, Founding) else SPLIT if isinstance(thing, Split) else ELECTION


def ready(thing: Founding | Election | Split) -> list[tuple[str, Any]]:
    """The papers that can be drawn up where a case stands."""
    return [(code, one.label) for code, one in table_of(thing).items() if thing.state in one.states]
