"""The annual return: begun by the organisation office, explained where a number moved far, signed by the chair, sent up, opened."""

from __future__ import annotations

from datetime import date

import pytest

from niangjia.returns import actions, queries
from niangjia.returns.models import AnnualReturn
from niangjia.unions.models import Body
from niangjia.worklog.api import post
from tests.journeys.conftest import FACES, faults, press, read, tongue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "language"), FACES)
def test_the_year_is_returned(town, enter, width, language):
    say = tongue(language)
    year = queries.last_year(town.north)
    Body.objects.create(union=town.firm, kind="WOMEN", since=date(2020, 1, 1))
    post()
    last = actions.begin(town.north, year - 1, by=town.north_org)
    AnnualReturn.objects.filter(pk=last.pk).update(values={**last.values, "101": 9}, state="SENT", signed=1)

    office = enter(town.north_org, width=width, language=language)
    office.goto("/returns/")
    press(office, say("Begin a return"))
    press(office, say("Fill it from the books"))
    office.wait_for_url("**/returns/*-*/")
    made = AnnualReturn.objects.get(year=year)
    assert say("The books have filled it. Look at the checks, and explain what moved far.") in read(office, "body")
    assert faults(office) == []
    press(office, say("Sign as filled in, and send to the head"))
    assert not made.signatures.exists()

    office.goto(made.get_absolute_url())
    press(office, say("Explain"))
    assert faults(office) == []
    office.locator("#id_text").fill("七家企业关闭，工会随之撤销。")
    press(office, say("Save the remark"))
    assert "七家企业关闭，工会随之撤销。" in read(office)
    press(office, say("Sign as filled in, and send to the head"))
    assert say("Signed as filled in. The head of the union has been told.") in read(office, "body")

    chair = enter(town.north_chair, width=width, language=language)
    chair.goto("/desk/")
    chair.goto(made.get_absolute_url())
    press(chair, say("Sign", "a return"))
    assert faults(chair) == []
    press(chair, say("Sign the return"))
    chair.locator("#id_read").check()
    press(chair, say("Sign the return"))
    made.refresh_from_db()
    assert (made.state, len(made.root)) == ("SIGNED", 64)
    assert faults(chair) == []

    office.goto(made.get_absolute_url())
    assert made.root[:12] in read(office)
    press(office, say("It has been sent up"))
    made.refresh_from_db()
    assert made.state == "SENT"
    office.locator("a.n-fig").first.click()
    office.wait_for_load_state()
    assert "/figures/unions.grassroots/" in office.url
    with office.expect_download() as taken:
        office.goto(made.get_absolute_url())
        office.get_by_role("link", name=say("Workbook"), exact=True).click()
    assert taken.value.suggested_filename.endswith(".xlsx")

    above = enter(town.city_org, width=width, language=language)
    above.goto("/returns/")
    assert str(year) in read(above)
    assert faults(above) == []
