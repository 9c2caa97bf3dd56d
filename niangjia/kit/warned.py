"""The warnings before an end: a clock may have several, the farthest first. When each comes, which is told next, whether they stand in order.

>>> from niangjia.kit.spans import days
>>> from niangjia.kit.dates import at, date
>>> end, told = at(date(2026, 12, 31), 23, 59), [days(180), days(90), days(30)]
>>> [one.date().isoformat() for one in moments(end, told)]
['2026-07-04', '2026-10-02', '2026-12-01']
>>> upcoming(moments(end, told), at(date(2026, 10, 3))).date().isoformat()  # whoever was away over two of them hears of the third
'2026-12-01'
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from niangjia.kit.spans import Span, longer

Teller = Callable[[Sequence[Any]], None]
TELLERS: list[Teller] = []  # how people hear of a warning: each is given the clocks that warn now, with their things


def tells(act: Teller) -> Teller:
    """Say how people are told that an end comes near: decorate a function of the clocks that warn, with their things."""
    TELLERS.append(act)
    return act


def moments(end: datetime, warns: Sequence[Span]) -> list[datetime]:
    """When each warning comes, the first first."""
    return sorted(end - one.length() for one in warns)


def upcoming(those: Sequence[datetime], after: datetime) -> datetime | None:
    """The first warning after a moment; none if all lie behind."""
    return next((one for one in those if one > after), None)


def carried(was: Sequence[datetime], waits: datetime | None, now: Sequence[datetime]) -> datetime | None:
    """The warning that waits when the same end, or the same warnings, are reckoned anew: as many as were told stay told.

    >>> from niangjia.kit.dates import at, date
    >>> was, now = [[at(date(2026, 3, day)) for day in those] for those in ((1, 10, 20), (4, 13, 23))]
    >>> carried(was, was[1], now) == now[1], carried(was, None, now), carried(was, was[2], now[:2])
    (True, None, None)
    """
    if not was:  # nobody knows how many there were
        return waits
    told = len(was) if waits is None else sum(1 for one in was if one < waits)
    return now[told] if told < len(now) else None


def in_order(warns: Sequence[Span]) -> bool:
    """Whether no later warning is set farther from the end than an earlier one.

    >>> from niangjia.kit.spans import days, months
    >>> in_order([days(180), days(90), days(90)]), in_order([days(60), months(3), days(30)])
    (True, False)
    """
    return not any(longer(later, earlier) for earlier, later in pairwise(warns))


def kept(warns: Sequence[Span]) -> str:
    """Warnings as a clock keeps them.

    >>> from niangjia.kit.spans import days
    >>> kept([days(90), days(30)]), read(kept([days(90), days(30)])) == (days(90), days(30)), read("")
    ('90 d, 30 d', True, ())
    """
    return ", ".join(map(str, warns))


def read(text: str) -> tuple[Span, ...]:
    """What `kept` wrote."""
    return tuple(Span.read(one) for one in text.split(", ") if one)
