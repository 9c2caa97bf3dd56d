"""Each night the register is looked through."""

from __future__ import annotations

from procrastinate.contrib.django import app

from niangjia.quality import actions


@app.periodic(cron="10 2 * * *")
@app.task(name="quality.look", queueing_lock="quality.look")
def look(timestamp: int = 0) -> None:  # noqa: ARG001 - given by the scheduler
    """Look through the whole register."""
    actions.look()
