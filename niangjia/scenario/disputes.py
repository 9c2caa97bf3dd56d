"""Disputes that unions mediated: firms, workers and receipts are rows; sums are dealt so that the published ones come out."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np

from niangjia.kit.dates import at, day_of
from niangjia.scenario import targets
from niangjia.scenario.events import Event
from niangjia.scenario.firms import Firm
from niangjia.scenario.sitting import last_workday
from niangjia.scenario.spread import Floats, dice, drawn_days, exact, picked, season
from niangjia.scenario.staff import Staff
from niangjia.scenario.story import Story
from niangjia.scenario.targets import BEGIN, REVIEW, WINDOW
from niangjia.scenario.tree import Tree, Union

MEDIAN = {"012": 6_300, "01": 5_100, "031": 11_800, "051": 26_000, "011": 3_900, "032": 15_500, "03": 8_400, "05": 5_700, "052": 7_900}
TELLS = {
    "01": "对计件单价和工资构成有争议。", "011": "要求补发休息日加班工资。", "012": "单位拖欠工资，要求一次性支付。", "02": "未签劳动合同，要求确认劳动关系。",
    "03": "对解除劳动合同有异议。", "031": "合同终止，要求支付经济补偿。", "032": "认为单位违法解除，要求赔偿金。", "04": "调岗后工资降低，双方协商不成。",
    "05": "要求补缴社会保险。", "051": "工伤后一次性伤残补助金未付。", "052": "养老保险断缴，要求补缴。", "053": "医疗费因断保不能报销。",
}  # fmt: skip
PLACES = ("镇（街道）总工会调解室", "企业会议室", "县区总工会职工服务中心", "村（社区）便民服务中心", "劳动争议联合调解窗口")


@dataclass(slots=True)
class Dispute:
    """A dispute with its parties, money and story. Money is in fen."""

    pk: int
    union: Union  # of the firm
    handler: Union
    firms: list[Firm]
    workers: int
    cause: str
    applied: date
    story: Story
    accepted: date | None = None
    end: str = ""  # the outcome
    written: bool = True
    extended: date | None = None
    each: list[int] = field(default_factory=list)  # what each worker claims
    agreed: int | None = None
    agreed_on: date | None = None
    pay_by: date | None = None
    share: float = 0.0
    receipts: list[tuple[date, float, int]] = field(default_factory=list)  # day, part of the sum, fen
    sessions: list[tuple[datetime, str]] = field(default_factory=list)
    event: int | None = None
    mediator: int | None = None
    reference: str = ""

    @property
    def claimed(self) -> int:
        return sum(self.each)

    def priced(self, factor: float, *, cents: bool) -> None:
        """What is claimed, times a factor; what was agreed and paid follows from it."""
        unit = 1 if cents else 100
        self.each = [max(round(sum_ * factor / unit), 1) * unit for sum_ in self.each]
        due = min(round(self.claimed * self.share / unit) * unit, self.claimed)
        self.agreed = due if self.agreed_on else None
        paid = [max(round(due * part / unit), 1) * unit for _, part, _ in self.receipts]
        if paid and any(step.verb == "perform" for step in self.story.steps):
            paid[-1] = max(due - sum(paid[:-1]), unit)
        self.receipts = [(day, part, sum_) for (day, part, _), sum_ in zip(self.receipts, paid, strict=True)]


class Table:
    """Makes the disputes of a tree."""

    most = int(targets.CLAIMANTS * targets.MOST) - 61  # workers in one dispute

    def __init__(self, seed: int, tree: Tree, staff: Staff, events: list[Event]) -> None:
        self.rng, self.tree, self.staff = dice(seed, "disputes"), tree, staff
        self.pairs = [(firm, union) for union in tree.unions if union.grassroots for firm in union.covered if firm.employees > 1]
        weights = np.array([firm.employees**0.62 * (0.35 if firm.category in {"400", "500"} else 1.0) for firm, _ in self.pairs])
        self.running = np.cumsum(weights) / weights.sum()
        self.largest = np.argsort([firm.employees for firm, _ in self.pairs], kind="stable")
        self.ranked = np.array([self.pairs[i][0].employees for i in self.largest])
        self.events: dict[int, list[Event]] = {}
        for event in events:
            if event.story.steps[-1].now != "FALSE":
                self.events.setdefault(event.firm.pk, []).append(event)
        self.disputes: list[Dispute] = []

    def all(self) -> list[Dispute]:
        """Every dispute, the first application first."""
        rates = targets.DISPUTES_BY_YEAR
        first, last = WINDOW
        inside = sum(rates.get(y, 0) * (1 if y < 2015 else 0.5) for y in range(2012, 2016))
        before = round(targets.DISPUTES * rates[2011] / inside * 0.98)
        after = round(targets.DISPUTES * rates[2015] / inside * 0.268)
        self.span(targets.DISPUTES, first, last, workers=targets.CLAIMANTS, respondents=targets.RESPONDENTS)
        self.span(before, BEGIN + timedelta(days=4), first - timedelta(days=1))
        self.span(after, last + timedelta(days=1), REVIEW - timedelta(days=1))
        self.span(
            round((targets.DISPUTES + before + after) * targets.REFUSED),
            BEGIN + timedelta(days=4),
            REVIEW - timedelta(days=9),
            refused=True,
        )
        self.order()
        self.deal()
        return self.numbered([])

    def order(self) -> None:
        """The first application first."""
        self.disputes.sort(key=lambda one: (one.applied, one.union.pk, one.workers))

    def numbered(self, before: list[Dispute]) -> list[Dispute]:
        """The disputes with the numbers that follow those of the disputes before."""
        serial = Counter(one.applied.year for one in before)
        for pk, one in enumerate(self.disputes, len(before) + 1):
            serial[one.applied.year] += 1
            one.pk, one.reference = pk, f"TJ-{one.applied.year}-{serial[one.applied.year]:06d}"
        return self.disputes

    def span(self, count: int, first: date, last: date, *, workers: int = 0, respondents: int = 0, refused: bool = False) -> None:
        """So many disputes that were accepted (or refused) in a span of days."""
        rng = self.rng
        drawn, most = self.heads(count), self.most
        many = exact(rng, np.minimum(drawn, most), workers, high=most) if workers else np.minimum(drawn, most).astype(np.int64)
        extra = (
            np.bincount(rng.integers(count, size=respondents - count), minlength=count) if respondents else np.zeros(count, dtype=np.int64)
        )
        causes = picked(rng, targets.CAUSES, count)
        seasons = {
            pay: season(first, last, targets.ARREARS if pay else targets.OTHERWISE, targets.DISPUTES_BY_YEAR, rest=0.07)
            for pay in (True, False)
        }
        for kind, people, more in zip(causes, many.tolist(), extra.tolist(), strict=True):
            day = date.fromordinal(int(drawn_days(rng, 1, *seasons[kind in {"012", "01"}])[0]))
            firm, union = self.place(people, day)
            firms = [firm]
            while len(firms) < 1 + more:
                other = self.pairs[int(rng.integers(len(self.pairs)))][0]
                if other not in firms:
                    firms.append(other)
            self.disputes.append(self.dispute(kind, people, day, firms, union, refused=refused))

    def heads(self, count: int) -> Floats:
        """How many workers claim together: one, or a group."""
        alone = self.rng.random(count) < 0.49
        return np.where(alone, 1.0, np.ceil(self.rng.lognormal(np.log(4.65), targets.CLAIMANTS_SPREAD, count)) + 1)

    def place(self, people: int, day: date) -> tuple[Firm, Union]:
        """A firm with enough people, covered by a living union on the day."""
        while True:
            if people > 40:
                start = int(np.searchsorted(self.ranked, min(people, int(self.ranked[-60]))))
                firm, union = self.pairs[int(self.largest[int(self.rng.integers(start, len(self.pairs)))])]
            else:
                firm, union = self.pairs[min(int(np.searchsorted(self.running, self.rng.random())), len(self.pairs) - 1)]
            large = firm.employees >= people or people > int(self.ranked[-60])
            if large and union.founded < day - timedelta(days=10) and (union.closed is None or union.closed > day + timedelta(days=200)):
                return firm, union

    def handler(self, union: Union, people: int) -> Union:
        """Who mediates: the federation of the township or county, the union itself, or the city."""
        table = (
            targets.HANDLERS
            if people < 30
            else tuple((who, weight * {"own": 0.2, "city": 2.5}.get(who, 1)) for who, weight in targets.HANDLERS)
        )
        said = picked(self.rng, table, 1)[0]
        pk = {"township": union.township or union.county, "county": union.county, "own": union.pk, "city": 1}[said] or 1
        found = self.tree.by_pk[pk]
        return found if found.closed is None else self.tree.by_pk[found.successor or 1]

    def dispute(self, cause: str, people: int, day: date, firms: list[Firm], union: Union, *, refused: bool) -> Dispute:
        """One dispute: applied for, accepted or refused, mediated, agreed, paid, closed."""
        rng = self.rng
        handler = self.handler(union, people)
        officer = self.staff.officer(handler)
        waited = int(rng.integers(0, 4))
        applied = day - timedelta(days=waited)
        one = Dispute(
            0,
            union,
            handler,
            firms,
            people,
            cause,
            applied,
            Story("APPLIED", self.hour(applied), officer),
            written=bool(rng.random() < 0.61),
        )
        one.mediator = officer
        one.each = np.maximum(rng.lognormal(np.log(MEDIAN.get(cause, 5_200)), 0.71, people) * 100, 15_000).astype(np.int64).tolist()
        if refused:
            one.story.then("refuse", "REFUSED", self.hour(day), officer, "不属于劳动争议，已告知其他途径。")
            return one
        accepted = one.story.then("accept", "MEDIATING", self.hour(day), officer)
        one.accepted, one.end = day, picked(rng, targets.ENDS, 1)[0]
        one.event = next((e.pk for e in self.events.get(firms[0].pk, ()) if abs((e.day - day).days) < 45), None)
        lasts = int(min(1 + rng.gamma(2.1, 3.2), 14))
        if rng.random() < 0.06:
            one.extended, lasts = day + timedelta(days=30), int(rng.integers(16, 29))
        for i in range(1 + (rng.random() < 0.34)):
            when = at(
                last_workday(day + timedelta(days=max(lasts - 3 * i, 1)), day),
                9 + int(rng.integers(0, 7)),
                int(rng.choice([0, 15, 30, 40])),
            )
            one.sessions.append((when, PLACES[int(rng.integers(len(PLACES)))]))
        one.sessions.sort()
        moment = max(self.hour(day + timedelta(days=lasts)), accepted + timedelta(hours=1))
        self.finish(one, moment, officer)
        return one

    def hour(self, day: date) -> datetime:
        """A moment of a working day."""
        return at(day, 8 + int(self.rng.integers(0, 9)), int(self.rng.integers(0, 60)))

    def finish(self, one: Dispute, moment: datetime, officer: int) -> None:
        """How it ended."""
        rng, story = self.rng, one.story
        if one.end == "01":  # between the parties, and mostly paid at once; no agreement was signed at the union
            one.share = float(np.clip(rng.normal(0.78, 0.12), 0.3, 1.0))
            if rng.random() < 0.83:
                one.receipts.append((day_of(moment), 1.0, 0))
            story.then("end", "CLOSED", moment, officer, "双方自行和解，申请人不再要求调解。")
            return
        if one.end == "04":
            story.then("withdraw", "WITHDRAWN", moment, officer, "申请人与单位自行协商，撤回申请。")
            return
        if one.end != "02":
            story.then("end", "CLOSED", moment, officer, "双方意见不一，告知仲裁途径。")
            return
        one.share = float(np.clip(rng.normal(0.84, 0.11), 0.35, 1.0))
        moment = story.then("agree", "AGREED", moment, officer)
        one.agreed_on = day_of(moment)
        wait = int(min(rng.gamma(1.3, 13), 95))
        one.pay_by = one.agreed_on + timedelta(days=max(wait, 1))
        parts = int(rng.choice([1, 2, 3], p=[0.74, 0.19, 0.07]))
        cuts = np.sort(rng.integers(0, max(wait, 1) + 1 + (9 if rng.random() < 0.1 else 0), size=parts))
        for days, part in zip(cuts.tolist(), rng.dirichlet(np.full(parts, 4.0)).tolist(), strict=True):
            one.receipts.append((one.agreed_on + timedelta(days=int(days)), part, 0))
        if rng.random() < 0.027:  # agreed, and not all of it was paid
            one.receipts = one.receipts[: parts // 2]
            one.end = picked(rng, (("05", 0.6), ("06", 0.25), ("07", 0.15)), 1)[0]
            moment = max(moment, self.hour(one.pay_by + timedelta(days=12)))
            story.then("end", "CLOSED", moment, officer, "单位未全部履行，协助申请支付令。")
            return
        moment = story.then("perform", "PERFORMED", max(moment + timedelta(minutes=20), self.hour(one.receipts[-1][0])), officer)
        story.then("close", "CLOSED", moment + timedelta(days=float(rng.gamma(1.6, 2.5)) + 0.2), officer)

    def deal(self) -> None:
        """Scale the money so that what was received within the window comes to the published sum, of which no payment makes more than a
        fiftieth; whole yuan mostly, as on slips.
        """
        first, last = WINDOW

        def within() -> float:
            return math.fsum(
                part * one.share * one.claimed for one in self.disputes for day, part, _ in one.receipts if first <= day <= last
            )

        limit = 0.85 * float(targets.MOST) * within()
        for one in self.disputes:
            largest = max((part for _, part, _ in one.receipts), default=0.0) * one.share * one.claimed
            if largest > limit:
                less = limit / largest * float(self.rng.uniform(0.7, 1))
                one.each = [max(int(sum_ * less), 1) for sum_ in one.each]
        raw = within()
        low, high = (int(bound * 100) for bound in targets.RECOVERED)
        factor = (low + (high - low) * (0.34 + 0.32 * float(self.rng.random()))) / raw
        odd = self.rng.random(len(self.disputes)) < 0.23
        for one, cents in zip(self.disputes, odd.tolist(), strict=True):
            one.priced(factor, cents=cents)


def mediated(seed: int, tree: Tree, staff: Staff, events: list[Event]) -> list[Dispute]:
    """All disputes of a tree."""
    return Table(seed, tree, staff, events).all()
