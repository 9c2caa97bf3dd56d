"""The board: the unions below side by side, by books, clocks and offices; every number opens, and it costs the same however many stand there."""

from __future__ import annotations

from datetime import date, timedelta

import fastexcel
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.desk import boarded
from niangjia.desk.tests.world import cases, event, member  # noqa: F401 - fixtures
from niangjia.flow.api import spells
from niangjia.flow.models import Clock, Move
from niangjia.kit.dates import now, today
from niangjia.kit.served import SERVICES, served
from niangjia.members.models import Membership
from niangjia.notices.models import Message
from niangjia.quality import actions as quality
from niangjia.rights.models import Claimant, Dispute
from niangjia.unions.models import Office, Union
from niangjia.worklog.api import post
from tests.town import union as make

URL = "/quality/board/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def looked(cases):  # noqa: F811
    """The register looked through, everything in the books."""
    quality.look()
    post()
    return cases


def lines(union) -> dict[str, boarded.Line]:
    return {one.union.short_name: one for one in boarded.board(union).lines}


@pytest.mark.parametrize(
    ("who", "answer"),
    [("leader", 200), ("city_org", 200), ("city_office", 200), ("north_org", 200), ("north_chair", 200), ("hill_chair", 200), ("firm_chair", 403), ("north_rights", 403), ("system", 403), ("worker", 404)],
)  # fmt: skip
def test_who_keeps_the_register_of_others_compares_them(looked, as_, who, answer):
    for language in ("zh-hans", "en"):
        for page in (URL, f"{URL}export/", f"{URL}?by=quarter"):
            assert as_(getattr(looked, who)).get(page, headers={"Accept-Language": language}).status_code == answer


def test_a_county_compares_its_townships_the_city_its_counties_a_township_its_unions(looked, as_):
    assert set(lines(looked.north)) == {"煤山镇总工会", "泗安镇总工会"}
    assert set(lines(looked.city)) == {"长兴县总工会", "德清县总工会"}
    assert set(lines(looked.hill)) == {looked.firm.short_name, looked.mill.short_name}
    client = as_(looked.north_org)
    assert client.get(URL, {"under": looked.hill.code}).status_code == 200
    assert client.get(URL, {"under": looked.south.code}).status_code == 404
    assert client.get(URL, {"under": looked.firm.code}).status_code == 404


def test_each_number_is_what_the_books_the_clocks_and_the_offices_say(looked):
    board = boarded.board(looked.north)
    hill = lines(looked.north)["煤山镇总工会"]
    assert (hill.chair, hill.now[boarded.UNIONS], hill.now[boarded.MEMBERS], hill.late) == ("蒋煤山", 2, 1, 1)
    assert (hill.now[boarded.COMPLETE], hill.now[boarded.FRESH]) == (50, 0)  # a mobile, no day of birth; nobody looked through a roster
    assert board.whole.now[boarded.MEMBERS] == 1
    assert board.whole.late == 1
    assert board.rest is None


def test_a_vacant_chair_is_told_in_red_and_found_by_the_look(looked, as_):
    Office.objects.filter(union=looked.fort, duty="chair").update(until=today())
    quality.look()
    post()
    assert lines(looked.north)["泗安镇总工会"].chair == ""
    assert boarded.board(looked.north).whole.now[boarded.VACANT] == 1
    page = as_(looked.north_org).get(URL).content.decode()
    assert 'class="n-wide n-nowrap n-soft n-late">空缺' in page
    assert "泗安镇总工会没有主席" in page


def test_they_stand_in_the_order_that_is_asked_for(looked, as_):
    client = as_(looked.north_org)

    def first(by: str) -> str:
        return str(client.get(URL, {"by": by}).context["table"].rows[0][0])

    assert "煤山镇" in first("late")
    assert "煤山镇" in first("members")
    assert "煤山镇" in first("no such order")
    assert 'aria-sort="descending"' in client.get(URL).content.decode()
    assert "泗安镇" in first("stale") or "煤山镇" in first("stale")


def test_people_served_are_told_apart_over_all_that_is_declared(looked):
    Dispute.objects.filter(pk=looked.dispute.pk).update(state="ACCEPTED", accepted_on=today())
    other = Dispute.objects.get(pk=looked.dispute.pk)
    other.pk, other.uuid, other.reference = None, None, "TJ-2026-000009"
    other.uuid = __import__("uuid").uuid4()
    other.save()
    Claimant.objects.create(dispute=other, person=looked.membership.person, claimed=1)
    day = today()
    found = served("township_id", {"county_id": looked.north.pk}, boarded.quarter_of(day), day + timedelta(days=1))
    assert (found.places, found.total) == ({looked.hill.pk: 1}, 1)
    assert served("township_id", {"county_id": looked.south.pk}, boarded.quarter_of(day), day + timedelta(days=1)).total == 0
    assert served("county_id", {}, date(2001, 1, 1), date(2001, 4, 1)).total == 0
    assert {one.series.name for one in SERVICES} >= {"rights.workers"}


def test_what_is_late_for_longest_is_urged_from_here_and_the_board_comes_back(looked, as_):
    clock = Clock.objects.get(thing_id=looked.late.pk, kind="rights.event", stopped_at=None, due_at__lt=now())
    client = as_(looked.city_office)
    back = f"{URL}?under={looked.north.code}"
    assert f'value="{clock.pk}"' in client.get(back).content.decode()
    answer = client.post("/overview/reminder/", {"clock": clock.pk, "back": back})
    assert (answer.status_code, answer.headers["Location"]) == (303, back)
    assert Message.objects.get(what="urged").to == looked.hill_chair
    line = Move.objects.filter(kind="rights.event", thing_id=looked.late.pk).latest("pk")
    assert (line.verb, line.by, line.was) == ("urge", looked.city_office, line.now)
    assert spells(looked.late)[-1].state == looked.late.state
    assert all(one.start < line.at for one in spells(looked.late)), "who urges winds no clock anew"
    assert "催办" in as_(looked.hill_chair).get(looked.late.get_absolute_url()).content.decode()
    assert client.post("/overview/reminder/", {"clock": clock.pk, "back": back}).status_code == 422, "once a day"


def test_the_week_is_told_line_by_line(looked, as_):
    quality.confirm(looked.firm, by=looked.firm_chair)
    said = [one.words for one in boarded.news_of(boarded.Place(looked.north))]
    assert len(said) == 1
    assert boarded.news_of(boarded.Place(looked.south)) == []
    assert looked.firm.short_name in as_(looked.hill_chair).get(URL).content.decode()


def test_its_workbook_has_the_rows_of_the_page(looked, as_):
    answer = as_(looked.north_org).get(f"{URL}export/")
    rows = fastexcel.read_excel(answer.getvalue()).load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars().rows()
    assert len(rows) == 4
    assert len(rows[0]) == 12
    assert rows[1][:2] == ("煤山镇总工会", "蒋煤山")


def test_it_asks_fifteen_questions_at_the_most_and_no_more_for_more_townships(looked, as_):
    def asked(union: Union) -> int:
        boarded.board(union)
        with CaptureQueriesContext(connection) as those:
            boarded.board(union)
        return len(those)

    few = asked(looked.north)
    assert few <= 15
    assert asked(looked.city) <= 15
    for number in range(30, 38):
        make(f"U330522000{number}", f"新设{number}镇总工会", "12", 3, looked.north)
    post()
    assert asked(looked.north) == few
    client = as_(looked.north_org)
    client.get(URL)
    with CaptureQueriesContext(connection) as those:
        client.get(URL)
    one = len(those)
    for number in range(300, 330):
        event(number, looked.firm, hours=-2, desk=looked.hill)
    with CaptureQueriesContext(connection) as those:
        client.get(URL)
    assert len(those) <= one
    assert Membership.objects.count() == 1
