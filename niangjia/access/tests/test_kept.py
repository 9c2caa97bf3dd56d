"""A report that was kept on a phone: one key, one event; asked by a script; and whose browser is emptied when."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from niangjia.access.api import mark
from niangjia.access.models import User
from niangjia.kit.errors import Refused
from niangjia.rights import actions
from niangjia.rights.models import Event

URL = "/rights/events/report/"
FACTS = {"firm": "某某玩具厂", "kind": "E06", "affected": "46", "channel": "PATROL", "behaviour": "NONE"}


def client_of(user: User) -> Client:
    made = Client()
    made.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def sent(client: Client, user: User, key: str, **facts: str):
    return client.post(URL, {**FACTS, "key": key, **facts}, headers={"X-Kept-Of": mark(user)})


@pytest.mark.django_db
def test_one_key_is_one_event_also_with_other_words(town):
    chair, key = client_of(town.firm_chair), str(uuid4())
    assert "reference" not in chair.get(f"{URL}state/", {"key": key}).json()
    first, again = sent(chair, town.firm_chair, key), sent(chair, town.firm_chair, key, affected="47")
    event = Event.objects.get()
    said = {"reference": event.reference, "url": event.get_absolute_url()}
    assert (first.json(), again.json(), event.affected) == (said, said, 46)
    state = chair.get(f"{URL}state/", {"key": key}).json()
    assert {**state, "token": ""} == {**said, "who": mark(town.firm_chair), "token": ""}
    native = chair.post(URL, {**FACTS, "key": key})  # the form as forms are sent, with the same key
    assert native["Location"] == event.get_absolute_url()
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_what_was_written_under_one_account_is_not_sent_under_another(town):
    key = str(uuid4())
    other = client_of(town.hill_chair)
    assert (sent(other, town.firm_chair, key).status_code, Event.objects.count()) == (409, 0)
    sent(client_of(town.firm_chair), town.firm_chair, key)
    assert "reference" not in other.get(f"{URL}state/", {"key": key}).json()
    facts = actions.Facts(FACTS["firm"], "E06", 46)
    with pytest.raises(Refused):
        actions.report_kept(town.firm, facts, Event.objects.get().sent_key, by=town.hill_chair)
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_a_script_is_told_what_is_missing_and_a_stranger_nothing(town):
    chair = client_of(town.firm_chair)
    assert sent(chair, town.firm_chair, str(uuid4()), affected="many").json() == {"fault": "form"}
    assert sent(client_of(town.city_rights), town.city_rights, str(uuid4())).json() == {"fault": "union"}
    assert Client().get(f"{URL}state/").status_code == 302
    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_sent_by_four_at_the_same_moment_it_is_one_event(town):
    key, made, gate = uuid4(), [], threading.Barrier(4)

    def send() -> None:
        gate.wait()
        try:
            made.append(actions.report_kept(town.firm, actions.Facts(FACTS["firm"], "E06", 46), key, by=town.firm_chair, send=True))
        finally:
            connection.close()

    tabs = [threading.Thread(target=send) for _n in range(4)]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join()
    assert len({event.pk for event, _fresh in made}) == Event.objects.count() == 1
    assert sorted(fresh for _event, fresh in made) == [False, False, False, True]


@pytest.mark.django_db
def test_what_the_browser_keeps_of_the_page_says_nothing_of_anybody(town):
    chair = client_of(town.firm_chair)
    for client in (chair, Client()):
        page = client.get(f"{URL}shell/").content.decode()
        assert town.firm_chair.name not in page
        assert town.firm.name not in page
        assert "csrfmiddlewaretoken" not in page
    assert chair.get(f"{URL}shell/").content == Client().get(f"{URL}shell/").content
    worker = chair.get(f"{URL}worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert worker.content == chair.get(f"{URL}worker.js").content


@pytest.mark.django_db
def test_a_browser_is_emptied_when_its_account_leaves_or_another_comes_and_not_when_a_session_ends(town):
    chair = client_of(town.firm_chair)
    assert "Clear-Site-Data" not in chair.get(URL).headers
    assert chair.cookies["kept"].value == mark(town.firm_chair)
    assert chair.cookies["kept"]["httponly"]
    chair.cookies.pop("sessionid")  # the session has run out
    assert "Clear-Site-Data" not in chair.get(URL).headers
    chair.force_login(town.firm_chair, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Clear-Site-Data" not in chair.get(URL).headers
    left = chair.post("/account/logout/")
    assert left["Clear-Site-Data"] == '"storage"'
    assert not left.cookies["kept"].value

    chair = client_of(town.firm_chair)
    chair.get(URL)
    chair.cookies.pop("sessionid")
    chair.force_login(town.hill_chair, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert chair.get("/desk/")["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in chair.get("/desk/").headers
