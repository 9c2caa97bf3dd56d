"""The roles and the database that the house stands on, made by whoever may make them, as often as one likes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

# The owner migrates and loads history, and is no superuser; pages own nothing; auditors read; the backup reads everything.
ROLES = {
    "niangjia_owner": "NOSUPERUSER CREATEDB",
    "niangjia_app": "NOSUPERUSER",
    "niangjia_audit": "NOSUPERUSER",
}


class NoServer(RuntimeError):
    """PostgreSQL cannot be used here; the text says why, and what to do."""


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
            raise NoServer(f"PostgreSQL {link.info.server_version // 10000} is not among those that were tried: 15 to 18.")
        for role, rights in roles.items():
            if not link.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchall():
                _make_role(link, role, rights)
            me = link.execute(
                "SELECT NOT rolsuper AND NOT pg_has_role(current_user, %s, 'MEMBER') FROM pg_roles WHERE rolname = current_user", [role]
            )
            if me.fetchall() == [(True,)]:
                link.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
        if not link.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchall():
            text = "CREATE DATABASE {} OWNER {} ENCODING 'UTF8' LC_COLLATE 'C' TEMPLATE template0"
            link.execute(sql.SQL(text).format(sql.Identifier(database), sql.Identifier(owner)))
    with psycopg.connect(make_conninfo(address, dbname=database), autocommit=True) as link:
        may = link.execute("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [owner]).fetchall()
        if may == [(False,)]:
            link.execute(sql.SQL("GRANT CREATE, USAGE ON SCHEMA public TO {}").format(sql.Identifier(owner)))
        if link.execute("SELECT has_database_privilege(%s, current_database(), 'TEMPORARY')", [owner]).fetchall() == [(False,)]:
            link.execute(sql.SQL("GRANT TEMPORARY, CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), sql.Identifier(owner)))


def _anywhere(address: str, database: str) -> psycopg.Connection[Any]:
    """A connection to the database, or to one that is always there."""
    try:
        return psycopg.connect(make_conninfo(address, dbname=database), autocommit=True)
    except psycopg.OperationalError as error:
        if "does not exist" not in str(error):
            raise
        return psycopg.connect(make_conninfo(address, dbname="postgres"), autocommit=True)


def _make_role(link: psycopg.Connection[Any], role: str, rights: str) -> None:
    try:
        link.execute(sql.SQL("CREATE ROLE {} LOGIN {}").format(sql.Identifier(role), sql.SQL(rights)))
    except psycopg.errors.DuplicateObject:
        return  # somebody was faster
    except psycopg.errors.InsufficientPrivilege as error:
        raise NoServer(
            f"The user of DATABASE_URL may not create roles. Let an administrator of that server run: CREATE ROLE {role} LOGIN {rights};"
        ) from error
