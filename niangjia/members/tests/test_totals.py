"""The lines over the lists: equal to what the lists show wherever there is one, and none where no figure says it."""

from __future__ import annotations

from itertools import product

import pytest

from niangjia.kit.dates import today
from niangjia.members import queries
from niangjia.members.api import end, import_roster, retain
from niangjia.members.models import Membership
from niangjia.members.tests.rosters import HEAD, line, roster
from niangjia.unions import queries as unions
from niangjia.unions.enums import GRASSROOTS
from niangjia.unions.models import Office
from niangjia.worklog.api import post

pytestmark = pytest.mark.django_db
EVERYBODY = ("firm_chair", "mill_chair", "shop_chair", "hill_chair", "north_chair", "north_org", "north_rights", "city_org", "city_rights", "leader", "security", "nobody")  # fmt: skip


@pytest.fixture
def members(town, tmp_path):
    """People in three unions, of several kinds of work; one has left, one is retained."""
    post()  # the tree is known to the books; who is in it may still wait to be posted
    head = f"{HEAD},用工形式,是否农民工"
    rows = [f"{line(n)},{'快递员' if n % 5 == 0 else '合同制'},{'是' if n % 3 == 0 else '否'}" for n in range(1, 22)]
    import_roster(roster(tmp_path / "a.csv", *rows[:12], head=head), town.firm, dry_run=False, by=town.north_org)
    import_roster(roster(tmp_path / "b.csv", *rows[12:17], head=head), town.mill, dry_run=False, by=town.north_org)
    import_roster(roster(tmp_path / "c.csv", *rows[17:], head=head), town.shop, dry_run=False, by=town.south_org)
    first, second = Membership.objects.order_by("pk")[:2]
    end(first, ending="LEFT", on=today(), reason="离职", by=town.firm_chair)
    retain(second, on=today(), reason="退休", by=town.firm_chair)


def listed(user, ask):
    """The rows of the list that the figures count."""
    return queries.listed(user, ask).filter(standing="ACTIVE", primary=True)


def parts(totals):
    return None if totals is None else [int(part.value.replace(",", "")) for part in totals.parts]


@pytest.mark.parametrize("posted", [True, False])
def test_the_line_over_the_register_is_what_the_register_shows(town, members, posted):
    if posted:
        post()
    codes = ("", town.firm.code, town.hill.code, town.north.code, town.south.code, town.city.code, "nothing")
    compared = 0
    for person, sex, work, under, view, standing in product(
        EVERYBODY, ("", "1", "2"), ("", "COURIER"), codes, ("", "newforms"), ("", "ACTIVE")
    ):
        user = town.people[person]
        vars(user).pop("seats", None)
        ask = queries.Ask("", standing, sex, work, under, view)
        shown = listed(user, ask)
        found = parts(queries.totals(user, ask))
        if found is None or not queries.listed(user, ask).exists():
            continue
        assert found[0] == shown.count(), (person, ask)
        compared += 1
    assert compared > 200


def test_of_them_women_and_the_others(town, members):
    found = queries.totals(town.city_org, queries.Ask())
    shown = listed(town.city_org, queries.Ask())
    assert parts(found) == [
        shown.count(),
        shown.filter(sex="2").count(),
        shown.filter(migrant=True).count(),
        shown.filter(work="COURIER").count(),
    ]
    assert found.parts[0].url
    assert not any(part.url for part in found.parts[1:])  # a narrowed figure has no page of its own


@pytest.mark.parametrize(
    "facts", [{"text": "沈"}, {"view": "waiting"}, {"view": "moving"}, {"view": "retained"}, {"standing": "RETAINED"}, {"under": "nothing"}]
)
def test_where_no_figure_says_it_there_is_no_line(town, members, facts):
    assert queries.totals(town.city_org, queries.Ask(**facts)) is None


def test_whose_offices_lie_apart_has_no_line(town, members):
    Office.objects.create(union=town.shop, user=town.firm_chair, name="朱企业", duty="chair", post="主席", since=today())
    vars(town.firm_chair).pop("seats", None)
    assert queries.totals(town.firm_chair, queries.Ask()) is None
    assert parts(queries.totals(town.shop_chair, queries.Ask())) == [4, 2, 2, 1]


def test_the_line_over_the_unions_is_what_the_list_shows(town):
    post()
    for person, view, kind in product(EVERYBODY, ("", "grassroots", "leading", "term"), ("", "20", "12", "11")):
        user = town.people[person]
        vars(user).pop("seats", None)
        ask = unions.Ask(view=view, kind=kind)
        found = unions.totals(user, ask)
        if found is None:
            continue
        rows = unions.listed(user, ask)
        assert (
            parts(found)[0]
            == (rows.filter(kind=kind) if kind else rows.filter(kind__in=GRASSROOTS if view != "leading" else ["12"])).count()
        )
    assert unions.totals(town.city_org, unions.Ask(view="term")) is None
    assert unions.totals(town.city_org, unions.Ask(state="NORMAL")) is None
    assert unions.totals(town.city_org, unions.Ask(text="煤山")) is None
    assert unions.totals(town.city_org, unions.Ask(kind="11")) is None
    assert parts(unions.totals(town.city_org, unions.Ask())) == [3, 3]


def test_the_line_counts_no_list_and_costs_the_same_however_long_it_is(town, as_, members, django_assert_max_num_queries):
    post()
    for user, url in ((town.city_org, "/members/"), (town.firm_chair, "/members/?sex=2"), (town.city_org, "/unions/")):
        client = as_(user)
        with django_assert_max_num_queries(28) as asked:
            page = client.get(url).content.decode()
        assert "n-totals" in page
        counted = [one["sql"] for one in asked.captured_queries if 'FROM "members_membership"' in one["sql"] and "COUNT(" in one["sql"]]
        assert counted == []
