"""Two people who may be one: found, judged, merged with all that hangs on them, undone, or told apart for good."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from niangjia.flow.models import Clock
from niangjia.kit import crypt
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until
from niangjia.kit.spans import days
from niangjia.members import actions
from niangjia.members.enums import ID, PHONE
from niangjia.members.models import Likeness, Membership, Person
from niangjia.members.parameters import UNDO_MERGER
from niangjia.members.tests.rosters import line, name, number, roster
from niangjia.rights import actions as rights
from niangjia.rulebook.tests.test_changes import set_
from niangjia.worklog.api import Asked, audit, evaluate, post


@pytest.fixture
def two(town, tmp_path):
    """She stands in the firm with her passport of old and in the shop with her identity card; somebody else bears her name."""
    actions.import_roster(roster(tmp_path / "a.csv", line(1), line(2)), town.firm, dry_run=False, by=town.north_org)
    actions.import_roster(
        roster(tmp_path / "b.csv", line(3, name=name(1), phone="10000000001")), town.shop, dry_run=False, by=town.south_org
    )
    old, new = Person.objects.filter(name=name(1)).order_by("pk")
    Person.objects.filter(pk=old.pk).update(
        paper="PASSPORT", id_sealed=crypt.seal_one("P1234567", ID), id_hash=crypt.blind_one("P1234567", ID), born_on=new.born_on
    )
    return Person.objects.get(pk=old.pk), new


@pytest.fixture
def pair(two):
    assert actions.find_alike() == 1
    assert actions.find_alike() == 0
    return Likeness.objects.get()


def people(town):
    post()
    return int(evaluate(FIGURES["members.people"].plan, Asked(until(today()), town.city.pk)) or 0)


def test_the_house_finds_the_pair_and_the_office_above_both_judges(town, as_, pair, two):
    assert (pair.union, pair.why, {pair.one, pair.other}) == (town.city, "PHONE", set(two))
    clock = Clock.objects.get(kind="members.likeness", stopped_at=None)
    assert (clock.union_id, clock.duty) == (town.city.pk, "organisation")
    judges = {who for who, user in town.people.items() if as_(user).get(pair.get_absolute_url()).status_code == 200}
    assert judges == {"city_org"}
    page = as_(town.city_org).get(pair.get_absolute_url()).content.decode()
    assert number(3) not in page
    assert "P1234567" not in page


def test_merged_she_is_one_and_undone_she_is_two_again(town, as_, pair, two, owner):
    old, new = two
    dispute = rights.open_(town.north, rights.Opening("012", today(), facts="两个月工资未付。"), by=town.north_rights)
    rights.add_respondent(dispute, employer=town.firm_unit, by=town.north_rights)
    from niangjia.rights.models import Claimant

    claim = Claimant.objects.create(dispute=dispute, person=old, claimed=1)
    assert people(town) == 3
    client = as_(town.city_org)
    assert client.post(f"{pair.get_absolute_url()}step/merge/", {"keep": "nobody"}).status_code == 422
    assert client.post(f"{pair.get_absolute_url()}step/merge/", {"keep": str(new.uuid)}).status_code == 303
    pair.refresh_from_db()
    claim.refresh_from_db()
    assert (pair.state, pair.kept, claim.person) == ("MERGED", new, new)
    spells = {one.union: one for one in Membership.objects.filter(person=new)}
    assert (spells[town.firm].primary, spells[town.shop].primary) == (False, True)
    assert people(town) == 2
    assert actions.person_for(name(1), number(3)) == new
    Person.objects.filter(pk=old.pk).update(id_hash=crypt.blind_one(number(9), ID))  # a passport is no number that a form takes
    assert actions.person_for(name(1), number(9)) == new
    assert actions.ask_for(town.mill, name=name(1), number=number(9), why="在本厂工作", by=town.mill_chair).membership == spells[town.shop]
    actions.correct(spells[town.firm], by=town.firm_chair, job="检验工")
    actions.send(spells[town.shop], to=town.mill, by=town.shop_chair)
    assert client.post(f"{pair.get_absolute_url()}step/", {"verb": "undo", "reason": ""}).status_code == 422
    assert client.post(f"{pair.get_absolute_url()}step/", {"verb": "undo", "reason": "是同名的两个人"}).status_code == 303
    pair.refresh_from_db()
    claim.refresh_from_db()
    assert (pair.state, pair.kept, claim.person) == ("FOUND", None, old)
    back = Membership.objects.get(union=town.firm, person=old)
    assert (back.primary, back.job) == (True, "检验工")
    assert people(town) == 3
    with owner():
        assert audit() == []


def test_twice_in_one_union_the_doubled_spell_ends_and_comes_back(town, tmp_path, two, owner):
    actions.import_roster(
        roster(tmp_path / "c.csv", line(4, name=name(2), phone="10000000002")), town.firm, dry_run=False, by=town.north_org
    )
    actions.find_alike()
    pair = Likeness.objects.get(name=name(2))
    assert pair.union == town.firm
    actions.merge(pair, keep=pair.other, by=town.firm_chair)
    assert Membership.objects.filter(person=pair.other, left_on=None).count() == 1
    assert Membership.objects.get(person=pair.other, ending="UNDONE").union == town.firm
    actions.unmerge(pair, reason="不是一个人", by=town.firm_chair)
    again = Membership.objects.get(person=pair.one, left_on=None)
    assert (again.union, again.state, again.joined_on) == (town.firm, "MEMBER", date(2015, 6, 1))
    post()
    with owner():
        assert audit() == []


def test_two_judge_at_once_and_one_is_told(town, pair, two):
    same, third = Likeness.objects.get(pk=pair.pk), Likeness.objects.get(pk=pair.pk)
    actions.merge(pair, keep=two[1], by=town.city_org)
    with pytest.raises(Overtaken):
        actions.apart(same, reason="两个人", by=town.city_org)
    with pytest.raises(Overtaken):
        actions.merge(third, keep=two[0], by=town.city_org)
    assert Likeness.objects.get().kept == two[1]


def test_not_the_same_is_remembered(town, pair):
    with pytest.raises(Refused):
        actions.apart(pair, reason="两个人", by=town.north_org)
    actions.apart(pair, reason="核对过，是母女", by=town.city_org)
    assert actions.find_alike() == 0
    assert Likeness.objects.get().state == "APART"


def test_after_thirty_days_a_merger_stands(town, pair, two):
    actions.merge(pair, keep=two[1], by=town.city_org)
    assert actions.find_alike() == 0
    with moved_to(now() + timedelta(days=32)), pytest.raises(RuleBroken):
        actions.unmerge(pair, reason="不是一个人", by=town.city_org)


def test_another_paper_on_the_same_birthday_is_found_too(town, two):
    Person.objects.filter(pk=two[0].pk).update(phone_hash=crypt.blind_one("10000000099", PHONE))
    actions.find_alike()
    assert Likeness.objects.get().why == "PAPER"


def test_a_second_membership_becomes_the_first(town, as_, two, pair):
    actions.merge(pair, keep=two[1], by=town.city_org)
    second = Membership.objects.get(union=town.firm, person=two[1])
    assert name(1) in as_(town.firm_chair).get("/members/same/?view=second").content.decode()
    assert as_(town.firm_chair).post(f"{second.get_absolute_url()}first/").status_code == 403
    assert as_(town.city_org).post(f"{second.get_absolute_url()}first/").status_code == 303
    assert {one.union: one.primary for one in Membership.objects.filter(person=two[1])} == {town.firm: True, town.shop: False}
    assert people(town) == 2


def test_pairs_that_stand_nowhere_hide_no_pair_behind_them(town, tmp_path, monkeypatch):
    """Whoever stands in no union has nobody to judge her: she is found again each night, and must not fill the list."""
    for n in (1, 2, 3):
        Person.objects.create(name="示例双", sex="1", id_sealed=b"x", id_hash=bytes([n]) * 16, phone_sealed=b"x", phone_hash=b"same")
    for n, union in ((1, town.firm), (3, town.mill)):
        twin = roster(tmp_path / f"{n}.csv", line(n, name="欧阳重明", phone="10000000001"))
        found = actions.import_roster(twin, union, dry_run=False, by=town.north_org)
        assert found["good"] == 1, found
    monkeypatch.setattr("niangjia.members.actions.same.ROUND", 2)
    assert actions.find_alike() == 1
    assert Likeness.objects.get().name == "欧阳重明"
    assert actions.find_alike() == 0


def test_the_days_to_undo_a_merger_are_its_own_and_not_those_of_an_import(town, pair, two):
    set_(town, UNDO_MERGER, days(7), at="city", by="city_org")
    actions.merge(pair, keep=two[0], by=town.city_org)
    pair.refresh_from_db()
    assert actions.undo_until(pair) == today() + timedelta(days=7)
    with moved_to(now() + timedelta(days=8)), pytest.raises(RuleBroken):
        actions.unmerge(pair, reason="不是一人", by=town.city_org)


def test_an_old_number_of_somebody_who_was_merged_twice_finds_who_is_kept_and_goes_back(town, pair, two, tmp_path):
    first, second = two
    actions.merge(pair, keep=second, by=town.city_org)
    actions.import_roster(roster(tmp_path / "c.csv", line(5, name=name(1), phone="10000000001")), town.mill, by=town.north_org)
    third = Person.objects.get(id_hash=crypt.blind_one(number(5), ID))
    actions.find_alike()
    other = Likeness.objects.get(state="FOUND")
    actions.merge(other, keep=third, by=town.city_org)
    first.refresh_from_db()
    assert first.same_as == third
    other.refresh_from_db()
    actions.unmerge(other, reason="两个人", by=town.city_org)
    first.refresh_from_db()
    assert first.same_as == second
