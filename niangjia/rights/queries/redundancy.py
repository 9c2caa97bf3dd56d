"""Reading redundancies: the list, what the rule says of a case, the employers for whom a union hears the staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from niangjia.access.models import User
from niangjia.kit.answer import Asking, asking
from niangjia.kit.who import permitted
from niangjia.rights.enums import May
from niangjia.rights.lists import cases_named, late_ones
from niangjia.rights.models import Redundancy
from niangjia.rights.parameters import EXPLAIN, LAYOFF_PEOPLE, LAYOFF_SHARE, TOGETHER_WITHIN
from niangjia.rights.permissions import RIGHTS
from niangjia.rights.queries.events import covers
from niangjia.rights.redundant import RedundancyKind, RedundancyState, Verdict
from niangjia.rights.rules.redundancy import Bounds, Finding, Plan, close_by, look, unpacked
from niangjia.unions.models import Employer, Union

S = RedundancyState
GOING = (S.NOTIFIED, S.HEARD, S.REPLIED, S.ANSWERED, S.REPORTED)
LIVE = (*(str(one.value) for one in GOING), str(S.CARRIED.value))
KIND = "rights.redundancy"
PRIORITIES = ("keeps_long", "keeps_open", "keeps_sole")  # who stays first (art. 41, second paragraph)
PROTECTED = ("exposed", "injured", "sick", "mothers", "near")  # who must not be dismissed (art. 42)


@dataclass(frozen=True)
class RedundancyAsk:
    """What the list is narrowed by."""

    q: str = ""
    view: str = ""
    state: str = ""
    kind: str = ""
    kept: str = ""
    county: str = ""
    since: date | None = None
    until: date | None = None


def redundancies(user: Any, ask: RedundancyAsk) -> QuerySet[Redundancy]:
    """The cases that a person may see, narrowed."""
    rows: QuerySet[Redundancy] = cases_named(
        permitted(user, May.SEE_REDUNDANCY, Redundancy.objects.select_related("union", "county", "employer")), ask.q
    )
    for name, value in (("state", ask.state), ("kind", ask.kind), ("kept", ask.kept), ("county__code", ask.county)):
        if value:
            rows = rows.filter(**{name: value})
    if ask.since:
        rows = rows.filter(explained_on__gte=ask.since)
    if ask.until:
        rows = rows.filter(explained_on__lte=ask.until)
    if ask.view == "open":
        rows = rows.filter(state__in=LIVE)
    elif ask.view == "late":
        rows = late_ones(rows, KIND)
    elif ask.view == "reply":
        rows = rows.filter(state__in=[S.NOTIFIED, S.HEARD])
    elif ask.view == "large":
        rows = rows.filter(reached=True)
    return rows


def bounds(ask: Asking) -> Bounds:
    """The thresholds that hold on a day at a place."""
    return Bounds(ask(LAYOFF_PEOPLE), ask(LAYOFF_SHARE), ask(EXPLAIN).length().days)


def protected_of(case: Redundancy) -> int | None:
    """How many on the list art. 42 protects; None as long as one of its groups has not been looked at."""
    counts = [getattr(case, name) for name in PROTECTED]
    return None if None in counts else sum(counts)


def beside(case: Redundancy) -> list[Redundancy]:
    """Other layoffs of the same employer that are counted with a case: explained close by, and not given up."""
    if case.kind != RedundancyKind.LAYOFF:
        return []
    days = asking(case, case.explained_on)(TOGETHER_WITHIN).length().days
    rows = Redundancy.objects.filter(employer_id=case.employer_id, kind=case.kind).exclude(pk=case.pk).exclude(state=S.WITHDRAWN)
    span = timedelta(days=days)
    near = rows.filter(explained_on__range=(case.explained_on - span, case.explained_on + span)).order_by("explained_on", "pk")
    return [one for one in near if close_by(one.explained_on, case.explained_on, days)]


def others(case: Redundancy) -> int:
    """How many go by those others: who went, or who are planned to."""
    return sum(one.dismissed or one.planned for one in beside(case))


def plan_of(case: Redundancy, hearings: int) -> Plan:
    """What the rule reads of a case; where more went than were planned, those who went."""
    return Plan(
        case.kind, case.ground, max(case.planned, case.dismissed or 0), case.staff, case.explained_on, case.planned_on, hearings, case.replied_on,
        objects=case.verdict in (Verdict.PROPOSES, Verdict.CORRECT), answered_on=case.answered_on, reported_on=case.reported_on, carried_on=case.carried_on,
        protected=protected_of(case), grown_on=case.grown_on, beside=others(case),
        unsaid=tuple(name for name in PRIORITIES if not getattr(case, name)),
    )  # fmt: skip


def judged_by_rule(case: Redundancy, hearings: int) -> tuple[list[Finding], Asking]:
    """What the rule finds, by what held on the day of the explanation; and what was asked for it."""
    ask = asking(case, case.explained_on)
    return look(plan_of(case, hearings), bounds(ask)), ask


def found_of(case: Redundancy, hearings: int) -> list[Finding]:
    """What the rule finds now; of what was carried out, what it found then."""
    return unpacked(case.trace["found"]) if case.kept else judged_by_rule(case, hearings)[0]


def employers_of_union(union: Union) -> list[Employer]:
    """The employers that a union of the grassroots covers."""
    if union.level <= 3:
        return []
    return list(Employer.objects.filter(Q(pk=union.employer_id) | Q(covers__union=union, covers__until=None)).distinct().order_by("pk")[:2])


def office_above(case: Redundancy, user: User) -> Union | None:
    """From which union of a township, county or city she looks at a case: the nearest one."""
    seats = [seat for seat in user.seats if seat.duty in RIGHTS and seat.level <= 3 and covers(seat, case.union)]
    return max(seats, key=lambda seat: seat.level).union if seats else None
