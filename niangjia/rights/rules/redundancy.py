"""Judgement on redundancies: whether it is a layoff by art. 41, whether its thirty days are kept, what is missing. Values in, findings out.

Labour Contract Law (2012): art. 41 (thresholds, grounds, explanation thirty days before, opinions, report to the labour bureau, who stays first),
art. 42 (who must not be dismissed), art. 43 (the reason to the union first, a correction may be demanded, the result in writing); Trade Union Law
(2021), art. 22 (the same for one worker). The law does not say how plans that follow each other are counted, nor what a plan that grows does to
the thirty days: that plans of one employer within some days are added together, and that more people begin the days anew, is custom, configurable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

VERSION = 2  # raised when a rule of this module changes, so that a stored judgement says by which it was found
Fact = date | Decimal | int | str
Facts = Mapping[str, Fact]
LAYOFF, SINGLE = "LAYOFF", "SINGLE"
GROUNDS = {LAYOFF: ("REORG", "TROUBLE", "CHANGE", "CIRCUMST"), SINGLE: ("FAULT", "NOTICE")}
ARTICLES = {
    "REORG": "LCL 41(1)", "TROUBLE": "LCL 41(2)", "CHANGE": "LCL 41(3)", "CIRCUMST": "LCL 41(4)", "FAULT": "LCL 39", "NOTICE": "LCL 40",
}  # fmt: skip


@dataclass(frozen=True)
class Bounds:
    """From how many people on, or from which share of the staff, it is a layoff; and how many days before it is explained."""

    people: int
    share: Decimal
    days: int


@dataclass(frozen=True)
class Plan:
    """What is planned and what has been done so far."""

    kind: str
    ground: str
    planned: int
    staff: int
    explained_on: date
    planned_on: date
    hearings: int = 0
    replied_on: date | None = None
    objects: bool = False  # the union has proposals, or demands a correction
    answered_on: date | None = None
    reported_on: date | None = None
    carried_on: date | None = None
    protected: int | None = None  # on the list, though art. 42 protects them; None where nobody has looked
    grown_on: date | None = None  # when the employer explained that more are to go: the days begin anew
    beside: int = 0  # to go by other plans of the same employer, close by
    unsaid: Sequence[str] = ()  # who stays first by law and does not in the plan


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: kept, not kept, or (None) a person must look or it is not yet time."""

    code: str
    good: bool | None
    facts: Facts = field(default_factory=dict)
    articles: tuple[str, ...] = ()


def reached(planned: int, staff: int, by: Bounds) -> bool:
    """Whether it is a layoff by art. 41: so many people, or fewer who are such a share of the staff.

    >>> by = Bounds(20, Decimal("0.10"), 30)
    >>> [reached(*case, by) for case in ((20, 5000), (19, 191), (19, 190), (1, 10), (1, 11))]
    [True, False, True, True, False]
    """
    return planned >= by.people or (staff > 0 and planned >= staff * by.share)


def since(plan: Plan) -> date:
    """The day from which the days are counted.

    >>> plan = Plan("LAYOFF", "TROUBLE", 25, 400, date(2026, 6, 1), date(2026, 7, 20), grown_on=date(2026, 6, 15))
    >>> since(plan), since(Plan("SINGLE", "NOTICE", 1, 400, date(2026, 6, 1), date(2026, 7, 1)))
    (datetime.date(2026, 6, 15), datetime.date(2026, 6, 1))
    """
    return plan.grown_on or plan.explained_on


def close_by(one: date, other: date, days: int) -> bool:
    """Whether two plans are so close that they are added together.

    >>> [close_by(date(2026, 6, 1), day, 30) for day in (date(2026, 7, 1), date(2026, 7, 2), date(2026, 5, 2))]
    [True, False, True]
    """
    return abs((one - other).days) <= days


def first_day(explained_on: date, by: Bounds) -> date:
    """The first day on which those who were explained about may be laid off.

    >>> first_day(date(2026, 6, 1), Bounds(20, Decimal("0.10"), 30))
    datetime.date(2026, 7, 1)
    """
    return explained_on + timedelta(days=by.days)


def look(plan: Plan, by: Bounds) -> list[Finding]:
    """Everything that the law asks, each with its finding: the trace of the judgement."""
    large = plan.kind == LAYOFF and reached(plan.planned + plan.beside, plan.staff, by)
    found = [_size(plan, by)] if plan.kind == LAYOFF else []
    if plan.kind == LAYOFF and plan.beside:
        found.append(Finding("together", True, {"n": plan.beside, "all": plan.planned + plan.beside}, ("LCL 41/1",)))
    found.append(Finding("ground", plan.ground in GROUNDS[plan.kind], {"ground": plan.ground}, (ARTICLES[plan.ground],)))
    found.append(_days(plan, by) if large else _first(plan))
    found += [_heard(plan, large=large), _replied(plan), *_answered(plan)]
    if large:
        found.append(_reported(plan))
    return found + _people(plan)


def keeps(found: Sequence[Finding]) -> bool:
    """Whether nothing that was looked at is broken."""
    return all(one.good is not False for one in found)


def packed(found: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings as JSON keeps them.

    >>> unpacked(packed([Finding("share", True, {"share": Decimal("0.1"), "on": date(2026, 6, 1), "n": 1}, ("LCL 41/1",))]))[0].facts["on"]
    datetime.date(2026, 6, 1)
    """
    return [
        {
            "code": one.code,
            "good": one.good,
            "facts": {name: _kept(fact) for name, fact in one.facts.items()},
            "articles": list(one.articles),
        }
        for one in found
    ]


def unpacked(kept: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """Findings as they were."""
    return [
        Finding(one["code"], one["good"], {name: _read(fact) for name, fact in one["facts"].items()}, tuple(one["articles"]))
        for one in kept
    ]


def _kept(fact: Fact) -> Any:
    if isinstance(fact, date):
        return {"day": fact.isoformat()}
    return {"number": str(fact)} if isinstance(fact, Decimal) else fact


def _read(kept: Any) -> Fact:
    if not isinstance(kept, dict):
        return kept  # type: ignore[no-any-return]
    return date.fromisoformat(kept["day"]) if "day" in kept else Decimal(kept["number"])


def _missing(plan: Plan) -> bool | None:
    """What is missing is a breach once it was carried out, and before that only not yet done."""
    return None if plan.carried_on is None else False


def _size(plan: Plan, by: Bounds) -> Finding:
    planned = plan.planned + plan.beside
    share = Decimal(planned) / plan.staff if plan.staff else Decimal(0)
    facts: Facts = {"planned": planned, "staff": plan.staff, "share": share, "people": by.people, "least_share": by.share}
    if planned >= by.people:
        return Finding("many", True, facts, ("LCL 41/1",))
    return (
        Finding("share", True, facts, ("LCL 41/1",)) if reached(planned, plan.staff, by) else Finding("below", None, facts, ("LCL 41/1",))
    )


def _days(plan: Plan, by: Bounds) -> Finding:
    day = plan.carried_on or plan.planned_on
    facts: Facts = {
        "n": (day - since(plan)).days,
        "days": by.days,
        "explained": since(plan),
        "day": day,
        "first": first_day(since(plan), by),
    }
    return (
        Finding("days", True, facts, ("LCL 41/1",))
        if day >= first_day(since(plan), by)
        else Finding("days_short", False, facts, ("LCL 41/1",))
    )


def _first(plan: Plan) -> Finding:
    day = plan.carried_on or plan.planned_on
    facts: Facts = {"explained": plan.explained_on, "day": day}
    articles = ("LCL 43", "TUL 22")
    if plan.explained_on == day:
        return Finding("same_day", None, facts, articles)
    return Finding("told_first", True, facts, articles) if plan.explained_on < day else Finding("told_after", False, facts, articles)


def _heard(plan: Plan, *, large: bool) -> Finding:
    articles = ("LCL 41/1",) if large else ("LCL 43",)
    if plan.hearings:
        return Finding("heard", True, {"n": plan.hearings}, articles)
    return Finding("unheard", _missing(plan) if large else None, {}, articles)


def _replied(plan: Plan) -> Finding:
    """That the union said nothing is no breach of the employer's."""
    return (
        Finding("replied", True, {"on": plan.replied_on}, ("LCL 43",)) if plan.replied_on else Finding("unreplied", None, {}, ("LCL 43",))
    )


def _answered(plan: Plan) -> list[Finding]:
    if not plan.objects:
        return []
    articles = ("LCL 43", "TUL 22")
    if plan.answered_on:
        return [Finding("answered", True, {"on": plan.answered_on}, articles)]
    return [Finding("unanswered", _missing(plan), {}, articles)]


def _reported(plan: Plan) -> Finding:
    if plan.reported_on is None:
        return Finding("unreported", _missing(plan), {}, ("LCL 41/1",))
    if plan.carried_on is not None and plan.reported_on > plan.carried_on:
        return Finding("reported_late", False, {"on": plan.reported_on, "day": plan.carried_on}, ("LCL 41/1",))
    return Finding("reported", True, {"on": plan.reported_on}, ("LCL 41/1",))


def _people(plan: Plan) -> list[Finding]:
    if plan.ground == "FAULT":  # art. 42 forbids dismissals by arts 40 and 41 only
        return []
    found = [
        Finding("protected_unknown", None, {}, ("LCL 42",)) if plan.protected is None
        else Finding("protected", False, {"n": plan.protected}, ("LCL 42",)) if plan.protected
        else Finding("protected_none", True, {}, ("LCL 42",))
    ]  # fmt: skip
    if plan.kind == LAYOFF:
        found.append(
            Finding("first_unsaid", None, {"who": " ".join(plan.unsaid)}, ("LCL 41/2",))
            if plan.unsaid
            else Finding("first", True, {}, ("LCL 41/2",))
        )
    return found
