"""Employers as pages: who sees which, narrowed, corrected with a story, and two that bear one code are never silently one."""

from __future__ import annotations

import pytest

from niangjia.kit.errors import Refused, RuleBroken
from niangjia.unions import employers
from niangjia.unions.actions.employers import correct_employer
from niangjia.unions.models import Employer, EmployerChange
from niangjia.unions.tests.sheeted import exported, rows_of
from tests.town import credit

pytestmark = pytest.mark.django_db


@pytest.fixture
def alone(town):
    """An employer without a union."""
    return Employer.objects.create(
        name="泗安示例纺织有限公司", uscc=credit(800_001), category="170", industry="C", employees=40, township=town.fort, county=town.north
    )  # fmt: skip


def names(user, **said):
    return [one.name for one in employers.listed(user, employers.Ask(**said)).order_by("name")]


def test_each_office_sees_the_employers_of_its_place(town, alone):
    firm, mill, shop = (one.name for one in (town.firm_unit, town.mill_unit, town.shop_unit))
    assert set(names(town.city_org)) == {firm, mill, shop, alone.name}
    assert set(names(town.north_org)) == {firm, mill, alone.name}
    assert set(names(town.hill_chair)) == {firm, mill}
    assert names(town.firm_chair) == [firm]
    assert names(town.nobody) == []


def test_the_list_is_narrowed(town, alone):
    assert names(town.north_org, view="alone") == [alone.name]
    assert alone.name not in names(town.north_org, view="united")
    assert names(town.north_org, under=town.fort.code) == [alone.name]
    assert names(town.north_org, size="2") == [alone.name]
    assert names(town.north_org, text=alone.uscc.lower()) == [alone.name]
    assert names(town.north_org, text="示例纺织") == [alone.name]
    assert names(town.north_org, industry="A") == []


def test_a_correction_is_a_line_of_the_story(town, alone, as_):
    client = as_(town.north_org)
    url = f"/unions/employers/{alone.uuid}/"
    facts = {
        "name": alone.name,
        "uscc": alone.uscc,
        "category": "170",
        "industry": "C",
        "employees": 55,
        "address": "示例路1号",
        "reason": "",
    }
    assert client.post(f"{url}facts/", facts).status_code == 303
    change = EmployerChange.objects.get()
    assert (change.employer, change.by, change.what) == (alone, town.north_org, {"employees": [40, 55], "address": ["", "示例路1号"]})
    page = client.get(url).content.decode()
    assert "示例路1号" in page
    assert "40 → 55" in page
    client.post(f"{url}facts/", facts)
    assert EmployerChange.objects.count() == 1


def test_two_employers_never_bear_one_credit_code(town, alone):
    with pytest.raises(RuleBroken, match=town.firm_unit.name):
        correct_employer(alone, by=town.north_org, uscc=town.firm_unit.uscc, reason="核对")
    with pytest.raises(RuleBroken):
        correct_employer(alone, by=town.north_org, uscc=credit(800_002))  # without a reason
    assert correct_employer(alone, by=town.north_org, uscc=credit(800_002), reason="证照换发").uscc == credit(800_002)


def test_who_may_not_is_refused(town, alone):
    for who in (town.south_org, town.north_rights, town.hill_chair):
        with pytest.raises(Refused):
            correct_employer(alone, by=who, employees=1)


def test_the_list_and_its_workbook_ask_a_fixed_number_of_questions(town, alone, as_, django_assert_max_num_queries):
    client = as_(town.north_org)
    client.get("/unions/employers/")
    with django_assert_max_num_queries(20):
        assert alone.name in client.get("/unions/employers/").content.decode()
    rows = rows_of(exported(client.get("/unions/employers/export/?view=alone")))
    assert [alone.name in row for row in rows].count(True) == 1
    assert as_(town.south_org).get(f"/unions/employers/{alone.uuid}/").status_code == 404
