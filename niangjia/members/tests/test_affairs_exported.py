"""Every list of affairs leaves the house as it is shown: by two persons, in the asker's own reach, with what it says."""

from __future__ import annotations

import pytest

from niangjia.exports import api as exports
from niangjia.exports.models import Export
from niangjia.kit.crypt import unseal
from niangjia.kit.dates import add_months, today
from niangjia.kit.exportable import EXPORTABLES
from niangjia.members import actions
from niangjia.members.enums import ID
from niangjia.members.models import Lapse, Membership
from niangjia.members.tests.rosters import line, name, number, roster
from niangjia.reconcile import actions as reconcile
from niangjia.reconcile.tests.conftest import province, theirs

LISTS = (
    ("transfers", "view=going", 1), ("transfers", "view=pool", 7), ("requests", "view=asked", 2), ("dues", "behind=6", 3), ("lapses", "", 3), ("newwork", "view=all", 4),
    ("cards", "view=issued", 5), ("likenesses", "", 6), ("applications", "", 8), ("expulsions", "", 9),
)  # fmt: skip
PAGES = {
    "transfers": "/members/moves/", "requests": "/members/moves/", "dues": "/members/dues/", "lapses": "/members/lapses/", "newwork": "/members/confirm/",
    "cards": "/members/cards/", "likenesses": "/members/same/", "applications": "/members/asked/", "expulsions": "/members/expulsions/",
}  # fmt: skip


@pytest.fixture
def affairs(town, tmp_path, settings):
    """One of each, each with somebody else, all in the township."""
    from uuid import uuid4

    from niangjia.members.bank import BANKS
    from niangjia.members.tests.bank import PaperBank

    settings.EXPORTS, settings.FILES = tmp_path / "exports", tmp_path / "files"
    by = {"by": town.firm_chair}
    actions.import_roster(roster(tmp_path / "a.csv", *map(line, range(1, 10))), town.firm, **by)
    one = {n: Membership.objects.select_related("person", "union").get(name=name(n)) for n in range(1, 10)}
    actions.send(one[1], to=town.mill, **by)
    actions.ask_for(town.mill, name=name(2), number=unseal(one[2].person.id_sealed, ID), why="在织布车间", by=town.mill_chair)
    actions.pay([one[3]], until=add_months(today(), -9), **by)
    actions.find_lapsing()
    assert Lapse.objects.count() == 1
    actions.correct(one[4], work="COURIER", **by)
    batch = actions.draft(town.firm, [one[5]], bank="湖州银行", consent=True, **by)
    actions.send_order(batch, by=town.hill_chair)
    actions.read_answer(batch, PaperBank().answers(BANKS["湖州银行"].order(actions.orders(batch))), **by)
    actions.hand_out(batch, list(batch.cards.all()), on=today(), **by)
    actions.import_roster(roster(tmp_path / "b.csv", line(20 + (one[6].sex == "1"), name=name(6), phone="10000000006")), town.firm, **by)
    actions.find_alike()
    pooled = actions.apply(town.hill, actions.Facts(name(7), number(70)), by=town.hill_chair)
    actions.approve(pooled, on=today(), by=town.hill_chair)
    actions.send_in(actions.open_code(town.firm, **by), uuid4(), actions.Sent(name(8), number(80), "10000000080", "CONTRACT"))
    actions.propose_expulsion(one[9], actions.Proposal("小组", today(), "判决", "建议"), **by)


def taken(town, code, query):
    what = EXPORTABLES[code]
    said = exports.Asking(query, [field.code for field in what.fields], "核对办理情况")
    return exports.make(
        exports.approve(
            exports.ask(what, town.hill, said, by=town.hill_org if hasattr(town, "hill_org") else town.hill_chair), by=town.north_chair
        )
    )


@pytest.mark.parametrize(("code", "query", "who"), LISTS)
def test_a_list_of_affairs_is_taken_by_two_persons_as_its_page_shows_it(town, affairs, as_, code, query, who):
    page = as_(town.hill_chair).get(f"{PAGES[code]}?{query}").content.decode()
    assert name(who) in page
    assert f"what=members.{code}" in page
    export = taken(town, f"members.{code}", dict(part.split("=") for part in query.split("&") if part))
    assert isinstance(export, Export)
    rows = list(EXPORTABLES[f"members.{code}"].lines(
        EXPORTABLES[f"members.{code}"].rows(town.hill_chair, town.hill, dict(part.split("=") for part in query.split("&") if part)), ["name", "union"], frozenset()
    ))  # fmt: skip
    assert export.rows == len(rows) >= 1
    assert name(who) in {cells[0] for _union, _pk, cells in rows}


def test_nobody_takes_what_stands_in_another_union(town, affairs):
    for code, query, _who in LISTS:
        said = dict(part.split("=") for part in query.split("&") if part)
        rows = EXPORTABLES[f"members.{code}"].rows(town.mill_chair, town.mill, said)
        assert not rows.filter(union=town.firm).exists(), code


def test_differences_leave_with_numbers_covered(town, affairs, as_):
    data = province(theirs(1, phone="10000000099"), theirs(2))
    made = reconcile.begin(
        reconcile.lay(town.north, data, of="MEMBERS", whence="PROVINCE", as_of=today(), name="省.csv", by=town.north_org)
    )
    assert "what=reconcile.differences" in as_(town.north_org).get(made.get_absolute_url()).content.decode()
    what, query = EXPORTABLES["reconcile.differences"], {"comparison": str(made.uuid), "field": "phone"}
    said = exports.Asking(query, [field.code for field in what.fields], "逐条核对")
    export = exports.make(exports.approve(exports.ask(what, town.north, said, by=town.north_org), by=town.north_chair))
    lines = [
        cells
        for _union, _pk, cells in what.lines(
            what.rows(town.north_org, town.north, query), [field.code for field in what.fields], frozenset()
        )
    ]
    assert export.rows == len(lines) >= 1
    assert name(1) in {cells[0] for cells in lines}
    assert "10000000099" not in str(lines)
    assert number(1) not in str(lines)
    assert not what.rows(town.south_org, town.south, query).exists()
