"""Reading disputes: what was claimed, agreed and paid, by and against whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from niangjia.access.api import SeenLog
from niangjia.flow.api import clocks
from niangjia.kit.dates import day_of, now
from niangjia.members.models import Membership, Person
from niangjia.rights import parameters, rules
from niangjia.rights.enums import Kept
from niangjia.rights.models import Claimant, Dispute, Receipt, Respondent
from niangjia.rights.queries.events import Ask
from niangjia.unions.models import Employer, Union

NOTHING = Decimal(0)
LOOKED = 20  # openings that the page of a case names; the whole list has a page of its own


def speaking(ask: Ask) -> rules.Speaking:
    """Who speaks for many, as it is set."""
    return rules.Speaking(ask(parameters.COLLECTIVE_FROM), ask(parameters.SPEAKERS_LEAST), ask(parameters.SPEAKERS_MOST))


def mediate_by(dispute: Dispute) -> Any:
    """The last day of a mediation that runs: by its clock, or the day to which both sides agreed."""
    running = next((clock for clock in clocks(dispute) if clock.code == "RD-D2"), None)
    return day_of(running.due_at) if running else dispute.extended_to


def looked_at(dispute: Dispute, person: Person) -> list[SeenLog]:
    """Who opened a case, and who had her own numbers shown for it: the last first. Her own openings are left out."""
    about = Q(kind="rights.dispute", thing_id=dispute.pk)
    about |= Q(kind="members.person", thing_id=person.pk, act="revealed", why__startswith=dispute.reference)
    return list(SeenLog.objects.filter(about).exclude(user=person.user_id).select_related("user").order_by("-at", "-pk")[:LOOKED])


def kept(thing: Any, code: str, day: date) -> str:
    """Whether a step taken on a day keeps the clock that runs for it; nothing where none runs."""
    running = next((clock for clock in clocks(thing) if clock.code == code), None)
    return "" if running is None else Kept.IN_TIME.value if day <= day_of(running.due_at) else Kept.LATE.value


def members_among(dispute: Dispute) -> int:
    """How many of the workers are members of a union."""
    spells = Membership.objects.filter(person=OuterRef("person"), left_on=None)
    return Claimant.objects.filter(Exists(spells), dispute=dispute).count()


def unions_of(firms: Sequence[Respondent]) -> dict[int, Union]:
    """The union of each employer that has one, by the number of the employer."""
    rows = Union.objects.filter(employer__in=[line.employer_id for line in firms]).exclude(state="ABOLISHED").order_by("level", "pk")
    return {one.employer_id: one for one in rows if one.employer_id is not None}


def all_agree(dispute: Dispute) -> bool:
    """Whether every worker agrees that the union of the firm sees the case."""
    said = list(Claimant.objects.filter(dispute=dispute).values_list("firm_may_see", flat=True))
    return bool(said) and all(said)


# ---------- disputes ----------


@dataclass(frozen=True)
class Sums:
    """What was claimed, agreed and really paid in one dispute, or in many."""

    claimed: Decimal
    agreed: Decimal | None
    received: Decimal


def received_of(dispute: Dispute) -> Decimal:
    """What workers really got."""
    return Receipt.objects.filter(dispute=dispute, void=False).aggregate(sum=Coalesce(Sum("amount"), NOTHING))["sum"] or NOTHING


def sums_of(dispute: Dispute) -> Sums:
    """The money of a dispute."""
    return Sums(dispute.claimed, dispute.agreed, received_of(dispute))


@dataclass(frozen=True)
class Crowd:
    """How many claim, and how many of them speak for the others."""

    workers: int
    speakers: int


def crowd_of(dispute: Dispute) -> Crowd:
    """The workers of a dispute, counted."""
    found = Claimant.objects.filter(dispute=dispute).aggregate(n=Count("pk"), leads=Count("pk", filter=Q(leads=True)))
    return Crowd(found["n"], found["leads"])


def claimants_of(dispute: Dispute) -> QuerySet[Claimant]:
    """The workers of a dispute, who speak for the others first."""
    return dispute.claimants.select_related("person").order_by("-leads", "pk")


def employers_named(text: str, near: Union | None = None, *, limit: int = 20) -> list[Employer]:
    """Employers by credit code or by a part of their name; those of the place first."""
    text = text.strip()
    if len(text) < 2:
        return []
    rows = Employer.objects.itself().filter(Q(uscc=text.upper()) | Q(name__icontains=text), closed_on=None)
    found = list(rows.order_by("name")[:200])
    here = near.township_id if near else None
    return sorted(found, key=lambda one: (one.township_id != here, one.name))[:limit]


def overdue(things: Iterable[Any]) -> int:
    """How many of some clocks are late."""
    at = now()
    return sum(1 for one in things if one.due_at <= at)
