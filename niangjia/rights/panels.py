"""What rights show on the page of a union: what runs there now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from niangjia.kit.panels import panel
from niangjia.kit.who import permitted
from niangjia.rights import lists as listing
from niangjia.rights.enums import May
from niangjia.rights.models import Dispute, Event
from niangjia.rights.shown.disputes import disputes_table
from niangjia.rights.shown.events import events_table

MOST = 10


@panel("unions.union", title=_("Events and disputes"), order=30)
def running(request: HttpRequest, union: Any) -> tuple[str, dict[str, Any]] | None:
    """The events and disputes that run at a union of the grassroots; leading unions have their lists."""
    if union.level <= 3:
        return None
    events = list(
        permitted(request.user, May.SEE_EVENT, Event.objects.select_related("union", "county", "township"))
        .filter(union=union, state__in=listing.LIVE)
        .order_by("-reported_at", "-id")[:MOST]
    )
    disputes = list(
        permitted(request.user, May.SEE_DISPUTE, Dispute.objects.select_related("handled_by", "county"))
        .filter(handled_by=union, state__in=listing.WORKED)
        .order_by("-applied_on", "-id")[:MOST]
    )
    if not events and not disputes:
        return None
    return "rights/panel.html", {
        "events": events_table(listing.event_rows(events)) if events else None, "disputes": disputes_table(listing.dispute_rows(disputes)) if disputes else None,
    }  # fmt: skip
