"""What becomes of unions: foundings, elections, firms without one, checks of staffing, public notices."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from niangjia.gazette import actions as gazette
from niangjia.gazette.api import notices_of
from niangjia.kit.dates import today
from niangjia.unions import api as unions
from niangjia.unions.actions import elections, founding, results, splits, splitting, staffing, taxpayers
from niangjia.unions.actions.notices import put_up
from niangjia.unions.actions.same_employers import merge_employers
from niangjia.unions.actions.units import Unit
from niangjia.unions.enums import Ticked
from niangjia.unions.models import Employer, Founding, StaffCheck, TaxList, Taxpayer
from niangjia.unions.tests.electing import fresh, planned, stand, voted
from niangjia.unions.tests.sheeted import book, line, sent, taken
from niangjia.unions.tests.splitted import draft as drafted
from niangjia.unions.tests.splitted import joint, said
from tests.journeys.having import PDF, Having
from tests.town import credit


class Tree(Having):
    """What becomes of unions: foundings, elections, firms without one, checks of staffing, public notices."""

    def elections(self) -> None:
        """Elections of first committees: one being written, one agreed to, one held, one reported; and one on public notice."""
        town, by, made = self.town, self.town.north_org, {}
        for name, state in zip("甲乙丙丁戊", ("DRAFT", "EXAMINED", "POSTED", "HELD", "REPORTED"), strict=True):
            union = unions.found(town.hill, unions.Facts(f"煤山示例{name}有限公司工会委员会", "20"), by=by)
            made[state] = one = planned(union, by=by)
            stand(one, by=by)
            if state == "DRAFT":
                continue
            elections.send(one, by=by)
            one = elections.examine(fresh(one), by=by)
            if state == "EXAMINED":
                continue
            elections.post(one, text="现将候选人予以公示。", by=by)
            if state == "POSTED":
                continue
            gazette.finish(notices_of(one)[0])
            results.hold(fresh(one), voted(one, on=today()), by=by)
            if state == "REPORTED":
                results.report(fresh(one), given={}, by=by)
        at = "/unions/elections/<uuid:uuid>/"
        states = {
            "facts/": "DRAFT",
            "candidates/": "DRAFT",
            "step/post/": "EXAMINED",
            "step/hold/": "HELD",
            "written/": "HELD",
            "step/report/": "HELD",
            "step/confirm/": "REPORTED",
        }
        unions.set_up(town.firm, kind="OPENNESS", form="COMMITTEE", since=today(), by=by)
        self.fill["/unions/<str:code>/bodies/"] = {"code": town.firm.code, "kind": "OPENNESS"}
        self.fill |= {at + page: {"uuid": made[state].uuid} for page, state in states.items()}
        self.fill["/unions/elections/"] = {"uuid": made["REPORTED"].uuid, "candidate": uuid4()}
        self.extra += [made[state].get_absolute_url() for state in ("DRAFT", "POSTED", "HELD")] + [
            "/unions/elections/?view=mine",
            "/unions/elections/?q=没有",
        ]
        self.extra.append(made["POSTED"].union.get_absolute_url())

    def foundings(self) -> None:
        """A clue with a group, an application, a group that was agreed to, a union that is founded, and one that is a legal person."""
        town, by, made = self.town, {"by": self.town.north_org}, {}
        for n, state in enumerate(("CLUE", "APPLIED", "GRANTED", "FOUNDED", "REGISTERED")):
            name = f"煤山筹建{'甲乙丙丁戊'[n]}有限公司"
            made[state] = one = founding.follow(
                town.hill, founding.Clue(uscc=credit(740 + n), name=name, clue="走访得知。", source="VISIT"), **by
            )
            preparer = founding.join_group(one, name="苏筹备", speaks="PARTY", head=True, **by)
            founding.join_group(one, name="潘代表", **by)
            if state == "CLUE":
                self.fill["/unions/foundings/"] = {"uuid": one.uuid, "who": preparer.uuid, "how": "one", "uscc": credit(740)}
                continue
            founding.apply(one, founding.Wanted(f"{name}工会委员会", "20", 80, "苏筹备", 60), **by)
            if state == "APPLIED":
                continue
            one = founding.grant(Founding.objects.get(pk=one.pk), on=today(), grant_no="煤总工〔2026〕3号", **by)
            if state == "GRANTED":
                continue
            unions.approve(one.union, on=today(), approval_no="煤总工〔2026〕4号", **by)
            if state == "REGISTERED":
                one = Founding.objects.get(pk=one.pk)
                said = founding.Registered(today(), credit(750, "81"), "浙E0599001", today() + timedelta(days=900), Ticked.values)
                founding.register(one, said, **by)
        village = founding.follow(town.hill, founding.Clue(kind="24", subject="示例村", clue="村里小微企业多。"), **by)
        founding.add_units(
            village, [Unit(credit(745), "煤山示例甲加工厂", employees=12), Unit(credit(746), "煤山示例乙加工厂", employees=9)], **by
        )
        self.extra += [village.get_absolute_url(), f"{village.get_absolute_url()}units/pick/", f"{village.get_absolute_url()}units/list/"]
        at = "/unions/foundings/<uuid:uuid>/step/"
        self.fill |= {f"{at}{page}/": {"uuid": made[state].uuid} for page, state in (("grant", "APPLIED"), ("register", "FOUNDED"))}
        self.extra += [one.get_absolute_url() for state, one in made.items() if state != "CLUE"] + [
            "/unions/foundings/?view=mine",
            "/unions/foundings/?q=没有",
        ]
        unions.correct(town.mill, name="煤山云锦新材料有限公司工会", by=town.mill_chair)
        self.extra.append(town.mill.get_absolute_url())

    def splits(self) -> None:
        """A split that is drafted, one that is sent up, one that is approved: of a joint union, of a firm that has ended, of another one."""
        town = self.town
        joint(town)
        draft = drafted(town)
        part, vice = draft.parts.get(), draft.offices.get().office
        sent = splits.begin(town.mill, said(), by=town.mill_chair)
        new = splits.add_part(sent, name="煤山云锦印染有限公司工会委员会", kind="20", by=town.mill_chair)
        splits.give_units(new, [Unit(credit(931), "煤山云锦印染有限公司")], by=town.mill_chair)
        splits.send(sent, by=town.mill_chair)
        town.people.pop("joint_chair")  # she opens no page here
        done = splits.begin(town.shop, said(), by=town.south_org)
        new = splits.add_part(done, name="新市长桥竹艺有限公司工会委员会", kind="20", by=town.south_org)
        splits.give_units(new, [Unit(credit(932), "新市长桥竹艺有限公司")], by=town.south_org)
        done = splitting.approve(splits.send(done, by=town.south_org), on=today(), approval_no="新总工〔2026〕2号", by=town.market_chair)
        at = "/unions/splits/<uuid:uuid>/"
        self.fill["/unions/splits/"] = {"uuid": draft.uuid, "part": part.uuid, "office": vice.uuid, "how": "pick", "uscc": credit(900)}
        self.fill |= {f"{at}step/approve/": {"uuid": sent.uuid}, f"{at}step/settle/": {"uuid": done.uuid}}
        self.extra += [f"/unions/certificates/?view={view}" for view in ("soon", "over", "gone", "none")]
        self.fill["/members/splits/"] = {"uuid": draft.uuid}
        self.extra += [
            sent.get_absolute_url(),
            done.get_absolute_url(),
            f"/members/splits/{draft.uuid}/?view=stay",
            "/unions/splits/?view=mine",
        ]
        self.extra += [f"{draft.get_absolute_url()}units/{how}/" for how in ("one", "list")] + ["/unions/splits/?q=没有"]

    def sheets(self) -> None:
        """An organisation sheet with a bad row that waits, one whose good row was taken over, and the employer that it brought."""
        town, by = self.town, self.town.north_org
        done = taken(sent(town.north, book(line(1)), by, "已接收.xlsx"), by)
        waits = sent(town.north, book(line(2), line(3, founded="去年")), by)
        firm = Employer.objects.get(uscc=credit(700_001))
        self.fill["/unions/sheets/"] = {"uuid": waits.uuid}
        self.fill["/unions/sheets/<uuid:uuid>/undo/"] = {"uuid": done.uuid}
        self.fill["/unions/employers/"] = {"uuid": firm.uuid}
        place = {"township": firm.township, "county": firm.county, "category": "170", "industry": "C"}
        twin, old = (Employer.objects.create(name=f"煤山示例老{n}厂", uscc=credit(700_900 + n), **place) for n in (1, 2))
        merge_employers(firm, old, reason="营业执照换发，是同一家。", by=by)
        self.fill["/unions/employers/<uuid:uuid>/merge/<uuid:other>/"] = {"uuid": firm.uuid, "other": twin.uuid}
        self.fill["/unions/employers/<uuid:uuid>/part/"] = {"uuid": old.uuid}
        self.extra += [
            done.get_absolute_url(),
            town.firm_unit.get_absolute_url(),
            "/unions/employers/?view=none",
            "/unions/employers/?view=twice",
            old.get_absolute_url(),
            f"{waits.get_absolute_url()}rows/?view=day",
        ]

    def firms(self) -> None:
        """A list of the tax side that was taken in, one that waits with bad rows; firms to be followed, of a known name, excused."""
        town, by, head = self.town, self.town.north_org, "登记序号,纳税人名称,统一社会信用代码,纳税人状态,税务登记职工人数,街道乡镇代码"
        rows = [f"{n},煤山待建{n}有限公司,{credit(760 + n)},正常,{30 * n},330522112" for n in (1, 2, 3)]
        rows += [f"7,{town.mill_unit.name},,正常,90,", f"8,{town.firm_unit.name},{town.firm_unit.uscc},正常,118,330522112"]
        for extra in ("", "9,坏行有限公司,,糊涂,三十,"):
            one = taxpayers.run(taxpayers.lay(town.north, "\n".join([head, *rows, extra]).encode(), name="税务名单.csv", by=by))
            if not extra:
                taxpayers.run(taxpayers.take(one, by=by))
        firm, spared, known = (Taxpayer.objects.get(number=n) for n in ("1", "2", "7"))
        taxpayers.spare(spared, reason="EXEMPT", why="分公司，由总公司工会涵盖。", by=by)
        self.fill["/unions/taxpayers/"] = {"uuid": firm.uuid}
        self.fill["/unions/taxpayers/lists/"] = {"uuid": one.uuid}
        self.extra += [spared.get_absolute_url(), known.get_absolute_url(), TaxList.objects.get(state="TAKEN").get_absolute_url()]
        self.extra += [f"/unions/taxpayers/?view={view}" for view in ("likely", "united", "spared", "followed")]

    def staffing(self) -> None:
        """A township that is asked, one that has answered, one whose check is confirmed; and the board of a county in another order."""
        town = self.town
        staffing.begin(by=town.city_org)
        said = staffing.Said(
            "蒋煤山", "CHAIR", full_time=True, cadres=2, workers=1, appointed_no="长总工〔2026〕8号", staffed_no="长编〔2026〕3号"
        )
        papers = {staffing.APPOINTMENT: PDF, staffing.ESTABLISHMENT: PDF}
        asked, sent, done = (StaffCheck.objects.get(union=union) for union in (town.fort, town.hill, town.market))
        staffing.fill(sent, said, papers, by=town.hill_chair)
        staffing.confirm(staffing.fill(done, said, papers, by=town.market_chair), by=town.south_org)
        self.fill["/unions/staffing/"] = {"uuid": asked.uuid}
        self.extra += [StaffCheck.objects.get(pk=one.pk).get_absolute_url() for one in (sent, done)]
        self.extra += ["/unions/staffing/?view=short", "/quality/board/?by=quarter", f"/quality/board/?under={town.hill.code}"]

    def notices(self) -> None:
        """A notice on show with two objections, one of them answered; one that was taken down."""
        town, lines = self.town, "姓名\t单位\n张*\t某某厂\n李*三\t某某店"
        gone = put_up(town.mill, title="示例公示", text="拟慰问名单。", lines=lines, by=town.mill_chair)
        gazette.withdraw(gone, reason="名单有误。", by=town.mill_chair)
        hung = put_up(
            town.firm, title="困难职工慰问名单公示", text="现将拟慰问名单予以公示。", lines=lines, call="0572-2000000", by=town.firm_chair
        )
        waits = gazette.object_to(hung, text="第一行的人家里不困难。", row=1, contact="10000000091")
        done = gazette.object_to(hung, text="漏了人。")
        gazette.answer(done, "dismiss", text="已核实，名单无误。", by=town.firm_chair)
        self.fill["/quality/"] = {"code": town.firm.code, "check": "chair"}
        self.extra += [f"/quality/?under={town.hill.code}", f"/quality/{town.mill.code}/"]
        self.fill["/notices/"] = {"uuid": hung.uuid}
        self.fill["/notices/objections/"] = {"uuid": waits.uuid}
        self.fill["/board/"], self.fill["/board/objections/"] = {"key": hung.uuid}, {"key": waits.word}
        self.extra += [gone.get_absolute_url(), done.get_absolute_url(), "/notices/?view=asked", "/notices/?view=over", "/board/?view=over"]
        self.extra += [f"/board/objections/{done.word}/"]
