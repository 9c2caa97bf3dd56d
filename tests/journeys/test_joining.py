"""Somebody scans her union's code on her phone and is a member the same day; another one is told why not."""

from __future__ import annotations

import pytest

from niangjia.kit.dates import today
from niangjia.members import actions
from niangjia.members.models import Application, Membership, Person
from niangjia.members.tests.rosters import name, number
from tests.journeys.conftest import FACES, faults, press, read, tongue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill(page, n, say):
    """What an applicant writes, one field at a time; three times she agrees."""
    page.get_by_label(say("Full name"), exact=False).first.fill(name(n))
    page.locator("#id_number").fill(number(n))
    page.locator("#id_phone").fill(f"100{n:08d}")
    page.locator("#id_work").select_option("COURIER")
    for box in ("charter", "told", "sensitive"):
        page.locator(f"#id_{box}").check()


@pytest.mark.parametrize(("width", "language"), FACES)
def test_she_scans_asks_and_is_admitted(town, enter, width, language):
    say = tongue(language)
    chair = enter(town.firm_chair, width=width, language=language)
    chair.goto(f"/unions/{town.firm.code}/")
    press(chair, say("Code for joining"))
    press(chair, say("Draw a code"))
    link = chair.locator(".n-sheet .n-link").inner_text()
    assert chair.locator(".n-sheet svg.n-qr").count() == 1
    assert faults(chair) == []

    phone = enter(None, width=360, language=language)
    phone.goto(link)
    phone.locator("#id_number").fill(number(1)[:17])
    press(phone, say("Send", "an application"))
    assert say("Ask to join") in read(phone)
    assert phone.locator(".n-error").count() >= 5
    assert faults(phone) == []
    assert not Application.objects.exists()
    fill(phone, 1, say)
    press(phone, say("Send", "an application"))
    phone.wait_for_url("**/join/sent/**")
    followed = phone.url
    assert say("The union decides") in read(phone)
    assert number(1) not in phone.content()
    assert faults(phone) == []

    other = enter(None, width=360, language=language)
    other.goto(link)
    fill(other, 2, say)
    press(other, say("Send", "an application"))
    other.wait_for_url("**/join/sent/**")

    chair.goto("/members/")
    press(chair, say("Sent by code"))
    press(chair, name(1))
    press(chair, say("Admit"))
    press(chair, say("Admit"))
    one = Membership.objects.get()
    assert (one.state, one.how, one.joined_on, one.name) == ("MEMBER", "SCAN", today(), name(1))
    assert one.name in read(chair)
    chair.goto("/members/asked/")
    press(chair, name(2))
    press(chair, say("Refuse"))
    chair.locator(".n-dialog:target textarea").fill("不在本单位工作。")
    chair.locator(".n-dialog:target button[type=submit]").click()
    chair.wait_for_load_state()

    phone.goto(followed)
    assert say("You are a member of %(union)s", union=town.firm.name) in read(phone)
    other.reload()
    assert "不在本单位工作。" in read(other)
    assert Person.objects.count() == 1

    actions.close_code(town.firm, by=town.firm_chair)
    assert phone.goto(link).status == 410
    assert say("This code is no longer in use") in read(phone)
