"""Judgement on supervision cases. Values in, an answer out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

ENDS = {"CORRECTED": ("CORRECTED",), "ADVISED": ("ORDERED", "REFERRED", "OTHER")}


def cards_fit(until: Sequence[date], day: date, least: int) -> bool:
    """Whether so many supervisors are charged whose cards hold on the day (Zhejiang rules on supervision, art. 20).

    >>> cards_fit([date(2026, 12, 31), date(2026, 6, 1)], date(2026, 6, 1), 2)
    True
    >>> cards_fit([date(2026, 12, 31), date(2026, 6, 1)], date(2026, 6, 2), 2)
    False
    """
    return sum(1 for one in until if one >= day) >= least


def may_advise(reply: str, due: date | None, day: date) -> bool:
    """Whether the labour bureau may be turned to: the employer refused, corrected only in part, or its days passed without correction (arts 22 and 23).

    >>> may_advise("", date(2026, 6, 22), date(2026, 6, 22)), may_advise("", date(2026, 6, 22), date(2026, 6, 23))
    (False, True)
    >>> may_advise("REFUSED", date(2026, 6, 22), date(2026, 6, 5))
    True
    """
    return reply in ("REFUSED", "PARTLY") or (due is not None and day > due)


def may_end(state: str, outcome: str) -> bool:
    """Whether a case can end in this way from where it stands."""
    return outcome in ENDS.get(state, ())
