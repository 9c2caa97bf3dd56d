"""What stands in the registers: people, their moves, lists beside ours, returns and requests for data."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from niangjia.asked import api as asked
from niangjia.exports import api as exports
from niangjia.kit.crypt import unseal
from niangjia.kit.dates import add_months, today
from niangjia.kit.exportable import EXPORTABLES
from niangjia.members import actions as members
from niangjia.members.bank import BANKS
from niangjia.members.enums import ID
from niangjia.members.models import Batch, Lapse, Likeness, Membership, Person
from niangjia.members.tests.bank import PaperBank
from niangjia.members.tests.rosters import line, number, roster
from niangjia.reconcile import actions as reconcile
from niangjia.reconcile.tests.conftest import MILL, province, theirs
from niangjia.returns import actions as surveys
from niangjia.returns import api as returns
from niangjia.returns.models import Survey
from niangjia.unions.actions import reorganise
from niangjia.unions.rehearsal import Plan
from niangjia.worklog.api import post
from tests.journeys.having import Having


class Register(Having):
    """What stands in the registers: people, their moves, lists beside ours, returns and requests for data."""

    def register(self) -> None:
        """A roster taken over, one with faults that waits, and somebody who applied."""
        town = self.town
        members.import_roster(roster(self.folder / "名册.csv", *map(line, range(1, 61))), town.firm, by=town.firm_chair)
        bad = [line(61), line(62, phone="123"), line(63, id=""), line(64, joined="2099-01-01"), line(65, id=number(61))]
        tried = members.import_roster(roster(self.folder / "错.csv", *bad), town.firm, by=town.firm_chair, dry_run=True)
        assert tried["bad"] == 4
        facts = members.Facts(name="示例新", number=number(80), phone="10000000080")
        applied = members.apply(town.firm, facts, by=town.firm_chair)
        taken, batch = Batch.objects.order_by("pk")
        one = Membership.objects.filter(union=town.firm, state="MEMBER").order_by("pk")[0]
        Person.objects.filter(pk=one.person_id).update(user=self.member)
        code = members.open_code(town.firm, by=town.firm_chair)
        asks = [
            members.send_in(
                code, uuid4(), members.Sent(f"示例申{'甲乙丙丁戊己庚辛壬癸'[n % 10]}", number(n), "10000000081", "COURIER", "快递员")
            )
            for n in (81, 82, 81)
        ]
        members.refuse(asks[1], reason="不在本单位工作。", by=town.firm_chair)
        closed = members.open_code(town.mill, by=town.mill_chair)
        members.close_code(town.mill, by=town.mill_chair)
        self.fill |= {
            "/members/": {"uuid": one.uuid, "what": "id", "code": town.firm.code}, "/members/imports/": {"uuid": batch.uuid},
            "/members/asked/": {"uuid": asks[0].uuid}, "/join/": {"word": code.word, "key": asks[0].word},
        }  # fmt: skip
        worker = Person.objects.get(pk=one.person_id)
        wanted = members.ask_union(worker, members.Wish("CORRECT", "换号了。", what="phone", value="10000000082"), by=self.member)
        turned = members.turn_down(
            members.ask_union(worker, members.Wish("CONTEST", "单位不对。", what="employer"), by=self.member),
            reason="合同上是本单位。",
            by=town.firm_chair,
        )
        self.fill |= {
            "/members/requests/": {"uuid": wanted.uuid, "what": "value"},
            "/me/requests/": {"uuid": wanted.uuid, "kind": "leave"},
            "/me/file/": {"what": "id"},
        }
        self.extra += [
            turned.get_absolute_url(),
            f"/me/requests/{turned.uuid}/",
            "/me/requests/new/correct/?what=work",
            "/members/requests/?view=answered",
        ]
        self.extra += [f"/me/requests/new/{kind}/" for kind in ("contest", "move", "erase")]
        self.extra += [
            f"/join/sent/{asks[1].word}/",
            asks[1].get_absolute_url(),
            "/members/asked/?view=decided",
            f"/members/codes/{town.mill.code}/",
        ]
        self.extra += [f"/members/codes/{town.north.code}/"]
        assert closed.word
        self.extra += [taken.get_absolute_url(), applied.get_absolute_url(), f"{batch.get_absolute_url()}?code=shape"]
        self.extra += [f"{applied.get_absolute_url()}step/approve/"]
        post()

    def affairs(self) -> None:
        """Somebody asked for, one who pays no dues, orders of cards at each stage, and two people who may be one."""
        town, by = self.town, {"by": self.town.firm_chair}
        ones = list(Membership.objects.filter(union=town.firm, state="MEMBER").order_by("-pk")[:10])
        asked = members.ask_for(
            town.mill, name=ones[0].name, number=unseal(ones[0].person.id_sealed, ID), why="九月起在织布车间", by=town.mill_chair
        )
        members.pay(ones[1:3], until=add_months(today(), -8), **by)
        members.find_lapsing()
        fresh, talked = Lapse.objects.order_by("pk")
        members.talk(talked, on=today(), with_her="朱企业", words="已说明缴纳会费的义务。", **by)
        drafted = members.draft(town.firm, ones[3:4], bank="湖州银行", consent=True, **by)
        sent = members.draft(town.firm, ones[4:6], bank="湖州银行", consent=True, **by)
        members.send_order(sent, by=town.hill_chair)
        made = members.draft(town.firm, ones[6:8], bank="湖州银行", consent=True, **by)
        members.send_order(made, by=town.hill_chair)
        members.read_answer(made, PaperBank().answers(BANKS["湖州银行"].order(members.orders(made))), **by)
        twin = roster(self.folder / "重.csv", line(90 + (ones[3].sex == "1"), name=ones[3].name, phone="10000000090"))
        members.import_roster(twin, town.firm, **by)
        members.find_alike()
        pair = Likeness.objects.get()
        said = members.Proposal("一车间工会小组", today(), "某某法院（2026）浙刑初1号", "建议开除会籍。")
        cases = [members.propose_expulsion(one, said, **by) for one in ones[8:]]
        members.expel(cases[0], on=today(), paper="青禾工〔2026〕3号", **by)
        pooled = members.apply(town.hill, members.Facts("示例池", number(95), "10000000095"), by=town.hill_chair)
        members.approve(pooled, on=today(), by=town.hill_chair)
        courier = ones[4]
        members.correct(courier, work="COURIER", **by)
        self.fill |= {
            "/members/moves/": {"uuid": asked.uuid}, "/members/lapses/": {"uuid": fresh.uuid}, "/members/lapses/<uuid:uuid>/step/leave/": {"uuid": talked.uuid},
            "/members/cards/": {"uuid": made.cards.order_by("pk")[0].uuid}, "/members/cards/orders/": {"uuid": sent.uuid, "form": "csv"},
            "/members/same/": {"uuid": pair.uuid}, "/members/expulsions/": {"uuid": cases[1].uuid}, "/members/<uuid:uuid>/platform/": {"uuid": courier.uuid},
        }  # fmt: skip
        self.extra += [
            drafted.get_absolute_url(), made.get_absolute_url(), courier.get_absolute_url(), talked.get_absolute_url(), "/members/cards/?view=order", "/members/moves/?view=asked",
            "/members/moves/?view=going", "/members/confirm/?view=all", "/members/dues/?behind=6", "/members/same/?view=second", "/members/cards/?view=lost",
            "/members/moves/?view=pool", "/members/retired/?view=maybe", "/members/expulsions/?view=over", cases[0].get_absolute_url(), pooled.get_absolute_url(),
            f"/members/codes/{town.hill.code}/",
        ]  # fmt: skip

    def moves(self) -> None:
        """One township that is to go to another county, still a draft, and another that waits for its second signature."""
        town, by = self.town, self.town.city_org
        plans = [
            reorganise.draft(
                on=today() + timedelta(days=30), paper="湖总工组〔2026〕7号", line={"turn": "MOVE", "union": union, "target": target}, by=by
            )
            for union, target in ((town.hill, town.south), (town.market, town.north))
        ]
        for plan in plans:
            reorganise.rehearse(plan, by=by)
        reorganise.sign(plans[1], digest=Plan(plans[1]).digest, by=by)
        line_ = plans[0].lines.get()
        self.fill["/unions/reorganisations/"] = {"uuid": plans[0].uuid, "line": line_.uuid}
        self.extra.append(plans[1].get_absolute_url())

    def lists(self) -> None:
        """A list of the province, one of unions, telephone returns, and a file that could not be read."""
        town, by = self.town, self.town.north_org

        def lay(data: bytes, of: str = "MEMBERS", whence: str = "PROVINCE") -> Any:
            return reconcile.begin(reconcile.lay(town.north, data, of=of, whence=whence, as_of=today(), name="名册.csv", by=by))

        rows = [
            theirs(1, phone=""),
            theirs(2, name="赵子函"),
            theirs(3, union=MILL),
            theirs(4, change="保留"),
            theirs(90),
            theirs(91, id="9", born=""),
        ]
        made = lay(province(*rows, *map(theirs, range(6, 50))))
        decision = reconcile.decide(made.differences.filter(field="name").order_by("pk").first(), "OURS", by=by)
        one = made.differences.filter(cause="PLACE").order_by("pk").first()
        listed = lay("工会名称,统一社会信用代码\n煤山青禾电池有限公司工会,\n没有的工会,\n".encode(), "UNIONS")
        told = lay("工会名称,会员数,女会员\n煤山青禾电池有限公司工会,61,20\n".encode(), "TOTALS", "OLD")
        failed = lay("甲,乙\n1,2\n".encode(), whence="OLD")
        self.fill["/reconcile/"] = {"uuid": made.uuid, "one": one.uuid, "code": "unknown", "decision": decision.uuid}
        self.fill["/reconcile/<uuid:uuid>/upward/"] = {"uuid": listed.uuid}
        self.extra += [
            listed.get_absolute_url(), told.get_absolute_url(), failed.get_absolute_url(), listed.differences.first().get_absolute_url(), "/reconcile/?view=all",
            f"{made.get_absolute_url()}?kind=FIELD", f"{made.get_absolute_url()}?state=DECIDED", f"{made.get_absolute_url()}rules/twice/",
        ]  # fmt: skip

    def returned(self) -> None:
        """A return that waits for its second signature, and one of the year before that is still explained."""
        town, by = self.town, self.town.north_org
        year = returns.last_year(town.north)
        draft = returns.begin(town.north, year - 1, by=by)
        made = returns.begin(town.north, year, by=by)
        for code in returns.judged(made).unexplained:
            returns.remark(made, code, "本年度新建。", by=by)
        returns.check(made, by=by)
        self.fill["/returns/"] = {"uuid": made.uuid, "line": "301"}
        self.fill["/returns/<uuid:uuid>/lines/<slug:line>/"] = {"uuid": draft.uuid, "line": "301"}
        self.extra += [draft.get_absolute_url(), f"/returns/?year={year}"]
        surveys.open_surveys(town.north, year, by=by)
        self.fill["/returns/surveys/"] = {"uuid": Survey.objects.get(union=town.firm, year=year).uuid}

    def wanted(self) -> None:
        """A draft with a field that is held, a request that runs with one answer given, and one that was given for a union."""
        town, by, day = self.town, self.town.hill_chair, today() + timedelta(days=20)
        facts = asked.Facts("高温岗位摸底", "夏送清凉安排。", "今夏", day, town.hill, ["20"])
        draft, made = (asked.begin(town.hill, facts, by=by) for _n in range(2))
        for label in ("高温班组", "职工人数"):
            for one in (draft, made):
                asked.add(one, asked.Wanted(label, "NUMBER"), by=by)
        asked.issue(made, by=by)
        made.refresh_from_db()
        answered, open_, *_more = made.addressed.order_by("pk")
        asked.send(answered, {one.pk: "3" for one in asked.sent_fields(made)}, by=by)
        self.fill["/asked/"] = {"uuid": made.uuid}
        self.fill["/asked/answers/"] = {"uuid": answered.uuid}
        for part in ("facts/", "fields/new/", "fields/check/", "fields/<int:field>/"):
            self.fill[f"/asked/<uuid:uuid>/{part}"] = {"uuid": draft.uuid, "field": draft.fields.order_by("position").last().pk}
        self.extra += [
            draft.get_absolute_url(), open_.get_absolute_url(), "/asked/?view=open", "/asked/?view=of-us", f"{made.get_absolute_url()}unions/?view=all",
            f"/asked/{draft.uuid}/fields/{draft.fields.order_by('position').first().pk}/",
        ]  # fmt: skip

    def exports(self) -> None:
        """A register that was asked for, approved and written, and one that waits for a second person."""
        town, register = self.town, EXPORTABLES["members.register"]
        said = exports.Asking({}, ("name", "phone", "job"), "通知职工领取慰问品")
        ready = exports.ask(register, town.north, said, by=town.north_org)
        exports.make(exports.approve(ready, by=town.north_chair))
        waiting = exports.ask(register, town.north, said, by=town.north_org)
        self.fill["/exports/"] = {"uuid": ready.uuid}
        self.extra += [waiting.get_absolute_url(), "/exports/new/?what=members.register"]
