"""The values of parameters: which kinds there are, how they are kept as JSON, compared, and said.

>>> from niangjia.kit.spans import days
>>> for one in (days(15), Decimal("500000.00"), 10, True, "RED"):
...     assert unpacked(kind_of(one), packed(one)) == one
>>> in_bounds(days(20), None, days(15)), in_bounds(days(10), days(1), days(15))
(False, True)
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from niangjia.kit.spans import Span

Value = Span | Decimal | int | bool | str
KINDS = ("span", "money", "percent", "number", "yesno", "choice")


def kind_of(value: Value) -> str:
    """The kind that a value has unless its declaration says otherwise."""
    if isinstance(value, bool):
        return "yesno"
    if isinstance(value, int):
        return "number"
    return "span" if isinstance(value, Span) else "money" if isinstance(value, Decimal) else "choice"


def packed(value: Value) -> Any:
    """A value as JSON keeps it."""
    return value if isinstance(value, (bool, int)) else str(value)


def unpacked(kind: str, said: Any) -> Value:
    """A value as it was; ValueError if it is none of that kind."""
    if kind in ("yesno", "number"):
        if type(said) is not (bool if kind == "yesno" else int):
            raise ValueError(f"{said!r} is no {kind}")
        return bool(said) if kind == "yesno" else int(said)
    if kind == "span":
        return Span.read(str(said))
    if kind == "choice":
        return str(said)
    try:
        return Decimal(str(said))
    except InvalidOperation as fault:
        raise ValueError(f"{said!r} is no {kind}") from fault


def in_bounds(value: Value, least: Value | None, most: Value | None) -> bool:
    """Whether a value lies between two bounds; spans are compared by their length."""
    at = _size(value)
    return (least is None or _size(least) <= at) and (most is None or at <= _size(most))


def _size(value: Value) -> Any:
    return value.length() if isinstance(value, Span) else value
