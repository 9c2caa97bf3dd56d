"""What happened to a thing, step by step, and what was known of it on a day."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from niangjia.kit.dates import day_of


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a story."""

    verb: str
    now: str
    at: datetime
    by: int | None
    reason: str = ""


class Story:
    """The steps of one thing, in order."""

    __slots__ = ("days", "steps")

    def __init__(self, state: str, at: datetime, by: int | None) -> None:
        self.steps, self.days = [Step("start", state, at, by)], [day_of(at)]  # asked for in each slice of history

    def then(self, verb: str, state: str, at: datetime, by: int | None, reason: str = "") -> datetime:
        """One more step, never before the last one; says when it was taken."""
        at = max(at, self.steps[-1].at + timedelta(minutes=1))
        self.steps.append(Step(verb, state, at, by, reason))
        self.days.append(day_of(at))
        return at

    def state(self, day: date) -> str:
        """The state at the end of a day."""
        return self.steps[max(bisect_right(self.days, day) - 1, 0)].now

    def day(self, *states: str) -> date | None:
        """The day on which it came to one of some states."""
        return next((day for step, day in zip(self.steps, self.days, strict=True) if step.now in states), None)

    def changed(self, after: date, until: date) -> bool:
        """Whether a step was taken within a slice."""
        return self.days[-1] > after and any(after < day <= until for day in self.days[1:])
