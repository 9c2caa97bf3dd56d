"""Another system is let in: one administrator enters it, another one grants its scope, a key is made, shown once, used, and revoked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client as Program

from niangjia.exchange.models import Client, Key
from niangjia.kit.dates import today
from tests.journeys.conftest import FACES, faults, press, read, tongue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "language"), FACES)
def test_a_system_is_let_in_by_two_and_its_key_revoked(town, enter, width, language):
    say = tongue(language)
    page = enter(town.system, width=width, language=language)
    page.goto("/exchange/systems/")
    assert faults(page) == []
    press(page, say("Enter a system"))
    page.locator("#id_name").fill("省会员实名制系统")
    page.locator("#id_keeper").fill("省总工会网络工作部")
    press(page, say("Enter the system"))
    page.wait_for_url("**/exchange/systems/*-*/")
    one = Client.objects.get()
    assert say("Waits for its scope") in read(page)

    second = enter(town.security, width=width, language=language)
    second.goto(one.get_absolute_url())
    press(second, say("Grant the scope"))
    second.locator("#id_union").fill(town.north.code)
    second.locator("input[name=uses][value='unions.view']").check()
    second.locator("#id_until").fill((today() + timedelta(days=30)).isoformat())
    assert faults(second) == []
    press(second, say("Grant this scope"))
    second.wait_for_url(f"**{one.get_absolute_url()}")
    assert faults(second) == []

    page.goto(one.get_absolute_url())
    press(page, say("Make a key"))
    page.wait_for_load_state()
    assert faults(page) == []
    key = page.locator("dd code").inner_text()
    call = {"headers": {"Authorization": f"Bearer {key}"}}
    assert Program().get("/api/unions", **call).status_code == 200
    page.goto(one.get_absolute_url())
    assert key not in page.content()

    second.goto(one.get_absolute_url())
    second.locator("form[action$='/revoke/'] button").click()
    second.wait_for_load_state()
    assert Key.objects.get().revoked_at is not None
    assert Program().get("/api/unions", **call).status_code == 401
    press(second, say("Shut it out"))
    second.locator("#id_why").fill("协议终止")
    press(second, say("Shut it out"))
    second.wait_for_url(f"**{one.get_absolute_url()}")
    assert say("Shut out") in read(second)
