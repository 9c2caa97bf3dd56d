"""A backup can be proved, holds no keys, and comes up on an empty machine with the same books."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from niangjia.config.backup import MANIFEST, backup, marker, proved, restore, well
from niangjia.config.stop import Stop
from niangjia.kit import crypt
from niangjia.kit.pg import Embedded
from niangjia.worklog.api import latest, post

pytestmark = pytest.mark.django_db(transaction=True)
COUNTS = "SELECT (SELECT count(*) FROM unions_union), (SELECT count(*) FROM access_user), (SELECT count(*) FROM books_entry)"


@pytest.fixture
def kept(town, owner, tmp_path, settings):
    """A backup of the town, with a stored document and one that is only arriving."""
    settings.FILES = tmp_path / "files"
    crypt.keys()
    for name in ("ab/cdef", "incoming/half"):
        path = Path(settings.FILES) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    with owner():
        post()
        told = backup(tmp_path / "kept")
    return tmp_path / "kept", told


def another_machine(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command on a machine that has nothing but the keys."""
    skip = ("NIANGJIA_TEST_SERVER", "NIANGJIA_TEST_ROOT", "DATABASE_URL")
    environment = {key: value for key, value in os.environ.items() if key not in skip} | {"DATA": str(root)}
    return subprocess.run(
        [sys.executable, "-m", "niangjia.config.cli", *command, "--json"],
        env=environment | {"NIANGJIA_KEY_FILE": str(settings.KEY_FILE)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_backup_comes_up_on_an_empty_machine_with_equal_books(kept, tmp_path):
    folder, told = kept
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        before = cursor.fetchone()
    machine = tmp_path / "空 machine"
    try:
        done = another_machine(machine, "restore", str(folder))
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["equal"]
        assert json.loads(done.stdout)["posting"] == told["posting"] == latest()
        audit = another_machine(machine, "audit")
        assert json.loads(audit.stdout)["equal"], audit.stdout + audit.stderr
        with psycopg.connect(**Embedded(machine / "postgres").dsn("niangjia")) as there:
            assert there.execute(COUNTS).fetchone() == before
            there.execute("SET ROLE niangjia_app")
            assert there.execute("SELECT count(*) FROM unions_union").fetchone() == (before[0],)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                there.execute("DELETE FROM books_ledger")
        assert (machine / "files/ab/cdef").read_text() == "ab/cdef"
        assert not (machine / "files/incoming").exists()
        again = another_machine(machine, "restore", str(folder))
        assert again.returncode == 2
        assert "DATA=" in again.stderr
    finally:
        Embedded(machine / "postgres").stop("immediate")


def test_a_backup_holds_no_keys_and_can_be_proved(kept):
    folder, told = kept
    assert told["stored_files"] == 1
    secrets = json.loads(Path(settings.KEY_FILE).read_text())
    for path in folder.rglob("*"):
        if path.is_file():
            assert secrets["find"].encode() not in path.read_bytes()
    assert proved(folder)["keys"].keys() == {"1", "find"}
    assert marker().exists()
    assert well()[0]


def test_a_changed_missing_or_added_file_is_refused(kept):
    folder, _ = kept
    (folder / "files/ab/cdef").write_text("other")
    with pytest.raises(Stop, match="files/ab/cdef"):
        proved(folder)
    (folder / "files/ab/cdef").unlink()
    with pytest.raises(Stop, match="files/ab/cdef"):
        proved(folder)
    (folder / MANIFEST).unlink()
    with pytest.raises(Stop, match="no backup"):
        proved(folder)


def test_a_folder_that_holds_something_is_not_written_to(kept):
    with pytest.raises(Stop, match="already"):
        backup(kept[0])


def test_without_its_keys_nothing_is_restored(kept, settings, tmp_path):
    settings.KEY_FILE, settings.FILES = tmp_path / "other.json", tmp_path / "empty"
    crypt.write_keys(settings.KEY_FILE, crypt.new_keys())
    crypt.keys.cache_clear()
    try:
        with pytest.raises(Stop, match="keys of this backup"):
            restore(kept[0])
    finally:
        crypt.keys.cache_clear()
