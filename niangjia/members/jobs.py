"""Large rosters are worked out by the worker, one after the other."""

from __future__ import annotations

from procrastinate.contrib.django import app

from niangjia.members import actions
from niangjia.members.models import Batch


@app.task(name="members.import", queue="import", lock="members.import")
def run(batch: int) -> None:
    """Do what an import waits for; after a kill it is run again from the beginning."""
    actions.run(Batch.objects.select_related("union", "by").get(pk=batch))


@app.periodic(cron="23 3 * * *")
@app.task(name="members.forget_rows")
def forget_rows(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Forget the bad rows of rosters that nobody corrected in thirty days, and what was written over them."""
    actions.forget_old()


@app.periodic(cron="33 3 * * *")
@app.task(name="members.forget_applications")
def forget_applications(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Erase who asked to join by code, some weeks after the decision."""
    actions.forget_applications()
