"""Mediators and what binds them, sittings, time that does not count, handing on; papers and their numbers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from threading import Thread

import pytest
from django.db import connections, transaction
from django.urls import reverse

from niangjia.files.api import papers
from niangjia.flow.api import clocks
from niangjia.kit.dates import CHINA, at, moved_to, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.members.models import Membership
from niangjia.notices.models import Message
from niangjia.rights import actions
from niangjia.rights.drawn import DRAWN, kinds
from niangjia.rights.enums import Chamber, PauseKind, SittingState
from niangjia.rights.models import Dispute, Paper
from niangjia.rights.queries import limitation_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_the_morning():
    """An hour from now is still today, at whatever hour the tests run."""
    with moved_to(at(today() + timedelta(days=1), 10)):
        yield


def enrolled(town, name="示例调解员", **facts):
    return actions.enroll(town.township, actions.Enrolled(name, Chamber.TOWN, **facts), by=town.township_rights)


def test_whoever_works_at_the_firm_does_not_mediate(town, dispute):
    one = enrolled(town, employer=town.employer)
    for facts in ({}, {"declared": "本单位职工", "accepted": True}):
        with pytest.raises(RuleBroken):
            actions.appoint(dispute, one, by=town.township_rights, **facts)


def test_a_tie_that_is_declared_and_accepted_is_no_bar(town, dispute):
    town.firm.employer = town.employer
    town.firm.save()
    one = enrolled(town, user=town.grassroots_chair)
    with pytest.raises(RuleBroken):
        actions.appoint(dispute, one, by=town.township_rights)
    actions.appoint(dispute, one, declared="任该企业工会主席", accepted=True, by=town.township_rights)
    dispute.refresh_from_db()
    assert dispute.mediator == town.grassroots_chair
    assert not Message.objects.filter(to=town.grassroots_chair, what="dispute-given").exists()  # she is told when it is accepted
    with pytest.raises(RuleBroken):
        actions.appoint(dispute, enrolled(town, "示例亲属"), relative=True, by=town.township_rights)


def test_a_mediator_steps_aside_and_the_next_leads(town, dispute):
    one, two = enrolled(town), enrolled(town, "示例副手")
    first = actions.appoint(dispute, one, by=town.township_rights)
    actions.appoint(dispute, two, leads=False, by=town.township_rights)
    actions.recuse(first, why="与一方有亲属关系", by=town.township_rights)
    dispute.refresh_from_db()
    assert dispute.mediator_name == "示例副手"
    with pytest.raises(Overtaken):
        actions.recuse(first, why="再来一次", by=town.township_rights)


def test_whoever_was_named_before_mediates_when_it_is_accepted(town, dispute):
    actions.appoint(dispute, enrolled(town, user=town.county_rights), by=town.township_rights)
    actions.accept(dispute, by=town.township_rights)
    dispute.refresh_from_db()
    assert (dispute.mediator, dispute.mediator_name) == (town.county_rights, "示例调解员")
    assert Message.objects.filter(to=town.county_rights, what="dispute-given").count() == 1  # when it was accepted, with its days


def test_whoever_may_close_it_is_told_that_it_was_performed(town, dispute):
    actions.accept(dispute, by=town.township_rights)
    by = {"by": town.township_rights}
    actions.agree(dispute, amount=Decimal(100), number="1号", on=today(), pay_by=today(), **by)
    actions.receive(dispute, amount=Decimal(100), on=today(), evidence="回单", **by)
    actions.perform(dispute, **by)
    told = Message.objects.filter(what="dispute-performed")
    assert [one.to for one in told] == [town.county_rights]  # at the township nobody is left beside its mediator


def test_the_roster_is_kept_by_rights_offices(town):
    with pytest.raises(Refused):
        actions.enroll(town.township, actions.Enrolled("示例", Chamber.TOWN), by=town.county_finance)


def test_time_that_does_not_count_moves_the_end(town, dispute):
    Dispute.objects.filter(pk=dispute.pk).update(applied_on=date(2026, 12, 3))
    dispute.refresh_from_db()
    with moved_to(datetime(2026, 12, 3, 10, tzinfo=CHINA)):
        actions.accept(dispute, by=town.township_rights)
    with moved_to(datetime(2026, 12, 8, 10, tzinfo=CHINA)):
        actions.pause(dispute, kind=PauseKind.INJURY, why="等待工伤认定", consent="双方同意书", by=town.township_rights)
        assert not [one for one in clocks(dispute) if one.code == "RD-D2" and one.stopped_at is None]
    with moved_to(datetime(2026, 12, 28, 10, tzinfo=CHINA)):
        actions.resume(dispute, by=town.township_rights)
        due = next(one for one in clocks(dispute) if one.code == "RD-D2" and one.stopped_at is None).due_at
        assert due.astimezone(CHINA).date() == datetime(2027, 1, 7, tzinfo=CHINA).date()  # the eighteenth, and twenty days
    assert dispute.pauses.get().until is not None


def test_a_sitting_is_called_and_written_down(town, dispute):
    actions.accept(dispute, by=town.township_rights)
    by = {"by": town.township_rights}
    with pytest.raises(RuleBroken):
        actions.plan_sitting(dispute, at=now() - timedelta(days=1), place="镇总", **by)
    one = actions.plan_sitting(dispute, at=now() + timedelta(hours=1), place="镇总", **by)
    with pytest.raises(RuleBroken):
        actions.minute(one, actions.Minutes(SittingState.HELD, "双方到场。"), **by)
    actions.minute(one, actions.Minutes(SittingState.MISSED, "改期。", absent="单位未到"), **by)
    with pytest.raises(Overtaken):
        actions.minute(one, actions.Minutes(SittingState.MISSED, "改期。", absent="单位未到"), **by)


def test_a_dispute_is_handed_on_with_its_story_and_its_clocks(town, dispute):
    before = len(clocks(dispute))
    with pytest.raises(Refused):
        actions.transfer(dispute, to=town.far_county, why="属地", by=town.county_finance)
    actions.transfer(dispute, to=town.far_county, why="用人单位在乙县", by=town.township_rights)
    assert (dispute.handled_by, dispute.county) == (town.far_county, town.far_county)
    assert len(clocks(dispute)) == before
    assert Message.objects.filter(to=town.other_county, what="dispute-transferred").count() == 1


@pytest.fixture
def kept(settings, tmp_path):
    settings.FILES = tmp_path


@pytest.mark.usefixtures("kept")
def test_papers_are_numbered_without_gaps_and_void_numbers_stay(town, dispute):
    by = {"by": town.township_rights}
    one = actions.draw(dispute, "application", **by)
    actions.void_paper(one, why="写错", **by)
    two = actions.draw(dispute, "application", **by)
    assert [one.number, two.number] == [1, 2]
    assert Paper.objects.count() == 2
    assert {paper.name.rpartition(".")[2] for paper in papers(dispute)} == {"docx", "pdf"}
    with pytest.raises(RuleBroken):  # nothing is agreed
        actions.draw(dispute, "agreement", **by)
    assert Paper.objects.count() == 2


@pytest.mark.usefixtures("kept")
def test_every_paper_of_a_dispute_is_drawn_up(town, dispute):
    by = {"by": town.township_rights}
    actions.accept(dispute, **by)
    actions.draw(dispute, "acceptance", **by)
    with pytest.raises(RuleBroken):
        actions.draw(dispute, "notice", **by)
    sitting = actions.plan_sitting(dispute, at=now() + timedelta(hours=1), place="镇总", **by)
    actions.draw(dispute, "notice", **by)
    actions.minute(sitting, actions.Minutes(SittingState.HELD, "双方到场。", ["示例工乙"]), **by)
    actions.draw(dispute, "minutes", **by)
    actions.draw(dispute, "arbitration", **by)
    dispute.refresh_from_db()
    actions.agree(dispute, amount=dispute.claimed, number="1号", on=today(), pay_by=today(), **by)
    actions.draw(dispute, "agreement", **by)
    with moved_to(now() + timedelta(days=2)):
        actions.draw(dispute, "reminder", **by)
    assert {one.kind for one in dispute.drawn.all()} == {code for code, one in DRAWN.items() if one.of is Dispute} - {
        "application",
        "refusal",
    }
    assert {one.code for one in kinds(dispute)} == {"notice", "minutes", "agreement", "reminder", "arbitration"}


def text_of(dispute, kind):
    """What stands in a paper, part by part."""
    said = DRAWN[kind].draw(dispute, "劳调〔2026〕1号", None).of
    return " ".join(str(getattr(part, "lines", part)) for part in said.parts)


@pytest.mark.usefixtures("kept")
def test_notices_say_until_when_and_why(town, dispute):
    by = {"by": town.township_rights}
    other = actions.open_(town.township, actions.Opening("012", today()), **by)
    actions.refuse(other, reason="不属于劳动争议。", **by)
    last = limitation_of(other)
    said = text_of(other, "refusal")
    assert "不属于劳动争议。" in said
    assert f"{last.year}年{last.month}月{last.day}日" in said
    actions.draw(other, "refusal", **by)
    with pytest.raises(RuleBroken):
        actions.draw(dispute, "refusal", **by)
    actions.accept(dispute, **by)
    end = next(one for one in clocks(dispute) if one.code == "RD-D2").due_at.astimezone(CHINA)
    assert f"至{end.year}年{end.month}月{end.day}日止" in text_of(dispute, "acceptance")


def test_the_application_for_arbitration_says_age_and_work_where_they_are_known(town, dispute):
    actions.drop_claimant(dispute.claimants.order_by("pk").last(), by=town.township_rights)
    line = dispute.claimants.select_related("person").get()
    assert line.person.born_on == date(1990, 1, 1)
    Membership.objects.create(
        person=line.person, union=town.firm, township=town.township, county=town.county, state="MEMBER", primary=True, joined_on=today(), how="ROSTER",
        work="CONTRACT", sex="1", employer=town.employer, name=line.person.name, name_py="", tokens=[], job="挡车工",
    )  # fmt: skip
    actions.accept(dispute, by=town.township_rights)
    said = text_of(dispute, "arbitration")
    assert "挡车工" in said
    assert f"{today().year - 1990}岁" in said


@pytest.mark.usefixtures("kept")
def test_the_register_shows_numbers_to_those_of_the_place(town, client, dispute):
    one = actions.draw(dispute, "application", by=town.township_rights)
    client.force_login(town.county_chair)
    assert "劳调申" in client.get(reverse("rights:papers")).content.decode()
    for who in (town.county_finance, town.other_county):
        client.force_login(who)
        assert "劳调申" not in client.get(reverse("rights:papers")).content.decode()
        assert client.get(one.word.get_absolute_url()).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_numbers_at_once_are_two_numbers(town, dispute):
    def give() -> None:
        with transaction.atomic():
            Paper.objects.create(
                kind="application", year=2026, number=actions.allocate("application", 2026), dispute=dispute, union=town.township, by=town.township_rights, at=now()
            )  # fmt: skip
        connections.close_all()

    those = [Thread(target=give) for _n in range(4)]
    for one in those:
        one.start()
    for one in those:
        one.join()
    assert sorted(Paper.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
