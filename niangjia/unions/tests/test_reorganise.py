"""A township moves, merges, is renamed: rehearsed, signed by two, in force on its day, with both hierarchies reconciled."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from niangjia.flow.api import ring
from niangjia.flow.models import Clock, Move
from niangjia.kit.components import day_words
from niangjia.kit.dates import CHINA, moved_to, today
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until, year
from niangjia.kit.rehearsal import stopped
from niangjia.members.models import Membership, Person
from niangjia.notices.api import Message
from niangjia.rights import api as rights
from niangjia.rights.models import Dispute, Event
from niangjia.unions import actions
from niangjia.unions.actions import reorganise
from niangjia.unions.models import Division, Employer, Office, Parentage, Union
from niangjia.unions.rehearsal import Plan
from niangjia.unions.tests.moving import adopted, fresh, member, planned, value
from niangjia.worklog.api import Asked, evaluate, post, reconcile
from niangjia.worklog.audit import audit as full_audit
from niangjia.worklog.rehearse import chosen, rehearsed

pytestmark = pytest.mark.django_db(transaction=True)  # the clerk posts only what is committed


def test_a_township_moves_to_another_county_with_all_that_stands_below(filled):
    town = filled
    with moved_to(datetime.now(CHINA) - timedelta(days=1)):
        assert not stopped(Plan(planned(town, on=today() + timedelta(days=1))))
    one = adopted(town, planned(town))
    assert one.state == "IN_FORCE"
    hill, firm = fresh(town.hill), fresh(town.firm)
    assert (hill.parent, firm.county, firm.township) == (town.south, town.south, town.hill)
    assert firm.path == f"/{town.city.pk}/{town.south.pk}/{town.hill.pk}/{town.firm.pk}/"
    assert (hill.level, firm.level) == (3, 4)
    assert {row.county_id for row in Membership.objects.filter(township=town.hill)} == {town.south.pk}
    assert Employer.objects.get(pk=town.firm_unit.pk).county == town.south
    event, dispute = Event.objects.get(), Dispute.objects.get()
    assert (event.desk, event.county, dispute.county) == (town.south, town.south, town.south)
    assert set(Clock.objects.filter(kind="rights.event", stopped_at=None).values_list("union_id", "county_id")) == {
        (town.south.pk, town.south.pk)
    }
    assert Parentage.objects.get(child=hill, since=today()).basis == f"{one.reference} 湖总工组〔2026〕7号"
    assert list(Division.objects.filter(code="330522112").order_by("since").values_list("union_id", "until")) == [
        (town.north.pk, today()),
        (town.south.pk, None),
    ]


def test_who_held_the_old_desk_sees_it_no_more_and_the_new_one_does(filled, as_):
    event = Event.objects.get()
    assert as_(filled.south_rights).get(event.get_absolute_url()).status_code == 404
    adopted(filled, planned(filled))
    assert as_(filled.south_rights).get(event.get_absolute_url()).status_code == 200
    assert as_(filled.north_rights).get(event.get_absolute_url()).status_code == 404
    told = event.tellings.order_by("pk").values_list("union", "state", "occasion")
    assert list(told)[-2:] == [(filled.north.pk, "DROPPED", "CLIMBED"), (filled.south.pk, "WAITING", "MOVED")]


def test_both_hierarchies_reconcile_and_the_books_are_equal(filled, owner):
    town = filled
    back = today() - timedelta(days=30)
    one = adopted(town, planned(town, on=back))
    post()
    eve = until(back - timedelta(days=1))
    for name in ("members.people", "unions.grassroots", "unions.units", "unions.townships"):
        north, south = (reconcile(FIGURES[name], eve, union.pk) for union in (town.north, town.south))
        for found in (north, south):
            assert found.then + sum(moved.amount for moved in found.moved) == found.today
        assert north.difference == -south.difference != 0
        assert value(name, town.city, eve) == value(name, town.city, eve, "then")
    assert value("members.people", town.north, until(today()), "then") == 0  # from its day it counts in the south by both trees
    assert value("rights.events", town.south, year(today().year)) == 1
    with owner():
        assert full_audit() == []
    assert one.state == "IN_FORCE"


def test_the_rehearsal_says_what_then_comes_true(filled):
    town, back = filled, today() - timedelta(days=2)
    one = planned(town, on=back)
    plan = Plan(one)
    said = {}
    for figure, period in chosen(back, today()):
        moves = {
            side.union.pk: ([branch.union_id for branch in side.lost], [branch.union_id for branch in side.gained]) for side in plan.sides
        }
        said |= {(figure.name, told.union, period): told for told in rehearsed(figure, period, moves, back)}
    desks = {(desk.union.pk, desk.duty): desk.then for desk in plan.desks}
    assert (plan.unions, [side.union for side in plan.sides]) == (3, [town.north, town.south])
    # To report it further, to confirm it, to follow it up, and a receipt.
    assert desks == {(town.north.pk, "rights"): 0, (town.south.pk, "rights"): 4}
    adopted(town, one)
    post()
    assert any(told.moved for told in said.values())
    for (name, union, period), told in said.items():
        assert told.after == evaluate(FIGURES[name].plan, Asked(period, union)), name
        assert told.then + told.earlier + told.moved == told.after
        assert told.then == evaluate(FIGURES[name].plan, Asked(period, union, "then")), name
    for (union, duty), n in desks.items():
        assert Clock.objects.filter(union_id=union, duty=duty, stopped_at=None).count() == n


def test_a_rehearsal_changes_nothing(filled):
    before = list(Union.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values())
    one = planned(filled)
    reorganise.rehearse(one, by=filled.city_org)
    stopped(Plan(one))
    assert (list(Union.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values())) == before


def test_two_townships_merge_and_the_one_that_stays_goes_on_with_everything(filled, owner):
    town, back = filled, today() - timedelta(days=10)
    Dispute.objects.update(accepted_on=back - timedelta(days=20), applied_on=back - timedelta(days=20))
    Office.objects.filter(union=town.hill).update(since=date(2012, 1, 1))
    post()
    one = adopted(town, planned(town, on=back, turn="MERGE", union="hill", target="fort", by=town.north_org), "north_org", "north_chair")
    post()
    hill, firm, fort = fresh(town.hill), fresh(town.firm), town.fort
    assert (hill.state, hill.closed_on, hill.successor, hill.parent, hill.level) == ("ABOLISHED", back, fort, fort, 4)
    assert (firm.parent, firm.township, firm.path) == (fort, fort, f"{fort.path}{firm.pk}/")
    assert {row.township_id for row in Membership.objects.filter(county=town.north)} == {fort.pk}
    assert not Office.objects.filter(union=hill, until=None).exists()
    # The dispute stays counted where it was taken in; its clock lies on the desk that goes on with it.
    dispute = Dispute.objects.get()
    assert (dispute.handled_by, dispute.township) == (hill, fort)
    assert Clock.objects.get(code="RD-D2", stopped_at=None).union_id == fort.pk
    rights.hear(dispute, held_at=datetime.now(CHINA), place="总工会调解室", text="未能达成协议。", by=town.fort_chair)
    rights.withdraw(dispute, reason="和解", by=town.fort_chair)
    eve = until(back - timedelta(days=1))
    assert (value("members.people", fort, eve, "then"), value("members.people", fort, eve)) == (0, 3)
    found = reconcile(FIGURES["members.people"], eve, fort.pk)
    assert found.then + sum(moved.amount for moved in found.moved) == found.today
    span = year(back.year)
    assert value("rights.disputes.cases", fort, span) == 1
    assert value("rights.disputes.cases", town.north, span) == value("rights.disputes.cases", town.north, span, "then") == 1
    assert value("unions.townships", town.north, until(today())) == 1
    with owner():
        assert full_audit() == []
    verbs = Move.objects.filter(kind="unions.union", thing_id__in=[hill.pk, firm.pk, fort.pk]).exclude(verb="start")
    assert {(move.thing_id, move.verb) for move in verbs} == {(hill.pk, "absorb"), (firm.pk, "reorganise"), (fort.pk, "reorganise")}
    assert one.reference in verbs.get(verb="absorb").reason + verbs.filter(thing_id=firm.pk).get().reason


def test_members_go_along_when_their_unions_merge(filled):
    town = filled
    both = Person.objects.get(name="甲")
    member(both, town.mill, primary=False)
    adopted(town, planned(town, turn="MERGE", union="firm", target="mill", by=town.hill_chair), "hill_chair", "north_chair")
    post()
    stands = Membership.objects.filter(union=town.mill, left_on=None)
    assert sorted(stands.values_list("person__name", "primary")) == [("丙", True), ("乙", True), ("甲", True)]
    assert not Membership.objects.filter(union=town.firm, left_on=None).exists()
    assert value("members.people", town.hill, until(today())) == 3
    assert set(fresh(town.mill).covers.filter(until=None).values_list("employer__name", flat=True)) == {
        "煤山青禾电池有限公司",
        "煤山云锦纺织有限公司",
    }


def test_a_union_is_renamed_and_found_by_its_new_name(filled, as_):
    adopted(
        filled,
        planned(filled, turn="RENAME", union="hill", target=None, name="煤山街道总工会", by=filled.north_org),
        "north_org",
        "north_chair",
    )
    assert fresh(filled.hill).short_name == "煤山街道总工会"
    assert filled.hill.code in as_(filled.north_org).get("/unions/", {"q": "msjd"}).content.decode()


def test_a_day_ahead_is_waited_for_and_the_worker_brings_it_about(filled, as_):
    town, day = filled, today() + timedelta(days=40)
    assert "划归" not in as_(town.north_org).get("/unions/tree/").content.decode()
    one = adopted(town, planned(town, on=day))
    assert one.state == "ADOPTED"
    assert fresh(town.hill).county == town.north
    assert f"{day_words(day)}划归德清县总工会" in as_(town.north_org).get("/unions/tree/").content.decode()
    with moved_to(datetime(day.year, day.month, day.day, 0, 1, tzinfo=CHINA)):
        ring()
        assert fresh(town.hill).county == town.south
    one.refresh_from_db()
    assert one.state == "IN_FORCE"
    assert Message.objects.filter(what="reorganisation-in-force", to=town.south_org, receipt=True).exists()


def test_what_no_longer_fits_on_its_day_goes_back_and_is_told(filled):
    town, day = filled, today() + timedelta(days=40)
    one = adopted(town, planned(town, on=day, turn="MERGE", union="hill", target="fort", by=town.north_org), "north_org", "north_chair")
    assert fresh(town.hill).state == "MERGING"
    actions.found(town.hill, actions.Facts("煤山新联运输有限公司工会委员会", "20"), by=town.north_org)
    with moved_to(datetime(day.year, day.month, day.day, 0, 1, tzinfo=CHINA)):
        ring()
    one.refresh_from_db()
    assert (one.state, one.round, fresh(town.hill).state) == ("DRAFT", 2, "NORMAL")
    assert Message.objects.filter(what="reorganisation-held", to=town.north_org).exists()


def test_given_up_before_its_day_nothing_happens(filled):
    one = adopted(
        filled,
        planned(filled, on=today() + timedelta(days=40), turn="MERGE", target="fort", by=filled.north_org),
        "north_org",
        "north_chair",
    )
    with pytest.raises(IllegalStep):
        reorganise.withdraw(one, reason="x", by=filled.north_org)  # not by one alone
    reorganise.recall(one, reason="县里另有安排", by=filled.north_org)
    assert (one.state, fresh(filled.hill).state) == ("RECALLED", "MERGING")
    assert Message.objects.get(what="reorganisation-to-give-up").to == filled.north_chair
    with pytest.raises(RuleBroken):
        reorganise.give_up(one, by=filled.north_org)
    with pytest.raises(Refused):
        reorganise.give_up(one, by=filled.hill_chair)
    reorganise.give_up(one, by=filled.north_chair)
    assert (one.state, fresh(filled.hill).state) == ("WITHDRAWN", "NORMAL")
    with pytest.raises(IllegalStep):
        reorganise.recall(one, reason="x", by=filled.north_org)


def test_whoever_proposed_to_give_it_up_and_nobody_signed_it_comes_into_force(filled):
    day = today() + timedelta(days=40)
    one = adopted(filled, planned(filled, on=day, turn="MERGE", target="fort", by=filled.north_org), "north_org", "north_chair")
    reorganise.recall(one, reason="县里另有安排", by=filled.north_chair)
    reorganise.keep(one, reason="按原方案办", by=filled.north_org)
    assert (one.state, fresh(filled.hill).state) == ("ADOPTED", "MERGING")
    reorganise.recall(one, reason="县里另有安排", by=filled.north_chair)
    with moved_to(datetime(day.year, day.month, day.day, 0, 1, tzinfo=CHINA)):
        ring()
    one.refresh_from_db()
    assert (one.state, fresh(filled.hill).state) == ("IN_FORCE", "ABOLISHED")


def test_in_force_it_is_undone_by_another(filled):
    one = adopted(filled, planned(filled, on=today() - timedelta(days=5)))
    with pytest.raises(IllegalStep):
        reorganise.withdraw(one, reason="x", by=filled.city_org)
    adopted(filled, planned(filled, target="north"))
    assert fresh(filled.firm).county == filled.north
    assert Parentage.objects.filter(child=filled.hill).count() == 3
