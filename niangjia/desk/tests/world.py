"""Cases for the town: one event that is late, one that is due soon, a dispute that waits, and a member with her papers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from niangjia.access.models import User
from niangjia.flow.api import start
from niangjia.flow.models import Clock
from niangjia.kit import crypt
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.names import reading, tokens
from niangjia.members.models import Membership, Person
from niangjia.rights.models import Claimant, Dispute, Event, Respondent


def event(number: int, union, *, hours: int, desk=None, **facts) -> Event:
    """An event at a union, due to be reported upward in some hours (late, if they are negative)."""
    at = now() - timedelta(hours=20)
    facts = {"severity": "ORANGE", "suggested": "ORANGE", "type": "E06", "affected": 46} | facts
    made = Event.objects.create(
        reference=f"YJ-{today().year}-{number:06d}", union=union, township=union.township, county=union.county, desk=desk or union, employer=union.employer,
        employer_name=union.employer.name, occurred_at=at, known_at=at, reported_at=at, reported_on=day_of(at), report_by=now() + timedelta(hours=hours),
        synthetic=True, **facts,
    )  # fmt: skip
    with transaction.atomic():
        start(made, by=None, at=at)
    Clock.objects.filter(kind="rights.event", thing_id=made.pk, code="EV-D7").delete()  # each has the one clock that was asked for
    return made


def dispute(number: int, union, employer, people=()) -> Dispute:
    """A dispute that was applied for today."""
    made = Dispute.objects.create(
        reference=f"TJ-{today().year}-{number:06d}",
        handled_by=union,
        township=union.township,
        county=union.county,
        cause="01",
        applied_on=today(),
        synthetic=True,
    )
    Respondent.objects.create(dispute=made, employer=employer)
    for person in people:
        Claimant.objects.create(dispute=made, person=person, claimed=100)
    with transaction.atomic():
        start(made, by=None)
    return made


def member(union, name: str, number: str, phone: str, user: User | None = None) -> Membership:
    """Somebody with a membership in force (a made-up number of the reserved shape)."""
    person = Person.objects.create(
        name=name, sex="2", user=user, id_sealed=crypt.seal_one(number, "members.id"), id_hash=crypt.blind_one(number, "members.id"),
        id_tail_hash=crypt.blind_one(number[-4:], "members.id.tail"), phone_sealed=crypt.seal_one(phone, "members.phone"),
        phone_hash=crypt.blind_one(phone, "members.phone"), phone_tail_hash=crypt.blind_one(phone[-4:], "members.phone.tail"),
    )  # fmt: skip
    said = reading(name)
    made = Membership.objects.create(
        person=person, union=union, township=union.township, county=union.county, state="MEMBER", joined_on="2013-05-06", sex="2", name=name, name_py=said,
        tokens=tokens(name, said),
    )  # fmt: skip
    with transaction.atomic():
        start(made, by=None)
    return made


@pytest.fixture
def cases(town):
    """The late event stands with the hill, the soon one with the market; the dispute with the hill."""
    town.late = event(1, town.firm, hours=-3, desk=town.hill)
    town.soon = event(2, town.shop, hours=30, desk=town.market)
    town.worker = User.objects.create(username="worker", name="周敏华", password="!", kind="MEMBER")
    town.membership = member(town.firm, "周敏华", "330599198703070027", "19900002718", town.worker)
    town.dispute = dispute(1, town.hill, town.firm_unit, [town.membership.person])
    return town
