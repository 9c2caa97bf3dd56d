"""What may be done to letters, supervision cases, redundancy hearings and rosters in a walk on the database, drawn with the walk's chance."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from niangjia.kit.dates import today
from niangjia.rights import actions
from niangjia.rights.actions import duty
from niangjia.rights.models import Letter, Missive, Redundancy, Supervision, Supervisor, Swap, Turn
from niangjia.rights.queries.supervision import waiting
from tests.town import person

CARD = date(2099, 12, 31)
DRAFT = actions.Draft(to="某单位", found="加班工资未足额支付。", articles="《中华人民共和国劳动法》第四十四条", asks="足额补发。")


class Deeds:
    """Verbs beside those of events and disputes; each answers what a thread then does, or nothing where there is nothing to do it to."""

    town: Any
    rng: Any

    def people_the_town(self) -> None:
        """Whoever signs, supervises and stands on the roster."""
        self.leader = person("hill-leader", "副主席甲", self.town.hill, "leader")
        for n in (1, 2):
            who = person(f"supervisor-{n}", f"监督{n}", self.town.hill, "staff")
            actions.enroll_supervisor(self.town.hill, actions.Carded(who.name, f"甲监00{n}", CARD, who), by=self.town.hill_chair)

    # ---------- letters to departments ----------

    def draft_letter(self, by):
        one = self.event("CONFIRMED", "HANDLING", "STABLE")
        kind, department = self.rng.choice(["JOINT", "TRANSFER"]), self.rng.choice(["LABOUR", "COURT"])
        said = actions.Wanted(kind, department, "长兴县人力资源和社会保障局", "欠薪。", "查处。")
        return one and (lambda: actions.draft_missive(one, said, by=by))

    def sign_letter(self, by):
        one = Missive.objects.filter(void=False, sent_on=None).order_by("-pk").first()
        who = self.rng.choice([self.leader, by])
        return one and (lambda: actions.sign_missive(one, by=who))

    def return_letter(self, by):
        one = Missive.objects.filter(void=False).order_by("-pk").first()
        who = self.rng.choice([self.leader, by])
        return one and (lambda: actions.return_missive(one, why="改写。", by=who))

    # ---------- supervision ----------

    def case(self, *states: str) -> Supervision | None:
        return self._one(Supervision, *states)

    def lead(self, by):
        said = actions.Told(
            employer=self.town.firm_unit, lead=self.rng.choice(["COMPLAINT", "FOUND"]), breach="PAY", facts="未足额支付加班工资。", received_on=today()
        )  # fmt: skip
        return lambda: actions.open_supervision(self.town.hill, said, by=by)

    def take_up(self, by):
        return (one := self.case("RECEIVED")) and (lambda: actions.take_up(one, by=by))

    def decline(self, by):
        return (one := self.case("RECEIVED")) and (lambda: actions.decline(one, reason="不属监督范围。", by=by))

    def charge(self, by):
        one, who = self.case("INQUIRY"), self.rng.choice(list(Supervisor.objects.order_by("pk")))
        return one and (lambda: actions.charge(one, who, by=by))

    def inquire(self, by):
        return (one := self.case("INQUIRY")) and (lambda: actions.inquire(one, on=today(), place="车间", text="属实。", by=by))

    def demand(self, by):
        return (one := self.case("INQUIRY", "REMINDED")) and (lambda: actions.demand(one, DRAFT, by=by))

    def sign_case(self, by):
        one, who = self.case("SIGNING"), self.rng.choice([self.leader, by])
        return one and (lambda: actions.sign(one, by=who))

    def give_back(self, _by):
        one = self.case("SIGNING")
        return one and waiting(one) and (lambda: actions.give_back(one, reason="条款有误。", by=self.leader))

    def serve(self, by):
        one = Letter.objects.filter(void=False, sent_on__isnull=False, served_on=None).order_by("-pk").first()
        return one and (lambda: actions.serve(one, on=today(), how="HAND", to="前台", by=by))

    def correct_case(self, by):
        return (one := self.case("REMINDED", "SIGNED", "DEMANDED")) and (lambda: actions.correct(one, reason="已改正。", by=by))

    # ---------- redundancies ----------

    def hearing(self, *states: str) -> Redundancy | None:
        return self._one(Redundancy, *states)

    def plan_layoff(self, _by):
        said = actions.Planned(
            employer=self.town.firm_unit, kind="LAYOFF", ground="TROUBLE", planned=20, staff=186, explained_on=today(), explained_to="UNION",
            planned_on=today() + timedelta(days=self.rng.choice([10, 30])), plan="分两批裁减。", reasons="订单减少。",
            first=frozenset({"keeps_long"}),
        )  # fmt: skip
        return lambda: actions.open_redundancy(self.town.firm, said, by=self.town.firm_chair)

    def hear_staff(self, _by):
        facts = {"on": today(), "kind": "MEETING", "place": "食堂", "people": 120, "minutes": "厂长说明情况。", "opinions": "先停止招工。"}
        return (one := self.hearing("NOTIFIED", "HEARD")) and (lambda: actions.hear_staff(one, **facts, by=self.town.firm_chair))

    def reply(self, _by):
        verdict = self.rng.choice(["PROPOSES", "AGREES"])
        one = self.hearing("HEARD", "NOTIFIED")
        return one and (lambda: actions.reply_to(one, verdict=verdict, text="建议先轮岗。", by=self.town.firm_chair))

    def give_up(self, _by):
        return (one := self._any(Redundancy)) and (lambda: actions.give_up(one, reason="不裁了。", by=self.town.firm_chair))

    def finish(self, _by):
        return (one := self._any(Redundancy)) and (lambda: actions.finish_redundancy(one, reason="已结束。", by=self.town.firm_chair))

    # ---------- the roster ----------

    def roster(self, by):
        day = today()
        return lambda: duty.plan(self.town.hill, day.year, day.month, by=by)

    def confirm_turn(self, _by):
        turn = self._turn()
        return turn and (lambda: duty.confirm_turns(self.town.hill, [turn], by=turn.user))

    def ask_swap(self, _by):
        turn = self._turn()
        others = [one.user for one in Turn.objects.exclude(user=None).exclude(user=turn.user).select_related("user")[:9]] if turn else []
        to = self.rng.choice(others) if others else None
        return to and (lambda: duty.ask_swap(turn, to, why="有事。", by=turn.user))

    def answer_swap(self, _by):
        one, agree = Swap.objects.filter(state="ASKED").order_by("-pk").first(), self.rng.random() < 0.5
        return one and (lambda: duty.answer_swap(one, agree=agree, by=one.to))

    def _turn(self) -> Turn | None:
        rows = list(Turn.objects.filter(day__gte=today()).exclude(user=None).select_related("user").order_by("day", "pk")[:12])
        return self.rng.choice(rows) if rows else None

    def _any(self, model: Any) -> Any:
        rows = list(model.objects.order_by("-pk")[:3])
        return self.rng.choice(rows) if rows else None


MORE = [
    "draft_letter", "draft_letter", "sign_letter", "return_letter", "lead", "take_up", "take_up", "decline", "charge", "charge", "inquire", "demand", "sign_case",
    "give_back", "serve", "correct_case", "plan_layoff", "hear_staff", "reply", "give_up", "finish", "roster", "confirm_turn", "ask_swap", "answer_swap",
]  # fmt: skip


def numbers_have_no_gap(papers: Any) -> None:
    """The papers of a kind and year are numbered from one on, void ones too; a letter that waits has none."""
    found: dict[tuple[str, int], list[int]] = {}
    for kind, year, n in papers.order_by("kind", "year", "number").values_list("kind", "year", "number"):
        found.setdefault((kind, year), []).append(n)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in found.values()), found
    assert not Missive.objects.filter(sent_on=None, paper__isnull=False).exists()
    assert not Missive.objects.filter(void=False, sent_on__isnull=False, paper__void_at__isnull=False).exists()
