"""The list of what is late below: what the desk counts, narrowed by clock, duty and place, the same in its workbook."""

from __future__ import annotations

from datetime import timedelta

import fastexcel
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.access.models import SeenLog
from niangjia.desk import queries
from niangjia.desk.tests.world import cases, event  # noqa: F401 - fixtures
from niangjia.flow.models import Clock
from niangjia.kit.dates import now
from niangjia.notices.models import Message

pytestmark = pytest.mark.django_db
URL = "/desk/late/"


def rows(client, **asked) -> list[list]:
    return list(client.get(URL, asked).context["table"].rows)


@pytest.mark.parametrize(
    ("who", "answer"),
    [("leader", 200), ("city_org", 200), ("north_rights", 200), ("hill_chair", 200), ("firm_chair", 403), ("system", 403), ("auditlog", 403), ("worker", 404)],
)  # fmt: skip
def test_who_looks_over_others_sees_what_is_late_there(cases, as_, who, answer):  # noqa: F811
    for language in ("zh-hans", "en"):
        for page in (URL, f"{URL}export/"):
            assert as_(getattr(cases, who)).get(page, headers={"Accept-Language": language}).status_code == answer


def test_the_list_holds_what_the_desk_counts_and_leads_on_from_it(cases, as_):  # noqa: F811
    for who in (cases.leader, cases.north_rights):
        desk = as_(who).get("/desk/")
        assert f'href="{URL}"' in desk.content.decode()
        assert len(rows(as_(who))) == desk.context["late_total"]
    assert f'href="{URL}?view=own"' in as_(cases.leader).get("/overview/").content.decode()
    assert len(rows(as_(cases.leader), view="own")) == queries.late_below(queries.leads(cases.leader), own=True).total
    assert not as_(cases.south_rights).get(URL).context["found"], "another county's"


def test_from_the_list_is_urged_and_the_list_comes_back_as_it_was_narrowed(cases, as_):  # noqa: F811
    late, back = Clock.objects.get(thing_id=cases.late.pk, kind="rights.event", stopped_at=None, due_at__lt=now()), f"{URL}?duty=rights"
    for who, may in ((cases.north_rights, True), (cases.city_org, False), (cases.city_office, True)):
        assert (f'value="{late.pk}"' in as_(who).get(URL).content.decode()) is may, who
    client = as_(cases.north_rights)
    answer = client.post("/overview/reminder/", {"clock": late.pk, "back": back})
    assert (answer.status_code, answer.headers["Location"]) == (303, back)
    assert Message.objects.get(what="urged").to == cases.hill_chair
    assert as_(cases.city_org).post("/overview/reminder/", {"clock": late.pk}).status_code == 403, "it is not her field"
    answer = as_(cases.city_office).post("/overview/reminder/", {"clock": late.pk, "back": "https://elsewhere.invalid/"})
    assert answer.status_code == 422, "urged today already"


def test_it_is_narrowed_by_clock_duty_and_place(cases, as_):  # noqa: F811
    one, client = (
        Clock.objects.filter(thing_id=cases.late.pk, kind="rights.event", stopped_at=None, due_at__lt=now()).get(),
        as_(cases.leader),
    )
    assert len(rows(client, place=cases.north.code)) == 1
    assert rows(client, place=cases.south.code) == rows(client, place=cases.city.code) == []
    assert len(rows(client, duty=one.duty, what=one.code)) == 1
    assert rows(client, duty="finance") == []
    assert len(rows(client, duty="no such", place="no such")) == 1, "what is no choice narrows nothing"
    assert len(rows(as_(cases.north_rights), place=cases.hill.code)) == 1


def test_its_workbook_says_what_where_whose_and_how_late(cases, as_):  # noqa: F811
    answer = as_(cases.leader).get(f"{URL}export/", {"place": cases.north.code})
    heads, line = fastexcel.read_excel(answer.getvalue()).load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars().rows()
    assert len(heads) == 8
    assert line[0].startswith(cases.late.employer_name)
    assert line[2:4] == (cases.north.short_name, cases.hill.short_name)
    assert line[5] == "蒋煤山"
    noted = SeenLog.objects.latest("pk")
    assert (noted.act, noted.kind) == ("exported", "flow.clock")
    assert not rows_of(as_(cases.leader).get(f"{URL}export/", {"place": cases.south.code}))


def rows_of(answer) -> list[tuple]:
    return fastexcel.read_excel(answer.getvalue()).load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars().rows()[1:]


def test_it_asks_the_same_number_of_questions_however_much_is_late_and_goes_on_page_by_page(cases, as_):  # noqa: F811
    client = as_(cases.leader)

    def asked() -> int:
        with CaptureQueriesContext(connection) as those:
            client.get(URL)
        return len(those)

    asked()
    few = asked()
    for number in range(200, 260):
        event(number, cases.firm, hours=-2, desk=cases.hill)
    assert asked() == few
    first = client.get(URL).context
    second = client.get(URL + first["keyset"].older).context
    things = [str(row[0]) for row in (*first["table"].rows, *second["table"].rows)]
    assert len(things) == len(set(things)) == Clock.objects.filter(stopped_at=None, due_at__lte=now()).count()


def test_what_a_person_may_not_read_is_named_and_leads_nowhere(cases, as_):  # noqa: F811
    own = cases.membership
    Clock.objects.create(
        code="MB-D1", kind="members.membership", thing_id=own.pk, union_id=own.union_id, county_id=own.county_id, township_id=own.township_id, duty="chair",
        started_at=now() - timedelta(days=9), due_at=now() - timedelta(days=4),
    )  # fmt: skip
    for who, leads in (("leader", False), ("city_org", True)):
        for page in ("/desk/", "/desk/late/") + (("/overview/",) if who == "leader" else ()):
            body = as_(getattr(cases, who)).get(page).content.decode()
            assert "周*华" in body, (who, page)
            assert (f'href="{own.get_absolute_url()}"' in body) == leads, (who, page)
