"""One record is changed at random: the figures that it stands behind move by as much, and no other moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.members.models import Membership
from niangjia.rights.models import Claimant, Dispute, Event, Receipt, Respondent
from niangjia.scenario.targets import REVIEW, WINDOW
from niangjia.scenario.tests.asking import all_told
from niangjia.unions.models import Body, Employer, Staffing, Union, open_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
Moved = dict[str, Decimal | None]  # by how much; None: somehow, as a ratio does
CHANGES: list[Callable[[int], Moved]] = []
EARLY = date(2011, 5, 16)


def change(act: Callable[[int], Moved]) -> Callable[[int], Moved]:
    CHANGES.append(act)
    return act


def one(rows: QuerySet[Any], at: int) -> Any:
    """A row, chosen by a number."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return rows.model._default_manager.get(pk=keys[at % len(keys)])


def counting_events() -> QuerySet[Event]:
    return Event.objects.filter(reported_on__range=WINDOW).exclude(state="FALSE")


def counting_disputes() -> QuerySet[Dispute]:
    return Dispute.objects.filter(accepted_on__range=WINDOW).exclude(state__in=["APPLIED", "REFUSED"])


@change
def an_event_was_a_false_report(at: int) -> Moved:
    event = one(counting_events(), at)
    Event.objects.filter(pk=event.pk).update(state="FALSE")
    return {"F043": Decimal(-1), "F044": Decimal(-event.affected)}


@change
def more_workers_are_affected(at: int) -> Moved:
    event = one(counting_events(), at)
    Event.objects.filter(pk=event.pk).update(affected=event.affected + at % 90 + 1)
    return {"F044": Decimal(at % 90 + 1)}


@change
def an_event_was_reported_before_the_window(at: int) -> Moved:
    event = one(counting_events(), at)
    Event.objects.filter(pk=event.pk).update(reported_on=EARLY)
    return {"F043": Decimal(-1), "F044": Decimal(-event.affected)}


@change
def a_dispute_was_accepted_before_the_window(at: int) -> Moved:
    dispute = one(counting_disputes(), at)
    Dispute.objects.filter(pk=dispute.pk).update(applied_on=EARLY, accepted_on=EARLY)
    return {"F045": Decimal(-1), "F046": Decimal(-dispute.respondents.count()), "F047": Decimal(-dispute.claimants.count())}


@change
def a_dispute_goes(at: int) -> Moved:
    dispute = one(counting_disputes().filter(receipts=None), at)
    moved = {"F045": Decimal(-1), "F046": Decimal(-dispute.respondents.count()), "F047": Decimal(-dispute.claimants.count())}
    dispute.delete()
    return moved


@change
def a_worker_does_not_claim(at: int) -> Moved:
    one(Claimant.objects.filter(dispute__in=counting_disputes()), at).delete()
    return {"F047": Decimal(-1)}


@change
def another_firm_is_claimed_against(at: int) -> Moved:
    dispute = one(counting_disputes(), at)
    other = one(Employer.objects.exclude(pk__in=dispute.respondents.values("employer")), at)
    Respondent.objects.create(dispute=dispute, employer=other)
    return {"F046": Decimal(1)}


@change
def a_receipt_was_entered_by_mistake(at: int) -> Moved:
    receipt = one(Receipt.objects.filter(received_on__range=WINDOW, void=False), at)
    Receipt.objects.filter(pk=receipt.pk).update(void=True)
    return {"F048": -receipt.amount}


@change
def more_was_paid(at: int) -> Moved:
    dispute = one(counting_disputes(), at)
    Receipt.objects.create(dispute=dispute, received_on=WINDOW[1], amount=Decimal(at % 7000 + 1), evidence="银行回单")
    return {"F048": Decimal(at % 7000 + 1)}


@change
def a_firms_union_was_abolished(at: int) -> Moved:
    union = one(Union.objects.filter(kind__in=["20", "24"], founded_on__lt=EARLY).exclude(state__in=["ABOLISHED", "PREPARING"]), at)
    Union.objects.filter(pk=union.pk).update(state="ABOLISHED", closed_on=date(2015, 3, 2))
    village: Moved = {"F106": Decimal(-1)} if union.kind == "24" else {}
    return {"F102": Decimal(-1), "F104": None, "F105": None} | village


@change
def a_body_was_never_set_up(at: int) -> Moved:
    body = one(Body.objects.filter(open_on(REVIEW), kind__in=["WOMEN", "AUDIT"], union__kind="20", union__closed_on=None), at)
    body.delete()
    return {"F104" if body.kind == "WOMEN" else "F105": None}


@change
def a_township_lacks_its_staff(at: int) -> Moved:
    line = one(Staffing.objects.filter(open_on(REVIEW), chair=True, staff=True), at)
    Staffing.objects.filter(pk=line.pk).update(staff=False)
    return {"F108": Decimal(-1)}


@change
def a_member_left(at: int) -> Moved:
    counts = Membership.objects.filter(
        open_on(REVIEW, "joined_on", "left_on"), state="MEMBER", standing="ACTIVE", primary=True, joined_on__lt=EARLY
    )
    held = one(counts, at)
    Membership.objects.filter(pk=held.pk).update(left_on=date(2014, 9, 1), state="ENDED", ending="LEFT")
    return {"F103": Decimal(-1)}


@change
def a_member_is_somebody_else(at: int) -> Moved:
    held = one(Membership.objects.filter(state="MEMBER", joined_on__lt=EARLY), at)
    Membership.objects.filter(pk=held.pk).update(sex="1" if held.sex == "2" else "2", job="电工", migrant=not held.migrant)
    return {}


@change
def a_firm_has_another_name(at: int) -> Moved:
    firm = one(Employer.objects.all(), at)
    Employer.objects.filter(pk=firm.pk).update(name="湖州岚栎纺织有限公司", category="300")
    return {}


@change
def a_dispute_is_told_in_other_words(at: int) -> Moved:
    Dispute.objects.filter(pk=one(counting_disputes(), at).pk).update(facts="另行补充。", cause="10")
    return {}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(act=st.sampled_from(CHANGES), at=st.integers(0, 10**6))
def test_the_right_figures_move_and_no_other(act: Callable[[int], Moved], at: int) -> None:
    before = all_told()
    with transaction.atomic():
        expected = act(at)
        after = all_told()
        transaction.set_rollback(True)
    assert {ref for ref in before if after[ref] != before[ref]} == set(expected)
    known = {ref: by for ref, by in expected.items() if by is not None}
    assert {ref: after[ref] - before[ref] for ref in known} == known
