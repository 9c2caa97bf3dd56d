"""Days and moments as people in China read them; tests and the demo may set the day."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

CHINA = ZoneInfo("Asia/Shanghai")
_shift: ContextVar[timedelta] = ContextVar("shift", default=timedelta(0))


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC) + _shift.get()


def today() -> date:
    """The day that the clocks on the wall in China show."""
    return now().astimezone(CHINA).date()


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Let the house believe that it is another moment: for tests and rehearsals.

    >>> with moved_to(datetime(2026, 1, 1, 12, tzinfo=CHINA)):
    ...     today()
    datetime.date(2026, 1, 1)
    """
    token = _shift.set(moment - datetime.now(UTC))
    try:
        yield
    finally:
        _shift.reset(token)


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """A moment on a day, by the clocks in China."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)


def day_of(moment: datetime) -> date:
    """The day of a moment in China."""
    return moment.astimezone(CHINA).date()


def add_months(day: date, months: int) -> date:
    """The same day some months on; the last of the month where there is none (Civil Code, art. 202).

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
