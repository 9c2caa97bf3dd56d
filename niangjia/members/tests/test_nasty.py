"""Each nasty workbook comes in with exactly the good rows and exactly the bad ones that its maker says; some also as office programs save them anew."""

from __future__ import annotations

import subprocess
from collections import defaultdict

import pytest
from django.utils import translation

from niangjia.kit import crypt
from niangjia.kit.errors import RuleBroken
from niangjia.members import actions
from niangjia.members.enums import ID, PHONE
from niangjia.members.models import Membership
from niangjia.members.tests import rosters
from niangjia.members.tests.nasty import WORKBOOKS
from niangjia.members.tests.nasty.making import FIRM, JOINED, name, number, phone, row, simple

pytestmark = pytest.mark.django_db
PLAIN = {"joined": JOINED, "job": "挡车工", "department": "", "work": "CONTRACT", "migrant": False, "paper": "ID"}


def test_there_are_forty_and_each_says_its_habit():
    assert len(WORKBOOKS) >= 40
    assert len({one.slug for one in WORKBOOKS}) == len({one.habit for one in WORKBOOKS}) == len(WORKBOOKS)
    assert all(one.habit.endswith(".") for one in WORKBOOKS)
    assert sum(one.office for one in WORKBOOKS) >= 10


def test_the_makers_and_the_house_agree_on_people():
    assert [number(n) for n in range(1, 40)] == [rosters.number(n) for n in range(1, 40)]
    assert len({name(n) for n in range(1, 300)}) == 299


def taken(town, path, one):
    """What came of a file: who is in, which rows are bad, how many said nothing new."""
    union, by = getattr(town, one.union), town.north_org
    if one.already:
        simple(path.parent / "already.xlsx", *(row(n) for n in one.already))
        actions.import_roster(path.parent / "already.xlsx", town.firm, by=by)
    batch = actions.take(actions.receive(union, path, name=path.name, by=by))
    if batch.state == "FAILED":
        raise RuleBroken(batch.said)
    found = {}
    for each in Membership.objects.filter(batch=batch).select_related("person", "union"):
        person = each.person
        found[crypt.unseal(person.id_sealed, ID)] = {
            "name": each.name, "phone": crypt.unseal(person.phone_sealed, PHONE) if person.phone_sealed else "", "joined": each.joined_on, "job": each.job,
            "department": each.department, "work": each.work, "migrant": each.migrant, "paper": person.paper, "union": each.union,
        }  # fmt: skip
    bad = defaultdict(set)
    for fault in batch.faults.all():
        bad[fault.sheet, fault.row].add(fault.code)
    assert batch.bad == len(bad)
    assert batch.good == batch.rows - batch.bad
    return found, dict(bad), batch.same


def expected(town, one):
    made = {}
    for n, facts in one.good.items():
        said = PLAIN | {"name": name(n), "phone": phone(n), "union": town.firm} | facts
        if isinstance(said["union"], str):
            said["union"] = getattr(town, said["union"])
        made[said.pop("id", number(n))] = said
    return made, {at: set(codes) for at, codes in one.bad.items()}, one.same


@pytest.mark.parametrize("one", WORKBOOKS, ids=lambda one: one.slug)
def test_exactly_the_good_rows_come_in(town, tmp_path, one):
    assert town.firm.name == FIRM
    path = tmp_path / f"{one.slug}{one.suffix}"
    one.make(path)
    if one.refused:
        with translation.override("en"), pytest.raises(RuleBroken, match=one.refused):
            taken(town, path, one)
        assert not Membership.objects.exists()
    else:
        assert taken(town, path, one) == expected(town, one)


@pytest.fixture(scope="module")
def saved_anew(tmp_path_factory):
    """The files as an office program writes them: of today, of before 2007, and the open format. Named by ending and slug."""
    folder = tmp_path_factory.mktemp("office")
    those = [one for one in WORKBOOKS if one.office]
    for one in those:
        one.make(folder / f"{one.slug}.xlsx")
    home = f"-env:UserInstallation=file://{folder}/home"
    for ending in ("xlsx", "xls", "ods"):
        command = ["soffice", home, "--headless", "--convert-to", ending, "--outdir", folder / ending, *sorted(folder.glob("*.xlsx"))]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("one", [one for one in WORKBOOKS if one.office], ids=lambda one: one.slug)
def test_it_is_the_same_when_an_office_program_has_saved_it(town, tmp_path, saved_anew, one, ending):
    path = tmp_path / f"{one.slug}.{ending}"
    path.write_bytes((saved_anew / ending / path.name).read_bytes())
    assert taken(town, path, one) == expected(town, one)
