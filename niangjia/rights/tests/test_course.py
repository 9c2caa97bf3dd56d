"""The course of a dispute: whose consent opens it, one end of the mediation, pauses by both, ties that come later, slips, closing, what follows an award."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from niangjia.access.models import User
from niangjia.desk import queries as desk
from niangjia.flow.api import clocks, ring, warn
from niangjia.kit.answer import place_of
from niangjia.kit.dates import CHINA, moved_to, now, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import permitted
from niangjia.members.api import person_for
from niangjia.members.models import Membership, Person
from niangjia.notices.models import Message
from niangjia.rights import actions
from niangjia.rights.enums import Chamber, May
from niangjia.rights.models import Appointment, Claimant, Dispute, Receipt, Slip
from niangjia.rights.queries import all_agree, received_of
from niangjia.rights.queries.reckoning import course_of
from niangjia.rights.tests.conftest import number
from niangjia.rights.tests.mediations import ends, sent, signed  # noqa: F401 - one a fixture
from niangjia.rights.tests.test_intake import member  # noqa: F401 - a fixture
from niangjia.unions.models import Office

pytestmark = pytest.mark.django_db


def worker(town, n, name, username):
    """A member at the firm with an account."""
    user = User.objects.create(username=username, name=name, kind="MEMBER")
    person = person_for(name, number(n), "10000000001")
    Person.objects.filter(pk=person.pk).update(user=user)
    Membership.objects.create(
        person=person, union=town.firm, township=town.township, county=town.county, state="MEMBER", primary=True, joined_on=today(), how="ROSTER", work="CONTRACT",
        sex="1", employer=town.employer, name=name, name_py="", tokens=[],
    )  # fmt: skip
    return user


# ---------- consent ----------


def test_a_case_of_two_opens_to_the_firms_union_when_both_agree(town, client, sent, member):  # noqa: F811
    other = worker(town, 61, "示例工丁", "t-other-worker")
    actions.add_claimant(sent, name="示例工丁", number=number(61), claimed=Decimal(100), by=town.township_rights)

    def opens():
        return permitted(town.grassroots_chair, May.SEE_DISPUTE).filter(pk=sent.pk).exists()

    actions.consent(sent, yes=True, by=member)
    assert not opens()
    actions.consent(sent, yes=True, by=other)
    assert (opens(), all_agree(sent)) == (True, True)
    actions.consent(sent, yes=False, by=other)
    assert not opens()
    assert Claimant.objects.get(dispute=sent, person__user=member).firm_may_see, "nobody takes another's consent back"
    with pytest.raises(RuleBroken):
        actions.transfer(sent, to=town.firm, why="企业工会愿意办。", by=town.township_rights)
    client.force_login(member)
    page = client.get(reverse("own-rights:case", args=[sent.uuid])).content.decode()
    assert "看不到本案" in page
    assert "您已同意" in page


def test_what_one_worker_wrote_is_shown_to_her_alone(town, client, sent, member):  # noqa: F811
    other = worker(town, 61, "示例工丁", "t-other-worker")
    actions.add_claimant(sent, name="示例工丁", number=number(61), by=town.township_rights)
    url = reverse("own-rights:case", args=[sent.uuid])
    for user, shown in ((member, True), (other, False)):
        client.force_login(user)
        assert ("两个月工资没发" in client.get(url).content.decode()) is shown


# ---------- one end of the mediation ----------


def test_the_page_names_one_end_of_the_mediation(town, client, dispute):
    Dispute.objects.filter(pk=dispute.pk).update(applied_on=date(2026, 12, 2))
    dispute.refresh_from_db()
    with moved_to(datetime(2026, 12, 4, 10, tzinfo=CHINA)):
        actions.accept(dispute, by=town.township_rights)

    def terms():
        return next(due.last for due in course_of(dispute, place_of(dispute)) if due.term.code == "mediation")

    assert terms() == ends(dispute, "RD-D2") == date(2026, 12, 17)
    with moved_to(datetime(2026, 12, 10, 10, tzinfo=CHINA)):
        actions.extend(dispute, to=date(2027, 1, 8), consent="双方同意书", by=town.township_rights)
        assert terms() == ends(dispute, "RD-D2") == date(2027, 1, 8)
        actions.pause(dispute, kind="INJURY", why="等待认定", consent="双方同意书", by=town.township_rights)
    with moved_to(datetime(2026, 12, 20, 10, tzinfo=CHINA)):
        actions.resume(dispute, by=town.township_rights)
    dispute.refresh_from_db()
    assert terms() == ends(dispute, "RD-D2") == date(2027, 1, 18)


def test_the_days_stand_still_by_both_sides_before_the_end_and_are_looked_at(town, mediated):
    by = {"by": town.township_rights}
    with pytest.raises(RuleBroken, match=r"书面|writing"):
        actions.pause(mediated, kind="TALKS", why="自行协商", consent=" ", **by)
    last = ends(mediated, "RD-D2")
    with moved_to(now() + timedelta(days=(last - today()).days + 1)), pytest.raises(RuleBroken):
        actions.pause(mediated, kind="TALKS", why="自行协商", consent="双方同意书", **by)
    mediated.refresh_from_db()
    actions.pause(mediated, kind="TALKS", why="自行协商", consent="双方同意书", **by)
    first = ends(mediated, "RD-D6")
    assert first is not None
    with moved_to(now() + timedelta(days=50)):
        assert ring() >= 1
        assert Message.objects.filter(to=town.township_rights, what="dispute-late").exists()
        with pytest.raises(RuleBroken):
            actions.wait(mediated, reason=" ", **by)
        mediated.refresh_from_db()
        actions.wait(mediated, reason="认定还没有出来。", **by)
        assert ends(mediated, "RD-D6") > first
        assert mediated.state == "PAUSED"
        actions.resume(mediated, **by)
        assert ends(mediated, "RD-D6") is None


# ---------- money ----------


def test_when_all_has_come_the_clock_stops_and_the_mediator_hears_of_it(town, mediated):
    signed(town, mediated)
    by = {"by": town.county_rights}
    line = actions.receive(mediated, amount=Decimal(8000), on=today(), evidence="回单", **by)
    mediated.refresh_from_db()
    assert (ends(mediated, "RD-D3"), mediated.covered) == (None, True)
    assert Message.objects.filter(to=town.township_rights, what="dispute-covered").count() == 1
    with moved_to(now() + timedelta(days=40)):
        ring()
    assert not Message.objects.filter(what="dispute-late").exists()
    actions.void(line, why="记错案件", **by)
    mediated.refresh_from_db()
    assert ends(mediated, "RD-D3") == mediated.pay_by


def test_a_slip_of_two_cases_gives_no_more_than_it_is_over(town, mediated):
    by, slip = {"by": town.township_rights}, "银行回单2026103100931"
    other = actions.open_(town.township, actions.Opening("012", today(), facts="又一件。"), **by)
    actions.add_respondent(other, employer=town.other_employer, **by)
    actions.add_claimant(other, name="示例工戊", number=number(5), claimed=Decimal(9000), **by)
    actions.accept(other, **by)
    with pytest.raises(RuleBroken):
        actions.receive(mediated, amount=Decimal(500), on=today(), evidence=slip, whole=Decimal(400), **by)
    actions.receive(mediated, amount=Decimal(500), on=today(), evidence=slip, whole=Decimal(800), **by)
    for wrong in ({"amount": Decimal("300.01")}, {"amount": Decimal(300), "whole": Decimal(900)}):
        with pytest.raises(RuleBroken):
            actions.receive(other, on=today(), evidence="银行回单 2026-1031-00931", **wrong, **by)
    part = actions.receive(other, amount=Decimal(300), on=today(), evidence="银行回单 2026-1031-00931", **by)
    assert (Slip.objects.get().total, Slip.objects.get().given) == (Decimal(800), Decimal(800))
    with pytest.raises(RuleBroken):  # another amount of the same slip is the same money too
        actions.receive(other, amount=Decimal(1), on=today(), evidence=slip, **by)
    actions.void(part, why="写错", **by)
    assert Slip.objects.get().given == Decimal(500)
    assert received_of(other) == 0


def test_a_short_number_is_another_paper_on_another_day_and_a_day_is_no_number(town, mediated):
    by = {"by": town.township_rights}
    Dispute.objects.filter(pk=mediated.pk).update(applied_on=today() - timedelta(days=9))
    for evidence, on in (
        ("收条0093", today()),
        ("收条0093", today() - timedelta(days=1)),
        (f"银行回单 {today():%Y%m%d}", today()),
        (f"银行回单 {today():%Y-%m-%d} 二", today()),
    ):
        actions.receive(mediated, amount=Decimal(100), on=on, evidence=evidence, **by)
    with pytest.raises(RuleBroken):
        actions.receive(mediated, amount=Decimal(50), on=today(), evidence="收条 0093", **by)
    assert received_of(mediated) == Decimal(400)


def test_whoever_entered_a_payment_does_not_close_the_case(town, mediated):
    signed(town, mediated)
    actions.receive(mediated, amount=Decimal(8000), on=today(), evidence="回单", by=town.county_rights)
    actions.perform(mediated, by=town.township_rights)
    assert [one.to for one in Message.objects.filter(what="dispute-performed")] != [town.county_rights]
    with pytest.raises(Refused):
        actions.close(mediated, by=town.county_rights)
    actions.close(Dispute.objects.get(pk=mediated.pk), by=town.county_chair)
    assert Dispute.objects.get(pk=mediated.pk).state == "CLOSED"
    assert clocks(mediated) == [], "what ended well waits for nothing"


@pytest.mark.parametrize("state", ["PAUSED", "WITHDRAWN"])
def test_money_that_came_while_it_stood_still_or_made_her_withdraw_is_entered(town, client, mediated, state):
    by = {"by": town.township_rights}
    if state == "PAUSED":
        actions.pause(mediated, kind="TALKS", why="自行协商", consent="双方同意书", **by)
    else:
        actions.withdraw(mediated, reason="单位已经付清。", **by)
    client.force_login(town.township_rights)
    assert reverse("rights:receipts", args=[mediated.uuid]) in client.get(mediated.get_absolute_url()).content.decode()
    answer = client.post(
        reverse("rights:receipts", args=[mediated.uuid]),
        {"on": today().isoformat(), "amount": "10000", "evidence": "回单", "split": "REST"},
    )
    assert answer.status_code == 303
    assert (received_of(mediated), Receipt.objects.get().shares.count()) == (Decimal(10000), 2)


# ---------- ties ----------


def enrolled(town, name="示例调解员", **facts):
    return actions.enroll(town.township, actions.Enrolled(name, Chamber.TOWN, **facts), by=town.township_rights)


def test_whoever_has_a_tie_does_not_become_mediator_by_taking_it_on(town, dispute):
    person = person_for("示例甲某", number(70))
    Person.objects.filter(pk=person.pk).update(user=town.township_rights)
    Membership.objects.create(
        person=person, union=town.firm, township=town.township, county=town.county, state="MEMBER", primary=True, joined_on=today(), how="ROSTER", work="CONTRACT",
        sex="1", employer=town.employer, name=person.name, name_py="", tokens=[],
    )  # fmt: skip
    with pytest.raises(RuleBroken):
        actions.accept(dispute, by=town.township_rights)
    actions.appoint(dispute, enrolled(town), by=town.township_rights)
    assert actions.accept(dispute, by=town.township_rights).mediator_name == "示例调解员"
    with pytest.raises(RuleBroken):  # nor by the roster: her membership tells
        actions.appoint(dispute, enrolled(town, "示例甲某", user=town.township_rights), by=town.county_rights)


def test_a_side_that_ties_the_mediator_is_added_after_another_was_named(town, dispute):
    by = {"by": town.township_rights}
    actions.appoint(dispute, enrolled(town, employer=town.other_employer), **by)
    actions.accept(dispute, **by)
    with pytest.raises(RuleBroken):
        actions.add_respondent(dispute, employer=town.other_employer, **by)
    assert dispute.respondents.count() == 1
    person = person_for("示例工辛", number(71))
    Person.objects.filter(pk=person.pk).update(user=town.county_rights)
    line = dispute.appointments.get()
    actions.recuse(line, why="与新增单位有关", **by)
    actions.appoint(dispute, enrolled(town, "示例另一人", user=town.county_rights), **by)
    actions.add_respondent(dispute, employer=town.other_employer, **by)
    with pytest.raises(RuleBroken):
        actions.add_claimant(dispute, name="示例工辛", number=number(71), **by)


def test_the_mediator_stays_behind_when_a_case_is_handed_on(town, dispute):
    actions.appoint(dispute, enrolled(town, user=town.county_rights), by=town.township_rights)
    actions.accept(dispute, by=town.township_rights)
    dispute.refresh_from_db()
    actions.transfer(dispute, to=town.far_county, why="用人单位在乙县", by=town.township_rights)
    assert (dispute.mediator, dispute.mediator_name) == (None, "")
    assert Appointment.objects.get().ended_at is not None
    assert not permitted(town.county_rights, May.SEE_DISPUTE).filter(pk=dispute.pk).exists()
    assert Message.objects.filter(to=town.county_rights, what="dispute-left").count() == 1


# ---------- the worker hears ----------


def test_the_worker_hears_before_and_when_her_days_end(town, client, sent, member):  # noqa: F811
    actions.accept(sent, by=town.township_rights)
    last = ends(sent, "RD-D2")
    with moved_to(datetime(last.year, last.month, last.day, 10, tzinfo=CHINA) - timedelta(days=1)):
        warn()
    assert Message.objects.filter(to=member, what="dispute-own-near").count() == 1
    with moved_to(datetime(last.year, last.month, last.day, 10, tzinfo=CHINA) + timedelta(days=1)):
        ring()
    told = Message.objects.get(to=member, what="dispute-own-over")
    client.force_login(member)
    assert client.get(told.url).status_code == 200
    assert Dispute.objects.get(pk=sent.pk).mediated == "LATE", "it counts as late as soon as it is"


def test_a_mediator_of_another_union_is_warned_like_the_office_and_has_it_on_her_desk(town, client, mediated):
    user = User.objects.create(username="t-mediator", name="示例调解人")
    Office.objects.create(union=town.far_township, user=user, name=user.name, duty="rights", post="rights", since=today())
    signed(town, mediated)
    Dispute.objects.filter(pk=mediated.pk).update(mediator=user)
    with moved_to(now() + timedelta(days=28)):
        warn()
        client.force_login(user)
        page = client.get("/desk/").content.decode()
        assert desk.numbers(User.objects.get(pk=user.pk)) == (1, 0)
    assert mediated.get_absolute_url() in page, "what is due in her case stands on her own desk"
    assert Message.objects.filter(to=user, what="dispute-near").count() == 1
    assert not Message.objects.filter(to=town.township_rights, what="dispute-near").exists(), "the office has its own warning"


@pytest.mark.parametrize("how", ["ended", "refused"])
def test_the_last_day_for_arbitration_is_kept_after_a_failure(town, client, sent, member, how):  # noqa: F811
    Membership.objects.all().delete()  # she works there no longer
    by = {"by": town.township_rights}
    if how == "ended":
        actions.accept(sent, **by)
        actions.end(sent, outcome="03", reason="双方意见不一。", **by)
    else:
        actions.refuse(sent, reason="证据不足。", **by)
    last = ends(sent, "RD-D5")
    assert last is not None
    client.force_login(member)
    page = client.get(reverse("own-rights:case", args=[sent.uuid])).content.decode()
    assert f"{last.year}年{last.month}月{last.day}日" in page
    with moved_to(datetime(last.year, last.month, last.day, 10, tzinfo=CHINA) + timedelta(days=1)):
        ring()
        assert Message.objects.filter(to=member, what="dispute-own-over").exists()
        assert ends(sent, "RD-D5") is None, "nothing runs to a day that has passed"


def test_going_to_arbitration_stops_it_and_settling_begins_none(town, sent, mediated):  # noqa: F811
    by = {"by": town.township_rights}
    Membership.objects.all().delete()
    actions.refuse(sent, reason="证据不足。", **by)
    actions.file(sent, kind="ARBITRATION", body="甲县仲裁委", filed_on=today(), **by)
    assert ends(sent, "RD-D5") is None
    actions.end(mediated, outcome="01", reason="自行和解。", **by)
    assert ends(mediated, "RD-D5") is None


def test_she_opens_her_agreement_and_what_she_is_owed_and_nothing_of_others(town, client, sent, member):  # noqa: F811
    by = {"by": town.township_rights}
    other = worker(town, 61, "示例工丁", "t-other-worker")
    actions.add_claimant(sent, name="示例工丁", number=number(61), claimed=Decimal(400), **by)
    actions.accept(sent, **by)
    sent.refresh_from_db()
    mine = sent.claimants.get(person__user=member)
    kept = actions.attach_reckoning(sent, "final", {"claim": Decimal(27120), "floor": Decimal(2260)}, worker=mine, claim="012", **by)
    shared = actions.attach_reckoning(sent, "final", {"claim": Decimal(27120), "floor": Decimal(2260)}, **by)
    plan = [(today() + timedelta(days=9), Decimal(5000)), (today() + timedelta(days=40), Decimal(5000))]
    terms = actions.Terms([("补缴社会保险。", today() + timedelta(days=20))], plan)
    signed(town, sent, amount=Decimal(10000), pay_by=None, terms=terms)
    client.force_login(member)
    page = client.get(reverse("own-rights:case", args=[sent.uuid])).content.decode()
    for said in ("补缴社会保险。", "甲调〔2026〕1号", "5,000.00", "9,600.00"):
        assert said in page
    assert "示例工丁" not in page
    at = lambda name, one: client.get(reverse(f"own-rights:{name}", args=[sent.uuid, one.uuid]))  # noqa: E731
    assert "2,260" in at("owed", kept).content.decode()
    assert at("owed_pdf", kept).content[:4] == b"%PDF"
    assert client.get(reverse("own-rights:agreement", args=[sent.uuid])).content[:4] == b"%PDF"
    assert at("owed", shared).status_code == 404
    client.force_login(other)
    assert (at("owed", kept).status_code, at("owed_pdf", kept).status_code) == (404, 404)
