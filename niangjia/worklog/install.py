"""Makes the database keep the books as declared. Runs after every migrate, and does nothing if nothing changed.

A changed declaration is a new book under the same name. Its triggers are installed beside the old ones, it is
filled in slices while everybody goes on writing, and answers from the posting at which it is complete. Until then
the old book answers; about postings before that, it answers for ever.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F

from niangjia.kit.series import SERIES, TREE, Series
from niangjia.worklog.compile import compiled, literal
from niangjia.worklog.db import Row
from niangjia.worklog.triggers import statements

SQL = Path(__file__).parent / "sql"
SLICE = 5000
LATEST = "SELECT DISTINCT ON (name) name, number, digest, installed FROM books_book ORDER BY name, number DESC"
TRIGGERS = (
    "SELECT format('DROP TRIGGER %%I ON %%I.%%I', t.tgname, c.relnamespace::regnamespace, c.relname) FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname LIKE %s AND c.relnamespace = current_schema::regnamespace"
)
FRESH = (
    "INSERT INTO books_book (number, name, digest, spec, lines) "
    "SELECT coalesce(max(number), 0) + 1, %s, %s, %s, %s FROM books_book RETURNING number"
)


def spec(of: Series) -> dict[str, Any]:
    """What a reader of old lines must know of the declaration they were made under."""
    return {"columns": of.columns, "by": list(of.by), "stock": of.stock, "model": of.model._meta.label}


def drop_triggers(cursor: CursorWrapper, prefix: str) -> None:
    cursor.execute(TRIGGERS, [prefix.replace("_", r"\_") + "%"])
    for (drop,) in cursor.fetchall():
        cursor.execute(drop)


def install_tree(cursor: CursorWrapper) -> None:
    """Install the one hierarchy, if what it says changed: a view of (child, parent, since), and notes of its changes."""
    [tree] = TREE
    named = {"c": F(tree.child), "p": F(tree.parent), "s": F(tree.since)}
    rows = literal(tree.model._base_manager.filter(tree.if_).order_by().values(**named))
    table = tree.model._meta.db_table
    wanted = hashlib.sha256("\n".join([table, rows, (SQL / "tree.sql").read_text()]).encode()).hexdigest()
    cursor.execute("SELECT obj_description(to_regclass(current_schema || '.books_descent'), 'pg_class')")
    if cursor.fetchone() == (wanted,):
        return
    cursor.execute("DROP VIEW IF EXISTS books_descent, books_parentage")
    cursor.execute(f"CREATE VIEW books_parentage (child, parent, since) AS {rows}")
    cursor.execute((SQL / "tree.sql").read_text())
    cursor.execute(f"COMMENT ON VIEW books_descent IS '{wanted}'")
    drop_triggers(cursor, "books_tree_")
    for event in ("INSERT", "UPDATE", "DELETE", "TRUNCATE"):
        made = f'CREATE TRIGGER books_tree_{event.lower()} AFTER {event} ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION books_note_tree()'
        cursor.execute(made)
    cursor.execute("INSERT INTO books_treenote DEFAULT VALUES")


def install_series(cursor: CursorWrapper, of: Series, was: Row | None) -> bool:
    """Install one series if its declaration is new or changed; say whether it was."""
    made = compiled(of)
    said = json.dumps(spec(of))
    digest = hashlib.sha256(f"{said}\n{made.lines}".encode()).hexdigest()
    book, old_digest, installed = was or (0, None, None)
    if fresh := digest != old_digest or installed is None:
        cursor.execute(FRESH, [of.name, digest, said, made.lines])
        [book] = cursor.fetchone()
    kept = statements(book, made)
    wanted = hashlib.sha256("\n".join(kept).encode()).hexdigest()
    if wanted != installed or fresh:
        drop_triggers(cursor, f"books_{book}_")
        for sql in kept:
            cursor.execute(sql)
        cursor.execute("UPDATE books_book SET installed = %s WHERE number = %s", [wanted, book])
    return fresh


def retire(cursor: CursorWrapper, keep: str) -> None:
    """Books that no declaration stands behind are no longer kept; what they say, they go on saying."""
    cursor.execute(f"SELECT number FROM books_book WHERE installed IS NOT NULL AND NOT ({keep})", [list(SERIES)])
    for (book,) in cursor.fetchall():
        drop_triggers(cursor, f"books_{book}_")
        cursor.execute("UPDATE books_book SET installed = NULL WHERE number = %s", [book])


def grant(cursor: CursorWrapper) -> None:
    """Nobody calls or writes the books but by what is granted here. The roles are named in the settings."""
    cursor.execute((SQL / "grants.sql").read_text())
    for what, role in getattr(settings, "BOOKS_ROLES", {}).items():
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is not None:
            cursor.execute(f"SELECT books_grant_{what}(%s)", [role])


def fill() -> None:
    """Fill the books that are new, slice by slice, each in its own transaction; then let them answer. May be begun again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM books_book WHERE after_posting IS NULL AND installed IS NOT NULL ORDER BY number")
        for (book,) in cursor.fetchall():
            last: int | None = -(2**63)
            while last is not None:
                cursor.execute(f"SELECT books_fill_{book}(%s, %s)", [last, SLICE])
                [last] = cursor.fetchone()
            with transaction.atomic():
                cursor.execute("SELECT books_post_as(NULL)")  # what was filled is posted before it answers
                cursor.execute("SELECT books_turn(%s::smallint)", [book])
                retire(cursor, "name = ANY (%s) AND number IN (SELECT max(number) FROM books_book GROUP BY name)")


@transaction.atomic
def declare() -> list[str]:
    """Install what changed, empty; the old books go on."""
    with connection.cursor() as cursor:
        cursor.execute((SQL / "path.sql").read_text())
        cursor.execute("LOCK TABLE books_tree IN SHARE ROW EXCLUSIVE MODE")
        changed = []
        if TREE:
            install_tree(cursor)
            cursor.execute(LATEST)
            latest = {name: tuple(row) for name, *row in cursor.fetchall()}
            changed = [of.name for of in SERIES.values() if install_series(cursor, of, latest.get(of.name))]
            retire(cursor, "name = ANY (%s)")
        grant(cursor)
    return changed


def ready() -> bool:
    """Whether the tables stand as the models say: half-migrated, there is nothing to compile against."""
    executor = MigrationExecutor(connection)
    return apps.ready and not executor.migration_plan(executor.loader.graph.leaf_nodes())


def install() -> list[str]:
    """Bring the books to what is declared, and answer with the names of the series that are new or changed."""
    changed = declare()
    fill()
    return changed
