"""Who is expelled or has died holds no office any more; who leaves in another way keeps what her union gave her until it ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from niangjia.access.models import SeenLog
from niangjia.kit.dates import today
from niangjia.members import actions
from niangjia.members.models import Membership, Person
from niangjia.members.tests.rosters import line, roster
from niangjia.unions.models import Office, open_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(town, tmp_path):
    """The chair of the mill is on the roster of the firm, and holds an office there that began today."""
    actions.import_roster(roster(tmp_path / "a.csv", *map(line, range(1, 3))), town.firm, by=town.firm_chair)
    one = Membership.objects.order_by("pk").first()
    Person.objects.filter(pk=one.person_id).update(user=town.mill_chair)
    Office.objects.create(union=town.firm, user=town.mill_chair, name="秦云锦", duty="women", post="女职工委员", since=today())
    return town, Membership.objects.get(pk=one.pk)


@pytest.mark.parametrize(("ending", "stays"), [("EXPELLED", 0), ("DIED", 0), ("LEFT", 2)])
def test_an_office_falls_vacant_with_its_holder(held, ending, stays):
    town, one = held
    if ending == "EXPELLED":
        case = actions.propose_expulsion(one, actions.Proposal("小组", today(), "判决", "建议"), by=town.north_org)
        actions.expel(case, on=today(), paper="有据可查", by=town.north_org)
    else:
        actions.end(one, ending=ending, on=today(), reason="有据可查", by=town.north_org)
    tomorrow = today() + timedelta(days=1)
    assert Office.objects.filter(open_on(tomorrow), user=town.mill_chair).count() == stays
    assert Office.objects.filter(open_on(tomorrow), union=town.firm, user=town.firm_chair).count() == 1
    assert SeenLog.objects.filter(act="office ended").count() == 2 - stays
