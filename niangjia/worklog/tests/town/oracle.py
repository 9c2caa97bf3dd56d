"""The same figures found the slow way, in plain Python from the models: the word against which the books are held."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from niangjia.worklog.tests.town.models import Attendance, Dispute, Membership, Opening, Parentage, Payment, Respondent

CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Fact:
    """A row that counts: on its day, or for as long as it lasts."""

    source: int
    union: int
    first: date
    after: date | None  # None: a flow; date.max: still going on
    subject: int | None
    by: tuple
    said: tuple


def facts() -> dict[str, list[Fact]]:
    flow, out = None, defaultdict(list)
    for m in Membership.objects.all():
        if m.left_on is None or m.joined_on < m.left_on:
            out["members.membership"].append(
                Fact(m.pk, m.union_id, m.joined_on, m.left_on or date.max, m.person_id, (m.sex, m.kind), (("people", 1),))
            )
    for d in Dispute.objects.all():
        if d.accepted_on and d.status != "WITHDRAWN":
            said = (("cases", 1), ("people", d.worker_count), ("units", d.respondent_count), ("yuan", d.recovered))
            out["rights.disputes"].append(Fact(d.pk, d.handled_by_id, d.accepted_on, flow, None, (d.cause, d.outcome), said))
    for r in Respondent.objects.select_related("dispute"):
        d = r.dispute
        if d.accepted_on and d.status != "WITHDRAWN":
            out["rights.respondents"].append(Fact(r.pk, d.handled_by_id, d.accepted_on, flow, r.employer, (d.cause,), (("times", 1),)))
    for a in Attendance.objects.select_related("session__course"):
        s = a.session
        if s.finished:
            out["growth.training"].append(Fact(a.pk, s.union_id, s.held_on, flow, a.person_id, (s.course.kind,), (("times", 1),)))
    for p in Payment.objects.all():
        if p.state == "PAID" and p.amount > 0:
            said = (("lines", 1), ("yuan", p.amount), ("net", p.amount * 97 / 100))
            out["finance.payments"].append(Fact(p.pk, p.union_id, p.paid_at.astimezone(CHINA).date(), flow, None, (), said))
    for o in Opening.objects.select_related("station"):
        if o.closed_on is None or o.opened_on < o.closed_on:
            out["care.stations"].append(
                Fact(o.pk, o.station.union_id, o.opened_on, o.closed_on or date.max, o.station_id, (), (("openings", 1),))
            )
    return out


class Tree:
    """Who stands above whom on a day."""

    def __init__(self) -> None:
        self.rows = defaultdict(list)
        for p in Parentage.objects.order_by("since"):
            self.rows[p.union_id].append((p.since, p.parent_id))

    def above(self, union: int, day: date) -> set[int]:
        out = set()
        at: int | None = union
        while at is not None and at in self.rows:
            out.add(at)
            rows = self.rows[at]
            at = next((parent for since, parent in reversed(rows) if since <= day), rows[0][1])
        if at is not None:
            out.add(at)
        return out if union in self.rows else set()


def value(facts: list[Fact], tree: Tree, today: date, *, measure, period, union, only, by, names, which) -> dict[tuple, Decimal]:
    """One figure for one union, told apart by some breakdowns."""
    total: dict = defaultdict(lambda: defaultdict(Decimal))
    for f in facts:
        stock = f.after is not None
        counts = f.first <= period.last < f.after if stock else (period.first or date.min) <= f.first < period.after
        day = today if which == "today" else (period.last if stock else f.first) if which == "then" else which
        if not counts or any(f.by[names.index(k)] != v for k, v in only.items()) or union not in tree.above(f.union, day):
            continue
        key = tuple(f.by[names.index(k)] for k in by)
        if measure == "distinct":
            if f.subject is not None:
                total[key][f.subject] = Decimal(1)
        else:
            total[key][f.source] += dict(f.said)[measure]
    return {key: sum(each.values()) for key, each in total.items() if sum(each.values())}


def sources(facts: list[Fact], tree: Tree, today: date, **asked) -> set[int]:
    asked = asked | {"by": (), "measure": "n"}
    return {
        f.source for f in facts if value([Fact(f.source, f.union, f.first, f.after, f.subject, f.by, (("n", 1),))], tree, today, **asked)
    }
