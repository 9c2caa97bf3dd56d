"""A union is abolished: its members go on elsewhere, and no count of who joined or left has them."""

from __future__ import annotations

import pytest

from niangjia.kit.dates import today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until, year
from niangjia.members import actions
from niangjia.members.models import JoinCode, Lapse, Membership, Person
from niangjia.members.tests.rosters import line, roster
from niangjia.notices.models import Message
from niangjia.unions.actions import ending
from niangjia.unions.models import Office, Union
from niangjia.worklog.api import Asked, evaluate, post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def three(town, tmp_path):
    actions.import_roster(roster(tmp_path / "a.csv", line(1), line(2), line(3)), town.firm, dry_run=False, by=town.north_org)
    return town


def counted(name, union, span=None):
    post()
    return evaluate(FIGURES[name].plan, Asked(span or until(today()), union.pk, "today"))


def abolished(town, **facts):
    return ending.abolish(Union.objects.get(pk=town.firm.pk), on=today(), reason="企业注销", **facts, by=town.north_org)


def test_members_of_an_abolished_union_stand_in_the_pool_above(three):
    town = three
    flows = {name: counted(name, town.north, year(today().year)) for name in ("members.joined", "members.left")}
    people = counted("members.people", town.north)
    actions.open_code(town.firm, by=town.firm_chair)
    abolished(town)
    there = Membership.objects.filter(left_on=None)
    assert {(one.union, one.how, one.standing, one.state) for one in there} == {(town.hill, "POOL", "ACTIVE", "MEMBER")}
    assert there.count() == 3
    assert counted("members.people", town.firm) == 0
    assert counted("members.people", town.north) == people
    assert {name: counted(name, town.north, year(today().year)) for name in flows} == flows
    assert not JoinCode.objects.filter(union=town.firm, closed_at=None).exists()
    assert Message.objects.filter(what="members-came", to=town.hill_chair).count() == 1


def test_or_they_go_to_a_union_that_is_named_or_are_retained(three):
    town = three
    abolished(town, heir=town.mill, retained=True)
    there = Membership.objects.filter(left_on=None)
    assert {(one.union, one.how, one.standing) for one in there} == {(town.mill, "TRANSFER", "RETAINED")}
    assert {one.ending for one in Membership.objects.filter(union=town.firm)} == {"RETAINED"}
    assert counted("members.people", town.north) == 0  # retained memberships are not counted


def test_nobody_is_in_between_when_a_union_ends(three):
    town = three
    one = Membership.objects.order_by("pk").first()
    actions.send(one, to=town.mill, by=town.firm_chair)
    for ends in (town.firm, town.mill):
        with pytest.raises(RuleBroken):
            ending.abolish(Union.objects.get(pk=ends.pk), on=today(), reason="企业注销", by=town.north_org)
    assert Union.objects.get(pk=town.firm.pk).state == "NORMAL"
    actions.arrive(Membership.objects.get(pk=one.pk), by=town.mill_chair)
    abolished(town)
    assert Membership.objects.filter(left_on=None, union=town.hill).count() == 2


@pytest.mark.parametrize("way", ["LEFT", "LAPSED", "retain", "take", "EXPELLED"])
def test_who_leaves_does_not_silently_keep_her_office(three, way):
    town = three
    one = Membership.objects.order_by("pk").first()
    Person.objects.filter(pk=one.person_id).update(user=town.firm_chair)
    if way == "retain":
        actions.retain(one, on=today(), reason="退休", by=town.north_org)
    elif way == "take":
        actions.send(one, to=town.mill, by=town.north_org)
        actions.arrive(Membership.objects.get(pk=one.pk), by=town.mill_chair)
    elif way == "EXPELLED":
        case = actions.propose_expulsion(one, actions.Proposal("小组", today(), "判决", "建议"), by=town.north_org)
        actions.expel(case, on=today(), paper="决定", by=town.north_org)
    else:
        if way == "LAPSED":  # somebody has talked with her
            at = {"union": one.union, "township": one.township, "county": one.county}
            Lapse.objects.create(
                membership=one,
                name=one.name,
                found_on=today(),
                unpaid_since=today(),
                state="LEFT",
                talked_on=today(),
                talked_by="主席",
                talk="谈话。",
                **at,
            )
        actions.end(one, ending=way, on=today(), reason="有据可查", by=town.north_org)
    office = Office.objects.get(union=town.firm, user=town.firm_chair)
    told = Message.objects.filter(what="office-to-hand-over", to=town.hill_chair).count()
    if way == "EXPELLED":
        assert (office.until, office.left_on, told) == (today(), None, 0)
    else:
        assert (office.until, office.left_on, told) == (None, today(), 1)
    assert Union.objects.get(pk=town.firm.pk).chair_by is not None
    if way == "retain":
        actions.resume(Membership.objects.get(person=one.person_id, left_on=None), reason="返聘", by=town.north_org)
        assert Office.objects.get(pk=office.pk).left_on is None
        assert Union.objects.get(pk=town.firm.pk).chair_by is None
