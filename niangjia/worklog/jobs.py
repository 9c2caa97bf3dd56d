"""What the worker does for the books beside posting: each night the answers are warmed that pages will ask for."""

from __future__ import annotations

from procrastinate.contrib.django import app

from niangjia.worklog.warm import warm


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="books-warm", pass_context=False)
def warm_books(timestamp: int) -> int:  # noqa: ARG001 - the scheduler says when it was due
    """Count once more, before anybody asks, who is told apart."""
    return warm()
