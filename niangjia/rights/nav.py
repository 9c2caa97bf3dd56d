"""What rights add to the menu."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from niangjia.flow.models import Clock
from niangjia.kit.badges import Count, counter
from niangjia.kit.dates import now
from niangjia.kit.nav import item
from niangjia.kit.who import permitted
from niangjia.rights.enums import May
from niangjia.rights.lists import LIVE, WORKED

DUTIES = (
    "rights",
    "chair",
    "leader",
    "office",
    "centre",
    "informant",
    "organisation",
    "economy",
    "women",
    "finance",
    "publicity",
    "audit",
    "staff",
)
item("rights", _("Early warnings"), "rights:events", icon="alert-triangle", duties=DUTIES, count="events", tab=_("Events"), order=10)
item("rights", _("What runs now"), "rights:duty", icon="broadcast", duties=("rights", "leader", "office"), order=15)
item("rights", _("Disputes"), "rights:disputes", icon="gavel", duties=DUTIES, count="disputes", tab=_("Cases"), order=20)
item(
    "rights",
    _("Report an event"),
    "rights:report",
    icon="speakerphone",
    duties=("rights", "chair", "informant", "office", "centre"),
    order=12,
)


def _late(kind: str, rows: QuerySet[Any]) -> int:
    return (
        Clock.objects.filter(kind=kind, stopped_at=None, due_at__lt=now(), thing_id__in=rows.values("pk"))
        .values("thing_id")
        .distinct()
        .count()
    )


def events(request: HttpRequest) -> Count:
    """The events that run under her seats, and how many are late."""
    rows = permitted(request.user, May.SEE_EVENT).filter(state__in=LIVE)
    return Count(rows.count(), _late("rights.event", rows))


def disputes(request: HttpRequest) -> Count:
    """The disputes that run under her seats, and how many are late."""
    rows = permitted(request.user, May.SEE_DISPUTE).filter(state__in=WORKED)
    return Count(rows.count(), _late("rights.dispute", rows))


counter("events", events)
counter("disputes", disputes)
