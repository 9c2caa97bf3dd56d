"""The worker: the clerk posts once a second, the clocks are rung, jobs are done; one process, three threads."""

from __future__ import annotations

import contextlib
import logging
import signal
import threading
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections, connection

RING_EVERY = 20.0  # seconds: a clock of 30 minutes may ring this much late


def every(stop: threading.Event, seconds: float, act: Callable[[], object]) -> None:
    """Do something again and again until told to stop; a database that goes away is waited for."""
    while not stop.wait(seconds):
        try:
            act()
        except DatabaseError:
            connection.close()
            logging.getLogger(__name__).exception("the worker lost the database; it tries again")
        finally:
            close_old_connections()


def work() -> int:
    """Run until a signal comes."""
    from procrastinate.contrib.django import app as jobs

    from niangjia.flow.api import ring
    from niangjia.worklog.api import keep_posting

    stop = threading.Event()
    ring()
    threads = [
        threading.Thread(target=keep_posting, args=(stop,), name="clerk", daemon=True),
        threading.Thread(target=every, args=(stop, RING_EVERY, ring), name="clocks", daemon=True),
    ]
    for thread in threads:
        thread.start()
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    # The pages' connector reads a job's arguments as text; the worker wants its own.
    with contextlib.suppress(KeyboardInterrupt), jobs.replace_connector(jobs.connector.get_worker_connector()):  # type: ignore[attr-defined]
        jobs.run_worker(wait=True, install_signal_handlers=True, concurrency=1, listen_notify=True, fetch_job_polling_interval=2)
    stop.set()
    for thread in threads:
        thread.join(10)
    return 0
