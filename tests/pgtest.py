"""The tests' own PostgreSQL, thrown away after the run. Loaded by `-p tests.pgtest`, before the settings.

The server is in a temporary folder, and does not care for power cuts. A run that was killed leaves it behind; the next
run sweeps. The fixtures are in `tests.pgfixtures`.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from niangjia.kit.pg import Embedded, prepare

PREFIX = "niangjia-test-"
ROOT_NAME, SERVER_NAME = "NIANGJIA_TEST_ROOT", "NIANGJIA_TEST_SERVER"
TEMPLATE = "template_niangjia"
MINE = ROOT_NAME not in os.environ  # this process began the run; workers inherit what it began
KEPT: list[int] = []  # the handle of the lock that says that the run is alive


def sweep() -> None:
    """Stop and remove the servers of runs that were killed: the kernel has freed their locks."""
    for root in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            handle = os.open(root / "alive-run", os.O_RDWR)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                Embedded(root / "pg").stop("immediate")
                shutil.rmtree(root, ignore_errors=True)
            finally:
                os.close(handle)


if MINE:
    sweep()
    os.environ[ROOT_NAME] = tempfile.mkdtemp(prefix=PREFIX)
ROOT = Path(os.environ[ROOT_NAME])
SERVER = Embedded(ROOT / "pg", durable=False)
os.environ[SERVER_NAME] = str(SERVER.sockdir)
os.environ["DATA"] = str(ROOT / "data")
for said in ("DATABASE_URL", "DATABASE_OWNER_URL", "NIANGJIA_ROLE", "NIANGJIA_DEMO", "NIANGJIA_KEY_FILE"):
    os.environ.pop(said, None)
if MINE:
    KEPT.append(os.open(ROOT / "alive-run", os.O_RDWR | os.O_CREAT, 0o600))
    fcntl.flock(KEPT[0], fcntl.LOCK_EX)


def pytest_configure(config: pytest.Config) -> None:
    if MINE:
        SERVER.ensure()
        prepare(SERVER, database=TEMPLATE)
    config.pluginmanager.import_plugin("tests.pgfixtures")  # after pytest-django, whose fixture of the same name it replaces
    config.pluginmanager.import_plugin("tests.town")


def pytest_unconfigure(config: pytest.Config) -> None:
    if MINE:
        SERVER.stop("immediate")
        shutil.rmtree(ROOT, ignore_errors=True)
