"""What goes on around the day of the load: written by the apps' own verbs, in the names of those whose work it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from niangjia.access.models import User
from niangjia.exports import api as exports
from niangjia.flow.api import pass_over
from niangjia.kit.dates import CHINA, at, moved_to, now, today
from niangjia.kit.exportable import EXPORTABLES
from niangjia.kit.ids import MADE_UP, identity_check
from niangjia.members import api as members
from niangjia.members.models import Membership
from niangjia.rights import api as rights
from niangjia.rights.models import Dispute, Event
from niangjia.scenario import board, committees, taxed
from niangjia.scenario.affairs import Affairs
from niangjia.scenario.building import building
from niangjia.scenario.endings import endings
from niangjia.scenario.mediating import mediating
from niangjia.scenario.own import own_side
from niangjia.scenario.provincial import provincial
from niangjia.scenario.sitting import next_sitting
from niangjia.scenario.spread import dice
from niangjia.scenario.staff import Staff
from niangjia.scenario.staffed import staffed
from niangjia.scenario.supervising import supervising
from niangjia.scenario.tree import Tree
from niangjia.scenario.tree import Union as Planted
from niangjia.scenario.valued import values
from niangjia.scenario.watched import watched
from niangjia.scenario.words import Baptist
from niangjia.unions import api as unions
from niangjia.unions.models import Employer, Union

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TOWN, OTHER, CITY_TOWN = "煤山镇", "南浔镇", "织里镇"  # a township of 长兴, one of 南浔, one of 吴兴
LEAVING = "新安镇"  # a township of 德清, at the border of 南浔
SAT = "双方到场，核对了考勤和工资表，分歧在金额。"


class Living:
    """The work around a moment."""

    def __init__(self, tree: Tree, staff: Staff, moment: datetime) -> None:
        self.tree, self.staff, self.moment = tree, staff, moment
        self.rng, self.born = dice(2015, "living"), date(1999, 2, 1)
        self.firm = Union.objects.get(pk=tree.firm.pk)
        self.names = iter(Baptist().names(self.rng, 400, 0.4))
        self.seated: dict[int, User] = {}

    @contextmanager
    def ago(self, span: timedelta) -> Iterator[datetime]:
        """As if it were so long before."""
        with moved_to(self.moment - span):
            yield now()

    def officer(self, pk: int, duty: str = "rights") -> User:
        """Who does a duty for a union; she and her seats are asked for once, for all of this lies within her time in office."""
        held = self.staff.officer(self.tree.by_pk[pk], duty)
        if held not in self.seated:
            self.seated[held] = User.objects.get(pk=held)
        return self.seated[held]

    def firms(self, place: str, *, above: int = 0) -> list[Planted]:
        """Firms of a place that are large enough."""
        return [union for union in self.tree.firms_of(place) if union.size > above and union is not self.tree.firm]

    def worker(self) -> tuple[str, str]:
        """Somebody made up who was in no roster: a name and an identity number."""
        self.born += timedelta(days=int(self.rng.integers(1, 9)))
        name = next(self.names)
        first = f"{MADE_UP}{self.born:%Y%m%d}{int(self.rng.integers(900, 999)):03d}"
        return name, first + identity_check(first)

    def all(self) -> None:
        """Everything."""
        values(self)
        self.events()
        self.disputes()
        self.foundings()
        self.memberships()
        self.rosters()
        Affairs(self).all()
        endings(self, "长兴县总工会", f"{TOWN}总工会")
        self.leaving()
        self.reorganisation()
        self.exports()
        board.notices(self)
        committees.all_of_them(self, TOWN, OTHER)
        taxed.listed(self, "长兴县")
        staffed(self, "长兴县")
        watched(self, TOWN)
        provincial(self)
        mediating(self, (f"{TOWN}总工会", "长兴县总工会", "南浔区总工会", "湖州市总工会"))
        supervising(self, TOWN, OTHER)
        building(self, TOWN)
        pass_over(self.moment)  # all of this was lived through before anybody opened the house

    def report(self, planted: Planted, span: timedelta, kind: str, affected: int, *, by: User | None = None, send: bool = False, owed: int = 0, months: str = "0",
               behaviour: str = "NONE", text: str = "", channel: str = "PATROL") -> Event:  # fmt: skip
        """Somebody reports an event, so long ago."""
        assert planted.firm is not None
        with self.ago(span) as moment:
            facts = rights.Facts(
                employer_name=planted.firm.name, type=kind, affected=affected, employer=Employer.objects.get(pk=planted.firm.pk), detail=text, channel=channel,
                behaviour=behaviour, involved=affected // 3, owed=Decimal(owed), months_owed=Decimal(months), demands="要求尽快付清工资。" if owed else "",
                occurred_at=moment - 2 * HOUR,
            )  # fmt: skip
            event = rights.report(Union.objects.get(pk=planted.pk), facts, by=by or self.officer(planted.pk), send=send)
        Event.objects.filter(pk=event.pk).update(synthetic=True)
        event.refresh_from_db()
        return event

    def goes_on(self, event: Event, span: timedelta, *verbs: str, every: timedelta = 40 * MINUTE) -> Event:
        """Steps of an event, one after the other, the first so long ago, in the name of the office on whose desk it lies."""
        for i, verb in enumerate(verbs):
            with self.ago(span - i * every):
                event.refresh_from_db()
                by = self.officer(event.desk_id)
                if verb == "climb":
                    rights.climb(event, by=by)
                elif verb == "confirm":
                    rights.confirm(event, severity=event.severity, why="到企业核实，人数和金额属实。", by=by)
                elif verb == "handle":
                    rights.take_on(event, by=by)
                elif verb == "calm":
                    rights.calm(event, reason="职工选出代表参加协商，秩序正常。", by=by)
                elif verb == "settle":
                    rights.settle(event, resolution="企业以应收款付清工资，职工签收。", by=by)
                elif verb == "close":
                    rights.close_event(event, closing="因销路不畅拖欠工资，经协调付清；继续留意企业经营情况。", by=by)
                elif verb == "follow":
                    rights.follow_up(event, text="企业答复正在筹款，职工在车间等候。", affected=event.affected, by=by)
        return event

    def events(self) -> None:
        """Events at each level: due soon, late, followed, settled, closed."""
        town, other, city_town = self.firms(TOWN, above=60), self.firms(OTHER, above=60), self.firms(CITY_TOWN, above=110)
        chair = User.objects.get(pk=self.staff.of[self.tree.firm.pk, "chair"])
        self.report(
            self.tree.firm, 38 * MINUTE, "E06", 46, by=chair, owed=318_000, months="2", text="企业拖欠两个月工资，装配车间职工要求当面答复。", channel="WORKER"
        )  # fmt: skip
        self.report(town[2], 5 * HOUR, "E06", 37, owed=154_600, months="1.5", text="职工到镇总工会反映欠薪。", channel="PETITION")
        self.goes_on(self.report(town[3], 7 * HOUR, "E07", 17, text="企业拟裁减两条产线人员，未提前说明。"), 6 * HOUR, "confirm")
        self.goes_on(
            self.report(town[4], 3 * DAY, "E09", 8, text="连续四个月未缴纳社会保险费。", channel="HOTLINE"),
            3 * DAY - HOUR,
            "confirm",
            "climb",
            "handle",
        )
        settled = self.report(town[5], 12 * DAY, "E06", 29, owed=96_400, months="1.2", text="停产检修期间工资未发。")
        self.goes_on(settled, 12 * DAY - HOUR, "confirm", "climb", "handle")
        self.goes_on(settled, 4 * DAY, "settle")
        red = self.report(town[0], 26 * HOUR, "E11", 118, behaviour="STOPWORK", text="两个车间停工，要求调整计件单价。")
        self.goes_on(red, 25 * HOUR, "climb", "confirm", "handle")
        self.goes_on(red, 9 * HOUR, "follow", every=4 * HOUR)
        self.goes_on(
            self.report(other[0], 3 * HOUR, "E08", 41, owed=402_700, months="2.5", text="企业负责人失去联系，工资未结清。", send=True),
            100 * MINUTE,
            "climb",
        )
        self.goes_on(
            self.report(other[1], 30 * HOUR, "E01", 33, owed=211_300, months="1", text="企业停产，设备已停用。", send=True),
            28 * HOUR,
            "climb",
            "confirm",
            "handle",
            "calm",
        )
        self.report(other[2], 2 * HOUR, "E10", 6, text="工伤待遇协商不成，工友到厂区聚集。", channel="DEPARTMENT")
        late = self.report(other[3], 13 * DAY, "E06", 12, owed=44_850, months="1")
        self.goes_on(late, 13 * DAY - HOUR, "confirm", "climb", "handle", "climb")
        self.goes_on(late, 10 * DAY, "settle")
        big = self.report(
            city_town[0],
            20 * HOUR,
            "E06",
            164,
            owed=1_286_000,
            months="2.5",
            behaviour="GATHERING",
            text="职工聚集在厂门口，要求支付工资。",
        )
        self.goes_on(big, 19 * HOUR, "climb", "confirm", "climb", "handle")
        self.goes_on(big, 5 * HOUR, "follow")
        done = self.report(city_town[1], 33 * DAY, "E06", 52, owed=203_900, months="1.5", send=True)
        self.goes_on(done, 33 * DAY - HOUR, "climb", "confirm", "handle")
        self.goes_on(done, 21 * DAY, "settle", "close", every=2 * DAY)

    # ---------- disputes ----------

    def dispute(self, union_pk: int, planted: Planted, span: timedelta, cause: str, each: int, workers: int) -> Dispute:
        """Workers come with a dispute, so long ago."""
        assert planted.firm is not None
        by = self.officer(union_pk)
        with self.ago(span):
            claims = [Decimal(int(each * (0.6 + 0.8 * float(self.rng.random())))) for _ in range(workers)]
            said = rights.Opening(cause=cause, applied_on=today(), facts="要求单位支付拖欠的款项，双方对金额有争议。")
            dispute = rights.open_(Union.objects.get(pk=union_pk), said, by=by)
            rights.add_respondent(dispute, employer=Employer.objects.get(pk=planted.firm.pk), by=by)
            for i, claimed in enumerate(claims):
                name, number = self.worker()
                rights.add_claimant(dispute, name=name, number=number, claimed=claimed, leads=workers >= 10 and i < 3, by=by)
        Dispute.objects.filter(pk=dispute.pk).update(synthetic=True)
        dispute.refresh_from_db()
        return dispute

    def mediate(
        self, dispute: Dispute, accepted: timedelta, *, agreed: timedelta | None = None, pay_in: timedelta = 7 * DAY, paid: str = "0"
    ) -> Dispute:
        """It is accepted so long ago, heard, perhaps agreed on, and a part of it paid."""
        by = self.officer(dispute.handled_by_id)
        with self.ago(accepted):
            rights.accept(dispute, by=by)
        held_at = next_sitting(self.moment - accepted)
        if held_at < self.moment - (agreed or HOUR):
            with moved_to(held_at + 2 * HOUR):
                rights.hear(dispute, held_at=held_at, place="总工会调解室", text=SAT, by=by)
        if agreed is None:
            return dispute
        with self.ago(agreed):
            amount = (dispute.claimed * Decimal("0.87")).quantize(Decimal(1))
            rights.agree(
                dispute, amount=amount, number=f"调协字〔{today().year}〕{dispute.pk}号", on=today(), pay_by=today() + pay_in, by=by
            )
        if part := (amount * Decimal(paid)).quantize(Decimal(1)):
            with self.ago(agreed / 2):
                rights.receive(dispute, amount=part, on=today(), evidence=f"银行回单 {today():%Y%m%d}", by=by)
        return dispute

    def disputes(self) -> None:
        """Disputes in each state, with their clocks, at a township, at two counties and at the city."""
        for number, (name, place) in enumerate(
            ((f"{TOWN}总工会", TOWN), ("长兴县总工会", "林城镇"), ("南浔区总工会", OTHER), ("湖州市总工会", CITY_TOWN))
        ):
            pk = self.tree.named[name].pk
            firms = self.firms(place, above=25)[4 + number :]
            chair = self.officer(pk, "chair")
            self.dispute(pk, firms[0], DAY, "012", 7_430, 2 + number)
            self.dispute(pk, firms[1], 6 * DAY, "031", 13_260, 1)
            self.mediate(self.dispute(pk, firms[2], 15 * DAY, "012", 6_870, 12), 14 * DAY)
            self.mediate(self.dispute(pk, firms[3], 7 * DAY, "051", 31_940, 1), 5 * DAY)
            self.mediate(self.dispute(pk, firms[4], 23 * DAY, "011", 3_180, 4), 21 * DAY)
            self.mediate(self.dispute(pk, firms[5], 17 * DAY, "012", 8_650, 3), 16 * DAY, agreed=6 * DAY, pay_in=8 * DAY, paid="0.5")
            self.mediate(self.dispute(pk, firms[6], 31 * DAY, "032", 16_420, 1), 29 * DAY, agreed=18 * DAY, pay_in=14 * DAY)
            paid = self.mediate(self.dispute(pk, firms[7], 22 * DAY, "012", 5_390, 6), 21 * DAY, agreed=12 * DAY, pay_in=10 * DAY, paid="1")
            with self.ago(2 * DAY):
                rights.perform(paid, by=self.officer(pk))
            closed = self.mediate(self.dispute(pk, firms[8], 44 * DAY, "01", 4_270, 2), 43 * DAY, agreed=34 * DAY, pay_in=9 * DAY, paid="1")
            with self.ago(9 * DAY):
                rights.perform(closed, by=self.officer(pk))
                rights.close(closed, by=chair)
            refused = self.dispute(pk, firms[9], 12 * DAY, "10", 900, 1)
            with self.ago(11 * DAY):
                rights.refuse(refused, reason="属于民间借款，不是劳动争议，已告知可向法院起诉。", by=self.officer(pk))

    # ---------- unions and members ----------

    def foundings(self) -> None:
        """Unions that wait for approval: one fresh, one due soon, one late; and one that was approved this week."""
        for span, place, kind, name in (
            (2 * DAY, f"{TOWN}总工会", "21", f"{TOWN}北塘片区企业联合工会委员会"),
            (13 * DAY, f"{TOWN}总工会", "26", f"{TOWN}快递员联合工会委员会"),
            (20 * DAY, "南浔区总工会", "20", "湖州溱槿纺织有限公司工会委员会"),
            (5 * DAY, "湖州市总工会", "20", "湖州昀楠物流有限公司工会委员会"),
        ):
            above = self.tree.named[place]
            with self.ago(span):
                facts = unions.Facts(
                    name=name,
                    kind=kind,
                    term_years=3,
                    contact=next(self.names),
                    contact_phone=f"100{int(self.rng.integers(10**7, 10**8)):08d}",
                )
                unions.found(Union.objects.get(pk=above.pk), facts, by=self.officer(above.pk, "organisation"))

    def memberships(self) -> None:
        """Who asks to join the firm that the demo shows, who moves away from it and to it, and the member who signs in."""
        chair = User.objects.get(pk=self.staff.of[self.tree.firm.pk, "chair"])
        with self.ago(40 * DAY):
            code = members.open_code(self.firm, by=chair, word="demo2demo2")
        for span, how in ((DAY, "SCAN"), (4 * DAY, "SCAN"), (9 * DAY, "PAPER"), (14 * DAY, "PAPER"), (19 * DAY, "SCAN")):
            with self.ago(span):
                name, number = self.worker()
                phone = f"100{int(self.rng.integers(10**7, 10**8)):08d}"
                if how == "SCAN":
                    key = UUID(bytes=self.rng.bytes(16), version=4)
                    members.send_in(code, key, members.Sent(name, number, phone, "CONTRACT", "装配工", "二车间"))
                else:
                    members.apply(self.firm, members.Facts(name=name, number=number, phone=phone, how=how, job="装配工"), by=chair)
        near = Union.objects.get(pk=self.firms(TOWN)[6].pk)
        mine = list(
            Membership.objects.filter(union=self.firm, left_on=None, state="MEMBER", standing="ACTIVE", primary=True).order_by("pk")[:3]
        )
        theirs = list(
            Membership.objects.filter(union=near, left_on=None, state="MEMBER", standing="ACTIVE", primary=True).order_by("pk")[:1]
        )
        with self.ago(3 * DAY):
            members.send(mine[-1], to=near, reason="调往同镇企业工作", by=chair)
        for one in theirs:
            with self.ago(11 * DAY):
                members.send(one, to=self.firm, reason="应聘到新单位", by=self.officer(near.pk, "organisation"))
        own_side(mine[0], mine[1], self.ago, chair=chair, rights=self.officer(self.tree.named[f"{TOWN}总工会"].pk, "rights"))

    def rosters(self) -> None:
        """A roster of newcomers that was taken, and one that waits to be looked through: some of its rows are wrong, as rosters are."""
        chair = User.objects.get(pk=self.staff.of[self.tree.firm.pk, "chair"])
        spoilt: list[Callable[[list[str]], list[str]]] = [
            lambda row: [row[0], row[1][:17] + ("1" if row[1][17] != "1" else "2"), *row[2:]],
            lambda row: [*row[:2], row[2][:8], *row[3:]],
            lambda row: [row[0], f"{float(row[1][:15]):.11E}".replace("+14", "+17"), *row[2:]],
            lambda row: [row[0] + "（临时）", *row[1:]],
        ]
        for span, rows, wrong, name in ((16 * DAY, 14, 0, "十一月新进职工名册.csv"), (2 * DAY, 32, 4, "外包转正职工名册.csv")):
            with self.ago(span) as moment, TemporaryDirectory() as folder:
                day = moment.astimezone(CHINA).date() - 10 * DAY
                lines = [[*self.worker(), f"100{int(self.rng.integers(10**7, 10**8)):08d}", str(day), "操作工"] for _ in range(rows)]
                for n in range(wrong):
                    lines[n * 7 + 3] = spoilt[n](lines[n * 7 + 3])
                path = Path(folder) / name
                path.write_text("\n".join(map(",".join, [["姓名", "证件号码", "手机号码", "入会时间", "岗位"], *lines])), encoding="utf-8")
                members.import_roster(path, self.firm, dry_run=bool(wrong), by=chair)

    def leaving(self) -> None:
        """What runs in the township that is to go to another county: an event that has climbed to the county, and a dispute."""
        firms = self.firms(LEAVING, above=20)
        event = self.report(
            firms[0], 2 * DAY, "E06", 19, owed=73_200, months="1", text="企业拖欠工资，职工到镇总工会反映。", channel="PETITION"
        )
        self.goes_on(event, 2 * DAY - HOUR, "confirm", "climb", "handle")
        self.mediate(self.dispute(self.tree.named[f"{LEAVING}总工会"].pk, firms[1], 9 * DAY, "012", 5_860, 3), 8 * DAY)

    def reorganisation(self) -> None:
        """A township is to go to another county: made up, rehearsed, signed once; it changes nothing while it waits for the second signature."""
        place = {name: Union.objects.get(pk=self.tree.named[f"{name}总工会"].pk) for name in (LEAVING, "德清县", "南浔区")}
        by = self.officer(self.tree.named["湖州市总工会"].pk, "organisation")
        with self.ago(3 * DAY) as moment:
            first = (moment.astimezone(CHINA).date().replace(day=1) + 62 * DAY).replace(day=1)
            plan = unions.reorganise.draft(
                on=first,
                paper=f"湖总工组〔{moment.year}〕7号（虚构）",
                line={"turn": "MOVE", "union": place[LEAVING], "target": place["南浔区"]},
                by=by,
            )
            unions.reorganise.rehearse(plan, by=by)
        with self.ago(2 * DAY):
            unions.reorganise.sign(plan, digest=unions.Plan(plan).digest, by=by)

    def exports(self) -> None:
        """A roster that a county asks to take away, on which its chair has still to decide; and one that a firm's chair has taken."""
        register, county = EXPORTABLES["members.register"], self.tree.named["长兴县总工会"]
        with self.ago(20 * HOUR):
            said = exports.Asking(
                {"under": self.tree.named[f"{TOWN}总工会"].code},
                ("name", "id", "phone", "union", "union_name", "joined", "work", "job"),
                "年度会员信息核验",
            )
            exports.ask(register, Union.objects.get(pk=county.pk), said, by=self.officer(county.pk, "organisation"))
        chair = User.objects.get(pk=self.staff.of[self.tree.firm.pk, "chair"])
        said = exports.Asking(
            {}, ("name", "phone", "department", "job"), "通知职工领取节日慰问品", ("phone",), "逐人电话通知，遮盖的号码无法拨打"
        )
        with self.ago(2 * DAY):
            export = exports.ask(register, self.firm, said, by=chair)
        with self.ago(2 * DAY - 2 * HOUR):
            exports.make(exports.approve(export, by=self.officer(self.tree.firm.pk, "organisation")))


def live(tree: Tree, staff: Staff, day: date) -> None:
    """The work around a day: around this very moment, if the day is today."""
    moment = now() if day == today() else at(day, 10, 20)
    Living(tree, staff, moment).all()
