"""One way to ask the database: SQL with named parameters, rows as tuples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection

from niangjia.kit.series import SLOTS

Row = tuple[Any, ...]
NEVER = 9223372036854775807  # the posting by which a row of the lineage is struck, while it holds
QS = [f"q{i}" for i in range(1, SLOTS + 1)]
LINE = ["book", "source", "union_id", "subject", "day", "by", "n", *QS]


def fetch(sql: str, params: Mapping[str, Any] | None = None) -> list[Row]:
    """The rows that a query gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params or {})
        rows: list[Row] = cursor.fetchall()
        return rows


def only(sql: str, params: Mapping[str, Any] | None = None) -> Any:
    """The one value that a query gives."""
    [(value,)] = fetch(sql, params)
    return value
