"""At eight in the evening a firm's chair reports unpaid wages, and the report climbs to the city by its clocks alone; there it is handled and closed.

Everybody clicks what she sees. The figure of events moves with the report, and opens to it.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import TimeoutError  # noqa: A004 - the browser's own

from niangjia.kit.dates import at
from niangjia.rights.models import Event
from niangjia.worklog.api import post
from tests.journeys.conftest import FACES, part, press, read, tongue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EVENING = at(date(2026, 3, 11), 20)
WHY = "电话核实两名职工，工资确已两个月未发。"
FOUND = "镇工会到场，46人情绪平稳，老板答应月底前付清。"


@pytest.mark.parametrize(("width", "language"), FACES)
def test_an_event_climbs_by_its_clocks_and_is_handled_where_it_arrives(town, wall, enter, width, language):
    say = tongue(language)

    def come(who):
        page = enter(town.people[who], width=width, language=language)
        page.goto("/desk/")
        return page

    wall.set(EVENING)
    post()
    city = come("city_rights")
    assert counted(city) == "0"
    firm = come("firm_chair")
    press(firm, say("Report an event"))
    reported(firm, say)
    event = Event.objects.get()
    assert (event.union, event.desk, event.affected, event.severity) == (town.firm, town.firm, 46, "ORANGE")
    assert says_where(event, town.firm, say) in plain(read(firm))

    # one hour at the firm, two at the township, four at the county: nobody does anything, and each office finds it on her desk
    by_itself = say("sent on by the house")
    for hours, below, here, who in (
        (1, "firm", "hill", "hill_chair"),
        (2, "hill", "north", "north_rights"),
        (4, "north", "city", "city_rights"),
    ):
        wall.wait(hours=hours, minutes=1)
        page = come(who)
        todo = page.locator(".n-todo a").filter(has_text=re.compile(re.escape(say("Report to the level above")))).first
        assert event.employer_name in todo.inner_text()
        todo.click()
        page.wait_for_url("**/rights/events/*-*/")
        said = plain(read(page))
        assert says_where(event, town.unions[here], say) in said
        told = part(page, say("Who was told")).inner_text()
        assert town.people[who].name in told
        if below != "firm":  # whoever reported it was not told of it
            assert town.people[f"{below}_rights" if below == "north" else f"{below}_chair"].name in told
        rungs = part(page, say("Level by level")).locator("tbody tr.is-late")
        assert any(by_itself in line and town.unions[here].short_name in line for line in rungs.all_inner_texts())
        climbed = say("reported it upward to %(union)s", union=town.unions[here].short_name)
        assert any(say("The house") in line and climbed in line for line in page.locator(".n-story li").all_inner_texts())
    assert say("today %(time)s", time="3:03") in plain(read(page))

    handled(page, say)
    event.refresh_from_db()
    assert (event.state, event.desk, event.severity) == ("CLOSED", town.city, "ORANGE")
    story = plain(page.locator(".n-story").inner_text())
    for step in ("Severity confirmed", "Taken on", "Settled", "Case closed", "followed up"):
        assert say(step) in story, step
    assert WHY in story
    assert FOUND in story
    assert story.count(town.city_rights.name) >= 5

    press(page, "预警事件" if language.startswith("zh") else "Early warnings", within="main .n-crumb")
    assert event.reference in read(page)
    assert counted(city) == "1"
    city.locator("#records tbody a").first.click()
    city.wait_for_url(f"**{event.get_absolute_url()}")
    assert event.reference in city.title()


def plain(text):
    """Without the places where a long moment may break."""
    return text.replace("\u200b", "")


def says_where(event, union, say):
    """The words of the page's first sentence that name the desk."""
    whole = say("%(place)s, first reported %(when)s; it now lies with %(desk)s.", place="", when="|", desk=union.short_name)
    return whole.split("|")[1]


def foreseen(page, say):
    """The answer stands beside the form. On a busy machine a first press was seen to be lost; a person presses again."""
    answer = page.locator("#fore", has_text=say("Orange"))
    for _ in range(3):
        press(page, say("What follows from this?"))
        try:
            answer.wait_for(timeout=8000)
        except TimeoutError:
            continue
        return
    answer.wait_for(timeout=1000)


def reported(page, say):
    """Fill the form in, look what follows, and record it at the firm first."""
    page.select_option("select[name=kind]", label=say("Wage arrears"))
    page.get_by_label(say("How many workers are affected?")).fill("46")
    page.fill("input[name=owed]", "318,000")
    page.fill("input[name=months_owed]", "2")
    page.fill("textarea[name=demands]", "月底前付清工资。")
    foreseen(page, say)
    fore = read(page, "#fore")
    assert say("%(n)s workers affected", n=46) in fore
    assert say("to %(union)s", union="煤山镇总工会") in fore
    press(page, say("Record it here first"))
    page.wait_for_url("**/rights/events/*-*/")


def handled(page, say):
    """From the confirmation to the closing report, one click after the other."""
    here = page.url
    press(page, say("Confirm severity"))
    assert page.get_by_label(say("Orange")).is_checked()
    page.fill("textarea[name=why]", WHY)
    press(page, say("Confirm"))
    assert page.url == here
    press(page, say("Ask a department in"))
    page.select_option("select[name=department]", index=2)
    department = page.locator("select[name=department] option:checked").inner_text()
    page.fill("input[name=what]", "到企业核查工资支付台账")
    page.fill("input[name=who]", "何监察")
    press(page, say("Ask"))
    assert department in part(page, say("Handled together")).inner_text()
    press(page, say("Follow up"))
    page.fill("textarea[name=text]", FOUND)
    page.fill("input[name=affected]", "46")
    press(page, say("Report it"))
    assert FOUND in part(page, say("Follow-ups")).inner_text()
    press(page, say("Take it on"))
    press(page, say("Done"))
    page.fill("input[name=said]", "台账已核，责令限期支付。")
    press(page, say("Record it"))
    assert "台账已核" in read(page)
    press(page, say("Settled"))
    page.fill("textarea[name=resolution]", "企业当晚付清46人两个月工资318000元。")
    press(page, say("Record it"))
    press(page, say("Close the case"))
    page.fill("textarea[name=closing]", "起因：货款未到。经过：三级上报，市总到场。结果：全部付清。")
    press(page, say("Close the case"))
    assert page.url == here


def counted(page):
    """The figure of events on its own page."""
    page.goto("/figures/rights.events/")
    return re.match(r"\d+", read(page, ".n-huge"))[0]
