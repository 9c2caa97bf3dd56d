"""Cases of legal aid at any stage, reached by the actions alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from niangjia.access.models import User
from niangjia.kit.dates import today
from niangjia.rights import actions
from niangjia.rights.models import Aid, AidAgent
from niangjia.rights.tests.conftest import SINCE, number
from niangjia.unions.models import Office

HOLDS = date(2030, 12, 31)


def leader(town: Any) -> User:
    """A vice-chair of the township, who signs."""
    if "vice" not in town.people:
        user = User.objects.create(username="t-aid-vice", name="示例副主席")
        Office.objects.create(union=town.township, user=user, name=user.name, duty="leader", post="副主席", since=SINCE)
        town.people["vice"] = user
    return town.people["vice"]


def second(town: Any) -> User:
    """A second officer of the township's rights office, who closes what the first reported."""
    if "second" not in town.people:
        user = User.objects.create(username="t-aid-second", name="示例权益乙")
        Office.objects.create(union=town.township, user=user, name=user.name, duty="rights", post="干事", since=SINCE)
        town.people["second"] = user
    return town.people["second"]


def lawyer(town: Any, n: int = 1, **more: Any) -> AidAgent:
    """A lawyer of a contracted firm, who has an account and no office."""
    user = User.objects.create(username=f"t-lawyer-{n}", name=f"示例律师{n}")
    Office.objects.create(union=town.far_township, user=user, name=user.name, duty="women", post="干事", since=SINCE)
    town.people[f"lawyer {n}"] = user
    facts = {
        "name": user.name,
        "kind": "FIRM",
        "licence": f"示律{n:05d}",
        "firm": f"示例第{n}律师事务所",
        "until": HOLDS,
        "user": user,
    } | more
    return actions.list_agent(town.township, actions.Listed(**facts), by=town.township_rights)


def said(town: Any, **more: Any) -> actions.AidSaid:
    facts = {
        "kind": "MIGRANT",
        "matter": "PAY",
        "form": "ARBITRATE",
        "facts": "两个月工资未付，申请代理仲裁。",
        "claimed": Decimal(9600),
        "against": town.employer,
    } | more
    return actions.AidSaid(**facts)


def applied(town: Any, *, n: int = 61, papers: bool = True, **more: Any) -> Aid:
    """Applied for at the counter of the township, with its papers."""
    by = town.township_rights
    who = (
        {}
        if more.get("kind") == "UNION"
        else {"name": f"示例工{'甲乙丙丁戊己庚辛壬癸'[n % 10]}", "number": number(n), "phone": "10000000001"}
    )
    case = actions.open_aid(town.township, said(town, **more), door="OFFICE", by=by, **who)
    for kind in ("IDENTITY", "STANDING", "MEANS", "EVIDENCE") if papers else ():
        actions.add_proof(case, kind=kind, note="原件已核对", by=by)
    return case


def granted(town: Any, **more: Any) -> Aid:
    return actions.grant_aid(applied(town, **more), form="ARBITRATE", opinion="属于援助范围，材料齐全。", by=town.township_rights)


def assigned(town: Any, agent: AidAgent | None = None, **more: Any) -> Aid:
    case = granted(town, **more)
    actions.assign(case, agent or lawyer(town), form="ARBITRATE", by=town.township_rights)
    actions.sign_assignment(case, by=leader(town))
    return case


def handled(town: Any, agent: AidAgent | None = None, **more: Any) -> Aid:
    case = assigned(town, agent, **more)
    return actions.take_aid(case, by=case.handler or town.township_rights)


def finished(town: Any, agent: AidAgent | None = None, **more: Any) -> Aid:
    case = handled(town, agent, **more)
    return actions.finish_aid(
        case, on=today(), result="PARTLY", awarded=Decimal(8000), number="甲劳仲案〔2026〕1号", by=case.handler or town.township_rights
    )


def closed(town: Any, agent: AidAgent | None = None, **more: Any) -> Aid:
    case = finished(town, agent, **more)
    actions.report_aid(case, text="代理申请仲裁，裁决支付8000元。", by=case.handler or town.township_rights)
    return actions.close_aid(case, by=second(town))
