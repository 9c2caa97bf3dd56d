"""Whatever an address narrows a list by: what no filter knows is told in one sentence of the house, and left out."""

from __future__ import annotations

import html
import re

import pytest

from tools.routes import routes

pytestmark = pytest.mark.django_db
FORM = re.compile(r'<form class="n-filters".*?</form>', re.DOTALL)
ASKED = re.compile(r'<(?:select|input type="date")[^>]* name="(\w+)"')
READERS = ("city_org", "city_rights", "leader", "auditlog", "security")


def pages():
    """The addresses without a place to fill."""
    return [
        one.path for one in routes() if one.kind in ("list", "seated", "signed-in") and "<" not in one.path and "export" not in one.path
    ]


def filters_of(answer):
    """What the filters of a page ask for."""
    shown = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    form = FORM.search(answer.content.decode()) if shown else None
    return ASKED.findall(form[0]) if form else []


def test_a_value_that_no_filter_knows_is_left_out_with_a_sentence(town, as_):
    tried = set()
    for reader in READERS:
        client = as_(town.people[reader])
        client.cookies["django_language"] = "en"
        for path in pages():
            for name in filters_of(client.get(path)):
                page = html.unescape(client.get(path, {name: "ZZZ"}).content.decode())
                assert len(re.findall("“ZZZ” cannot be used for the filter “[^”]+”; it was left out", page)) == 1, (path, name)
                assert "ZZZ is not one of" not in page, (path, name)
                assert "Enter a valid" not in page, (path, name)
                tried.add((path, name))
    assert {"/unions/", "/members/", "/rights/events/", "/rights/disputes/", "/access/log/", "/desk/late/"} <= {path for path, _ in tried}
    assert len(tried) > 15


def test_a_value_that_is_known_is_said_to_be_set_and_nothing_is_left_out(town, as_):
    page = as_(town.city_org).get("/unions/?kind=20").content.decode()
    assert "n-chip is-set" in page
    assert "left out" not in page
    assert "alert-warning" not in page
