"""Events that were reported upward: 730 in the window, others before and after it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np

from niangjia.kit.dates import at
from niangjia.kit.spans import Span
from niangjia.rights.parameters import REPORT
from niangjia.rights.queries import thresholds
from niangjia.rights.rules import Matter, gravest, reasons
from niangjia.scenario import targets
from niangjia.scenario.firms import Firm
from niangjia.scenario.spread import Floats, dice, drawn_days, exact, picked, season
from niangjia.scenario.staff import Staff
from niangjia.scenario.story import Story
from niangjia.scenario.targets import BEGIN, REVIEW, WINDOW
from niangjia.scenario.tree import Tree, Union

RUNGS = {"BLUE": 2, "YELLOW": 1, "ORANGE": 1, "RED": 1}  # how far up each severity is told
TELLS = {
    "E01": "企业停产，职工担心工资和补偿没有着落。", "E02": "企业被责令停业整顿，停产期间待遇未明确。", "E03": "企业被兼并，职工对劳动关系承接有意见。",
    "E04": "企业搬迁，部分职工不愿随迁，要求经济补偿。", "E05": "企业进入破产程序，职工要求优先清偿工资。", "E06": "企业拖欠工资，职工多次讨要未果。",
    "E07": "企业分批裁员，事前未向工会说明情况。", "E08": "企业负责人失去联系，工资未结清。", "E09": "企业长期欠缴社会保险费。",
    "E10": "职工工伤后待遇协商不成，工友聚集声援。", "E11": "车间职工停工，要求调整计件单价。", "E12": "职工到镇政府集体反映工资问题。",
    "E13": "平台调整计价和派单规则，送餐员反映收入下降，要求沟通。", "E14": "企业更换食堂承包人引起职工不满。",
}  # fmt: skip
ENDS = (
    "经协调，企业分期付清欠薪。",
    "企业与职工达成协议，补偿款到位。",
    "由属地应急周转金垫付，后续依法追偿。",
    "设备处置款优先支付工资，职工情绪稳定。",
    "企业恢复生产，补签协议。",
)


@dataclass(slots=True)
class Event:
    """An event with its climb and its story."""

    pk: int
    union: Union
    firm: Firm
    type: str
    affected: int
    involved: int
    owed: int  # yuan
    months_owed: float
    behaviour: str
    channel: str
    severity: str
    suggested: str
    occurred: datetime
    known: datetime
    reported: datetime
    story: Story
    rungs: list[tuple[str, int, datetime, datetime | None, datetime | None, int | None, bool]] = field(default_factory=list)
    followups: list[tuple[datetime, int, int, str]] = field(default_factory=list)
    resolution: str = ""
    reference: str = ""

    @property
    def day(self) -> date:
        return self.reported.date()


class Watch:
    """Makes the events of a tree."""

    types, most = targets.EVENT_TYPES, int(targets.AFFECTED * targets.MOST) - 37  # workers affected by one event

    def __init__(self, seed: int, tree: Tree, staff: Staff) -> None:
        self.rng, self.tree, self.staff = dice(seed, "events"), tree, staff
        pairs = [
            (firm, union) for union in tree.unions if union.grassroots for firm in union.covered if firm.category not in {"400", "500"}
        ]
        pairs.sort(key=lambda pair: (pair[0].employees, pair[0].pk))
        self.pairs, self.sizes = pairs, np.array([firm.employees for firm, _ in pairs])
        self.events: list[Event] = []
        self.scale = thresholds(lambda one: one.default, first=True)  # of those years, before gatherings and trades counted

    def all(self) -> list[Event]:
        """Every event, the first report first."""
        rates = targets.EVENTS_BY_YEAR
        first, last = WINDOW
        inside = sum(rates.get(y, 0) * (1 if y < 2015 else 0.5) for y in range(2012, 2016))
        before = round(targets.EVENTS * rates[2011] / inside * 0.97)
        after = round(targets.EVENTS * rates[2015] / inside * 0.235)
        self.span(targets.EVENTS, first, last, total=targets.AFFECTED)
        self.span(before, BEGIN, first - timedelta(days=1))
        self.span(after, last + timedelta(days=1), REVIEW - timedelta(days=1))
        false = round((targets.EVENTS + before + after) * targets.FALSE_REPORTS)
        self.span(false, BEGIN, REVIEW - timedelta(days=3), false=True)
        return self.numbered([])

    def numbered(self, before: list[Event]) -> list[Event]:
        """The events in their order, with the numbers that follow those of the events before."""
        self.events.sort(key=lambda event: (event.reported, event.firm.pk))
        serial = Counter(event.day.year for event in before)
        for pk, event in enumerate(self.events, len(before) + 1):
            year = event.day.year
            serial[year] += 1
            event.pk, event.reference = pk, f"YJ-{year}-{serial[year]:06d}"
        return self.events

    def span(self, count: int, first: date, last: date, *, total: int | None = None, false: bool = False) -> None:
        """So many events in a span of days."""
        types = picked(self.rng, self.types, count)
        drawn, most = self.heads(count), self.most
        affected = exact(self.rng, drawn, total, low=2, high=most) if total else np.clip(drawn, 2, most).astype(np.int64)
        seasons = {
            arrears: season(first, last, targets.ARREARS if arrears else targets.OTHERWISE, targets.EVENTS_BY_YEAR, rest=0.4) for arrears in (True, False)
        }  # fmt: skip
        for kind, many in zip(types, affected.tolist(), strict=True):
            day = date.fromordinal(int(drawn_days(self.rng, 1, *seasons[kind in {"E06", "E08"}])[0]))
            self.events.append(self.event(kind, many, day, false=false))

    def heads(self, count: int) -> Floats:
        """How many workers events affect, in proportion."""
        drawn: Floats = self.rng.lognormal(np.log(targets.AFFECTED_MEDIAN), targets.AFFECTED_SPREAD, count)
        return drawn

    def place(self, many: int, day: date) -> tuple[Firm, Union]:
        """An employer large enough that was covered by a living union on the day."""
        start = int(np.searchsorted(self.sizes, min(many, int(self.sizes[-40]))))
        while True:
            firm, union = self.pairs[int(self.rng.integers(start, len(self.pairs)))]
            if union.founded < day - timedelta(days=20) and (union.closed is None or union.closed > day + timedelta(days=120)):
                return firm, union

    def event(self, kind: str, affected: int, day: date, *, false: bool) -> Event:
        """One event: what was known when, how it climbed, how it ended."""
        rng = self.rng
        firm, union = self.place(affected, day)
        pays = kind in {"E06", "E08", "E01", "E05"}
        months = round(float(rng.gamma(3.1, 0.75)), 1) if pays else 0.0
        owed = round(affected * months * float(rng.normal(2_870, 390)) * 0.86) if pays else 0
        behaviour = picked(
            rng, (("NONE", 0.63), ("PETITION", 0.17), ("STOPWORK", 0.1), ("GATHERING", 0.085), ("BLOCKING", 0.011), ("EXTREME", 0.004)), 1
        )[0]
        channel = picked(
            rng,
            (("PATROL", 34), ("HOTLINE", 14), ("PETITION", 11), ("INTERNET", 5), ("EMPLOYER", 9), ("DEPARTMENT", 13), ("WORKER", 14)),
            1,
        )[0]
        reported = at(day, 8 + int(rng.integers(0, 11)), int(rng.integers(0, 60)))
        known = reported - timedelta(minutes=int(rng.integers(4, 220)))
        involved = int(affected * float(rng.random()) * 0.7)
        severity = hint = gravest(
            reasons(Matter(affected, involved, behaviour, Decimal(max(owed, 0)), Decimal(str(min(months, 14.0)))), self.scale)
        )
        if rng.random() < 0.08:
            severity = {"RED": "ORANGE", "ORANGE": "YELLOW", "YELLOW": "ORANGE", "BLUE": "YELLOW"}[hint]
        officer = self.staff.officer(union)
        event = Event(
            0, union, firm, kind, affected, involved, max(owed, 0), min(months, 14.0), behaviour, channel, severity, hint,
            known - timedelta(hours=int(rng.integers(1, 60))), known, reported, Story("REPORTED", reported, officer),
        )  # fmt: skip
        self.live(event, officer, false=false)
        self.climb(event, 2 if false else RUNGS[severity])
        return event

    def live(self, event: Event, officer: int, *, false: bool) -> None:
        """The story to its end."""
        rng, story = self.rng, event.story
        moment = event.reported + timedelta(minutes=int(rng.integers(12, 300)))
        if false:
            story.then("dismiss", "FALSE", moment, officer, "到现场核实，情况不属实。")
            return
        moment = story.then("confirm", "CONFIRMED", moment, officer)
        moment = story.then("handle", "HANDLING", moment + timedelta(minutes=int(rng.integers(10, 400))), officer)
        days = float(rng.gamma(1.7, 7.5)) + (4 if event.severity == "RED" else 0.3)
        if rng.random() < targets.REFERRED:
            story.then("refer", "REFERRED", moment + timedelta(days=days), officer, "移交人力社保部门依法处理。")
            return
        if rng.random() < 0.44:
            moment = story.then("calm", "STABLE", moment + timedelta(days=days * 0.3), officer, "职工情绪稳定，已选出代表参加协商。")
        for step in range(int(rng.integers(0, 4)) if event.severity in {"RED", "ORANGE"} else int(rng.integers(0, 2))):
            when = event.reported + timedelta(days=days * (step + 1) / 5, minutes=int(rng.integers(0, 200)))
            event.followups.append(
                (when, event.affected, event.involved, "现场平稳，协商继续进行。" if step else "已约谈企业负责人，核实花名册。")
            )
        event.resolution = ENDS[int(rng.integers(len(ENDS)))]
        moment = story.then("settle", "SETTLED", moment + timedelta(days=days), officer)
        moment = story.then("close", "CLOSED", moment + timedelta(days=float(rng.gamma(2, 1.6)) + 0.4), officer)
        if rng.random() < 0.37:
            story.then("visit", "VISITED", moment + timedelta(days=float(rng.gamma(3, 9)) + 5), officer, "回访职工，协议已履行。")

    def climb(self, event: Event, top: int) -> None:
        """From the grassroots up: when it arrived at each level, by when it had to leave, when it did."""
        above = [(4, event.union.pk), (3, event.union.township), (2, event.union.county), (1, 1)]
        path = [(rung, pk) for rung, pk in above if pk is not None and rung >= top]
        arrived, by = event.known, None
        for i, (rung, pk) in enumerate(path):
            last = i == len(path) - 1
            cell = REPORT.cells.get((event.severity, str(rung)))
            span = cell.default if cell and isinstance(cell.default, Span) else None
            due = span.after(arrived) if span and not last else None
            late = self.rng.random() < 0.06
            left = None if due is None else arrived + (due - arrived) * (1.0 if late else 0.08 + 0.8 * float(self.rng.random()))
            if rung == 4 and left is not None:
                left, late = event.reported, False
                due = max(due, left) if due else None
            event.rungs.append((str(rung), pk, arrived, due, left, by, late and left is not None))
            by = None if late else self.staff.officer(self.tree.by_pk[pk])
            arrived = left or arrived


def happened(seed: int, tree: Tree, staff: Staff) -> list[Event]:
    """All events of a tree."""
    return Watch(seed, tree, staff).all()
