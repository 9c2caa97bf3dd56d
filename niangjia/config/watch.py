"""What a watchman asks of the roof: how long jobs wait."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Min, Q
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.kit.dates import now

PATIENCE = timedelta(minutes=10)  # a roster of a whole city may stand before others


def queue() -> tuple[bool, str]:
    """How long the oldest job waits that could begin."""
    moment = now()
    ripe = ProcrastinateJob.objects.filter(Q(scheduled_at=None) | Q(scheduled_at__lte=moment), status="todo")
    since = ripe.aggregate(since=Min("procrastinateevent__at"))["since"]
    age = moment - since if since else timedelta()
    return age < PATIENCE, _("%(n).0f s") % {"n": age.total_seconds()}
