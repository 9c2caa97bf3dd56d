"""Bringing the house up: the database that this machine runs itself, its roles, its tables; each trouble with a sentence."""

from __future__ import annotations

import os
import socket
from typing import Any

import psycopg

from niangjia.config.settings import DATA, database
from niangjia.config.stop import Stop
from niangjia.config.tongue import gettext as _
from niangjia.kit.pg import Embedded, NoServer, prepare


def embedded() -> bool:
    """Whether this machine runs the database itself."""
    return "DATABASE_URL" not in os.environ and "NIANGJIA_TEST_SERVER" not in os.environ


def up() -> None:
    """Start the database if it is ours, and make its roles; a foreign one must be there."""
    try:
        if embedded():
            DATA.mkdir(parents=True, exist_ok=True)
            prepare(Embedded(DATA / "postgres").ensure())
        else:
            _foreign()
    except NoServer as error:
        raise Stop(_(error.sentence) % error.facts if error.facts else _(error.sentence)) from error
    except OSError as error:
        raise Stop(
            _("%(data)s: %(error)s. Choose another folder with DATA=, or make room there.")
            % {"data": DATA, "error": error.strerror or error}
        ) from error
    except psycopg.OperationalError as error:
        raise Stop(
            _("the database does not answer: %(said)s. Look at DATABASE_URL, and whether the server runs.")
            % {"said": str(error).splitlines()[0]}
        ) from error


def down() -> None:
    """Stop the database that this machine runs itself, unless somebody else is still at it."""
    if not embedded():
        return
    from django.conf import settings

    if settings.configured:  # this process may have asked it, too
        from django.db import connection

        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
    server = Embedded(DATA / "postgres")
    if server.status() != "ready":
        return
    with psycopg.connect(**server.dsn(), autocommit=True) as link:
        asked = "SELECT FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        others = link.execute(asked).fetchall()
    if not others:
        server.stop()


def _foreign() -> None:
    url = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL")
    if url:
        prepare(url)


def connect(role: str = "owner", dbname: str | None = None) -> psycopg.Connection[Any]:
    """A plain connection as a role."""
    said = database(role)
    facts = {"host": said.get("HOST"), "port": said.get("PORT") or None, "user": said.get("USER"), "password": said.get("PASSWORD") or None}
    return psycopg.connect(
        dbname=dbname or said["NAME"],
        options=said["OPTIONS"].get("options"),
        autocommit=True,
        **{key: value for key, value in facts.items() if value},
    )


def tables() -> int:
    """How many tables the house has: 0 before the first migration."""
    with connect("owner") as connection:
        (count,) = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename = 'django_migrations'"
        ).fetchone() or (0,)
    return int(count)


def city() -> str:
    """What stands there: '' nothing, 'half' an interrupted load, else the name of the city."""
    with connect("owner") as connection:
        if not connection.execute("SELECT FROM pg_tables WHERE schemaname = 'public' AND tablename = 'unions_union'").fetchall():
            return ""
        if connection.execute("SELECT FROM pg_tables WHERE schemaname = 'public' AND tablename = 'scenario_load'").fetchall():
            row = connection.execute("SELECT name, done FROM scenario_load ORDER BY id DESC LIMIT 1").fetchone()
            if row:
                return str(row[0]) if row[1] else "half"
        return "own" if connection.execute("SELECT FROM unions_union LIMIT 1").fetchall() else ""


def migrated_or_stop() -> None:
    """Refuse to work on a house of another version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.graph.nodes) if executor.loader.graph else set()
    if unknown:
        raise Stop(_("%(data)s was made by a newer version. Take that version, or another folder with DATA=.") % {"data": DATA})
    if waiting:
        raise Stop(_("the database waits for migrations: niangjia migrate"))


def port_is_free(host: str, port: int) -> bool:
    """Whether nobody listens there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
