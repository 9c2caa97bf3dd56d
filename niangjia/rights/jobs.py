"""What the worker does for rights: each Monday the reports on the week before are laid down."""

from __future__ import annotations

from procrastinate.contrib.django import app

from niangjia.rights.actions import zero


@app.periodic(cron="10 0 * * *")
@app.task(name="rights.open_week", queueing_lock="rights-open-week", pass_context=False)
def open_week(timestamp: int) -> None:  # noqa: ARG001 - the scheduler says when it was due
    """Once each day: the week before is laid down on its first day, or later where the worker stood still."""
    zero.open_week()
