"""A migration that adds is done at once, and comes to the same tables as Django's own way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from niangjia.kit.management.commands.migrate import adds, at_once


def migration(*operations: migrations.operations.base.Operation) -> migrations.Migration:
    made = migrations.Migration("made", "kit")
    made.operations = list(operations)
    return made


FIRST = migration(
    migrations.CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=20))]),
    migrations.CreateModel("Book", [("id", models.BigAutoField(primary_key=True)), ("title", models.CharField(max_length=20))]),
    migrations.AddField("book", "shelf", models.ForeignKey("kit.Shelf", models.PROTECT)),
    migrations.AddField("shelf", "best", models.ForeignKey("kit.Book", models.SET_NULL, null=True, related_name="+")),
    migrations.AddIndex("book", models.Index(fields=["shelf", "title"], name="books_of_a_shelf")),
    migrations.AddConstraint("book", models.CheckConstraint(condition=~models.Q(title=""), name="a_book_has_a_title")),
    migrations.AddConstraint("shelf", models.UniqueConstraint(fields=["name"], condition=~models.Q(name="x"), name="a_shelf_once")),
    migrations.RunSQL("COMMENT ON TABLE kit_book IS 'read'"),
)
SECOND = migration(
    migrations.CreateModel(
        "Loan", [("id", models.BigAutoField(primary_key=True)), ("book", models.ForeignKey("kit.Book", models.PROTECT))]
    ),
    migrations.AddField("book", "pages", models.IntegerField(default=1, db_default=1)),
    migrations.AlterField("shelf", "name", models.CharField(max_length=40)),
    migrations.AddConstraint("book", models.CheckConstraint(condition=models.Q(pages__gt=0), name="a_book_has_pages")),
    migrations.RemoveIndex("book", "books_of_a_shelf"),
)
TABLES = """
SELECT c.table_name, c.column_name, c.data_type, c.is_nullable, c.character_maximum_length, c.column_default FROM information_schema.columns c
 WHERE c.table_name IN ('kit_shelf', 'kit_book', 'kit_loan')
UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype::text, NULL, NULL FROM pg_constraint
 WHERE conrelid::regclass::text IN ('kit_shelf', 'kit_book', 'kit_loan')
UNION ALL SELECT tablename, indexname, indexdef, '', NULL, NULL FROM pg_indexes WHERE tablename IN ('kit_shelf', 'kit_book', 'kit_loan')
ORDER BY 1, 2, 3"""
Way = Callable[..., ProjectState]


def ordinary(one: migrations.Migration, state: ProjectState, editor: object) -> ProjectState:
    return type(one).apply(one, state, editor)  # type: ignore[arg-type]


def tables(way: Way) -> list[tuple[object, ...]]:
    """What stands in the catalogue after both migrations, done in one way and undone."""
    state = ProjectState()
    with connection.schema_editor() as editor:
        state = way(FIRST, state, editor)
    with connection.schema_editor() as editor:
        way(SECOND, state, editor)
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        found = cursor.fetchall()
        cursor.execute("DROP TABLE kit_loan, kit_book, kit_shelf CASCADE")
    return found


@pytest.mark.django_db(transaction=True)
def test_both_ways_come_to_the_same_tables(owner):
    assert adds(FIRST)
    assert adds(SECOND)
    with owner():
        once = tables(at_once)
        assert once == tables(ordinary)
    names = {row[1] for row in once}
    assert {"pages", "a_book_has_pages", "a_book_has_a_title", "a_shelf_once"} <= names
    assert "books_of_a_shelf" not in names


@pytest.mark.parametrize(
    "operations",
    [
        [migrations.RunPython(migrations.RunPython.noop)],
        [migrations.RemoveField("book", "pages")],
        [migrations.RenameField("book", "pages", "leaves")],
        [
            migrations.AddField("book", "size", models.IntegerField(default=1)),
            migrations.AlterField("book", "size", models.BigIntegerField()),
        ],
        [migrations.SeparateDatabaseAndState()],
    ],
)
def test_what_does_more_than_add_goes_the_way_of_django(operations):
    assert not adds(migration(*operations))
