"""What rights add to the menu."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from niangjia.flow.models import Clock
from niangjia.kit.badges import Count, counter
from niangjia.kit.dates import now
from niangjia.kit.nav import item
from niangjia.kit.who import permitted
from niangjia.rights.aided import AidMay
from niangjia.rights.enums import May
from niangjia.rights.lists import LIVE, WORKED
from niangjia.rights.permissions import HANDLERS, RIGHTS, WATCHERS
from niangjia.rights.queries.aid import LIVE as AIDED
from niangjia.rights.queries.redundancy import LIVE as HEARD
from niangjia.rights.queries.supervision import LIVE as SUPERVISED

OTHERS = ("organisation", "economy", "women", "finance", "publicity", "audit", "staff")
DUTIES = (*sorted(WATCHERS), *OTHERS)  # what names no case is for every office
item(
    "rights",
    _("Early warnings"),
    "rights:events",
    icon="alert-triangle",
    duties=sorted(WATCHERS),
    count="events",
    tab=_("Events"),
    order=10,
)
item("rights", _("What runs now"), "rights:duty", icon="broadcast", duties=("rights", "leader", "office"), order=15)
item(
    "rights", _("Duty roster"), "rights:rosters", icon="phone", duties=("rights", "leader", "office", "centre", "staff"), within=3, order=16
)
item(
    "rights",
    _("Weekly report"),
    "rights:zero",
    icon="calendar-check",
    duties=("rights", "leader", "office", "informant"),
    within=3,
    order=17,
)
item("rights", _("Disputes"), "rights:disputes", icon="gavel", duties=sorted(HANDLERS), count="disputes", tab=_("Cases"), order=20)
item("rights", _("What is owed"), "rights:reckon", icon="calculator", duties=DUTIES, order=30)
item("rights", _("Mediators"), "rights:mediators", icon="users", duties=DUTIES, order=22)
item("rights", _("Labour law supervision"), "rights:supervisions", icon="eye", duties=sorted(RIGHTS), count="supervisions", order=21)
item("rights", _("Redundancy hearings"), "rights:redundancies", icon="users-minus", duties=sorted(RIGHTS), count="redundancies", order=23)
item("rights", _("Legal aid"), "rights:aids", icon="scale", duties=(*sorted(RIGHTS), "leader"), count="aids", order=25)
item("rights", _("Consultations"), "rights:advice", icon="messages", duties=sorted(HANDLERS), order=26)
item("rights", _("Agents of legal aid"), "rights:agents", icon="users", duties=sorted(RIGHTS), order=27)
item(
    "rights",
    _("Subsidies of legal aid"),
    "rights:subsidies",
    icon="calculator",
    duties=(*sorted(RIGHTS), "leader", "finance"),
    within=3,
    order=28,
)
item("rights", _("Register of numbers"), "rights:papers", icon="file-text", duties=sorted(RIGHTS), order=24)
item(
    "rights",
    _("Report an event"),
    "rights:report",
    icon="speakerphone",
    duties=("rights", "chair", "informant", "office", "centre"),
    order=12,
)


def _counted(kind: str, rows: QuerySet[Any]) -> Count:
    """How many there are and how many of them are late, asked as one: the menu stands on every page."""
    late = Clock.objects.filter(kind=kind, thing_id=OuterRef("pk"), stopped_at=None, due_at__lt=now())
    found = rows.aggregate(n=models.Count("pk"), late=models.Count("pk", filter=Exists(late)))
    return Count(found["n"], found["late"])


def events(request: HttpRequest) -> Count:
    """The events that run under her seats, and how many are late."""
    rows = permitted(request.user, May.SEE_EVENT).filter(state__in=LIVE)
    return _counted("rights.event", rows)


def disputes(request: HttpRequest) -> Count:
    """The disputes that run under her seats, and how many are late."""
    rows = permitted(request.user, May.SEE_DISPUTE).filter(state__in=WORKED)
    return _counted("rights.dispute", rows)


def supervisions(request: HttpRequest) -> Count:
    """The supervision cases that run under her seats, and how many are late."""
    rows = permitted(request.user, May.SEE_SUPERVISION).filter(state__in=SUPERVISED)
    return _counted("rights.supervision", rows)


def redundancies(request: HttpRequest) -> Count:
    """The redundancy hearings that run under her seats, and how many are late."""
    rows = permitted(request.user, May.SEE_REDUNDANCY).filter(state__in=HEARD)
    return _counted("rights.redundancy", rows)


def aids(request: HttpRequest) -> Count:
    """The cases of legal aid that run under her seats, and how many are late."""
    return _counted("rights.aid", permitted(request.user, AidMay.SEE_AID).filter(state__in=AIDED))


counter("aids", aids)
counter("redundancies", redundancies)
counter("supervisions", supervisions)
counter("events", events)
counter("disputes", disputes)
