"""A request is drawn up, refused what the platform holds, sent out, answered, reminded, closed; the next one need not ask again."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from niangjia.asked import actions, queries
from niangjia.asked.actions import composing
from niangjia.asked.burden import burden, parsed
from niangjia.asked.enums import Verdict
from niangjia.asked.models import Addressed, Answer, Field, Request
from niangjia.asked.tests.conftest import drafted, facts
from niangjia.flow.models import Clock, Move
from niangjia.kit.dates import at, moved_to, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.held import HELD
from niangjia.kit.periods import year
from niangjia.kit.workbook import Book, Col
from niangjia.members.api import import_roster
from niangjia.members.tests.rosters import line, roster
from niangjia.notices.models import Message
from niangjia.unions.models import Union
from niangjia.worklog.api import Asked, evaluate, post

pytestmark = pytest.mark.django_db


def of(out: Request, union: Union) -> Addressed:
    return Addressed.objects.select_related("request", "union").get(request=out, union=union)


def said(out: Request, *values: str) -> dict[int, str]:
    return {one.pk: value for one, value in zip(queries.sent_fields(out), values, strict=False)}


def test_what_is_held_is_refused_and_stands_there(request_: Request) -> None:
    verdicts = {one.label: (one.verdict, one.held) for one in queries.fields_of(request_)}
    assert verdicts == {"高温作业班组": ("ASKED", ""), "防暑降温支出": ("ASKED", ""), "职工人数": ("HELD", "unions.employees")}
    assert [one.label for one in queries.sent_fields(request_)] == ["高温作业班组", "防暑降温支出"]


def test_everything_that_is_held_answers_for_a_union_in_at_most_one_question(town: Any, tmp_path: Path) -> None:
    import_roster(roster(tmp_path / "a.csv", *map(line, range(1, 5))), town.firm, by=town.north_org)
    unions = list(Union.objects.filter(pk__in=[town.firm.pk, town.mill.pk]).select_related("parent"))
    values = {}
    for one in HELD.values():
        with CaptureQueriesContext(connection) as asked:
            values[one.name] = one.values(unions).get(town.firm.pk)
        assert len(asked) <= 1, one.name
    assert (values["unions.employees"], values["members.people"]) == (120, 4)
    assert values["unions.parent"] == town.hill.short_name
    assert values["unions.chair"] == town.firm_chair.name
    assert values["rights.events"] == 0


def test_what_is_contested_is_asked_with_a_reason_unless_a_parameter_forbids_it(town: Any, request_: Request, monkeypatch: Any) -> None:
    held = request_.fields.get(verdict="HELD")
    actions.contest(held, reason="与社保数差得多", by=town.hill_chair)
    assert [one.label for one in queries.sent_fields(request_)][-1] == "职工人数"
    actions.contest(held, reason="", by=town.hill_chair)
    assert request_.fields.get(pk=held.pk).verdict == Verdict.HELD
    with pytest.raises(RuleBroken):
        actions.contest(request_.fields.first(), reason="想问", by=town.hill_chair)  # type: ignore[arg-type]
    monkeypatch.setattr(composing, "asking", lambda _union, _day: lambda _what: "NO")
    with pytest.raises(RuleBroken):
        actions.contest(held, reason="与社保数差得多", by=town.hill_chair)


def test_it_goes_out_to_every_union_with_its_clock_and_message(town: Any, request_: Request, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(60):
        assert actions.issue(request_, by=town.hill_chair) == 2
    out = Request.objects.get(pk=request_.pk)
    assert (out.state, out.reach, out.issued_on) == ("ISSUED", 2, today())
    clock = Clock.objects.get(kind="asked.addressed", thing_id=of(out, town.firm).pk)
    assert (clock.due_at, clock.duty, clock.union_id, clock.township_id) == (at(out.due_on, 23, 59), "chair", town.firm.pk, town.hill.pk)
    assert clock.remind_at is not None
    assert clock.remind_at < clock.due_at
    assert Message.objects.filter(to=town.firm_chair, what="asked-new").count() == 1
    assert Move.objects.filter(kind="asked.addressed", verb="start").count() == 2
    with pytest.raises(Overtaken):
        actions.issue(request_, by=town.hill_chair)


def test_a_request_that_asks_nothing_or_nobody_or_at_once_does_not_go_out(town: Any) -> None:
    held = drafted(town, town.hill_chair, town.hill, ("职工人数", "NUMBER"))
    with pytest.raises(RuleBroken, match=r"holds every field|平台"):
        actions.issue(held, by=town.hill_chair)
    nobody = drafted(town, town.hill_chair, town.hill, ("班组数", "NUMBER"), kinds=("25",))
    with pytest.raises(RuleBroken, match=r"No union|没有工会"):
        actions.issue(nobody, by=town.hill_chair)
    hasty = drafted(town, town.hill_chair, town.hill, ("班组数", "NUMBER"), due_on=today() + timedelta(days=1))
    with pytest.raises(RuleBroken, match=r"working days|工作日"):
        actions.issue(hasty, by=town.hill_chair)


@pytest.mark.parametrize("who", ["firm_chair", "north_org", "south_org", "security"])
def test_nobody_asks_in_the_name_of_another_union(town: Any, who: str) -> None:
    with pytest.raises(Refused):
        actions.begin(town.hill, facts(town), by=getattr(town, who))


def test_nobody_asks_beside_herself(town: Any) -> None:
    with pytest.raises(RuleBroken):
        actions.begin(town.hill, facts(town, under=town.market), by=town.hill_chair)


def test_a_chair_saves_a_part_and_sends_the_whole(town: Any, out: Request) -> None:
    mine = of(out, town.firm)
    actions.save(mine, said(out, "12"), by=town.firm_chair)
    with pytest.raises(RuleBroken, match="防暑降温支出"):
        actions.send(mine, said(out, "12", ""), by=town.firm_chair)
    actions.send(mine, said(out, "12", "3.5万元"), by=town.firm_chair)
    found = of(out, town.firm)
    assert (found.state, found.draft, found.on_behalf, found.sent_by) == ("ANSWERED", {}, False, town.firm_chair)
    assert list(Answer.objects.order_by("pk").values_list("value", flat=True)) == ["12", "35000.00"]
    assert not Clock.objects.filter(kind="asked.addressed", thing_id=mine.pk, stopped_at=None).exists()
    with pytest.raises(Overtaken):
        actions.save(mine, said(out, "13"), by=town.firm_chair)


def test_an_answer_is_written_once(town: Any, out: Request) -> None:
    actions.send(of(out, town.firm), said(out, "1", "2"), by=town.firm_chair)
    for change in ({"value": "9"}, {"on_behalf": True}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Answer.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.all()._raw_delete(Answer.objects.db)  # type: ignore[attr-defined]


def test_a_stranger_does_not_answer_and_the_township_does_it_on_behalf(town: Any, out: Request) -> None:
    for who in ("mill_chair", "south_org", "security"):
        with pytest.raises(Refused):
            actions.send(of(out, town.firm), said(out, "1", "2"), by=getattr(town, who))
    actions.send(of(out, town.firm), said(out, "1", "2"), by=town.hill_chair)
    assert of(out, town.firm).on_behalf
    assert Answer.objects.filter(on_behalf=True).count() == 2


def test_what_was_given_before_is_filled_in_and_only_confirmed(town: Any, out: Request) -> None:
    actions.send(of(out, town.firm), said(out, "12", "35000"), by=town.firm_chair)
    again = drafted(town, town.north_org, town.north, ("高温作业班组数", "NUMBER"), ("高温津贴", "YUAN"), under=town.north)
    assert [one.verdict for one in queries.fields_of(again)] == ["REUSED", "ASKED"]
    actions.issue(again, by=town.north_org)
    again.refresh_from_db()
    fields = queries.sent_fields(again)
    mine, mill = of(again, town.firm), of(again, town.mill)
    known = queries.filled([mine, mill], fields)
    assert {at_: one.value for at_, one in known.items()} == {(mine.pk, fields[0].pk): "12"}
    actions.send(mine, said(again, "12", "100"), by=town.firm_chair)
    assert list(Answer.objects.filter(addressed=mine).order_by("field__position").values_list("confirmed", flat=True)) == [True, False]


def test_what_was_given_too_long_ago_is_asked_anew(town: Any, out: Request) -> None:
    actions.send(of(out, town.firm), said(out, "12", "35000"), by=town.firm_chair)
    with moved_to(now() + timedelta(days=400)):
        later = drafted(town, town.hill_chair, town.hill, ("高温作业班组", "NUMBER"), due_on=today() + timedelta(days=20))
        assert queries.fields_of(later)[0].verdict == Verdict.ASKED


def test_an_answer_is_sent_back_and_given_anew(town: Any, out: Request) -> None:
    actions.send(of(out, town.firm), said(out, "12", "35000"), by=town.firm_chair)
    actions.send_back(of(out, town.firm), reason="单位是元，请核对", by=town.hill_chair)
    mine = of(out, town.firm)
    assert (mine.state, mine.round, sorted(mine.draft.values())) == ("NEW", 2, ["12", "35000.00"])
    assert Message.objects.filter(to=town.firm_chair, what="asked-returned").count() == 1
    assert Clock.objects.filter(kind="asked.addressed", thing_id=mine.pk, stopped_at=None).count() == 1
    actions.send(mine, said(out, "12", "3500"), by=town.firm_chair)
    assert queries.given([of(out, town.firm)])[mine.pk, queries.sent_fields(out)[1].pk] == "3500.00"
    assert Answer.objects.count() == 4


def test_reminding_is_once_a_day_and_closing_ends_every_clock(town: Any, out: Request) -> None:
    actions.send(of(out, town.firm), said(out, "12", "35000"), by=town.firm_chair)
    assert actions.remind(out, by=town.hill_chair) == 1
    with pytest.raises(RuleBroken):
        actions.remind(out, by=town.hill_chair)
    assert actions.close(out, reason="已汇总", by=town.hill_chair) == 1
    assert of(out, town.mill).state == "ENDED"
    assert not Clock.objects.filter(kind__startswith="asked.", stopped_at=None).exists()
    assert [one.verb for one in Move.objects.filter(kind="asked.addressed", thing_id=of(out, town.mill).pk)] == ["start", "end"]


def test_what_is_withdrawn_is_told_and_no_longer_counted(town: Any, out: Request) -> None:
    actions.withdraw(out, reason="发重了", by=town.hill_chair)
    assert Message.objects.filter(to=town.mill_chair, what="asked-withdrawn").count() == 1
    assert burden(town.city_org, parsed("")).whole.requests == 0


def test_the_quarter_is_added_up_by_office(town: Any, out: Request, django_assert_max_num_queries: Any) -> None:
    user = town.city_org
    _ = user.seats
    with django_assert_max_num_queries(3):
        page = burden(user, parsed(""))
    one = page.whole
    assert (one.requests, one.asked, one.times, one.held, one.reused, one.contested, one.spared) == (1, 2, 4, 1, 0, 0, 33)
    assert [office for (_union, office) in page.by_office] == [out.get_office_display()]
    assert len(page.course) == 8
    chair = burden(town.hill_chair, parsed(""))
    assert chair.whole.times == 4
    assert burden(town.south_org, parsed("")).whole.requests == 0
    assert parsed("2999Q1") == parsed("nonsense")


@pytest.mark.django_db(transaction=True)
def test_the_books_count_requests_fields_and_answers(town: Any, out: Request) -> None:
    actions.send(of(out, town.firm), said(out, "12", "35000"), by=town.hill_chair)
    post()
    span = year(today().year)
    counted = {
        name: evaluate(FIGURES[name].plan, Asked(span, town.city.pk))
        for name in ("asked.requests", "asked.fields", "asked.fields.held", "asked.burden", "asked.answers", "asked.answers.behalf")
    }
    assert {name: int(one or 0) for name, one in counted.items()} == {
        "asked.requests": 1, "asked.fields": 2, "asked.fields.held": 1, "asked.burden": 4, "asked.answers": 2, "asked.answers.behalf": 2,
    }  # fmt: skip


def test_answers_whose_years_are_over_are_emptied_and_counted(town: Any, out: Request) -> None:
    actions.send(of(out, town.firm), said(out, "12", "35000"), by=town.firm_chair)
    assert actions.forget() == 0
    with moved_to(now() + timedelta(days=1200)):
        assert actions.forget() == 2
    assert list(Answer.objects.values_list("value", flat=True)) == ["", ""]


# ---------- the workbook ----------


def sheet(
    tmp_path: Path, *rows: list[Any], heads: tuple[str, ...] = ("工会编码", "工会名称", "高温作业班组", "防暑降温支出", "已核对")
) -> Path:
    path = tmp_path / "填报.xlsx"
    with path.open("wb") as file, Book(file) as book:
        book.sheet("填报", [Col(one) for one in heads], rows)
    return path


def test_a_filled_workbook_sends_whole_rows_and_tells_of_each_bad_cell(town: Any, out: Request, tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        [town.firm.code, "甲", "12", "3.5万", ""],
        [town.mill.code, "乙", "很多", "200", ""],
        [town.shop.code, "丙", "1", "2", ""],
        ["U0", "丁", "1", "2", ""],
    )
    done = actions.take(out, path, by=town.hill_chair)
    assert (done.rows, done.sent, done.kept) == (2, 1, 1)
    assert [(one.row, one.column, one.why) for one in done.bad] == [(3, "C", "number"), (4, "A", "union"), (5, "A", "union")]
    assert of(out, town.firm).on_behalf
    assert list(of(out, town.mill).draft.values()) == ["200.00"]
    assert [one.why for one in actions.take(out, sheet(tmp_path, [town.firm.code, "甲", "13", "1", ""]), by=town.hill_chair).bad] == [
        "answered"
    ]


def test_a_row_that_nobody_touched_is_no_answer_until_it_is_confirmed(town: Any, out: Request, tmp_path: Path) -> None:
    actions.save(of(out, town.firm), said(out, "12", "35000"), by=town.firm_chair)
    row = [town.firm.code, "甲", "12", "35000", ""]
    assert actions.take(out, sheet(tmp_path, row), by=town.hill_chair).rows == 0
    assert actions.take(out, sheet(tmp_path, [*row[:-1], "是"]), by=town.hill_chair).sent == 1


def test_a_workbook_without_its_heads_or_with_strange_columns_says_so(town: Any, out: Request, tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match="工会编码"):
        actions.take(out, sheet(tmp_path, ["x"], heads=("甲",)), by=town.hill_chair)
    done = actions.take(out, sheet(tmp_path, [town.firm.code, "1"], heads=("工会编码", "别的")), by=town.hill_chair)
    assert [(one.row, one.column, one.why) for one in done.bad] == [(1, "B", "column")]


def test_the_template_holds_what_is_known_and_comes_back(town: Any, as_: Any, out: Request, tmp_path: Path) -> None:
    actions.save(of(out, town.firm), said(out, "12", "35000"), by=town.firm_chair)
    answer = as_(town.hill_chair).get(f"{out.get_absolute_url()}template/")
    data = b"".join(answer.streaming_content)
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["工会编码", "工会名称", "高温作业班组", "防暑降温支出", "已核对"]
    assert [row[2] for row in rows[1:] if row[0] == town.firm.code] == ["12"]
    path = tmp_path / "back.xlsx"
    path.write_bytes(data)
    assert actions.take(out, path, by=town.hill_chair).rows == 0


# ---------- pages ----------


def test_a_request_is_drawn_up_in_the_browser(town: Any, as_: Any) -> None:
    client = as_(town.hill_chair)
    form = {
        "union": town.hill.pk,
        "title": "摸底",
        "why": "安排工作",
        "due_on": (today() + timedelta(days=20)).isoformat(),
        "under": town.hill.code,
        "kinds": ["20"],
    }
    made = client.post("/asked/new/", form)
    assert made.status_code == 303
    page = client.get(made.url)
    assert "2" in page.context["reached"]
    assert "HELD" in client.get(f"{made.url}fields/check/", {"label": "会员人数", "kind": "NUMBER"}).context["verdict"]
    assert "2" in client.get("/asked/new/reach/", {"under": town.hill.code, "kinds": ["20"]}).content.decode()
    assert client.post(f"{made.url}fields/new/", {"label": "高温班组", "kind": "NUMBER", "required": "on"}).status_code == 303
    assert client.post(f"{made.url}fields/new/", {"label": "高温班组", "kind": "NUMBER"}).status_code == 422
    assert client.post(f"{made.url}fields/new/", {"label": "选哪个", "kind": "CHOICE", "choices": "一个"}).status_code == 422
    client.post(f"{made.url}fields/new/", {"label": "会员总数", "kind": "NUMBER"})
    held = Field.objects.get(verdict="HELD")
    assert client.post(f"{made.url}fields/{held.pk}/", {"reason": "对不上"}).status_code == 303
    assert Field.objects.get(pk=held.pk).verdict == "CONTESTED"
    client.post(f"{made.url}fields/{held.pk}/", {"drop": "1"})
    assert Field.objects.count() == 1
    assert client.post(f"{made.url}step/", {"verb": "issue"}).status_code == 303
    assert Request.objects.get().state == "ISSUED"


def test_a_chair_answers_on_one_page(town: Any, as_: Any, out: Request) -> None:
    client, mine = as_(town.firm_chair), of(out, town.firm)
    one, two = queries.sent_fields(out)
    assert "高温岗位摸底" in client.get("/asked/").content.decode()
    assert client.post(mine.get_absolute_url(), {f"f{one.pk}": "12", "do": "save"}).status_code == 303
    assert 'value="12"' in client.get(mine.get_absolute_url()).content.decode()
    bad = client.post(mine.get_absolute_url(), {f"f{one.pk}": "12", f"f{two.pk}": "很多", "do": "send"})
    assert bad.status_code == 422
    assert client.post(mine.get_absolute_url(), {f"f{one.pk}": "12", f"f{two.pk}": "30", "do": "send"}).status_code == 303
    assert of(out, town.firm).state == "ANSWERED"
    assert as_(town.mill_chair).get(mine.get_absolute_url()).status_code == 404
    assert as_(town.firm_chair).get(f"{mine.get_absolute_url()}return/").status_code == 403


def test_what_is_asked_of_a_federation_stands_first_and_that_of_unions_below_apart(town: Any, as_: Any, out: Request) -> None:
    above = drafted(
        town,
        town.city_org,
        Union.objects.get(level=1),
        ("镇级班组数", "NUMBER"),
        title="乡镇班组摸底",
        under=Union.objects.get(level=1),
        kinds=("12",),
    )
    actions.issue(above, by=town.city_org)
    client = as_(town.hill_chair)
    first, below, asked = (client.get(f"/asked/{view}").content.decode() for view in ("", "?view=below", "?view=asked"))
    assert "乡镇班组摸底" in first
    assert "高温岗位摸底" not in first
    assert below.count("高温岗位摸底") == 2, "both firms have it open"
    assert "乡镇班组摸底" not in below
    assert "高温岗位摸底" in asked
    assert "乡镇班组摸底" in as_(town.city_org).get("/asked/").content.decode(), "nobody asks the city"


def test_lists_ask_as_much_for_many_as_for_few(town: Any, as_: Any, out: Request) -> None:
    client = as_(town.hill_chair)
    addresses = [
        "/asked/",
        "/asked/?view=asked",
        "/asked/?view=below",
        out.get_absolute_url(),
        f"{out.get_absolute_url()}unions/?view=all",
        f"{out.get_absolute_url()}answers/",
        "/asked/burden/",
    ]

    def counts() -> list[int]:
        found = []
        for path in addresses:
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path).status_code == 200, path
            found.append(len(asked))
        return found

    before = counts()
    for _n in range(3):
        more = drafted(town, town.hill_chair, town.hill, ("班组名称", "TEXT"), ("会员人数", "NUMBER"))
        actions.issue(more, by=town.hill_chair)
        actions.send(of(Request.objects.get(pk=more.pk), town.firm), said(more, "甲班"), by=town.firm_chair)
    actions.send(of(out, town.mill), said(out, "1", "2"), by=town.mill_chair)
    actions.send(of(out, town.firm), said(out, "1", "2"), by=town.firm_chair)
    after = counts()
    assert [b - a for a, b in zip(before, after, strict=True) if b > a + 1] == []


def test_the_answers_are_taken_away_with_what_is_held_beside_them(town: Any, as_: Any, out: Request) -> None:
    actions.send(of(out, town.firm), said(out, "12", "35000"), by=town.firm_chair)
    data = b"".join(as_(town.hill_chair).get(f"{out.get_absolute_url()}answers/export/").streaming_content)
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    row = next(one for one in rows if one[0] == town.firm.code)
    assert (row[5], row[6], row[7]) == (12, 35000, 120)
