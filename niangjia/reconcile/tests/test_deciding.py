"""Deciding one by one and by rule, taking theirs by the verbs of members, taking back, and two at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from niangjia.kit import crypt
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.members.api import PHONE
from niangjia.members.models import Batch, Membership, Person
from niangjia.members.tests.rosters import name, number
from niangjia.reconcile import actions, queries, rules
from niangjia.reconcile.actions.forgetting import forget_old
from niangjia.reconcile.models import Before, Decision, Difference
from niangjia.reconcile.tests.conftest import MILL, theirs, told
from niangjia.reconcile.tests.test_laying import every


def phone_of(n: int) -> str:
    one = Person.objects.get(name=name(n))
    return crypt.unseal(one.phone_sealed, PHONE) if one.phone_sealed else ""


def rule(comparison, code, by):
    seen = queries.ruled(comparison, rules.BY_CODE[code]).count()
    return actions.apply(actions.ruled(comparison, code, seen=seen, by=by))


def test_ours_holds_and_changes_nothing(town, register, lay):
    made = lay(theirs(1, phone="10000000099"), *every(1))
    actions.decide(made.differences.get(), "OURS", by=town.north_org)
    one = made.differences.get()
    assert (one.state, one.settled_on, phone_of(1)) == ("OURS", today(), "10000000001")
    assert queries.rulings(queries.counted(made), "MEMBERS") == {}
    assert actions.close(made, by=town.north_org).state == "CLOSED"


@pytest.mark.parametrize(
    ("said", "read", "now_it_is"),
    [
        ({"phone": "10000000099"}, lambda: phone_of(1), "10000000099"),
        ({"name": "赵子函"}, lambda: Membership.objects.get(person__id_hash__isnull=False, job="挡车工", name="赵子函").name, "赵子函"),
        ({"joined": "20140102"}, lambda: str(Membership.objects.get(name=name(1)).joined_on), "2014-01-02"),
        ({"migrant": "是"}, lambda: Membership.objects.get(name=name(1)).migrant, True),
    ],
)
def test_theirs_is_written_by_the_register_s_own_verbs_and_comes_back(town, register, lay, said, read, now_it_is):
    before = Membership.objects.order_by("pk").values("name", "joined_on", "migrant").first()
    made = lay(theirs(1, **said), *every(1))
    decision = actions.decide(made.differences.get(), "THEIRS", by=town.north_org)
    assert read() == now_it_is
    assert Before.objects.count() == 1
    actions.apply(actions.take_back(decision, by=town.north_org))
    assert (Membership.objects.order_by("pk").values("name", "joined_on", "migrant").first(), phone_of(1)) == (before, "10000000001")
    one = made.differences.get()
    assert (one.state, one.settled_on, one.decision) == ("OPEN", None, None)


def test_number_and_birth_are_never_written_over(town, register, lay):
    covered = number(1)[:6] + "********" + number(1)[-4:]
    made = lay(theirs(1, id=covered, born="19850312"), *every(1))
    with pytest.raises(RuleBroken, match="请核对证件"):
        actions.decide(made.differences.get(), "THEIRS", by=town.north_org)
    assert made.differences.get().state == "OPEN"


def test_both_stand_only_with_a_reason(town, register, lay):
    made = lay(theirs(1, name="赵子函"), *every(1))
    with pytest.raises(RuleBroken, match="请说明为什么"):
        actions.decide(made.differences.get(), "BOTH", by=town.north_org)
    actions.decide(made.differences.get(), "BOTH", why="两个名字都用。", by=town.north_org)
    assert made.differences.get().said == "两个名字都用。"


def test_a_rule_decides_all_that_it_fits_and_nothing_else_and_is_taken_back_as_a_whole(town, register, lay):
    Person.objects.filter(name__in=[name(1), name(2), name(3)]).update(phone_sealed=None, phone_hash=None, phone_tail_hash=None)
    made = lay(theirs(4, phone="10000000099"), *every(4))
    assert queries.rulings(queries.counted(made), "MEMBERS") == {"phone-ours-empty": 3}
    decision = rule(made, "phone-ours-empty", town.north_org)
    assert (decision.turn, decision.many, decision.done, decision.left) == ("DONE", 3, 3, 0)
    assert [phone_of(n) for n in (1, 2, 3, 4)] == ["10000000001", "10000000002", "10000000003", "10000000004"]
    assert sorted(made.differences.values_list("state", flat=True)) == ["OPEN", "THEIRS", "THEIRS", "THEIRS"]
    back = actions.apply(actions.take_back(decision, by=town.north_org))
    assert (back.turn, back.undone_by) == ("UNDONE", town.north_org)
    assert [phone_of(n) for n in (1, 2, 3)] == ["", "", ""]
    assert set(made.differences.values_list("state", flat=True)) == {"OPEN"}


def test_what_a_rule_cannot_write_stays_open_with_the_sentence(town, register, lay):
    Person.objects.filter(name=name(1)).update(phone_sealed=None, phone_hash=None, phone_tail_hash=None)
    Person.objects.filter(name=name(2)).update(phone_sealed=None, phone_hash=None, phone_tail_hash=None)
    made = lay(theirs(2, phone="12345"), *every(2))
    decision = rule(made, "phone-ours-empty", town.north_org)
    assert (decision.done, decision.left) == (1, 1)
    assert made.differences.get(state="OPEN").said


def test_a_rule_decides_what_was_seen_or_nothing(town, register, lay):
    made = lay(theirs(1, phone=""), theirs(2, phone=""), *every(1, 2))
    with pytest.raises(RuleBroken, match="不是您看到的1处"):
        actions.ruled(made, "phone-theirs-empty", seen=1, by=town.north_org)
    actions.ruled(made, "phone-theirs-empty", seen=2, by=town.north_org)
    with pytest.raises(Overtaken):  # it is being done
        actions.ruled(made, "phone-theirs-empty", seen=2, by=town.north_org)


def test_a_killed_decision_goes_on_with_what_is_open(town, register, lay):
    made = lay(theirs(1, phone=""), theirs(2, phone=""), *every(1, 2))
    decision = actions.ruled(made, "phone-theirs-empty", seen=2, by=town.north_org)
    first = made.differences.order_by("pk")[0]
    Difference.objects.filter(pk=first.pk).update(state="OURS", settled_on=today(), decision=decision)
    Decision.objects.filter(pk=decision.pk).update(done=1)
    assert actions.apply(decision).done == 2
    assert actions.apply(decision).done == 2  # done once more, it does nothing


def test_whom_only_they_have_becomes_a_roster_that_is_checked_first(town, register, lay):
    made = lay(*every(), theirs(20), theirs(21, union=MILL))
    decision = rule(made, "unknown", town.north_org)
    batch = Batch.objects.latest("pk")
    assert (decision.batch, batch.state, batch.good, batch.union) == (batch, "CHECKED", 2, town.north)
    assert not Membership.objects.filter(name=name(20)).exists()
    actions.apply(actions.take_back(decision, by=town.north_org))
    batch.refresh_from_db()
    assert batch.state == "DROPPED"
    assert set(made.differences.values_list("state", flat=True)) == {"OPEN"}


def test_another_union_is_a_transfer_that_is_asked_for(town, register, lay):
    made = lay(theirs(1, union=MILL), *every(1))
    decision = actions.decide(made.differences.get(), "THEIRS", by=town.north_org)
    one = Membership.objects.get(name=name(1))
    assert (one.state, one.to_union) == ("LEAVING", town.mill)
    actions.apply(actions.take_back(decision, by=town.north_org))
    one.refresh_from_db()
    assert (one.state, one.to_union) == ("MEMBER", None)


def test_two_who_decide_at_once_one_wins_and_the_other_is_told(town, register, lay):
    made = lay(theirs(1, phone="10000000099"), *every(1))
    mine, hers = made.differences.get(), made.differences.get()
    actions.decide(mine, "OURS", by=town.north_org)
    with pytest.raises(Overtaken):
        actions.decide(hers, "THEIRS", by=town.city_org)
    assert (made.differences.get().state, phone_of(1), Decision.objects.count()) == ("OURS", "10000000001", 1)


def test_a_record_changed_since_is_not_written_over(town, register, lay):
    made = lay(theirs(1, phone="10000000099"), *every(1))
    Person.objects.filter(name=name(1)).update(phone_sealed=crypt.seal_one("10000000055", PHONE))
    with pytest.raises(RuleBroken, match="已有改动"):
        actions.decide(made.differences.get(), "THEIRS", by=town.north_org)
    assert phone_of(1) == "10000000055"


def test_what_was_changed_after_a_decision_is_not_brought_back(town, register, lay):
    made = lay(theirs(1, phone="10000000099"), *every(1))
    decision = actions.decide(made.differences.get(), "THEIRS", by=town.north_org)
    Person.objects.filter(name=name(1)).update(phone_sealed=crypt.seal_one("10000000055", PHONE))
    back = actions.apply(actions.take_back(decision, by=town.north_org))
    assert (back.left, phone_of(1), made.differences.get().state) == (1, "10000000055", "THEIRS")


def test_after_thirty_days_nothing_is_taken_back(town, register, lay):
    made = lay(theirs(1, phone=""), *every(1))
    decision = actions.decide(made.differences.get(), "OURS", by=town.north_org)
    with moved_to(now() + timedelta(days=31)), pytest.raises(RuleBroken, match="日子已过"):
        actions.take_back(decision, by=town.north_org)


def test_whoever_does_not_keep_the_register_decides_nothing(town, register, lay):
    made = lay(theirs(1, phone=""), *every(1))
    for by in (town.north_rights, town.south_org, town.hill_chair, town.firm_chair):
        with pytest.raises(Refused):
            actions.decide(made.differences.get(), "OURS", by=by)
    actions.decide(made.differences.get(), "OURS", by=town.city_org)


def test_a_list_with_open_differences_is_not_closed(town, register, lay):
    made = lay(theirs(1, phone=""), *every(1))
    with pytest.raises(RuleBroken, match="没有定"):
        actions.close(made, by=town.north_org)


def test_decisions_stay_with_the_newest_list(town, register, lay):
    first = lay(theirs(1, phone=""), *every(1))
    one = first.differences.get()
    second = lay(theirs(1, phone=""), *every(1))
    with pytest.raises(RuleBroken, match="更新的一份"):
        actions.decide(one, "OURS", by=town.north_org)
    actions.decide(second.differences.get(), "OURS", by=town.north_org)
    assert told(second, state="OURS") == [("FIELD", "phone", "EMPTY_THEIRS")]


def test_every_rule_fits_some_list():
    for one in rules.RULINGS:
        assert rules.fits(one, "UNIONS" if one.cause == "DORMANT" else "MEMBERS"), one


def test_no_roster_of_people_is_made_of_a_list_of_unions(town, register, lay, as_):
    made = lay(of="UNIONS", data="工会名称,统一社会信用代码\n没有的工会,\n".encode())
    assert told(made, kind="ONLY_THEIRS") == [("ONLY_THEIRS", "", "UNKNOWN")]
    assert "unknown" not in queries.rulings(queries.counted(made), made.of)
    assert not queries.ruled(made, rules.BY_CODE["unknown"]).exists()
    with pytest.raises(RuleBroken):
        actions.ruled(made, "unknown", seen=1, by=town.north_org)
    assert not Batch.objects.filter(union=town.north).exists()


def test_a_list_goes_after_two_years_with_both_sides_and_every_count_stays(town, register, lay):
    made = lay(theirs(1, phone=""), theirs(2, name="赵子函"), *every(1, 2))
    actions.decide(made.differences.get(field="phone"), "OURS", by=town.north_org)
    assert forget_old() == 0
    with moved_to(now() + timedelta(days=740)):
        assert forget_old() == 1
        assert forget_old() == 0
    made.refresh_from_db()
    assert (made.file_digest, made.differ) == ("", 2)
    assert sorted(made.differences.values_list("state", "ours_sealed", "theirs_sealed")) == [("GONE", None, None), ("OURS", None, None)]
