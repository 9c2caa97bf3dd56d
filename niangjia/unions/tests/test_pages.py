"""The pages of unions: who opens which, and what they show."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from niangjia.access.models import SeenLog

PAGES = ["", "step/approve/", "step/re-elect/", "step/abolish/", "unions/", "parents/", "offices/", "units/", "bodies/", "facts/"]


@pytest.mark.parametrize(
    ("who", "page", "answer"),
    [
        ("firm_chair", "", 200), ("firm_chair", "facts/", 200), ("firm_chair", "offices/", 200), ("firm_chair", "parents/", 403),
        ("firm_chair", "step/abolish/", 403), ("firm_chair", "step/re-elect/", 403), ("firm_chair", "unions/", 403),
        ("mill_chair", "", 404), ("mill_chair", "facts/", 404),
        ("hill_chair", "", 200), ("hill_chair", "parents/", 200), ("hill_chair", "step/re-elect/", 200), ("hill_chair", "unions/", 200),
        ("fort_chair", "", 404), ("fort_chair", "parents/", 404),
        ("north_org", "step/abolish/", 200), ("north_org", "units/", 200), ("north_rights", "", 200), ("north_rights", "units/", 403), ("north_rights", "offices/", 403),
        ("south_org", "", 404), ("south_org", "step/abolish/", 404), ("city_org", "parents/", 200), ("city_rights", "parents/", 403),
        ("system", "", 404), ("nobody", "", 404),
    ],
)  # fmt: skip
def test_who_opens_which_page_of_a_firms_union(town, as_, who, page, answer):
    assert as_(town.people[who]).get(f"/unions/{town.firm.code}/{page}").status_code == answer


def test_strangers_are_led_to_the_door(town, client):
    for page in PAGES:
        assert client.get(f"/unions/{town.firm.code}/{page}").status_code == 302
    for page in ("/unions/", "/unions/tree/", "/unions/export/"):
        assert client.get(page).status_code == 302


@pytest.mark.parametrize(
    ("who", "shown"),
    [("city_org", 9), ("north_org", 5), ("south_rights", 3), ("hill_chair", 3), ("firm_chair", 1), ("nobody", 0), ("system", 0)],
)
def test_the_list_holds_the_readers_unions_and_no_others(town, as_, who, shown):
    answer = as_(town.people[who]).get("/unions/")
    assert answer.status_code == 200
    assert sum(1 for one in town.unions.values() if one.code in answer.content.decode()) == shown


def test_the_list_is_found_by_name_initials_and_narrowed(town, as_):
    client = as_(town.city_org)
    for asked, there, gone in (("青禾", "firm", "mill"), ("qhdc", "firm", "mill"), ("云锦", "mill", "firm")):
        page = client.get("/unions/", {"q": asked}).content.decode()
        assert town.unions[there].code in page
        assert town.unions[gone].code not in page
    page = client.get("/unions/", {"view": "leading"}).content.decode()
    assert town.hill.code in page
    assert town.firm.code not in page


def test_the_list_and_the_union_ask_a_fixed_number_of_questions(town, as_, django_assert_max_num_queries):
    client = as_(town.city_org)
    client.get("/unions/")
    with django_assert_max_num_queries(17):
        client.get("/unions/")
    with django_assert_max_num_queries(63):
        client.get(f"/unions/{town.firm.code}/")


def test_the_fragment_is_the_part_of_the_page(town, as_):
    client = as_(town.city_org)
    fragment = client.get("/unions/?view=leading", headers={"HX-Request": "true"}).content.decode().strip()
    page = client.get("/unions/?view=leading").content.decode()
    assert fragment.startswith('<div id="rows">')
    assert fragment in page


def test_the_export_runs_nothing_and_is_noted(town, as_):
    town.firm.name = "=1+1公司工会"
    town.firm.save()
    answer = as_(town.hill_chair).get("/unions/export/?q=&kind=20&after=x")
    rows = list(load_workbook(BytesIO(answer.getvalue())).active.iter_rows())
    cells = [cell for row in rows for cell in row if cell.value == "=1+1公司工会"]
    assert len(rows) == 3
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]
    line = SeenLog.objects.latest("pk")
    assert (line.user, line.act, line.kind, line.thing_id) == (town.hill_chair, "exported", "unions.union", None)
    assert line.why.endswith("类型：单独基层工会")
    as_(town.hill_chair).get("/unions/export/?q=陆明远")
    assert "陆明远" not in SeenLog.objects.latest("pk").why  # what was searched may be somebody's name


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_speak_both_languages(town, as_, language):
    client = as_(town.city_org)
    client.cookies["django_language"] = language
    page = client.get(f"/unions/{town.firm.code}/").content.decode()
    assert ("Who leads it" in page) == (language == "en")


@pytest.mark.parametrize("page", ["/unions/", "/unions/export/"])
@pytest.mark.parametrize("name", ["q", "under", "view"])
def test_a_filter_that_is_far_too_long_is_left_out(town, as_, page, name):
    assert as_(town.city_org).get(page, {name: "9" * 400}).status_code == 200
