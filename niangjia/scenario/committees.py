"""Unions that are being founded, and committees that are being elected, around the day of the load: in every state that a visitor should see."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from niangjia.access.models import User
from niangjia.gazette import actions as gazette
from niangjia.gazette.api import notices_of
from niangjia.kit.dates import today
from niangjia.kit.ids import credit_check
from niangjia.unions.actions import elections, founding, results
from niangjia.unions.enums import Ticked
from niangjia.unions.models import Election, Founding, Union

if TYPE_CHECKING:
    from niangjia.scenario.living import Living

DAY = timedelta(days=1)
JOBS = ("行政部", "一车间", "二车间", "质检部", "仓库", "销售部", "财务部", "设备部")


def credit(number: int, head: str = "91") -> str:
    """A made-up credit code (domain reference, §22.1)."""
    first = f"{head}330599{900000000 + number}"
    return first + credit_check(first)


class Committees:
    """What goes on at one township: its own office follows, decides and examines; the county's looks on."""

    def __init__(self, living: Living, place: str) -> None:
        self.living, self.above = living, Union.objects.get(pk=living.tree.named[f"{place}总工会"].pk)
        self.org = living.officer(self.above.pk, "organisation")
        self.names = living.names

    def person(self) -> str:
        return next(self.names)

    # ---------- foundings ----------

    def followed(self, number: int, firm: str, ago: timedelta, source: str, clue: str, opened: timedelta | None = None) -> Founding:
        """A clue, so long ago."""
        with self.living.ago(ago):
            facts = founding.Clue(uscc=credit(number), name=firm, source=source, clue=clue, opened_on=today() - opened if opened else None)
            return founding.follow(self.above, facts, by=self.org)

    def applied(self, one: Founding, ago: timedelta, employees: int, *, party: str = "同意建立工会。") -> Founding:
        """Its application, so long ago."""
        with self.living.ago(ago):
            head = self.person()
            founding.join_group(one, name=head, job="行政部副经理", speaks="PARTY" if party else "WORKERS", head=True, by=self.org)
            for job in JOBS[1:4]:
                founding.join_group(one, name=self.person(), job=f"{job}职工", by=self.org)
            facts = founding.Wanted(
                name=f"{one.whose}工会委员会", kind="20", employees=employees, willing=employees * 9 // 10, applicant=head, term_years=3,
                telephone="0572-2000000", address=f"{self.above.short_name.removesuffix('总工会')}示例路{employees}号", party=party,
            )  # fmt: skip
            return founding.apply(Founding.objects.get(pk=one.pk), facts, by=self.org)

    def granted(self, one: Founding, ago: timedelta, no: str) -> Founding:
        """The reply to it, so long ago."""
        with self.living.ago(ago):
            return founding.grant(Founding.objects.get(pk=one.pk), on=today(), grant_no=no, by=self.org)

    # ---------- elections ----------

    def called(self, union: Union, ago: timedelta, ahead: timedelta, by: User, *, members: int = 86, chair: str = "", user: User | None = None, leave: str = "") -> Election:  # fmt: skip
        """An election with its list, begun so long ago, for an assembly so long after."""
        with self.living.ago(ago):
            plan = elections.Called(
                members=members, women=members // 3, planned_on=today() + ahead, seats=5, audit_seats=3, women_seats=3, leave=leave
            )
            one = elections.call(union, plan, by=by)
            for n, job in enumerate(JOBS[:6]):
                post = ("CHAIR", "VICE", "MEMBER", "MEMBER", "MEMBER", "MEMBER")[n]
                name = chair if chair and n == 0 else self.person()
                elections.nominate(one, elections.Standing(name, "COMMITTEE", post, job=job, user=user if n == 0 else None), by=by)
            for body in ("AUDIT", "WOMEN"):
                for n, job in enumerate(JOBS[3:6] if body == "AUDIT" else JOBS[1:4]):
                    elections.nominate(one, elections.Standing(self.person(), body, "CHAIR" if n == 0 else "MEMBER", job=job), by=by)
        return one

    def sent(self, one: Election, ago: timedelta, by: User, *, examined: bool = True) -> Election:
        """Its list is sent, and agreed to the day after."""
        with self.living.ago(ago):
            elections.send(one, by=by)
        if examined:
            with self.living.ago(ago - DAY):
                elections.examine(fresh(one), by=self.org)
        return fresh(one)

    def posted(self, one: Election, ago: timedelta, by: User) -> Election:
        """Its candidates on public notice."""
        with self.living.ago(ago):
            elections.post(one, text=f"现将{one.union.name}委员会等组织候选人予以公示，请职工监督。", call="0572-2000000", by=by)
        return fresh(one)

    def held(self, one: Election, ago: timedelta, by: User) -> Election:
        """The notice is over, and the day after the assembly voted."""
        with self.living.ago(ago + DAY):
            gazette.finish(notices_of(one)[0])
        with self.living.ago(ago):
            one, present = fresh(one), round(one.members * 0.93)
            counted = {ballot.body: results.Counted(present, present, present - 1) for ballot in one.ballots.all()}
            votes = {}
            for n, who in enumerate(one.candidates.order_by("pk")):
                ayes = present - 3 - 2 * n if n != 5 else present // 4
                votes[who.pk] = results.Votes(ayes, present - 1 - ayes - 1, 1)
            results.hold(one, results.Held(today(), "职工食堂", one.members, present, counted, votes), by=by)
        return fresh(one)

    def reported(self, one: Election, ago: timedelta, by: User) -> Election:
        """Its result, reported."""
        with self.living.ago(ago):
            results.report(one, given={}, by=by)
        return fresh(one)

    def confirmed(self, one: Election, ago: timedelta, no: str) -> Election:
        """Its result, approved."""
        with self.living.ago(ago):
            return results.confirm(one, on=today(), approval_no=no, by=self.org)


def fresh(one: Election) -> Election:
    """As it stands now."""
    return Election.objects.select_related("union").get(pk=one.pk)


def all_of_them(living: Living, place: str, other: str) -> None:
    """Foundings from the clue to the legal person, and elections from the list to the approval, at two townships."""
    here, there = Committees(living, place), Committees(living, other)
    here.followed(1, f"{place}示例包装有限公司", 9 * DAY, "TAX", "税务数据显示有职工120余人，尚未建会。", opened=320 * DAY)
    here.followed(2, f"{place}示例物流有限公司", 3 * DAY, "WORKER", "职工来电询问如何建会。")
    here.applied(here.followed(3, f"{place}示例家居有限公司", 30 * DAY, "TOWNSHIP", "镇里走访得知。"), 11 * DAY, 96)
    back = here.applied(here.followed(4, f"{place}示例服饰有限公司", 40 * DAY, "EMPLOYER", ""), 20 * DAY, 58, party="")
    with living.ago(12 * DAY):
        founding.give_back(Founding.objects.get(pk=back.pk), reason="筹备组成员未注明职务，请补正。", by=here.org)
    first = here.granted(
        here.applied(here.followed(5, f"{place}示例电子有限公司", 70 * DAY, "VISIT", "走访时负责人表示愿意建会。"), 60 * DAY, 88),
        50 * DAY,
        "示总工〔2026〕3号",
    )
    assert first.union is not None
    one = here.sent(here.called(first.union, 30 * DAY, 33 * DAY, here.org), 28 * DAY, here.org)
    here.posted(one, 3 * DAY, here.org)
    done = here.granted(
        here.applied(here.followed(6, f"{place}示例材料有限公司", 160 * DAY, "REGISTER", ""), 150 * DAY, 140),
        140 * DAY,
        "示总工〔2026〕1号",
    )
    assert done.union is not None
    run = here.posted(here.sent(here.called(done.union, 130 * DAY, 25 * DAY, here.org), 128 * DAY, here.org), 120 * DAY, here.org)
    here.confirmed(here.reported(here.held(run, 105 * DAY, here.org), 100 * DAY, here.org), 95 * DAY, "示总工〔2026〕2号")
    with living.ago(80 * DAY):
        row = Founding.objects.select_related("union").get(pk=done.pk)
        assert row.union is not None
        assert row.union.term_end is not None
        founding.register(
            row, founding.Registered(today(), credit(60, "81"), "浙示0599001", row.union.term_end, Ticked.values), by=here.org
        )
    firms = [Union.objects.get(pk=planted.pk) for planted in living.firms(other)[3:7]]
    leave = "示总工函〔2026〕6号"
    draft, waits, held, reported = firms
    there.called(draft, 4 * DAY, 30 * DAY, there.org, leave=leave)
    there.sent(there.called(waits, 20 * DAY, 40 * DAY, there.org, leave=leave), 16 * DAY, there.org, examined=False)
    for union, last in ((held, False), (reported, True)):
        going = there.posted(
            there.sent(there.called(union, 50 * DAY, 30 * DAY, there.org, leave=leave), 45 * DAY, there.org), 30 * DAY, there.org
        )
        going = there.held(going, 8 * DAY, there.org)
        if last:
            there.reported(going, 5 * DAY, there.org)
    chair = User.objects.get(pk=living.staff.of[living.tree.firm.pk, "chair"])
    there.called(living.firm, 2 * DAY, 45 * DAY, chair, chair=chair.name, user=chair, leave=leave, members=178)
