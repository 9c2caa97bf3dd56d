"""Short messages: sent once, not at night, not too many, not too late; what they say is gone when they have left."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from niangjia.kit.carrier import Folder
from niangjia.kit.dates import at, moved_to, now
from niangjia.notices import actions
from niangjia.notices.models import ShortMessage
from niangjia.notices.short import SHORTS, short

NUMBER, DAY = "10012345678", date(2026, 11, 30)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def phone(settings, tmp_path):
    """Two kinds of messages, and a folder in which they arrive."""
    settings.SMS = f"folder:{tmp_path / 'phone'}"
    short("test-now", "%(code)s，五分钟内有效。", at_once=True, wanted=lambda number: number == NUMBER)
    short("test-later", "%(union)s给您发来一条消息，请登录查看。")
    yield Folder(tmp_path / "phone")
    del SHORTS["test-now"], SHORTS["test-later"]


def words(phone: Folder) -> list[str]:
    return [one.text for one in phone.last(20)]


def test_it_leaves_once_and_keeps_no_word(phone):
    one = actions.text(NUMBER, "test-now", facts={"code": "246802"})
    assert b"246802" not in bytes(one.facts_sealed)
    assert (actions.send_waiting(), actions.send_waiting()) == (1, 0)
    assert words(phone) == ["246802，五分钟内有效。"]
    one.refresh_from_db()
    assert (one.state, one.facts_sealed, one.receipt, one.tries) == ("SENT", None, str(one.key), 1)


def test_the_database_refuses_a_word_in_what_has_left():
    one = actions.text(NUMBER, "test-now", facts={"code": "1"})
    with pytest.raises(IntegrityError, match="keeps_no_word"), transaction.atomic():
        ShortMessage.objects.filter(pk=one.pk).update(state="SENT", done_at=now())


def test_the_same_key_is_one_message(phone):
    key = uuid4()
    first = actions.text(NUMBER, "test-later", facts={"union": "甲"}, key=key)
    assert actions.text(NUMBER, "test-later", facts={"union": "甲"}, key=key) == first


def test_nobody_is_woken_at_night_but_for_what_she_waits_for(phone):
    with moved_to(at(DAY, 23, 30)):
        actions.text(NUMBER, "test-now", facts={"code": "1"})
        late = actions.text(NUMBER, "test-later", facts={"union": "甲"})
        assert late.due_at == at(DAY + timedelta(days=1), 8)
        assert actions.send_waiting() == 1
    with moved_to(at(DAY + timedelta(days=1), 2)):
        assert actions.text(NUMBER, "test-later", facts={"union": "乙"}).due_at == at(DAY + timedelta(days=1), 8)
        assert actions.send_waiting() == 0
    with moved_to(at(DAY + timedelta(days=1), 8, 1)):
        assert actions.send_waiting() == 2


def test_one_number_gets_ten_in_a_day(phone):
    made = [actions.text(NUMBER, "test-now", facts={"code": str(n)}) for n in range(12)]
    assert [one.fault for one in made] == [""] * 10 + ["many"] * 2
    assert actions.send_waiting() == 10
    with moved_to(now() + timedelta(days=1, minutes=1)):
        assert actions.text(NUMBER, "test-now", facts={"code": "x"}).fault == ""


def test_a_carrier_that_is_away_is_asked_again_until_it_is_too_late(settings, phone, tmp_path):
    settings.SMS = ""
    one = actions.text(NUMBER, "test-now", facts={"code": "1"}, until=now() + timedelta(minutes=5))
    assert actions.send_waiting() == 0
    one.refresh_from_db()
    assert (one.state, one.tries, one.fault) == ("QUEUED", 1, "away unplugged")
    settings.SMS = f"folder:{tmp_path / 'phone'}"
    assert actions.send_waiting() == 0, "a moment is let pass"
    with moved_to(now() + timedelta(seconds=6)):
        assert actions.send_waiting() == 1
    other = actions.text(NUMBER, "test-now", facts={"code": "2"}, until=now() + timedelta(minutes=5))
    with moved_to(now() + timedelta(minutes=6)):
        assert actions.send_waiting() == 0
    other.refresh_from_db()
    assert (other.state, other.fault, other.facts_sealed) == ("FAILED", "late", None)


def test_what_nobody_wants_does_not_leave(phone):
    actions.text("10087654321", "test-now", facts={"code": "1"})
    assert actions.send_waiting() == 0
    assert words(phone) == []
    assert ShortMessage.objects.get().fault == "unwanted"


def test_a_long_name_is_cut_at_the_end(phone):
    actions.text(NUMBER, "test-later", facts={"union": "长" * 90})
    with moved_to(at(DAY + timedelta(days=2), 12)):
        one = ShortMessage.objects.get()
        assert len(actions.short.letter_of(one).text) == 70


def test_a_fact_that_was_forgotten_fails_where_it_was_forgotten():
    with pytest.raises(KeyError):
        actions.text(NUMBER, "test-now", facts={})
    with pytest.raises(ValueError, match="no short message"):
        actions.text(NUMBER, "unheard", facts={})


def test_the_number_is_forgotten_and_the_line_stays(phone):
    actions.text(NUMBER, "test-now", facts={"code": "1"})
    actions.send_waiting()
    assert actions.forget_numbers() == 0
    with moved_to(now() + timedelta(days=31)):
        assert actions.forget_numbers() == 1
        assert actions.forget_numbers() == 0
    one = ShortMessage.objects.get()
    assert (one.number_sealed, one.number_hash, one.state) == (None, None, "SENT")


def test_the_work_messenger_has_a_carrier_of_its_own(settings, phone, tmp_path):
    settings.SMS, settings.MESSENGER = "", f"folder:{tmp_path / 'chat'}"
    plain, chat = actions.text(NUMBER, "test-now", facts={"code": "1"}), actions.chat(NUMBER, "test-now", facts={"code": "2"})
    assert actions.send_waiting() == 1
    letters = Folder(tmp_path / "chat").last(5)
    assert [(one.kind, one.key) for one in letters] == [("chat", str(chat.key))]
    plain.refresh_from_db()
    assert plain.fault == "away unplugged"
    settings.MESSENGER = ""
    assert not actions.chats()


def test_the_demos_phone_shows_the_words_and_covers_the_number(client, phone, settings):
    actions.text(NUMBER, "test-now", facts={"code": "246802"})
    actions.send_waiting()
    page = client.get("/ui/phone/").content.decode()
    assert "246802" in page
    assert NUMBER not in page
    settings.DEMO = False
    assert client.get("/ui/phone/").status_code == 404
