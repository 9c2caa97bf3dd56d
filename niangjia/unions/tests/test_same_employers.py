"""Two entries that are one employer: side by side, merged with all that stands on them on any floor, undone, and refused where it must be."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until
from niangjia.kit.spans import days
from niangjia.members import actions as members
from niangjia.members.models import Membership
from niangjia.members.tests.rosters import line as person
from niangjia.members.tests.rosters import roster
from niangjia.rights import actions as rights
from niangjia.rights.tests.conftest import number
from niangjia.rulebook.tests.test_changes import set_
from niangjia.unions import employers
from niangjia.unions.actions import employer_for
from niangjia.unions.actions.employers import correct_employer
from niangjia.unions.actions.same_employers import merge_employers, part_employers
from niangjia.unions.models import Cover, Employer, EmployerMerger, Taxpayer
from niangjia.unions.parameters import UNDO_EMPLOYERS
from niangjia.unions.tests.sheeted import book, faults, line, sent, taken, undone
from niangjia.worklog.api import Asked, audit, evaluate, post
from tests.town import credit

pytestmark = pytest.mark.django_db
OLD = 800_050
WHY = "市场监管登记：2016年换领统一社会信用代码。"


@pytest.fixture
def old(town):
    """The firm once more, under a credit code of old: with a union that covers it, members, an event, a dispute and a firm of the tax list."""
    made = Employer.objects.create(
        name="煤山青禾电池厂", uscc=credit(OLD), category="170", industry="C", employees=80, township=town.hill, county=town.north
    )
    Cover.objects.create(union=town.mill, employer=made, since=today() - timedelta(days=400))
    return made


def covered(town):
    post()
    return int(evaluate(FIGURES["unions.units"].plan, Asked(until(today()), town.city.pk)) or 0)


def books_agree(owner):
    post()
    with owner():
        assert audit() == []


def test_what_is_proper_to_a_name():
    assert [employers.core(one) for one in ("长兴示例纺织有限公司", "长兴示例纺织(煤山)厂", "示例厂", "厂")] == [
        "示例纺织",
        "示例纺织",
        "示例",
        "厂",
    ]


def test_all_that_stands_on_the_one_stands_on_the_other_and_the_books_agree(town, old, tmp_path, owner):
    keep, by = town.firm_unit, {"by": town.north_rights}
    members.import_roster(roster(tmp_path / "a.csv", person(1), person(2)), town.mill, dry_run=False, by=town.north_org)
    Membership.objects.update(employer=old)
    event = rights.report(town.mill, rights.Facts(old.name, "E01", 30, employer=old), by=town.mill_chair)
    dispute = rights.open_(town.north, rights.Opening("012", today(), facts="工资未付。"), **by)
    rights.add_respondent(dispute, employer=old, **by)
    rights.add_claimant(dispute, name="示例工甲", number=number(71), phone="10000000001", claimed=Decimal(5000), **by)
    rights.accept(dispute, **by)
    firm = Taxpayer.objects.create(
        number="1",
        name=old.name,
        uscc=old.uscc,
        employees=90,
        employer=old,
        county=town.north,
        at=town.north,
        synced_on=today(),
        first_on=today(),
    )
    before = covered(town)
    done = merge_employers(keep, old, reason=WHY, by=town.north_org)
    assert covered(town) == before - 1  # one employer, covered by two unions
    books_agree(owner)
    for thing in (event, firm):
        thing.refresh_from_db()
        assert thing.employer == keep
    assert dispute.respondents.get().employer == keep
    assert set(Membership.objects.values_list("employer", flat=True)) == {keep.pk}
    assert set(Cover.objects.filter(employer=keep, until=None).values_list("union", flat=True)) == {town.firm.pk, town.mill.pk}
    part_employers(done, reason="是两家，地址不同。", by=town.north_org)
    assert covered(town) == before
    books_agree(owner)
    event.refresh_from_db()
    old.refresh_from_db()
    assert (event.employer, dispute.respondents.get().employer, old.same_as) == (old, old, None)
    assert set(Membership.objects.values_list("employer", flat=True)) == {old.pk}
    with pytest.raises(Overtaken):
        part_employers(done, reason="再撤一次。", by=town.north_org)


def test_one_union_that_covers_both_covers_one_from_the_earlier_day(town, old):
    Cover.objects.create(union=town.firm, employer=old, since=today() - timedelta(days=8000))
    first = Cover.objects.get(union=town.firm, employer=town.firm_unit)
    done = merge_employers(town.firm_unit, old, reason=WHY, by=town.north_org)
    now_ = Cover.objects.get(union=town.firm, until=None)
    assert (now_.pk, now_.since) == (first.pk, today() - timedelta(days=8000))
    part_employers(done, reason="是两家。", by=town.north_org)
    assert Cover.objects.get(union=town.firm, employer=town.firm_unit).since == first.since
    assert Cover.objects.get(union=town.firm, employer=old).since == today() - timedelta(days=8000)


def test_the_old_code_finds_the_entry_that_is_kept(town, old, as_):
    merge_employers(town.firm_unit, old, reason=WHY, by=town.north_org)
    assert Employer.objects.coded(credit(OLD)) == town.firm_unit
    assert employer_for(name="随便", uscc=credit(OLD), near=town.hill) == town.firm_unit
    assert list(employers.listed(town.north_org, employers.Ask(text="青禾")).values_list("pk", flat=True)) == [town.firm_unit.pk]
    page = as_(town.north_org).get(old.get_absolute_url()).content.decode()
    assert town.firm_unit.name in page
    assert WHY in page
    with pytest.raises(RuleBroken):
        correct_employer(old, by=town.north_org, employees=3)
    with pytest.raises(RuleBroken, match=town.firm_unit.name):
        correct_employer(town.mill_unit, by=town.north_org, uscc=credit(OLD), reason="换证")


def test_a_chain_is_undone_from_its_end(town, old):
    first = merge_employers(town.firm_unit, old, reason=WHY, by=town.north_org)
    second = merge_employers(town.mill_unit, town.firm_unit, reason=WHY, by=town.north_org)
    assert Employer.objects.coded(credit(OLD)) == town.mill_unit
    with pytest.raises(RuleBroken, match=town.firm_unit.name):
        part_employers(first, reason="是两家。", by=town.north_org)
    part_employers(second, reason="是两家。", by=town.north_org)
    assert Employer.objects.coded(credit(OLD)) == town.firm_unit
    part_employers(first, reason="是两家。", by=town.north_org)
    assert Employer.objects.coded(credit(OLD)) == old
    assert EmployerMerger.objects.filter(undone_at=None).count() == 0


def test_two_that_stand_in_one_dispute_are_put_right_there_first(town, old):
    by = {"by": town.north_rights}
    dispute = rights.open_(town.north, rights.Opening("012", today(), facts="工资未付。"), **by)
    for one in (old, town.firm_unit):
        rights.add_respondent(dispute, employer=one, **by)
    with pytest.raises(RuleBroken):
        merge_employers(town.firm_unit, old, reason=WHY, by=town.north_org)
    old.refresh_from_db()
    assert (old.same_as, Cover.objects.filter(employer=old).count(), EmployerMerger.objects.count()) == (None, 1, 0)


def test_who_may_and_what_is_asked(town, old):
    for who in (town.north_rights, town.south_org, town.firm_chair, town.mill_chair, town.city_office):
        with pytest.raises(Refused):
            merge_employers(town.firm_unit, old, reason=WHY, by=who)
    with pytest.raises(Refused):
        merge_employers(town.shop_unit, old, reason=WHY, by=town.north_org)  # stands in another county
    for keep, gone, reason in ((old, old, WHY), (town.firm_unit, old, "  ")):
        with pytest.raises(RuleBroken):
            merge_employers(keep, gone, reason=reason, by=town.north_org)
    merge_employers(town.shop_unit, old, reason=WHY, by=town.city_org)
    with pytest.raises(Overtaken):
        merge_employers(town.firm_unit, old, reason=WHY, by=town.city_org)  # as it was when her page was shown
    old.refresh_from_db()
    with pytest.raises(RuleBroken):
        merge_employers(town.firm_unit, old, reason=WHY, by=town.city_org)


def test_after_its_days_a_merger_stands(town, old):
    done = merge_employers(town.firm_unit, old, reason=WHY, by=town.north_org)
    set_(town, UNDO_EMPLOYERS, days(10))
    with moved_to(now() + timedelta(days=11)), pytest.raises(RuleBroken):
        part_employers(done, reason="是两家。", by=town.north_org)
    with moved_to(now() + timedelta(days=10)):
        part_employers(done, reason="是两家。", by=town.north_org)


def test_the_pages(town, old, as_):
    client, url = as_(town.north_org), f"/unions/employers/{town.firm_unit.uuid}/"
    assert f"{url}merge/" in client.get(url).content.decode()
    assert old.name in client.get(f"{url}merge/").content.decode()  # shares what is proper to its name
    assert town.mill_unit.name in client.get(f"{url}merge/?q=云锦").content.decode()
    side = client.get(f"{url}merge/{old.uuid}/").content.decode()
    assert old.uscc in side
    assert town.firm_unit.uscc in side
    assert client.post(f"{url}merge/{old.uuid}/", {"keep": str(town.firm_unit.uuid), "reason": ""}).status_code == 422
    assert client.post(f"{url}merge/{old.uuid}/", {"keep": str(town.firm_unit.uuid), "reason": WHY}).status_code == 303
    page = client.get(url).content.decode()
    assert f"/unions/employers/{old.uuid}/part/" in page
    assert WHY in page
    assert as_(town.hill_chair).get(f"{url}merge/").status_code == 200
    assert as_(town.firm_chair).get(f"{url}merge/").status_code == 403
    client = as_(town.north_org)
    assert client.get(f"/unions/employers/{old.uuid}/part/").status_code == 200
    assert client.post(f"/unions/employers/{old.uuid}/part/", {"reason": "是两家。"}).status_code == 303
    assert client.get(f"/unions/employers/{old.uuid}/part/").status_code == 404


def test_a_sheet_that_writes_the_old_code_is_told_the_new_one(town, old):
    merge_employers(town.firm_unit, old, reason=WHY, by=town.north_org)
    one = sent(town.north, book(line(1, uscc=credit(OLD), unit=old.name), line(2)), town.north_org)
    assert faults(one) == {1: ["unit-merged"]}


def test_a_sheet_is_taken_back_where_a_case_stands_on_what_it_made(town):
    """What stands on an employer has often no way back from it (`related_name="+"`), and keeps it all the same."""
    one = taken(sent(town.north, book(line(1), line(2)), town.north_org), town.north_org)
    firm = Employer.objects.get(uscc=credit(700_001))
    dispute = rights.open_(town.north, rights.Opening("012", today(), facts="工资未付。"), by=town.north_rights)
    rights.add_respondent(dispute, employer=firm, by=town.north_rights)
    Taxpayer.objects.create(
        number="1",
        name="煤山示例0002号有限公司",
        employees=90,
        likely=Employer.objects.get(uscc=credit(700_002)),
        county=town.north,
        at=town.north,
        synced_on=today(),
        first_on=today(),
    )
    assert undone(one, town.north_org).state == "UNDONE"
    assert Employer.objects.filter(pk=firm.pk).exists()
    assert not Employer.objects.filter(uscc=credit(700_002)).exists()


def test_the_page_of_an_employer_shows_what_runs_about_it_only_to_those_who_may_see_it(town, as_):
    event = rights.report(town.firm, rights.Facts(town.firm_unit.name, "E01", 30, employer=town.firm_unit), by=town.firm_chair)
    dispute = rights.open_(town.north, rights.Opening("012", today(), facts="工资未付。"), by=town.north_rights)
    rights.add_respondent(dispute, employer=town.firm_unit, by=town.north_rights)
    url = f"/unions/employers/{town.firm_unit.uuid}/"
    seen = {who: as_(town.people[who]).get(url).content.decode() for who in ("north_rights", "north_org", "firm_chair")}
    assert [event.reference in seen[who] for who in seen] == [True, False, True]
    assert [dispute.reference in seen[who] for who in seen] == [True, False, False]
