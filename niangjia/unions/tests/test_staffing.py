"""Each year a township federation shows its chair and its staff: asked by the house, filled in there, confirmed by another above."""

from __future__ import annotations

from datetime import date, timedelta

import fastexcel
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from niangjia.flow.models import Clock
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until
from niangjia.notices.models import Message
from niangjia.unions import staffings
from niangjia.unions.actions import ending, staffing
from niangjia.unions.actions.staffing import APPOINTMENT, ESTABLISHMENT, Said
from niangjia.unions.models import Employer, StaffCheck, Staffing
from niangjia.worklog.api import Asked, evaluate, post
from tests.town import union as make

pytestmark = pytest.mark.django_db
URL = "/unions/staffing/"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SAID = Said("蒋煤山", "CHAIR", True, 2, 1, "长总工〔2026〕8号", "长编〔2026〕3号")
PAPERS = {APPOINTMENT: PDF, ESTABLISHMENT: PDF}


@pytest.fixture
def asked(town):
    """Every township has been asked."""
    staffing.begin(by=town.city_org)
    town.check = StaffCheck.objects.get(union=town.hill)
    return town


def again(one: StaffCheck) -> StaffCheck:
    return StaffCheck.objects.select_related("union", "county").get(pk=one.pk)


def filled(town, said: Said = SAID) -> StaffCheck:
    return staffing.fill(again(town.check), said, PAPERS, by=town.hill_chair)


def test_the_house_asks_each_township_once_when_its_day_has_come(town):
    with moved_to(now().replace(month=1, day=2)):
        assert staffing.begin() == 3
        assert staffing.begin() == 0
        one = StaffCheck.objects.get(union=town.hill)
        assert (one.year, one.due_on, one.head, one.state) == (today().year, date(today().year, 3, 31), "蒋煤山", "ASKED")
        clock = Clock.objects.get(kind="unions.staffcheck", thing_id=one.pk, stopped_at=None)
        assert (clock.code, clock.union_id, clock.duty) == ("SF-D1", town.hill.pk, "chair")


def test_an_office_above_asks_those_below_it_and_nobody_else_does(town):
    assert staffing.begin(by=town.north_org) == 2
    assert set(StaffCheck.objects.values_list("union__county", flat=True)) == {town.north.pk}
    for who in (town.hill_chair, town.north_rights, town.firm_chair):
        with pytest.raises(Refused):
            staffing.begin(by=who)
    with pytest.raises(RuleBroken):
        staffing.begin(today().year - 1, by=town.north_org)
    one = StaffCheck.objects.first()
    assert one.due_on >= today(), "whoever is asked late has time"


def test_what_is_said_is_proved_by_papers(asked):
    for said, papers in (
        (SAID, {APPOINTMENT: PDF}), (SAID, {ESTABLISHMENT: PDF}), (Said("蒋煤山", "CHAIR", True, 0, 0, "", ""), PAPERS), (Said("蒋煤山", "CHAIR", False, 1, 0, "", ""), PAPERS),
    ):  # fmt: skip
        with pytest.raises(RuleBroken), transaction.atomic():
            staffing.fill(again(asked.check), said, papers, by=asked.hill_chair)
    assert staffing.fill(again(asked.check), Said("蒋煤山", "CHAIR", False, 0, 0), {}, by=asked.hill_chair).state == "SENT"


def test_the_number_that_is_needed_follows_the_employees_of_the_township(asked):
    Employer.objects.filter(township=asked.hill).update(employees=4000)
    one = filled(asked)
    assert (one.employees, one.needed, one.chair_ok, one.staff_ok, one.met) == (8000, 3, True, False, False)
    clock = Clock.objects.get(kind="unions.staffcheck", thing_id=one.pk, stopped_at=None)
    assert (clock.code, clock.union_id, clock.duty) == ("SF-D2", asked.north.pk, "organisation")
    assert Message.objects.filter(what="staffing-to-confirm", to=asked.north_org).count() == 1


def test_another_person_confirms_and_the_register_and_the_figures_follow(asked):
    plan = FIGURES["unions.staffed"].plan
    post()
    assert evaluate(plan, Asked(until(today()), asked.city.pk)) == 0
    one = staffing.fill(again(asked.check), SAID, PAPERS, by=asked.north_org)
    with pytest.raises(RuleBroken, match=r"(?i)somebody else|他人|其他人"):
        staffing.confirm(one, by=asked.north_org)
    with pytest.raises(Refused):
        staffing.confirm(again(one), by=asked.hill_chair)
    assert not Staffing.objects.exists()
    staffing.confirm(again(one), by=asked.north_chair)
    held = Staffing.objects.get(union=asked.hill)
    assert (held.since, held.until, held.chair, held.staff) == (today(), None, True, True)
    assert one.reference in held.evidence
    post()
    assert [evaluate(plan, Asked(until(today()), union.pk)) for union in (asked.hill, asked.north, asked.city, asked.south)] == [1, 1, 1, 0]
    assert not Clock.objects.filter(kind="unions.staffcheck", thing_id=one.pk, stopped_at=None).exists()


def test_next_year_another_check_takes_over_and_both_years_stand_there(asked):
    staffing.confirm(filled(asked), by=asked.north_org)
    with moved_to(now() + timedelta(days=366)):
        staffing.begin(by=asked.city_org)
        later = StaffCheck.objects.get(union=asked.hill, year=today().year)
        made = staffing.fill(later, Said("蒋煤山", "CHAIR", False, 2, 1, "", "长编〔2027〕1号"), {ESTABLISHMENT: PDF}, by=asked.hill_chair)
        staffing.confirm(made, by=asked.north_org)
        rows = list(Staffing.objects.filter(union=asked.hill).order_by("since").values_list("since", "until", "chair"))
        assert rows == [(today() - timedelta(days=366), today(), True), (today(), None, False)]
        assert [one.year for one in staffings.history(made)] == [today().year, today().year - 1]


def test_it_comes_back_with_a_reason_and_is_asked_for_anew(asked):
    one = filled(asked)
    with pytest.raises(RuleBroken):
        staffing.send_back(one, reason=" ", by=asked.north_org)
    staffing.send_back(again(one), reason="编制文件看不清", by=asked.north_org)
    assert Message.objects.filter(what="staffing-returned", to=asked.hill_chair).count() == 1
    with pytest.raises(Overtaken):
        staffing.confirm(one, by=asked.north_org)
    one = staffing.fill(again(one), SAID, {}, by=asked.hill_chair)  # the papers lie there already
    staffing.confirm(one, by=asked.north_org)
    staffing.reopen(again(one), reason="主席调离", by=asked.north_org)
    assert again(one).state == "ASKED"
    assert Staffing.objects.get(union=asked.hill, until=None).chair, "the register holds what was confirmed"
    staffing.confirm(
        staffing.fill(again(one), Said("某人", "VICE", False, 2, 1, "", "长编〔2026〕3号"), {}, by=asked.hill_chair), by=asked.north_org
    )
    assert Staffing.objects.filter(union=asked.hill).count() == 1
    assert not Staffing.objects.get(union=asked.hill).chair


def test_the_database_wants_two_people(asked):
    one = filled(asked)
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffCheck.objects.filter(pk=one.pk).update(confirmed_by=asked.hill_chair)


def test_a_federation_that_ends_is_asked_no_more(asked):
    one = StaffCheck.objects.get(union=asked.fort)
    ending.abolish(asked.fort, on=today(), by=asked.city_org, reason="撤并")
    assert again(one).state == "DROPPED"
    assert not Clock.objects.filter(kind="unions.staffcheck", thing_id=one.pk, stopped_at=None).exists()


def test_the_list_says_what_is_missing_and_each_sees_her_own(asked, as_):
    filled(asked)
    for who, many in (("city_org", 3), ("north_org", 2), ("hill_chair", 1), ("south_org", 1), ("firm_chair", 0), ("system", 0)):
        assert len(list(as_(getattr(asked, who)).get(URL).context["table"].rows)) == many, who
    client = as_(asked.city_org)
    for view, many in (("missing", 2), ("wait", 1), ("short", 0), ("late", 0)):
        assert len(list(client.get(URL, {"view": view}).context["table"].rows)) == many, view
    assert len(list(client.get(URL, {"under": asked.south.code}).context["table"].rows)) == 1
    assert len(list(client.get(URL, {"year": "1999"}).context["table"].rows)) == 3, "a year that is none of them narrows nothing"
    rows = (
        fastexcel.read_excel(client.get(f"{URL}export/").getvalue())
        .load_sheet(0, header_row=None, skip_rows=0, dtypes="string")
        .to_polars()
        .rows()
    )
    assert len(rows) == 4
    for language in ("zh-hans", "en"):
        for page in (URL, asked.check.get_absolute_url()):
            assert client.get(page, headers={"Accept-Language": language}).status_code == 200


def test_the_pages_lead_from_the_question_to_the_confirmed_check(town, as_):
    client = as_(town.north_org)
    assert f"{URL}begin/" in client.get(URL).content.decode()
    assert client.post(f"{URL}begin/").status_code == 303
    assert f"{URL}begin/" not in client.get(URL).content.decode()
    one = StaffCheck.objects.get(union=town.hill)
    mine = as_(town.hill_chair)
    there = f"{one.get_absolute_url()}step/"
    assert mine.get(f"{there}fill/").status_code == 200
    sent = {
        "head": "蒋煤山", "post": "CHAIR", "full_time": "yes", "cadres": 1, "workers": 1, "appointed_no": "长总工〔2026〕8号", "staffed_no": "长编〔2026〕3号",
    }  # fmt: skip
    assert mine.post(f"{there}fill/", sent).status_code == 422
    files = {name: SimpleUploadedFile(f"{name}.pdf", PDF, "application/pdf") for name in ("appointment", "establishment")}
    assert mine.post(f"{there}fill/", {**sent, **files}).status_code == 303
    assert client.get(f"{there}fill/").status_code in (409, 422, 200)
    assert mine.post(there, {"verb": "confirm"}).status_code == 403
    assert as_(town.north_org).post(there, {"verb": "confirm"}).status_code == 303
    body = as_(town.hill_chair).get(one.get_absolute_url()).content.decode()
    assert "长编〔2026〕3号" in body
    assert as_(town.south_org).get(one.get_absolute_url()).status_code == 404


def test_the_list_costs_the_same_however_many_townships(asked, as_):
    client = as_(asked.city_org)

    def many() -> int:
        with CaptureQueriesContext(connection) as those:
            client.get(URL)
        return len(those)

    many()
    few = many()
    for number in range(30, 42):
        make(f"U330522000{number}", f"新设{number}镇总工会", "12", 3, asked.north)
    staffing.begin(by=asked.city_org)
    assert many() == few
