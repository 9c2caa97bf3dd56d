"""The surveys of the grassroots unions are opened by the house once the statistical year has closed."""

from __future__ import annotations

from procrastinate.contrib.django import app

from niangjia.returns import actions


@app.periodic(cron="20 3 * * *")
@app.task(name="returns.open", queueing_lock="returns.open")
def open_surveys(timestamp: int = 0) -> None:  # noqa: ARG001 - given by the scheduler
    """Open what is due."""
    actions.open_due()
