"""The annual return fills itself, is checked, explained, signed by two, frozen, and sent before its clock ends."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from niangjia.flow.models import Clock, Move
from niangjia.kit.dates import add_months, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.notices.models import Message
from niangjia.returns import actions, queries
from niangjia.returns.figures import BY_CODE, CHECKS, LINES, NAMED
from niangjia.returns.models import AnnualReturn, Signature
from niangjia.unions.models import Body, Office
from niangjia.worklog.api import frozen, latest, post, stands

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def year(filled):
    return queries.last_year(filled.north)


@pytest.fixture
def annual(filled, year):
    return actions.begin(filled.north, year, by=filled.north_org)


def explained(annual, by):
    """Every large change with its remark."""
    for code in queries.judged(annual).unexplained:
        actions.remark(annual, code, "本年度新建。", by=by)
    return annual


def again(annual):
    return AnnualReturn.objects.get(pk=annual.pk)


def test_the_books_fill_it(filled, annual):
    assert (annual.as_of.month, annual.as_of.day) == (9, 30)
    assert annual.opens == add_months(annual.as_of, -12).replace(month=10, day=1)
    said = {code: annual.values[code] for code in ("101", "102", "111", "132", "205", "301", "401", "403", "501", "502", "503", "511")}
    assert said == {
        "101": 2, "102": 2, "111": 2, "132": 2, "205": 2, "301": 8, "401": 2, "403": 2, "501": 2, "502": 1, "503": 1, "511": 0,
    }  # fmt: skip
    assert "131" not in annual.values
    assert queries.judged(annual).broken == []


def test_the_city_counts_its_counties_and_another_county_its_own(filled, year):
    city = actions.begin(filled.city, year, by=filled.city_org)
    south = actions.begin(filled.south, year, by=filled.south_org)
    assert (city.values["131"], city.values["101"], south.values["101"], south.values["301"]) == (2, 3, 1, 0)


def test_a_year_that_has_not_closed_waits_and_one_that_is_there_is_not_begun_twice(filled, annual, year):
    with pytest.raises(RuleBroken, match=r"(?i)ends on|截止|结束"):
        actions.begin(filled.south, today().year + 1, by=filled.south_org)
    with pytest.raises(RuleBroken, match=annual.reference):
        actions.begin(filled.north, year, by=filled.north_org)


@pytest.mark.parametrize("who", ["city_org", "south_org", "north_rights", "hill_chair", "firm_chair"])
def test_nobody_but_its_own_office_begins_a_return(filled, year, who):
    with pytest.raises(Refused):
        actions.begin(filled.north, year, by=getattr(filled, who))


def test_what_breaks_a_check_is_told_and_not_signed(filled, annual):
    for n in range(1, 4):
        Body.objects.create(union=filled.firm, kind="AUDIT", since=date(2019, 1, n), until=date(2030, 1, n))
    actions.recount(annual, reason="补记了经审组织", by=filled.north_org)
    found = again(annual)
    assert [(one.check.parts, one.sum, one.of) for one in queries.judged(found).broken] == [(("511",), 3, 2)]
    with pytest.raises(RuleBroken, match="L14"):
        actions.check(found, by=filled.north_org)
    assert not Signature.objects.exists()


def test_what_moved_far_is_explained_first(filled, annual):
    AnnualReturn.objects.filter(pk=annual.pk).update(before={**annual.values, "301": 2, "302": annual.values["302"] + 1})
    found = again(annual)
    assert queries.judged(found).unexplained == ["301"]
    with pytest.raises(RuleBroken, match=r"工会会员|Members"):
        actions.check(found, by=filled.north_org)
    actions.remark(found, "301", "青禾电池集体入会。", by=filled.north_org)
    assert actions.check(found, by=filled.north_org).role == "FILLED"


def test_two_sign_it_and_every_number_is_frozen(filled, annual):
    actions.check(explained(annual, filled.north_org), by=filled.north_org)
    assert Message.objects.filter(to=filled.north_chair, what="return-to-sign").count() == 1
    assert Clock.objects.get(kind="returns.annualreturn", stopped_at=None).duty == "leader"
    with pytest.raises(Refused):
        actions.sign(again(annual), by=filled.leader)
    with pytest.raises(RuleBroken):
        actions.remark(again(annual), "301", "改一改", by=filled.north_org)
    made = actions.sign(again(annual), by=filled.north_chair)
    assert len(made.freezes) == len([line for line in LINES if line.top >= 2 and not line.kinds]) == len(made.values) - 1
    assert len(made.root) == 64
    assert stands(made.signed)
    at = list(made.values).index("301")
    assert frozen(made.freezes[at]).value == str(made.values["301"]) == "8"
    actions.send(made, by=filled.north_org)
    assert not Clock.objects.filter(kind="returns.annualreturn", stopped_at=None).exists()
    assert [one.verb for one in Move.objects.filter(kind="returns.annualreturn")] == ["start", "check", "sign", "send"]


def test_one_person_does_not_sign_twice(filled, annual):
    actions.check(explained(annual, filled.north_chair), by=filled.north_chair)
    with pytest.raises(RuleBroken):
        actions.sign(again(annual), by=filled.north_chair)
    assert Signature.objects.count() == 1


def test_a_withdrawn_return_is_signed_anew_and_who_comes_second_is_told(filled, annual):
    actions.check(explained(annual, filled.north_org), by=filled.north_org)
    stale = again(annual)
    actions.withdraw(again(annual), reason="主席变动要补", by=filled.north_chair)
    with pytest.raises(Overtaken):
        actions.sign(stale, by=filled.north_chair)
    assert Message.objects.filter(to=filled.north_org, what="return-withdrawn").count() == 1
    found = again(annual)
    assert (found.state, found.round) == ("DRAFT", 2)
    actions.check(found, by=filled.north_org)
    assert Signature.objects.filter(role="FILLED").count() == 2


def test_what_is_entered_late_comes_in_only_when_it_is_counted_anew(filled, annual):
    Office.objects.filter(union=filled.mill, duty="chair").update(served="FULL")
    post()
    assert again(annual).values["402"] == 0
    assert actions.recount(again(annual), reason="主席专兼职更正", by=filled.north_org) == 2
    assert (again(annual).values["402"], again(annual).values["403"]) == (1, 1)


def test_the_books_answer_as_known_on_the_closing_day(filled, year, monkeypatch):
    """What was entered after that day, for a day before it, comes in only when it is counted anew."""
    then, asked = latest(), []
    Body.objects.create(union=filled.shop, kind="WOMEN", since=date(2021, 1, 1))
    post()
    monkeypatch.setattr("niangjia.returns.actions.annual.known_at", lambda day: asked.append(day) or then)
    made = actions.begin(filled.city, year, by=filled.city_org)
    assert (made.posting, made.values["501"], asked) == (then, 2, [made.as_of])
    actions.recount(made, reason="补记", by=filled.city_org)
    assert again(made).values["501"] == 3


def test_it_is_compared_with_what_was_signed(filled, year):
    last = actions.begin(filled.north, year - 1, by=filled.north_org)
    AnnualReturn.objects.filter(pk=last.pk).update(values={**last.values, "101": 77}, state="SENT", signed=1)
    made = actions.begin(filled.north, year, by=filled.north_org)
    assert (made.compared, made.before["101"]) == (last, 77)


def test_its_clock_runs_from_the_closing_day(filled, annual):
    clock = Clock.objects.get(kind="returns.annualreturn", stopped_at=None)
    assert (clock.code, clock.duty, clock.span, clock.union_id) == ("NB-D1", "organisation", "25 d", filled.north.pk)
    assert clock.due_at.date() >= date(annual.year, 10, 25)


def test_every_check_names_lines_and_every_part_has_its_check():
    assert {code for one in CHECKS for code in (*one.parts, one.whole)} <= set(NAMED)
    checked = {code for one in CHECKS for code in one.parts}
    assert {line.code for line in NAMED.values() if line.inside} - checked == set()
    assert len(BY_CODE) == len(LINES)


# ---------- pages ----------


def test_the_page_opens_every_number_and_asks_a_fixed_number_of_questions(filled, annual, as_):
    client = as_(filled.north_org)
    url = annual.get_absolute_url()
    with CaptureQueriesContext(connection) as asked:
        body = client.get(url).content.decode()
    assert body.count('class="n-fig') >= len(annual.values)
    few = len(asked)
    explained(annual, filled.north_org)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    assert len(asked) <= few
    assert not any("books_ledger" in one["sql"] for one in asked)
    opened = client.get(queries.opens_at(annual, BY_CODE["301"]).partition("#")[0])
    assert opened.status_code == 200


def test_who_reads_and_who_does_not(filled, annual, as_):
    url = annual.get_absolute_url()
    for who, status in (("city_org", 200), ("north_rights", 200), ("south_org", 404), ("firm_chair", 404)):
        assert as_(getattr(filled, who)).get(url).status_code == status
    assert as_(filled.city_org).post(f"{url}step/", {"verb": "check"}).status_code == 403
    assert as_(filled.city_org).get(f"{url}lines/301/").status_code == 403
    assert as_(filled.north_org).get(f"{url}lines/999/").status_code == 404


def test_a_step_that_is_none_is_refused(filled, annual):
    with pytest.raises(IllegalStep):
        actions.send(annual, by=filled.north_org)


def test_the_workbook_has_the_cover_and_the_lines(filled, annual, as_):
    answer = as_(filled.north_org).get(f"{annual.get_absolute_url()}export/")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    cover, lines = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert cover[1] == ["901", "工会统计编码", filled.north.code]
    rows = {row[0]: row for row in lines[1:]}
    assert rows["301"][1:4] == ["工会会员", "人", 8]
    assert set(rows) == set(annual.values)
