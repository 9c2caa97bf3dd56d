"""Judgement on union legal aid: who is aided in what, which papers are needed, who may not act, and what an agent is paid. Values in, an answer out.

Measures on union legal aid (总工发〔2008〕52号), arts 1 to 7: the five who are aided, and the matters. Legal Aid Law (2021): art. 42 (whose means
are not looked at), art. 43 (papers that are missing are asked for once), art. 44 (aid in advance), art. 48 (termination). That whoever acts for
the employer, or sits at the same law firm, does not act against it: Law on Lawyers, art. 39. The rates of subsidies are custom, configurable.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

VERSION = 1
LABOUR = ("PAY", "CONTRACT", "INJURY", "INSURANCE", "LABOUR", "PERSONAL", "DEMOCRATIC", "PROPERTY")
SCOPE = {
    "HARDSHIP": LABOUR, "MIGRANT": LABOUR, "MODEL": LABOUR, "CADRE": ("DUTY", *LABOUR), "UNION": ("FUNDS", "ASSETS"),
}  # fmt: skip
IDENTITY, MEANS, STANDING, EVIDENCE = "IDENTITY", "MEANS", "STANDING", "EVIDENCE"
UNPAID = ("PUBLIC", "WORKER")  # whoever acts as a part of her post


def in_scope(kind: str, matter: str) -> bool:
    """Whether a matter is one in which this applicant is aided.

    >>> in_scope("MIGRANT", "PAY"), in_scope("MIGRANT", "FUNDS"), in_scope("UNION", "FUNDS"), in_scope("CADRE", "DUTY")
    (True, False, True, True)
    """
    return matter in SCOPE.get(kind, ())


def papers_needed(kind: str, matter: str) -> tuple[str, ...]:
    """The papers of an application, in their order.

    Her means are looked at only where she comes as a worker in hardship, or as a migrant worker in another matter than pay or an injury
    (Legal Aid Law, art. 42). Model workers, cadres and unions show what they are instead.

    >>> papers_needed("HARDSHIP", "PAY"), papers_needed("MIGRANT", "PAY"), papers_needed("UNION", "FUNDS")
    (('IDENTITY', 'MEANS', 'EVIDENCE'), ('IDENTITY', 'EVIDENCE'), ('STANDING', 'EVIDENCE'))
    """
    if kind == "UNION":
        return STANDING, EVIDENCE
    if kind in ("MODEL", "CADRE"):
        return IDENTITY, STANDING, EVIDENCE
    exempt = kind == "MIGRANT" and matter in ("PAY", "INJURY")
    return (IDENTITY, EVIDENCE) if exempt else (IDENTITY, MEANS, EVIDENCE)


def missing(kind: str, matter: str, have: Collection[str]) -> tuple[str, ...]:
    """The papers that are still missing."""
    return tuple(one for one in papers_needed(kind, matter) if one not in have)


def in_advance(limit_on: date | None, today: date, days: int) -> bool:
    """Whether aid may come before the papers: a limitation ends within less than so many days (Legal Aid Law, art. 44).

    >>> in_advance(date(2026, 6, 6), date(2026, 6, 1), 7), in_advance(date(2026, 6, 8), date(2026, 6, 1), 7), in_advance(None, date(2026, 6, 1), 7)
    (True, False, False)
    """
    return limit_on is not None and today <= limit_on < today + timedelta(days=days)


@dataclass(frozen=True)
class AgentTies:
    """What binds an agent to a side."""

    applies: bool = False  # she is aided herself
    works_there: bool = False
    union_officer: bool = False  # of the employer's own union
    counsel: bool = False  # she acts for the employer
    same_firm: bool = False  # somebody of her law firm does
    mediated: bool = False  # she mediated the same dispute


def conflict_of(ties: AgentTies, *, declared: bool) -> str:
    """Why somebody may not act, as a code; empty if she may.

    Nobody acts in her own matter or against whom she works or acts for, at her own firm or another's desk (Law on Lawyers, art. 39), nor as the
    agent of one side where she mediated between both; an officer of the employer's own union only if she declares it and says why it does not bind.

    >>> conflict_of(AgentTies(same_firm=True), declared=True), conflict_of(AgentTies(union_officer=True), declared=True), conflict_of(AgentTies(union_officer=True), declared=False)
    ('same-firm', '', 'officer')
    """
    never = (
        ("applies", ties.applies), ("works-there", ties.works_there), ("counsel", ties.counsel), ("same-firm", ties.same_firm), ("mediated", ties.mediated),
    )  # fmt: skip
    if found := next((name for name, bound in never if bound), ""):
        return found
    return "officer" if ties.union_officer and not declared else ""


def subsidy_of(kind: str, rate: Decimal, *, public_paid: bool) -> Decimal:
    """What an agent is paid in yuan; nothing where she acts as a part of her post, unless the place pays that too.

    >>> subsidy_of("FIRM", Decimal(1200), public_paid=False), subsidy_of("PUBLIC", Decimal(1200), public_paid=False)
    (Decimal('1200'), Decimal('0'))
    """
    return Decimal(0) if kind in UNPAID and not public_paid else rate


def suppressed(count: int, least: int) -> bool:
    """Whether a count is so small that it would give somebody away."""
    return 0 < count < least
