"""The rule of redundancies, at its edges: how many are a layoff, the thirty days, what is missing and when that is a breach."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from niangjia.rights.queries.redundancy import bounds
from niangjia.rights.rules import redundancy as rules
from niangjia.rights.shown.redundancy import SENTENCES, finding_words

BY = bounds(lambda one: one.default)
TOLD, DAY = date(2026, 6, 1), date(2026, 7, 1)
PLAN = rules.Plan(
    "LAYOFF", "TROUBLE", 20, 400, TOLD, DAY, hearings=1, replied_on=date(2026, 6, 10), answered_on=date(2026, 6, 15), reported_on=date(2026, 6, 20),
    protected=0,
)  # fmt: skip
ONE = rules.Plan("SINGLE", "NOTICE", 1, 400, TOLD, DAY, hearings=1, protected=0)


def said(plan):
    return {one.code: one.good for one in rules.look(plan, BY)}


@pytest.mark.parametrize(("planned", "staff", "layoff", "code"), [
    (20, 10_000, True, "many"), (19, 10_000, False, "below"), (19, 190, True, "share"), (19, 191, False, "below"), (1, 10, True, "share"), (1, 11, False, "below"),
    (21, 21, True, "many"), (2, 19, True, "share"), (10, 101, False, "below"),
])  # fmt: skip
def test_twenty_people_or_a_tenth_of_the_staff(planned, staff, layoff, code):
    assert rules.reached(planned, staff, BY) is layoff
    found = said(replace(PLAN, planned=planned, staff=staff))
    assert code in found
    assert ("days" in found, "reported" in found) == (layoff, layoff)


@pytest.mark.parametrize(("days", "code", "good"), [(29, "days_short", False), (30, "days", True), (31, "days", True)])
def test_thirty_days_lie_between_the_explanation_and_the_day(days, code, good):
    plan = replace(PLAN, planned_on=TOLD + timedelta(days=days))
    assert said(plan)[code] is good
    assert said(replace(PLAN, carried_on=TOLD + timedelta(days=days), reported_on=TOLD))[code] is good


def test_all_that_the_law_asks_was_done():
    found = rules.look(replace(PLAN, carried_on=DAY), BY)
    assert rules.keeps(found)
    assert [one.code for one in found] == ["many", "ground", "days", "heard", "replied", "reported", "protected_none", "first"]
    assert all(one.good and one.articles for one in found)


@pytest.mark.parametrize(("facts", "code"), [
    ({"hearings": 0}, "unheard"), ({"reported_on": None}, "unreported"), ({"objects": True, "answered_on": None}, "unanswered"),
])  # fmt: skip
def test_what_is_missing_is_a_breach_only_once_it_was_carried_out(facts, code):
    assert said(replace(PLAN, **facts))[code] is None
    done = rules.look(replace(PLAN, carried_on=DAY, **facts), BY)
    assert {one.code: one.good for one in done}[code] is False
    assert not rules.keeps(done)


def test_a_union_that_says_nothing_is_no_breach_of_the_employers():
    assert rules.keeps(rules.look(replace(PLAN, replied_on=None, carried_on=DAY), BY))


def test_a_report_after_the_people_went_is_too_late():
    plan = replace(PLAN, reported_on=DAY, carried_on=DAY)
    assert said(plan)["reported"] is True
    assert said(replace(plan, reported_on=DAY + timedelta(days=1)))["reported_late"] is False


@pytest.mark.parametrize(("n", "code", "good"), [(None, "protected_unknown", None), (0, "protected_none", True), (1, "protected", False)])
def test_whom_the_law_protects_must_not_stand_on_the_list(n, code, good):
    assert said(replace(PLAN, protected=n))[code] is good


def test_who_stays_first_is_to_be_looked_at_where_the_plan_says_nothing():
    assert said(replace(PLAN, unsaid=("keeps_sole",)))["first_unsaid"] is None


@pytest.mark.parametrize(
    ("told", "code", "good"),
    [(DAY - timedelta(days=1), "told_first", True), (DAY, "same_day", None), (DAY + timedelta(days=1), "told_after", False)],
)
def test_the_reason_for_one_is_told_before(told, code, good):
    assert said(replace(ONE, explained_on=told))[code] is good


def test_for_a_fault_nobody_is_protected_and_one_is_not_reported():
    found = said(replace(ONE, ground="FAULT", protected=3, carried_on=DAY))
    assert not {"protected", "unreported", "first", "many", "below"} & set(found)


def test_other_plans_count_and_more_people_begin_the_days_anew():
    found = {one.code: one for one in rules.look(replace(PLAN, planned=12, beside=8), BY)}
    assert (found["many"].facts["planned"], found["together"].facts["n"]) == (20, 8)
    assert "many" not in said(replace(PLAN, planned=12, beside=7))
    assert said(replace(PLAN, grown_on=TOLD + timedelta(days=1)))["days_short"] is False


def test_every_finding_has_its_sentence():
    plans = [
        PLAN, ONE, replace(PLAN, planned=19), replace(PLAN, planned=19, staff=190), replace(PLAN, hearings=0, replied_on=None, reported_on=None, objects=True, answered_on=None),
        replace(PLAN, objects=True), replace(PLAN, protected=2, unsaid=("keeps_long", "keeps_open")), replace(PLAN, protected=None), replace(PLAN, planned_on=TOLD),
        replace(PLAN, reported_on=DAY, carried_on=TOLD), replace(ONE, explained_on=DAY), replace(ONE, explained_on=DAY + timedelta(days=1)), replace(PLAN, beside=3),
    ]  # fmt: skip
    seen = {one.code for plan in plans for one in rules.look(plan, BY)}
    assert seen == set(SENTENCES)
    for plan in plans:
        for one in rules.look(plan, BY):
            assert "%(" not in finding_words(one)


def test_the_trace_reads_as_a_person_would_write_it():
    by_code = {
        one.code: finding_words(one) for one in rules.look(replace(PLAN, planned=19, staff=190, planned_on=DAY - timedelta(days=1)), BY)
    }
    assert by_code["share"] == "计划裁减19人，占职工总数190人的10%；不足20人，但达到10%的标准。"
    assert by_code["days_short"] == "2026年6月1日说明，到2026年6月30日只有29日，应当提前30日，最早为2026年7月1日。"
