"""The roles and the database that the house stands on, made by whoever may make them, as often as one likes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from niangjia.kit.unsaid import gettext_noop as noop

# The owner migrates and loads history, and is no superuser; pages own nothing; auditors read; the backup reads everything.
ROLES = {
    "niangjia_owner": "NOSUPERUSER CREATEDB",
    "niangjia_app": "NOSUPERUSER",
    "niangjia_audit": "NOSUPERUSER",
}

MEMBER = "SELECT rolsuper OR pg_has_role(current_user, %s, %s) FROM pg_roles WHERE rolname = current_user"


class NoServer(RuntimeError):
    """PostgreSQL cannot be used here; the sentence says why, and what to do. Whoever shows it may put it into another language."""

    def __init__(self, sentence: str, **facts: object) -> None:
        super().__init__(sentence % facts if facts else sentence)
        self.sentence, self.facts = sentence, facts


def prepare(server: Any, roles: Mapping[str, str] = ROLES, database: str = "niangjia") -> None:
    """Make the roles and the database where they are missing; the first role owns it.

    `server` is an `Embedded`, or the address (DATABASE_URL) of somebody who may create roles; then the name of the
    database is the address's, and that person becomes a member of each role.
    """
    address = make_conninfo(**server.dsn()) if hasattr(server, "dsn") else str(server)
    said = conninfo_to_dict(address)
    if not hasattr(server, "dsn"):
        database = str(said.get("dbname") or database)
    owner = next(iter(roles))
    with _anywhere(address, database) as link:
        if not 15 <= link.info.server_version // 10000 <= 18:
            raise NoServer(
                noop("PostgreSQL %(version)s is not among those that were tried: 15 to 18."), version=link.info.server_version // 10000
            )
        acts = "SET" if link.info.server_version >= 160000 else "MEMBER"  # from 16 on, a member may be one who may not act as it
        for role, rights in roles.items():
            if not link.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchall():
                _do(link, sql.SQL("CREATE ROLE {} LOGIN {}").format(sql.Identifier(role), sql.SQL(rights)))
            if link.info.user not in roles and link.execute(MEMBER, [role, acts]).fetchall() == [(False,)]:
                _do(link, sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
        if not link.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchall():
            text = "CREATE DATABASE {} OWNER {} ENCODING 'UTF8' LC_COLLATE 'C' TEMPLATE template0"
            _do(link, sql.SQL(text).format(sql.Identifier(database), sql.Identifier(owner)))
    with psycopg.connect(make_conninfo(address, dbname=database), autocommit=True) as link:
        if link.execute("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [owner]).fetchall() == [(False,)]:
            _do(link, sql.SQL("GRANT CREATE, USAGE ON SCHEMA public TO {}").format(sql.Identifier(owner)))


def _anywhere(address: str, database: str) -> psycopg.Connection[Any]:
    """A connection to the database, or to one that is always there."""
    try:
        return psycopg.connect(make_conninfo(address, dbname=database), autocommit=True)
    except psycopg.OperationalError as error:
        if "does not exist" not in str(error):
            raise
        return psycopg.connect(make_conninfo(address, dbname="postgres"), autocommit=True)


def _do(link: psycopg.Connection[Any], statement: sql.Composed) -> None:
    try:
        link.execute(statement)
    except (psycopg.errors.DuplicateObject, psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
        return  # somebody was faster
    except psycopg.errors.InsufficientPrivilege as error:
        asked = statement.as_string(link).replace("CURRENT_USER", link.info.user)
        raise NoServer(
            noop("The user %(user)s may not prepare this server. Let its administrator run: %(asked)s;"), user=link.info.user, asked=asked
        ) from error
