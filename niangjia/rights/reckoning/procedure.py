"""The clocks of the procedures around a dispute: mediation, arbitration, court, payment order, labour inspection, legal aid, union supervision, petition.

Each term is declared once: what begins it, how long it is (a span that a parameter gives), by which article, on whom it falls, and whether excluded
time lets it stand still or a decision extends it. Arbitration counts 3, 5 and 10 days as working days, 15 and 45 as days of the calendar (Rules of
arbitration 2017); the day on which a term begins does not count, and one in calendar days does not end on a day of rest (Civil Code, arts 201, 203).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from niangjia.kit.spans import Span
from niangjia.kit.workdays import is_working, roll
from niangjia.rights.reckoning.time import resumed

DAY = timedelta(days=1)
Table = Mapping[date, bool] | None


@dataclass(frozen=True)
class Term:
    """One clock of a procedure."""

    code: str
    group: str
    after: str  # the fact that begins it
    articles: tuple[str, ...]
    on: str  # on whom it falls: commission, employer, worker, court, inspection, aid, union, petition
    stops: bool = False  # excluded time does not count
    longer: str = ""  # the span by which a decision extends it
    before: bool = False  # counted backward: the last day to do it before the day named


TERMS = (
    Term("mediation", "mediation", "mediation_applied", ("LDL 14", "ZJ 10"), "mediator"),
    Term("confirm", "agreement", "agreed", ("CPL 205", "PML 33"), "parties"),
    Term("review", "agreement", "agreed", ("AR 74",), "parties"),
    Term("arbitration_accept", "arbitration", "arbitration_applied", ("LDL 29", "ZJ 21"), "commission"),
    Term("arbitration_serve", "arbitration", "arbitration_accepted", ("LDL 30",), "commission"),
    Term("arbitration_tribunal", "arbitration", "arbitration_accepted", ("LDL 32",), "commission"),
    Term("arbitration_answer", "arbitration", "application_served", ("LDL 30",), "employer"),
    Term("arbitration_forward", "arbitration", "answer_received", ("LDL 30",), "commission"),
    Term("arbitration_notice", "arbitration", "hearing", ("LDL 35",), "commission", before=True),
    Term("arbitration_postpone", "arbitration", "hearing", ("LDL 35",), "parties", before=True),
    Term("arbitration_award", "arbitration", "arbitration_accepted", ("LDL 43", "ZJ 36"), "commission", stops=True, longer="arbitration_award_longer"),
    Term("arbitration_simple", "arbitration", "simple_accepted", ("ZJ 39", "ZJ 36"), "commission", stops=True),
    Term("sue", "court", "award_served", ("LDL 48", "LDL 50"), "parties"),
    Term("cancel", "court", "award_served", ("LDL 49",), "employer"),
    Term("order_accept", "order", "order_applied", ("CPL 226", "LDL 16"), "court"),
    Term("order_issue", "order", "order_accepted", ("CPL 227",), "court"),
    Term("order_pay", "order", "order_served", ("CPL 227",), "employer"),
    Term("inspection_accept", "inspection", "complained", ("ZJI",), "inspection"),
    Term("inspection_inquire", "inspection", "inspection_accepted", ("LSI 17",), "inspection", longer="inspection_longer"),
    Term("aid_review", "aid", "aid_applied", ("LAL 43",), "aid"),
    Term("aid_assign", "aid", "aid_granted", ("LAL 43",), "aid"),
    Term("aid_objection", "aid", "aid_objected", ("LAL 49",), "justice"),
    Term("aid_report", "aid", "aid_finished", ("ZJA 19",), "lawyer"),
    Term("union_refuse", "supervision", "union_told", ("ZJS 17",), "union"),
    Term("union_reply", "supervision", "opinion_served", ("ZJS 22",), "employer"),
    Term("petition_notice", "petition", "petitioned", ("XF 22",), "petition"),
    Term("petition_end", "petition", "petition_accepted", ("XF 34",), "petition", longer="petition_longer"),
)  # fmt: skip
BY_CODE = {one.code: one for one in TERMS}
FACTS = tuple(dict.fromkeys(one.after for one in TERMS))


@dataclass(frozen=True)
class Course:
    """What has happened: the day of each fact, the time that is excluded, and which terms were extended."""

    days: Mapping[str, date]
    excluded: Sequence[
        tuple[date, date]
    ] = ()  # first and last day: inquiry elsewhere, talks, service by public notice, waiting for a finding
    extended: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Due:
    """A term that runs or ran: from when, how long, its last day, and how it was counted."""

    term: Term
    begins: date
    span: Span
    last: date
    longer: Span | None = None
    excluded: int = 0  # days that did not count
    rolled: bool = False  # its last day was one of rest


def procedure(course: Course, spans: Mapping[str, Span], table: Table = None) -> list[Due]:
    """Every term whose beginning is known, the one that ends first before the others.

    >>> from niangjia.kit.spans import days, working_days
    >>> spans = {one.code: days(15) for one in TERMS} | {"arbitration_accept": working_days(5)}
    >>> [str(one.last) for one in procedure(Course({"arbitration_applied": date(2026, 2, 12)}), spans)]  # over the Spring Festival, 14 February worked
    ['2026-02-26']
    """
    found = [_due(one, course, spans, table) for one in TERMS if one.after in course.days]
    return sorted(found, key=lambda due: (due.last, TERMS.index(due.term)))


def _due(term: Term, course: Course, spans: Mapping[str, Span], table: Table) -> Due:
    begins, span = course.days[term.after], spans[term.code]
    if term.before:
        return Due(term, begins, span, earlier(begins, span, table))
    longer = spans[term.longer] if term.longer and term.code in course.extended else None
    total = Span(span.count + longer.count, span.unit) if longer else span
    pauses = course.excluded if term.stops else ()
    bare, last = ends(begins, total, (), table), ends(begins, total, pauses, table)
    return Due(term, begins, span, roll(last, table), longer, (last - bare).days, roll(last, table) != last)


def ends(begins: date, span: Span, pauses: Sequence[tuple[date, date]], table: Table = None) -> date:
    """The last day of a term in days or working days, before it moves from a day of rest."""
    if span.unit == "d":
        return resumed(begins, begins + span.count * DAY, pauses)
    if span.unit != "wd":
        raise ValueError(f"{span} is no term in days")
    day, left = begins, span.count
    while left > 0:
        day += DAY
        left -= is_working(day, table) and not any(first <= day <= last for first, last in pauses)
    return day


def earlier(before: date, span: Span, table: Table = None) -> date:
    """The last day on which something may be done so long before a day: so many days lie whole between.

    >>> from niangjia.kit.spans import working_days
    >>> earlier(date(2026, 10, 9), working_days(3))  # over the National Day, 1 to 7 October: 8 October and the 29th and 30th of September lie between
    datetime.date(2026, 9, 28)
    """
    day, left = before - DAY, span.count
    while left > 0:
        left -= span.unit == "d" or is_working(day, table)
        day -= DAY
    while not is_working(day, table):
        day -= DAY
    return day
