"""She changes her work from one county to the other: asked for, sent, taken over; another one is kept by the township, because nobody answers."""

from __future__ import annotations

import pytest

from niangjia.kit.dates import now, today
from niangjia.members import actions
from niangjia.members.models import Membership
from niangjia.members.tests.rosters import line, name, number, roster
from tests.journeys.conftest import FACES, faults, press, read, tongue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "language"), FACES)
def test_she_moves_between_counties(town, tmp_path, enter, wall, width, language):
    say = tongue(language)
    actions.import_roster(roster(tmp_path / "a.csv", line(1), line(2)), town.firm, dry_run=False, by=town.north_org)

    shop = enter(town.shop_chair, width=width, language=language)
    shop.goto("/members/moves/")
    assert faults(shop) == []
    press(shop, say("She works here now"))
    shop.locator("#id_name").fill(name(1))
    shop.locator("#id_number").fill(number(2))
    shop.locator("#id_why").fill("八月起在编织车间")
    press(shop, say("Ask for her"))
    assert shop.locator(".n-error, .alert").count() >= 1  # name and number are not the same person's
    assert name(2) not in read(shop)
    shop.locator("#id_number").fill(number(1))
    press(shop, say("Ask for her"))
    assert number(1) not in shop.content()
    assert faults(shop) == []
    asked = shop.url

    firm = enter(town.firm_chair, width=width, language=language)
    firm.goto("/desk/")
    firm.goto("/members/moves/?view=asked")
    press(firm, name(1))
    assert firm.url == asked
    press(firm, say("Send her"))
    assert say("Sent; until she is taken over she counts here.") in firm.inner_text("body")

    shop.goto("/members/moves/")
    assert faults(shop) == []
    press(shop, name(1))
    press(shop, say("Take over"))
    one = Membership.objects.get(name=name(1), left_on=None)
    assert (one.union, one.how, one.joined_on) == (town.shop, "TRANSFER", today())

    firm.goto(Membership.objects.get(name=name(2)).get_absolute_url())
    press(firm, say("Send to another union"))
    firm.locator("#id_to").fill(town.mill.code)
    press(firm, say("Send"))
    wall.set(now())
    wall.wait(days=31)
    hill = enter(town.hill_chair, width=width, language=language)
    hill.goto("/members/moves/?view=pool")
    assert name(2) in read(hill)
    assert faults(hill) == []
    assert Membership.objects.get(name=name(2), left_on=None).union == town.hill
