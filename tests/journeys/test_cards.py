"""Cards are ordered by two persons, made by the bank and handed out; one is lost. And somebody who stands in the register twice becomes one."""

from __future__ import annotations

import pytest

from niangjia.kit.dates import today
from niangjia.members import actions
from niangjia.members.models import Card, CardBatch, Likeness, Membership
from niangjia.members.tests.bank import PaperBank
from niangjia.members.tests.rosters import line, name, roster
from tests.journeys.conftest import FACES, faults, press, read, tongue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "language"), FACES)
def test_cards_go_to_the_bank_and_come_back(town, tmp_path, enter, width, language):
    say = tongue(language)
    actions.import_roster(roster(tmp_path / "a.csv", *(line(n) for n in (1, 2, 3))), town.firm, dry_run=False, by=town.north_org)

    firm = enter(town.firm_chair, width=width, language=language)
    firm.goto("/members/dues/")
    firm.get_by_label(say("Tick %(name)s", name=name(1))).check()
    firm.locator("#id_until").fill(f"{today():%Y-%m}")
    press(firm, say("Enter for the ticked"))
    assert Membership.objects.get(name=name(1)).dues_until == today().replace(day=1)
    assert faults(firm) == []

    firm.goto("/members/cards/")
    press(firm, say("Order cards"))
    for n in (1, 2):
        firm.get_by_label(say("Tick %(name)s", name=name(n))).check()
    press(firm, say("Draft an order for the ticked"))
    assert not CardBatch.objects.exists()  # nobody has said that they agreed
    firm.goto("/members/cards/?view=order")
    for n in (1, 2):
        firm.get_by_label(say("Tick %(name)s", name=name(n))).check()
    firm.locator("#id_consent").check()
    press(firm, say("Draft an order for the ticked"))
    order = firm.url
    assert firm.get_by_role("button", name=say("Send it to the bank")).count() == 0
    assert faults(firm) == []

    hill = enter(town.hill_chair, width=width, language=language)
    hill.goto(order)
    press(hill, say("Send it to the bank"))
    with hill.expect_download() as taken:
        hill.get_by_role("link", name=say("File for the bank (GBK)")).click()
    file = tmp_path / "order.csv"
    taken.value.save_as(file)
    answer = tmp_path / "answer.csv"
    answer.write_bytes(PaperBank(refuses={name(2): "身份核验未通过"}).answers(file.read_bytes()))

    firm.goto(order)
    press(firm, say("Read the bank's answer"))
    firm.locator("#id_file").set_input_files(answer)
    press(firm, say("Read it"))
    assert "身份核验未通过" in read(firm)
    firm.get_by_label(say("Tick %(name)s", name=name(1))).check()
    press(firm, say("Handed out to the ticked"))
    assert CardBatch.objects.get().state == "DONE"
    assert faults(firm) == []
    press(firm, name(1))
    press(firm, say("Report it lost"))
    firm.locator(".n-dialog:target textarea").fill("路上遗失。")
    firm.locator(".n-dialog:target button[type=submit]").click()
    firm.wait_for_load_state()
    assert Card.objects.get(name=name(1)).state == "LOST"
    assert faults(firm) == []


@pytest.mark.parametrize(("width", "language"), FACES)
def test_somebody_who_stands_there_twice_becomes_one_and_two_again(town, tmp_path, enter, width, language):
    say = tongue(language)
    rows = [line(1), line(3, name=name(1), phone="10000000001")]
    actions.import_roster(roster(tmp_path / "a.csv", *rows), town.firm, dry_run=False, by=town.north_org)
    actions.find_alike()

    firm = enter(town.firm_chair, width=width, language=language)
    firm.goto("/members/same/")
    assert faults(firm) == []
    press(firm, name(1))
    assert faults(firm) == []
    pair = firm.url
    press(firm, say("Merge the two"))
    press(firm, say("Merge"))
    assert Likeness.objects.get().state == "MERGED"
    assert Membership.objects.filter(name=name(1), left_on=None).count() == 1
    firm.goto(pair)
    press(firm, say("Undo the merger"))
    firm.locator(".n-dialog:target textarea").fill("是两个人。")
    firm.locator(".n-dialog:target button[type=submit]").click()
    firm.wait_for_load_state()
    assert Likeness.objects.get().state == "FOUND"
    assert Membership.objects.filter(name=name(1), left_on=None).count() == 2
