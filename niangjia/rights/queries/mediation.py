"""Reading the roster of mediators, what binds one of them to a side, what is looked at before a dispute is accepted, and tables that wait."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q, QuerySet

from niangjia.kit import crypt
from niangjia.kit.answer import asking
from niangjia.kit.dates import today
from niangjia.kit.who import permitted
from niangjia.members.models import Membership
from niangjia.rights import rules
from niangjia.rights.enums import SHEET_ROW, May
from niangjia.rights.models import Appointment, Claim, Claimant, Dispute, Mediator, SheetRow
from niangjia.rights.queries.disputes import crowd_of, speaking
from niangjia.rights.queries.limitation import limit_of
from niangjia.rights.sheets.reading import Cells
from niangjia.unions.models import Office, Union

RUNNING = ("APPLIED", "MEDIATING", "PAUSED", "AGREED")


def ties_of(mediator: Mediator, dispute: Dispute, *, relative: bool = False, other_side: bool = False) -> rules.Ties:
    """What binds a mediator to a side, as far as the house knows it, and what she says herself."""
    firms = list(dispute.respondents.values_list("employer_id", flat=True))
    found = _ties(mediator.user_id, dispute, firms) if mediator.user_id is not None else rules.Ties()
    there = found.works_there or (mediator.employer_id is not None and mediator.employer_id in firms)
    return replace(found, works_there=there, other_side=other_side, relative=relative)


def ties_of_user(user: Any, dispute: Dispute) -> rules.Ties:
    """The same of somebody who takes a dispute on without being named from the roster."""
    return _ties(user.pk, dispute, list(dispute.respondents.values_list("employer_id", flat=True)))


def _ties(user: int, dispute: Dispute, firms: Sequence[int]) -> rules.Ties:
    """By her offices, her memberships and the list of those who claim."""
    held = Office.objects.filter(user=user).filter(Q(until=None) | Q(until__gt=today()))
    firm_unions = Union.objects.filter(Q(employer__in=firms) | Q(covers__employer__in=firms, covers__until=None), level__gt=3)
    spells = Membership.objects.filter(Q(employer__in=firms) | Q(employer=None, union__employer__in=firms), person__user=user, left_on=None)
    return rules.Ties(
        works_there=spells.exists(), union_officer=held.filter(union__in=firm_unions.values("pk")).exists(),
        claims=Claimant.objects.filter(dispute=dispute, person__user=user).exists(),
    )  # fmt: skip


def appointments_of(dispute: Dispute) -> QuerySet[Appointment]:
    """Who mediates, and who stepped aside."""
    return dispute.appointments.select_related("mediator", "by").order_by("ended_at", "-leads", "pk")


def with_load(rows: QuerySet[Mediator]) -> QuerySet[Mediator]:
    """Mediators with how many disputes run with each."""
    return rows.annotate(load=Count("appointments", filter=Q(appointments__ended_at=None, appointments__dispute__state__in=RUNNING)))


def roster_for(dispute: Dispute, user: Any) -> list[Mediator]:
    """Whom one may name for a dispute: the rosters of its own place and those above it, the least loaded first."""
    union = dispute.handled_by
    places = [pk for pk in (union.pk, union.township_id, union.county_id) if pk]
    rows = Mediator.objects.filter(Q(union__in=places) | Q(union__level=1), active=True).select_related("union", "employer", "user")
    del user
    return sorted(with_load(rows)[:500], key=lambda one: (one.load, one.name))  # type: ignore[attr-defined]


def roster(user: Any, q: str = "", chamber: str = "") -> QuerySet[Mediator]:
    """The rosters that a person may see, narrowed."""
    rows = permitted(user, May.SEE_MEDIATOR, Mediator.objects.select_related("union", "employer"))
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(body__icontains=q) | Q(areas__icontains=q) | Q(languages__icontains=q))
    if chamber:
        rows = rows.filter(chamber=chamber)
    return with_load(rows)


@dataclass(frozen=True)
class Check:
    """One thing that is looked at before a dispute is accepted."""

    code: str
    good: bool | None


def admission_of(dispute: Dispute, firms: int) -> list[Check]:
    """What is looked at before a dispute is accepted, as far as the house can tell."""
    crowd = crowd_of(dispute)
    people = Claimant.objects.filter(dispute=dispute).values("person")
    against = dispute.respondents.values("employer")
    elsewhere = (
        Claimant.objects.filter(
            person__in=people, dispute__state__in=RUNNING, dispute__cause=dispute.cause, dispute__respondents__employer__in=against
        )
        .exclude(dispute=dispute)
        .values("dispute")
        .distinct()
        .count()
    )
    known = rules.Admission(
        crowd.workers, firms, facts=bool(dispute.facts.strip()), lines=dispute.claimed > 0 or Claim.objects.filter(claimant__dispute=dispute).exists(),
        running_elsewhere=elsewhere, expired=limit_of(dispute).expired(today()),
        speakers_fit=rules.speakers_fit(crowd.workers, crowd.speakers, speaking(asking(dispute, today()))),
    )  # fmt: skip
    return [Check(code, good) for code, good in rules.checks(known)]


def opened(rows: Sequence[SheetRow]) -> list[Cells]:
    """Rows that wait, opened."""
    said = [json.loads(text) for text in crypt.unseal_many([one.cells_sealed for one in rows], SHEET_ROW)]
    return [
        Cells(
            one.page,
            one.row,
            cells["name"],
            cells["id"],
            cells["phone"],
            cells["months"],
            cells["leads"],
            cells["amounts"],
            [(a, b) for a, b in one.faults],
        )
        for one, cells in zip(rows, said, strict=True)
    ]
