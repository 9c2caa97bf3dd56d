"""The databases that a worker's tests live in: an empty one, and one for each small world that many tests begin with.

Laying out the town takes a fifth of a second, and three thousand tests begin with it: it is laid once in a run, into a
template of its own, and each test finds it standing. `@stands(build)` under a fixture says so, and `laid(build)`
answers what was built.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql
from pytest_django.plugin import blocking_manager_key

from tests.pgtest import ROOT, SERVER, TEMPLATE

Build = Callable[[], Any]


def admin(*statements: sql.Composable) -> None:
    """Run statements as the server's superuser, outside of any transaction."""
    with psycopg.connect(**SERVER.dsn(), autocommit=True) as link:
        for statement in statements:
            link.execute(statement)


def clone(name: str, template: str = TEMPLATE) -> None:
    """A fresh copy of a template."""
    text = "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY OWNER niangjia_owner"
    copy, source = sql.Identifier(name), sql.Identifier(template)
    admin(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(copy), sql.SQL(text).format(copy, source))


@contextlib.contextmanager
def once(what: str) -> Iterator[bool]:
    """Whether this worker is the first of the run to do it; the others wait until it is done."""
    with (ROOT / what).open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        first = not file.read()
        yield first
        if first:
            file.write("done")


def name_of(build: Build | None) -> str:
    """The template in which a world stands."""
    return f"{TEMPLATE}_{build.__module__.replace('.', '_')}" if build else TEMPLATE


def stands(build: Build) -> Callable[[Any], Any]:
    """The tests that ask for this fixture find what `build` lays out."""

    def mark(fixture: Any) -> Any:
        fixture.stands = build
        return fixture

    return mark


def laid(build: Build) -> Any:
    """What `build` answered when it was laid, as it was then."""
    return pickle.loads((ROOT / name_of(build)).with_suffix(".laid").read_bytes())


def asked_by(item: pytest.Item) -> Build | None:
    """The world that a test begins with: by its fixture, whichever of that name is its own."""
    held = getattr(item, "_fixtureinfo", None)
    found = [getattr(those[-1].func, "stands", None) for those in held.name2fixturedefs.values()] if held else []
    return next(filter(None, found), None)


class Places:
    """A worker's own copies, one for each world, made when the first test asks for it."""

    def __init__(self) -> None:
        self.build: Build | None = None
        self.made: set[str] = set()
        self.ready = False

    @property
    def name(self) -> str:
        """The database of the test that runs."""
        return f"test_{os.getpid()}_{name_of(self.build)}"[-63:]

    def want(self, item: pytest.Item) -> None:
        """The next test begins with its world."""
        build = asked_by(item)
        if build is not self.build:
            self.build = build
            if self.ready:
                with item.config.stash[blocking_manager_key].unblock():
                    self.open()

    def open(self) -> None:
        """Reach the database of the world that is wanted."""
        from django.db import connection

        self.ready = True
        if self.name not in self.made:
            self.lay()
            clone(self.name, name_of(self.build))
            self.made.add(self.name)
        connection.close()
        connection.settings_dict["NAME"] = self.name

    def lay(self) -> None:
        """Lay out a world in a template of its own, once in a run."""
        from django.db import connection, transaction

        if self.build is None:
            return
        with once(name_of(self.build)) as first:
            if first:
                clone(name_of(self.build))
                connection.close()
                connection.settings_dict["NAME"] = name_of(self.build)
                with transaction.atomic():
                    made = self.build()
                connection.close()
                (ROOT / name_of(self.build)).with_suffix(".laid").write_bytes(pickle.dumps(made))

    def renew(self) -> None:
        """A fresh copy, after a test that commits."""
        clone(self.name, name_of(self.build))

    def close(self) -> None:
        """The run is over."""
        from django.db import connection

        connection.close()


PLACES = Places()
