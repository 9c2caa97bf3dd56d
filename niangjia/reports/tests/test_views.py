"""The pages of reviews: who opens which, what they show, what the editor keeps."""

from __future__ import annotations

import html
import json
import re
import zipfile
from datetime import date
from io import BytesIO

import pytest

from niangjia.access.models import User
from niangjia.kit.components import day_words
from niangjia.kit.dates import today
from niangjia.reports import actions, api
from niangjia.reports.models import ReviewEdit
from niangjia.reports.queries import called
from niangjia.reports.tests.test_life import TEXT, published, review
from niangjia.worklog.api import post as posted
from tests.town import union

__all__ = ["review"]  # the fixture


@pytest.fixture
def public(town, review):
    published(review, town)
    return review


OFFICE = ["edit/", "drafts/", "drafts/1/"]


@pytest.mark.parametrize(("who", "read", "write"), [
    ("city_office", 200, 200), ("leader", 200, 403), ("city_rights", 200, 403), ("north_chair", 404, 404), ("firm_chair", 404, 404), ("nobody", 404, 404),
    ("system", 404, 404),
])  # fmt: skip
def test_who_opens_a_draft(town, review, as_, who, read, write):
    client = as_(town.people[who])
    assert client.get("/reviews/year-2026/").status_code == read
    assert {client.get(f"/reviews/year-2026/{page}").status_code for page in OFFICE} == {write}
    assert client.get("/reviews/").status_code == 200
    assert (TEXT.splitlines()[0].removeprefix("标题：") in client.get("/reviews/").content.decode()) == (read == 200)


def test_a_stranger_reads_only_what_is_published(town, review, client):
    for page in ("", "review.docx", "figures.xlsx", "review.json"):
        assert client.get(f"/reviews/year-2026/{page}").status_code == 404
    for page in (*OFFICE, "since/"):
        assert client.get(f"/reviews/year-2026/{page}").status_code == 302
    published(review, town)
    page = client.get("/reviews/year-2026/").content.decode()
    assert "全市基层工会" in page
    assert "/figures/" not in page
    assert json.loads(client.get("/reviews/year-2026/review.json").content)["digest"] in page


@pytest.mark.parametrize(("who", "answer"), [("city_office", 200), ("leader", 403), ("firm_chair", 200), ("nobody", 200)])
def test_everybody_reads_what_is_published_and_the_figures_open(town, public, as_, who, answer):
    page = as_(town.people[who]).get("/reviews/year-2026/")
    assert page.status_code == 200
    assert "/figures/unions.grassroots/?freeze=" in page.content.decode()


def test_a_figure_opens_as_it_was_published(town, public, as_):
    page = as_(town.leader).get("/reviews/year-2026/").content.decode()
    url = page.split('class="n-fig" href="')[1].split('"')[0]
    assert url.startswith("/figures/unions.grassroots/?freeze=")
    assert as_(town.leader).get(url).status_code == 200


def test_one_record_changes_the_live_figure_and_not_the_published_one_and_the_margin_says_since_when(town, public, as_):
    union("U33052200131", "煤山新雁电源有限公司工会", "20", 4, town.hill)
    posted()
    client = as_(town.city_rights)
    page = client.get("/reviews/year-2026/").content.decode()
    words = html.unescape(re.sub(r"<[^>]+>", "", page))
    assert "全市基层工会3家" in words  # the prose stays
    day = day_words(today())
    assert f"今天再数是4，比公布时多1；{day}起，涉及1条记录。" in words
    assert "与今天比，2处不同" in words
    there = re.search(r'href="(/reviews/year-2026/since/#[^"]+)">看是哪些记录', page)[1]
    page = client.get(there.partition("#")[0]).content.decode()
    assert f'id="{there.partition("#")[2]}"' in page
    assert "煤山新雁电源有限公司工会" in page
    live = client.get("/figures/unions.grassroots/?period=..2026-11-30&union=U33050000001").content.decode()
    assert 'class="n-huge">4<' in live


def test_of_many_records_all_are_named_on_wish(town, public, as_):
    for n in range(12):
        union(f"U330522001{40 + n}", f"煤山第{n}电源有限公司工会", "20", 4, town.hill, founded_on=date(2026, 2, 1))
    posted()
    client = as_(town.city_rights)
    page = client.get("/reviews/year-2026/since/").content.decode()
    more = re.search(r'href="(\?of=[^"#]+)#[^"]+">另2条记录', page)[1]
    assert page.count("电源有限公司工会</a>") == 10
    assert client.get(f"/reviews/year-2026/since/{more}").content.decode().count("电源有限公司工会</a>") == 12


@pytest.mark.parametrize("form", ["review.docx", "review.pdf", "figures.xlsx", "review.txt", "review.json"])
def test_papers_are_taken_away_and_are_the_same_twice(town, public, client, form):
    first, second = (client.get(f"/reviews/year-2026/{form}") for _ in range(2))
    assert first.status_code == 200
    assert first.content == second.content
    assert client.get("/reviews/year-2026/review.exe").status_code == 404


def test_the_word_file_names_the_digest(town, public, client):
    pack = zipfile.ZipFile(BytesIO(client.get("/reviews/year-2026/review.docx").content))
    assert public.publications.get().digest in pack.read("word/document.xml").decode()


def post(client, **said):
    facts = {"language": "zh", "after": "1", "text": TEXT}
    return client.post("/reviews/year-2026/edit/?language=zh", facts | said, headers=said.pop("headers", {}))


def test_a_preview_writes_nothing_and_names_what_is_false(town, review, as_):
    client = as_(town.city_office)
    answer = post(client, do="preview", text=TEXT + "\n会员近【unions.townships】。\n")
    assert answer.status_code == 200
    assert "“近”写在数字外面" in answer.content.decode()
    assert ReviewEdit.objects.count() == 1


def test_return_in_the_picker_presses_no_save(town, review, as_):
    page = as_(town.city_office).get("/reviews/year-2026/edit/").content.decode()
    buttons = re.findall(r'<button[^>]*type="submit"[^>]*>', page[page.index('id="main"') :])
    assert 'form="editor"' in buttons[0]
    assert 'value="preview"' in buttons[0]  # a browser presses the first of the form
    assert any('value="save"' in one for one in buttons[1:])


def test_a_figure_names_the_reviews_in_which_it_stands_by_their_titles(town, public, client):
    found = called([public.name, "gone"], "zh")
    assert found == {public.name: (public.title_zh, public.get_absolute_url())}


def test_under_htmx_the_preview_alone_comes_back(town, review, as_):
    said = {"language": "zh", "after": "1", "text": TEXT, "do": "preview"}
    answer = as_(town.city_office).post("/reviews/year-2026/edit/", said, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert page.lstrip().startswith('<div id="proof">')
    whole = post(as_(town.city_office), do="preview").content.decode()
    assert page.strip() in whole


def test_the_picker_finds_shows_ways_and_puts_the_chip_in_its_place(town, review, as_):
    client = as_(town.city_office)
    assert "unions.grassroots" in post(client, do="find", find="jcgh").content.decode()
    ways = post(client, pick="unions.townships", span="年底").content.decode()
    assert "【unions.townships@年底】" in ways
    page = post(client, insert="【unions.townships】", text="标题：x\n\n共【】。").content.decode()
    assert "共【unions.townships】。" in page


def test_a_text_that_comes_second_is_kept_on_the_page(town, review, as_):
    actions.save_draft(review, TEXT, language="zh", after=1, by=town.city_office)
    answer = post(as_(town.city_office), do="save", text="标题：x\n\n我的话。")
    assert answer.status_code == 409
    assert "我的话。" in answer.content.decode()
    assert ReviewEdit.objects.count() == 2


def form_of(client, verb):
    """The form that the page offers for a step, as a browser would send it."""
    page = client.get("/reviews/year-2026/").content.decode()
    assert f'value="{verb}"' in page
    return {name: re.search(f'name="{name}" value="(\\w+)"', page)[1] for name in ("edit", "posting", "digest")} | {"verb": verb}


def test_the_steps_are_buttons_of_whoever_may_take_them(town, review, as_):
    client = as_(town.city_office)
    assert "阅读、核对送签" in client.get("/reviews/year-2026/edit/").content.decode()
    assert client.post("/reviews/year-2026/steps/", {"verb": "check"}).status_code == 422
    assert client.post("/reviews/year-2026/steps/", form_of(client, "check")).status_code == 303
    client = as_(town.leader)
    for verb in ("sign", "publish"):
        assert client.post("/reviews/year-2026/steps/", form_of(client, verb)).status_code == 303
    assert client.post("/reviews/year-2026/steps/", {"verb": "steal"}).status_code == 404
    assert as_(town.city_rights).post("/reviews/year-2026/steps/", {"verb": "withdraw", "reason": "x"}).status_code == 403


def test_a_review_is_begun_by_an_office_for_its_own_unions(town, as_):
    facts = {"name": "new-2026", "title_zh": "新", "period": "2026", "union": town.city.pk}
    assert as_(town.city_rights).post("/reviews/new/", facts).status_code == 422
    client = as_(town.city_office)
    assert client.get("/reviews/new/").status_code == 200
    assert client.post("/reviews/new/", facts | {"period": "x"}).status_code == 422
    assert client.post("/reviews/new/", facts).status_code == 303
    assert client.get("/reviews/new-2026/").status_code == 303


def test_huzhou_says_how_many_figures_are_recorded(town, as_):
    api.load_huzhou(town.city_office)
    for language in ("zh-hans", "en"):
        client = as_(town.city_office)
        client.cookies["django_language"] = language
        page = client.get("/reviews/huzhou-2015/").content.decode()
        assert "尚未记录" in page or "not yet recorded" in page
        assert client.get("/reviews/huzhou-2015/edit/").status_code == 200


def test_machines_read_the_same(town, public, as_):
    client = as_(town.leader)
    assert [one["name"] for one in client.get("/api/reviews").json()] == ["year-2026"]
    assert {row["code"] for row in client.get("/api/reviews/year-2026").json()} == {"unions.grassroots", "unions.townships"}
    assert client.get("/api/reviews/year-2026/publication").json()["digest"] == public.publications.get().digest
    assert client.get("/api/reviews/nothing").status_code == 404


def test_who_reads_the_page_of_a_review_reads_its_figures_by_machine(town, review, client, as_):
    member = User.objects.create(username="worker", name="周敏华", password="!", kind="MEMBER")
    readers = (None, member, town.nobody, town.leader)

    def read(reader, address):
        client.logout()
        return (as_(reader) if reader else client).get(address)

    def both():
        pages = [read(one, "/reviews/year-2026/").status_code for one in readers]
        assert [read(one, "/api/reviews/year-2026").status_code for one in readers] == pages
        return pages

    assert both() == [404, 404, 404, 200]
    published(review, town)
    assert both() == [200, 200, 200, 200]
    assert [read(one, "/api/reviews/year-2026/publication").status_code for one in readers] == [200] * 4
    inside, outside = (read(one, "/api/reviews/year-2026").json() for one in (town.leader, None))
    assert [row["printed"] for row in outside] == [row["printed"] for row in inside]
    assert any(row["url"] and row["records"] for row in inside)
    assert not any(row["url"] or row["records"] for row in outside), "how many records stand behind a figure is the office's"


def test_the_reading_page_asks_a_fixed_number_of_questions(town, public, as_, django_assert_max_num_queries):
    client = as_(town.city_rights)
    client.get("/reviews/year-2026/")
    with django_assert_max_num_queries(45):
        client.get("/reviews/year-2026/")


def test_the_review_of_a_hundred_figures_asks_no_more_than_one_of_ten(town, as_, django_assert_max_num_queries):
    api.load_huzhou(town.city_office)
    client = as_(town.city_office)
    client.get("/reviews/huzhou-2015/")
    with django_assert_max_num_queries(45):
        client.get("/reviews/huzhou-2015/")
