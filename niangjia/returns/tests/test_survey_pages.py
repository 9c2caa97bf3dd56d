"""The pages of surveys: list, who is missing, one survey, its form, its steps, its workbooks; who reads what; how many questions they ask."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from niangjia.returns import actions, queries
from niangjia.returns.asked import ASKED
from niangjia.returns.models import Survey

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def opened(filled):
    actions.open_surveys(filled.north, queries.last_year(filled.north), by=filled.north_org)
    return filled


def of(union):
    return Survey.objects.get(union=union)


def sheets(answer):
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_chair_completes_and_confirms_hers_in_the_browser(opened, as_):
    client, url = as_(opened.firm_chair), of(opened.firm).get_absolute_url()
    assert client.get(f"{url}step/answer/").status_code == 200
    facts = {f"n{code}": "0" for code in ASKED} | {"n601": "12", "n602": "5"}
    assert client.post(f"{url}step/answer/", facts | {"n602": "13"}).status_code == 422
    assert client.post(f"{url}step/answer/", facts).status_code == 303
    assert client.post(f"{url}step/", {"verb": "confirm"}).status_code == 303
    assert (of(opened.firm).state, of(opened.firm).answers["601"]) == ("CONFIRMED", 12)
    assert client.post(f"{url}step/", {"verb": "take-back", "reason": "再看看"}).status_code == 303
    assert of(opened.firm).state == "OPEN"


def test_who_reads_and_who_does_not(opened, as_):
    url = of(opened.firm).get_absolute_url()
    for who, status in (("firm_chair", 200), ("hill_chair", 200), ("north_org", 200), ("city_org", 200), ("south_org", 404)):
        assert as_(opened.people[who]).get(url).status_code == status
    assert as_(opened.hill_chair).get(f"{url}step/answer/").status_code == 403
    assert as_(opened.hill_chair).post(f"{url}step/", {"verb": "vouch", "reason": "电话核对"}).status_code == 303


def test_the_list_is_narrowed_and_asks_a_fixed_number_of_questions(opened, as_):
    client, there = as_(opened.north_org), reverse("returns:surveys")
    with CaptureQueriesContext(connection) as two:
        body = client.get(there).content.decode()
    assert opened.firm.short_name in body
    assert opened.mill.short_name in body
    Survey.objects.filter(union=opened.mill).update(state="CONFIRMED")
    with CaptureQueriesContext(connection) as one:
        body = client.get(f"{there}?state=OPEN&under={opened.hill.code}").content.decode()
    assert opened.mill.short_name not in body
    assert len(one) <= len(two) + 2
    assert opened.firm.short_name not in client.get(f"{there}?kind=21").content.decode()


def test_who_is_missing_is_told_by_township(opened, as_):
    Survey.objects.filter(union=opened.mill).update(state="CONFIRMED")
    body = as_(opened.north_org).get(reverse("returns:towns")).content.decode()
    assert opened.hill.short_name in body
    assert f"under={opened.hill.code}&amp;state=OPEN" in body


def test_missing_surveys_are_opened_in_the_browser(filled, as_):
    year, client, there = queries.last_year(filled.north), as_(filled.north_org), reverse("returns:open")
    assert client.get(there).status_code == 200
    assert client.post(there, {"union": filled.north.pk, "year": year}).status_code == 303
    assert Survey.objects.count() == 2
    assert as_(filled.firm_chair).post(there, {"union": filled.north.pk, "year": year}).status_code == 422


def test_the_workbooks_have_the_cover_and_every_line(opened, as_):
    url = of(opened.firm).get_absolute_url()
    one = sheets(as_(opened.firm_chair).get(f"{url}export/"))
    assert one["封面"][1] == ["901", "基层工会统计编码", opened.firm.code]
    assert one["封面"][4] == ["904", "组织类型", "1 单独基层工会"]
    assert next(row for row in one["基层工会调查表"] if row[0] == "301")[1:4] == ["工会会员", "人", 8]
    [(name, rows)] = sheets(as_(opened.north_org).get(reverse("returns:surveys_export"))).items()
    assert name == "基层工会调查表"
    head = next(row for row in rows if "901 统计编码" in row)
    found = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert found[opened.firm.code]["301 工会会员"] == 8
