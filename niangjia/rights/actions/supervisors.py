"""Supervisors are put on the roster with their cards, and their cards renewed; they are told when a clock of a case of theirs has rung."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.kit.dates import day_of
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.rights.enums import May
from niangjia.rights.models import Supervision, Supervisor
from niangjia.rights.queries.supervision import charged_with
from niangjia.unions.api import answerable
from niangjia.unions.models import Union


@dataclass(frozen=True)
class Carded:
    """What the roster says of a supervisor."""

    name: str
    card: str
    card_until: date
    user: User | None = None


def _facts(said: Carded) -> dict[str, Any]:
    if not said.name.strip() or not said.card.strip():
        raise RuleBroken(_("Write the name, and the number of the card."))
    return {"name": said.name.strip()[:60], "card": said.card.strip()[:40], "card_until": said.card_until, "user": said.user}


def _taken(fault: IntegrityError) -> RuleBroken:
    del fault
    return RuleBroken(_("This card, or this account, stands on a roster already."))


@transaction.atomic
def enroll_supervisor(union: Union, said: Carded, *, by: User) -> Supervisor:
    """Put a supervisor on the roster of a union."""
    if not allows(by, May.KEEP_SUPERVISORS, union):
        raise Refused(_("The roster of supervisors is kept by the rights office of a township, a county or the city."))
    try:
        with transaction.atomic():
            return Supervisor.objects.create(union=union, township_id=union.township_id, county_id=union.county_id, **_facts(said))
    except IntegrityError as fault:
        raise _taken(fault) from fault


@transaction.atomic
def change_supervisor(one: Supervisor, said: Carded, *, active: bool, by: User) -> Supervisor:
    """Correct what the roster says, renew a card, or take somebody off it; her cases stay."""
    if not allows(by, May.KEEP_SUPERVISOR, one):
        raise Refused(_("The roster of supervisors is kept by the rights office of a township, a county or the city."))
    try:
        with transaction.atomic():
            Supervisor.objects.filter(pk=one.pk).update(active=active, **_facts(said))
    except IntegrityError as fault:
        raise _taken(fault) from fault
    one.refresh_from_db()
    return one


def remind_supervisors(case: Supervision, *, what: Any, due: datetime) -> None:
    """Tell the rights office and the supervisors charged that a clock has rung."""
    people = {user.pk: user for user in [*answerable(case.union, "rights"), *charged_with(case)]}
    facts = {"reference": case.reference, "what": what, "until": day_of(due)}
    tell(people.values(), "supervision-late", facts=facts, url=case.get_absolute_url(), urgent=True)
