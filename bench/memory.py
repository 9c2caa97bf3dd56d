"""The memory of the whole platform: the proportional share (PSS) of every process of a served house and of its database."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import connection

from bench.copies import Served, served
from bench.measure import Result, at_most, measure
from bench.pages import LISTS, READERS, Reader, readers
from bench.register import ROWS, people, write_xlsx
from niangjia.config import house
from niangjia.kit.pg import Embedded

GIGABYTE = 1024.0
SETTLE, BUSY = 10, 30  # seconds: until an idle house has done what it does at first; how long the busy one is read


# ---------- processes ----------


def parents() -> dict[int, int]:
    """Every process of this machine and its parent."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            found[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    return found


def family(*roots: int) -> set[int]:
    """Processes and all that they began."""
    above, own = parents(), set(roots)
    while more := {pid for pid, parent in above.items() if parent in own} - own:
        own |= more
    return own


def share(pid: int) -> int:
    """The proportional share of a process, in kilobytes; nothing once it is gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def total(*roots: int) -> float:
    """Megabytes of all processes below some."""
    return sum(map(share, family(*roots))) / 1024


def roots(served_: Served) -> list[int]:
    """The processes from which all of the platform descend: what serves, and the database if this machine runs it."""
    server = Embedded(Path(settings.DATA) / "postgres").pid() if house.embedded() else None
    return [served_.process.pid, *([server] if server else [])]


class Peak:
    """The most that was seen while something ran."""

    def __init__(self, *roots: int) -> None:
        self.roots, self.most = list(roots), 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._stop.wait(0.5):
            self.most = max(self.most, total(*self.roots))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._stop.set()
        self._thread.join()
        self.most = max(self.most, total(*self.roots))


# ---------- work ----------


@contextmanager
def read_by_all(served_: Served, names: list[str]) -> Iterator[None]:
    """Twenty readers who never pause: lists, search, the day's pages, and reviews in Word."""
    from niangjia.access.models import User
    from niangjia.reports.api import reviews

    common = [*(path for path, _frame in LISTS.values()), "/search/?q=%E7%8E%8B", "/desk/"]
    papers = {name: [f"/reviews/{one.name}/review.docx" for one in reviews(User.objects.get(username=name))[:1]] for name in names}
    connection.close()
    stop, failed = threading.Event(), list[BaseException]()
    seated = [Reader(served_.port, names[i % len(names)]) for i in range(READERS)]

    def read(reader: Reader, own: list[str]) -> None:
        try:
            at = 0
            while not stop.is_set():
                reader.get(own[at % len(own)])
                at += 1
        except BaseException as error:  # noqa: BLE001 - raised where the threads are waited for
            failed.append(error)

    threads = []
    for i, reader in enumerate(seated):
        own = [*common, *papers[names[i % len(names)]]]
        threads.append(threading.Thread(target=read, args=(reader, own[i % len(own) :] + own[: i % len(own)])))
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    if failed:
        raise failed[0]


@measure
def memory() -> list[Result]:
    """Idle, read by twenty, and while a roster of the whole city is read in as a workbook."""
    names = readers()
    if not names:
        return []
    whole = "the whole platform" if house.embedded() else "the platform without its database"
    with served() as served_:
        roster = write_xlsx(served_.copy.folder / "roster.xlsx", people(ROWS))
        connection.close()
        below = roots(served_)
        Reader(served_.port, names[0]).get("/unions/")
        time.sleep(SETTLE)
        idle = total(*below)
        with Peak(*below) as busy, read_by_all(served_, names):
            time.sleep(BUSY)
        command = [
            sys.executable,
            "-m",
            "niangjia.config.cli",
            "import",
            "roster",
            str(roster),
            "--union",
            city(served_),
            "--dry-run",
            "--json",
        ]
        reading = subprocess.Popen(command, env=served_.copy.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        with Peak(*below, reading.pid) as importing, read_by_all(served_, names):
            said = reading.communicate()[1]
        if reading.returncode:
            raise SystemExit(f"the roster was not read in: {said.decode(errors='replace')[-1000:]}")
    return [
        at_most(f"memory of {whole}, idle", idle / GIGABYTE, "GB", 1),
        at_most(f"memory of {whole}, {READERS} readers who never pause, the most", busy.most / GIGABYTE, "GB", 2),
        at_most(f"memory of {whole}, the same while a workbook of {ROWS:,} rows is read, the most", importing.most / GIGABYTE, "GB", 3),
    ]


def city(served_: Served) -> str:
    """The code of the union at the top."""
    with served_.copy.connect() as link:
        found = link.execute("SELECT code FROM unions_union WHERE level = 1").fetchone()
    assert found is not None
    return str(found[0])
