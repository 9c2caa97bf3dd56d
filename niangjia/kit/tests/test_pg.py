"""The database in a folder: what must not stop it, and what it says when it cannot."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import psycopg
import pytest

from niangjia.kit.pg import Embedded, NoServer, prepare, tool
from niangjia.kit.pgroles import ROLES

ME = "SELECT current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"


@pytest.fixture
def server(tmp_path):
    made = Embedded(tmp_path / "湖州 it's a folder", durable=False)
    yield made
    made.stop("immediate")


def test_it_comes_up_in_any_folder_with_roles_that_are_no_superusers(server):
    for _ in range(2):
        prepare(server.ensure())
    for role in ROLES:
        with psycopg.connect(**server.dsn("niangjia") | {"user": role}) as link:
            assert link.execute(ME).fetchone() == (role, False)


def test_a_name_too_long_for_a_socket_gets_one_elsewhere(tmp_path):
    server = Embedded(tmp_path / ("long" * 30), durable=False)
    try:
        assert server.ensure().status() == "ready"
        assert server.root not in server.sockdir.parents
    finally:
        server.stop("immediate")
        server.sockdir.rmdir()


def test_many_processes_start_it_once(server):
    say = f"from niangjia.kit.pg import Embedded; print(Embedded({str(server.root)!r}, durable=False).ensure().pid())"
    starts = [subprocess.Popen([sys.executable, "-c", say], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert len({start.communicate()[0] for start in starts}) == 1


def test_killed_it_recovers_with_what_was_committed(server):
    server.durable = True
    prepare(server.ensure())
    for round_ in range(3):
        with psycopg.connect(**server.dsn("niangjia"), autocommit=True) as link:
            link.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 0 AS n WHERE false")
            link.execute("INSERT INTO kept VALUES (%s)", [round_])
        os.kill(server.pid(), signal.SIGKILL)
        server.ensure()
    with psycopg.connect(**server.dsn("niangjia")) as link:
        assert link.execute("SELECT count(*) FROM kept").fetchone() == (3,)


def test_an_interrupted_first_start_begins_anew(server):
    half = server.root / "data.new"
    (half / "base").mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")
    assert server.ensure().status() == "ready"
    assert not half.exists()


def test_it_stops_and_starts_while_others_ask(server):
    server.ensure()
    others = [threading.Thread(target=server.ensure) for _ in range(3)]
    server.stop()
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert server.status() == "ready"


def test_a_folder_of_another_version_is_named_with_what_to_do(server):
    (server.data).mkdir(parents=True)
    (server.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(NoServer, match=r"made by PostgreSQL 14.*PG_BIN.*restore"):
        server.ensure()


def test_a_folder_of_something_else_is_left_alone(server):
    server.data.mkdir(parents=True)
    (server.data / "letter.txt").write_text("mine")
    with pytest.raises(NoServer, match="not a PostgreSQL cluster"):
        server.ensure()
    assert (server.data / "letter.txt").read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(NoServer, match="file"):
        Embedded(tmp_path / "file" / "inside").ensure()


def test_a_program_that_is_not_there_is_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(NoServer, match="PG_BIN"):
        tool("pg_dump")


def address(server: Embedded, user: str, database: str = "town hall") -> str:
    return psycopg.conninfo.make_conninfo(host=str(server.sockdir), user=user, dbname=database)


def test_an_administrator_of_another_server_becomes_a_member_of_each_role(server):
    server.ensure()
    with psycopg.connect(**server.dsn(), autocommit=True) as link:
        link.execute("CREATE ROLE dba LOGIN CREATEROLE CREATEDB")
        link.execute("CREATE ROLE clerk LOGIN")
    with pytest.raises(NoServer, match=r'CREATE ROLE "niangjia_owner" LOGIN'):
        prepare(address(server, "clerk", "postgres"))
    for _ in range(2):
        prepare(address(server, "dba"))
    for role in ROLES:
        with psycopg.connect(address(server, "dba") + f" options='-c role={role}'") as link:
            assert link.execute(ME).fetchone() == (role, False)


def test_the_roles_themselves_prepare_nothing_and_are_not_each_others(server):
    prepare(server.ensure())
    for role in ROLES:
        prepare(address(server, role, "niangjia"))
    with psycopg.connect(address(server, "niangjia_app", "niangjia")) as link, pytest.raises(psycopg.errors.InsufficientPrivilege):
        link.execute("SET ROLE niangjia_owner")
