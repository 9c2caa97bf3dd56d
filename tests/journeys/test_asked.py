"""Asked once: a township draws a request up, is refused what the platform holds, sends it out; the chair answers on her phone; the quarter is added up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from niangjia.asked.models import Addressed, Request
from niangjia.kit.dates import today
from tests.journeys.conftest import FACES, faults, press, read, tongue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "language"), FACES)
def test_the_grass_roots_are_asked_once(town, enter, width, language):
    say = tongue(language)
    office = enter(town.hill_chair, width=width, language=language)
    office.goto("/asked/")
    press(office, say("Ask for data"))
    assert faults(office) == []
    office.locator("#id_title").fill("高温岗位摸底")
    office.locator("#id_why").fill("夏送清凉安排，依据市总当年方案。")
    office.locator("#id_period").fill("2026年夏季")
    office.locator("#id_due_on").fill((today() + timedelta(days=20)).isoformat())
    press(office, say("On to the fields"))

    for label, kind in (("高温班组", "NUMBER"), ("在册职工总数", "NUMBER"), ("是否设有清凉休息点", "YESNO")):
        office.wait_for_url("**/asked/*-*/")
        press(office, say("Add a field"))
        office.locator("#id_label").fill(label)
        office.locator("#id_kind").select_option(kind)
        if label == "在册职工总数":
            office.locator("#check .alert-danger").wait_for()
            assert faults(office) == []
        press(office, say("Add it"))
    office.wait_for_url("**/asked/*-*/")
    assert faults(office) == []
    press(office, say("Send it out", "a request"))
    made = Request.objects.get()
    assert (made.state, made.reach) == ("ISSUED", 2)

    chair = enter(town.firm_chair, width=360, language=language)
    chair.goto("/asked/")
    assert "高温岗位摸底" in read(chair)
    chair.goto(Addressed.objects.get(union=town.firm).get_absolute_url())
    assert "在册职工总数" not in read(chair)
    assert faults(chair) == []
    chair.locator("input[type=text]").first.fill("12")
    chair.locator("input[type=radio]").first.check()
    press(chair, say("Send the answer", "an answer"))
    chair.wait_for_url("**/asked/")
    assert Addressed.objects.get(union=town.firm).state == "ANSWERED"

    for part in ("unions/", "answers/", "import/", ""):
        office.goto(f"{made.get_absolute_url()}{part}")
        assert faults(office) == [], part
    office.goto("/asked/burden/")
    assert faults(office) == []
