"""A provincial export is laid beside the register: a rule decides some, a person the others, one is taken back, and the next list asks only what is new."""

from __future__ import annotations

import pytest

from niangjia.members.api import import_roster
from niangjia.members.models import Membership
from niangjia.members.tests.rosters import line, name, number, roster
from niangjia.reconcile.models import Comparison, Difference
from niangjia.reconcile.tests.conftest import MILL, province, theirs
from tests.journeys.conftest import FACES, faults, press, read, tongue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def send(page, say, path):
    """Lay a list as an officer does: from the menu, with the file as it came."""
    page.goto("/reconcile/")
    press(page, say("Lay a list beside ours"))
    page.locator("#id_file").set_input_files(path)
    press(page, say("Compare"))
    page.wait_for_url("**/reconcile/*-*/")
    assert faults(page) == []


@pytest.mark.parametrize(("width", "language"), FACES)
def test_an_export_of_the_province_is_explained_and_the_list_shrinks(town, enter, tmp_path, width, language):
    say = tongue(language)
    import_roster(roster(tmp_path / "a.csv", *map(line, range(1, 9))), town.firm, by=town.north_org)
    first, second = tmp_path / "省九月.csv", tmp_path / "省十月.csv"
    rest = [theirs(n) for n in (6, 7, 8)]
    mine = [theirs(1, phone=""), theirs(2, phone=""), theirs(3, name="赵子函"), theirs(4, phone="10000000099"), theirs(5, union=MILL)]
    first.write_bytes(province(*mine, *rest, theirs(20), theirs(7)))
    second.write_bytes(province(mine[2], *map(theirs, (1, 4, 5)), theirs(2, phone=""), theirs(6, migrant="是"), *rest[1:], theirs(20)))

    page = enter(town.north_org, width=width, language=language)
    send(page, say, first)
    assert "省九月" not in read(page)
    made = Comparison.objects.get()
    assert (made.state, made.differ) == ("OPEN", 7)
    assert number(1) not in page.content()
    assert page.locator("svg.n-parts").count() == 1

    press(page, say("Look at %(n)s", n=2))
    assert faults(page) == []
    page.locator("form.n-next button[type=submit]").click()
    page.wait_for_url(f"**{made.get_absolute_url()}")
    assert Difference.objects.filter(state="OURS").count() == 2

    one = Difference.objects.get(field="phone", cause="")
    page.locator(f"input[name='way-{one.uuid}'][value=THEIRS]").check()
    press(page, say("Decide what is chosen"))
    page.wait_for_load_state()
    one.refresh_from_db()
    assert one.state == "THEIRS"

    page.goto(Difference.objects.get(field="name").get_absolute_url())
    assert "赵子函" in read(page)
    assert name(3) in read(page)
    assert faults(page) == []
    press(page, say("Both stand"))
    page.locator("#both-why").fill("换证前后的写法。")
    page.locator(".n-dialog:target button[type=submit]").click()
    page.wait_for_load_state()
    assert Difference.objects.get(field="name").state == "BOTH"

    page.goto(made.get_absolute_url())
    page.locator("aside .n-papers form button").last.click()
    page.wait_for_load_state()
    assert Difference.objects.filter(state="OURS").count() == 0

    page.goto(f"/reconcile/{made.uuid}/rules/unknown/")
    page.locator("form.n-next button[type=submit]").click()
    page.wait_for_url("**/members/imports/**")
    assert not Membership.objects.filter(name=name(20)).exists()

    page.goto(made.get_absolute_url())
    press(page, say("The next list"))
    page.locator("#id_file").set_input_files(second)
    press(page, say("Compare"))
    page.wait_for_load_state()
    made.refresh_from_db()
    assert made.state == "FOLLOWED"
    now = Comparison.objects.latest("pk")
    assert sorted(now.differences.filter(state="OPEN").values_list("field", flat=True)) == ["migrant", "phone", "phone"]
    assert now.differences.filter(state="BOTH").count() == 1
    page.goto(now.get_absolute_url())
    assert say("Fewer each time") in read(page)
    assert page.locator(".n-chart").count() == 1
    assert faults(page) == []
