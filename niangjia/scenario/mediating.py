"""Who mediates in the demo: rosters, mediators named for disputes that run, sittings, papers with numbers, and the member's own case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from niangjia.access.models import User
from niangjia.members.api import home_of
from niangjia.members.models import Person
from niangjia.rights import api as rights
from niangjia.rights.models import Dispute, Mediator
from niangjia.scenario.sitting import next_sitting
from niangjia.unions.models import Union

if TYPE_CHECKING:
    from niangjia.scenario.living import Living

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PRINTING = 2  # federations whose papers lie printed: each takes a moment of the load
ROOM = "职工服务中心调解室"
BESIDE = (
    ("PEOPLE", "人民调解委员会", "吴语、普通话", "工资、工时"), ("INDUSTRY", "区域性行业性调解组织", "普通话、西南官话", "工伤待遇、社会保险"),
    ("COURT", "驻仲裁庭工会调解窗口", "吴语、普通话", "解除和终止、经济补偿"),
)  # fmt: skip


def mediating(living: Living, keepers: Sequence[str]) -> None:
    """The rosters of some federations, and a mediator for each dispute that is mediated there."""
    for place, name in enumerate(keepers):
        union = Union.objects.get(pk=living.tree.named[name].pk)
        by = living.officer(union.pk)
        own, *others = _roster(living, union, by)
        running = Dispute.objects.filter(handled_by=union, state="MEDIATING", applied_on__gte=living.moment - 60 * DAY).order_by("pk")
        for n, dispute in enumerate(running):
            with living.ago(DAY + n * HOUR):
                rights.appoint(dispute, own, by=by)
                rights.appoint(dispute, others[n % len(others)], leads=False, by=by)
        if place < PRINTING:
            _papers(living, union, by)
    _own_case(living)


def _roster(living: Living, union: Union, by: User) -> list[Mediator]:
    with living.ago(90 * DAY):
        found = [
            rights.enroll(union, rights.Enrolled(by.name, "UNION", union.short_name, by, None, "吴语、普通话", "欠薪、集体争议"), by=by)
        ]
        for chamber, body, speaks, knows in BESIDE:
            said = rights.Enrolled(
                next(living.names), chamber, f"{union.short_name.removesuffix('总工会')}{body}", None, None, speaks, knows
            )
            found.append(rights.enroll(union, said, by=by))
    return found


def _papers(living: Living, union: Union, by: User) -> None:
    """A sitting is called and its notice drawn up; what was agreed lies printed with the case, and one number was made void."""
    rows = Dispute.objects.filter(handled_by=union, applied_on__gte=living.moment - 60 * DAY).order_by("pk")
    called, signed = rows.filter(state="MEDIATING").first(), rows.filter(state="AGREED").first()
    if called is not None:
        with living.ago(5 * HOUR) as moment:
            rights.plan_sitting(called, at=next_sitting(moment + 2 * DAY), place=f"{union.short_name}{ROOM}", by=by)
            rights.draw(called, "notice", by=by)
    if signed is not None:
        with living.ago(5 * DAY):
            rights.void_paper(rights.draw(signed, "agreement", by=by), why="付款日期写错，重新出具。", by=by)
            rights.draw(signed, "agreement", by=by)


def _own_case(living: Living) -> None:
    """The member who signs in asked for help herself; the township has taken it on and called her to a sitting."""
    person = Person.objects.filter(user__username="demo-member").first()
    home = home_of(person) if person is not None else None
    if person is None or person.user is None or home is None:
        return
    with living.ago(6 * DAY):
        said = rights.Asked("011", "上半年休息日加班没有另付加班工资，工资条上也没有写。", Decimal(2680))
        case = rights.send_help(person, home, said, by=person.user)
    Dispute.objects.filter(pk=case.pk).update(synthetic=True)
    by = living.officer(case.handled_by_id)
    with living.ago(5 * DAY):
        rights.accept(case, by=by)
    with living.ago(3 * HOUR) as moment:
        rights.plan_sitting(case, at=next_sitting(moment + 3 * DAY), place=f"{case.handled_by.short_name}{ROOM}", by=by)
