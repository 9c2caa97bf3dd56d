"""Told means a receipt: who is told, by what, and who is told when nobody answers."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from niangjia.flow.api import ring
from niangjia.kit.carrier import Folder
from niangjia.kit.dates import CHINA, moved_to, now, today
from niangjia.notices.api import send_waiting
from niangjia.notices.models import Message
from niangjia.rights import actions
from niangjia.rights.actions import duty, telling
from niangjia.rights.models import Attempt, Event, Telling, Turn
from niangjia.unions.models import Office

pytestmark = pytest.mark.django_db


def red(town):
    """A red event that the firm's chair reported: it stands at the township."""
    return actions.report(town.firm, actions.Facts("甲织造有限公司（示例）", "E06", 132), by=town.grassroots_chair)


def lines(event):
    return [(one.role, one.to, one.state) for one in event.tellings.order_by("pk")]


def test_whoever_reports_is_not_asked_for_a_receipt_of_her_own_report(town, arrears):
    assert lines(arrears) == []


def test_whoever_is_on_duty_is_told_by_telephone_text_and_in_the_house(town, settings, tmp_path):
    settings.SMS, settings.MESSENGER = f"folder:{tmp_path / 'phone'}", ""
    duty.reach_by(town.township_rights, phone="10000000001")
    event = red(town)
    assert lines(event) == [("DUTY", town.township_rights, "WAITING")]
    one = event.tellings.get()
    assert one.receipt_by - one.at == timedelta(minutes=5)
    assert sorted(one.attempts.values_list("means", "answer")) == [("INAPP", ""), ("SMS", ""), ("VOICE", "")]
    assert send_waiting() == 2
    letters = Folder(tmp_path / "phone").last(5)
    assert sorted(letter.kind for letter in letters) == ["sms", "voice"]
    assert event.reference in letters[0].text
    assert letters[0].facts["calls"] == "3"


def test_where_there_is_a_messenger_it_is_told_too_and_its_receipt_counts(town, settings, tmp_path):
    settings.SMS, settings.MESSENGER = f"folder:{tmp_path / 'phone'}", f"folder:{tmp_path / 'chat'}"
    duty.reach_by(town.township_rights, phone="10000000001")
    one = red(town).tellings.get()
    assert sorted(one.attempts.values_list("means", flat=True)) == ["CHAT", "INAPP", "SMS", "VOICE"]
    assert send_waiting() == 3
    assert [letter.kind for letter in Folder(tmp_path / "chat").last(5)] == ["chat"]
    assert telling.heard(one.attempts.get(means="CHAT").key, "read") == "RECEIVED"


def test_without_a_number_nothing_is_sent_and_that_is_kept(town):
    one = red(town).tellings.get()
    assert sorted(one.attempts.values_list("means", "answer")) == [("INAPP", ""), ("SMS", "NOT_SENT"), ("VOICE", "NOT_SENT")]


def test_without_a_receipt_the_substitute_and_of_a_red_one_the_level_above_are_told(town):
    office = Office.objects.create(union=town.township, user=town.city_leader, name="替补", duty="rights", post="干事", since=today())
    event = red(town)
    with moved_to(now() + timedelta(minutes=5, seconds=1)):
        ring()
    assert office.user
    assert lines(event)[:3] == [
        ("DUTY", town.township_rights, "PASSED"), ("SUBSTITUTE", town.city_leader, "WAITING"), ("ABOVE", town.county_rights, "WAITING"),
    ]  # fmt: skip
    assert event.tellings.get(role="DUTY").unanswered == "NO_RECEIPT"
    assert Message.objects.filter(to=town.county_rights, what="event-alarm", receipt=True).exists()


def test_a_vacant_post_is_passed_over_at_once_up_to_the_leader(town):
    Office.objects.filter(union=town.township).update(until=today() - timedelta(days=1))
    event = red(town)
    assert [(role, to) for role, to, _state in lines(event)] == [("DUTY", None), ("SUBSTITUTE", None), ("ABOVE", town.county_rights)]
    assert set(event.tellings.filter(to=None).values_list("unanswered", flat=True)) == {"VACANT"}
    with moved_to(now() + timedelta(minutes=6)):
        ring()
    assert event.tellings.get(role="ABOVE").state == "PASSED"
    assert event.tellings.filter(role="LEADER").exists()


def test_whoever_is_on_leave_is_passed_over_at_once(town):
    duty.reach_by(town.township_rights, away_from=today(), away_to=today() + timedelta(days=2))
    event = red(town)
    first = event.tellings.get(role="DUTY")
    assert (first.to, first.state, first.unanswered) == (town.township_rights, "PASSED", "ABSENT")
    assert event.tellings.filter(role="ABOVE", to=town.county_rights).exists()


def test_a_receipt_by_the_page_stops_the_chain_and_a_second_changes_nothing(town):
    event = red(town)
    one = event.tellings.get()
    with moved_to(now() + timedelta(minutes=3)):
        telling.receive(one, by=town.township_rights)
        first = one.received_at
        telling.receive(one, by=town.township_rights)
    assert (one.state, one.in_time, one.minutes, one.received_at) == ("RECEIVED", 1, 3, first)
    waits = Message.objects.filter(to=town.township_rights, url=one.event.get_absolute_url(), receipt=True)
    assert waits.exists()
    assert not waits.filter(noted_at=None).exists()  # the house does not ask her twice
    with moved_to(now() + timedelta(minutes=10)):
        ring()
    assert event.tellings.filter(severity="RED", role__in=["SUBSTITUTE", "ABOVE"]).count() == 0


def test_acting_on_it_is_a_receipt_and_taking_note_in_the_house_too(town):
    event, other = red(town), red(town)
    actions.climb(event, by=town.township_rights)
    assert event.tellings.get(union=town.township, role="DUTY").how == "ACTED"
    from niangjia.notices.actions import take_note

    take_note(Message.objects.get(to=town.township_rights, url=other.get_absolute_url(), what="event-arrived"))
    assert other.tellings.get().state == "RECEIVED"


def test_the_gateway_says_what_came_back_once_by_its_key(town):
    duty.reach_by(town.township_rights, phone="10000000001")
    event = red(town)
    voice, text = (event.tellings.get().attempts.get(means=means) for means in ("VOICE", "SMS"))
    assert telling.heard(voice.key, "no-answer") == "WAITING"
    assert telling.heard(text.key, "read") == "RECEIVED"
    assert telling.heard(text.key, "read") == "RECEIVED"
    assert telling.heard(uuid4(), "read") == ""
    voice.refresh_from_db()
    assert (voice.answer, event.tellings.get().how) == ("NO_ANSWER", "SMS")


def test_a_number_out_of_use_is_not_waited_for(town):
    duty.reach_by(town.township_rights, phone="10000000001")
    event = red(town)
    for one in Attempt.objects.filter(telling__event=event, means__in=["VOICE", "SMS", "CHAT"]):
        telling.heard(one.key, "number-off")
    assert event.tellings.get(role="DUTY").unanswered == "NUMBER_OFF"
    assert event.tellings.filter(role="ABOVE").exists()


def test_what_has_ended_waits_for_nobody(town):
    event = red(town)
    actions.dismiss(event, reason="不属实。", by=town.county_rights)
    assert lines(event) == [("DUTY", town.township_rights, "DROPPED")]


def test_the_roster_says_who_is_told_by_day_and_by_night(town):
    extra = Office.objects.create(union=town.township, user=town.far_chair, name="夜", duty="staff", post="干事", since=today())
    Turn.objects.create(union=town.township, day=today(), part="DAY", user=town.township_rights)
    Turn.objects.create(union=town.township, day=today(), part="NIGHT", user=town.far_chair)
    day = today()
    assert extra
    with moved_to(datetime(day.year, day.month, day.day, 23, tzinfo=CHINA)):
        assert red(town).tellings.get().to == town.far_chair
    with moved_to(datetime(day.year, day.month, day.day, 10, tzinfo=CHINA)):
        assert red(town).tellings.get().to == town.township_rights


@pytest.mark.django_db(transaction=True)
def test_two_receipts_at_once_are_one_and_a_passing_on_that_comes_between_tells_nobody_twice(town):
    duty.reach_by(town.township_rights, phone="10000000001")
    event = red(town)
    one = event.tellings.get()
    keys = list(one.attempts.exclude(means="INAPP").values_list("key", flat=True))
    faults = []

    def run(act):
        try:
            act()
        except Exception as fault:  # noqa: BLE001 - it is told below
            faults.append(fault)
        finally:
            connection.close()

    acts = [
        lambda: telling.heard(keys[0], "answered"), lambda: telling.heard(keys[1], "read"), lambda: telling.pass_on(Telling.objects.get(pk=one.pk)),
        lambda: telling.pass_on(Telling.objects.get(pk=one.pk)), lambda: actions.climb(Event.objects.get(pk=event.pk), by=None),
    ]  # fmt: skip
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert Telling.objects.get(pk=one.pk).state == "RECEIVED"
    assert Telling.objects.filter(chain=one.chain, role="DUTY").count() == 1
    assert not Telling.objects.filter(chain=one.chain, state="WAITING").exists()
    assert event.reports.count() == 3
