"""What we asked the grass roots in a quarter: requests, fields, unions, and what of it the house held already; by asking office, with quarters before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from niangjia.access.models import User
from niangjia.asked import rules
from niangjia.asked.enums import May, State, Verdict
from niangjia.asked.models import Addressed, Field, Request
from niangjia.kit.dates import today
from niangjia.kit.who import permitted

BEFORE = 7  # quarters beside the one that is asked for
Quarter = tuple[int, int]


@dataclass
class Burden:
    """What some requests come to."""

    requests: int = 0
    asked: int = 0
    times: int = 0
    held: int = 0
    reused: int = 0
    contested: int = 0

    @property
    def spared(self) -> int | None:
        """How many of the fields that were wanted had not to be typed, in percent."""
        wanted = self.asked + self.held
        return round(100 * (self.held + self.reused) / wanted) if wanted else None

    def add(self, one: Line) -> None:
        """One request more."""
        self.requests += 1
        self.asked += one.asked
        self.times += one.asked * one.unions
        self.held += one.held
        self.reused += one.reused
        self.contested += one.contested


@dataclass(frozen=True)
class Line:
    """A request with its counts; its unions are those that the reader sees."""

    request: Request
    unions: int
    asked: int
    held: int
    reused: int
    contested: int


@dataclass
class Quarterly:
    """The page: one quarter in full, and what those before it come to."""

    quarter: Quarter
    lines: list[Line] = field(default_factory=list)
    whole: Burden = field(default_factory=Burden)
    by_office: dict[tuple[Any, str], Burden] = field(default_factory=dict)
    course: dict[Quarter, Burden] = field(default_factory=dict)
    contested: list[Field] = field(default_factory=list)


def parsed(said: str) -> Quarter:
    """The quarter that an address asks for, as 2026Q3; else the present one, and never one that lies ahead."""
    year, mark, number = said.partition("Q")
    now = rules.quarter(today())
    if not mark or not (year.isdecimal() and len(year) == 4) or number not in ("1", "2", "3", "4") or int(year) < 2000:
        return now
    return min((int(year), int(number)), now)


def _unions(user: User, rows: Iterable[Request]) -> dict[int, int]:
    """How many unions under the reader's eyes each request went out to: for what her own house asked it stands on the request."""
    tops = {seat.union_id for seat in user.seats}
    whole = any(seat.level == 1 for seat in user.seats)
    apart = [one.pk for one in rows if not whole and not tops & {one.union_id, one.township_id, one.county_id}]
    seen = (
        permitted(user, May.SEE_ANSWER, Addressed.objects.filter(request__in=apart)).order_by().values("request_id").annotate(n=Count("pk"))
    )
    counted = dict(seen.values_list("request_id", "n")) if apart else {}
    return {one.pk: counted.get(one.pk, 0) if one.pk in apart else one.reach for one in rows}


def burden(user: User, quarter: Quarter) -> Quarterly:
    """What was asked in a quarter and in those before it: four questions, whatever was asked."""
    first, after = rules.first_day(*rules.back(quarter, BEFORE)), rules.first_day(*rules.back(quarter, -1))
    verdicts = {f"{one.lower()}_n": Count("fields", filter=Q(fields__verdict=one)) for one in Verdict}
    rows = list(
        permitted(user, May.SEE).filter(issued_on__gte=first, issued_on__lt=after).exclude(state=State.WITHDRAWN).select_related("union")
        .annotate(**verdicts).order_by("-issued_on", "-pk")
    )  # fmt: skip
    unions, page = _unions(user, rows), Quarterly(quarter)
    page.course = {rules.back(quarter, n): Burden() for n in range(BEFORE + 1)}
    for one in rows:
        line = Line(one, unions[one.pk], one.asked_n + one.reused_n + one.contested_n, one.held_n, one.reused_n, one.contested_n)
        at = rules.quarter(one.issued_on)
        page.course[at].add(line)
        if at == quarter:
            page.lines.append(line)
            page.whole.add(line)
            page.by_office.setdefault((one.union, one.get_office_display()), Burden()).add(line)
    those = [one.request.pk for one in page.lines if one.contested]
    page.contested = list(
        Field.objects.filter(request__in=those, verdict=Verdict.CONTESTED).select_related("request__union").order_by("request", "position")
    )
    return page
