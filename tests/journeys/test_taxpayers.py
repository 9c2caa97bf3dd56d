"""A list of the tax side is looked through and taken in; one firm is followed to a clue, another needs no union. Everybody clicks what she sees."""

from __future__ import annotations

import pytest

from niangjia.unions.models import Founding, TaxList, Taxpayer
from niangjia.unions.tests.test_taxpayers import row, sent
from tests.journeys.conftest import FACES, faults, press, read, tongue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "language"), FACES)
def test_a_list_is_taken_in_and_a_firm_followed(town, enter, width, language):
    say = tongue(language)
    org = enter(town.north_org, width=width, language=language)
    org.goto("/unions/taxpayers/")
    assert say("No firm waits here") in read(org)
    press(org, say("Take a list in"))
    rows = [row(1), row(2, employees="260"), row(3, name=town.mill_unit.name, uscc=""), row(4, employees="三十")]
    org.locator('[name="file"]').set_input_files({"name": "名单.csv", "mimeType": "text/csv", "buffer": sent(*rows)})
    org.locator(".n-send button[type=submit]").first.click()
    org.wait_for_load_state()
    assert "三十" in org.content()
    assert say("This is no number of people. Write digits alone.") in read(org)
    assert faults(org) == []
    assert not Taxpayer.objects.exists()
    org.locator('.n-next button[value="take"]').click()
    org.wait_for_load_state()
    assert TaxList.objects.get().state == "TAKEN"
    assert Taxpayer.objects.filter(owes="UNION").count() == 3
    assert faults(org) == []

    page = enter(town.hill_chair, width=width, language=language)
    page.goto("/unions/taxpayers/?view=likely")
    press(page, town.mill_unit.name)
    press(page, say("It is this employer"))
    assert Taxpayer.objects.get(employees=33).owes == "UNITED"
    page.goto("/unions/taxpayers/")
    press(page, Taxpayer.objects.get(employees=31).name)
    assert faults(page) == []
    press(page, say("Needs none"))
    page.locator('[name="reason"]').first.check()
    page.locator('[name="why"]').fill("分公司，由总公司工会涵盖。")
    page.locator(".n-send button[type=submit]").first.click()
    page.wait_for_load_state()
    assert "分公司，由总公司工会涵盖。" in read(page)

    page.goto("/unions/taxpayers/")
    page.locator('tbody button[value="follow"]').first.click()
    page.wait_for_load_state()
    one = Founding.objects.get()
    assert (one.source, one.at) == ("TAX", town.hill)
    assert one.employer.name in read(page)
    assert faults(page) == []
