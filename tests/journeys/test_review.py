"""A review: written with figures in it, refused while a word is untrue, signed by two others, published, read, and opened to its records.

Then one record turns out to be false. The live figure moves; what was published does not, and the page says the difference and its day.
"""

from __future__ import annotations

import re
import subprocess

import pytest
from django.db import transaction

from niangjia.kit.dates import today
from niangjia.rights import actions
from niangjia.rights.models import Event
from niangjia.worklog.api import post
from tests.journeys.conftest import FACES, part, press, read, tongue
from tests.town import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EVENTS = 53  # more than one page of records
TYPED = "今年以来，各级工会上报预警事件【rights.events 余】，涉及职工【】。"
HEAD = "标题：维权工作小结\n机关：湖州市总工会\n附件：数字表\n\n# 维权\n\n"


@pytest.fixture
def events(town):
    """As many events, each of three workers."""
    with transaction.atomic():
        for n in range(EVENTS):
            facts = actions.Facts(town.firm_unit.name, "E06", 3, employer=town.firm_unit, detail=f"第{n + 1}件")
            actions.report(town.firm, facts, by=town.firm_chair)
    post()


@pytest.mark.parametrize(("width", "language"), FACES)
def test_a_review_is_written_signed_published_and_opens_to_its_records(town, events, enter, tmp_path, width, language):
    say = tongue(language)
    writer, checker = town.city_office, person("city-office-2", "李核稿", town.city, "office")

    def come(who):
        page = enter(who, width=width, language=language)
        page.goto("/reviews/")
        return page

    page = come(writer)
    begun(page, say)
    written(page, say)
    page = come(checker)
    press(page, "维权工作小结")
    assert sentence() in read(page, "article")
    press(page, say("Check and send to the leader"))
    page = come(town.leader)
    press(page, "维权工作小结")
    assert checker.name in part(page, say("Signed by two")).inner_text()
    press(page, say("Sign"))
    press(page, say("Publish"))
    assert sentence() in read(page, "article")
    signed = part(page, say("Signed by two")).inner_text()
    assert all(who.name in signed for who in (checker, town.leader))
    story = read(page, ".n-story")
    assert all(say(step) in story for step in ("Checked and sent to the leader", "Sign", "Publish"))
    taken_away(page, tmp_path)

    figure = opened(page, say)
    falsified(enter(town.north_rights, width=width, language=language), say)
    post()
    moved(figure, page, say)
    stranger = enter(None, width=width, language=language)
    stranger.goto("/reviews/year/")
    assert sentence() in read(stranger, "article")


def sentence():
    """What it says when it is printed."""
    return f"今年以来，各级工会上报预警事件{EVENTS}件，涉及职工{EVENTS * 3}人。"


def begun(page, say):
    """The office begins a review of this year."""
    press(page, say("Begin a review"))
    page.get_by_label(say("Title in Chinese")).fill("小结")
    page.get_by_label(say("Name in the address")).fill("year")
    page.locator("input[name=period]").fill(str(today().year))
    press(page, say("Begin", "review"))
    page.wait_for_url("**/reviews/year/edit/")


def written(page, say):
    """One chip is typed, with a word that is not true; the other is put in by the picker. It is refused, mended, and saved."""
    if page.locator(".n-views a[aria-current]").inner_text() not in {"中文", "Chinese"}:
        press(page, "中文")
    text = page.locator("#text")
    text.fill(HEAD)
    text.press("Control+End")
    text.press_sequentially(TYPED)
    untrue = page.locator("#checks li", has_text=say("Not true"))
    untrue.first.wait_for()
    page.get_by_label(say("Find a figure")).press_sequentially("rights.aff")
    page.locator("#pick button[name=pick]").first.click()
    page.locator("#pick button[data-insert='【rights.affected】']", has_text=f"{EVENTS * 3}").click()
    assert "涉及职工【rights.affected】。" in text.input_value()
    press(page, say("Save"))
    untrue.first.wait_for()
    assert "余" in untrue.first.inner_text()
    assert page.get_by_role("button", name=say("Check and send to the leader")).count() == 0
    text = page.locator("#text")
    text.fill(text.input_value().replace(" 余】", "】"))
    page.get_by_text(say("Every figure is true as it is written.")).wait_for()
    assert sentence() in read(page, "#proof article")
    press(page, say("Save"))
    ready = say("This draft can be checked and sent. Read it there as it will go out, in every language, and sign what you see.")
    page.get_by_text(ready).wait_for()


def taken_away(page, tmp_path):
    """The Word file opens in an office program and holds the sentence."""
    with page.expect_download() as download:
        press(page, "Word")
    download.value.save_as(tmp_path / "review.docx")
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "review.docx"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    done = subprocess.run(["pdftotext", tmp_path / "review.pdf", "-"], check=True, capture_output=True, timeout=60)
    said = re.sub(r"\s+", "", done.stdout.decode())
    assert sentence() in said


def opened(page, say):
    """A click on the number: the number as published, and the records behind it to the last. The address of the figure."""
    page.locator("article a.n-fig", has_text=str(EVENTS)).first.click()
    page.wait_for_url("**/figures/rights.events/**")
    assert read(page, ".n-huge").startswith(str(EVENTS))
    assert all(words in read(page) for words in say("This is the number published on %(day)s.", day="|").split("|"))
    figure, seen = page.url, set()
    while True:
        seen |= {one.split()[0] for one in page.locator("#records tbody a").all_inner_texts()}
        older = page.locator("#records .n-keyset").get_by_role("link", name=say("Older"), exact=True)
        if not older.count():
            break
        older.click()
        page.wait_for_load_state()
    assert seen == set(Event.objects.values_list("reference", flat=True))
    assert len(seen) == EVENTS
    return figure


def falsified(page, say):
    """The county finds the first report false."""
    page.goto(Event.objects.order_by("pk")[0].get_absolute_url())
    press(page, say("False report"))
    page.locator(".n-dialog:target textarea[name=reason]").fill("核实后没有此事。")
    press(page, say("False report"), within=".n-dialog:target")


def moved(figure, page, say):
    """Live it is one fewer; as published it is what it was, and the pages say since when it differs."""
    words = say("Counted again today it is %(now)s, %(gap)s less than published", now=str(EVENTS - 1), gap="1")
    page.goto("/figures/rights.events/")
    assert read(page, ".n-huge").startswith(str(EVENTS - 1))
    page.goto(figure)
    assert read(page, ".n-huge").startswith(str(EVENTS))
    since = part(page, say("Since publication")).inner_text()
    assert Event.objects.order_by("pk")[0].reference in since
    assert today().isoformat() in since
    page.goto("/reviews/year/")
    assert sentence() in read(page, "article")
    assert words in page.locator(".n-margin").text_content()
    page.locator("main").get_by_role("link").filter(has_text=say("Compare with today")).first.click()
    row = page.locator("main tbody tr", has_text=str(EVENTS)).first.inner_text()
    assert "−1" in row
    assert str(EVENTS - 1) in row
