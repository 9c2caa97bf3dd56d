"""What is swept up by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from niangjia.access import actions


@app.periodic(cron="*/30 * * * *")
@app.task(name="access.prove", queueing_lock="access.prove")
def prove(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Walk the log on from where it was walked to, so that its page need not walk years."""
    actions.prove(whole=False)


@app.periodic(cron="20 3 * * *")
@app.task(name="access.prove_whole", queueing_lock="access.prove_whole")
def prove_whole(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Walk the whole log each night: a line that was changed after its proof is found then."""
    actions.prove(whole=True)
