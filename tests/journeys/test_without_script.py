"""Without JavaScript: an event is reported and taken on, a list is filtered, a roster is read through, a review is written; every page answers by itself."""

from __future__ import annotations

import pytest

from niangjia.members.tests.rosters import line, roster
from niangjia.rights.models import Event
from niangjia.worklog.api import post
from tests.journeys.conftest import FACES, press, read, tongue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "language"), FACES)
def test_the_house_works_without_script(town, enter, tmp_path, width, language):
    say = tongue(language)

    def come(who, path):
        page = enter(town.people[who], width=width, language=language, script=False)
        page.goto(path)
        return page

    post()
    firm = come("firm_chair", "/rights/events/report/")
    firm.select_option("select[name=kind]", "E06")
    firm.fill("input[name=affected]", "46")
    press(firm, say("What follows from this?"))
    assert say("%(n)s workers affected", n=46) in read(firm, "#fore")
    assert firm.input_value("input[name=affected]") == "46"
    press(firm, say("Report to %(union)s", union="煤山镇总工会"))
    event = Event.objects.get()
    assert (event.desk, event.affected) == (town.hill, 46)

    office = come("north_rights", "/rights/events/")
    assert event.reference in read(office, "#rows")
    for kind, found in (("E12", False), ("E06", True)):
        office.goto("/rights/events/")
        box = office.locator("details.n-chipbox").filter(has=office.locator("select[name=kind]"))
        box.locator("summary").click()
        box.locator("select").select_option(kind)
        press(office, say("Filter"), within="main details[open]")
        assert f"kind={kind}" in office.url
        assert (event.reference in read(office, "#rows")) is found
    press(office, event.reference)
    press(office, say("False report"))
    office.locator(".n-dialog:target textarea").fill("核实后没有此事。")
    press(office, say("False report"), within=".n-dialog:target")
    event.refresh_from_db()
    assert event.state == "FALSE"
    assert "核实后没有此事。" in read(office, ".n-story")

    firm.goto("/members/imports/new/")
    firm.set_input_files("input[type=file]", str(roster(tmp_path / "名册.csv", line(1), line(2, phone="123"))))
    press(firm, say("Read it through"))
    assert say("This is no mobile number") in read(firm, "#faults")
    writer = come("city_office", "/reviews/new/")
    writer.get_by_label(say("Title in Chinese")).fill("小结")
    writer.get_by_label(say("Name in the address")).fill("year")
    writer.locator("input[name=period]").fill("2026")
    press(writer, say("Begin", "review"))
    writer.locator("#text").fill("标题：小结\n\n基层工会【】。")
    writer.get_by_label(say("Find a figure")).fill("unions.grassroots")
    press(writer, say("Find"))
    writer.locator("#pick button[name=pick]").first.click()
    writer.locator("#pick button[value='【unions.grassroots】']").click()
    assert "基层工会【unions.grassroots】。" in writer.input_value("#text")
    assert "基层工会3家。" in read(writer, "#proof article")
