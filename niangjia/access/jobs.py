"""What is swept up by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from niangjia.access import actions


@app.periodic(cron="41 * * * *")
@app.task(name="access.forget_keys")
def forget_keys(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Forget the one-time keys of forms that nobody will send again."""
    actions.forget_keys()
