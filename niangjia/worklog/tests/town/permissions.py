"""Who may open the town's rows: whoever sits at the union that handles a dispute."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from niangjia.kit.who import grant, who
from niangjia.worklog.tests.town.models import Dispute


@who
def handler(user: Any) -> Q:
    return Q(handled_by__in=[seat.union_id for seat in user.seats])


grant(Dispute, {"town.dispute.view": handler})
