"""A copy of the city to write in, and a house served on it: what a measure changes goes with the copy, never into the city."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from niangjia.config import house
from niangjia.kit.pg import Embedded

PATIENCE = 90  # seconds until a house must answer


@dataclass(frozen=True)
class Copy:
    """A database cloned from the city, with a folder of its own for files, caches and jobs."""

    name: str
    folder: Path
    environment: dict[str, str]

    def connect(self) -> psycopg.Connection[Any]:
        """A plain connection as the owner."""
        return house.connect("owner", self.name)


def _address(name: str, which: str = "DATABASE_URL") -> str:
    """The address of a database beside the city's, for the environment of a child."""
    if house.embedded():
        return make_conninfo(**Embedded(Path(settings.DATA) / "postgres").dsn(name))
    return make_conninfo(os.environ[which], dbname=name)


def _administrator() -> psycopg.Connection[Any]:
    """Whoever may make databases and end whoever is left at one."""
    url = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL")
    if house.embedded() or not url:
        return psycopg.connect(**Embedded(Path(settings.DATA) / "postgres").dsn(), autocommit=True)
    return psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True)


@contextmanager
def copied() -> Iterator[Copy]:
    """Clone the city by CREATE DATABASE … TEMPLATE; nobody else may be connected to it. The clone and its folder go at the end."""
    connection.close()
    city, name = str(connection.settings_dict["NAME"]), f"niangjia_bench_{uuid.uuid4().hex[:8]}"
    folder = Path(tempfile.mkdtemp(prefix="niangjia-bench-"))
    secret = {"NIANGJIA_SECRET": settings.SECRET_KEY, "NIANGJIA_KEY_FILE": str(settings.KEY_FILE)}
    environment = {**os.environ, **secret, "DATA": str(folder), "DATABASE_URL": _address(name)}
    if "DATABASE_OWNER_URL" in os.environ and not house.embedded():
        environment["DATABASE_OWNER_URL"] = _address(name, "DATABASE_OWNER_URL")
    try:
        with _administrator() as link:
            try:
                # Copied as files: written through the log, a large city would be written twice.
                link.execute(f'CREATE DATABASE "{name}" TEMPLATE "{city}" OWNER "{settings.ROLES["owner"]}" STRATEGY FILE_COPY')
            except psycopg.errors.ObjectInUse as error:
                raise SystemExit("somebody is connected to the city; stop what is served from it, then measure again") from error
        yield Copy(name, folder, environment)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with _administrator() as link:
            link.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Served:
    """A house that answers on a port: granian with its workers, and the worker of jobs beside it."""

    copy: Copy
    port: int
    process: subprocess.Popen[bytes] = field(repr=False)


@contextmanager
def served() -> Iterator[Served]:
    """`niangjia serve` on a copy of the city, as people run it; stopped at the end with all that it began."""
    with copied() as copy:
        port = free_port()
        command = [sys.executable, "-m", "niangjia.config.cli", "serve", "--port", str(port)]
        with (copy.folder / "serve.log").open("wb") as log:
            process = subprocess.Popen(command, env=copy.environment, stdout=log, stderr=log, start_new_session=True)
        try:
            _answers(process, port, copy.folder / "serve.log")
            yield Served(copy, port, process)
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until the house answers whether it is well."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"the house did not come up: {log.read_text(errors='replace')[-1000:]}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10):
                return
        except urllib.error.HTTPError:
            return  # it answers; what it is ill of is not measured here
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"the house did not answer: {log.read_text(errors='replace')[-1000:]}")
