"""Ten thousand rows in one statement: written, or gone. Django writes a CASE for each row and column, and asks for each hundred what hangs on them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.db.models import Model

SLICE = 5000  # rows a statement


def _said(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)


def write_many(rows: Sequence[Model], columns: Iterable[str]) -> None:
    """Write some columns of rows that exist already, as they stand in memory."""
    if not rows or not (fields := [rows[0]._meta.get_field(name) for name in columns]):
        return
    table = rows[0]._meta.db_table
    typed = ", ".join(f'"{field.column}" {field.db_type(connection)}' for field in fields)  # type: ignore[union-attr]
    written = ", ".join(f'"{field.column}" = v."{field.column}"' for field in fields)  # type: ignore[union-attr]
    statement = f'UPDATE "{table}" t SET {written} FROM jsonb_to_recordset(%s::jsonb) AS v(id bigint, {typed}) WHERE t.id = v.id'
    with connection.cursor() as cursor:
        for at in range(0, len(rows), SLICE):
            said = [
                {"id": row.pk} | {field.column: getattr(row, field.attname) for field in fields}  # type: ignore[union-attr]
                for row in rows[at : at + SLICE]
            ]
            cursor.execute(statement, [json.dumps(said, default=_said, ensure_ascii=False)])


def drop_many(model: type[Model], pks: Collection[int], column: str = "id") -> None:
    """Delete rows by a column that holds numbers; the caller has asked what stands on them, the database refuses what does."""
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE "{column}" = ANY (%s)', [list(pks)])


def held_among(model: type[Model], column: str, pks: Collection[int]) -> set[int]:
    """Which of some numbers stand in a column."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT n FROM unnest(%s::bigint[]) n WHERE EXISTS (SELECT FROM "{model._meta.db_table}" x WHERE x."{column}" = n)',
            [list(pks)],
        )
        return {int(pk) for (pk,) in cursor.fetchall()}
