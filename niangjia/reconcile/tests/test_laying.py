"""Each kind of difference, from a list made by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from niangjia.kit.dates import today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.members import actions as members
from niangjia.members.models import Membership
from niangjia.members.tests.rosters import name, number
from niangjia.reconcile import actions, queries
from niangjia.reconcile.models import Comparison, Difference
from niangjia.reconcile.tests.conftest import MILL, province, theirs, told

ALL = range(1, 9)


def every(*but: int) -> list[str]:
    return [theirs(n) for n in ALL if n not in but]


def weight(comparison):
    return sum(comparison.differences.values_list("weight", flat=True))


def test_a_list_that_says_the_same_differs_in_nothing(town, register, lay):
    made = lay(*every())
    assert (made.state, made.rows, made.bad, made.ours, made.same, made.differ) == ("OPEN", 8, 0, 8, 8, 0)
    assert actions.close(made, by=town.north_org).state == "CLOSED"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"name": "赵子函"}, ("FIELD", "name", "")),
        ({"phone": "10000000099"}, ("FIELD", "phone", "")),
        ({"phone": ""}, ("FIELD", "phone", "EMPTY_THEIRS")),
        ({"joined": "20160102"}, ("FIELD", "joined", "EARLIER_OURS")),
        ({"joined": "20140102"}, ("FIELD", "joined", "EARLIER_THEIRS")),
        ({"joined": ""}, ("FIELD", "joined", "EMPTY_THEIRS")),
        ({"migrant": "是"}, ("FIELD", "migrant", "")),
        ({"sex": "女性"}, ("FIELD", "sex", "")),
        ({"union": MILL}, ("WRONG_PARENT", "", "PLACE")),
        ({"union": "从来没有的工会"}, ("WRONG_PARENT", "", "UNIT")),
        ({"change": "退会"}, ("ONLY_OURS", "", "THEIRS_LEFT")),
        ({"change": "保留"}, ("DEFINITION", "", "RETAINED")),
    ],
)
def test_a_row_that_differs_in_one_thing_is_one_difference(town, register, lay, facts, expected):
    made = lay(theirs(1, **facts), *every(1))
    assert told(made) == [expected]
    one = made.differences.get()
    assert (one.union, one.membership.name, one.row) == (town.firm, name(1), 6)


def test_what_only_one_side_has_is_told_apart_by_what_our_register_knows(town, register, lay):
    made = lay(*every(1), theirs(9), theirs(20))
    assert told(made) == [("ONLY_OURS", "", ""), ("ONLY_THEIRS", "", "UNKNOWN"), ("WRONG_PARENT", "", "ELSEWHERE")]
    assert made.differences.get(cause="ELSEWHERE").membership is None  # another county's record stays there
    assert made.ours - made.rows == weight(made) == -1


def test_a_row_that_stands_twice_counts_where_it_stands_first(town, register, lay):
    made = lay(*every(), theirs(3, phone=""))
    assert told(made) == [("DUPLICATE", "", "TWICE_THEIRS")]
    assert made.differences.get().membership.name == name(3)


def test_two_of_ours_with_the_same_name_birth_and_phone_are_told(town, register, lay):
    other, one = Membership.objects.filter(county=town.north).order_by("pk")[:2]
    type(one.person).objects.filter(pk=one.person_id).update(name=other.person.name, phone_hash=other.person.phone_hash)
    made = lay(*every())
    assert ("DUPLICATE", "", "TWICE_OURS") in told(made)


def test_the_day_of_the_list_explains_who_came_or_went_after_it(town, register, lay):
    gone = Membership.objects.get(name=name(2))
    members_end(gone, town)
    before = lay(*every(2), as_of=today() - timedelta(days=3))
    assert told(before) == [("LATE", "", "BEFORE")]
    assert weight(before) == 1
    Membership.objects.filter(name=name(4)).update(joined_on=today() - timedelta(days=1))
    later = lay(*every(2), as_of=today() - timedelta(days=2))
    assert ("LATE", "", "AFTER") in told(later, state="OPEN")


def members_end(one, town):
    members.end(one, ending="LEFT", on=today(), reason="本人申请。", by=town.north_org)


def test_whoever_left_before_the_day_and_is_theirs_still_is_told_as_left(town, register, lay):
    members_end(Membership.objects.get(name=name(2)), town)
    made = lay(*every())
    assert told(made) == [("ONLY_THEIRS", "", "LEFT")]
    assert made.differences.get().membership.name == name(2)


def test_who_is_counted_otherwise_is_explained_by_the_rule(town, register, lay):
    members.retain(Membership.objects.get(name=name(1)), on=today(), reason="退休", by=town.north_org)
    Membership.objects.filter(name=name(2)).update(work="DISPATCH")
    Membership.objects.filter(name=name(3)).update(work="COURIER")
    made = lay(*every(2, 3))
    assert told(made) == [("DEFINITION", "", "DISPATCH"), ("DEFINITION", "", "NEW_FORM"), ("DEFINITION", "", "RETAINED")]
    assert made.ours - made.rows == weight(made) == 1
    agreed = lay(theirs(1, change="保留"), *every(1))
    assert told(agreed, state="OPEN") == []


def test_somebody_who_joined_lately_waits_to_be_sent_up(town, register, lay):
    Membership.objects.filter(name=name(5)).update(joined_on=today() - timedelta(days=5))
    assert told(lay(*every(5))) == [("ONLY_OURS", "", "NEW")]


def test_without_a_right_number_she_is_known_by_name_birth_and_last_four_and_to_be_confirmed(town, register, lay):
    covered = number(1)[:6] + "********" + number(1)[-4:]
    made = lay(theirs(1, id=covered, born="19850312"), *every(1))
    assert told(made) == [("FIELD", "id", "NUMBER")]
    other = lay(theirs(1, id=number(1)[:6] + "********0000", born="19850312"), *every(1))
    assert told(other, state="OPEN") == [("ONLY_OURS", "", ""), ("ONLY_THEIRS", "", "UNKNOWN")]


def test_bad_rows_are_told_and_stop_no_other(town, register, lay):
    bad = [theirs(n, id=f"{n}", born="") for n in range(30, 39)] + [theirs(40, name="")]
    made = lay(*every(), *bad)
    assert (made.rows, made.bad, made.differ) == (18, 10, 0)
    assert {one["code"] for one in made.found["bad"]} == {"length", "name-missing"}
    assert [one["row"] for one in made.found["bad"]] == list(range(14, 24))
    assert name(30) not in str(made.found)


def test_a_file_without_a_head_says_so_and_can_be_dropped(town, register, lay):
    made = lay(data="甲,乙\n1,2\n".encode())
    assert (made.state, bool(made.said)) == ("FAILED", True)
    assert not Difference.objects.exists()
    assert actions.drop(made, by=town.north_org).state == "DROPPED"


def test_the_same_list_twice_does_nothing_twice(town, register, lay):
    rows = [theirs(1, phone=""), theirs(20), *every(1, 2)]
    first = lay(*rows)
    before = list(Difference.objects.order_by("pk").values("pk", "key", "digest", "state", "found_on"))
    second = lay(*rows)
    assert list(Difference.objects.order_by("pk").values("pk", "key", "digest", "state", "found_on")) == before
    first.refresh_from_db()
    assert (first.state, second.state, second.differ) == ("FOLLOWED", "OPEN", len(before))
    assert set(Difference.objects.values_list("comparison", flat=True)) == {second.pk}


def test_what_was_explained_stays_explained_and_the_list_shrinks(town, register, lay):
    first = lay(theirs(1, name="赵子函"), theirs(2, phone=""), *every(1, 2, 3))
    actions.decide(first.differences.get(field="name"), "BOTH", why="旧身份证上的名字。", by=town.north_org)
    second = lay(theirs(1, name="赵子函"), theirs(2, phone="10000000077"), *every(1, 2))
    assert [(one.field, one.state) for one in second.differences.order_by("field")] == [("name", "BOTH"), ("phone", "OPEN")]
    assert Difference.objects.get(kind="ONLY_OURS").state == "GONE"  # they have her now
    assert [(one.differ, one.open_then) for one in queries.months(second)] == [(3, 3), (2, 1)]
    third = lay(theirs(1, name="赵子含"), *every(1))
    assert [(one.field, one.state) for one in third.differences.all()] == [("name", "OPEN")]  # another value is another question


def test_a_list_of_an_earlier_day_than_the_last_is_refused(town, register, lay):
    lay(*every())
    with pytest.raises(RuleBroken, match="比这份更晚"):
        lay(*every(), as_of=today() - timedelta(days=30))
    with pytest.raises(RuleBroken, match="还没到"):
        lay(*every(), as_of=today() + timedelta(days=1))


def test_another_office_lays_nothing(town, register, lay):
    for union, by in (
        (town.north, town.north_rights),
        (town.north, town.south_org),
        (town.north, town.hill_chair),
        (town.city, town.north_org),
    ):
        with pytest.raises(Refused):
            lay(*every(), union=union, by=by)
    with pytest.raises(RuleBroken, match="乡镇"):
        lay(*every(), union=town.firm, by=town.firm_chair)
    assert not Comparison.objects.exists()


def test_only_the_columns_that_a_list_has_are_compared(town, register, lay):
    made = lay(data=province(*(f"{n},{name(n)},{number(n)}" for n in ALL), head="序号,姓名,证件号码"))
    assert (made.differ, made.same) == (0, 8)


def test_nothing_of_a_person_stands_in_the_clear(town, register, lay):
    lay(theirs(1, phone="10000000099"), theirs(20), *every(1))
    for row in Difference.objects.values():
        said = str({k: bytes(v) if isinstance(v, memoryview) else v for k, v in row.items()})
        assert number(1) not in said
        assert "10000000099" not in said
        assert number(20) not in said


def test_the_register_of_a_township_is_its_own(town, register, lay):
    made = lay(*every(1), union=town.hill, by=town.hill_chair)
    assert told(made) == [("ONLY_OURS", "", "")]
