"""Rows into tables by COPY, as the owner: all triggers and checks stand; indexes of the largest tables are made anew afterwards."""

from __future__ import annotations

import datetime as dt
import queue
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, Model

from niangjia.kit.memory import once

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
        field
        for name, field in fields.items()
        if name not in names and not field.primary_key and not field.has_db_default() and not field.generated  # the database writes it
    ]
    for one in rest:
        if one.default is uuid.uuid4 or getattr(one, "auto_now_add", False):
            raise ValueError(f"{model.__name__}.{one.name} is different in each row: name it")
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
    """Let the planner see how large tables have become; within the transaction that fills them, too."""
    with connection.cursor() as cursor:
        cursor.execute("SET default_statistics_target = 60")  # enough to begin with; the server looks closer by itself
        cursor.execute(f"ANALYZE {', '.join(tables)}")
        cursor.execute("RESET default_statistics_target")


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
HARD = "USING gin"  # an index of which a builder should have begun before the others are done


@dataclass
class Stripped:
    """What was taken off tables: the statements that put it on again."""

    indexes: dict[str, list[str]] = field(default_factory=dict)  # by table
    keys: list[str] = field(default_factory=list)  # after all indexes: a foreign key asks for the index that it points to


def stripped(*models: type[Model], unbound: Sequence[type[Model]] = (), without: Sequence[str] = ()) -> Stripped:
    """Take their indexes and foreign keys off large tables; made anew by sorting they cost a tenth, and so every row is checked.

    Tables that are asked while they are filled keep their indexes: they are unbound only, their keys checked at once and not
    row by row. `without` names single indexes. All is committed at once, for other connections to go on from there: whoever is
    interrupted before `dressed` leaves a database that must be made anew.
    """
    found = Stripped()
    with transaction.atomic(), connection.cursor() as cursor:
        for model in unbound:
            found.keys += _unbound(cursor, model)
        for model in models:
            table = model._meta.db_table
            found.keys += _unbound(cursor, model)
            cursor.execute(UNIQUE, [table])
            unique = cursor.fetchall()
            cursor.execute(INDEXES, [table])
            indexes = cursor.fetchall()
            for name, _ in unique:
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
            for name, _ in indexes:
                cursor.execute(f"DROP INDEX {name}")
            again = [f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {said}' for name, said in unique] + [said for _, said in indexes]
            found.indexes[table] = sorted(again, key=lambda said: HARD not in said)
        for name in without:
            cursor.execute(
                "SELECT pg_get_indexdef(%s::regclass), indrelid::regclass::text FROM pg_index WHERE indexrelid = %s::regclass", [name, name]
            )
            said, table = cursor.fetchone()
            found.indexes.setdefault(table, []).append(said)
            cursor.execute(f'DROP INDEX "{name}"')
    return found


def _unbound(cursor: CursorWrapper, model: type[Model]) -> list[str]:
    """Drop a table's foreign keys; answers what makes them anew."""
    table = model._meta.db_table
    cursor.execute(FOREIGN, [table])
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    return [f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {said}' for name, said in found]


def build(statements: Iterable[str]) -> None:
    """Make indexes and keys, each committed for itself."""
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '384MB'")
        for said in statements:
            cursor.execute(said)
        cursor.execute("RESET maintenance_work_mem")


def shared(statements: Iterable[str]) -> Iterator[str]:
    """One list of statements for whoever is free: given to several builders, each statement comes to one of them."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for said in statements:
        waiting.put(said)
    return iter(partial(_next, waiting), "")


def _next(waiting: queue.SimpleQueue[str]) -> str:
    try:
        return waiting.get_nowait()
    except queue.Empty:
        return ""


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[None]:
    """Do something on a second connection, in the same role, meanwhile: the machine has more than one core. Its fault is raised here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (role,) = cursor.fetchone()
    held: list[Any] = []

    def run() -> None:
        try:
            with connection.cursor() as cursor:  # this thread's own
                cursor.execute(f'SET ROLE "{role}"')
            held.append(connection.connection)
            with once():  # a thread begins with nothing remembered
                work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(run)
        try:
            yield
        except BaseException:
            for link in held:
                link.cancel()
            raise
        done.result()
