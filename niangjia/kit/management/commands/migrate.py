"""`migrate`, with one picture of the models a migration instead of one an operation.

Django draws all models anew after each operation, for an operation in the middle might be one of Python that asks for them.
In a house whose tables nearly all point at people and unions that is every model, hundreds of times: most of the time in
which an empty database got its tables. Most migrations only add; for these the operations are done on the models as they
are after the last of them. Any other migration goes Django's own way.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any
from unittest.mock import patch

from django.core.management.commands import migrate
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

PARTS = (migrations.AddField, migrations.AddIndex, migrations.AddConstraint)  # of a model: made with it, where it is made here
ADDING = (
    migrations.CreateModel,
    migrations.AlterField,
    migrations.RemoveConstraint,
    migrations.RemoveIndex,
    migrations.RunSQL,
    AddTrigger,
    *PARTS,
)


def adds(migration: migrations.Migration) -> bool:
    """Whether the operations of a migration can all be done on the models as they are after the last: no field is touched twice, none goes."""
    touched = Counter(
        (one.model_name_lower, one.name_lower)
        for one in migration.operations
        if isinstance(one, migrations.AddField | migrations.AlterField)
    )
    return migration.atomic and all(type(one) in ADDING for one in migration.operations) and max(touched.values(), default=1) == 1


def made_with(one: Operation, made: set[str]) -> bool:
    """Whether what an operation adds was made with its model a moment ago."""
    return isinstance(one, PARTS) and getattr(one, "model_name_lower", getattr(one, "model_name", "").lower()) in made


def at_once(
    migration: migrations.Migration, state: ProjectState, editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
) -> ProjectState:
    """Do what a migration says, on two pictures of the models: before it, and after it."""
    if collect_sql or not adds(migration):
        return type(migration).apply(migration, state, editor, collect_sql)
    after = state.clone()
    after.__dict__.pop("apps", None)  # drawn once, when all that is to be in it is known
    for one in migration.operations:
        one.state_forwards(migration.app_label, after)
    made = {one.name_lower for one in migration.operations if isinstance(one, migrations.CreateModel)}
    for one in migration.operations:
        if not made_with(one, made):
            one.database_forwards(migration.app_label, editor, state, after)
    return after


class Executor(MigrationExecutor):
    """Django's, but for how a single migration is done."""

    def apply_migration(self, state: ProjectState, migration: migrations.Migration, *args: Any, **said: Any) -> ProjectState:
        """Do a migration forwards."""
        migration.apply = partial(at_once, migration)  # type: ignore[method-assign]
        return super().apply_migration(state, migration, *args, **said)


class Command(migrate.Command):
    """Bring the tables to this version."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Django's command, with the executor of this house."""
        with patch.object(migrate, "MigrationExecutor", Executor):
            super().handle(*args, **options)
