"""A small city for these tests: loaded once, as the owner, into a database of its own; each test rolls back what it does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from pytest_django.plugin import DjangoDbBlocker

from niangjia.scenario.load import City, made

TODAY = date(2026, 11, 25)
SMALL = 0.01


@cache
def made_once(scale: float = SMALL, today: date = TODAY, seed: int = 2015) -> City:
    """A city that is only looked at: six seconds of work that many tests share."""
    return made(scale=scale, today=today, seed=seed)


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
            loaded = load(scale=SMALL, today=TODAY)
        connection.close()
    yield loaded
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = usual
        admin(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
