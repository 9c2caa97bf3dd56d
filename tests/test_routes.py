"""Every address is guarded, and a GET only reads."""

from __future__ import annotations

import re

import pytest
from django.db import InternalError
from django.test import Client
from django.urls import path

from niangjia.access.models import User
from niangjia.kit.pages import public
from niangjia.unions.models import Union
from tools.routes import LIBRARY, Route, route, routes

FILLED = [
    (r"<uuid:\w+>", "00000000-0000-4000-8000-000000000000"),
    (r"<int:\w+>", "1"),
    (r"<(str:|slug:|path:)?code>", "U33052200011"),
    (r"<(\w+:)?\w+>", "x"),
]


OPEN_DATA = ["/api/figures", "/api/openapi.json"]  # public figures, and what may be asked; each figure decides for itself


def address(one: Route) -> str:
    """An address with something in its places."""
    said = one.path
    for pattern, value in FILLED:
        said = re.sub(pattern, value, said)
    return said


def test_every_route_is_guarded():
    assert [one.path for one in routes() if one.kind == "UNGUARDED"] == []


def test_a_route_without_a_guard_is_seen():
    assert route(path("bare/", lambda request: None), "/bare/", "").kind == "UNGUARDED"


@pytest.mark.django_db
def test_strangers_are_answered_nowhere_but_at_public_addresses(client: Client):
    opened = []
    for one in routes():
        if one.kind in ("public", *LIBRARY.values()):
            continue
        answer = client.get(address(one))
        if answer.status_code not in (302, 401, 405):
            opened.append((one.path, answer.status_code))
    assert [path for path, status in opened if status == 200] == OPEN_DATA
    assert {status for _, status in opened} <= {200, 404}


@pytest.mark.django_db
def test_somebody_without_an_office_opens_no_thing(town, as_):
    client = as_(town.nobody)
    opened = []
    for one in routes():
        if one.kind in ("object", "seated"):
            answer = client.get(address(one))
            if answer.status_code not in (403, 404, 405):
                opened.append((one.path, answer.status_code))
    assert opened == []


FOR_MEMBERS = {  # pages with a guard of the office that members open too
    "/desk/", "/search/", "/me/", "/me/account/", "/help/", "/help/<str:part>/", "/help/pictures/<str:name>", "/messages/", "/messages/read/",
}  # fmt: skip


@pytest.mark.django_db
def test_to_members_the_office_does_not_exist(town):
    """What she may do is asked before what she would find: a list that would be empty, and a form that would be refused, are no pages for her."""
    client = Client()
    client.force_login(
        User.objects.create(username="member", name="沈会员", kind="MEMBER"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    opened = {one.path for one in routes() if one.kind in ("list", "signed-in") and client.get(address(one)).status_code not in (404, 405)}
    opened |= {
        one.path for one in routes() if one.kind in ("list", "signed-in") and client.post(address(one)).status_code not in (404, 405)
    }
    assert opened - FOR_MEMBERS == {one for one in opened if one.startswith("/api/")}
    assert opened & FOR_MEMBERS >= {"/desk/", "/me/", "/messages/", "/help/"}


@public
def scribbles(request):
    """A view that writes in a GET: the database refuses it."""
    Union.objects.all().update(name="x")


urlpatterns = [path("scribbles/", scribbles)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls("tests.test_routes")
def test_a_get_that_writes_is_refused_by_the_database(client: Client):
    with pytest.raises(InternalError, match="read-only transaction"):
        client.get("/scribbles/")
