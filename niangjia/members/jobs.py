"""Large rosters are worked out by the worker, one after the other."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import override
from procrastinate.contrib.django import app

from niangjia.members import actions
from niangjia.members.models import Batch


@app.task(name="members.import", queue="import", lock="members.import")
def run(batch: int) -> None:
    """Do what an import waits for; after a kill it is run again from the beginning."""
    one = Batch.objects.select_related("union", "by").get(pk=batch)
    with override(one.by.language or settings.LANGUAGE_CODE):
        actions.run(one)


@app.periodic(cron="13 5 * * *")
@app.task(name="members.find_lapsing")
def find_lapsing(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """List whoever has paid no dues and taken part in nothing for long."""
    actions.find_lapsing()


@app.periodic(cron="17 5 * * *")
@app.task(name="members.open_rounds")
def open_rounds(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Open rounds of confirmations where somebody's half year is over."""
    actions.open_rounds()


@app.periodic(cron="43 4 * * *")
@app.task(name="members.find_alike")
def find_alike(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Look for people who stand in the register twice."""
    actions.find_alike()


@app.periodic(cron="*/10 * * * *")
@app.task(name="members.tell_imported", queueing_lock="members.tell_imported")
def tell_imported(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Tell those whom an import made known, where the place wants it by short message."""
    actions.tell_imported()
