"""A folder for a PostgreSQL that lives as long as a run of tests, and is swept away by the next run if this one is killed."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

from niangjia.kit.pg import Embedded

KEPT: list[int] = []  # the handles of the locks that say that a run is alive; the kernel frees them


def sweep(prefix: str, server: str) -> None:
    """Stop and remove the servers of runs that were killed."""
    for root in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with contextlib.suppress(OSError):
            handle = os.open(root / "alive-run", os.O_RDWR)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                Embedded(root / server).stop("immediate")
                shutil.rmtree(root, ignore_errors=True)
            finally:
                os.close(handle)


def folder(name: str, prefix: str, server: str) -> tuple[Path, bool]:
    """The run's folder, and whether this process began the run: its workers inherit the folder by the environment's `name`."""
    if said := os.environ.get(name):
        return Path(said), False
    sweep(prefix, server)
    os.environ[name] = tempfile.mkdtemp(prefix=prefix)
    KEPT.append(os.open(Path(os.environ[name]) / "alive-run", os.O_RDWR | os.O_CREAT, 0o600))
    fcntl.flock(KEPT[-1], fcntl.LOCK_EX)
    return Path(os.environ[name]), True
