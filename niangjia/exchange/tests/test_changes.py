"""What has changed since a cursor: in order, once, nothing lost that commits late; applications are taken once; problems are documents."""

from __future__ import annotations

import threading
from datetime import timedelta
from time import sleep

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client as Browser

from niangjia.access.models import Once
from niangjia.exchange import actions
from niangjia.exchange.enums import KEPT, USES
from niangjia.exchange.models import Change
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.keyset import packed
from niangjia.members import actions as members
from niangjia.members.models import Application, Membership
from niangjia.members.notice import EDITION
from niangjia.members.tests.rosters import line, name, number, roster
from niangjia.unions import api as unions
from niangjia.unions.models import Union


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


@pytest.fixture
def key(town):
    one = actions.make_client("省会员系统", keeper="省总工会", by=town.system)
    actions.grant_scope(one, town.north, list(USES), until=today() + timedelta(days=200), by=town.security)
    return actions.make_key(one, by=town.system)


def headers(key, **more):
    return {"Authorization": f"Bearer {key}"} | more


def since(key, of, cursor="", **more):
    return Browser().get(f"/api/{of}/changes", {"since": cursor} | more, headers=headers(key))


def soon(key, of, cursor, many=1, **more):
    """The same, asked again until so much is told: what is written waits while anybody on the server, a test beside this one too, began before it."""
    for _n in range(600):
        said = since(key, of, cursor, **more).json()
        if len(said["changes"]) >= many:
            break
        sleep(0.2)
    return said


def hand_in(key, idempotency, language="en", **facts):
    said = {"union": "U33052200111", "name": name(70), "number": number(70), "phone": "10000000070", "work": "COURIER", "notice": EDITION}
    more = {"Idempotency-Key": idempotency, "Accept-Language": language}
    return Browser().post("/api/members/applications", said | facts, content_type="application/json", headers=headers(key, **more))


@pytest.fixture
def code(town):
    return members.open_code(town.firm, by=town.firm_chair)


@pytest.mark.django_db(transaction=True)
def test_changes_are_told_in_order_and_once(town, key, tmp_path):
    begun = since(key, "members").json()
    assert (begun["changes"], begun["more"]) == ([], False)
    members.import_roster(roster(tmp_path / "名册.csv", *map(line, range(1, 4))), town.firm, by=town.firm_chair)
    one = Membership.objects.filter(union=town.firm).order_by("pk")[0]
    members.correct(one, work="COURIER", by=town.firm_chair)
    first = soon(key, "members", begun["cursor"], 2, limit=2)
    assert (len(first["changes"]), first["more"]) == (2, True)
    second = soon(key, "members", first["cursor"], 2)
    told = [*first["changes"], *second["changes"]]
    assert [each["what"] for each in told] == ["JOINED"] * 3 + ["CHANGED"]
    assert (told[3]["id"], told[3]["member"]["work"]) == (str(one.uuid), "COURIER")
    assert since(key, "members", second["cursor"]).json()["changes"] == []
    members.end(one, ending="LEFT", on=today(), reason="离职", by=town.firm_chair)
    assert [each["what"] for each in soon(key, "members", second["cursor"])["changes"]] == ["LEFT"]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_commits_late_is_not_lost(town, key):
    """One begins first and commits last: what others wrote meanwhile waits for it, so that no cursor passes over it."""
    begun = since(key, "unions").json()["cursor"]
    written, commits = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                Union.objects.filter(pk=town.mill.pk).update(short_name="慢的工会")
                written.set()
                assert commits.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert written.wait(20)
    Union.objects.filter(pk=town.firm.pk).update(short_name="快的工会")
    meanwhile = since(key, "unions", begun).json()
    commits.set()
    thread.join()
    after = soon(key, "unions", meanwhile["cursor"], 2)
    assert meanwhile["changes"] == []
    assert [one["union"]["short_name"] for one in after["changes"]] == ["慢的工会", "快的工会"]
    assert since(key, "unions", after["cursor"]).json()["changes"] == []


@pytest.mark.django_db(transaction=True)
def test_unions_are_told_of_where_they_stand_and_where_they_stood(town, key):
    begun = since(key, "unions").json()["cursor"]
    unions.correct(town.firm, name="煤山青禾新能源有限公司工会", by=town.firm_chair)
    Union.objects.filter(pk=town.shop.pk).update(short_name="外县的工会")  # out of scope
    Union.objects.filter(pk=town.mill.pk).update(parent=town.market, county=town.south, township=town.market)
    said = soon(key, "unions", begun, 2)["changes"]
    assert [(one["what"], one["union"] and one["union"]["name"]) for one in said] == [
        ("CHANGED", "煤山青禾新能源有限公司工会"),
        ("GONE", None),
    ]
    assert said[1]["id"] == str(town.mill.uuid)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_while_no_system_is_let_in(town):
    Union.objects.filter(pk=town.firm.pk).update(short_name="改名")
    assert not Change.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_cursor_that_is_too_old_or_of_another_server_is_gone(town, key):
    begun = since(key, "members").json()["cursor"]
    with moved_to(now() + KEPT + timedelta(days=1)):
        assert since(key, "members", begun).status_code == 410
    assert since(key, "members", packed([1, 2, 3, int(now().timestamp())])).status_code == 410
    for wrong in ("no", packed([1, 2]), packed(["a", 1, 2, 3]), packed([2**70, 1, 2, 3])):
        assert since(key, "members", wrong).status_code == 422
    Union.objects.filter(pk=town.firm.pk).update(short_name="改名")
    with moved_to(now() + KEPT + timedelta(days=3)):
        assert actions.forget_changes() == 1


@pytest.mark.django_db
def test_an_application_is_taken_once_for_a_key(key, code):
    first, again = hand_in(key, "province-one"), hand_in(key, "province-one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert Application.objects.get().name == name(70)
    assert Browser().get(first.json()["follow"]).status_code == 200
    other = hand_in(key, "province-one", name=name(71))
    assert (other.status_code, other.json()["title"]) == (422, "Unprocessable Entity")
    assert "Idempotency-Key" in other.json()["detail"]
    Once.objects.all().delete()  # two days later
    assert hand_in(key, "province-one", name=name(71)).status_code == 422
    assert hand_in(key, "province-two", name=name(71)).status_code == 201


@pytest.mark.django_db
def test_what_is_refused_may_be_sent_again_under_the_same_key(key, code):
    assert hand_in(key, "province-one", number="330599").status_code == 422
    assert hand_in(key, "province-one", notice="old").status_code == 422
    assert hand_in(key, "province-one", union="U33052100011").status_code == 422  # of another county
    assert hand_in(key, "province-one", union="U33052200112").status_code == 422  # hangs out no code
    assert hand_in(key, "province-one").status_code == 201


@pytest.mark.django_db
def test_problems_are_documents_in_the_language_of_the_caller(key, code, client):
    zh, en = (hand_in(key, "province-one", language, work="SAILOR", number="330599199001010014") for language in ("zh-hans", "en"))
    assert zh.headers["Content-Type"] == en.headers["Content-Type"] == "application/problem+json; charset=utf-8"
    assert [one["where"] for one in en.json()["errors"]] == ["work"]
    assert en.json()["errors"][0]["detail"] == "It cannot be read as what belongs here."
    assert zh.json()["errors"][0]["detail"] != en.json()["errors"][0]["detail"]
    assert "330599199001010014" not in zh.content.decode()
    assert hand_in(key, "short").json()["errors"][0]["where"].lower().endswith("idempotency_key")
    stranger = client.get("/api/members")
    assert (stranger.status_code, stranger.json()["status"]) == (401, 401)


@pytest.mark.django_db
def test_people_have_no_call_for_numbers_or_for_sending_on(town, as_, code):
    client = as_(town.firm_chair)
    said = {"union": town.firm.code, "name": name(70), "number": number(70), "phone": "10000000070", "work": "COURIER", "notice": EDITION}
    answer = client.post("/api/members/applications", said, content_type="application/json", headers={"Idempotency-Key": "by-hand-1"})
    assert answer.status_code == 422
    assert not Application.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("of", ["unions", "members"])
def test_a_page_asks_the_same_number_of_questions_however_long_it_is(town, key, of, tmp_path, django_assert_max_num_queries):
    members.import_roster(roster(tmp_path / "名册.csv", *map(line, range(1, 31))), town.firm, by=town.firm_chair)
    with django_assert_max_num_queries(12):
        assert Browser().get(f"/api/{of}", headers=headers(key)).status_code == 200
