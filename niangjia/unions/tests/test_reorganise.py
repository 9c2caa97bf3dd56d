"""A township moves, merges, is renamed: rehearsed, signed by two, in force on its day, with both hierarchies reconciled."""

from __future__ import annotations

import json
import threading
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from niangjia.flow.api import ring
from niangjia.flow.models import Clock, Move
from niangjia.kit.dates import CHINA, moved_to, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.ids import MADE_UP, identity_check
from niangjia.kit.periods import until, year
from niangjia.kit.rehearsal import stopped
from niangjia.members.models import Membership, Person
from niangjia.notices.api import Message
from niangjia.rights import api as rights
from niangjia.rights.models import Dispute, Event
from niangjia.unions import actions
from niangjia.unions.actions import reorganise
from niangjia.unions.jobs import settle
from niangjia.unions.models import Division, Employer, Office, Parentage, Reorganisation, Union
from niangjia.unions.rehearsal import Plan
from niangjia.unions.scope import rescope_rows
from niangjia.worklog.api import Asked, audit, evaluate, post, reconcile
from niangjia.worklog.audit import audit as full_audit
from niangjia.worklog.rehearse import chosen, rehearsed

pytestmark = pytest.mark.django_db(transaction=True)  # the clerk posts only what is committed


@pytest.fixture
def filled(town):
    """The town with members, a late event that has climbed to the county, and a dispute that the township took in."""
    for number, (union, name) in enumerate((("firm", "甲"), ("firm", "乙"), ("mill", "丙"), ("shop", "丁"))):
        person = Person.objects.create(name=name, sex="1", id_sealed=b"x", id_hash=f"hash-{number}".encode())
        member(person, town.unions[union])
    facts = rights.Facts(employer_name="煤山青禾电池有限公司", type="E06", affected=12)
    event = rights.report(town.firm, facts, by=town.hill_chair)
    rights.climb(event, by=town.hill_chair)
    dispute = rights.open_(town.hill, rights.Opening(cause="012", applied_on=today()), by=town.hill_chair)
    rights.add_respondent(dispute, employer=town.firm_unit, by=town.hill_chair)
    rights.add_claimant(dispute, name="戊", number=identity(), claimed=Decimal(100), by=town.hill_chair)
    rights.accept(dispute, by=town.hill_chair)
    post()
    return town


def member(person, union, **facts):
    place = {"union": union, "township_id": union.township_id, "county_id": union.county_id}
    said = {"state": "MEMBER", "joined_on": date(2015, 3, 1), "sex": person.sex, "name": person.name, "name_py": person.name} | facts
    return Membership.objects.create(person=person, **place, **said)


def identity():
    """A made-up identity number."""
    first = f"{MADE_UP}19900101001"
    return first + identity_check(first)


def planned(town, *, on=None, by=None, turn="MOVE", union="hill", target="south", **facts):
    line = {"turn": turn, "union": town.unions[union], "target": town.unions[target] if target else None}
    why = {"why_late": "补录"} if on and on < today() else {}
    return reorganise.draft(on=on or today(), paper="湖总工组〔2026〕7号", line=line | facts, by=by or town.city_org, **why)


def adopted(town, one, first="city_org", second="leader"):
    """Rehearsed and signed by two."""
    reorganise.rehearse(one, by=town.people[first])
    reorganise.sign(one, digest=Plan(one).digest, by=town.people[first])
    return reorganise.adopt(one, digest=Plan(one).digest, by=town.people[second])


def value(name, union, period, tree="today"):
    return evaluate(FIGURES[name].plan, Asked(period, union.pk, tree))


def fresh(union):
    return Union.objects.get(pk=union.pk)


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
    assert desks == {(town.north.pk, "rights"): 0, (town.south.pk, "rights"): 1}
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


def test_a_day_ahead_is_waited_for_and_the_worker_brings_it_about(filled):
    town, day = filled, today() + timedelta(days=40)
    one = adopted(town, planned(town, on=day))
    assert one.state == "ADOPTED"
    assert fresh(town.hill).county == town.north
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
    reorganise.withdraw(one, reason="县里另有安排", by=filled.north_org)
    assert (one.state, fresh(filled.hill).state) == ("WITHDRAWN", "NORMAL")
    with pytest.raises(IllegalStep):
        reorganise.withdraw(one, reason="x", by=filled.north_org)


def test_in_force_it_is_undone_by_another(filled):
    one = adopted(filled, planned(filled, on=today() - timedelta(days=5)))
    with pytest.raises(IllegalStep):
        reorganise.withdraw(one, reason="x", by=filled.city_org)
    adopted(filled, planned(filled, target="north"))
    assert fresh(filled.firm).county == filled.north
    assert Parentage.objects.filter(child=filled.hill).count() == 3


@pytest.mark.parametrize("who", ["north_org", "south_org", "hill_chair", "north_chair", "city_rights", "nobody", "system"])
def test_only_the_office_above_both_counties_plans_it(town, who):
    with pytest.raises(Refused):
        planned(town, by=town.people[who])


def test_one_person_does_not_sign_twice(town):
    one = planned(town)
    reorganise.rehearse(one, by=town.city_org)
    reorganise.sign(one, digest=Plan(one).digest, by=town.city_org)
    with pytest.raises(RuleBroken):
        reorganise.adopt(one, digest=Plan(one).digest, by=town.city_org)
    for who in ("north_chair", "city_rights", "south_org"):
        with pytest.raises(Refused):
            reorganise.adopt(one, digest=Plan(one).digest, by=town.people[who])
    assert fresh(town.hill).county == town.north


def test_a_signature_binds_to_what_was_shown(town):
    one = planned(town)
    reorganise.rehearse(one, by=town.city_org)
    seen = Plan(one).digest
    reorganise.revise(one, by=town.city_org)
    reorganise.add_line(one, turn="MOVE", union=town.fort, target=town.south, by=town.city_org)
    reorganise.rehearse(one, by=town.city_org)
    with pytest.raises(RuleBroken):
        reorganise.sign(one, digest=seen, by=town.city_org)
    reorganise.sign(one, digest=Plan(one).digest, by=town.city_org)


def test_lines_are_changed_in_a_draft_only_and_by_one_at_a_time(town):
    one = planned(town)
    mine, hers = (Reorganisation.objects.get(pk=one.pk) for _ in range(2))
    reorganise.rehearse(mine, by=town.city_org)
    with pytest.raises(Overtaken):
        reorganise.add_line(hers, turn="MOVE", union=town.fort, target=town.south, by=town.city_org)
    with pytest.raises(RuleBroken):
        reorganise.add_line(mine, turn="MOVE", union=town.fort, target=town.south, by=town.city_org)


def test_what_stands_against_it_is_said_with_the_way_to_settle_it(filled):
    town = filled
    found = actions.found(town.hill, actions.Facts("煤山新联运输有限公司工会委员会", "20"), by=town.north_org)
    first = planned(town)
    reorganise.rehearse(first, by=town.city_org)
    merge = planned(town, turn="MERGE", union="hill", target="fort", by=town.north_org)
    held = {str(stop.sentence): stop.url for stop in stopped(Plan(merge))}
    assert any(first.reference in sentence and url == first.get_absolute_url() for sentence, url in held.items())
    assert found.get_absolute_url() in held.values()
    taken = planned(town, turn="RENAME", union="fort", target=None, name="煤山镇总工会", by=town.north_org)
    assert any("煤山镇总工会" in str(stop.sentence) for stop in stopped(Plan(taken)))
    odd = planned(town, turn="MOVE", union="firm", target="mill", by=town.hill_chair)
    assert len(stopped(Plan(odd))) == 1
    late = Reorganisation.objects.get(pk=planned(town, union="fort", on=today()).pk)
    Reorganisation.objects.filter(pk=late.pk).update(on=date(2010, 1, 1))
    late.refresh_from_db()
    assert len(stopped(Plan(late))) == 2  # no reason for a day that lies back, and its parent holds since that very day


def test_a_transfer_under_way_holds_a_merger_up(filled):
    one = Membership.objects.filter(union=filled.firm).first()
    Membership.objects.filter(pk=one.pk).update(state="LEAVING", to_union=filled.shop)
    merge = planned(filled, turn="MERGE", union="firm", target="mill", by=filled.hill_chair)
    [stop] = stopped(Plan(merge))
    assert "under=" in stop.url


def test_a_back_dated_one_says_why(town):
    with pytest.raises(RuleBroken):
        reorganise.draft(
            on=today() - timedelta(days=3), paper="x", line={"turn": "MOVE", "union": town.hill, "target": town.south}, by=town.city_org
        )


def test_a_union_that_leads_others_moves_by_no_other_way(town):
    with pytest.raises(RuleBroken):
        actions.reparent(town.hill, town.south, since=date(2024, 7, 1), basis="x", by=town.city_org)


def test_it_takes_as_many_statements_for_two_firms_as_for_forty(filled, django_assert_max_num_queries):
    from django.test.utils import CaptureQueriesContext

    from tests.town import union

    counts = []
    for n, target in ((0, "south"), (38, "north")):
        with transaction.atomic():
            for i in range(n):
                union(f"U3305229{i:04d}", f"煤山第{i}有限公司工会", "20", 4, fresh(filled.hill), uscc="")
        Parentage.objects.filter(child=filled.hill, since=today()).update(since=today() - timedelta(days=3))
        one = planned(filled, target=target)
        reorganise.rehearse(one, by=filled.city_org)
        reorganise.sign(one, digest=Plan(one).digest, by=filled.city_org)
        with CaptureQueriesContext(connection) as asked:
            reorganise.adopt(one, digest=Plan(one).digest, by=filled.leader)
        counts.append(len(asked))
    assert counts[1] - counts[0] <= 3


def test_what_somebody_writes_at_that_moment_moves_along(filled):
    """An event reported in a transaction that is still open when the act comes into force stands in the new county soon after."""
    town, written, go_on = filled, threading.Event(), threading.Event()

    def report():
        try:
            with transaction.atomic():
                rights.report(town.mill, rights.Facts(employer_name="煤山云锦纺织有限公司", type="E06", affected=5), by=town.hill_chair)
                written.set()
                go_on.wait(10)
        finally:
            connection.close()

    writer = threading.Thread(target=report)
    one = planned(town)
    reorganise.rehearse(one, by=town.city_org)
    reorganise.sign(one, digest=Plan(one).digest, by=town.city_org)
    writer.start()
    assert written.wait(10)
    reorganise.adopt(one, digest=Plan(one).digest, by=town.leader)
    go_on.set()
    writer.join()
    assert Event.objects.filter(county=town.north).count() == 1
    waiting = "SELECT args FROM procrastinate_jobs WHERE task_name = 'unions.rescope' AND scheduled_at > now() ORDER BY id"
    with connection.cursor() as cursor:
        cursor.execute(waiting)
        jobs = [json.loads(args) if isinstance(args, str) else args for (args,) in cursor.fetchall()]
    assert len(jobs) == 2
    settle(**jobs[0])
    assert set(Event.objects.values_list("county_id", flat=True)) == {town.south.pk}


def test_what_a_slow_writer_brings_along_is_mended(filled):
    adopted(filled, planned(filled))
    Event.objects.update(county=filled.north)
    rescope_rows([filled.firm.pk])
    assert Event.objects.get().county == filled.south


def test_two_who_adopt_at_once_do_not_both(town):
    one = planned(town)
    reorganise.rehearse(one, by=town.city_org)
    reorganise.sign(one, digest=Plan(one).digest, by=town.city_org)
    mine, hers = (Reorganisation.objects.get(pk=one.pk) for _ in range(2))
    reorganise.adopt(mine, digest=Plan(mine).digest, by=town.leader)
    with pytest.raises(Overtaken):
        reorganise.adopt(hers, digest=one.digest, by=town.leader)
    assert Parentage.objects.filter(child=town.hill).count() == 2


def test_the_pages_from_the_plan_to_the_reconciliation(filled, as_):
    town = filled
    client = as_(town.city_org)
    made = client.post(
        "/unions/reorganisations/plan/",
        {"turn": "MOVE", "union": town.hill.code, "target": town.south.code, "on": str(today()), "paper": "湖总工组〔2026〕7号"},
    )
    one = Reorganisation.objects.get()
    assert (made.status_code, made.url) == (303, one.get_absolute_url())
    url = one.get_absolute_url()
    assert as_(town.north_org).get(url).status_code == 404  # a draft is its office's own
    client = as_(town.city_org)
    assert client.post(f"{url}step/", {"verb": "rehearse"}).status_code == 303
    page = client.get(url).content.decode()
    digest = Plan(Reorganisation.objects.get()).digest
    assert digest in page
    assert client.post(f"{url}step/", {"verb": "sign", "digest": "0" * 64}).status_code == 422
    assert client.post(f"{url}step/", {"verb": "sign", "digest": digest}).status_code == 303
    assert as_(town.north_org).get(url).status_code == 200
    assert as_(town.market_chair).get(url).status_code == 404
    assert as_(town.north_org).post(f"{url}step/", {"verb": "adopt", "digest": digest}).status_code == 403
    assert as_(town.leader).post(f"{url}step/", {"verb": "adopt", "digest": digest}).status_code == 303
    post()
    page = as_(town.leader).get(url).content.decode()
    assert "reconciled" in page
    assert one.reference in as_(town.city_org).get(town.hill.get_absolute_url()).content.decode()
    assert one.reference in as_(town.south_org).get("/unions/reorganisations/?view=force").content.decode()
    assert one.reference not in as_(town.city_org).get("/unions/reorganisations/?view=gone").content.decode()


def test_the_rehearsal_asks_a_fixed_number_of_questions(filled, as_, django_assert_max_num_queries):
    one = planned(filled)
    reorganise.rehearse(one, by=filled.city_org)
    client = as_(filled.city_org)
    client.get(one.get_absolute_url())
    with django_assert_max_num_queries(190):
        client.get(one.get_absolute_url())


def test_the_audit_of_the_whole_house_is_equal_after_it(filled, owner):
    adopted(filled, planned(filled))
    post()
    with owner():
        assert audit() == []
