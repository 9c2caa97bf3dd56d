"""What makes the result of an election, and what the union above decides; offices, bodies and terms follow."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from niangjia.flow.api import ring
from niangjia.flow.models import Clock
from niangjia.gazette.models import Notice
from niangjia.kit.dates import day_of, moved_to, today
from niangjia.kit.errors import RuleBroken
from niangjia.unions import actions
from niangjia.unions.actions import dismiss, elections, results
from niangjia.unions.enums import Poll
from niangjia.unions.models import Body, Candidate, Election, Office, Union
from niangjia.unions.sitting import sitting
from niangjia.unions.tests.electing import ELECTED, FOURTH, end_of, fresh, held, planned, posted, reported, shown, voted

# ---------- the result ----------


@pytest.mark.parametrize(
    ("facts", "word"),
    [({"present": 39}, "三分之二"), ({"present": 61}, "应到"), ({ELECTED[0]: 56}, "有效票")],
)  # fmt: skip
def test_a_result_that_cannot_be_is_refused(town, facts, word):
    one, moment = shown(town)
    with moved_to(moment):
        wrong = voted(
            one, on=today(), present=facts.get("present", 55), **dict.fromkeys((*ELECTED, "华审计", "金女甲", "魏女乙", "陶女丙"), 35)
        )
        if ELECTED[0] in facts:
            wrong.votes[one.candidates.get(name=ELECTED[0]).pk] = results.Votes(56, 0, 0)
        with pytest.raises(RuleBroken, match=word):
            results.hold(one, wrong, by=town.firm_chair)
    assert fresh(one).held_on is None


def test_two_thirds_are_enough_and_one_less_is_not(town):
    one, moment = shown(town)
    few = dict.fromkeys((*ELECTED, FOURTH, "华审计", "金女甲", "魏女乙", "陶女丙"), 10)
    with moved_to(moment):
        with pytest.raises(RuleBroken):
            results.hold(one, voted(one, on=today(), present=39, **few), by=town.firm_chair)
        results.hold(one, voted(one, on=today(), present=40, **few), by=town.firm_chair)
    assert not fresh(one).candidates.filter(elected=True).exists()  # ten of sixty are not more than half


def test_elected_is_who_got_more_than_half_of_those_entitled(town):
    one, moment = shown(town)
    with moved_to(moment):
        results.hold(one, voted(one, on=today(), **{ELECTED[1]: 31, ELECTED[2]: 30}), by=town.firm_chair)
        assert set(one.candidates.filter(body="COMMITTEE", elected=True).values_list("name", flat=True)) == set(ELECTED[:2])
        with pytest.raises(RuleBroken):  # two of three, and the committee needs three
            results.report(fresh(one), given={}, by=town.firm_chair)
        results.hold(fresh(one), voted(one, on=today()), by=town.firm_chair)  # counted again
        results.report(fresh(one), given={}, by=town.firm_chair)
    assert fresh(one).state == Poll.REPORTED


def test_a_committee_has_one_chair(town):
    one, moment = held(town)
    two = {who.pk: "CHAIR" for who in one.candidates.filter(name__in=ELECTED[:2])}
    none = {who.pk: "MEMBER" for who in one.candidates.filter(name__in=ELECTED)}
    with moved_to(moment):
        for given in (two, none):
            with pytest.raises(RuleBroken):
                results.report(one, given=given, by=town.firm_chair)


def test_the_report_has_ten_days(town):
    one, moment = held(town)
    clock = Clock.objects.get(kind="unions.election", thing_id=one.pk, code="EL-D2", stopped_at=None)
    assert clock.union_id == town.firm.pk
    assert (day_of(clock.due_at) - day_of(moment)).days >= 10


# ---------- the approval ----------


def test_with_the_approval_the_term_begins_and_offices_change_hands(town):
    Office.objects.create(union=town.firm, name="老副", duty="leader", post="副主席", since=date(2020, 1, 1))
    one, moment = reported(town)
    with moved_to(moment + timedelta(days=2)):
        results.confirm(one, on=today(), approval_no="煤总工〔2026〕8号", by=town.hill_chair)
        day = today()
    one, firm = fresh(one), Union.objects.get(pk=town.firm.pk)
    assert (one.state, firm.term_no, firm.term_start, firm.approval_no) == (Poll.APPROVED, 2, one.held_on, "煤总工〔2026〕8号")
    assert (one.term_start, one.term_end) == (firm.term_start, firm.term_end)
    now_ = set(Office.objects.filter(union=firm, until=None).values_list("name", "duty"))
    assert now_ == {("朱企业", "chair"), ("孔新甲", "leader"), ("华审计", "audit"), ("金女甲", "women")}
    assert Office.objects.get(name="老副").until == day
    assert Office.objects.get(union=firm, duty="chair").since == date(2010, 1, 1)  # who goes on keeps her office
    forms = dict(Body.objects.filter(union=firm, until=None).values_list("kind", "form"))
    assert forms == {"COMMITTEE": "COMMITTEE", "AUDIT": "COMMISSIONER", "WOMEN": "COMMITTEE"}
    assert not Clock.objects.filter(kind="unions.election", thing_id=one.pk, stopped_at=None).exists()


def test_the_result_is_sent_back_annulled_or_overtaken(town):
    one, moment = reported(town)
    with moved_to(moment):
        results.send_back(one, reason="主席副主席分工不明。", by=town.hill_chair)
        one = fresh(one)
        assert one.state == Poll.HELD
        results.report(one, given={}, by=town.firm_chair)
        one = fresh(one)
        actions.re_elect(town.firm, on=today(), approval_no="1号", by=town.hill_chair)
        with pytest.raises(RuleBroken):
            results.confirm(one, on=today(), approval_no="2号", by=town.hill_chair)
        results.annul(one, reason="已另行登记。", by=town.hill_chair)
    assert not fresh(one).running
    assert planned(Union.objects.get(pk=town.firm.pk), by=town.firm_chair).term_no == 3


def test_an_election_that_is_annulled_takes_its_notice_down(town):
    one = posted(town)
    results.annul(one, reason="程序有误。", by=town.hill_chair)
    assert (fresh(one).state, Notice.objects.get().state) == (Poll.ANNULLED, "WITHDRAWN")


def test_the_first_committee_founds_the_union(town):
    made = actions.found(town.hill, actions.Facts("煤山新芽电子有限公司工会委员会", "20"), by=town.north_org)
    one, moment = reported(town, union=made, by=town.hill_chair)
    assert (one.first, one.term_no) == (True, 1)
    with moved_to(moment):
        with pytest.raises(RuleBroken):
            results.confirm(one, on=today() - timedelta(days=1), approval_no="x", by=town.hill_chair)
        with pytest.raises(RuleBroken):
            results.confirm(one, on=today(), approval_no=" ", by=town.hill_chair)
        results.confirm(one, on=today(), approval_no="煤总工〔2026〕9号", by=town.hill_chair)
        made.refresh_from_db()
        assert (made.state, made.founded_on, made.term_no) == ("NORMAL", today(), 1)
    assert Office.objects.filter(union=made, duty="chair").get().name == "朱企业"


def test_the_database_refuses_what_must_never_be(town):
    from django.db import IntegrityError, transaction

    one, _moment = held(town)
    for wrong in (
        lambda: Election.objects.filter(pk=one.pk).update(present=61),
        lambda: Election.objects.filter(pk=one.pk).update(state="APPROVED"),
        lambda: Election.objects.filter(pk=one.pk).update(state="REPORTED", held_on=None),
        lambda: one.ballots.filter(body="COMMITTEE").update(valid=99),
        lambda: Candidate.objects.filter(election=one, elected=False).update(given="CHAIR"),
        lambda: Election.objects.create(
            reference="XJ-x",
            union=one.union,
            above=one.above,
            term_no=2,
            members=1,
            planned_on=today(),
            made_by=town.firm_chair,
            made_at="2026-01-01T00:00Z",
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


# ---------- by-elections ----------


def test_a_by_election_fills_the_vacant_chair_and_nothing_else(town):
    one, moment = reported(town)
    with moved_to(moment):
        results.confirm(one, on=day_of(moment), approval_no="煤总工〔2026〕9号", by=town.hill_chair)
    term = Union.objects.get(pk=town.firm.pk)
    with moved_to(moment + timedelta(days=3)):
        for office in Office.objects.filter(union=town.firm, duty="chair", until=None):
            dismiss(office, on=today(), by=town.hill_chair)
        assert Union.objects.get(pk=town.firm.pk).chair_by is not None
        with pytest.raises(RuleBroken):
            planned(term, by=town.north_org, within=True, seats=0, audit_seats=0, women_seats=0)
        by = planned(term, by=town.north_org, within=True, seats=1, audit_seats=0, women_seats=0)
        elections.nominate(by, elections.Standing("吕补选", "COMMITTEE", "CHAIR", job="质检部"), by=town.north_org)
        elections.send(by, by=town.north_org)
        by = elections.examine(fresh(by), by=town.hill_chair)
        by = fresh(elections.post(fresh(by), text="公示补选候选人。", by=town.north_org))
        over = end_of(by)
    with moved_to(over):
        ring()
        results.hold(fresh(by), voted(by, on=day_of(over)), by=town.north_org)
        results.report(fresh(by), given={}, by=town.north_org)
        results.confirm(fresh(by), on=day_of(over), approval_no="煤总工〔2026〕12号", by=town.hill_chair)
        after, by = Union.objects.get(pk=town.firm.pk), fresh(by)
        assert (after.term_no, after.term_start, after.term_end, after.chair_by) == (term.term_no, term.term_start, term.term_end, None)
        assert (by.term_no, by.term_end) == (term.term_no, term.term_end)
        assert Office.objects.get(union=town.firm, duty="chair", until=None, delegated_by=None).name == "吕补选"
        assert Office.objects.filter(union=town.firm, duty="leader", until=None).count() == 1  # the vice-chair stays
        names = {who.name for who in sitting(after)}
        assert "吕补选" in names
        assert "朱企业" not in names
        assert len(names) == 7
