"""Indexes set aside while a whole city is written, and built anew after: twice as quick as keeping them, where the role owns the tables.

The role that serves pages owns none: its imports keep the indexes, and nobody has to wait for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

TABLES = ("members_person", "members_membership")
MANY, SHARE = 100_000, 0.2  # fewer rows, or a smaller part of the table, are written with the indexes in place


@contextmanager
def set_aside(rows: int) -> Iterator[bool]:
    """For one transaction: no foreign keys and none but unique indexes on what is written. Answers whether it was done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(pg_has_role(current_user, relowner, 'USAGE')), max(greatest(reltuples, 0)) FROM pg_class"
            " WHERE oid = ANY (ARRAY(SELECT t::regclass FROM unnest(%s::text[]) t))",
            [list(TABLES)],
        )
        owned, there = cursor.fetchone()
        if not owned or rows < max(MANY, there * SHARE):
            yield False
            return
        cursor.execute(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid = ANY (ARRAY(SELECT t::regclass FROM unnest(%s::text[]) t)) ORDER BY oid",
            [list(TABLES)],
        )
        keys = cursor.fetchall()
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE NOT indisunique AND indrelid = ANY (ARRAY(SELECT t::regclass FROM unnest(%s::text[]) t)) ORDER BY indexrelid",
            [list(TABLES)],
        )
        indexes = cursor.fetchall()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks outstanding cannot be altered
        for table, name, _said in keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _said in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield True
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _name, said in indexes:
            cursor.execute(said)
        for table, name, said in keys:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {said}")
