"""Exports are written by the worker, and deleted when their time is over."""

from __future__ import annotations

from procrastinate.contrib.django import app

from niangjia.exports import actions
from niangjia.exports.models import Export


@app.task(name="exports.make")
def make(export: int) -> None:
    """Write a workbook; after a kill it is begun anew."""
    actions.make(Export.objects.get(pk=export))


@app.periodic(cron="23 * * * *")
@app.task(name="exports.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Delete what has lain a week, and let lapse what nobody answered."""
    actions.sweep()
