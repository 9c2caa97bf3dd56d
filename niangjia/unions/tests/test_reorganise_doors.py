"""Who may reorganise, what stands against it, what happens at the same moment, and its pages."""

from __future__ import annotations

import json
import threading
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from niangjia.kit.dates import today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.rehearsal import stopped
from niangjia.members.models import Membership
from niangjia.rights import api as rights
from niangjia.rights.models import Event
from niangjia.unions import actions
from niangjia.unions.actions import reorganise
from niangjia.unions.jobs import settle
from niangjia.unions.models import Parentage, Reorganisation
from niangjia.unions.rehearsal import Plan
from niangjia.unions.scope import rescope_rows
from niangjia.unions.tests.moving import adopted, fresh, planned
from niangjia.worklog.api import audit, post

pytestmark = pytest.mark.django_db(transaction=True)  # the clerk posts only what is committed


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
