"""The last day for arbitration is kept beside a dispute, so that a clock can warn before it."""

from __future__ import annotations

from niangjia.flow.api import wind
from niangjia.kit.dates import today
from niangjia.rights.enums import DisputeState, Outcome
from niangjia.rights.models import Dispute
from niangjia.rights.queries import limitation_of

OVER = (DisputeState.CLOSED, DisputeState.REFUSED)  # here it has ended, and the workers may still go on
LIMITED = (DisputeState.MEDIATING, DisputeState.PAUSED, DisputeState.AGREED, *OVER)
SETTLED = (Outcome.SETTLED, Outcome.MEDIATED)  # nothing is left to go to arbitration with


def limit(dispute: Dispute) -> bool:
    """Write the last day down, before a step winds the clocks. Answers whether it moved."""
    last = None if dispute.outcome in SETTLED else limitation_of(dispute)
    if last is not None and last < today() and dispute.state in OVER:
        last = None  # it was rung, and nobody waits for it any more
    if last == dispute.arbitrate_by:
        return False
    Dispute.objects.filter(pk=dispute.pk).update(arbitrate_by=last)
    dispute.arbitrate_by = last
    return True


def relimit(dispute: Dispute) -> None:
    """The same after a fact on which it rests has changed and no step was taken."""
    if dispute.state in LIMITED and limit(dispute):
        wind(dispute)


def lapse(dispute: Dispute, *names: str) -> None:
    """A last day has passed and was told: nothing runs to it any more."""
    Dispute.objects.filter(pk=dispute.pk).update(**dict.fromkeys(names))
    for name in names:
        setattr(dispute, name, None)
    wind(dispute)
