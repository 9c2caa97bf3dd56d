"""What a reader may see of a number: inside her unions everything; outside, nothing that stands on one or two people or cases.

A cell is hidden if any counting in its plan finds one or two rows (or subjects) there, whatever the figure makes of them:
the money of two cases says as much about them as their number. A union's own number is hidden wherever the table of its
neighbours would hide it. Spans of time are not guarded against each other: who asks for two overlapping periods can subtract.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from niangjia.kit.figure import Figure, Plan, parts_of
from niangjia.kit.periods import Period
from niangjia.worklog import reader
from niangjia.worklog.evaluate import Asked, Cell, Value, children, evaluate, grid
from niangjia.worklog.question import ROWS
from niangjia.worklog.suppress import hide, small


def leaves(plan: Plan) -> list[Plan]:
    """The countings that a plan is made of."""
    return [plan] if plan["op"] == "count" else [leaf for part in parts_of(plan) for leaf in leaves(part)]


def heads(leaf: Plan) -> Plan:
    """How many stand behind a counting: its subjects where they are told apart, else its rows."""
    return leaf if leaf["measure"] == "distinct" else {**leaf, "measure": ROWS}


def few(plan: Plan, asked: Asked, under: Sequence[int], periods: Sequence[Period]) -> dict[Cell, bool]:
    """The cells that stand on one or two."""
    found = [grid(heads(leaf), asked, under, periods) for leaf in leaves(plan)] if plan["op"] != "coverage" else []
    return {(u, i): any(small(one[u, i]) for one in found) for u in under for i in range(len(periods))}


@dataclass
class Guard:
    """One reader before one figure, asked about one union."""

    figure: Figure
    asked: Asked
    mine: bool  # whether the union is the reader's: then nothing is hidden

    def value(self) -> Any:
        """The number itself."""
        value = evaluate(self.figure.plan, replace(self.asked, by=()))
        if self.mine:
            return value
        over = reader.above(self.asked.union)
        if over is None:
            return self.years([self.asked.period], [value], whole=False)[0]
        beside = list(dict.fromkeys([*children(self.asked, over), self.asked.union]))
        found = grid(self.figure.plan, replace(self.asked, by=()), beside, [self.asked.period])
        hidden = self.unions(beside, [found[u, 0] for u in beside], self.asked.period)
        return hidden[beside.index(self.asked.union)]

    def unions(self, under: Sequence[int], values: Sequence[Value], period: Period) -> list[Any]:
        """One period's values for unions whose sum is shown beside them; 0 stands for what is at the union itself."""
        if self.mine:
            return list(values)
        risk = few(self.figure.plan, replace(self.asked, by=()), [u for u in under if u], [period])
        return hide(values, whole=True, few=[risk[u, 0] if u else small(value) for u, value in zip(under, values, strict=True)])

    def years(self, periods: Sequence[Period], values: Sequence[Value], *, whole: bool) -> list[Any]:
        """The union's own values in several periods."""
        if self.mine:
            return list(values)
        risk = few(self.figure.plan, replace(self.asked, by=()), [self.asked.union], periods)
        return hide(values, whole=whole, few=[risk[self.asked.union, i] for i in range(len(periods))])

    def told_apart(self, name: str, rows: Sequence[tuple[str | None, Value]]) -> list[Any]:
        """The figure's values by one breakdown."""
        values = [value for _, value in rows]
        if self.mine:
            return values
        behind = evaluate(heads(self.figure.plan), replace(self.asked, by=(name,)))
        return hide(values, whole=not self.figure.distinct, few=[small(behind.get((key,))) for key, _ in rows])
