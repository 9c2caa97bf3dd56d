"""A firm's chair reports at night from her phone, and the report climbs to the city by its clocks alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from niangjia.flow.api import ring
from niangjia.kit.dates import now
from niangjia.rights.models import Event, Report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_event_reported_from_a_phone_climbs_to_the_city(town, enter):
    page = enter(town.firm_chair, width=360)
    page.goto("/rights/events/report/")
    page.select_option("select[name=kind]", "E06")
    page.fill("input[name=affected]", "46")
    page.locator("main button[name=keep]").click()
    page.wait_for_url("**/rights/events/*-*/")
    event = Event.objects.get()
    assert (event.union, event.desk, event.affected) == (town.firm, town.firm, 46)
    assert event.reference in page.inner_text("main")
    for above in (town.hill, town.north, town.city):
        ring(now() + timedelta(days=10))
        event.refresh_from_db()
        assert event.desk == above
    assert Report.objects.filter(event=event, auto=True).count() >= 3
    city = enter(town.city_rights)
    city.goto("/rights/events/")
    assert event.reference in city.inner_text("main")
    city.goto(event.get_absolute_url())
    assert town.city.short_name in city.inner_text("main")
