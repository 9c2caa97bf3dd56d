"""What is counted: a developer says it once beside her model, and nothing about how it is done.

A *flow* happens on a day (`when`); a *stock* lasts from `since` to the day before `until`. Breakdowns, places and
days may stand on rows that the row points to; where `until` names several days, the first of them is the end. The quantity 1 is the row itself; others name a column or an expression.

>>> class Rain:
...     "A model: a fall of rain in a place."
>>> RAIN = series("weather.rain", Rain, where="gauge__union", when="fell_on", falls=1, mm="depth", by=("kind",))
>>> RAIN.stock, RAIN.columns
(False, {'falls': 'n', 'mm': 'q1'})
>>> RAIN.mm.name, RAIN.mm.column
('mm', 'q1')
>>> RAIN.distinct
Traceback (most recent call last):
AttributeError: weather.rain does not count distinct
>>> del SERIES["weather.rain"]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Model, Q
from django.db.models.expressions import Combinable

Quantity = int | str | Combinable
SLOTS = 4  # q1 to q4 of a ledger line; the count of rows needs none


@dataclass(frozen=True)
class Measure:
    """One countable thing of a series: the rows, a quantity on them, or their distinct subjects."""

    series: Series
    name: str
    column: str  # "n", "q1" to "q4", or "subject"

    @property
    def distinct(self) -> bool:
        return self.column == "subject"


@dataclass(frozen=True, eq=False)
class Series:
    """Which rows of one table count, when, where, and how much."""

    name: str
    model: type[Model]
    where: str
    when: str | None
    since: str | None
    until: str | tuple[str, ...] | None
    if_: Q
    subject: str | None
    by: tuple[str, ...]
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    page: str = ""  # the way from a row to the one whose page shows it; the row itself, unless said

    @property
    def stock(self) -> bool:
        return self.when is None

    @property
    def last_days(self) -> tuple[str, ...]:
        """The days of which the first is its end; none where rows do not end."""
        return (self.until,) if isinstance(self.until, str) else self.until or ()

    @property
    def columns(self) -> dict[str, str]:
        """Each quantity's place in a line. The number 1 is the row itself and takes no slot."""
        slots = iter(f"q{i}" for i in range(1, SLOTS + 1))
        return {name: "n" if quantity == 1 else next(slots) for name, quantity in self.quantities.items()}

    def __getattr__(self, name: str) -> Measure:
        if name == "distinct" and self.subject:
            return Measure(self, name, "subject")
        if name in self.__dict__.get("quantities", {}):
            return Measure(self, name, self.columns[name])
        raise AttributeError(f"{self.__dict__.get('name')} does not count {name}")


@dataclass(frozen=True)
class Hierarchy:
    """Where the tree stands: a row says whose child a union is from a day on."""

    model: type[Model]
    child: str
    parent: str
    since: str
    if_: Q


SERIES: dict[str, Series] = {}
TREE: list[Hierarchy] = []


def series(
    name: str, model: type[Model], *, where: str, when: str | None = None,
    since: str | None = None, until: str | tuple[str, ...] | None = None, if_: Q | None = None,
    subject: str | None = None, by: tuple[str, ...] = (), page: str = "", **quantities: Quantity,
) -> Series:  # fmt: skip
    """Declare a series: a flow with `when`, or a stock with `since` and, if rows can end, `until`.

    `if_` says which rows count; `page` is the foreign key to the row whose page shows it (a respondent is shown by its dispute).
    """
    if (when is None) == (since is None):
        raise ValueError(f"{name}: say either when (a flow) or since (a stock)")
    if name in SERIES:
        raise ValueError(f"{name}: declared twice")
    if sum(quantity != 1 for quantity in quantities.values()) > SLOTS:
        raise ValueError(f"{name}: more than {SLOTS} quantities")
    made = Series(name, model, where, when, since, until, if_ or Q(), subject, by, quantities, page)
    SERIES[name] = made
    return made


def hierarchy(model: type[Model], *, child: str, parent: str, since: str, if_: Q | None = None) -> None:
    """Declare the tree by which every series is added up; a row holds until the next of the same child.

    `if_` picks the rows that make this tree, where one table holds several kinds of parent.
    """
    TREE[:] = [Hierarchy(model, child, parent, since, if_ or Q())]
