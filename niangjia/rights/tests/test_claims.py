"""Claims line by line, shares of payments, agreements in instalments, filings, and ways that part."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from threading import Thread

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from niangjia.flow.api import clocks
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.workdays import roll
from niangjia.rights import actions
from niangjia.rights.enums import FilingKind, FilingOutcome, LineOutcome, SplitBy
from niangjia.rights.models import Claim, Claimant, Receipt, Share
from niangjia.rights.queries import account_of, received_of
from niangjia.rights.tests.conftest import number
from niangjia.rights.tests.mediations import signed

pytestmark = pytest.mark.django_db
SLIP = "银行回单2026103100931"


def adds_up(dispute):
    """Lines, workers and the whole say the same."""
    dispute.refresh_from_db()
    each = sum(dispute.claimants.values_list("claimed", flat=True), Decimal(0))
    lines = sum(Claim.objects.filter(claimant__dispute=dispute).values_list("claimed", flat=True), Decimal(0))
    return dispute.claimed == each == lines


def test_lines_add_up_to_the_worker_and_to_the_dispute(town, dispute):
    worker = dispute.claimants.select_related("dispute").first()
    lines = [actions.Claimed("012", Decimal(6000), "2026-01"), actions.Claimed("031", Decimal(2500))]
    actions.write_lines(worker, lines, by=town.township_rights)
    assert worker.claimed == Decimal(8500)
    assert adds_up(dispute)
    assert dispute.claimed == Decimal(13500)
    with pytest.raises(RuleBroken):
        actions.write_lines(worker, [lines[0], lines[0]], by=town.township_rights)


def test_a_worker_without_lines_claims_for_the_cause_of_the_dispute(town, dispute):
    Claim.objects.all().delete()  # as the records that were taken over have it
    account = account_of(dispute)
    assert [(one.kind, one.claimed, one.workers) for one in account.kinds] == [("012", Decimal(10000), 2)]
    actions.accept(dispute, by=town.township_rights)
    actions.receive(dispute, amount=Decimal(100), on=today(), evidence="回单", by=town.township_rights)
    assert sorted(one.received for one in account_of(dispute).workers.values()) == [Decimal(50), Decimal(50)]
    assert adds_up(dispute)


def test_a_payment_is_divided_in_proportion_equally_or_by_a_list(town, mediated):
    by = {"by": town.township_rights}
    one, two = mediated.claimants.order_by("pk")
    line = actions.receive(mediated, amount=Decimal("100.01"), on=today(), evidence="回单A", **by)
    assert sorted(line.shares.values_list("amount", flat=True)) == [Decimal("50.00"), Decimal("50.01")]
    parts = {one.pk: Decimal(90), two.pk: Decimal("10.01")}
    actions.redivide(line, split=SplitBy.LIST, parts=parts, **by)
    assert account_of(mediated).workers[one.pk].received == Decimal(90)
    with pytest.raises(RuleBroken):
        actions.redivide(line, split=SplitBy.LIST, parts={one.pk: Decimal(90)}, **by)
    assert received_of(mediated) == Decimal("100.01")
    actions.void(line, why="写错", **by)
    assert account_of(mediated).workers[one.pk].received == 0


def test_the_same_slip_is_no_money_in_two_cases(town, mediated):
    actions.receive(mediated, amount=Decimal(500), on=today(), evidence=SLIP, by=town.township_rights)
    other = actions.open_(town.far_township, actions.Opening("012", today(), Decimal(900), "又一件。"), by=town.other_county)
    actions.add_respondent(other, employer=town.other_employer, by=town.other_county)
    actions.add_claimant(other, name="示例工戊", number=number(5), claimed=Decimal(900), by=town.other_county)
    actions.accept(other, by=town.other_county)
    with pytest.raises(RuleBroken) as told:
        actions.receive(other, amount=Decimal(500), on=today(), evidence="银行回单 2026-1031-00931", by=town.other_county)
    assert mediated.reference not in str(told.value)  # she may not see that case
    with pytest.raises(RuleBroken) as told:
        actions.receive(other, amount=Decimal(500), on=today(), evidence=SLIP, by=town.city_rights)
    assert mediated.reference in str(told.value)
    actions.void(Receipt.objects.get(), why="写错", by=town.township_rights)
    assert actions.receive(other, amount=Decimal(500), on=today(), evidence=SLIP, by=town.other_county).pk


def test_an_agreement_gives_each_worker_her_part(town, mediated):
    one, two = mediated.claimants.order_by("pk")
    with pytest.raises(RuleBroken):
        signed(town, mediated, terms=actions.Terms(amounts={one.pk: Decimal(5000), two.pk: Decimal(2000)}))
    mediated.refresh_from_db()
    terms = actions.Terms(["一次结清。"], [], [("FIRM", "示例经理")], {one.pk: Decimal(5000), two.pk: Decimal(3000)})
    signed(town, mediated, terms=terms)
    account = account_of(mediated)
    assert [account.workers[line.pk].agreed for line in (one, two)] == [Decimal(5000), Decimal(3000)]
    assert (mediated.clauses.count(), mediated.signatures.count()) == (1, 1)


def test_the_clock_of_payment_runs_to_the_next_instalment(town, mediated):
    first, second = today() + timedelta(days=10), today() + timedelta(days=40)
    with pytest.raises(RuleBroken):
        signed(town, mediated, pay_by=None, terms=actions.Terms(plan=[(first, Decimal(3000)), (second, Decimal(4000))]))
    mediated.refresh_from_db()
    signed(town, mediated, pay_by=None, terms=actions.Terms(plan=[(first, Decimal(3000)), (second, Decimal(5000))]))
    assert mediated.pay_by == first
    line = actions.receive(mediated, amount=Decimal(3000), on=today(), evidence="回单1", by=town.township_rights)
    mediated.refresh_from_db()
    assert mediated.pay_by == second
    assert next(c for c in clocks(mediated) if c.code == "RD-D3" and c.stopped_at is None).due_at.date() >= second
    actions.void(line, why="写错", by=town.township_rights)
    mediated.refresh_from_db()
    assert mediated.pay_by == first


def test_both_sides_ask_for_confirmation_within_its_days(town, mediated):
    signed(town, mediated, terms=actions.Terms(confirm=True))
    assert mediated.confirm_by == roll(today() + timedelta(days=30))
    assert any(c.code == "RD-D4" for c in clocks(mediated))
    with pytest.raises(RuleBroken):  # nothing is late yet
        actions.file(mediated, kind=FilingKind.ORDER, body="甲县人民法院", filed_on=today(), by=town.township_rights)
    with moved_to(now() + timedelta(days=(mediated.confirm_by - today()).days + 1)):
        with pytest.raises(RuleBroken):
            actions.file(mediated, kind=FilingKind.COURT, body="甲县人民法院", filed_on=today(), by=town.township_rights)
        made = actions.file(mediated, kind=FilingKind.ORDER, body="甲县人民法院", filed_on=today(), by=town.township_rights)
        actions.decide(made, outcome=FilingOutcome.GRANTED, on=today(), number="民督1号", by=town.township_rights)
        with pytest.raises(Overtaken):
            actions.decide(made, outcome=FilingOutcome.REFUSED, on=today(), by=town.township_rights)
    actions.file(mediated, kind=FilingKind.COURT, body="甲县人民法院", filed_on=today(), by=town.township_rights)
    mediated.refresh_from_db()
    assert mediated.confirm_by is None
    assert not [c for c in clocks(mediated) if c.code == "RD-D4" and c.stopped_at is None]


def test_some_settle_and_others_go_on(town, mediated):
    one, two = mediated.claimants.order_by("pk")
    with pytest.raises(RuleBroken):
        actions.part(mediated, workers={one.pk, two.pk}, outcome=LineOutcome.ARBITRATION, by=town.township_rights)
    actions.part(mediated, workers={two.pk}, outcome=LineOutcome.ARBITRATION, by=town.township_rights)
    signed(town, mediated, amount=Decimal(5000))
    account = account_of(mediated)
    assert (account.workers[one.pk].agreed, account.workers[two.pk].agreed) == (Decimal(5000), None)
    assert account.workers[two.pk].outcome == LineOutcome.ARBITRATION
    with pytest.raises(Refused):
        actions.part(mediated, workers={one.pk}, outcome=LineOutcome.WITHDRAWN, by=town.county_finance)


def test_it_ends_with_the_number_under_which_it_goes_on(town, mediated):
    actions.end(mediated, outcome="05", reason="单位不同意。", body="甲县仲裁委", number="甲劳人仲案〔2026〕8号", by=town.township_rights)
    assert mediated.filings.get().number == "甲劳人仲案〔2026〕8号"


def test_sixty_workers_cost_no_more_questions_than_two(town, client, mediated):
    client.force_login(town.township_rights)
    with CaptureQueriesContext(connection) as few:
        assert client.get(mediated.get_absolute_url()).status_code == 200
    from niangjia.members.api import people_for

    rows = [(f"示例工{'甲乙丙丁戊己庚辛壬癸'[n % 10]}", number(n), "") for n in range(100, 160)]
    people = [one for one in people_for(rows) if not isinstance(one, str)]
    assert len(people) == 60
    Claimant.objects.bulk_create(Claimant(dispute=mediated, person=one, claimed=Decimal(100)) for one in people)
    with CaptureQueriesContext(connection) as many:
        assert client.get(mediated.get_absolute_url()).status_code == 200
    assert len(many) <= len(few)


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_the_same_slip_at_once_are_told_apart(town, mediated):
    told: list[str] = []

    def enter() -> None:
        try:
            actions.receive(mediated, amount=Decimal(500), on=today(), evidence=SLIP, by=town.township_rights)
        except RuleBroken as broken:
            told.append(str(broken))
        finally:
            connections.close_all()

    both = [Thread(target=enter) for _n in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert (Receipt.objects.count(), len(told)) == (1, 1)
    assert sum(Share.objects.values_list("amount", flat=True)) == Decimal(500)
