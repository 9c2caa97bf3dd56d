"""Starts the town's throw-away server, from the binaries of a pip package or of PG_BIN; the owner is no superuser."""

from __future__ import annotations

import shutil

import psycopg

from niangjia.worklog.tests.town.settings import MINE, ROOT, SERVER

APP, AUDIT, BACKUP = "books_app", "books_audit", "books_backup"
ROLES = {"books_owner": "CREATEDB", APP: "", AUDIT: "", BACKUP: "IN ROLE pg_read_all_data BYPASSRLS"}


def pytest_configure() -> None:
    SERVER.ensure()
    with psycopg.connect(**SERVER.dsn(), autocommit=True) as c:
        for role, more in ROLES.items():
            if not c.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchall():
                c.execute(f"CREATE ROLE {role} LOGIN {more}")


def pytest_unconfigure() -> None:
    if MINE:
        SERVER.stop("immediate")
        shutil.rmtree(ROOT, ignore_errors=True)
