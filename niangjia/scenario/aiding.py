"""Union legal aid in the demo: agents on the register, a case in each state in which one may be found, consultations, a subsidy. All of it is made up."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from niangjia.kit.dates import now, today
from niangjia.rights import api as rights
from niangjia.rights.models import Aid, Consultation, Subsidy
from niangjia.unions.models import Employer, Union

if TYPE_CHECKING:
    from niangjia.scenario.living import Living

DAY = timedelta(days=1)
ASKED = (
    ("PHONE", "MIGRANT", "PAY", "离职后工资什么时候结清？", "告知应在解除时一次付清，可申请调解或者投诉监察。", 1),
    ("VISIT", "HARDSHIP", "INJURY", "工伤认定要哪些材料？", "告知材料和一年的申请期限，代填申请表。", 2),
    ("OUTSIDE", "MIGRANT", "CONTRACT", "没有签合同怎么证明劳动关系？", "现场说明证据种类，发放资料。", 14),
)


class Aiding:
    """The cases of one county."""

    def __init__(self, living: Living, name: str, place: str) -> None:
        self.living, self.union = living, Union.objects.get(pk=living.tree.named[name].pk)
        self.by, self.chair = living.officer(self.union.pk), living.officer(self.union.pk, "chair")
        self.firms = iter(living.firms(place, above=25)[-16:])
        until = date(living.moment.year + 1, 6, 30)
        with living.ago(140 * DAY):
            self.agents = [
                rights.list_agent(self.union, rights.Listed(who, kind, licence, firm, end, fields), by=self.by)
                for who, kind, licence, firm, end, fields in (
                    (next(living.names), "FIRM", "浙律（虚构）0001", "长兴示例律师事务所", until, "工资、工伤"), (next(living.names), "PARTTIME", "浙律（虚构）0002", "湖州示例律师事务所", until, "合同解除"),
                    (next(living.names), "PUBLIC", "浙公律（虚构）0003", "", None, "社会保险"), (next(living.names), "WORKER", "湖工法（虚构）0004", "", None, "调解、代写"),
                )
            ]  # fmt: skip

    def apply(self, ago: timedelta, kind: str, matter: str, form: str, claimed: int, *, papers: bool = True) -> Aid:
        """Somebody applies, so long ago."""
        firm = next(self.firms).firm
        assert firm is not None
        with self.living.ago(ago):
            name, number = self.living.worker()
            said = rights.AidSaid(
                kind, matter, form, "单位拖欠款项，多次催要未付，申请工会提供法律援助。", Decimal(claimed), Employer.objects.get(pk=firm.pk)
            )
            case = rights.open_aid(self.union, said, door="OFFICE", name=name, number=number, by=self.by)
            for paper in ("IDENTITY", "MEANS", "STANDING", "EVIDENCE") if papers else ("IDENTITY",):
                rights.add_proof(case, kind=paper, note="已核对原件（示例）", by=self.by)
        Aid.objects.filter(pk=case.pk).update(synthetic=True)
        case.refresh_from_db()
        return case

    def granted(self, case: Aid, ago: timedelta, agent: int | None = None, *, taken: bool = True) -> Aid:
        """Aid is granted, and perhaps assigned the day after."""
        with self.living.ago(ago):
            rights.grant_aid(case, form=case.form, opinion="属于援助范围，材料齐全，同意援助。", by=self.by)
        if agent is not None:
            with self.living.ago(ago - DAY):
                rights.assign(case, self.agents[agent], form=case.form, by=self.by)
                rights.sign_assignment(case, by=self.chair)
                if taken:
                    rights.take_aid(case, by=self.by)
        return case

    def closed(self, case: Aid, ago: timedelta, result: str, sum_: int) -> Aid:
        """It is finished, reported on by the agent through the office above, and filed."""
        city = self.living.officer(Union.objects.get(level=1).pk)
        with self.living.ago(ago):
            rights.finish_aid(case, on=today(), result=result, awarded=Decimal(sum_), number="长劳人仲案（虚构）", by=self.by)
            rights.receive_aid(
                case, amount=Decimal(sum_), on=today(), evidence=f"银行回单（示例）{today():%Y%m%d}{case.pk:06d}", by=self.by
            )
        with self.living.ago(ago - 2 * DAY):
            rights.report_aid(case, text="会见受援人，整理证据，代理仲裁；裁决后单位付清。", by=city)
            rights.close_aid(case, by=self.by)
        return case


def aiding(living: Living, name: str, place: str) -> None:
    """A handful of cases of one county: fresh, waiting for papers, to be assigned, handled with a hearing, refused and under review, closed and paid."""
    here = Aiding(living, name, place)
    here.apply(2 * DAY, "MIGRANT", "PAY", "ARBITRATE", 12_600)
    asked = here.apply(5 * DAY, "HARDSHIP", "INSURANCE", "DOCUMENTS", 8_400, papers=False)
    with living.ago(4 * DAY):
        rights.ask_papers(asked, wanted="单位工会出具的经济状况证明、缴费记录。", by=here.by)
    here.granted(here.apply(6 * DAY, "MIGRANT", "INJURY", "ARBITRATE", 46_300), 2 * DAY)
    going = here.granted(here.apply(24 * DAY, "MIGRANT", "PAY", "ARBITRATE", 18_900), 20 * DAY, 0)
    with living.ago(8 * DAY):
        rights.plan_hearing(going, kind="ARBITRATE", at=now() + 12 * DAY, body="长兴县劳动人事争议仲裁委员会", by=here.by)
    refused = here.apply(9 * DAY, "HARDSHIP", "CONTRACT", "LITIGATE", 5_200)
    with living.ago(5 * DAY):
        rights.refuse_aid(refused, ground="GROUND", reason="诉求缺少证据，已告知补充途径。", by=here.by)
    with living.ago(3 * DAY):
        rights.object_to(refused, reason="有新的考勤记录。", by=here.by)
    done = here.closed(here.granted(here.apply(70 * DAY, "MODEL", "CONTRACT", "ARBITRATE", 23_000), 66 * DAY, 1), 20 * DAY, "WON", 23_000)
    with living.ago(15 * DAY):
        paid = rights.propose_subsidy(done, by=here.by)
    with living.ago(12 * DAY):
        rights.approve_subsidy(paid, by=here.chair)
    Subsidy.objects.filter(pk=paid.pk).update(synthetic=True)
    for n, (how, kind, matter, question, answer, people) in enumerate(ASKED, start=1):
        with living.ago(3 * n * DAY):
            rights.advise_people(here.union, rights.Advice(today(), how, kind, matter, question, answer, people), by=here.by)
    Consultation.objects.filter(union=here.union).update(synthetic=True)
