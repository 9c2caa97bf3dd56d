"""The worker: the clerk posts once a second, the clocks are rung, jobs are done; one process, a few threads."""

from __future__ import annotations

import contextlib
import logging
import signal
import threading
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections, connection

TELL_EVERY = 3.0  # seconds: other systems hear of what changed, whatever long job the queue is at
SEND_EVERY = 1.0  # seconds: somebody looks at her phone for a code, whatever long job the queue is at
WARM_EVERY = 15.0  # seconds: a leader who opens a figure after an import should not be the one who waits
RING_EVERY = 20.0  # seconds: a clock of 30 minutes may ring this much late


def every(stop: threading.Event, seconds: float, act: Callable[[], object]) -> None:
    """Do something again and again until told to stop; a database that goes away is waited for."""
    while not stop.wait(seconds):
        try:
            act()
        except DatabaseError:
            connection.close()
            logging.getLogger(__name__).exception("the worker lost the database; it tries again")
        except Exception:  # whatever it was: the clocks must not stop for it
            logging.getLogger(__name__).exception("a round failed; the next one is tried")
        finally:
            close_old_connections()


ORPHANS = """
SELECT procrastinate_retry_job_v2(job.id, now(), NULL, NULL, NULL) FROM procrastinate_jobs job
LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
WHERE job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))"""
SILENCE = 30.0  # seconds: a worker says every ten that it lives


def adopt() -> int:
    """Put back what a killed worker was doing: it holds its lock for ever, and every later import would wait behind it."""
    with connection.cursor() as cursor:
        cursor.execute(ORPHANS, [SILENCE])
        return int(cursor.rowcount)


def work() -> int:
    """Run until a signal comes."""
    from procrastinate.contrib.django import app as jobs

    from niangjia.exchange.api import tell_due
    from niangjia.flow.api import ring, warn
    from niangjia.notices.api import send_waiting
    from niangjia.worklog.api import keep_posting, warm_when_grown

    stop = threading.Event()
    ring()
    warn()
    threads = [
        threading.Thread(target=keep_posting, args=(stop,), name="clerk", daemon=True),
        threading.Thread(target=every, args=(stop, RING_EVERY, ring), name="clocks", daemon=True),
        threading.Thread(target=every, args=(stop, RING_EVERY, warn), name="warnings", daemon=True),
        threading.Thread(target=every, args=(stop, SEND_EVERY, send_waiting), name="short messages", daemon=True),
        threading.Thread(target=every, args=(stop, TELL_EVERY, tell_due), name="telling", daemon=True),
        threading.Thread(target=every, args=(stop, WARM_EVERY, warm_when_grown), name="warming", daemon=True),
        threading.Thread(target=every, args=(stop, SILENCE / 2, adopt), name="orphans", daemon=True),
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
