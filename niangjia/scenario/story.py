"""What happened to a thing, step by step, and what was known of it on a day."""

from __future__ import annotations

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

    __slots__ = ("steps",)

    def __init__(self, state: str, at: datetime, by: int | None) -> None:
        self.steps = [Step("start", state, at, by)]

    def then(self, verb: str, state: str, at: datetime, by: int | None, reason: str = "") -> datetime:
        """One more step, never before the last one; says when it was taken."""
        at = max(at, self.steps[-1].at + timedelta(minutes=1))
        self.steps.append(Step(verb, state, at, by, reason))
        return at

    def state(self, day: date) -> str:
        """The state at the end of a day."""
        return next(step.now for step in reversed(self.steps) if day_of(step.at) <= day or step is self.steps[0])

    def day(self, *states: str) -> date | None:
        """The day on which it came to one of some states."""
        return next((day_of(step.at) for step in self.steps if step.now in states), None)

    def changed(self, after: date, until: date) -> bool:
        """Whether a step was taken within a slice."""
        return day_of(self.steps[-1].at) > after and any(after < day_of(step.at) <= until for step in self.steps[1:])
