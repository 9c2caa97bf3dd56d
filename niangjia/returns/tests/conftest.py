"""A county with members, chairs and bodies, and the books posted."""

from __future__ import annotations

from datetime import date

import pytest

from niangjia.members.api import import_roster
from niangjia.members.tests.rosters import line, roster
from niangjia.unions.models import Body
from niangjia.worklog.api import post


@pytest.fixture
def filled(town, tmp_path):
    """Eight members in a firm of the north, a women's body in two of its unions, and everything in the books."""
    import_roster(roster(tmp_path / "a.csv", *map(line, range(1, 9))), town.firm, by=town.north_org)
    for union, form in ((town.firm, "COMMITTEE"), (town.mill, "COMMISSIONER")):
        Body.objects.create(union=union, kind="WOMEN", form=form, since=date(2020, 1, 1))
    post()
    return town
