"""Clocks: a deadline is declared once, computed by a pure function, stored on a row, and rung by one job.

>>> from niangjia.kit.dates import at
>>> fifteen = Deadline("RD-D1", "Mediate", runs_in={"OPEN"}, limit=days(15), falls_on="rights", basis="art. 14")
>>> fifteen.due([Spell("OPEN", at(date(2015, 6, 10), 9))]).date().isoformat()
'2015-06-25'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from niangjia.kit.dates import add_months, at, day_of
from niangjia.kit.workdays import add_working_days, is_working, roll

Works = Mapping[date, bool] | None


@dataclass(frozen=True)
class Span:
    """A length of time: minutes (m), hours (h), calendar days (d), working days (wd) or months (mo)."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count} {self.unit}"

    def after(self, start: datetime, table: Works = None) -> datetime:
        """The end of the span. Days end at midnight of their last day, which rolls to a working day; hours and minutes do not roll."""
        if self.unit in ("m", "h"):
            return start + timedelta(minutes=self.count * (60 if self.unit == "h" else 1))
        first = day_of(start)
        if self.unit == "wd":
            last = add_working_days(first, self.count, table)
        else:
            last = roll(first + timedelta(days=self.count) if self.unit == "d" else add_months(first, self.count), table)
        return at(last, 23, 59)

    def length(self) -> timedelta:
        """About how long it is: for warnings, which need no calendar."""
        unit = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "mo": timedelta(days=30)}.get(self.unit, timedelta(days=1))
        return self.count * unit


def minutes(count: int) -> Span:
    """So many minutes, night and day."""
    return Span(count, "m")


def hours(count: int) -> Span:
    """So many hours, night and day."""
    return Span(count, "h")


def days(count: int) -> Span:
    """Calendar days; the first is the day after, the last rolls to a working day (Civil Code, arts 201, 203)."""
    return Span(count, "d")


def working_days(count: int) -> Span:
    """Working days; the first is the day after."""
    return Span(count, "wd")


def months(count: int) -> Span:
    """Calendar months; the last day rolls to a working day."""
    return Span(count, "mo")


@dataclass(frozen=True)
class Spell:
    """A time lived through in one state; `end` is open while it lasts."""

    state: str
    start: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class Deadline:
    """One clock of a flow. It runs in some states, stands still in others, and starts anew when `restarts`."""

    code: str
    title: Any
    runs_in: frozenset[str] | set[str]
    limit: Span | Mapping[tuple[str, ...], Span] | None  # one span, or spans by the facts named in `key`
    falls_on: str  # the duty whose holders must act
    basis: Any  # law and article, or "custom, configurable"
    key: tuple[str, ...] = ()  # attributes of the thing that choose the span
    warn: Span | None = None  # how long before the end it turns yellow
    restarts: bool = False  # each spell has its own clock; else time lived before a pause counts
    ends: str = ""  # attribute of the thing that names the last day or moment itself, instead of a length
    holder: str = ""  # attribute of the thing that names the duty, where the thing knows whom it asks
    level: str = ""  # attribute of the thing that names the union whose office must act; empty: the thing's own union

    def span(self, thing: Any = None) -> Span | None:
        """The span that holds for a thing; None where the clock does not run for it."""
        if self.limit is None or isinstance(self.limit, Span):
            return self.limit
        return self.limit.get(tuple(str(getattr(thing, name)) for name in self.key))

    def due(self, spells: Sequence[Spell], thing: Any = None, table: Works = None) -> datetime | None:
        """When it ends, given the states lived through; None while it stands still."""
        if not spells or spells[-1].state not in self.runs_in or spells[-1].end is not None:
            return None
        if self.ends:
            last: date | datetime | None = getattr(thing, self.ends)
            return last if last is None or isinstance(last, datetime) else at(last, 23, 59)
        span = self.span(thing)
        if span is None:
            return None
        running = [s for s in spells if s.state in self.runs_in]
        if self.restarts or len(running) == 1:
            return span.after(running[-1].start if self.restarts else running[0].start, table)
        return self._after_pauses(span, running, table)

    @staticmethod
    def _after_pauses(span: Span, running: list[Spell], table: Works) -> datetime:
        """The end, when the time of the pauses does not count."""
        if span.unit in ("m", "h", "mo"):
            paused = sum((b.start - (a.end or b.start) for a, b in pairwise(running)), timedelta())
            return span.after(running[0].start, table) + paused
        used = 0
        for spell in running[:-1]:
            day, last = day_of(spell.start), day_of(spell.end or spell.start)
            while day < last:
                day += timedelta(days=1)
                used += span.unit == "d" or is_working(day, table)
        return Span(max(span.count - used, 0), span.unit).after(running[-1].start, table)


DEADLINES: dict[str, list[Deadline]] = {}  # by the label of the model
BELLS: dict[str, Callable[[Any, Any], None]] = {}  # by the code of the deadline: what the house does when it rings


def deadlines(model: str, *those: Deadline) -> None:
    """Declare the clocks of a model, by its label."""
    DEADLINES.setdefault(model, []).extend(those)


def rings(code: str) -> Callable[[Callable[[Any, Any], None]], Callable[[Any, Any], None]]:
    """Say what the house does by itself when a clock rings: decorate a function of (thing, clock)."""

    def keep(act: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
        BELLS[code] = act
        return act

    return keep
