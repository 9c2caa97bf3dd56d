"""Judgement on changes: pure questions about days and values."""

from __future__ import annotations

from datetime import date

from niangjia.kit.parameter import Parameter
from niangjia.kit.values import Value, in_bounds


def may_begin(since: date, today: date) -> bool:
    """A value never reaches back: what was answered by the old one stays true.

    >>> may_begin(date(2016, 1, 1), date(2016, 1, 1)), may_begin(date(2015, 12, 31), date(2016, 1, 1))
    (True, False)
    """
    return since >= today


def may_be(what: Parameter, value: Value | None, *, everywhere: bool) -> str:
    """Why a value cannot be set: `law` where only the law sets it, `nothing` where no place stands above, `bounds`; empty if it can."""
    if not everywhere and not what.place:
        return "law"
    if value is None:
        return "nothing" if everywhere else ""
    if what.kind == "choice" and value not in what.choices:
        return "bounds"
    return "" if everywhere or in_bounds(value, what.least, what.most) else "bounds"


def may_propose(duties: set[str], what: Parameter) -> bool:
    """Whether an office proposes values of a parameter: the one whose matter it is, its chair, the office, and who runs the system.

    >>> from niangjia.kit.spans import days
    >>> one = Parameter("demo.x", days(1), "", "", "", duty="rights")
    >>> may_propose({"rights"}, one), may_propose({"women"}, one), may_propose({"system"}, one)
    (True, False, True)
    """
    return bool(duties & {what.duty, "chair", "office", "system"})
