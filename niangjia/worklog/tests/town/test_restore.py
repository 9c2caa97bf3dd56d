"""A life after dump and restore: the same books, and they go on."""

from __future__ import annotations

import pathlib
import subprocess
from datetime import date

import psycopg
import pytest
from django.db import connection

from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until, year
from niangjia.kit.pg import Embedded, bindir
from niangjia.worklog.audit import audit
from niangjia.worklog.clerk import post
from niangjia.worklog.db import fetch
from niangjia.worklog.evaluate import Asked
from niangjia.worklog.freeze import freeze, sign, stands
from niangjia.worklog.install import install
from niangjia.worklog.tests.town.conftest import APP, BACKUP
from niangjia.worklog.tests.town.models import Dispute, Parentage, Payment, Respondent
from niangjia.worklog.tests.town.settings import ROOT
from niangjia.worklog.tests.town.test_places import roles, server

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["roles"]


def newest() -> pathlib.Path:
    """The binaries of the package, whatever PG_BIN says: dumps are made and restored by the newest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PG_BIN", raising=False)
        return bindir()


def test_a_new_cluster_goes_on(roles, tmp_path):
    """Dumped by the backup role, restored into a new cluster of the newest version: the same books, and they go on."""
    unions = roles
    frozen = [
        freeze(figure, Asked(until(date(2014, 6, 30)) if name.startswith(("members", "care")) else year(2013), unions[0].pk))
        for name, figure in FIGURES.items()
    ]
    review, top = sign("2014", frozen)
    Payment.objects.create(union=unions[3], paid_at="2013-01-01T00:00+08", amount=5, state="PAID")  # still in the daybook
    old, tools = dict(connection.settings_dict), newest()
    host = old["HOST"]
    books = fetch(
        "SELECT name, posting, sum(e.n), sum(e.q1) FROM books_entry e JOIN books_book b ON b.number = e.book GROUP BY 1, 2 ORDER BY 1, 2",
        {},
    )
    subprocess.run([tools / "pg_dump", "-Fc", "-h", host, "-U", BACKUP, "-f", tmp_path / "dump", old["NAME"]], check=True)
    roles_sql = subprocess.run(
        [tools / "pg_dumpall", "-h", host, "-U", "postgres", "--roles-only"], check=True, capture_output=True, text=True
    ).stdout
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PG_BIN", str(tools))
        fresh = Embedded(ROOT / "restored", durable=False)
        fresh.ensure()
        try:
            with psycopg.connect(**fresh.dsn(), autocommit=True) as c:
                c.execute("DROP DATABASE IF EXISTS restored")
                for line in roles_sql.splitlines():
                    if line.startswith(("CREATE ROLE books_", "ALTER ROLE books_", "GRANT")) and not fetch_one(c, line):
                        c.execute(line)
                c.execute("CREATE DATABASE restored OWNER books_owner")
            subprocess.run(
                [
                    tools / "pg_restore",
                    "--exit-on-error",
                    "-h",
                    fresh.sockdir,
                    "-U",
                    "postgres",
                    "-d",
                    "restored",
                    "-j",
                    "2",
                    tmp_path / "dump",
                ],
                check=True,
            )
            connection.close()
            connection.settings_dict |= {"HOST": str(fresh.sockdir), "NAME": "restored"}
            assert (
                fetch(
                    "SELECT name, posting, sum(e.n), sum(e.q1) FROM books_entry e JOIN books_book b ON b.number = e.book GROUP BY 1, 2 ORDER BY 1, 2",
                    {},
                )
                == books
            )
            assert audit() == []
            assert stands(review)
            assert fetch("SELECT root FROM books_review WHERE id = %(n)s", {"n": review}) == [(top,)]
            assert install() == []  # nothing to declare anew
            with server(user=APP) as app:
                app.execute(
                    "INSERT INTO town_payment (union_id, paid_at, amount, state) VALUES (%s, '2013-05-05', 5, 'PAID')", [unions[5].pk]
                )
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    app.execute("TRUNCATE books_ledger")
            Dispute.objects.update(recovered=1)
            Respondent.objects.all().delete()
            Parentage.objects.filter(union=unions[7]).update(parent=unions[1])
            before = fetch("SELECT max(number) FROM books_posting", {})[0][0]
            assert post() == before + 1
            assert audit() == []
            assert stands(review)
        finally:
            connection.close()
            connection.settings_dict |= {"HOST": old["HOST"], "NAME": old["NAME"]}
            fresh.stop()


def fetch_one(c, line: str) -> bool:
    """Whether a line of pg_dumpall makes a role that is there already."""
    return line.startswith("CREATE ROLE") and bool(
        c.execute("SELECT FROM pg_roles WHERE rolname = %s", [line.split()[2].rstrip(";")]).fetchall()
    )
