"""Labour law supervision in the demo: supervisors with their cards, and a case in each state in which one may be found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from niangjia.kit.dates import today
from niangjia.rights import api as rights
from niangjia.rights.models import Letter, Supervision, Supervisor
from niangjia.scenario.aiding import aiding
from niangjia.scenario.letting_go import letting_go
from niangjia.unions.models import Employer, Union

if TYPE_CHECKING:
    from niangjia.scenario.living import Living

DAY = timedelta(days=1)
# What letters say: found, by which article, what is asked, what may follow.
SAID = (
    "抽查考勤和工资表，休息日安排工作后未安排补休，也未支付加班工资。", "《中华人民共和国劳动法》第四十四条", "足额补发休息日加班工资，规范加班审批。",
    "逾期不改正的，由人力资源社会保障部门依法处理。",
)  # fmt: skip


class Supervising:
    """The cases of one federation."""

    def __init__(self, living: Living, name: str, place: str, first: int) -> None:
        self.living, self.union = living, Union.objects.get(pk=living.tree.named[name].pk)
        self.by, self.chair = living.officer(self.union.pk), living.officer(self.union.pk, "chair")
        self.firms = iter(living.firms(place, above=25)[-6:])
        with living.ago(120 * DAY):
            until = date(living.moment.year + 2, 12, 31)
            self.supervisors: list[Supervisor] = [
                rights.enroll_supervisor(self.union, rights.Carded(who, f"湖工监（虚构）{first + n:04d}", until, user), by=self.by)
                for n, (who, user) in enumerate(((self.by.name, self.by), (next(living.names), None), (next(living.names), None)))
            ]

    def lead(self, ago: timedelta, lead: str, breach: str, facts: str, *, confidential: bool = False) -> Supervision:
        """A lead comes in, so long ago."""
        firm = next(self.firms).firm
        assert firm is not None
        name, contact = ("", "")
        if lead == "COMPLAINT":
            name, contact = next(self.living.names), f"100{int(self.living.rng.integers(10**7, 10**8)):08d}"
        with self.living.ago(ago):
            told = rights.Told(Employer.objects.get(pk=firm.pk), lead, breach, facts, today(), name, contact, confidential)
            made = rights.open_supervision(self.union, told, by=self.by)
        Supervision.objects.filter(pk=made.pk).update(synthetic=True)
        made.refresh_from_db()
        return made

    def looked_into(self, case: Supervision, ago: timedelta) -> Supervision:
        """It is taken up, two supervisors are charged, and they go there with their cards."""
        with self.living.ago(ago):
            if case.state == "RECEIVED":
                rights.take_up(case, by=self.by)
            for one in self.supervisors[:2]:
                rights.charge(case, one, by=self.by)
        with self.living.ago(ago - DAY):
            rights.inquire(case, on=today(), place="企业会议室", text="出示监督员证，查看考勤、工资表和加班审批单。", by=self.by)
        return case

    def letter(self, case: Supervision, ago: timedelta, *, answer_in: int = 0) -> Letter:
        """A reminder is sent and handed over the day after; it names the day for the answer."""
        to = case.employer.name
        with self.living.ago(ago):
            said = rights.Draft(to, *SAID, answer_by=today() + answer_in * DAY)
            rights.remind_firm(case, said, by=self.by)
            made = rights.sign(case, by=self.chair)
        with self.living.ago(ago - DAY):
            rights.serve(made, on=today(), how="HAND", to=next(self.living.names), by=self.by)
        return made

    def opinion(self, case: Supervision, ago: timedelta, *, served: bool) -> None:
        """An opinion is drafted; where it is served, the chair signed it before."""
        with self.living.ago(ago):
            rights.demand(case, rights.Draft(case.employer.name, *SAID), by=self.by)
        if served:
            with self.living.ago(ago - DAY):
                made = rights.sign(case, by=self.chair)
                rights.serve(made, on=today(), how="POST", to=next(self.living.names), by=self.by)


def supervising(living: Living, town: str, other: str) -> None:
    """A township, its county and another county: what firms plan to let go, leads, inquiries, letters in time and late, what was corrected and what was none of theirs."""
    here = Supervising(living, f"{town}总工会", town, 1)
    here.lead(DAY, "COMPLAINT", "PAY", "反映车间连续两个月没有足额发放加班工资，要求不公开姓名。", confidential=True)
    here.looked_into(here.lead(9 * DAY, "FOUND", "TIME", "走访发现包装车间连续三周没有休息日。"), 8 * DAY)
    here.letter(here.looked_into(here.lead(16 * DAY, "COMPLAINT", "PAY", "反映休息日加班没有另付工资。"), 15 * DAY), 10 * DAY, answer_in=12)
    above = Supervising(living, "长兴县总工会", "林城镇", 101)
    above.opinion(
        above.looked_into(above.lead(14 * DAY, "PASSED", "TIME", "劳动监察部门移送的超时加班线索。"), 12 * DAY), 2 * DAY, served=False
    )
    above.opinion(
        above.looked_into(above.lead(38 * DAY, "FOUND", "PAY", "专项检查发现加班工资按固定数额发放。"), 36 * DAY), 27 * DAY, served=True
    )
    far = Supervising(living, "南浔区总工会", other, 201)
    done = far.looked_into(far.lead(52 * DAY, "COMPLAINT", "TIME", "反映女职工哺乳时间未落实。"), 50 * DAY)
    sent = far.letter(done, 44 * DAY, answer_in=15)
    with living.ago(31 * DAY):
        rights.answer_letter(sent, on=today(), reply="DONE", text="已补发并调整排班。", by=far.by)
        rights.correct(done, reason="复查工资表和排班表，已落实。", by=far.by)
    with living.ago(29 * DAY):
        rights.close_supervision(done, outcome="CORRECTED", reason="单位已改正，职工无异议。", by=far.by)
    out = far.lead(20 * DAY, "COMPLAINT", "OTHER", "反映与邻居的房屋租赁纠纷。")
    with living.ago(18 * DAY):
        rights.decline(out, reason="不属于劳动法律监督范围，可向人民法院起诉。", by=far.by)
    letting_go(living, town)
    aiding(living, "长兴县总工会", town)
