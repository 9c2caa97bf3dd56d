"""What the figures of disputes and events are told apart by: the firm's trade and size, the outcome, and whether the days were kept."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from niangjia.flow.api import ring
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import year
from niangjia.rights import actions
from niangjia.rights.models import Dispute
from niangjia.rights.tests.conftest import number
from niangjia.unions.models import Employer
from niangjia.worklog.api import Asked, evaluate, post
from niangjia.worklog.recount import recount

pytestmark = pytest.mark.django_db(transaction=True)


def told(town, code, *by):
    return evaluate(FIGURES[code].plan, Asked(year(today().year), town.county.pk, by=by))


def test_a_case_is_counted_by_firm_outcome_and_by_the_days_it_kept(town, dispute):
    by = {"by": town.township_rights}
    late = actions.open_(town.township, actions.Opening("012", today() - timedelta(days=40)), **by)
    actions.add_respondent(late, employer=town.other_employer, **by)
    actions.add_claimant(late, name="示例工庚", number=number(7), claimed=Decimal(1000), **by)
    actions.accept(late, **by)
    actions.accept(dispute, **by)
    actions.agree(dispute, amount=Decimal(8000), number="示调1号", on=today(), pay_by=today() + timedelta(days=9), **by)
    actions.receive(dispute, amount=Decimal(5000), on=today(), evidence="回单1", **by)
    for one in (dispute, late):
        one.refresh_from_db()
    assert (dispute.decided, dispute.mediated, dispute.answer_days) == ("IN", "IN", 0)
    assert (late.decided, late.mediated, late.answer_days) == ("LATE", "", 40)
    post()
    assert told(town, "rights.disputes.cases") == 2
    assert told(town, "rights.disputes.decided.rate") == 50
    assert told(town, "rights.disputes.timed.rate") == 100
    assert told(town, "rights.disputes.wait") == 20
    assert told(town, "rights.claimed") == Decimal(11000)
    assert round(told(town, "rights.recovered.rate"), 1) == Decimal("45.5")
    assert told(town, "rights.respondents.times", "employer__size") == {("3",): 1, ("1",): 1}  # 186 and 20 employees
    assert told(town, "rights.respondents.times", "employer__industry") == {("C",): 2}
    Employer.objects.filter(pk=town.employer.pk).update(employees=1200)
    post()
    assert told(town, "rights.respondents.times", "employer__size") == {("5",): 1, ("1",): 1}
    for series in ("rights.disputes", "rights.respondents", "rights.workers", "rights.receipts"):
        assert recount(series) == []


def test_an_event_is_counted_by_the_firm_and_one_without_a_firm_is_not_recorded(town, arrears):
    actions.report(town.firm, actions.Facts("不在册的单位", "E06", 3), by=town.grassroots_chair)
    post()
    assert told(town, "rights.events", "employer__size") == {("3",): 1, (None,): 1}
    assert recount("rights.events") == []


def test_a_mediation_that_ends_after_its_days_is_late(town, dispute):
    actions.accept(dispute, by=town.township_rights)
    with moved_to(now() + timedelta(days=60)):
        actions.end(dispute, outcome="05", reason="单位不同意。", by=town.township_rights)
    assert Dispute.objects.get(pk=dispute.pk).mediated == "LATE"


def test_what_is_late_counts_as_late_before_it_is_done(town, dispute):
    """Undecided after its days, refused too late, mediated beyond its days: each stands in the denominator."""
    by = {"by": town.township_rights}
    undecided, refused = (actions.open_(town.township, actions.Opening("012", today()), **by) for _n in range(2))
    actions.accept(dispute, **by)
    with moved_to(now() + timedelta(days=12)):
        ring()
        actions.refuse(refused, reason="不属于劳动争议。", **by)
        post()
        assert told(town, "rights.disputes.decided") == 3
        assert round(told(town, "rights.disputes.decided.rate")) == 33
        assert told(town, "rights.disputes.timed") == 0
    with moved_to(now() + timedelta(days=30)):
        ring()
        post()
        assert (told(town, "rights.disputes.timed"), told(town, "rights.disputes.timed.rate")) == (1, 0)
        dispute.refresh_from_db()
        actions.extend(dispute, to=today() + timedelta(days=20), consent="双方同意书", **by)
        post()
        assert told(town, "rights.disputes.timed") == 0, "both sides have prolonged it: it is in time again"
    undecided.refresh_from_db()
    assert undecided.decided == "LATE"
    assert recount("rights.applications") == []


def test_recovered_of_what_was_claimed_is_also_told_of_the_same_cases(town, dispute):
    """A payment of this year in a case of last year: in the money recovered, not in what the cases of this year have brought."""
    by = {"by": town.township_rights}
    old = actions.open_(town.township, actions.Opening("012", today() - timedelta(days=400)), **by)
    actions.add_respondent(old, employer=town.other_employer, **by)
    actions.add_claimant(old, name="示例工庚", number=number(7), claimed=Decimal(1000), **by)
    actions.accept(old, on=today() - timedelta(days=399), **by)
    actions.accept(dispute, **by)
    actions.receive(old, amount=Decimal(1000), on=today(), evidence="回单1", **by)
    actions.receive(dispute, amount=Decimal(2500), on=today(), evidence="回单2", **by)
    post()
    assert (told(town, "rights.recovered"), told(town, "rights.recovered.cohort")) == (Decimal(3500), Decimal(2500))
    assert (told(town, "rights.recovered.rate"), told(town, "rights.recovered.cohort.rate")) == (35, 25)
    assert recount("rights.receipts.cohort") == []


def test_cases_workers_and_money_are_told_apart_by_the_main_employer(town, dispute):
    by = {"by": town.township_rights}
    first = dispute.respondents.get()
    actions.add_respondent(dispute, employer=town.other_employer, **by)
    actions.accept(dispute, **by)
    actions.receive(dispute, amount=Decimal(100), on=today(), evidence="回单1", **by)
    post()
    assert told(town, "rights.disputes.cases", "against__size") == {("3",): 1}
    assert told(town, "rights.workers.times", "dispute__against__size") == {("3",): 2}
    assert told(town, "rights.recovered", "dispute__against__industry") == {("C",): Decimal(100)}
    actions.drop_respondent(first, **by)
    post()
    assert told(town, "rights.recovered", "dispute__against__size") == {("1",): Decimal(100)}
    Employer.objects.filter(pk=town.other_employer.pk).update(employees=1200)
    post()
    assert told(town, "rights.workers.times", "dispute__against__size") == {("5",): 2}
    for series in ("rights.disputes", "rights.workers", "rights.receipts"):
        assert recount(series) == []
