"""The page of the tree: what stands open, what it comes to by the books, and how a name is found in it."""

from __future__ import annotations

import re
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.kit.dates import today
from niangjia.unions import branches
from niangjia.worklog.api import post
from tests.town import credit, union


def page(client, **asked):
    """The tree, as its reader sees it."""
    return client.get("/unions/tree/", asked).content.decode()


def line(said, name):
    """The cells of one union's row, without their marks."""
    row = next(one for one in re.findall(r"<tr.*?</tr>", said, re.DOTALL) if f">{name}<" in one)
    return [re.sub(r"<.*?>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]


def many(town, n):
    """Unions more below the township."""
    for number in range(n):
        name = f"煤山竹器{number:02d}厂工会"
        union(f"U3305229{number:04d}", name, "20", 4, town.hill, uscc=credit(5000 + number, "81"))


def test_the_tree_opens_a_storey_at_a_time(town, as_):
    client = as_(town.city_org)
    top = page(client)
    assert "长兴县总工会" in top
    assert "青禾" not in top
    below = page(client, under=town.hill.code)
    assert "青禾" in below
    assert "泗安" not in below  # it stands beside the way down
    assert as_(town.south_org).get("/unions/tree/", {"under": town.hill.code}).status_code == 404


def test_the_tree_begins_where_its_reader_sits(town, as_):
    said = page(as_(town.north_org), under=town.hill.code)
    assert ">湖州市总工会<" not in said.partition('id="tree"')[2]
    assert line(said, "长兴县总工会")
    assert "青禾" in page(as_(town.firm_chair))
    assert "No union matches" in page(as_(town.nobody)) or "没有" in page(as_(town.nobody))


def test_each_union_is_told_with_what_stands_below_it_by_the_books(town, as_):
    post()
    said = page(as_(town.city_org), under=town.hill.code)
    assert line(said, "湖州市总工会")[2:4] == ["3", "3"]
    assert line(said, "煤山镇总工会")[2:4] == ["2", "2"]
    assert line(said, town.firm.short_name)[2:4] == ["", "1"]  # a single union leads none; it covers one unit
    assert f"/unions.grassroots/?period=..{today()}&amp;union={town.hill.code}" in said


def test_some_twenty_are_shown_and_the_list_has_the_others(town, as_):
    many(town, 23)
    client = as_(town.city_org)
    said = page(client, under=town.hill.code)
    assert said.count("煤山竹器") + said.count("青禾") + said.count("云锦") >= branches.CHILDREN
    assert f'/unions/?parent={town.hill.code}">' in said
    assert re.search(r">5 more directly below|还有5家", said)
    listed = client.get("/unions/", {"parent": town.hill.code}).content.decode()
    assert town.firm.code in listed
    assert town.fort.code not in listed
    assert town.hill.code not in listed.partition('id="unions"')[2]
    assert f'name="parent" value="{town.hill.code}"' in listed  # whoever searches there stays there


def test_a_name_is_found_and_the_way_to_it_stands_open(town, as_):
    client = as_(town.city_org)
    for text in ("青禾", "qhdc", town.firm.code):
        said = page(client, q=text)
        assert line(said, "长兴县总工会")
        assert "云锦" not in said
        assert "德清县总工会" not in said
        assert f'href="/unions/{town.firm.code}/"' in said
    assert "<mark>青禾</mark>" in page(client, q="青禾")
    assert re.search(r"1 more directly below 煤山镇总工会|煤山镇总工会直接下级还有1家", page(client, q="青禾"))
    assert f'href="/unions/{town.firm.code}/"' not in page(as_(town.south_org), q="青禾")


def test_more_hits_than_are_shown_lead_to_the_list(town, as_):
    many(town, 23)
    said = page(as_(town.city_org), q="竹器")
    assert said.count("<mark>竹器</mark>") == branches.FOUND
    assert 'href="/unions/?q=%E7%AB%B9%E5%99%A8"' in said


def asked(client, **words):
    """How many questions to the database a page asks, once what it remembers is known."""
    page(client, **words)
    with CaptureQueriesContext(connection) as found:
        page(client, **words)
    return len(found)


def test_the_tree_asks_as_many_questions_of_many_as_of_few(town, as_):
    client = as_(town.city_org)
    few, one = asked(client, under=town.hill.code), asked(client, q="青禾")
    many(town, 15)
    assert asked(client, under=town.hill.code) <= few < 40
    assert asked(client, q="煤山") <= one + 1 < 42


def test_a_term_that_ends_soon_is_told(town, as_):
    town.firm.term_end = date(2020, 1, 1)
    town.firm.save()
    assert 'class="n-nowrap n-soft n-late"' in page(as_(town.city_org), under=town.hill.code)
