"""Reading supervision: the list, the roster with its cards, who is charged, and the letters of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from niangjia.access.models import User
from niangjia.kit.dates import today
from niangjia.kit.errors import Overtaken
from niangjia.kit.who import permitted
from niangjia.rights.enums import May
from niangjia.rights.lists import cases_named, late_ones
from niangjia.rights.models import Charge, Letter, Supervision, Supervisor
from niangjia.rights.supervised import SupervisionState
from niangjia.unions.models import Employer, Office, Union

ENDED = (SupervisionState.CLOSED, SupervisionState.OUT)
LIVE = tuple(str(one.value) for one in SupervisionState if one not in ENDED)
KIND = "rights.supervision"


@dataclass(frozen=True)
class SupervisionAsk:
    """What the list is narrowed by."""

    q: str = ""
    view: str = ""
    state: str = ""
    breach: str = ""
    county: str = ""
    since: date | None = None
    until: date | None = None


def supervisions(user: Any, ask: SupervisionAsk) -> QuerySet[Supervision]:
    """The cases that a person may see, narrowed."""
    rows: QuerySet[Supervision] = cases_named(
        permitted(user, May.SEE_SUPERVISION, Supervision.objects.select_related("union", "county", "employer")), ask.q
    )
    for name, value in (("state", ask.state), ("breach", ask.breach), ("county__code", ask.county)):
        if value:
            rows = rows.filter(**{name: value})
    if ask.since:
        rows = rows.filter(received_on__gte=ask.since)
    if ask.until:
        rows = rows.filter(received_on__lte=ask.until)
    if ask.view == "open":
        rows = rows.filter(state__in=LIVE)
    elif ask.view == "late":
        rows = late_ones(rows, KIND)
    elif ask.view == "sign":
        rows = rows.filter(state=SupervisionState.SIGNING)
    return rows


def supervisors(user: Any, q: str = "", state: str = "") -> QuerySet[Supervisor]:
    """The rosters that a person may see, with how many cases run with each."""
    rows = permitted(user, May.SEE_SUPERVISOR, Supervisor.objects.select_related("union"))
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(card__istartswith=q))
    if state == "valid":
        rows = rows.filter(active=True, card_until__gte=today())
    elif state == "expired":
        rows = rows.filter(Q(active=False) | Q(card_until__lt=today()))
    running = Q(charges__ended_at=None, charges__supervision__state__in=LIVE)
    found: QuerySet[Supervisor] = rows.annotate(load=Count("charges", filter=running))
    return found


def supervisors_for(case: Supervision) -> list[Supervisor]:
    """Whom one may charge: on the rosters of its place and those above, whose cards hold, and who are not charged yet."""
    places = [pk for pk in (case.union_id, case.township_id, case.county_id) if pk]
    rows = Supervisor.objects.filter(Q(union__in=places) | Q(union__level=1), active=True, card_until__gte=today()).select_related("union")
    return list(rows.exclude(charges__in=case.charges.filter(ended_at=None)).order_by("name", "pk")[:500])


def charges_of(case: Supervision) -> QuerySet[Charge]:
    """Who is charged, and who stepped back."""
    return case.charges.select_related("supervisor", "supervisor__union").order_by("ended_at", "pk")


def cards_of(case: Supervision) -> list[date]:
    """Until when the cards hold of those who are charged."""
    return list(case.charges.filter(ended_at=None).values_list("supervisor__card_until", flat=True))


def charged_with(case: Supervision) -> list[User]:
    """The accounts of those who are charged."""
    return list(User.objects.filter(pk__in=case.charges.filter(ended_at=None).values("supervisor__user")))


def waiting(case: Supervision) -> Letter | None:
    """The letter that waits for its signature."""
    return case.letters.filter(void=False, sent_on=None).order_by("-pk").first()


def letter_of(case: Supervision, kind: str) -> Letter:
    """The letter of a kind that holds."""
    found = case.letters.filter(kind=kind, void=False).select_related("paper", "supervision__union", "supervision__employer").first()
    if found is None:
        raise Overtaken
    return found


def firm_union_of(employer: Employer, handled_by: Union) -> Union | None:
    """The union at an employer, where it is not the one that supervises."""
    rows = Union.objects.filter(Q(employer=employer) | Q(covers__employer=employer, covers__until=None), level__gt=3).exclude(
        state="ABOLISHED"
    )
    return rows.exclude(pk=handled_by.pk).order_by("pk").first()


def ties_to(supervisor: Supervisor, case: Supervision) -> bool:
    """Whether she holds an office in the union of the employer."""
    if supervisor.user_id is None:
        return False
    held = Office.objects.filter(user=supervisor.user_id, union=case.firm_union_id)
    return held.filter(Q(until=None) | Q(until__gt=today())).exists()
