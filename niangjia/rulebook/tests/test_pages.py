"""The pages of what is set: who opens which, what they show, and what a change says before it is made."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from niangjia.access.models import SeenLog
from niangjia.files.models import Paper
from niangjia.flow.models import Clock, WorkDay
from niangjia.kit.dates import today
from niangjia.kit.parameter import PARAMETERS
from niangjia.kit.spans import days
from niangjia.members.parameters import JOIN
from niangjia.rulebook import actions, shown
from niangjia.rulebook.actions import Said
from niangjia.rulebook.forms import EVERYWHERE, ProposeForm
from niangjia.rulebook.models import Setting
from niangjia.rulebook.tests.test_changes import application, clock

pytestmark = pytest.mark.django_db
CODE = "members.joining.decide"
FORM = {"value": "10", "unit": "d", "basis": "长总工〔2016〕3号", "reason": "县域小，十天足够。"}


def form(town, **facts):
    return {"place": town.north.code, "since": today().isoformat()} | FORM | facts


TEN = days(10)


def propose_(town, value=TEN, **facts):
    return actions.propose(JOIN, town.north, Said(value, today(), "长总工〔2016〕3号", "够用。", **facts), by=town.north_org)


@pytest.mark.parametrize(
    ("who", "page", "answer"),
    [
        *((who, page, 200) for who in ("firm_chair", "city_rights", "system", "security", "auditlog") for page in ("", f"{CODE}/", "calendar/", "export/")),
        *(("nobody", page, 403) for page in ("", f"{CODE}/", f"{CODE}/change/", "calendar/", "calendar/import/", "export/")),
        ("north_org", f"{CODE}/change/", 200), ("system", f"{CODE}/change/", 200), ("north_chair", f"{CODE}/change/", 200),
        ("north_rights", f"{CODE}/change/", 403), ("firm_chair", f"{CODE}/change/", 403), ("security", f"{CODE}/change/", 403),
        ("north_org", "members.joining.youngest/change/", 403), ("city_org", "members.joining.youngest/change/", 200),
        ("city_office", "calendar/import/", 200), ("system", "calendar/import/", 200), ("north_org", "calendar/import/", 403),
        ("city_office", "no.such/", 404), ("city_office", "no.such/change/", 404),
    ],
)  # fmt: skip
def test_who_opens_which_page(town, as_, who, page, answer):
    assert as_(town.people[who]).get(f"/settings/{page}").status_code == answer


def test_the_list_shows_what_holds_at_the_readers_place_and_at_others(town, as_):
    actions.sign(propose_(town), by=town.leader)
    page = as_(town.hill_chair).get("/settings/", {"q": "入会审批"}).content.decode()
    assert "10日" in page
    assert "长总工〔2016〕3号" in page
    other = as_(town.city_org).get("/settings/", {"q": "入会审批", "place": town.market.division_id}).content.decode()
    assert "15日" in other
    before = as_(town.hill_chair).get("/settings/", {"q": "入会审批", "on": (today() - timedelta(days=1)).isoformat()}).content.decode()
    assert "15日" in before


def test_what_no_law_sets_is_said_once_over_the_list(town, as_):
    client = as_(town.city_org)
    said = client.get("/settings/").content.decode()
    assert ">自定标准，可调整<" not in said
    assert said.count("没写依据的") == 1
    assert "《劳动争议调解仲裁法》" in said.partition("<table")[2]
    assert "没写依据的" not in client.get("/settings/", {"q": "基层工会届期"}).content.decode()  # an article stands there
    assert "自定标准，可调整" in client.get(f"/settings/{CODE}/").content.decode()


@pytest.mark.parametrize(
    ("asked", "found"), [("调解期限", 1), ("MEDIAT", 1), ("rights.events.report.RED.4", 1), ("预警上报", 1), ("没有这个", 0)]
)
def test_a_parameter_is_found_by_name_code_area_and_paper(town, as_, asked, found):
    page = as_(town.city_org).get("/settings/", {"q": asked}).content.decode()
    assert ("没有这样的参数" in page) == (not found)


def test_views_narrow_the_list(town, as_):
    client = as_(town.city_org)
    propose_(town)
    for view, there, gone in (("clocks", "调解期限", "最低年龄"), ("values", "最低年龄", "调解期限"), ("waiting", "入会审批", "调解期限")):
        page = client.get("/settings/", {"view": view}).content.decode()
        assert there in page
        assert gone not in page
    assert "没有这样的参数" in client.get("/settings/", {"view": "own"}).content.decode()


@pytest.mark.parametrize(
    "asked",
    [{"on": "x"}, {"place": "x"}, {"place": "99999999"}, {"on": "0001-01-01"}, {"q": "9" * 400}, {"view": "x" * 90}, {"on": "9999-12-31"}],
)
def test_what_cannot_be_asked_is_left_out(town, as_, asked):
    for page in ("", f"{CODE}/", "export/"):
        assert as_(town.city_org).get(f"/settings/{page}", asked).status_code == 200


def test_pages_ask_a_fixed_number_of_questions_however_much_is_set(town, as_, django_assert_max_num_queries):
    client = as_(town.city_org)
    pages = ("/settings/", f"/settings/{CODE}/", "/settings/export/", f"/settings/?view=waiting&place={town.hill.division_id}")
    for page in pages:
        client.get(page)
    with django_assert_max_num_queries(17 * len(pages)):
        for page in pages:
            client.get(page)
    for n, code in enumerate([one for one in PARAMETERS.values() if one.kind == "span" and one.place and one.duty == "organisation"]):
        for union in (town.north, town.hill, town.south):
            made = actions.propose(
                code, union, Said(code.default, today() + timedelta(days=n), "长总工〔2016〕3号", "够用。"), by=town.city_org
            )
            actions.sign(made, by=town.leader)
    client.get(pages[0])
    with django_assert_max_num_queries(17 * len(pages)):
        for page in pages:
            client.get(page)


def test_the_fragment_is_the_part_of_the_page(town, as_):
    client = as_(town.city_org)
    fragment = client.get("/settings/?view=values", headers={"HX-Request": "true"}).content.decode().strip()
    assert fragment.startswith('<div id="rows">')
    assert fragment in client.get("/settings/?view=values").content.decode()


def test_the_export_holds_what_the_list_shows(town, as_):
    actions.sign(propose_(town), by=town.leader)
    answer = as_(town.north_org).get("/settings/export/", {"q": "入会审批"})
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(answer.content)).active.iter_rows()]
    assert [row[0] for row in rows[1:]] == [CODE, "members.joining.decide_warn"]
    assert (rows[1][3], rows[1][5], rows[1][6], rows[1][7]) == ("10日", "长兴县", "长总工〔2016〕3号", "15日")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_speak_both_languages(town, as_, language):
    client = as_(town.city_office)
    client.cookies["django_language"] = language
    made = propose_(town)
    for page, words in (
        ("/settings/", "Standards and thresholds"), (f"/settings/{CODE}/", "Who may set it"), (f"/settings/{CODE}/change/", "By which paper"),
        (made.get_absolute_url(), "Signatures"), ("/settings/calendar/", "Kept otherwise here"), ("/settings/calendar/import/", "For rows that name none"),
    ):  # fmt: skip
        assert (words in client.get(page).content.decode()) == (language == "en")


# ---------- a change, by hand ----------


def test_a_change_is_looked_at_proposed_and_signed_by_the_second_person(town, as_):
    application(town, 1)
    client = as_(town.north_org)
    seen = client.post(f"/settings/{CODE}/change/", form(town, look="1")).content.decode()
    assert "这里有1个时限正按它计算" in seen
    assert "煤山镇 1" in seen
    assert not Setting.objects.exists()
    sent = client.post(f"/settings/{CODE}/change/", form(town))
    made = Setting.objects.get()
    assert (sent.status_code, sent.url) == (303, made.get_absolute_url())
    page = client.get(made.get_absolute_url()).content.decode()
    assert "您是提出人，由第二人签发" in page
    assert 'value="sign"' not in page
    assert client.post(f"{made.get_absolute_url()}step/", {"verb": "sign"}).status_code == 403
    leader = as_(town.leader)
    assert 'value="sign"' in leader.get(made.get_absolute_url()).content.decode()
    assert leader.post(f"{made.get_absolute_url()}step/", {"verb": "sign"}).status_code == 303
    made.refresh_from_db()
    assert (made.state, made.signed_by) == ("IN_FORCE", town.leader)
    assert SeenLog.objects.filter(act="value put in force", user=town.leader).count() == 1
    page = leader.get(f"/settings/{CODE}/", {"place": town.hill.division_id}).content.decode()
    assert "10日" in page
    assert "长兴县" in page


def test_it_restates_what_runs_if_chosen_and_says_how_many_before_and_after(town, as_):
    one = application(town, 1)
    client = as_(town.north_org)
    seen = client.post(f"/settings/{CODE}/change/", form(town, look="1", restates="on")).content.decode()
    assert "起始日全部重算" in seen
    client.post(f"/settings/{CODE}/change/", form(town, restates="on"))
    made = Setting.objects.get()
    after = as_(town.leader).post(f"{made.get_absolute_url()}step/", {"verb": "sign"}, follow=True).content.decode()
    assert "重算了1个正在跑的时限" in after
    assert clock(one, "MB-D1").span == "10 d"


def test_a_page_says_by_which_rule_its_clock_runs_and_that_it_keeps_it(town, as_):
    old = application(town, 1)
    actions.sign(propose_(town), by=town.leader)
    new = application(town, 2)
    client = as_(town.firm_chair)
    kept = client.get(old.get_absolute_url()).content.decode()
    assert "15日，自定标准，可调整。现在起算的按10日，这一个仍按起算那天的" in kept
    fresh = client.get(new.get_absolute_url()).content.decode()
    assert f"10日，长兴县{today().year}年，长总工〔2016〕3号（别处15日，自定标准，可调整）" in fresh


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"value": ""}, "请写值"), ({"value": "400"}, "超出地方可设的范围"), ({"since": "2020-01-01"}, "不溯及既往"), ({"basis": ""}, "请填写这一项"), ({"value": "x"}, "整数"),
        ({"place": "x"}, "place"), ({"value": "", "follow": "on"}, "没有自己的值"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(town, as_, facts, sentence):
    answer = as_(town.north_org).post(f"/settings/{CODE}/change/", form(town, **facts))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "县域小，十天足够。" in page
    assert not Setting.objects.exists()


def test_a_place_that_is_not_hers_cannot_be_slipped_in(town, as_):
    for code in (town.south.code, "*"):
        assert as_(town.north_org).post(f"/settings/{CODE}/change/", form(town, place=code)).status_code == 422
    assert not Setting.objects.exists()


def test_the_paper_lies_on_the_change(town, as_):
    file = SimpleUploadedFile("通知.txt", "长总工〔2016〕3号".encode())
    as_(town.north_org).post(f"/settings/{CODE}/change/", form(town, paper=file))
    made = Setting.objects.get()
    paper = Paper.objects.get(kind="rulebook.setting", thing_id=made.pk)
    assert paper.name == "通知.txt"
    assert "通知.txt" in as_(town.leader).get(made.get_absolute_url()).content.decode()
    assert as_(town.shop_chair).get(paper.get_absolute_url()).status_code == 200


def test_a_withdrawal_says_why(town, as_):
    made = propose_(town)
    client = as_(town.north_org)
    assert client.post(f"{made.get_absolute_url()}step/", {"verb": "withdraw"}).status_code == 422
    assert client.post(f"{made.get_absolute_url()}step/", {"verb": "withdraw", "reason": "文号写错了"}).status_code == 303
    made.refresh_from_db()
    assert made.state == "WITHDRAWN"
    assert client.post(f"{made.get_absolute_url()}step/", {"verb": "begin"}).status_code == 409


@pytest.mark.parametrize(
    ("code", "union", "who", "facts", "kept"),
    [
        ("rights.events.owed_from", "north", "north_rights", {"value": "300000.00"}, "300000.00"),
        ("rights.events.yellow_from", "north", "north_rights", {"value": "8"}, 8),
        ("rights.events.together", "north", "north_rights", {"value": "no"}, False),
        ("rights.events.at_once", "north", "north_rights", {"value": "ORANGE"}, "ORANGE"),
        ("rights.events.report.ORANGE.2", "north", "north_rights", {"value": "3", "unit": "h"}, "3 h"),
    ],
)  # fmt: skip
def test_every_kind_has_its_field(town, as_, code, union, who, facts, kept):
    client = as_(town.people[who])
    assert client.get(f"/settings/{code}/change/").status_code == 200
    assert client.post(f"/settings/{code}/change/", form(town, place=town.unions[union].code, **facts)).status_code == 303
    assert Setting.objects.get().value == kept


# ---------- the calendar ----------


def book_of(rows):
    made, file = Workbook(), BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(file)
    return SimpleUploadedFile("放假安排.xlsx", file.getvalue())


def test_the_calendar_is_read_from_a_sheet_and_moves_the_clocks_that_run_across(town, as_):
    from niangjia.members import api as members

    one = members.approve(application(town, 1), on=today(), by=town.firm_chair)
    members.send(one, to=town.mill, by=town.firm_chair)
    before = Clock.objects.get(code="MB-D2", stopped_at=None).due_at
    tomorrow = next(today() + timedelta(days=n) for n in range(1, 9) if (today() + timedelta(days=n)).weekday() < 4)
    rest = [tomorrow, tomorrow + timedelta(days=1)]
    sheet = book_of(
        [
            ["本地调休安排", None, None],
            ["日期", "安排", "依据"],
            [rest[0], "休息", "湖政办〔2026〕9号"],
            [str(rest[1]), "放假", "湖政办〔2026〕9号"],
            [None, None, None],
        ]
    )
    sent = as_(town.city_office).post("/settings/calendar/import/", {"file": sheet}, follow=True).content.decode()
    assert "写入了2天" in sent
    assert "1个正在跑的时限改了到期日" in sent
    assert set(WorkDay.objects.values_list("day", "works", "basis")) == {(day, False, "湖政办〔2026〕9号") for day in rest}
    assert Clock.objects.get(code="MB-D2", stopped_at=None).due_at > before
    assert SeenLog.objects.filter(act="calendar changed").count() == 2
    as_(town.city_office).post("/settings/calendar/", {"day": rest[0].isoformat(), "works": "same"})
    as_(town.city_office).post("/settings/calendar/", {"day": rest[1].isoformat(), "works": "same"})
    assert Clock.objects.get(code="MB-D2", stopped_at=None).due_at == before


@pytest.mark.parametrize("code", ["utf-8-sig", "gb18030"])
def test_the_calendar_is_read_from_text_as_spreadsheets_write_it(town, code):
    text = "日期,星期,安排,依据\n2026/10/10,星期六,上班,国办发明电〔2025〕7号\n2026年10月9日,周五,休,国办发明电〔2025〕7号\n20261008,周四,放假,\n"
    found = actions.read_days(BytesIO(text.encode(code)), basis="国办发明电〔2025〕7号")
    assert found == {date(2026, 10, 10): (True, "国办发明电〔2025〕7号"), date(2026, 10, 9): (False, "国办发明电〔2025〕7号"), date(2026, 10, 8): (False, "国办发明电〔2025〕7号")}  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        [["日期", "安排", "依据"], [date(2026, 10, 9), "也许", "x"]], [["日期", "安排", "依据"], [date(2026, 10, 9), "休息", None]],
        [[date(2026, 10, 9), "休息", "x"], [date(2026, 10, 9), "上班", "x"]], [["没有日期"]], [[date(2026, 10, 9), "休息", "x"], ["十月十日", "上班", "x"]],
    ],
)  # fmt: skip
def test_a_sheet_with_a_fault_is_not_taken_over_at_all(town, as_, rows):
    answer = as_(town.city_office).post("/settings/calendar/import/", {"file": book_of(rows)})
    assert answer.status_code == 422
    assert not WorkDay.objects.exists()


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"\xff\xfe\x00\x01\x9f\xff", b"\xd0\xcf\x11\xe0zzz"])
def test_a_file_that_is_no_table_is_answered_with_a_sentence(town, as_, content):
    answer = as_(town.city_office).post("/settings/calendar/import/", {"file": SimpleUploadedFile("x.xlsx", content)})
    assert answer.status_code == 422


@pytest.mark.parametrize("who", ["north_org", "firm_chair", "security", "city_rights"])
def test_only_the_citys_office_and_the_system_administrator_keep_the_calendar(town, as_, who):
    assert as_(town.people[who]).post("/settings/calendar/", {"day": "2026-10-09", "works": "rest", "basis": "x"}).status_code == 403
    assert not WorkDay.objects.exists()


def test_a_year_without_its_notice_is_marked_provisional(town, as_):
    client = as_(town.city_office)
    assert "暂定" in client.get("/settings/calendar/", {"year": "2031"}).content.decode()
    assert "暂定" not in client.get("/settings/calendar/", {"year": "2015"}).content.decode()
    assert client.get("/settings/calendar/", {"year": "99999999999"}).status_code == 200


def test_the_year_hangs_on_the_wall_with_what_differs_from_its_weekends(town):
    weeks = [shown.months(2026, {date(2026, 3, 4): False})[n][1] for n in (1, 2)]
    february, march = ({day.number: day for week in one for day in week if day} for one in weeks)
    assert (february[14].kind, february[14].mark) == ("is-work", "班")  # a Saturday on which the notice has people work
    assert (february[17].kind, february[17].mark) == ("is-off", "休")
    assert (february[7].kind, february[9].kind) == ("is-rest", "")
    assert march[4].kind == "is-off is-own"  # the house itself said so
    assert len(march) == 31


def test_a_percentage_above_a_hundred_is_read_and_written(town, as_):
    client, url = as_(town.city_rights), "/settings/rights.reckon.on_days/change/"
    assert 'value="150"' in client.get(url).content.decode()
    facts = {"place": EVERYWHERE, "since": today().isoformat(), "basis": "全国人大常委会决定（虚构）", "reason": "法律修改。"}
    written = ProposeForm(PARAMETERS["rights.reckon.on_days"], [], facts | {"value": "180"}, {})
    written.is_valid()
    assert "value" not in written.errors
    share = ProposeForm(PARAMETERS["rights.reckon.beside_least"], [], facts | {"value": "180"}, {})
    share.is_valid()
    assert "value" in share.errors, "a share ends at a hundred"
