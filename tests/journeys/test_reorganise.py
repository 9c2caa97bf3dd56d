"""A township goes to another county, and two townships become one, in two browsers: planned and signed at one desk, adopted at another, reconciled for both."""

from __future__ import annotations

from datetime import timedelta

import pytest

from niangjia.kit.dates import today
from niangjia.members.models import Membership, Person
from niangjia.unions.models import Office, Reorganisation, Union
from niangjia.unions.tests.moving import member
from niangjia.worklog.api import post
from tests.journeys.conftest import FACES, faults, part, tongue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "language"), FACES)
def test_a_township_moves_by_two_signatures(town, enter, width, language):
    post()
    page = enter(town.city_org, width=width, language=language)
    page.goto(f"/unions/{town.hill.code}/")
    page.locator(f'a[href$="plan/?union={town.hill.code}"]').click()
    page.fill('[name="target"]', town.south.code)
    page.fill('[name="paper"]', "湖总工组〔2026〕7号")
    page.fill('[name="on"]', str(today()))
    page.locator(".n-send button").click()
    page.locator('button[value="rehearse"]').click()
    assert faults(page) == []
    page.locator('button[value="sign"]').click()
    page.wait_for_load_state()
    assert page.locator('button[value="adopt"]').count() == 0  # hers was the first; the button only says why it waits
    address = Reorganisation.objects.get().get_absolute_url()
    leader = enter(town.leader, width=width, language=language)
    leader.goto(address)
    leader.locator('button[value="adopt"]').click()
    leader.wait_for_load_state()
    assert Union.objects.get(pk=town.firm.pk).county == town.south
    post()
    leader.goto(address)
    assert leader.locator("table", has_text="+2").count() == 1
    assert faults(leader) == []


@pytest.mark.parametrize(("width", "language"), FACES)
def test_two_townships_become_one_and_both_hierarchies_add_up(town, enter, width, language):
    say = tongue(language)
    for n, union in enumerate((town.firm, town.firm, town.mill)):
        member(Person.objects.create(name=f"示例工{n}", sex="1", id_sealed=b"x", id_hash=f"merge-{n}".encode()), union)
    Membership.objects.update(joined_on=today() - timedelta(days=60))
    post()
    page = enter(town.north_org, width=width, language=language)
    page.goto(f"/unions/reorganisations/plan/?union={town.hill.code}")
    page.check('[name="turn"][value="MERGE"]')
    page.fill('[name="target"]', town.fort.code)
    page.fill('[name="paper"]', "长总工〔2026〕12号")
    page.fill('[name="on"]', str(today()))
    page.locator(".n-send button").click()
    page.locator('button[value="rehearse"]').click()
    assert town.fort.name in part(page, say("The plan")).inner_text()
    assert faults(page) == []
    page.locator('button[value="sign"]').click()
    page.wait_for_load_state()
    one = Reorganisation.objects.get()
    chair = enter(town.north_chair, width=width, language=language)
    chair.goto(one.get_absolute_url())
    chair.locator('button[value="adopt"]').click()
    chair.wait_for_load_state()
    hill, firm = Union.objects.get(pk=town.hill.pk), Union.objects.get(pk=town.firm.pk)
    assert (hill.state, hill.successor, firm.township) == ("ABOLISHED", town.fort, town.fort)
    assert not Office.objects.filter(union=hill, until=None).exists()
    post()
    chair.goto(one.get_absolute_url())
    rows = part(chair, say("Figures by both hierarchies")).locator("tbody tr")
    found = [" ".join(row.inner_text().split()) for row in rows.all()]
    members = [row for row in found if row.startswith(("工会会员", "Members,"))]
    assert any(town.fort.name in row and row.endswith("0 +3 3") for row in members), found
    assert any(town.hill.name in row and row.endswith("3 −3 0") for row in members), found
    assert faults(chair) == []
