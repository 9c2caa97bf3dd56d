"""Judgement on disputes: who speaks for many, money and its division, mediators, admission. Values in, an answer out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Speaking:
    """From how many workers on some speak for the others, and how many do."""

    from_: int
    least: int
    most: int


def speakers_needed(workers: int, by: Speaking) -> tuple[int, int] | None:
    """How many representatives a common claim of so many workers has; none where they are few.

    >>> speakers_needed(9, Speaking(10, 3, 5)), speakers_needed(10, Speaking(10, 3, 5))
    (None, (3, 5))
    """
    return (by.least, by.most) if workers >= by.from_ else None


def speakers_fit(workers: int, speakers: int, by: Speaking) -> bool:
    """Whether enough, and not too many, speak for the others."""
    needed = speakers_needed(workers, by)
    return needed is None or needed[0] <= speakers <= needed[1]


def room_left(claimed: Decimal, received: Decimal) -> Decimal:
    """How much may still come in: one yuan counts once, and nobody recovers more than was claimed."""
    return max(claimed - received, Decimal(0))


def is_performed(agreed: Decimal, received: Decimal) -> bool:
    """Whether what was agreed has been paid; an agreement without money is performed when it is said to be."""
    return received >= agreed


ENDINGS = {  # how a dispute may end without performance, by the state in which it stands
    "MEDIATING": ("01", "03", "05", "06", "07", "08"),
    "PAUSED": ("01", "03", "05", "06", "07", "08"),
    "AGREED": ("05", "06", "07", "08"),
}


def may_end(state: str, outcome: str) -> bool:
    """Whether a dispute may end in this way from where it stands: what was agreed and not paid is not a failed mediation."""
    return outcome in ENDINGS.get(state, ())


# ---------- what each worker gets ----------

FEN = Decimal("0.01")


def in_proportion(amount: Decimal, rests: Sequence[Decimal]) -> list[Decimal]:
    """A payment divided in proportion to what is still to come on each line, to the fen; what cannot be divided goes to the largest remainders.

    >>> [str(part) for part in in_proportion(Decimal(100), [Decimal(100), Decimal(200), Decimal(0)])]
    ['33.33', '66.67', '0.00']
    """
    whole = sum(rests, Decimal(0))
    if whole <= 0:
        return [Decimal(0) for _one in rests]
    amount = min(amount, whole)
    exact = [amount * rest / whole for rest in rests]
    parts = [one.quantize(FEN, "ROUND_DOWN") for one in exact]
    left = int((amount - sum(parts, Decimal(0))) / FEN)
    order = sorted((n for n, rest in enumerate(rests) if rest > 0), key=lambda n: (parts[n] - exact[n], n))
    for n in order[:left]:
        parts[n] += FEN
    return parts


def equally(amount: Decimal, rests: Sequence[Decimal]) -> list[Decimal]:
    """A payment divided equally, nobody beyond what is still to come; what one does not need goes to the others.

    >>> [str(part) for part in equally(Decimal(100), [Decimal(10), Decimal(100), Decimal(100)])]
    ['10.00', '45.00', '45.00']
    """
    parts = [Decimal(0)] * len(rests)
    left = min(amount, sum(rests, Decimal(0)))
    open_ = [n for n, rest in enumerate(rests) if rest > 0]
    while left > 0 and open_:
        each = (left / len(open_)).quantize(FEN, "ROUND_DOWN")
        if each <= 0:
            for n in open_[: int(left / FEN)]:
                parts[n] += FEN
            break
        for n in open_:
            more = min(each, rests[n] - parts[n])
            parts[n] += more
            left -= more
        open_ = [n for n in open_ if rests[n] > parts[n]]
    return [one.quantize(FEN) for one in parts]


DATED = re.compile(r"(?:19|20)[0-9]{2}(?:0?[1-9]|1[0-2])(?:0?[1-9]|[12][0-9]|3[01])")  # a day is no number of a paper
TELLING = re.compile(r"(?:[0-9][A-Z]*){4}")  # fewer digits tell nothing apart: “slip 1” stands in many cases


def slip_of(evidence: str) -> str:
    """The number on a paper, as it is compared: without blanks, signs, words and case; empty where it has none that tells it apart.

    >>> slip_of("银行回单 No.2015-1012 00931"), slip_of("银行回单２０１５１０１２００９３１"), slip_of("回单1"), slip_of("银行回单 2015-10-12")
    ('NO2015101200931', '2015101200931', '', '')
    """
    found = "".join(re.findall(r"[0-9A-Z]", unicodedata.normalize("NFKC", evidence).upper()))
    return found if TELLING.search(found) and not DATED.fullmatch(found) else ""


LONG = re.compile(r"(?:[0-9][A-Z]*){12}")  # so many digits are a number of a bank's own, which stands on no other paper


def slip_key(number: str, on: date) -> str:
    """By what a slip is known: a long number by itself, a short one only with the day of the payment; none where the paper has no number.

    >>> slip_key("2015101200931", date(2015, 10, 12)), slip_key("0093", date(2015, 10, 12)), slip_key("", date(2015, 10, 12))
    ('2015101200931', '0093 2015-10-12', '')
    """
    if not number or LONG.search(number):
        return number
    return f"{number} {on:%Y-%m-%d}"


def next_due(instalments: Sequence[tuple[date, Decimal]], received: Decimal) -> date | None:
    """The day of the first instalment that what came does not cover; the last day where all is covered, none where none was agreed.

    >>> plan = [(date(2026, 1, 31), Decimal(100)), (date(2026, 2, 28), Decimal(50))]
    >>> [next_due(plan, Decimal(paid)).month for paid in (0, 100, 150)]
    [1, 2, 2]
    """
    covered = Decimal(0)
    for day, amount in sorted(instalments):
        covered += amount
        if received < covered:
            return day
    return max((day for day, _amount in instalments), default=None)


# ---------- mediators ----------


@dataclass(frozen=True)
class Ties:
    """What binds a mediator to a side."""

    works_there: bool = False  # at an employer that is claimed against
    union_officer: bool = False  # holds an office in the union of that employer
    claims: bool = False  # is one of the workers
    other_side: bool = False  # has acted for the other side in the same matter
    relative: bool = False  # says so herself


def conflict(ties: Ties, *, accepted: bool) -> str:
    """Why somebody may not mediate, as a code; empty if she may.

    Whoever claims in it, or works at the firm, never does; a union officer of the firm, a relative, or whoever acted for the other side
    only if she declares it and both sides accept her: the grounds are those on which arbitrators step aside (Labour Dispute Mediation and
    Arbitration Law, art. 33), and both sides choose or accept their mediator (People's Mediation Law, art. 23).

    >>> conflict(Ties(works_there=True), accepted=True), conflict(Ties(relative=True), accepted=False), conflict(Ties(relative=True), accepted=True)
    ('works-there', 'relative', '')
    """
    if ties.claims:
        return "claims"
    if ties.works_there:
        return "works-there"
    if accepted:
        return ""
    return next(
        (name for name, bound in (("officer", ties.union_officer), ("other-side", ties.other_side), ("relative", ties.relative)) if bound),
        "",
    )


# ---------- admission ----------


@dataclass(frozen=True)
class Admission:
    """What is known of an application when it is looked at."""

    workers: int
    firms: int
    facts: bool
    lines: bool  # whether sums, or what else is asked, stand there
    running_elsewhere: int  # cases of the same workers against the same firms that run
    expired: bool | None = None  # the limitation of arbitration; None where nobody has reckoned it
    speakers_fit: bool = True


def checks(one: Admission) -> list[tuple[str, bool | None]]:
    """What is looked at before a dispute is accepted: each with yes, no, or None where a person must look (Mediation and Arbitration Law, arts 2, 5, 10, 12, 27).

    >>> [code for code, good in checks(Admission(1, 1, facts=True, lines=True, running_elsewhere=0)) if good is not True]
    ['limitation']
    """
    return [
        ("workers", one.workers > 0), ("firms", one.firms > 0), ("facts", one.facts), ("lines", one.lines), ("once", not one.running_elsewhere),
        ("limitation", None if one.expired is None else not one.expired), ("speakers", one.speakers_fit),
    ]  # fmt: skip
