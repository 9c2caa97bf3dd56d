"""The screen on which bad rows are corrected, and the page on which columns are chosen: who, what it shows and covers, with script and without."""

from __future__ import annotations

import re

import fastexcel
import polars as pl
import pytest
from django.utils import translation

from niangjia.access.models import SeenLog
from niangjia.members import actions, queries
from niangjia.members.importing import checks, numbers, staging
from niangjia.members.importing.fields import BY_CODE
from niangjia.members.importing.words import cure, text
from niangjia.members.models import Batch, Correction, Habit, Line, Membership, Person
from niangjia.members.tests.rosters import HEAD, line, name, number, roster
from niangjia.members.tests.test_pages import PEOPLE, who

RUINED = number(2)[:15] + "000"


def sent(tmp_path, union, by, *lines, **facts):
    return actions.check(actions.receive(union, roster(tmp_path / "a.csv", *lines, **facts), name="名册.csv", by=by))


@pytest.fixture
def batch(town, tmp_path):
    """One good row, a rounded number, a wrong check character, two phones."""
    wrong = number(3)[:17] + ("0" if number(3)[17] != "0" else "1")
    return sent(
        tmp_path, town.firm, town.firm_chair, line(1), line(2, id=RUINED), line(3, id=wrong), line(4, phone="10000000004/10000000005")
    )


def page(client, batch, query=""):
    answer = client.get(f"{batch.get_absolute_url()}rows/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def cells(html, pk):
    """The names and values of what a row would send."""
    row = re.search(rf'<tr id="row-{pk}".*?</tr>', html, re.DOTALL)[0]
    return dict(re.findall(r'name="((?:over-)?[a-z]+-\d+)" value="([^"]*)"', row))


def at(batch, row):
    return Line.objects.get(batch=batch, row=row)


def press(client, batch, html, pk, do, view="", **written):
    """Send a row as a form without script does."""
    data = cells(html, pk) | {f"{k}-{pk}": v for k, v in written.items()} | {"do": do, "view": view}
    return client.post(f"{batch.get_absolute_url()}rows/?view={view}", data)


def test_who_may_correct_rows_and_choose_columns(town, as_, batch):
    keepers = {"firm_chair", "hill_chair", "north_chair", "north_org", "city_org"}
    for path in ("rows/", "columns/"):
        url = f"{batch.get_absolute_url()}{path}"
        assert who(town, as_, lambda c, url=url: c.get(url), 200) == keepers
        assert who(town, as_, lambda c, url=url: c.get(url), 404) == set(PEOPLE) - keepers
        assert who(town, as_, lambda c, url=url: c.post(url, {"do": "save"}), 404) == set(PEOPLE) - keepers
    assert SeenLog.objects.filter(kind="members.batch", thing_id=batch.pk).count() == 2 * len(keepers)  # each opened the rows twice


def test_a_row_of_another_import_is_not_touched(town, as_, batch, tmp_path):
    other = sent(tmp_path, town.shop, town.shop_chair, line(5, phone="12"))
    one = at(other, 3)
    data = {f"turn-{one.pk}": one.turn, f"phone-{one.pk}": "", "do": "save"}
    for do in ("save", f"undo:{one.pk}"):
        assert as_(town.firm_chair).post(f"{batch.get_absolute_url()}rows/", data | {"do": do}).status_code == 303
    assert as_(town.firm_chair).post(f"{batch.get_absolute_url()}rows/", data | {"do": f"row:{one.pk}"}).status_code == 303
    assert as_(town.firm_chair).post(f"{batch.get_absolute_url()}rows/", data | {"do": f"alike:{one.pk}:union"}).status_code == 422
    assert not Correction.objects.exists()
    assert at(other, 3).turn == one.turn


def test_only_what_is_wrong_is_shown_whole_and_right_numbers_are_covered(town, as_, batch):
    client = as_(town.firm_chair)
    html = page(client, batch, "?view=two")
    pk = at(batch, 6).pk
    assert cells(html, pk)[f"over-id-{pk}"] == ""
    assert number(4) not in html
    assert number(4)[:6] + "********" + number(4)[-4:] in html
    assert cells(html, pk)[f"phone-{pk}"] == "10000000004/10000000005"
    pk = at(batch, 5).pk
    assert cells(page(client, batch, "?view=check"), pk)[f"id-{pk}"][:17] == number(3)[:17]


def test_a_row_is_corrected_without_script_and_the_page_says_what_becomes_of_it(town, as_, batch):
    client, one = as_(town.firm_chair), at(batch, 4)
    html = page(client, batch, "?view=ruined")
    assert press(client, batch, html, one.pk, "save", "ruined", id=number(2)).status_code == 303
    assert at(batch, 4).codes == []
    html = page(client, batch, "?view=right")
    assert number(2) not in html  # covered as soon as it is right
    assert press(client, batch, html, one.pk, "save", "right").status_code == 303  # an empty cell over a covered number says nothing
    assert at(batch, 4).codes == []
    assert press(client, batch, html, one.pk, f"undo:{one.pk}", "right").status_code == 303
    assert at(batch, 4).codes == ["ruined"]
    assert number(2) not in client.get(f"{batch.get_absolute_url()}rows/?view=right").request["QUERY_STRING"]


def test_under_htmx_one_row_comes_back_with_the_figures_over_it(town, as_, batch):
    client, one = as_(town.firm_chair), at(batch, 6)
    html = page(client, batch, "?view=two")
    data = cells(html, one.pk) | {f"phone-{one.pk}": "10000000004", "do": f"row:{one.pk}", "view": "two", "fields": "name,id,phone"}
    answer = client.post(f"{batch.get_absolute_url()}rows/?view=two", data, headers={"HX-Request": "true"})
    said = answer.content.decode()
    assert answer.status_code == 200
    assert said.count("<tr") == 1
    assert 'hx-swap-oob="true"' in said
    assert "is-done" in said
    assert "100****0004" in said
    stale = client.post(
        f"{batch.get_absolute_url()}rows/?view=two", data | {f"phone-{one.pk}": "10000000005"}, headers={"HX-Request": "true"}
    )
    assert "n-late" in stale.content.decode()
    assert [fix.text for fix in Correction.objects.all()] == [""]


def test_whom_the_register_knows_is_offered_and_no_number_is_given_away(town, as_, batch, tmp_path):
    actions.import_roster(roster(tmp_path / "x.csv", line(2)), town.firm, by=town.north_org)
    client, one, person = as_(town.firm_chair), at(batch, 4), Person.objects.get(name=name(2))
    html = page(client, batch, "?view=ruined")
    assert f"found:{one.pk}:{person.uuid}" in html
    assert number(2)[-4:] not in html.replace(str(person.uuid), "")
    assert press(client, batch, html, one.pk, f"found:{one.pk}:{person.uuid}", "ruined").status_code == 303
    assert (at(batch, 4).codes, at(batch, 4).verdict) == ([], "same")
    html = page(client, batch, "?view=right")
    assert number(2)[-4:] not in html.replace(str(person.uuid), "")
    book = client.get(f"{batch.get_absolute_url()}workbook/")
    rows = pl.DataFrame(
        fastexcel.read_excel(b"".join(book.streaming_content)).load_sheet(0, header_row=None, skip_rows=0, dtypes="string")
    ).rows()
    assert rows[3][1] == RUINED  # the file's own text
    assert rows[3][-1]


def test_two_of_the_same_digits_are_both_shown_to_choose_between(town, as_, tmp_path):
    twin = next(n for n in range(1, 10) if number(20 + n)[:15] == number(20)[:15])
    for one, union in ((number(20), town.firm), (number(20 + twin), town.mill)):
        actions.import_roster(roster(tmp_path / "x.csv", line(20, id=one)), union, by=town.north_org)
    batch = sent(tmp_path, town.hill, town.hill_chair, line(20, id=number(20)[:15] + "000", union=town.firm.name), head=HEAD + ",所属工会")
    html = page(as_(town.hill_chair), batch)
    assert html.count('value="found:') == 2
    assert (
        page(as_(town.firm_chair), sent(tmp_path, town.firm, town.firm_chair, line(20, id=number(20)[:15] + "000"))).count('value="found:')
        == 1
    )


def test_a_kind_is_left_out_and_put_back_in_the_browser(town, as_, batch):
    client = as_(town.firm_chair)
    page(client, batch, "?view=two")
    assert client.post(f"{batch.get_absolute_url()}rows/?view=two", {"do": "out-kind", "view": "two"}).status_code == 303
    assert queries.line_kinds(batch)[1]["out"] == 1
    assert "10000000004/" not in page(client, batch, "?view=two")
    page(client, batch, "?view=out")
    assert client.post(f"{batch.get_absolute_url()}rows/?view=out", {"do": "back", "view": "out"}).status_code == 303
    assert queries.line_kinds(batch)[1]["out"] == 0
    assert client.post(f"{batch.get_absolute_url()}rows/", {"do": "nonsense"}).status_code == 409


def test_all_rows_of_the_same_wrong_union_are_changed_by_one_button(town, as_, tmp_path):
    batch = sent(tmp_path, town.hill, town.hill_chair, *(line(n, union="云锦厂") for n in range(1, 5)), head=HEAD + ",所属工会")
    client, one = as_(town.hill_chair), at(batch, 3)
    html = page(client, batch)
    assert f"alike:{one.pk}:union" in html
    assert press(client, batch, html, one.pk, f"alike:{one.pk}:union", "union-unknown").status_code == 422  # nothing else was written
    assert press(client, batch, html, one.pk, f"alike:{one.pk}:union", "union-unknown", union=town.mill.name).status_code == 303
    assert queries.line_kinds(batch)[1]["right"] == 4


def test_corrected_rows_are_taken_over_in_the_browser_also_after_the_good_ones(town, as_, batch):
    client, step = as_(town.firm_chair), f"{batch.get_absolute_url()}step/"
    assert client.post(step, {"verb": "take"}).status_code == 303
    assert Membership.objects.count() == 1
    one = at(batch, 6)
    press(client, batch, page(client, batch, "?view=two"), one.pk, "save", "two", phone="")
    assert client.get(batch.get_absolute_url()).status_code == 200
    assert client.post(step, {"verb": "take"}).status_code == 303
    assert Membership.objects.count() == 2
    assert client.post(step, {"verb": "take"}).status_code == 422
    assert f"turn-{one.pk}" not in page(client, batch, "?view=taken")
    assert client.get(batch.get_absolute_url()).status_code == 200
    client.post(step, {"verb": "undo"})
    assert client.get(f"{batch.get_absolute_url()}rows/").status_code == 302
    assert client.post(f"{batch.get_absolute_url()}rows/", {"do": "out-kind", "view": "check"}).status_code == 422


def test_the_workbook_shows_what_was_corrected(town, as_, batch):
    client = as_(town.firm_chair)
    press(client, batch, page(client, batch, "?view=ruined"), at(batch, 4).pk, "save", "ruined", id=number(2))
    book = client.get(f"{batch.get_absolute_url()}workbook/")
    rows = pl.DataFrame(
        fastexcel.read_excel(b"".join(book.streaming_content)).load_sheet(0, header_row=None, skip_rows=0, dtypes="string")
    ).rows()
    assert (rows[3][1], rows[3][0]) == (number(2), name(2))
    assert rows[3][-1]
    assert SeenLog.objects.filter(kind="members.batch", thing_id=batch.pk).exists()


def test_a_page_of_rows_costs_the_same_however_many_wait(town, as_, tmp_path, django_assert_max_num_queries):
    actions.import_roster(roster(tmp_path / "x.csv", *map(line, range(1, 30))), town.firm, by=town.north_org)
    batch = sent(tmp_path, town.firm, town.firm_chair, *(line(n, id=number(n)[:15] + "000") for n in range(1, 90)))
    client = as_(town.firm_chair)
    with django_assert_max_num_queries(31):  # one of them looks whether a parameter has changed
        html = page(client, batch)
    assert html.count("<tr id=") == 20
    assert "after=" in html
    further = re.search(r'href="(\?[^"]*after=[^"]*)"', html)[1].replace("&amp;", "&")
    assert page(client, batch, further).count("<tr id=") == 20


# ---------- columns ----------


def look(batch):
    batch.refresh_from_db()
    return batch.look[0]


def test_columns_that_no_head_names_are_proposed_and_never_taken_by_themselves(town, as_, tmp_path):
    rows = [line(n) for n in range(1, 9)]
    batch = sent(tmp_path, town.firm, town.firm_chair, *rows, head="员工,代码,通讯,性,日子,活")
    assert (batch.state, look(batch)["proposed"]) == ("FAILED", {"id": 1, "phone": 2, "name": 0})
    assert not any(number(n) in str(batch.look) or name(n) in str(batch.look) or f"100{n:08d}" in str(batch.look) for n in range(1, 9))
    client = as_(town.firm_chair)
    assert f"{batch.get_absolute_url()}columns/" in client.get(batch.get_absolute_url()).content.decode()
    html = client.get(f"{batch.get_absolute_url()}columns/").content.decode()
    assert html.count("is-here") == 3
    said = {"head-0": "2", "column-0-0": "name", "column-0-1": "id"}
    assert client.post(f"{batch.get_absolute_url()}columns/", said | {"column-0-1": ""}).status_code == 422
    assert client.post(f"{batch.get_absolute_url()}columns/", said | {"skip-0": "on"}).status_code == 422
    assert client.post(f"{batch.get_absolute_url()}columns/", said | {"show": "1"}).status_code == 200
    assert client.post(f"{batch.get_absolute_url()}columns/", said).status_code == 303
    batch.refresh_from_db()
    assert (batch.state, batch.good, look(batch)["proposed"]) == ("CHECKED", 8, {"phone": 2})  # the mobiles were not confirmed
    assert not Membership.objects.exists()


def test_what_was_chosen_is_remembered_for_the_sender_and_said_the_next_time(town, as_, tmp_path):
    head = "员工,代码,通讯,性,日子,活"
    batch = sent(tmp_path, town.firm, town.firm_chair, *map(line, range(1, 9)), head=head)
    client = as_(town.firm_chair)
    client.post(f"{batch.get_absolute_url()}columns/", {"head-0": "2", "column-0-0": "name", "column-0-1": "id", "column-0-2": "phone"})
    assert Habit.objects.get().columns == {"name": 0, "id": 1, "phone": 2}
    again = sent(tmp_path, town.firm, town.firm_chair, *map(line, range(11, 15)), head=head)
    assert (again.state, again.good, look(again)["how"]) == ("CHECKED", 4, "habit")
    assert actions.take(actions.ask(again, "TAKING", by=town.firm_chair)).found["new"] == 4
    assert Person.objects.exclude(phone_hash=None).count() == 4
    other = sent(tmp_path, town.mill, town.mill_chair, line(1), head=head)
    assert other.state == "FAILED"  # another sender's table is another table
    client.post(f"{again.get_absolute_url()}columns/", {"head-0": "2", "column-0-0": "name", "column-0-1": "id"})
    assert Habit.objects.get().columns == {"name": 0, "id": 1, "phone": 2}  # an import that is taken over is not read otherwise


def test_what_was_chosen_for_a_table_is_shown_and_can_be_forgotten(town, as_, tmp_path):
    head = "甲,乙,丙,丁,戊,己"
    first = sent(tmp_path, town.firm, town.firm_chair, *map(line, range(1, 9)), head=head)
    client = as_(town.firm_chair)
    columns = f"{first.get_absolute_url()}columns/"
    assert 'name="forget"' not in client.get(columns).content.decode()
    client.post(columns, {"head-0": "2", "column-0-0": "name", "column-0-1": "id"})
    said = client.get(columns).content.decode()
    assert town.firm_chair.name in said
    assert 'name="forget"' in said
    client.post(columns, {"forget": "1"})
    first.refresh_from_db()
    assert (Habit.objects.count(), first.state, first.choice) == (0, "FAILED", {})
    assert sent(tmp_path, town.firm, town.firm_chair, *map(line, range(1, 9)), head=head).state == "FAILED"
    assert client.post(columns, {"forget": "1"}).status_code == 422  # there is nothing to forget any more


def test_a_head_that_is_wrong_is_chosen_over_and_corrections_stay(town, as_, tmp_path):
    batch = sent(
        tmp_path, town.firm, town.firm_chair, line(1), line(2, id=RUINED, phone="12"), head="姓名,证件号码,家里电话,手机,入会时间,岗位"
    )
    assert at(batch, 4).codes == ["ruined"]
    actions.mend(batch, {at(batch, 4).pk: {"id": number(2)}}, turns={at(batch, 4).pk: 1}, by=town.firm_chair)
    client = as_(town.firm_chair)
    client.post(f"{batch.get_absolute_url()}columns/", {"head-0": "2", "column-0-0": "name", "column-0-1": "id", "column-0-2": "phone"})
    assert at(batch, 4).codes == ["shape"]
    assert look(batch)["how"] == "choice"


def test_a_table_without_any_head_is_read_by_its_columns(town, as_, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("\n".join(line(n) for n in range(1, 5)))
    batch = actions.check(actions.receive(town.firm, path, name="x.csv", by=town.firm_chair))
    as_(town.firm_chair).post(
        f"{batch.get_absolute_url()}columns/", {"head-0": "0", "column-0-0": "name", "column-0-1": "id", "column-0-2": "phone"}
    )
    batch.refresh_from_db()
    assert (batch.state, batch.good, batch.rows) == ("CHECKED", 4, 4)
    assert not Habit.objects.exists()  # people's rows are no heads to be known by
    assert as_(town.firm_chair).get(batch.get_absolute_url()).status_code == 200
    assert as_(town.firm_chair).get(f"{batch.get_absolute_url()}workbook/").status_code == 200


# ---------- words ----------


def codes():
    """Every code that the checks and the register can give."""
    source = "".join(open(module.__file__).read() for module in (checks, numbers))  # noqa: SIM115, PTH123
    judged = re.findall(r'"[a-z]+",\s+"([a-z]+(?:-[a-z]+)*)",\s', source) + re.findall(r'then\(pl\.lit\("([a-z-]+)"\)\)', source)
    return {*judged, *staging.REFUSING, "left-out"} - {*BY_CODE, *checks.FAULT_COLUMNS}


def test_every_fault_has_its_words_and_its_cure_in_both_languages():
    found = codes()
    assert {"ruined", "check", "two", "union-unknown", "elsewhere", "paper-shape", "date"} <= found
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert [code for code in found if text(code) == code or not cure(code)] == []
    with translation.override("en"):
        english = {code: cure(code) for code in found}
    with translation.override("zh-hans"):
        assert [code for code in found if cure(code) == english[code]] == []


def test_an_import_from_before_is_still_shown(town, as_, batch):
    Batch.objects.update(look=[], choice={})
    Line.objects.all().delete()
    client = as_(town.firm_chair)
    assert client.get(batch.get_absolute_url()).status_code == 200
    assert client.get(f"{batch.get_absolute_url()}?code=ruined").status_code == 200
    assert client.get(f"{batch.get_absolute_url()}columns/").status_code == 302
    assert client.get(f"{batch.get_absolute_url()}rows/").status_code == 200
