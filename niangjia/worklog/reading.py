"""The second reading of a declaration, in plain Python: what one row says.

It knows the lookups and expressions below and refuses others, so that every declaration has two readers.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q, Value
from django.db.models.expressions import CombinedExpression

from niangjia.kit.dates import CHINA
from niangjia.kit.series import SLOTS, Series
from niangjia.worklog.db import Row

Read = Callable[[Row], Any]

LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda a, b: a in b,
    "range": lambda a, b: b[0] <= a <= b[1],
    "startswith": lambda a, b: a.startswith(b),
    "contains": lambda a, b: b in a,
}
COMBINE: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda a, b: Decimal(a) / b,
}


class Rows:
    """The plain rows of one model: the columns that are read, and the rows that they point to, by key."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.columns: list[str] = [str(model._meta.pk.column)]
        self.above: dict[str, Rows] = {}
        self.by_key: dict[Any, Row] = {}

    def field(self, path: str) -> tuple[Any, str]:
        name, _, rest = path.partition("__")
        return (self.model._meta.pk if name == "pk" else self.model._meta.get_field(name)), rest

    def reader(self, path: str) -> Read:
        """How to read a path from a row, through the rows that it points to."""
        field, rest = self.field(path)
        if field.column not in self.columns:
            self.columns.append(field.column)
        at = self.columns.index(field.column)
        if not rest:
            return operator.itemgetter(at)
        above = self.above.setdefault(field.column, Rows(field.related_model))
        deeper, rows = above.reader(rest), above.by_key

        def read(row: Row) -> Any:
            up = rows.get(row[at])
            return None if up is None else deeper(up)

        return read

    def leaf(self, path: str) -> tuple[Any, str]:
        """The field at the end of a path, and what remains: the lookup."""
        field, rest = self.field(path)
        try:
            return Rows(field.related_model).leaf(rest) if rest and field.related_model else (field, rest)
        except FieldDoesNotExist:
            return field, rest

    def sql(self) -> str:
        columns = ", ".join(f'"{column}"' for column in self.columns)
        return f'SELECT {columns} FROM "{self.model._meta.db_table}"'

    def load(self, raw: Any) -> None:
        """The rows above, all of them, each by its key; the base rows themselves are streamed."""
        for above in self.above.values():
            above.load(raw)
            for row in raw.execute(above.sql()):
                above.by_key[row[0]] = row


def expression(rows: Rows, of: Any) -> Read:
    """How to read a quantity: a path, a constant, or arithmetic on them; nothing of nothing."""
    if isinstance(of, str):
        return rows.reader(of)
    if isinstance(of, F):
        return rows.reader(of.name)  # type: ignore[attr-defined]
    if isinstance(of, (int, Decimal, Value)):
        constant = of.value if isinstance(of, Value) else of
        return lambda _: constant
    if isinstance(of, CombinedExpression) and of.connector in COMBINE:
        left, right, combine = expression(rows, of.lhs), expression(rows, of.rhs), COMBINE[of.connector]
        return lambda row: None if (a := left(row)) is None or (b := right(row)) is None else combine(a, b)
    raise TypeError(f"{rows.model.__name__}: no second reading of {of!r}")


def comparison(rows: Rows, path: str, value: Any) -> Callable[[Row], bool]:
    """Django's way: a comparison with nothing is false, and its negation true."""
    field, lookup = rows.leaf(path)
    read = rows.reader(path.removesuffix(f"__{lookup}") if lookup else path)
    if lookup == "isnull" or value is None:
        wanted = value in (True, None)
        return lambda row: (read(row) is None) == wanted
    if (lookup or "exact") not in LOOKUPS or hasattr(value, "resolve_expression"):
        raise TypeError(f"{rows.model.__name__}: no second reading of {path}")
    compare = LOOKUPS[lookup or "exact"]
    value = [field.to_python(v) for v in value] if lookup in ("in", "range") else field.to_python(value)
    return lambda row: (found := read(row)) is not None and compare(found, value)


def condition(rows: Rows, q: Any) -> Callable[[Row], bool]:
    """Which rows count."""
    if isinstance(q, tuple):
        return comparison(rows, *q)
    parts = [condition(rows, child) for child in q.children]
    if q.connector == Q.XOR:
        raise TypeError("XOR")
    together = all if q.connector == Q.AND else any
    if len(parts) == 1:
        [one] = parts
        return (lambda row: not one(row)) if q.negated else one
    return lambda row: together(part(row) for part in parts) != q.negated


def day_of(value: date | datetime | None) -> date | None:
    return value.astimezone(CHINA).date() if isinstance(value, datetime) else value


def text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)


def teller(of: Series, rows: Rows) -> Callable[[Row], list[Row]]:
    """What one row says: lines (union, subject, day, by, n, q1..q4)."""
    counts = condition(rows, of.if_) if of.if_.children else None
    where, begins = rows.reader(of.where), rows.reader(of.when or of.since or "")
    ends = [rows.reader(path) for path in of.last_days]
    subject = rows.reader(of.subject) if of.subject else lambda _: None
    by = [rows.reader(path) for path in of.by]
    slots: list[Read | None] = [None] * SLOTS
    for name, column in of.columns.items():
        if column != "n":
            slots[int(column[1]) - 1] = expression(rows, of.quantities[name])
    stock, unused = of.stock, all(slot is None for slot in slots)
    nothing = (None,) * SLOTS

    def tell(row: Row) -> list[Row]:
        union, first = where(row), day_of(begins(row))
        if union is None or first is None or (counts and not counts(row)):
            return []
        told = tuple([text(read(row)) for read in by])
        qs = nothing if unused else tuple([slot and (slot(row) or 0) for slot in slots])
        line = (union, subject(row), first, told, 1, *qs)
        after = min((day for end in ends if (day := day_of(end(row)))), default=None)
        if not stock or after is None:
            return [line]
        if after <= first:
            return []
        return [line, (*line[:2], after, told, -1, *(q if q is None else -q for q in qs))]

    return tell
