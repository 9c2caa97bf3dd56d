"""A member signs in by a code on her phone, looks who looked, asks for a correction; the chair grants it at her desk, and she sees it."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache

from niangjia.kit.carrier import Folder
from niangjia.members import actions
from niangjia.members.models import Membership, Person, PersonalRequest
from niangjia.members.tests.rosters import line, name, number, roster
from niangjia.notices.api import send_waiting
from tests.journeys.conftest import EVERY, faults, press, read, tongue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FACES = [("zh-CN", "en-GB"), *([("en-GB", "zh-CN")] if EVERY else [])]  # her phone, and the desk


@pytest.fixture
def phone(settings, tmp_path):
    """What arrives on her phone."""
    cache.clear()
    settings.SMS = f"folder:{tmp_path / 'phone'}"
    return Folder(tmp_path / "phone")


@pytest.mark.parametrize(("hers", "office"), FACES)
def test_she_comes_in_by_a_code_and_her_union_answers(town, enter, phone, tmp_path, hers, office):
    actions.import_roster(roster(tmp_path / "a.csv", line(1), line(2)), town.firm, by=town.firm_chair)
    held = Membership.objects.get(name=name(1))
    say, there = tongue(hers), tongue(office)

    desk = enter(town.firm_chair, width=1440, language=office)
    desk.goto(held.get_absolute_url())

    her = enter(None, width=360, language=hers)
    her.goto("/sign-in/")
    assert faults(her) == []
    press(her, say("I am a member"))
    her.get_by_label(say("Mobile"), exact=False).fill("123")
    press(her, say("Send me a code"))
    assert her.locator(".n-error").count() == 1
    her.get_by_label(say("Mobile"), exact=False).fill("10000000001")
    press(her, say("Send me a code"))
    her.wait_for_url("**/sign-in/member/code/")
    assert "10000000001" not in her.content()
    assert faults(her) == []
    assert send_waiting() == 1
    her.get_by_label(say("Code from the message")).fill(re.search(r"\d{6}", phone.last(1)[0].text)[0])
    press(her, say("Sign in"))
    her.wait_for_url("**/sign-in/member/card/")
    assert faults(her) == []
    her.get_by_label(say("Last four of the identity number")).fill(number(1)[-4:])
    press(her, say("Sign in"))
    her.wait_for_url("**/me/")
    assert name(1) in read(her)
    assert faults(her) == []

    press(her, say("My file"))
    assert number(1) not in her.content()
    her.get_by_role("button", name=re.compile(say("Show", "a covered value"))).first.click()
    her.wait_for_load_state()
    assert number(1) in read(her)
    assert faults(her) == []
    press(her, say("Who looked at my papers"))
    assert town.firm.short_name in read(her)
    assert faults(her) == []

    her.goto("/me/requests/")
    assert faults(her) == []
    press(her, say("Job"))
    her.get_by_label(say("Right would be")).fill("质检员")
    press(her, say("Send", "a personal request"))
    her.wait_for_url(re.compile(r"/me/requests/[0-9a-f-]+/"))
    assert say("Your union answers") in read(her)
    assert faults(her) == []
    followed = her.url

    desk.goto("/desk/")
    assert there("Answer what a member asks") in read(desk)
    desk.goto("/members/requests/")
    assert faults(desk) == []
    press(desk, name(1))
    assert "质检员" in read(desk)
    assert faults(desk) == []
    press(desk, there("Grant it"))
    desk.get_by_label(there("A word to the member")).fill("已更正。")
    assert faults(desk) == []
    press(desk, there("Grant it"))
    desk.wait_for_url("**" + PersonalRequest.objects.get().get_absolute_url())
    held.refresh_from_db()
    assert held.job == "质检员"

    her.goto(followed)
    assert say("Your union has granted it") in read(her)
    assert "已更正。" in read(her)
    her.goto("/messages/")
    assert say("Correct something") in read(her)
    assert Person.objects.get(pk=held.person_id).user.kind == "MEMBER"
