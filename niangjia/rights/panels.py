"""What rights show on the page of a union: what runs there now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kit.answer import place_of
from niangjia.kit.components import day_words
from niangjia.kit.panels import panel
from niangjia.kit.who import allows, permitted
from niangjia.rights import lists as listing
from niangjia.rights.aided import AidMay
from niangjia.rights.enums import May
from niangjia.rights.models import Dispute, Event, Respondent
from niangjia.rights.queries import limit_of
from niangjia.rights.queries.reckoning import course_of, course_of_supervision, reckonings_of
from niangjia.rights.queries.supervision import KIND, SupervisionAsk, supervisions
from niangjia.rights.queries.supervision import LIVE as SUPERVISED
from niangjia.rights.shown.aid import aids_table
from niangjia.rights.shown.disputes import disputes_table
from niangjia.rights.shown.events import events_table
from niangjia.rights.shown.reckoning import attached_table, dues_table, limit_table
from niangjia.rights.shown.supervision import supervisions_table

Of = dict[str, Any]  # by what rows are found
MOST = 10
LIMITED = ("APPLIED", "MEDIATING", "PAUSED", "AGREED")  # what has ended says no more until when it could have gone on
AIDABLE = ("APPLIED", "MEDIATING", "PAUSED", "AGREED", "CLOSED", "REFUSED")  # also after the mediation failed


@panel("unions.union", title=gettext_lazy("Events and disputes"), order=30)
def running(request: HttpRequest, union: Any) -> tuple[str, dict[str, Any]] | None:
    """The events, disputes and supervision cases that run at a union of the grassroots; leading unions have their lists."""
    if union.level <= 3:
        return None
    return _open(request, {"union": union}, {"handled_by": union}, {"union": union})


def _open(request: HttpRequest, events_of: Of, disputes_of: Of, cases_of: Of) -> tuple[str, dict[str, Any]] | None:
    """What runs, each only for those who may see that one: nobody learns how many others there are."""
    events = list(
        permitted(request.user, May.SEE_EVENT, Event.objects.select_related("union", "county", "township"))
        .filter(**events_of, state__in=listing.LIVE)
        .order_by("-reported_at", "-id")[:MOST]
    )
    disputes = list(
        permitted(request.user, May.SEE_DISPUTE, Dispute.objects.select_related("handled_by", "county"))
        .filter(**disputes_of, state__in=listing.WORKED)
        .order_by("-applied_on", "-id")[:MOST]
    )
    cases = list(supervisions(request.user, SupervisionAsk(view="open")).filter(**cases_of).order_by("-received_on", "-id")[:MOST])
    if not events and not disputes and not cases:
        return None
    return "rights/panel.html", {
        "events": events_table(listing.event_rows(events)) if events else None, "disputes": disputes_table(listing.dispute_rows(disputes)) if disputes else None,
        "cases": supervisions_table(cases, listing.clocks_of(KIND, cases)) if cases else None,
    }  # fmt: skip


@panel("unions.employer", title=gettext_lazy("Open events and cases"), order=30)
def about_employer(request: HttpRequest, employer: Any) -> tuple[str, dict[str, Any]] | None:
    """The events, disputes and supervision cases that run about an employer, whoever handles them."""
    respondents = Respondent.objects.filter(employer=employer).values("dispute")
    return _open(request, {"employer": employer}, {"pk__in": respondents}, {"employer": employer})


@panel("rights.dispute", title=gettext_lazy("What is owed"), order=10)
def reckoned(request: HttpRequest, dispute: Any) -> tuple[str, dict[str, Any]] | None:
    """What was reckoned for a dispute: wages stand in it, so it is shown to those who may see the workers."""
    if not allows(request.user, May.SEE_CLAIMANTS, dispute):
        return None
    rows = reckonings_of(dispute)
    add = reverse("rights:reckon_for", args=[dispute.uuid]) if allows(request.user, May.MEDIATE, dispute) else ""
    if not rows and not add:
        return None
    return "rights/reckonings.html", {"table": attached_table(rows, dispute) if rows else None, "add": add}


@panel("rights.dispute", title=gettext_lazy("Statutory terms"), order=20)
def terms(_request: HttpRequest, dispute: Any) -> tuple[str, dict[str, Any]] | None:
    """The terms of the law that the dispute begins, and until when its workers may go to arbitration."""
    limit = limit_of(dispute).answer if dispute.state in LIMITED else None
    last = _("Arbitration can be asked for until %(day)s.") % {"day": day_words(limit.day, year=True)} if limit and limit.day else ""
    return "rights/terms.html", {
        "table": dues_table(course_of(dispute, place_of(dispute))),
        "limit": limit_table(limit) if limit else None,
        "last": last,
    }


@panel("rights.supervision", title=gettext_lazy("Statutory terms"), order=10)
def supervised(_request: HttpRequest, case: Any) -> tuple[str, dict[str, Any]] | None:
    """The terms of the law that a supervision case begins, while it runs."""
    if case.state not in SUPERVISED:
        return None
    return "rights/terms.html", {"table": dues_table(course_of_supervision(case, place_of(case))), "limit": None, "last": ""}


@panel("rights.dispute", title=gettext_lazy("Legal aid"), order=30)
def aided(request: HttpRequest, dispute: Any) -> tuple[str, dict[str, Any]] | None:
    """The cases of legal aid out of a dispute, for those who may see them, and the way to apply."""
    rows = list(
        permitted(request.user, AidMay.SEE_AID, dispute.aids.select_related("union", "county", "agent")).order_by("-applied_on", "-pk")[
            :MOST
        ]
    )
    may = dispute.state in AIDABLE and not rows and allows(request.user, May.MEDIATE, dispute)
    if not rows and not may:
        return None
    return "rights/aid/panel.html", {
        "table": aids_table(rows, listing.clocks_of("rights.aid", rows)) if rows else None, "add": reverse("rights:dispute_aid", args=[dispute.uuid]) if may else "",
    }  # fmt: skip
