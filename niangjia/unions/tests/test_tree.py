"""The page of the tree: what stands open, what it comes to by the books, and how a name is found in it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.kit.dates import today
from niangjia.unions import branches
from niangjia.unions.models import Parentage, Union
from niangjia.unions.scope import rescope
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


# ---------- of a day that is past, and by other hierarchies ----------

MOVED = date(2020, 5, 1)


def moved(town, child="hill", parent="south", on=MOVED, kind="ORG"):
    """A union stands under another from a day on."""
    union, above = town.unions[child], town.unions[parent]
    Parentage.objects.create(child=union, parent=above, kind=kind, since=on, basis="synthetic")
    if kind == "ORG":
        Union.objects.filter(pk=union.pk).update(parent=above)
        rescope(union)


def test_a_township_that_moved_stands_under_the_old_county_the_day_before_and_the_new_one_the_day_after(town, as_):
    moved(town)
    post()
    client = as_(town.city_org)
    before, after = {"day": str(MOVED - timedelta(days=1))}, {"day": str(MOVED)}
    for under, day, there in (("north", before, True), ("north", after, False), ("south", before, False), ("south", after, True)):
        assert ("煤山镇总工会</a>" in page(client, under=town.unions[under].code, **day)) is there
    said = page(client, under=town.north.code, **before)
    assert re.search(r"today under 德清县总工会|现属德清县总工会", said)
    assert line(said, "长兴县总工会")[2:4] == ["2", "2"]  # by the tree of that day
    assert line(said, "煤山镇总工会")[2:4] == ["2", "2"]
    assert f"period=..{MOVED - timedelta(days=1)}&amp;union={town.north.code}&amp;tree=then" in said
    assert line(page(client, under=town.south.code, **after), "德清县总工会")[2:4] == ["3", "3"]
    assert line(page(client, under=town.north.code), "长兴县总工会")[2:4] == ["0", "0"]


def test_the_way_to_what_is_open_or_searched_is_that_of_the_day(town, as_):
    moved(town)
    client, day = as_(town.city_org), str(MOVED - timedelta(days=1))
    for asked_for in ({"under": town.hill.code}, {"q": "青禾"}):
        then, now = page(client, day=day, **asked_for), page(client, **asked_for)
        assert line(then, "长兴县总工会")
        assert "德清县总工会</a><" not in then.replace("</a></th>", "</a><")
        assert line(now, "德清县总工会")
        assert f'name="day" value="{day}"' in then  # a search stays on the day


def test_only_unions_that_stood_on_the_day_are_shown(town, as_):
    Union.objects.filter(pk=town.mill.pk).update(state="ABOLISHED", closed_on=date(2020, 3, 1), successor=town.firm)
    union("U33052290001", "煤山新厂工会", "20", 4, town.hill, uscc=credit(7001, "81"), founded_on=date(2021, 1, 1))
    client = as_(town.city_org)
    for day, mill, new in (("2020-02-29", True, False), ("2020-03-01", False, False), ("2021-01-01", False, True)):
        said = page(client, under=town.hill.code, day=day)
        assert ("云锦" in said, "新厂" in said) == (mill, new)
    assert re.search(r"taken over by|接续", page(client, under=town.hill.code, day="2020-02-29"))
    assert "云锦" in page(client, q="云锦", day="2020-02-29").partition('id="tree"')[2]
    assert 'id="tree"' not in page(client, q="云锦", day="2020-03-01")


def test_a_day_that_cannot_be_is_told_and_the_page_of_today_shown(town, as_):
    client = as_(town.city_org)
    for day in (str(today() + timedelta(days=1)), "2015-13-40", "gestern"):
        said = page(client, day=day)
        assert 'class="alert alert-warning"' in said
        assert f'name="day" value="{today()}"' in said
        assert line(said, "长兴县总工会")
    assert "alert-warning" not in page(client, day="")
    assert 'id="tree"' not in page(client, day="1990-01-01")  # nothing stood yet


def test_by_dues_the_tree_differs_where_its_parents_do_and_says_that_the_books_do_not_count_so(town, as_):
    client = as_(town.city_org)
    assert "by=DUES" not in page(client)  # the data knows no such hierarchy
    assert 'id="tree"' in page(client, by="DUES")
    moved(town, "firm", "market", kind="DUES")
    assert "by=DUES" in page(client)
    assert "by=STATS" not in page(client)
    assert "青禾" in page(client, under=town.hill.code)
    assert "青禾" not in page(client, under=town.hill.code, by="DUES")
    assert "云锦" in page(client, under=town.hill.code, by="DUES")  # where nothing differs, as by organisation
    said = page(client, under=town.market.code, by="DUES")
    assert re.search(r"by organisation under 煤山镇总工会|组织上属煤山镇总工会", said)
    assert "/unions.grassroots/" not in said
    assert "n-totals" not in said
    assert re.search(r"no numbers stand here|不列数字", said)
    assert "青禾" in page(client, under=town.hill.code, by="DUES", day=str(MOVED - timedelta(days=1)))


def test_what_one_may_see_is_judged_by_the_tree_of_today(town, as_):
    moved(town)
    day = str(MOVED - timedelta(days=1))
    assert "煤山镇总工会" not in page(as_(town.north_org), day=day, under=town.north.code)
    assert as_(town.north_org).get("/unions/tree/", {"under": town.hill.code, "day": day}).status_code == 404
    assert line(page(as_(town.south_org), under=town.hill.code, day=day), "煤山镇总工会")


def test_more_than_the_first_of_a_past_day_stand_in_the_tree_itself(town, as_):
    many(town, 23)
    client, yesterday = as_(town.city_org), str(today() - timedelta(days=1))
    said = page(client, under=town.hill.code, day=yesterday)
    assert f"/unions/?parent={town.hill.code}" not in said
    assert f"under={town.hill.code}&amp;all=1" in said
    assert page(client, under=town.hill.code, day=yesterday, all="1").count("煤山竹器") == 23


def test_a_past_day_asks_as_many_questions_of_many_as_of_few(town, as_):
    moved(town)
    moved(town, "firm", "market", kind="DUES")
    client, day = as_(town.city_org), str(MOVED - timedelta(days=1))
    ways = ({"under": town.hill.code}, {"q": "煤山"}, {"under": town.hill.code, "by": "DUES"})
    few = [asked(client, day=day, **way) for way in ways]
    many(town, 15)
    assert [asked(client, day=day, **way) for way in ways] == few
    assert max(few) < 60
