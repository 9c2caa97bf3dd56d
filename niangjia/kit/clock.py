"""Clocks: a deadline is declared once, computed by a pure function, stored on a row, and rung by one job.

Its length is a parameter (`kit.parameter`): who winds the clock asks what holds on the day at the place, and hands the span in.

>>> from niangjia.kit.parameter import PARAMETERS, parameter
>>> from niangjia.kit.spans import days
>>> from niangjia.kit.dates import at
>>> term = parameter("demo.mediate", days(15), zh="调解期限", en="Mediation", basis="art. 14")
>>> fifteen = Deadline("RD-D1", "Mediate", runs_in={"OPEN"}, limit=term, falls_on="rights", basis="art. 14")
>>> fifteen.due([Spell("OPEN", at(date(2015, 6, 10), 9))], span=days(15)).date().isoformat()
'2015-06-25'
>>> del PARAMETERS["demo.mediate"]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from niangjia.kit.dates import at, day_of
from niangjia.kit.flow import Step
from niangjia.kit.parameter import Family, Parameter
from niangjia.kit.spans import Span, Works
from niangjia.kit.warned import in_order
from niangjia.kit.workdays import is_working


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
    limit: Parameter | Family | None  # one parameter, or a family whose cell is named by the facts in `key`
    falls_on: str  # the duty whose holders must act
    basis: Any  # law and article; the parameter's own, if empty
    key: tuple[str, ...] = ()  # attributes of the thing that choose the cell
    warn: Parameter | tuple[Parameter, ...] = ()  # how long before the end it warns; if more than once, the farthest first
    yellow: Parameter | None = None  # the warning with which it turns yellow; the first, unless that is too early for a desk
    restarts: bool = False  # each spell has its own clock; else time lived before a pause counts
    since: str = ""  # attribute of the thing that names the day from which it counts, instead of the spell's
    extended: str = ""  # attribute of the thing that names a later last day, if one was agreed
    ends: str = ""  # attribute of the thing that names the end itself; `limit` then only says which parameter gave it
    holder: str = ""  # attribute of the thing that names the duty, where the thing knows whom it asks
    level: str = ""  # attribute of the thing that names the union whose office must act; empty: the thing's own union
    met_by: str | Step = ""  # what settles it: the verb of a step of the flow, or an act that is none and has a page or a button of its own

    def __post_init__(self) -> None:
        """What is declared holds by default: the warnings stand in order, and one of them turns it yellow."""
        if not in_order([one.default for one in self.warns if isinstance(one.default, Span)]) or self.yellow not in (None, *self.warns):
            raise ValueError(f"{self.code}: a later warning stands farther from the end, or none turns it yellow")

    @property
    def warns(self) -> tuple[Parameter, ...]:
        """Its warnings, the farthest from the end first."""
        return self.warn if isinstance(self.warn, tuple) else (self.warn,)

    def yellow_at(self, due: datetime, warns: Sequence[Span]) -> datetime | None:
        """From when it is yellow, given how long before its end each warning comes."""
        if not warns:
            return None
        return due - warns[self.warns.index(self.yellow) if self.yellow else 0].length()

    def rule(self, thing: Any) -> Parameter | None:
        """The parameter that gives its length for a thing; None where nothing does."""
        if isinstance(self.limit, Family):
            return self.limit.cells.get(tuple(str(getattr(thing, name)) for name in self.key))
        return self.limit

    def runs(self, spells: Sequence[Spell]) -> bool:
        """Whether it runs after the states lived through."""
        return bool(spells) and spells[-1].state in self.runs_in and spells[-1].end is None

    def begins(self, spells: Sequence[Spell], thing: Any = None) -> datetime:
        """From when it counts: the day whose rules hold for it."""
        if self.since:
            day: date = getattr(thing, self.since)
            return at(day)
        running = [s for s in spells if s.state in self.runs_in]
        return running[-1 if self.restarts else 0].start

    def due(self, spells: Sequence[Spell], thing: Any = None, table: Works = None, *, span: Span | None = None) -> datetime | None:
        """When it ends, given the states lived through and the span that holds; None while it stands still."""
        if not self.runs(spells):
            return None
        if self.ends or (self.extended and getattr(thing, self.extended) is not None):
            last: date | datetime | None = getattr(thing, self.ends or self.extended)
            return last if last is None or isinstance(last, datetime) else at(last, 23, 59)
        if span is None:
            return None
        running = [s for s in spells if s.state in self.runs_in]
        if self.since or self.restarts or len(running) == 1:
            return span.after(self.begins(spells, thing), table)
        return self._after_pauses(span, running, table)

    @staticmethod
    def _after_pauses(span: Span, running: list[Spell], table: Works) -> datetime:
        """The end, when the time of the pauses does not count."""
        if span.unit not in ("d", "wd"):
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
RESTATES: dict[str, Callable[[Any, Span], None]] = {}  # by the code of a deadline whose end the thing itself keeps: how it is reckoned anew


def warned_by(code: str) -> list[Deadline]:
    """The clocks that a parameter warns."""
    return [one for those in DEADLINES.values() for one in those if any(warn.code == code for warn in one.warns)]


def deadlines(model: str, *those: Deadline) -> None:
    """Declare the clocks of a model, by its label. ValueError if one is declared twice."""
    known = DEADLINES.setdefault(model, [])
    for one in those:
        if one.code in {other.code for other in known}:
            raise ValueError(f"{model}: {one.code} is declared twice")
        known.append(one)


def rings(code: str) -> Callable[[Callable[[Any, Any], None]], Callable[[Any, Any], None]]:
    """Say what the house does by itself when a clock rings: decorate a function of (thing, clock)."""

    def keep(act: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
        BELLS[code] = act
        return act

    return keep


def restates(code: str) -> Callable[[Callable[[Any, Span], None]], Callable[[Any, Span], None]]:
    """Say how a thing that keeps its own end reckons it by another span: decorate a function of (thing, span)."""

    def keep(act: Callable[[Any, Span], None]) -> Callable[[Any, Span], None]:
        RESTATES[code] = act
        return act

    return keep
