"""What is sent twice is done once: pressed twice, sent again, sent at the same moment, sent with other words."""

from __future__ import annotations

import logging
import sys
import threading
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import Client

from niangjia.access import actions
from niangjia.access.models import Once, User
from niangjia.access.once import Repeated
from niangjia.kit.dates import moved_to, now
from niangjia.kit.discreet import Discreet
from niangjia.rights.models import Event

URL = "/rights/events/report/"
FACTS = {"firm": "某某玩具厂", "kind": "E06", "affected": "46", "channel": "PATROL", "behaviour": "NONE"}


def sent(user: User, **facts: str) -> HttpResponse:
    client = Client(raise_request_exception=True)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.post(URL, FACTS | facts)


@pytest.mark.django_db
def test_a_form_sent_twice_is_taken_once_and_answered_alike(town):
    key = str(uuid4())
    first, second = sent(town.firm_chair, once=key), sent(town.firm_chair, once=key)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_another_key_is_another_event(town):
    sent(town.firm_chair, once=str(uuid4()))
    sent(town.firm_chair, once=str(uuid4()))
    assert Event.objects.count() == 2


@pytest.mark.django_db
def test_other_words_under_a_used_key_are_told_and_not_written(town):
    key = str(uuid4())
    first = sent(town.firm_chair, once=key)
    second = sent(town.firm_chair, once=key, affected="47")
    assert second.status_code == 409
    assert first["Location"] in second.content.decode()
    assert Event.objects.get().affected == 46


@pytest.mark.django_db
def test_somebody_elses_key_opens_nothing(town):
    key = str(uuid4())
    first = sent(town.firm_chair, once=key)
    second = sent(town.city_rights, once=key)
    assert second.status_code == 409
    assert first["Location"] not in second.content.decode()


@pytest.mark.django_db
def test_a_form_given_back_with_faults_may_be_sent_again(town):
    key = str(uuid4())
    assert sent(town.firm_chair, once=key, affected="many").status_code == 422
    assert not Once.objects.exists()
    assert sent(town.firm_chair, once=key).status_code == 303


@pytest.mark.django_db(transaction=True)
def test_sent_at_the_same_moment_it_is_taken_once(town):
    key, answers = str(uuid4()), []
    gate = threading.Barrier(4)

    def press() -> None:
        gate.wait()
        answers.append(sent(town.firm_chair, once=key))
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [one.status_code for one in answers] == [303] * 4
    assert len({one["Location"] for one in answers}) == 1
    assert Event.objects.count() == 1


class Asked:
    """As much of a request as the middleware reads."""

    def __init__(self, user: User) -> None:
        from django.http import HttpRequest, QueryDict
        from django.utils.datastructures import MultiValueDict

        self.real = HttpRequest()
        self.real.method, self.real.path, self.real.user = "POST", "/x/", user
        self.real.POST = QueryDict(f"once={uuid4()}")
        self.real._files = MultiValueDict()
        self.real._messages = []


@pytest.mark.django_db(transaction=True)
def test_a_deadlock_is_tried_again_and_the_second_try_counts(town, monkeypatch):
    monkeypatch.setattr(Repeated, "pause", 0.0)
    tries = []

    def view(request: object) -> HttpResponse:
        tries.append(1)
        User.objects.filter(pk=town.firm_chair.pk).update(name=f"沈{len(tries)}")
        if len(tries) == 1:
            raise OperationalError from psycopg.errors.DeadlockDetected()
        return HttpResponse(status=303, headers={"Location": "/y/"})

    request = Asked(town.firm_chair).real
    request._messages = type("Said", (), {"_queued_messages": []})()
    answer = Repeated(lambda _request: HttpResponse()).process_view(request, view, (), {})
    assert (answer["Location"], len(tries)) == ("/y/", 2)
    assert User.objects.get(pk=town.firm_chair.pk).name == "沈2"


@pytest.mark.django_db(transaction=True)
def test_what_is_no_fault_of_the_moment_is_not_tried_again(town):
    tries = []

    def view(request: object) -> HttpResponse:
        tries.append(1)
        raise OperationalError from psycopg.errors.DiskFull()

    with pytest.raises(OperationalError):
        Repeated(lambda _request: HttpResponse()).process_view(Asked(town.firm_chair).real, view, (), {})
    assert len(tries) == 1
    assert not Once.objects.exists()


@pytest.mark.django_db
def test_keys_are_forgotten_after_two_days(town):
    sent(town.firm_chair, once=str(uuid4()))
    assert actions.forget_keys() == 0
    with moved_to(now() + actions.KEPT * 1.1):
        assert actions.forget_keys() == 1


@pytest.mark.django_db
def test_the_log_of_a_fault_holds_no_value(town):
    """The words of a database's fault quote the row: none of them reach the log."""
    name = "沈" + "某某"  # the line of code itself may stand in the log
    try:
        with transaction.atomic():
            User.objects.create_user(town.firm_chair.username, None, name=name)
    except IntegrityError:
        text = Discreet("{levelname} {message}", style="{").format(
            logging.LogRecord("x", logging.ERROR, __file__, 1, "broken", None, sys.exc_info())
        )
    assert town.firm_chair.username not in text
    assert name not in text
    assert "UniqueViolation: 23505 access_user" in text
    assert "create_user" in text


@pytest.mark.django_db
def test_a_statement_that_is_given_up_ends_in_a_sentence(town, monkeypatch):
    """The database itself gives it up, as it does for the pages that `niangjia serve` begins."""

    def slow(*_args: object, **_words: object) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 20")
            cursor.execute("SELECT pg_sleep(5)")

    monkeypatch.setattr("niangjia.rights.actions.report", slow)
    answer = sent(town.firm_chair, once=str(uuid4()))
    assert answer.status_code == 503
    assert "没有写入" in answer.content.decode() or "Nothing was written" in answer.content.decode()
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_given_up_ends_in_a_sentence(town, client, monkeypatch):
    """Within the read-only transaction of a GET, which the fault has broken: the sentence asks the database nothing."""

    def slow(*_args: object, **_words: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 20")
            cursor.execute("SELECT pg_sleep(5)")

    client.force_login(town.city_rights, backend="allauth.account.auth_backends.AuthenticationBackend")
    monkeypatch.setattr("niangjia.rights.lists.events", slow)
    answer = client.get("/rights/events/")
    assert answer.status_code == 503
    assert "pg_sleep" not in answer.content.decode()


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        (OperationalError("connection refused"), 503, "数据库没有应答"),
        (InterfaceError("closed"), 503, "数据库没有应答"),
        (KeyError("x"), 500, "不是您的错"),
    ],
)
def test_a_database_that_does_not_answer_is_away_and_not_broken(town, client, monkeypatch, fault, status, said):
    def falls(*_args: object, **_words: object) -> None:
        raise fault

    client.force_login(town.city_rights, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.raise_request_exception = False
    monkeypatch.setattr("niangjia.rights.lists.events", falls)
    answer = client.get("/rights/events/")
    assert answer.status_code == status
    assert said in answer.content.decode()
