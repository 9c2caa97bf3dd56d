"""The manual in the browser: every part in both languages, its links and pictures there, and the right part from every page."""

from __future__ import annotations

import re

import pytest
from django.urls import resolve

from niangjia.desk import manual
from niangjia.kit.nav import ITEMS, address

pytestmark = pytest.mark.django_db
LANGUAGES = ("zh-hans", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_opens_and_leads_only_to_what_is_there(town, as_, language):
    client, checked = as_(town.firm_chair), set()
    first = client.get("/help/", headers={"Accept-Language": language})
    parts = [part.url for part in first.context["parts"]]
    folder = "en" if language == "en" else "zh"
    assert len(parts) == len(list((manual.FOLDER / folder).glob("*.md"))) - 1, "all but the contents"
    for url in ["/help/README/", *parts]:
        page = client.get(url, headers={"Accept-Language": language})
        assert page.status_code == 200, url
        text = str(page.context["text"])
        assert ".md" not in text
        assert "<script" not in text
        for found in re.findall(r'(?:href|src)="(/[^"#?]*)', text):
            assert client.get(found).status_code == 200, (url, found)
            checked.add(found)
    assert any(found.startswith("/help/pictures/") for found in checked)
    assert client.get("/help/no-such-part/").status_code == client.get("/help/pictures/no-such.png").status_code == 404


def test_from_every_line_of_the_menu_the_manual_opens_where_it_speaks_of_it(town, as_):
    client = as_(town.city_rights)
    for one in ITEMS:
        part = manual.part_of(address(one))
        assert part != manual.FIRST, one.url_name
        assert client.get("/help/", {"page": address(one)}).headers["Location"] == f"/help/{part}/"
    assert manual.part_of("/rights/disputes/") == "disputes"
    assert manual.part_of("/rights/events/") == "events"
    assert manual.part_of("/no/such/page/") == manual.part_of("https://elsewhere.invalid/") == manual.FIRST
    assert 'href="/help/?page=/rights/events/"' in client.get("/rights/events/").content.decode()
    assert resolve("/help/").url_name == "help"


def test_what_is_written_is_text_and_never_markup(tmp_path):
    (tmp_path / "x.md").write_text("# Title\n\n<script>alert(1)</script> [away](javascript:alert(1))\n", encoding="utf-8")
    title, text = manual.written(tmp_path / "x.md", 0.0)
    assert title == "Title"
    assert "<script" not in text
    assert 'href="javascript' not in text


def test_strangers_do_not_read_it(client):
    assert client.get("/help/").status_code == 302
