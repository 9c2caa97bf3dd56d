"""Rows into tables by COPY, as the owner: all triggers and checks stand; indexes of the largest tables are made anew afterwards."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, Model

PIECE = 1 << 20


def text(value: Any) -> str:
    """A value as COPY's text format has it."""
    if value is None:
        return "\\N"
    if value is True or value is False:
        return "t" if value else "f"
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str):
        return (
            value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
            if "\\" in value or "\t" in value or "\n" in value
            else value
        )
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, list):
        return "{" + ",".join(f'"{one}"' for one in value) + "}"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    return str(value)


def settled(model: type[Model], names: Sequence[str]) -> tuple[list[str], str]:
    """The columns of a COPY: those named, then those that are the same in every row, with their text."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    columns = [f'"{fields[name].column}"' for name in names]
    rest: list[Field[Any, Any]] = [
        field for name, field in fields.items() if name not in names and not field.primary_key and not field.has_db_default()
    ]
    for field in rest:
        if field.default is uuid.uuid4 or getattr(field, "auto_now_add", False):
            raise ValueError(f"{model.__name__}.{field.name} is different in each row: name it")
    same = "".join("\t" + text(field.get_default()) for field in rest)
    return columns + [f'"{field.column}"' for field in rest], same


def copy(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Copy rows; what is not named takes the field's default. Answers how many."""
    columns, same = settled(model, names)
    count = 0
    said = f'COPY "{model._meta.db_table}" ({", ".join(columns)}) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(said) as out:
        held: list[str] = []
        for row in rows:
            held.append("\t".join(map(text, row)) + same + "\n")
            count += 1
            if len(held) >= 4000:
                out.write("".join(held))
                held = []
        out.write("".join(held))
    return count


def copy_blocks(model: type[Model], names: Sequence[str], blocks: Iterable[bytes]) -> None:
    """Copy ready blocks of lines whose columns are those named, in one statement."""
    columns, same = settled(model, names)
    end = f"{same}\n".encode()
    with connection.cursor() as cursor, cursor.copy(f'COPY "{model._meta.db_table}" ({", ".join(columns)}) FROM STDIN') as out:
        for lines in blocks:
            block = lines.replace(b"\n", end) if same else lines
            for at in range(0, len(block), PIECE):
                out.write(block[at : at + PIECE])


def amend(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Change rows by their numbers (the first name is the key), all in one statement."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    columns = [f'"{fields[name].column}"' for name in names]
    listed = list(rows)
    if not listed:
        return 0
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE TEMP TABLE amended AS SELECT {", ".join(columns)} FROM "{table}" LIMIT 0')
        with cursor.copy(f"COPY amended ({', '.join(columns)}) FROM STDIN") as out:
            out.write("".join("\t".join(map(text, row)) + "\n" for row in listed))
        cursor.execute("ANALYZE amended")
        changes = ", ".join(f"{column} = a.{column}" for column in columns[1:])
        cursor.execute(f'UPDATE "{table}" t SET {changes} FROM amended a WHERE t.{columns[0]} = a.{columns[0]}')
        changed = cursor.rowcount
        cursor.execute("DROP TABLE amended")
    return int(changed)


def look(*tables: str) -> None:
    """Let the planner see how large tables have become, within the transaction that fills them."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


def next_numbers(models: Iterable[type[Model]]) -> None:
    """Let the sequences go on after the numbers that were given."""
    with connection.cursor() as cursor:
        for model in models:
            table, key = model._meta.db_table, model._meta.pk.column
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), greatest((SELECT max({key}) FROM \"{table}\"), 1))")


FOREIGN = "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f' ORDER BY conname"
UNIQUE = "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'u' ORDER BY conname"
INDEXES = (
    "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i WHERE i.indrelid = %s::regclass AND NOT i.indisprimary "
    "AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype = 'u') ORDER BY 1"
)


def keys(cursor: CursorWrapper, model: type[Model]) -> list[str]:
    """Drop a table's foreign keys; answers what makes them anew."""
    table = model._meta.db_table
    cursor.execute(FOREIGN, [table])
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    return [f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {said}' for name, said in found]


@contextmanager
def bare(*models: type[Model], unbound: Sequence[type[Model]] = ()) -> Iterator[None]:
    """Load large tables without their indexes and foreign keys; both are made anew at the end, and so every row is checked.

    Tables that are asked while they are filled keep their indexes: they are unbound only, their keys checked at once and not row by row.
    Within one transaction: whoever interrupts it leaves the tables as they were.
    """
    again: list[str] = []
    with connection.cursor() as cursor:
        for model in unbound:
            again += keys(cursor, model)
        for model in models:
            table = model._meta.db_table
            foreign = keys(cursor, model)
            cursor.execute(UNIQUE, [table])
            unique = cursor.fetchall()
            cursor.execute(INDEXES, [table])
            indexes = cursor.fetchall()
            for name, _ in unique:
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
            for name, _ in indexes:
                cursor.execute(f"DROP INDEX {name}")
            again += [f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {said}' for name, said in unique]
            again += [said for _, said in indexes]
            again += foreign
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for said in again:
            cursor.execute(said)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def aside(*indexes: str) -> Iterator[None]:
    """Do without some indexes for a while, within one transaction: made anew by sorting, they cost a tenth."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_indexdef(name::regclass) FROM unnest(%s::text[]) AS name", [list(indexes)])
        again = [said for (said,) in cursor.fetchall()]
        for name in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        for said in again:
            cursor.execute(said)
