"""Three members of a firm and one of another, and the folder of exports of one test."""

from __future__ import annotations

import pytest

from niangjia.exports import actions
from niangjia.kit.exportable import EXPORTABLES
from niangjia.members.api import import_roster
from niangjia.members.tests.rosters import line, roster

EVERYTHING = ("name", "id", "phone", "sex", "union", "union_name", "joined", "work", "migrant", "job")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.EXPORTS = tmp_path / "exports"
    return settings.EXPORTS


@pytest.fixture
def members(town, tmp_path):
    """Rows 1 to 3 stand in the firm, 5 in the shop of another county."""
    import_roster(roster(tmp_path / "a.csv", line(1), line(2), line(3, job="=1+1")), town.firm, dry_run=False, by=town.north_org)
    import_roster(roster(tmp_path / "b.csv", line(5)), town.shop, dry_run=False, by=town.south_org)


@pytest.fixture
def register():
    return EXPORTABLES["members.register"]


@pytest.fixture
def asked(town, members, register):
    """`asked()` is an export of the county of the firm that waits for its chair."""

    def ask(query=None, *, full=(), columns=EVERYTHING, union=None, by=None):
        said = actions.Asking(query or {}, columns, "年度会员信息核验", full, "逐人核对证件" if full else "")
        return actions.ask(register, union or town.north, said, by=by or town.north_org)

    return ask


@pytest.fixture
def ready(town, asked):
    """`ready()` is one that was approved and written."""

    def make(*args, **facts):
        return actions.make(actions.approve(asked(*args, **facts), by=town.north_chair))

    return make
