"""The tree as a posting knew it, read into Python: who led whom on a day, and since when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from niangjia.worklog.db import fetch

ROWS = (
    "WITH wanted AS (SELECT ancestor, descendant, since, until FROM books_lineage "
    "WHERE posted <= %(k)s AND %(k)s < struck AND descendant = ANY (%(u)s::bigint[])) "
    "SELECT descendant, ancestor, nullif(since, '-infinity'), nullif(until, 'infinity') FROM books_lineage "
    "WHERE posted <= %(k)s AND %(k)s < struck AND descendant IN (SELECT ancestor FROM wanted)"
)


@dataclass(frozen=True)
class Span:
    """A union stood above another from a day (None: always) to the day before another (None: still)."""

    above: int
    since: date | None
    until: date | None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass
class Lineage:
    """The spans of some unions, and of all who ever stood above them."""

    spans: dict[int, list[Span]] = field(default_factory=dict)

    @classmethod
    def of(cls, unions: Iterable[int], known: int) -> Lineage:
        """Read what a posting knew of these unions."""
        made = cls()
        for descendant, ancestor, since, until in fetch(ROWS, {"k": known, "u": list(unions)}):
            made.spans.setdefault(descendant, []).append(Span(ancestor, since, until))
        return made

    def above(self, union: int, day: date) -> set[int]:
        """Who stood above a union on a day, itself included."""
        return {span.above for span in self.spans.get(union, ()) if span.holds(day)}

    def parent(self, union: int, day: date) -> int | None:
        """Who led a union directly: of those above it, the one with the most above herself."""
        over = self.above(union, day) - {union}
        return max(over, key=lambda u: len(self.above(u, day)), default=None)

    def since(self, union: int, today: date) -> date | None:
        """From which day a union has stood under the parent of today; None: always."""
        led = self.parent(union, today)
        turns = {day for span in self.spans.get(union, ()) for day in (span.since, span.until) if day and day <= today}
        return next((day for day in sorted(turns, reverse=True) if self.parent(union, day - timedelta(days=1)) != led), None)

    def mover(self, union: int, day: date, today: date) -> tuple[int, int | None, int | None]:
        """The union whose move explains why another stands elsewhere today than on a day: (it, from, to)."""
        at: int | None = union
        while at is not None:
            then, now = self.parent(at, day), self.parent(at, today)
            if then != now:
                return at, then, now
            at = now
        return union, None, None
