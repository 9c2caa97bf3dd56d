"""What the law asks of unions: pure questions about facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


def term_end(start: date, years: int) -> date:
    """The last day of a term: grassroots unions sit three or five years (Trade Union Law 2021, art. 16).

    >>> term_end(date(2012, 2, 29), 3)
    datetime.date(2015, 2, 27)
    """
    last = 28 if (start.month, start.day) == (2, 29) else start.day
    return date(start.year + years, start.month, last) - timedelta(days=1)


LEADS = {  # which types may stand under which; custom, configurable
    "10": {"11", "12", "13", "20", "21", "25", "26", "27"},
    "11": {"12", "13", "20", "21", "22", "23", "25", "26", "27"},
    "12": {"20", "21", "22", "23", "24", "25", "26", "27"},
    "13": {"20", "21", "25", "27", "13"},
    "22": {"20", "21"},
    "23": {"20", "21"},
    "24": {"20", "21"},
    "27": {"20"},
}


def may_lead(above: str, below: str) -> bool:
    """Whether a union of one type may be the parent of another.

    >>> may_lead("11", "12"), may_lead("20", "12")
    (True, False)
    """
    return below == "30" or below in LEADS.get(above, set())


def level_under(level: int, kind: str) -> int:
    """The level at which a union stands: counties and industries 2, townships 3, the grassroots below."""
    if kind in ("11", "13"):
        return 2
    return 3 if kind == "12" else max(4, level + 1)


@dataclass(frozen=True)
class Founding:
    """What is written on the paper by which a union is founded."""

    name: str
    kind: str
    founded_on: date
    term_years: int
    approval_no: str
