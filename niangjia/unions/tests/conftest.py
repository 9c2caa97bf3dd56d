"""A township with people, an event and a dispute, for tests of what moves."""

from __future__ import annotations

from decimal import Decimal

import pytest

from niangjia.kit.dates import today
from niangjia.members.models import Person
from niangjia.rights import api as rights
from niangjia.unions.tests.moving import identity, member
from niangjia.worklog.api import post

pytestmark = pytest.mark.django_db(transaction=True)  # the clerk posts only what is committed


@pytest.fixture
def filled(town):
    """The town with members, a late event that has climbed to the county, and a dispute that the township took in."""
    for number, (union, name) in enumerate((("firm", "甲"), ("firm", "乙"), ("mill", "丙"), ("shop", "丁"))):
        person = Person.objects.create(name=name, sex="1", id_sealed=b"x", id_hash=f"hash-{number}".encode())
        member(person, town.unions[union])
    facts = rights.Facts(employer_name="煤山青禾电池有限公司", type="E06", affected=12)
    event = rights.report(town.firm, facts, by=town.hill_chair)
    rights.climb(event, by=town.hill_chair)
    dispute = rights.open_(town.hill, rights.Opening(cause="012", applied_on=today()), by=town.hill_chair)
    rights.add_respondent(dispute, employer=town.firm_unit, by=town.hill_chair)
    rights.add_claimant(dispute, name="戊", number=identity(), claimed=Decimal(100), by=town.hill_chair)
    rights.accept(dispute, by=town.hill_chair)
    post()
    return town
