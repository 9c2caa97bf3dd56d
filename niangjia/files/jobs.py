"""What is swept up at night."""

from __future__ import annotations

from procrastinate.contrib.django import app

from niangjia.files import actions


@app.periodic(cron="17 * * * *")
@app.task(name="files.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Remove what killed writers left aside."""
    actions.sweep()


@app.periodic(cron="33 3 * * *")
@app.task(name="files.retention", queueing_lock="files.retention")
def retention(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Erase what has been kept long enough."""
    actions.carry_out()
