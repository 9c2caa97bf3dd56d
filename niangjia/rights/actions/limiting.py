"""The last day for arbitration is kept beside a dispute, so that a clock can warn before it."""

from __future__ import annotations

from niangjia.flow.api import wind
from niangjia.rights.enums import DisputeState
from niangjia.rights.models import Dispute
from niangjia.rights.queries import limitation_of

LIMITED = (DisputeState.MEDIATING, DisputeState.PAUSED, DisputeState.AGREED)  # while it is in the union's hands


def limit(dispute: Dispute) -> bool:
    """Write the last day down, before a step winds the clocks. Answers whether it moved."""
    last = limitation_of(dispute)
    if last == dispute.arbitrate_by:
        return False
    Dispute.objects.filter(pk=dispute.pk).update(arbitrate_by=last)
    dispute.arbitrate_by = last
    return True


def relimit(dispute: Dispute) -> None:
    """The same after a fact on which it rests has changed and no step was taken."""
    if dispute.state in LIMITED and limit(dispute):
        wind(dispute)
