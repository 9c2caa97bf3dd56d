"""An organisation sheet: read through, taken over, sent twice, sent back as it was exported, taken back."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from niangjia.kit.columns import Choice
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.unions import actions as unions_actions
from niangjia.unions.actions import sheets
from niangjia.unions.models import Cover, Employer, Parentage, SheetImport, SheetRow, Union
from niangjia.unions.tests.sheeted import HEAD, book, exported, faults, line, rows_of, sent, taken, undone
from tests.town import credit

pytestmark = pytest.mark.django_db


def tree():
    """All that a sheet may touch, as it stands."""
    columns = [field.attname for field in Union._meta.concrete_fields]
    return (
        list(Union.objects.order_by("pk").values_list(*columns)), list(Employer.objects.order_by("pk").values_list()), list(Cover.objects.order_by("pk").values_list()),
        list(Parentage.objects.order_by("pk").values_list()),
    )  # fmt: skip


def test_good_rows_come_in_as_unions_with_their_employers(town):
    one = sent(town.north, book(line(1), line(2)), town.north_org)
    assert (one.state, one.rows, one.bad, one.found) == ("CHECKED", 2, 0, {"new": 2})
    assert Union.objects.filter(name__contains="示例").count() == 0
    one = taken(one, town.north_org)
    assert one.state == "DONE"
    made = Union.objects.get(name="煤山示例0001号有限公司工会委员会")
    assert (made.state, made.kind, made.parent, made.county, made.township, str(made.founded_on)) == (
        "NORMAL",
        "20",
        town.hill,
        town.north,
        town.hill,
        "2015-06-01",
    )
    assert made.path == f"{town.hill.path}{made.pk}/"
    assert (made.employer.uscc, made.employer.employees, made.employer.industry, made.employer.township) == (
        credit(700_001),
        120,
        "C",
        town.hill,
    )
    assert Cover.objects.get(union=made).since == made.founded_on
    assert [(one.parent, one.since) for one in made.parentages.all()] == [(town.hill, made.founded_on)]
    assert made.code.startswith("U330522")
    assert Union.objects.filter(name__contains="示例").values("code").distinct().count() == 2


def test_sent_twice_it_does_nothing_twice(town):
    data = book(line(1), line(2))
    taken(sent(town.north, data, town.north_org), town.north_org)
    before = tree()
    again = sent(town.north, data, town.north_org)
    assert again.found == {"same": 2}
    taken(again, town.north_org)
    assert tree() == before


def test_what_is_exported_comes_back_without_a_change(town, as_):
    taken(
        sent(
            town.north,
            book(line(1), line(2, kind="联合基层工会委员会"), line(2, kind="", unit="煤山示例甲有限公司", uscc=credit(700_900))),
            town.north_org,
        ),
        town.north_org,
    )
    before = tree()
    for language in ("zh-hans", "en"):
        client = as_(town.city_org)
        client.cookies["django_language"] = language
        back = sent(town.city, exported(client.get("/unions/export/")), town.city_org)
        assert (back.bad, back.found) == (0, {"same": back.rows}), (
            language,
            faults(back),
            [row.changes for row in back.lines.exclude(changes={})],
        )
        assert back.rows == Union.objects.count() + 1  # the joint union covers two
        taken(back, town.city_org)
    assert tree() == before


def test_a_county_reads_its_own_export_though_it_names_the_city_above(town, as_):
    back = sent(town.north, exported(as_(town.north_org).get("/unions/export/")), town.north_org)
    assert (back.bad, set(back.found)) == (0, {"same"})


def test_what_differs_is_offered_field_by_field_and_only_what_is_left_is_written(town):
    taken(sent(town.north, book(line(1)), town.north_org), town.north_org)
    one = sent(town.north, book(line(1, employees="150", contact="李小工")), town.north_org)
    row = one.lines.get()
    assert (row.verdict, row.changes) == ("change", {"contact": ["王小工", "李小工"], "employees": ["120", "150"]})
    sheets.mend(one, {row.pk: {"contact": ""}}, turns={row.pk: row.turn}, by=town.north_org)
    row.refresh_from_db()
    assert row.changes == {"employees": ["120", "150"]}
    taken(one, town.north_org)
    union = Union.objects.get(name__contains="示例")
    assert (union.contact, union.employer.employees) == ("王小工", 150)


def test_an_empty_cell_says_nothing(town):
    taken(sent(town.north, book(line(1)), town.north_org), town.north_org)
    assert sent(town.north, book(line(1, contact="", employees="", category="", industry="")), town.north_org).found == {"same": 1}


BAD = [
    ({"parent": "无此镇总工会"}, "parent-unknown"), ({"parent": "新市镇总工会"}, "parent-unknown"), ({"kind": "铁匠铺"}, "kind-unknown"), ({"kind": "县（区）总工会"}, "kind-above"),
    ({"founded": ""}, "founded-missing"), ({"founded": "去年"}, "day"), ({"founded": "2015.1"}, "day-doubt"), ({"founded": "2099-01-01"}, "day-ahead"),
    ({"uscc": credit(700_001)[:-1] + ("0" if credit(700_001)[-1] != "0" else "1")}, "credit-check"), ({"uscc": "9133"}, "credit-length"), ({"employees": "许多"}, "number"),
    ({"industry": "铁匠"}, "industry-unknown"), ({"category": "铁匠"}, "category-unknown"), ({"unit": "", "uscc": ""}, "unit-missing"), ({"uscc": ""}, "unit-unknown"), ({"name": ""}, "name-missing"),
    ({"name": "煤山青禾电池有限公司工会", "parent": "泗安镇总工会"}, "name-there"), ({"kind": "村（社区）联合工会", "parent": "长兴县总工会"}, "parent-leads-none"), ({"contact": "王" * 61}, "long"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "code"), BAD, ids=[code + str(n) for n, (_said, code) in enumerate(BAD)])
def test_what_cannot_be_taken_is_said(town, said, code):
    one = sent(town.north, book(line(1, **said), line(2)), town.north_org)
    assert faults(one)[1] == [code]
    assert one.found == {"bad": 1, "new": 1}


def test_rows_that_stand_against_each_other_are_said(town):
    other = credit(700_901)
    one = sent(
        town.north, book(line(1), line(1), line(2), line(3, uscc=credit(700_002)), line(4, uscc=town.firm_unit.uscc, unit="")), town.north_org
    )  # fmt: skip
    assert faults(one) == {2: ["unit-one", "again"], 4: ["unit-twice"], 5: ["unit-united"]}
    head = [*HEAD, "工会统一社会信用代码"]
    one = sent(
        town.north,
        book([*line(1), credit(9, "81")], [*line(2), credit(9, "81")], [*line(3), town.shop.uscc], [*line(4), other], head=head),
        town.north_org,
    )
    assert faults(one) == {2: ["credit-twice"], 3: ["credit-taken"], 4: ["credit-no-union"]}


def test_a_sheet_moves_no_union_and_changes_no_past(town):
    head = ["工会编码", *HEAD]
    rows = [
        [town.firm.code, town.firm.name, "联合基层工会委员会", "泗安镇总工会", "2001-01-01"],
        ["U33052299999", "x工会", "单独基层工会委员会", "", ""],
    ]
    assert faults(sent(town.north, book(*rows, head=head), town.north_org)) == {
        1: ["kind-differs", "founded-differs", "parent-differs"],
        2: ["code-unknown"],
    }


def test_a_joint_union_has_a_row_for_each_unit(town):
    joint = line(1, kind="联合基层工会委员会", name="煤山商贸联合工会")
    more = [["同上", "", "", "", f"煤山商户{n}号", credit(701_000 + n), "", "", "", ""] for n in range(3)]
    more[2][0] = "煤山商贸联合工会"
    one = taken(sent(town.north, book(joint, *more), town.north_org), town.north_org)
    made = Union.objects.get(name="煤山商贸联合工会")
    assert (one.rows, made.employer, made.covers.count()) == (4, None, 4)
    assert Employer.objects.get(name="煤山商户2号").township == town.hill


def test_good_rows_go_ahead_and_bad_ones_follow_when_they_are_corrected(town):
    one = taken(sent(town.north, book(line(1), line(2, founded="")), town.north_org), town.north_org)
    assert (one.state, one.bad, Union.objects.filter(name__contains="示例").count()) == ("DONE", 1, 1)
    row = one.lines.get(taken=False)
    sheets.mend(one, {row.pk: {"founded": "2016-07-01"}}, turns={row.pk: row.turn}, by=town.north_org)
    one = taken(one, town.north_org)
    assert (one.bad, Union.objects.filter(name__contains="示例").count()) == (0, 2)


def test_whole_or_not_at_all(town):
    one = sent(town.north, book(line(1), line(2, founded="")), town.north_org, whole=True)
    one = taken(one, town.north_org)
    assert (one.state, Union.objects.filter(name__contains="示例").count()) == ("CHECKED", 0)
    assert one.said
    sheets.leave_out(one, code="founded-missing", by=town.north_org)
    assert taken(one, town.north_org).state == "DONE"


def test_somebody_elses_correction_is_not_written_over(town):
    one = sent(town.north, book(line(1, founded="")), town.north_org)
    row = one.lines.get()
    assert sheets.mend(one, {row.pk: {"founded": "2015-01-01"}}, turns={row.pk: row.turn}, by=town.north_org) == []
    assert sheets.mend(one, {row.pk: {"founded": "2014-01-01"}}, turns={row.pk: row.turn}, by=town.north_org) == [row.pk]
    row.refresh_from_db()
    assert row.over == {"founded": "2015-01-01"}


def test_taken_back_the_tree_is_as_before(town):
    taken(sent(town.north, book(line(9)), town.north_org), town.north_org)
    before = tree()
    one = sent(
        town.north,
        book(
            line(1),
            line(9, contact="李小工", employees="7"),
            line(2, kind="联合工会"),
            line(2, kind="", unit="煤山甲店", uscc=credit(700_900)),
        ),
        town.north_org,
    )
    one = undone(taken(one, town.north_org), town.north_org)
    assert (one.state, one.lines.exclude(kept="").count()) == ("UNDONE", 0)
    assert tree() == before


def test_what_people_have_worked_on_since_stays_and_is_listed(town):
    taken(sent(town.north, book(line(9)), town.north_org), town.north_org)
    one = taken(sent(town.north, book(line(1), line(2), line(9, contact="李小工", employees="7")), town.north_org), town.north_org)
    edited, known = (Union.objects.get(name__contains=f"示例000{n}") for n in (1, 9))
    unions_actions.correct(edited, contact="赵小工", by=town.hill_chair)
    unions_actions.correct(known, contact="钱小工", by=town.hill_chair)
    one = undone(one, town.north_org)
    assert {row.union: row.kept for row in one.lines.exclude(kept="")} == {edited: "EDITED", known: "EDITED"}
    known.refresh_from_db()
    assert (known.contact, known.employer.employees) == ("钱小工", 120)
    assert Union.objects.filter(pk=edited.pk).exists()
    assert not Union.objects.filter(name__contains="示例0002").exists()


def test_after_thirty_days_it_is_not_taken_back(town):
    one = taken(sent(town.north, book(line(1)), town.north_org), town.north_org)
    with moved_to(now() + timedelta(days=31)), pytest.raises(RuleBroken, match="30"):
        sheets.ask(one, "UNDOING", by=town.north_org)


def test_only_the_organisation_office_of_the_place_reads_sheets(town):
    for who, at in (
        (town.south_org, town.north),
        (town.north_rights, town.north),
        (town.firm_chair, town.firm),
        (town.hill_chair, town.north),
    ):
        with pytest.raises(Refused):
            sheets.receive(at, book(line(1)), name="表.xlsx", by=who)
    one = sent(town.north, book(line(1)), town.north_org)
    with pytest.raises(Refused):
        sheets.ask(one, "TAKING", by=town.south_org)


def test_the_habits_of_spreadsheets(town, tmp_path):
    """Titles, sums, notes, full-width digits, words for nothing, old numbers of industries, GB18030, another order of columns."""
    text = "\n".join([
        "某镇工会组织信息表（合成）,,,,,", "填报单位：某镇总工会,,,,,", "序号,职工人数,工会类型,*工会名称（全称）,成立时间,单位名称,统一社会信用代码,行业,联系电话",
        f"1,１２０,单独工会,煤山甲有限公司工会,2015年6月1日,煤山甲有限公司,{credit(1)},03,—", f"2,1,基层工会, 煤山乙有限公司工会 ,20160701,煤山乙有限公司,'{credit(2)},制造,无",
        "合计,121,,,,,,,", ",,,,,,,,", "填表人：某某　　审核人：,,,,,,,,",
    ])  # fmt: skip
    one = sent(town.hill, text.encode("gb18030"), town.hill_chair, name="表.csv")
    assert (one.rows, one.bad) == (2, 0), faults(one)
    taken(one, town.hill_chair)
    made = Union.objects.get(name="煤山甲有限公司工会")
    assert (made.parent, str(made.founded_on), made.employer.industry, made.employer.employees) == (town.hill, "2015-06-01", "C", 120)


def test_columns_are_chosen_and_remembered_for_the_sender(town):
    head = ["甲", "乙", "丙", "丁"]
    rows = [[f"煤山示例{n}有限公司工会", "联合工会", "2015-06-01", "x"] for n in range(12)]
    one = sent(town.hill, book(*rows, head=head), town.hill_chair)
    assert (one.state, one.look[0]["proposed"]) == ("FAILED", {"kind": 1, "name": 0})
    one = sheets.run(sheets.read_otherwise(one, {0: Choice(2, {"name": 0, "kind": 1, "founded": 2})}, by=town.hill_chair))
    assert (one.state, one.found) == ("CHECKED", {"new": 12})
    assert sent(town.hill, book(*rows, head=head), town.hill_chair).found == {"new": 12}


def test_the_workbook_comes_back_with_red_cells_and_a_reason_beside_each(town, as_):
    one = sent(town.north, book(line(1), line(2, founded="去年")), town.north_org)
    answer = as_(town.north_org).get(f"/unions/sheets/{one.uuid}/workbook/")
    sheet = load_workbook(io.BytesIO(exported(answer))).worksheets[0]
    assert sheet["D4"].fill.fgColor.rgb not in (None, "00000000") or sheet["D4"].fill.patternType
    assert "建会日期" in HEAD
    assert sheet.cell(4, len(HEAD) + 1).value
    assert sheet.cell(3, len(HEAD) + 1).value is None


def test_the_rows_are_forgotten_when_it_can_be_taken_back_no_more(town):
    taken(sent(town.north, book(line(1)), town.north_org), town.north_org)
    assert sheets.forget_old() == 0
    with moved_to(now() + timedelta(days=91)):
        assert sheets.forget_old() == 1
    assert (SheetRow.objects.count(), SheetImport.objects.count()) == (0, 1)
    assert today()


def test_ten_thousand_rows_take_as_many_questions_as_ten(town, django_assert_max_num_queries):
    few = sent(town.north, book(*(line(n) for n in range(10))), town.north_org)
    many = sheets.receive(town.north, book(*(line(n) for n in range(100, 1600))), name="大.xlsx", by=town.north_org)
    with django_assert_max_num_queries(60):
        many = sheets.run(many)
    assert many.found == {"new": 1500}
    with django_assert_max_num_queries(80):
        sheets.run(sheets.ask(many, "TAKING", by=town.north_org))
    assert few.found == {"new": 10}
    assert rows_of(book(line(1)))[1] == HEAD
