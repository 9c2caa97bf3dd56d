"""What is swept up at night."""

from __future__ import annotations

from procrastinate.contrib.django import app

from niangjia.files import actions


@app.periodic(cron="17 * * * *")
@app.task(name="files.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Remove what killed writers left aside."""
    actions.sweep()
