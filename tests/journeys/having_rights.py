"""What runs in rights: events, disputes, supervision, rosters and a worker's own request."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from niangjia.files.api import attach
from niangjia.kit.dates import moved_to, now, today
from niangjia.members import actions as members
from niangjia.members.models import Person
from niangjia.members.tests.rosters import number
from niangjia.rights import actions as rights
from niangjia.rights.actions import duty, zero
from niangjia.rights.models import Aid, Dispute, Event, Redundancy, Supervision, Telling, ZeroWeek
from niangjia.rights.tests.test_pictures import photo
from tests.journeys.having import Having


class Rights(Having):
    """What runs in rights: events, disputes, supervision, rosters and a worker's own request."""

    def cases(self) -> None:
        """An event that was confirmed and is followed, one that was closed, and a dispute with everything on it."""
        town, by = self.town, {"by": self.town.north_rights}
        facts = rights.Facts(
            town.firm_unit.name,
            "E06",
            46,
            employer=town.firm_unit,
            owed=Decimal(318000),
            months_owed=Decimal(2),
            demands="月底前付清工资。",
            builder_name="示例建工集团有限公司",
            project="示例新城一期",
            injured=1,
        )
        event = rights.report(town.firm, facts, by=town.firm_chair, send=True, pictures=[photo()])
        rights.confirm(event, severity="ORANGE", why="电话核实。", **by)
        task = rights.add_task(event, department="LABOUR", what="核查工资支付台账", who="何监察", **by)
        rights.follow_up(event, text="46人情绪平稳。", **by)
        wanted = rights.Wanted("JOINT", "LABOUR", "长兴县人力资源和社会保障局", "欠薪。", "查处。")
        letter = rights.draft_missive(event, wanted, **by)
        paper = attach(event, "到场笔录".encode(), name="笔录.txt", purpose="笔录", by=town.north_rights)
        gone = rights.report(town.mill, rights.Facts(town.mill_unit.name, "E09", 4), by=town.mill_chair)
        rights.confirm(gone, severity="BLUE", why="到场核实。", **by)
        rights.refer(gone, department="LABOUR", reason="依法查处。", **by)
        self.fill["/rights/events/<uuid:uuid>/answer/"] = {"uuid": gone.uuid}
        other = rights.report(town.mill, rights.Facts(town.mill_unit.name, "E11", 4), by=town.mill_chair)
        rights.confirm(other, severity="BLUE", why="到场核实。", **by)
        rights.take_on(other, **by)
        rights.settle(other, resolution="说清了。", **by)
        rights.close_event(other, closing="经过和结果。", **by)
        made = rights.open_(town.north, rights.Opening("012", today(), facts="两个月工资未付。"), **by)
        rights.add_respondent(made, employer=town.firm_unit, **by)
        claimants = [
            rights.add_claimant(
                made, name=f"示例工{'甲乙丙丁戊己庚辛壬癸'[n % 10]}", number=number(n), phone="10000000001", claimed=Decimal(5000), **by
            )
            for n in (71, 72)
        ]
        waiting = rights.open_(town.north, rights.Opening("012", today()), **by)
        rights.accept(made, **by)
        rights.hear(made, held_at=now(), place="长兴县总工会", text="双方到场。", **by)
        rights.agree(made, amount=Decimal(8000), number="长调〔2026〕1号", on=today(), pay_by=today() + timedelta(days=30), **by)
        receipt = rights.receive(made, amount=Decimal(3000), on=today(), evidence="回单1", **by)
        going = rights.open_(town.north, rights.Opening("012", today(), facts="加班费未付。"), **by)
        rights.add_respondent(going, employer=town.firm_unit, **by)
        worker = rights.add_claimant(going, name="示例工戊", number=number(74), phone="10000000001", claimed=Decimal(900), **by)
        rights.accept(going, **by)
        fresh, handled, settled = (
            rights.report(town.mill, rights.Facts(town.mill_unit.name, kind, 5), by=town.mill_chair) for kind in ("E01", "E02", "E03")
        )
        for one in (handled, settled):
            rights.confirm(one, severity="BLUE", why="到场核实。", **by)
            rights.take_on(one, **by)
        rights.settle(settled, resolution="说清了。", **by)
        for page, one in (("confirm", fresh), ("settle", handled), ("close", settled)):
            self.fill[f"/rights/events/<uuid:uuid>/step/{page}/"] = {"uuid": one.uuid}
        for page in ("claim", "employers", "extension", "step/agree", "workers"):
            self.fill[f"/rights/disputes/<uuid:uuid>/{page}/"] = {"uuid": going.uuid, "person": worker.person.uuid}
        entry = rights.enroll(town.north, rights.Enrolled("示例调解员", "TOWN"), **by)
        rights.appoint(going, entry, leads=False, **by)
        sitting = rights.plan_sitting(going, at=now() + timedelta(hours=1), place="长兴县总工会", **by)
        filing = rights.file(going, kind="INSPECTION", body="长兴县人社局", filed_on=today(), **by)
        sheet = rights.read_sheet(
            going, ContentFile("姓名,身份证号,欠薪金额\n王小工,123,约三千".encode(), "名单.csv"), name="名单.csv", **by
        )
        drawn = rights.draw(going, "arbitration", **by)
        ids = {
            "uuid": going.uuid, "person": worker.person.uuid, "mediator": entry.uuid, "sitting": sitting.uuid, "filing": filing.uuid, "sheet": sheet.uuid,
            "row": sheet.rows.get().pk,
        }  # fmt: skip
        for page in (
            "mediators", "mediators/<uuid:mediator>", "sittings", "sittings/<uuid:sitting>", "sittings/<uuid:sitting>/drawn", "filings", "filings/<uuid:filing>", "step/pause",
            "employers/list", "workers/part", "workers/table", "workers/table/<uuid:sheet>", "workers/table/<uuid:sheet>/step", "workers/table/<uuid:sheet>/<int:row>",
            "workers/<uuid:person>/claims", "transfer", "drawn",
        ):  # fmt: skip
            self.fill[f"/rights/disputes/<uuid:uuid>/{page}/"] = ids
        self.fill |= {
            "/rights/mediators/": {"uuid": entry.uuid},
            "/rights/papers/": {"uuid": drawn.uuid},
        }
        self.extra += [fresh.get_absolute_url(), going.get_absolute_url()]
        self.supervised(going)
        self.planned()
        self.aided(settled_dispute=made)
        reckoned = rights.attach_reckoning(made, "final", {"claim": Decimal(27120), "floor": Decimal(2260)}, **by)
        self.fill |= {
            "/rights/events/": {"uuid": event.uuid, "task": task.uuid, "letter": letter.uuid, "picture": event.pictures.get().uuid}, "/files/": {"uuid": paper.uuid},
            "/rights/disputes/": {
                "uuid": made.uuid, "uscc": town.firm_unit.uscc, "person": claimants[0].person.uuid, "receipt": receipt.uuid, "what": "id",
                "kind": "severance", "reckoning": reckoned.uuid,
            },
            "/rights/reckon/": {"kind": "double"},
        }  # fmt: skip
        self.extra += [other.get_absolute_url(), waiting.get_absolute_url(), f"/rights/events/report/?union={town.firm.code}"]
        self.watch()

    def supervised(self, going: Dispute) -> None:
        """A supervision case at each stage that has a page, with two supervisors, letters and a referral."""
        town, by = self.town, {"by": self.town.north_rights}
        cards = [
            rights.enroll_supervisor(town.north, rights.Carded(f"示例监督员{n}", f"示监{n}", today() + timedelta(days=90)), **by)
            for n in "甲乙"
        ]

        def case(*, inquired: bool = True) -> Supervision:
            told = rights.Told(town.firm_unit, "PASSED", "PAY", "加班工资未足额支付。", today(), "示例投诉人", "10000000009")
            one = rights.take_up(rights.open_supervision(town.north, told, **by), **by)
            rights.charge(one, cards[0], **by)
            if inquired:
                rights.charge(one, cards[1], **by)
                rights.inquire(one, on=today(), place="车间", text="查看工资表。", **by)
            return one

        said = rights.Draft(
            town.firm_unit.name, "加班工资未足额支付。", "劳动法第四十四条", "足额补发。", answer_by=today() + timedelta(days=9)
        )
        plain, reminded, signed, demanded, corrected = (case() for _n in range(5))
        rights.remind_firm(reminded, said, **by)
        reminder = rights.sign(reminded, by=town.north_chair)
        for one in (signed, demanded):
            rights.demand(one, said, **by)
        rights.sign(signed, by=town.north_chair)
        letter = rights.sign(demanded, by=town.north_chair)
        rights.serve(letter, on=today(), how="HAND", to="示例收件人", **by)
        demanded.refresh_from_db()
        told = rights.refer_supervision(demanded, kind="PROCURACY", body="示例检察院", on=today(), **by)
        rights.remind_firm(corrected, said, **by)
        rights.sign(corrected, by=town.north_chair)
        rights.correct(corrected, reason="已补发。", **by)
        base = "/rights/supervisions/<uuid:uuid>/"
        self.fill |= {
            "/rights/supervisors/": {"uuid": cards[0].uuid}, "/rights/supervisions/": {"uuid": demanded.uuid, "referral": told.uuid, "letter": letter.uuid},
            f"{base}step/remind/": {"uuid": plain.uuid}, f"{base}step/demand/": {"uuid": plain.uuid}, f"{base}step/serve/": {"uuid": signed.uuid},
            f"{base}step/close/": {"uuid": corrected.uuid}, f"{base}supervisors/": {"uuid": plain.uuid}, f"{base}supervisors/<uuid:supervisor>/": {"uuid": plain.uuid, "supervisor": cards[0].uuid},
            f"{base}letters/<uuid:letter>/served/": {"uuid": reminded.uuid, "letter": reminder.uuid},
        }  # fmt: skip
        self.extra += [one.get_absolute_url() for one in (plain, signed, demanded)]

    def planned(self) -> None:
        """A redundancy at each stage that has a page: explained, heard, replied to, and one that was carried out, with all that may stand beside it."""
        town, by = self.town, {"by": self.town.firm_chair}

        def plan(**more: Any) -> Redundancy:
            facts = {
                "kind": "LAYOFF", "ground": "TROUBLE", "planned": 25, "staff": 120, "explained_on": today(), "explained_to": "UNION", "planned_on": today() + timedelta(days=35),
                "plan": "分两批裁减，按年限支付经济补偿。", "reasons": "订单减少。", "selection": "按岗位。", "protected": {"mothers": 0},
            } | more  # fmt: skip
            return rights.open_redundancy(town.firm, rights.Planned(town.firm_unit, **facts), **by)

        def heard(**more: Any) -> Redundancy:
            one = plan(**more)
            rights.hear_staff(
                one, on=today(), kind="MEETING", place="食堂", people=80, minutes="厂长说明情况。", opinions="先停止招工。", **by
            )
            return one

        fresh, listened, replied, ended = plan(), heard(), heard(), heard()
        for one in (replied, ended):
            rights.reply_to(one, verdict="PROPOSES", text="建议先轮岗。", **by)
        rights.advise_union(ended, text="请核对名单。", by=town.north_rights)
        rights.revise(ended, planned=24, planned_on=ended.planned_on, why="采纳工会意见。", **by)
        rights.warn_of(ended, detail="职工聚在门口。", **by)
        rights.answer_union(ended, on=today(), answer="PARTLY", text="减少1人。", **by)
        rights.report_plan(ended, on=today(), body="长兴县人社局", **by)
        rights.carry_out(ended, on=today(), dismissed=24, **by)
        over = plan(kind="SINGLE", ground="NOTICE", planned=1)
        rights.turn_over(over, facts="没有事先通知工会。", by=town.north_rights)
        base = "/rights/redundancies/<uuid:uuid>/"
        self.fill |= {
            "/rights/redundancies/": {"uuid": fresh.uuid}, f"{base}step/reply/": {"uuid": listened.uuid},
            f"{base}step/answer/": {"uuid": replied.uuid}, f"{base}step/report/": {"uuid": replied.uuid},
        }  # fmt: skip
        self.extra += [one.get_absolute_url() for one in (replied, ended, over)] + [
            "/rights/redundancies/?view=large",
            "/rights/redundancies/?q=没有",
        ]

    def aided(self, settled_dispute: Dispute) -> None:
        """Cases of legal aid at each stage that has a page, an agent, a subsidy and a consultation."""
        town, by = self.town, {"by": self.town.north_rights}
        agent = rights.list_agent(
            town.north, rights.Listed("示例律师甲", "FIRM", "示律00001", "示例律师事务所", today() + timedelta(days=200)), **by
        )

        def case(n: int) -> Aid:
            said = rights.AidSaid("MIGRANT", "PAY", "ARBITRATE", "两个月工资未付。", Decimal(9600), town.firm_unit)
            one = rights.open_aid(town.north, said, door="OFFICE", name="示例工庚", number=number(n), phone="10000000001", **by)
            for kind in ("IDENTITY", "EVIDENCE"):
                rights.add_proof(one, kind=kind, note="原件已核对", **by)
            return one

        def handled(n: int) -> Aid:
            one = rights.grant_aid(case(n), form="ARBITRATE", opinion="属于援助范围。", **by)
            rights.assign(one, agent, form="ARBITRATE", **by)
            rights.sign_assignment(one, by=town.north_chair)
            return rights.take_aid(one, **by)

        fresh, granted, going, over = (
            case(81),
            rights.grant_aid(case(82), form="ARBITRATE", opinion="属于援助范围。", **by),
            handled(83),
            handled(84),
        )
        with moved_to(now() - timedelta(hours=1)):
            heard = rights.plan_hearing(going, kind="ARBITRATE", at=now() + timedelta(minutes=30), body="长兴县仲裁委", **by)
        paid = rights.receive_aid(going, amount=Decimal(3000), on=today(), evidence="银行回单 2026060100012345", **by)
        rights.finish_aid(over, on=today(), result="PARTLY", awarded=Decimal(8000), **by)
        closed = rights.finish_aid(handled(85), on=today(), result="WON", awarded=Decimal(9600), **by)
        rights.report_aid(closed, text="代理仲裁，全部支持。", by=town.city_rights)
        rights.close_aid(closed, **by)
        subsidy = rights.propose_subsidy(closed, **by)
        advice = rights.advise_people(
            town.north, rights.Advice(today(), "PHONE", "MIGRANT", "PAY", "加班费怎么算？", "告知算法。", 2), **by
        )
        base = "/rights/aid/<uuid:uuid>/"
        self.fill |= {
            "/rights/aid/": {"uuid": going.uuid, "hearing": heard.uuid, "receipt": paid.uuid}, "/rights/aid/agents/": {"uuid": agent.uuid},
            "/rights/aid/subsidies/": {"uuid": subsidy.uuid}, "/rights/aid/advice/": {"uuid": advice.uuid}, f"{base}step/assign/": {"uuid": granted.uuid},
            f"{base}step/report/": {"uuid": over.uuid}, f"{base}subsidy/": {"uuid": closed.uuid}, f"{base}rating/": {"uuid": over.uuid},
            **{f"{base}{page}/": {"uuid": fresh.uuid} for page in ("step/ask", "step/grant", "step/refuse", "recipients", "limit")},
            "/rights/disputes/<uuid:uuid>/aid/": {"uuid": settled_dispute.uuid},
        }  # fmt: skip
        self.extra += [fresh.get_absolute_url(), closed.get_absolute_url(), "/rights/aid/?q=没有"]

    def watch(self) -> None:
        """An event that somebody was told of, two reports of one, a brief, a roster with a swap, and weekly reports."""
        town, by = self.town, {"by": self.town.north_rights}
        duty.reach_by(town.hill_chair, phone="10000000001")
        first = rights.report(town.firm, rights.Facts(town.firm_unit.name, "E01", 132, employer=town.firm_unit), by=town.firm_chair)
        second = rights.report(town.hill, rights.Facts(town.firm_unit.name, "E06", 40, anonymous=True), **by)
        third = rights.report(town.hill, rights.Facts(town.firm_unit.name, "E01", 30), **by)
        kept = rights.merge(first, third, **by)  # what the county reported stands higher
        parted = Event.objects.get(state="MERGED")
        brief = rights.draw_up(kept, **by)
        duty.plan(town.north, today().year, today().month, by=town.north_rights)
        duty.put(town.north, today() + timedelta(days=1), "SUBSTITUTE", None, by=town.north_rights)  # whoever the rotation gave it to
        turn = duty.put(town.north, today() + timedelta(days=1), "NIGHT", town.north_rights, by=town.north_rights)
        swap = duty.ask_swap(turn, town.north_org, why="外出。", by=town.north_rights)
        zero.open_week()
        week = ZeroWeek.objects.get(union=town.hill)
        reach = duty.reach_by(town.north_rights, phone="10000000002")
        told = Telling.objects.filter(to__isnull=False).order_by("pk").first()
        assert told is not None
        day = (today() + timedelta(days=2)).isoformat()
        self.fill |= {
            "/rights/events/<uuid:uuid>/merge/": {"uuid": kept.uuid, "other": second.uuid},
            "/rights/events/<uuid:uuid>/part/": {"uuid": parted.uuid},
            "/rights/events/<uuid:uuid>/reporter/": {"uuid": second.uuid},
            "/rights/events/<uuid:uuid>/briefs/": {"uuid": kept.uuid, "brief": brief.uuid, "ext": "docx"},
            "/rights/tellings/": {"uuid": told.uuid},
            "/rights/duty/": {"code": town.north.code, "day": day, "part": "DAY"},
            "/rights/duty/reach/": {"uuid": reach.uuid},
            "/rights/duty/swaps/": {"uuid": swap.uuid},
            "/rights/zero/": {"uuid": week.uuid},
        }
        self.extra += [
            kept.get_absolute_url(), parted.get_absolute_url(), f"/rights/duty/{town.hill.code}/", f"/rights/duty/?from={today()}",
            f"/rights/zero/?month={today():%Y-%m}",
        ]  # fmt: skip

    def helped(self) -> None:
        """The member of the roster asks for help herself."""
        asker = Person.objects.get(user=self.member)
        home = members.home_of(asker)
        assert home is not None
        asked = rights.send_help(asker, home, rights.Asked("012", "两个月工资没发。"), by=self.member)
        self.fill["/me/rights/"] = {"uuid": asked.uuid}
        aid = rights.send_aid(asker, home, rights.AidSaid("MIGRANT", "PAY", "ARBITRATE", "两个月工资没发。", Decimal(9600)), by=self.member)
        self.fill["/me/rights/aid/"] = {"uuid": aid.uuid}
        by = {"by": self.town.north_rights}
        refused = rights.send_aid(
            asker, home, rights.AidSaid("MIGRANT", "INJURY", "ARBITRATE", "上班路上受伤。", Decimal(800)), by=self.member
        )
        rights.refuse_aid(refused, ground="GROUND", reason="没有证据证明劳动关系。", **by)
        self.fill["/me/rights/aid/<uuid:uuid>/decision/"] = {"uuid": refused.uuid}
        settled = rights.send_help(asker, home, rights.Asked("031", "解除后没有付经济补偿。", Decimal(9000)), by=self.member)
        rights.accept(settled, **by)
        reckoned = rights.attach_reckoning(settled, "final", {"claim": Decimal(9000), "floor": Decimal(2260)}, **by)
        settled.refresh_from_db()
        terms = rights.Terms([("出具离职证明。", today() + timedelta(days=9))])
        rights.agree(
            settled, amount=Decimal(9000), number="长调〔2026〕2号", on=today(), pay_by=today() + timedelta(days=30), terms=terms, **by
        )
        for page in ("owed/<uuid:reckoning>", "owed/<uuid:reckoning>/pdf", "agreement"):
            self.fill[f"/me/rights/<uuid:uuid>/{page}/"] = {"uuid": settled.uuid, "reckoning": reckoned.uuid}
        self.fill["/rights/disputes/<uuid:uuid>/clauses/"] = {"uuid": settled.uuid}
