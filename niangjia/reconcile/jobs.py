"""Large lists are laid by the worker, and large decisions done."""

from __future__ import annotations

from procrastinate.contrib.django import app

from niangjia.reconcile import actions
from niangjia.reconcile.models import Comparison, Decision


@app.task(name="reconcile.lay", queue="import", lock="members.import")
def lay(comparison: int) -> None:
    """Read a list and lay it beside ours; after a kill it is done from the beginning."""
    actions.run(Comparison.objects.get(pk=comparison))


@app.task(name="reconcile.decide", queue="import")
def decide(decision: int) -> None:
    """Do what a decision has still to do; after a kill it goes on where it was."""
    actions.apply(Decision.objects.get(pk=decision))
