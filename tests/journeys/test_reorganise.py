"""A township goes to another county, in two browsers: planned and signed at one desk, adopted at another, reconciled for both."""

from __future__ import annotations

import pytest

from niangjia.kit.dates import today
from niangjia.unions.models import Reorganisation, Union
from niangjia.worklog.api import post
from tests.journeys.conftest import FACES, faults

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
