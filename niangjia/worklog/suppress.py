"""Small numbers in tables for readers outside: cells under three are hidden, and so is what would give them away.

>>> hide([Decimal(1), Decimal(40), Decimal(7)], whole=True)
[Hidden.SMALL, Decimal('40'), Hidden.WITH]
>>> hide([Decimal(1), Decimal(2), Decimal(7)], whole=True)
[Hidden.SMALL, Hidden.SMALL, Decimal('7')]
>>> hide([Decimal(0), Decimal(7)], whole=True)
[Decimal('0'), Decimal('7')]
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from typing import Any

LEAST = 3


class Hidden(Enum):
    """Why a cell is not shown."""

    SMALL = "fewer than three"
    WITH = "hidden with a small one"

    def __repr__(self) -> str:
        return str(self)


def small(value: Any) -> bool:
    """Whether a value is a count of one or two."""
    return isinstance(value, Decimal) and 0 < abs(value) < LEAST


def hide(values: Sequence[Any], *, whole: bool, few: Sequence[bool] | None = None) -> list[Any]:
    """The values with the small ones hidden; `few` says which of them stand on one or two, where the values do not show it.

    Where the whole is shown (`whole`), one hidden cell alone could be found by subtraction, so the next smallest goes with it.
    """
    risky = [small(value) for value in values] if few is None else few
    out: list[Any] = [Hidden.SMALL if risk else value for value, risk in zip(values, risky, strict=True)]
    if whole and sum(value is Hidden.SMALL for value in out) == 1:
        rest = [i for i, value in enumerate(out) if isinstance(value, Decimal) and value]
        if rest:
            out[min(rest, key=lambda i: abs(out[i]))] = Hidden.WITH
    return out
