"""The door of members: the same answer for every number, one use of a code, an account at the first sign-in, and nobody of the staff."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from niangjia.access.models import SeenLog, User
from niangjia.kit import crypt
from niangjia.kit.carrier import Folder
from niangjia.kit.dates import moved_to, now
from niangjia.members import actions
from niangjia.members.models import Person, PhoneCode
from niangjia.members.tests.rosters import line, number, roster
from niangjia.notices.api import send_waiting
from niangjia.notices.models import Message, ShortMessage
from niangjia.notices.short import SHORTS, worded

pytestmark = pytest.mark.django_db
HERS, SHARED, NOBODYS = "10000000001", "10000000777", "10099999999"


@pytest.fixture(autouse=True)
def phone(settings, tmp_path):
    cache.clear()  # what an address has asked for is counted there
    settings.SMS = f"folder:{tmp_path / 'phone'}"
    return Folder(tmp_path / "phone")


@pytest.fixture
def people(town, tmp_path):
    """One with a phone of her own, and two who share one."""
    rows = [line(1, phone=HERS), line(2, phone=SHARED), line(3, phone=SHARED)]
    actions.import_roster(roster(tmp_path / "a.csv", *rows), town.firm, by=town.firm_chair)
    return [Person.objects.get(id_hash=crypt.blind_one(number(n), "members.id")) for n in (1, 2, 3)]


def ask(said: str = HERS) -> Client:
    client = Client()
    answer = client.post("/sign-in/member/", {"number": said})
    assert (answer.status_code, answer["Location"]) == (303, "/sign-in/member/code/")
    return client


def came(phone: Folder) -> str:
    """The code of the last message."""
    send_waiting()
    return re.search(r"\d{6}", phone.last(1)[0].text)[0]


def enter(client: Client, phone: Folder, n: int):
    client.post("/sign-in/member/code/", {"code": came(phone)})
    return client.post("/sign-in/member/card/", {"tail": number(n)[-4:]})


def test_she_comes_in_by_the_code_and_the_end_of_her_number(people, phone):
    client = ask()
    answer = client.post("/sign-in/member/code/", {"code": came(phone)})
    assert answer["Location"] == "/sign-in/member/card/"
    assert client.get("/me/").status_code == 302, "not in yet"
    answer = client.post("/sign-in/member/card/", {"tail": number(1)[-4:].lower()})
    assert answer["Location"] == "/me/"
    person = Person.objects.get(pk=people[0].pk)
    assert (person.user.kind, person.user.name, person.user.has_usable_password()) == ("MEMBER", person.name, False)
    assert HERS not in person.user.username
    assert client.get("/me/").status_code == 200
    assert client.get("/members/").status_code == 404
    assert SeenLog.objects.filter(act="signed-in", user=person.user).exists()
    assert Message.objects.get(to=person.user).what == "file-first-told"


def test_the_second_time_the_code_alone_is_enough(people, phone):
    enter(ask(), phone, 1)
    client = ask()
    assert client.post("/sign-in/member/code/", {"code": came(phone)})["Location"] == "/me/"
    assert User.objects.filter(kind="MEMBER").count() == 1
    assert Message.objects.filter(what="file-first-told").count() == 1


def test_two_who_share_a_number_are_told_apart_each_time(people, phone):
    for n in (2, 3, 2):
        client = ask(SHARED)
        assert enter(client, phone, n)["Location"] == "/me/"
        assert people[n - 1].name in client.get("/me/").content.decode()
    assert User.objects.filter(kind="MEMBER").count() == 2


def test_nothing_that_is_answered_tells_whether_a_number_is_known(people):
    def told(said):
        client = Client()
        with CaptureQueriesContext(connection) as asked:
            client.post("/sign-in/member/", {"number": said})
        page = client.get("/sign-in/member/code/").content.decode()
        wrong = client.post("/sign-in/member/code/", {"code": "000000"}).content.decode()
        strip = re.compile(r"1\d\d\*{4}\d{4}|csrfmiddlewaretoken[^>]*")
        verbs = [re.sub(r"'[^']*'|\d+", "?", one["sql"])[:60] for one in asked]
        return verbs, strip.sub("…", page), strip.sub("…", wrong)

    assert told(HERS) == told(NOBODYS)


def test_the_register_is_not_asked_before_the_page_is_answered(people):
    with CaptureQueriesContext(connection) as asked:
        ask()
    assert not [one for one in asked if "members_person" in one["sql"] and "INSERT" not in one["sql"]]


def test_a_number_that_nobody_has_gets_no_message_and_no_way_in(people, phone):
    client = ask(NOBODYS)
    assert send_waiting() == 0
    assert ShortMessage.objects.get().fault == "unwanted"
    row = PhoneCode.objects.get()
    code = next(f"{n:06d}" for n in range(10**6) if crypt.blind_one(f"{row.uuid}:{n:06d}", "members.code") == bytes(row.code_hash))
    assert client.post("/sign-in/member/code/", {"code": code}).status_code == 422
    assert not User.objects.filter(kind="MEMBER").exists()


def test_five_tries_and_no_more(people, phone):
    client, code = ask(), None
    code = came(phone)
    wrong = "000000" if code != "000000" else "000001"
    for left in (4, 3, 2, 1):
        page = client.post("/sign-in/member/code/", {"code": wrong}).content.decode()
        assert f"还可以试{left}次" in page
    assert "失效" in client.post("/sign-in/member/code/", {"code": wrong}).content.decode()
    assert client.post("/sign-in/member/code/", {"code": code})["Location"] == "/sign-in/member/", "her session has let go of it"
    assert actions.try_code(PhoneCode.objects.get().uuid, code).kind == "over"
    assert SeenLog.objects.filter(act="refused").count() == 5


def test_tries_at_the_card_count_too(people, phone):
    client = ask()
    client.post("/sign-in/member/code/", {"code": came(phone)})
    for _n in range(5):
        answer = client.post("/sign-in/member/card/", {"tail": "0000"})
    assert answer.status_code == 422
    assert actions.try_tail(PhoneCode.objects.get().uuid, number(1)[-4:]).kind == "over"


def test_a_code_is_used_once_and_for_five_minutes(people, phone):
    row = actions.ask_code(HERS)
    code = came(phone)
    with moved_to(now() + timedelta(minutes=5, seconds=1)):
        assert actions.try_code(row.uuid, code).kind == "over"
    assert actions.try_code(row.uuid, code).kind == "tail"
    assert actions.try_code(row.uuid, code).kind == "over"
    assert actions.try_tail(row.uuid, number(1)[-4:]).kind == "in"
    assert actions.try_tail(row.uuid, number(1)[-4:]).kind == "over"


def test_a_code_belongs_to_the_question_for_which_it_was_drawn(people, phone):
    first = actions.ask_code(HERS)
    code = came(phone)
    assert actions.try_code(actions.ask_code(SHARED).uuid, code).kind == "wrong"
    assert actions.try_code(uuid4(), code).kind == "over"
    assert actions.try_code(first.uuid, code).kind == "tail"


def test_staff_never_come_in_this_way(town, people, phone):
    Person.objects.filter(pk=people[0].pk).update(user=town.firm_chair)
    row = actions.ask_code(HERS)
    assert send_waiting() == 0
    assert ShortMessage.objects.get().fault == "unwanted"
    assert actions.try_code(row.uuid, "123456").kind == "wrong"


def test_an_account_that_was_closed_stays_closed(people, phone):
    enter(ask(), phone, 1)
    User.objects.filter(kind="MEMBER").update(is_active=False)
    client = ask()
    assert client.post("/sign-in/member/code/", {"code": came(phone)}).status_code == 422
    assert client.get("/me/").status_code == 302


def test_who_was_never_a_member_has_no_page_to_sign_in_to(town, phone):
    actions.person_for("示例甲", number(9), HERS)
    actions.ask_code(HERS)
    assert send_waiting() == 0


def test_one_number_may_be_asked_for_five_times_an_hour(people, phone):
    client = Client()
    said = [client.post("/sign-in/member/", {"number": HERS}).status_code for _n in range(6)]
    assert said == [303] * 5 + [429]
    assert client.post("/sign-in/member/", {"number": NOBODYS}).status_code == 303


def test_who_is_not_signed_in_is_led_to_the_door_of_members(client):
    assert client.get("/me/")["Location"].startswith("/sign-in/member/")
    assert client.get("/desk/")["Location"].startswith("/account/login/")
    page = client.get("/sign-in/").content.decode()
    assert "/sign-in/member/" in page
    assert "/account/login/" in page


def test_no_code_and_no_number_stands_in_the_database(people, phone):
    ask()
    code = came(phone)
    with connection.cursor() as cursor:
        for table in ("members_phonecode", "notices_shortmessage", "django_session"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            said = str(cursor.fetchall())
            assert code not in said.replace(str(PhoneCode.objects.get().uuid), "")
            assert HERS not in said


def test_questions_for_codes_are_forgotten_after_a_day(people):
    actions.ask_code(HERS)
    assert actions.forget_codes() == 0
    with moved_to(now() + timedelta(days=1, minutes=1)):
        assert actions.forget_codes() == 1


def test_a_house_may_ask_the_code_alone_also_at_the_first_sign_in(people, phone, monkeypatch):
    monkeypatch.setattr(
        "niangjia.members.actions.door.answer",
        lambda what, *_: type("A", (), {"value": False if what.code.endswith("tail_first") else what.default}),
    )
    row = actions.ask_code(HERS)
    assert actions.try_code(row.uuid, came(phone)).kind == "in"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_goes_to_a_phone_is_one_message_in_either_language(language):
    with translation.override(language):
        code = worded(SHORTS["sign-in-code"], {"code": "123456", "minutes": 15}, 500)
        first = worded(SHORTS["file-first-text"], {"union": "长兴澹柘织造厂"}, 500)
    assert "123456" in code
    assert len(code) <= 70
    assert len(first) <= 70
