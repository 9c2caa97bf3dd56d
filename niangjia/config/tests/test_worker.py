"""What a killed worker leaves behind, and what the watchman does with a child that was killed."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

import pytest
from django.db import connection

from niangjia.config import cli_run
from niangjia.config.worker import adopt

JOB = "INSERT INTO procrastinate_jobs (task_name, queue_name, lock, status, worker_id) VALUES ('members.import', 'import', 'members.import', 'doing', %s) RETURNING id"
WORKER = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id"


def asked(statement, *facts):
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_what_a_killed_worker_was_doing_is_done_by_the_next():
    left, lost, held = asked(JOB, asked(WORKER, 60)), asked(JOB.replace("'members.import', 'doing'", "'x', 'doing'"), None), None
    held = asked(JOB.replace("'members.import', 'doing'", "'y', 'doing'"), asked(WORKER, 3))
    assert adopt() == 2
    states = [asked("SELECT status::text FROM procrastinate_jobs WHERE id = %s", job) for job in (left, lost, held)]
    assert states == ["todo", "todo", "doing"]


def test_a_killed_child_is_begun_again_and_one_that_cannot_live_ends_all(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(cli_run, "LET_LIVE", 0.0)
    path = tmp_path / "pids"
    said = f"import os, time; open({str(path)!r}, 'a').write(f'{{os.getpid()}}\\n'); time.sleep(60)"
    child = [sys.executable, "-c", said]
    watching = threading.Thread(target=lambda: codes.append(cli_run.watch([child], dict(os.environ))))
    codes: list[int] = []
    watching.start()

    def pids(n):
        while not path.exists() or len(path.read_text().split()) < n:
            time.sleep(0.05)
        return [int(pid) for pid in path.read_text().split()]

    os.kill(pids(1)[0], signal.SIGKILL)
    second = pids(2)[1]
    monkeypatch.setattr(cli_run, "LET_LIVE", 3600.0)
    os.kill(second, signal.SIGKILL)
    watching.join(30)
    assert codes == [1]
    assert "ended with -9" in capfd.readouterr().err
