"""Disputes: parties, mediation, agreement, money."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from niangjia.flow.api import clocks, ring
from niangjia.kit.dates import CHINA, moved_to, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.members.models import Person
from niangjia.notices.models import Message
from niangjia.rights import actions
from niangjia.rights.models import Claimant, Dispute, Receipt
from niangjia.rights.queries import received_of
from niangjia.rights.tests.conftest import credit, number

pytestmark = pytest.mark.django_db


def clock(thing, code):
    return next((one for one in clocks(thing) if one.code == code), None)


@pytest.fixture
def agreed(town, dispute):
    by = {"by": town.township_rights}
    actions.accept(dispute, **by)
    return actions.agree(dispute, amount=Decimal(8000), number="甲调〔2026〕1号", on=today(), pay_by=today() + timedelta(days=30), **by)


def test_claims_add_up_to_what_is_claimed(town, dispute):
    dispute.refresh_from_db()
    assert dispute.claimed == Decimal(10000)
    actions.drop_claimant(dispute.claimants.first(), by=town.township_rights)
    dispute.refresh_from_db()
    assert dispute.claimed == Decimal(5000)


def test_the_whole_claim_is_never_less_than_its_parts(town, dispute):
    with pytest.raises(RuleBroken):
        actions.claim(dispute, amount=Decimal(9999), by=town.township_rights)
    assert actions.claim(dispute, amount=Decimal(12000), by=town.township_rights).claimed == 12000


def test_a_worker_is_the_same_person_in_every_dispute(town, dispute):
    second = actions.open_(town.county, actions.Opening("012", today(), facts="又一件。"), by=town.county_rights)
    line = actions.add_claimant(second, name="示例工乙", number=number(1), by=town.county_rights)
    assert Person.objects.count() == 2
    assert line.person.claims.count() == 2
    with pytest.raises(RuleBroken):
        actions.add_claimant(second, name="示例工乙", number=number(1), by=town.county_rights)


def test_an_unknown_employer_is_known_by_its_code_from_then_on(town, dispute):
    made = actions.add_respondent(dispute, name="丁染整有限公司（示例）", uscc=credit(7), by=town.township_rights)
    assert (made.employer.uscc, made.employer.township) == (credit(7), town.township)
    with pytest.raises(RuleBroken):
        actions.add_respondent(dispute, employer=made.employer, by=town.township_rights)
    with pytest.raises(RuleBroken):
        actions.add_respondent(dispute, name="错码公司", uscc="91330599MA0000008Z", by=town.township_rights)


def test_three_working_days_to_decide_leave_out_a_weekend(town):
    with moved_to(datetime(2026, 12, 3, 10, tzinfo=CHINA)):  # a Thursday
        made = actions.open_(town.township, actions.Opening("012", date(2026, 12, 3)), by=town.township_rights)
        assert clock(made, "RD-D1").due_at.astimezone(CHINA).date() == date(2026, 12, 8)


def test_the_days_run_from_the_application_also_when_it_is_entered_later(town):
    with moved_to(datetime(2026, 12, 7, 10, tzinfo=CHINA)):
        made = actions.open_(town.township, actions.Opening("012", date(2026, 12, 3)), by=town.township_rights)
        assert clock(made, "RD-D1").due_at.astimezone(CHINA).date() == date(2026, 12, 8)


def test_accepting_needs_both_sides(town):
    bare = actions.open_(town.township, actions.Opening("012", today()), by=town.township_rights)
    with pytest.raises(RuleBroken):
        actions.accept(bare, by=town.township_rights)
    actions.add_respondent(bare, employer=town.employer, by=town.township_rights)
    with pytest.raises(RuleBroken):
        actions.accept(bare, by=town.township_rights)


def test_ten_workers_choose_who_speaks_before_it_is_accepted(town, dispute):
    for n in range(3, 11):
        actions.add_claimant(dispute, name=f"示例工{'甲乙丙丁戊己庚辛壬癸'[n % 10]}", number=number(n), by=town.township_rights)
    with pytest.raises(RuleBroken):
        actions.accept(dispute, by=town.township_rights)
    for line in list(dispute.claimants.all()[:3]):
        actions.speak(line, leads=True, by=town.township_rights)
    assert actions.accept(dispute, by=town.township_rights).state == "MEDIATING"


def test_no_more_than_five_speak(town, dispute):
    for n in range(3, 13):
        actions.add_claimant(dispute, name=f"示例工{'甲乙丙丁戊己庚辛壬癸'[n % 10]}", number=number(n), by=town.township_rights)
    lines = list(dispute.claimants.all()[:6])
    for line in lines[:5]:
        actions.speak(line, leads=True, by=town.township_rights)
    with pytest.raises(RuleBroken):
        actions.speak(lines[5], leads=True, by=town.township_rights)
    assert dispute.claimants.filter(leads=True).count() == 5


def test_mediation_has_fifteen_days_from_the_application_and_longer_only_if_both_agree(town, dispute):
    Dispute.objects.filter(pk=dispute.pk).update(applied_on=date(2026, 12, 2))
    dispute.refresh_from_db()
    with moved_to(datetime(2026, 12, 4, 10, tzinfo=CHINA)):
        actions.accept(dispute, by=town.township_rights)
        assert clock(dispute, "RD-D2").due_at.astimezone(CHINA).date() == date(2026, 12, 17)  # not the nineteenth
        with pytest.raises(RuleBroken):
            actions.extend(dispute, to=date(2026, 12, 31), consent=" ", by=town.township_rights)
        with pytest.raises(RuleBroken):
            actions.extend(dispute, to=date(2026, 12, 17), consent="同意书", by=town.township_rights)
        actions.extend(dispute, to=date(2026, 12, 31), consent="双方同意书1份", by=town.township_rights)
        assert clock(dispute, "RD-D2").due_at.astimezone(CHINA).date() == date(2026, 12, 31)


def test_when_the_mediation_ends_the_mediator_is_told(town, dispute):
    actions.accept(dispute, by=town.township_rights)
    with moved_to(clock(dispute, "RD-D2").due_at + timedelta(minutes=1)):
        assert ring() == 1
    assert Message.objects.filter(to=town.township_rights, what="dispute-late").count() == 1


def test_an_agreement_is_no_more_than_the_claim_and_has_a_number_and_a_day(town, dispute):
    by = {"by": town.township_rights}
    actions.accept(dispute, **by)
    dispute.refresh_from_db()
    good = {"amount": Decimal(8000), "number": "1号", "on": today(), "pay_by": today()}
    for wrong in (
        {"amount": Decimal("10000.01")},
        {"number": " "},
        {"on": today() + timedelta(days=1)},
        {"pay_by": None},
        {"pay_by": today() - timedelta(days=1)},
    ):
        with pytest.raises(RuleBroken):
            actions.agree(dispute, **{**good, **wrong}, **by)
    assert actions.agree(dispute, **good, **by).state == "AGREED"


def test_what_was_agreed_counts_as_performed_only_when_receipts_show_it(town, agreed):
    by = {"by": town.township_rights}
    actions.receive(agreed, amount=Decimal(7999), on=today(), evidence="银行回单1", **by)
    with pytest.raises(RuleBroken):
        actions.perform(agreed, **by)
    actions.receive(agreed, amount=Decimal(1), on=today(), evidence="银行回单2", **by)
    assert actions.perform(agreed, **by).state == "PERFORMED"
    with pytest.raises(Refused):
        actions.close(agreed, **by)  # her own mediation: a second pair of eyes
    actions.close(agreed, by=town.county_rights)
    assert (agreed.state, agreed.outcome, agreed.closed_on) == ("CLOSED", "02", today())


def test_one_yuan_counts_once(town, agreed):
    by = {"by": town.township_rights}
    actions.receive(agreed, amount=Decimal(10000), on=today(), evidence="回单", **by)
    with pytest.raises(RuleBroken):
        actions.receive(agreed, amount=Decimal("0.01"), on=today(), evidence="回单", **by)


def test_money_needs_a_paper_a_day_and_an_amount(town, agreed):
    good = {"amount": Decimal(10), "on": today(), "evidence": "回单"}
    for wrong in (
        {"amount": Decimal(0)},
        {"amount": Decimal(-5)},
        {"evidence": ""},
        {"on": today() + timedelta(days=1)},
        {"on": today() - timedelta(days=900)},
    ):
        with pytest.raises(RuleBroken):
            actions.receive(agreed, **{**good, **wrong}, by=town.township_rights)


def test_a_wrong_payment_is_made_void_and_stays_to_be_read(town, agreed):
    by = {"by": town.township_rights}
    line = actions.receive(agreed, amount=Decimal(8000), on=today(), evidence="回单", **by)
    actions.perform(agreed, **by)
    with pytest.raises(RuleBroken):
        actions.void(line, why="金额写错", **by)
    line.refresh_from_db()
    assert not line.void
    actions.void(line, why="金额写错", instead=actions.Instead(Decimal(8100), today(), "回单"), **by)
    assert (Receipt.objects.filter(dispute=agreed).count(), received_of(agreed)) == (2, Decimal(8100))
    with pytest.raises(Overtaken):
        actions.void(line, why="再来一次", **by)


def test_parties_are_fixed_once_an_agreement_is_signed(town, agreed):
    with pytest.raises(IllegalStep):
        actions.add_claimant(agreed, name="示例工癸", number=number(9), by=town.township_rights)


def test_a_dispute_in_mediation_keeps_a_worker_and_an_employer(town, dispute):
    actions.accept(dispute, by=town.township_rights)
    with pytest.raises(RuleBroken):
        actions.drop_respondent(dispute.respondents.get(), by=town.township_rights)
    assert dispute.respondents.count() == 1


def test_it_ends_without_performance_in_the_ways_that_its_state_allows(town, dispute):
    actions.accept(dispute, by=town.township_rights)
    actions.end(dispute, outcome="05", reason="单位不同意。", by=town.township_rights)
    assert (dispute.state, dispute.outcome, dispute.closed_on) == ("CLOSED", "05", today())


def test_what_was_agreed_and_not_paid_cannot_be_called_a_failed_mediation(town, agreed):
    with pytest.raises(RuleBroken):
        actions.end(agreed, outcome="03", reason="未付。", by=town.township_rights)


def test_it_is_refused_or_withdrawn_with_a_reason(town, dispute):
    with pytest.raises(RuleBroken):
        actions.refuse(dispute, reason="", by=town.township_rights)
    actions.withdraw(dispute, reason="已经自行解决。", by=town.township_rights)
    assert (dispute.state, dispute.outcome) == ("WITHDRAWN", "04")


def test_two_who_accept_at_once_are_told_apart(town, dispute):
    one, two = Dispute.objects.get(pk=dispute.pk), Dispute.objects.get(pk=dispute.pk)
    actions.accept(one, by=town.township_rights)
    with pytest.raises(Overtaken):
        actions.accept(two, by=town.county_rights)
    one.refresh_from_db()
    assert one.mediator == town.township_rights


def test_a_sitting_lies_in_the_past(town, dispute):
    actions.accept(dispute, by=town.township_rights)
    with pytest.raises(RuleBroken):
        actions.hear(dispute, held_at=datetime(2099, 1, 1, tzinfo=CHINA), place="镇总", text="…", by=town.township_rights)


def test_an_application_by_word_of_mouth_needs_its_record(town):
    with pytest.raises(RuleBroken):
        actions.open_(town.township, actions.Opening("012", today(), written=False), by=town.township_rights)


def test_others_may_not_touch_the_parties(town, dispute):
    for who in (town.county_finance, town.other_county, town.grassroots_chair):
        with pytest.raises(Refused):
            actions.add_claimant(dispute, name="示例工癸", number=number(9), by=who)
    assert Claimant.objects.filter(dispute=dispute).count() == 2


def test_the_same_paper_is_entered_once(town, agreed):
    line = {"amount": Decimal(100), "on": today(), "evidence": "回单1", "by": town.township_rights}
    actions.receive(agreed, **line)
    with pytest.raises(RuleBroken):
        actions.receive(agreed, **line)
    actions.receive(agreed, **line | {"evidence": "回单2"})
    assert received_of(agreed) == Decimal(200)


def test_a_claim_beyond_what_can_be_written_is_refused(town, dispute):
    with pytest.raises(RuleBroken):
        actions.add_claimant(dispute, name="大额", number=number(77), claimed=Decimal("999999999999.99"), by=town.township_rights)
