"""The look: every part draws in both languages, the gallery has them all, nothing carries its own style, a real browser finds no fault."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from niangjia.kit import components, drawings
from niangjia.kit.dates import at, moved_to
from niangjia.kit.fields import Money
from niangjia.kit.flow import Step
from niangjia.kit.samples import FRAME, INSIDE, Shown, chapters
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.kit.templatetags import ui
from tests.chromium import CHROMIUM

HOUSE = Path(__file__).resolve().parents[2]
PARTS = {path.stem for path in (HOUSE / "kit/templates/ui").glob("*.html")}
LANGUAGES = ["zh-hans", "en"]


def shown() -> list[Shown]:
    return [part for chapter in chapters() for part in chapter.parts]


def drawn(name: str, **facts: object) -> str:
    request = RequestFactory().get("/")
    return render_to_string(f"ui/{name}.html", facts, request)


def test_the_gallery_has_an_example_of_every_part() -> None:
    assert {part.name for part in shown()} == PARTS - FRAME - INSIDE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_draws(language: str) -> None:
    with translation.override(language):
        for part in shown():
            for facts in part.examples:
                assert drawn(part.name, **facts).strip(), part.name


def test_every_part_says_its_arguments_in_its_first_line() -> None:
    for part in shown():
        assert part.says.startswith(f"{part.name}("), part.name


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gallery_opens_for_anybody_in_the_demo(client: Client, language: str) -> None:
    answer = client.get("/ui/", headers={"accept-language": language})
    text = answer.content.decode()
    assert answer.status_code == 200
    for part in shown():
        assert f'id="part-{part.name}"' in text


@pytest.mark.django_db
def test_outside_of_the_demo_there_is_no_gallery(client: Client, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    assert client.get("/ui/").status_code == 404


TEMPLATES = sorted(HOUSE.glob("*/templates/**/*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_template_carries_style_or_script_of_its_own(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=", text)
    assert "<style" not in text
    assert not re.search(r"\son[a-z]+=[\"']", text)
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag, tag


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_every_template_can_be_read(path: Path) -> None:
    name = str(path.relative_to(HOUSE)).split("/templates/", 1)[1]
    assert engines["django"].get_template(name)


# ---------- the pages that say what went wrong ----------


@pytest.mark.django_db
@pytest.mark.parametrize("code", [400, 403, 404, 409, 422, 429, 500])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_says_what_was_kept_and_what_to_do(code: int, language: str) -> None:
    name = f"errors/{code}.html" if code not in (400, 429) else f"{code}.html"
    request = RequestFactory().get("/")
    with translation.override(language):
        text = render_to_string(name, {}, None if code in (400, 500) else request)
    assert str(code) in text
    assert 'href="/"' in text


@pytest.mark.django_db
def test_a_page_that_does_not_exist_says_so_in_our_look(client: Client) -> None:
    answer = client.get("/no/such/page", headers={"accept-language": "zh-hans"})
    assert answer.status_code == 404
    assert "没有这一页，或者不归您管" in answer.content.decode()


# ---------- leaves ----------


def test_numbers_are_grouped_and_zero_is_faint() -> None:
    assert components.shown_number(6266) == "6,266"
    assert components.shown_number(Decimal(181000000)) == "181,000,000.00"
    assert components.shown_number(-5) == "−5"
    assert components.shown_number(0) == '<span class="n-faint">0</span>'
    assert components.shown_number(None) == ""
    assert components.number_text(0) == "0", "in a sentence it is as dark as its words"
    assert components.number_text(Decimal(-1234)) == "−1,234.00"


def test_what_people_wrote_is_escaped_in_cells() -> None:
    table = Table([Column("Name"), Column("Says", clip=True)], [["<b>", Cell("a & b", "late")]])
    assert str(table.body()) == '<tr><th scope="row">&lt;b&gt;</th><td class="n-late"><div class="n-clip">a &amp; b</div></td></tr>'


def test_a_row_says_what_it_is() -> None:
    table = Table([Column("Year"), Column("Cases", num=True)], [Row(["2015", 835], "part"), Row(["Elsewhere"], "group")])
    assert 'class="is-part"' in table.body()
    assert 'scope="rowgroup" colspan="2"' in table.body()


def test_a_stacked_table_names_its_cells() -> None:
    table = Table([Column("Name"), Column("Fault")], [["a", "b"]], stack=True)
    assert 'data-label="Fault"' in table.body()


@pytest.mark.parametrize(
    ("due", "kind", "words"),
    [
        (at(date(2015, 10, 21), 17), "", "剩9天"),
        (at(date(2015, 10, 12), 17), "soon", "今天17:00"),
        (at(date(2015, 10, 9), 17), "late", "迟3天"),
        (at(date(2015, 10, 12), 8, 40), "late", "迟3小时"),
    ],
)
def test_a_clock_says_how_much_is_left(due: datetime, kind: str, words: str) -> None:
    with translation.override("zh-hans"), moved_to(at(date(2015, 10, 12), 11, 40)):
        face = components.face(due)
    assert (face.kind, face.text) == (kind, words)


def test_a_clock_counts_working_days_when_told() -> None:
    with translation.override("zh-hans"), moved_to(at(date(2015, 10, 12), 11, 40)):
        assert components.face(at(date(2015, 10, 15)), working_days=3).text == "剩3个工作日"


def test_a_moment_of_another_year_names_the_year() -> None:
    with translation.override("zh-hans"), moved_to(at(date(2016, 1, 5))):
        assert components.moment_words(at(date(2015, 10, 9), 16, 40)).startswith("2015年10月9日")
        assert components.day_words(date(2016, 1, 2)) == "1月2日"


def test_days_past_the_end_have_boxes_of_their_own() -> None:
    assert str(drawings.ticks(15, 18)).count("is-over") == 3
    assert str(drawings.ticks(15, 6)).count("is-used") == 5
    assert "<rect" in drawings.ticks(365, 30)


def test_a_step_with_a_page_is_a_link_and_one_that_asks_why_opens_a_question() -> None:
    steps = [
        Step("agree", ("A",), "B", "x", "Agree"),
        Step("extend", ("A",), "A", "x", "Extend", page=True),
        Step("fail", ("A",), "C", "x", "Fail", reason=True),
    ]
    text = drawn("next", steps=steps, action="/case/1/move/")
    assert '<button class="btn btn-primary" type="submit" name="verb" value="agree">' in text
    assert 'href="/case/1/move/extend/"' in text
    assert 'href="#why-fail"' in text
    assert 'id="why-fail-reason" name="reason"' in text
    assert text.count("csrfmiddlewaretoken") == 2


def test_where_nothing_may_be_done_there_is_no_line_of_buttons() -> None:
    assert "<form" not in drawn("next", steps=[], action="/x/")


def test_the_address_keeps_its_questions_when_one_changes() -> None:
    request = RequestFactory().get("/list/?cause=wages&before=9")
    assert ui.with_query(Context({"request": request}), before="") == "?cause=wages"
    assert ui.with_query(Context({"request": request}), cause=None, before=None) == "/list/"


def test_a_page_without_a_route_has_no_address() -> None:
    assert ui.maybe_url("nowhere:at-all") == ""


# ---------- in a real browser ----------


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.django_db(transaction=True)
def test_a_browser_finds_no_fault_in_the_gallery(live_server: object, width: int, language: str) -> None:
    from playwright.sync_api import sync_playwright

    axe = (settings.BASE / "tests/vendor/axe.min.js").read_text()
    said: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(**CHROMIUM)
        page = browser.new_context(viewport={"width": width, "height": 900}, locale=language).new_page()
        page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda fault: said.append(str(fault)))
        page.goto(f"{live_server.url}/ui/")  # type: ignore[attr-defined]
        page.wait_for_selector(".n-chart svg")
        page.evaluate(axe + ";0")
        found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        charts = page.locator(".n-chart svg").count()
        browser.close()
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]] == []
    assert said == []
    assert wide <= 0
    assert charts == 3


@pytest.mark.parametrize(("language", "unit"), [("zh-hans", "元"), ("en", "yuan")])
def test_a_field_for_money_shows_its_unit_in_every_form(language: str, unit: str) -> None:
    class Paid(forms.Form):
        amount = Money()
        many = forms.IntegerField()

    with translation.override(language):
        assert f"<span>{unit}</span>" in drawn("field", field=Paid()["amount"])
        assert "n-unit" not in drawn("field", field=Paid()["many"])
    assert Paid({"amount": "318,000", "many": 1}).is_valid()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("318,000", 318000),
        ("３１８，０００．５０", 318000.5),
        ("￥318000元", 318000),
        ("31.8万元", 318000),
        ("3 万", 30000),
        ("5000 yuan", 5000),
    ],
)
def test_money_is_read_as_people_write_it(typed: str, read: float) -> None:
    assert Money().clean(typed) == Decimal(str(read))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("abc", "invalid"), ("元", "invalid"), ("1 2", "invalid"), ("sNaN万", "invalid"), ("三万", "invalid"), ("-5", "min_value"), ("-5万", "min_value"),
        ("1.234", "max_decimal_places"), ("99999999999999", "max_whole_digits"), ("999999999万", "max_whole_digits"),
    ],
)  # fmt: skip
def test_a_wrong_amount_is_told_in_the_words_of_the_house(typed: str, code: str) -> None:
    with pytest.raises(forms.ValidationError) as told:
        Money().clean(typed)
    assert told.value.messages == [str(Money.default_error_messages[code])]
