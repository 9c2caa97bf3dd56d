"""A small city for these tests: loaded once, as the owner, into a database of its own; each test rolls back what it does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from pytest_django.plugin import DjangoDbBlocker

TODAY = date(2026, 11, 25)
SMALL = 0.01


@pytest.fixture(scope="package")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[object]:
    """The small city."""
    from django.db import connection
    from psycopg import sql

    from niangjia.scenario.load import load
    from tests.pgfixtures import as_owner
    from tests.standing import admin, clone

    with django_db_blocker.unblock():
        usual = connection.settings_dict["NAME"]
        name = f"{usual}_city"
        connection.close()
        clone(name)
        connection.settings_dict["NAME"] = name
        with as_owner():
            made = load(scale=SMALL, today=TODAY)
        connection.close()
    yield made
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = usual
        admin(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
