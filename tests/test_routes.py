"""Every address is guarded, and a GET only reads."""

from __future__ import annotations

import re

import pytest
from django.db import InternalError
from django.test import Client
from django.urls import path
from ninja import NinjaAPI

from niangjia.access.models import User
from niangjia.kit.figure import FIGURES
from niangjia.kit.machines import Session
from niangjia.kit.pages import MEMBER, public
from niangjia.unions.models import Union
from niangjia.worklog.api import post
from tools.routes import LIBRARY, Route, route, routes

FILLED = [
    (r"<(uuidstr:)?uuid(:\w+)?>", "00000000-0000-4000-8000-000000000000"),
    (r"<int:\w+>", "1"),
    (r"<(str:|slug:|path:)?code>", "U33052200011"),
    (r"<(\w+:)?\w+>", "x"),
]
MACHINES = "/api/"
SENT = ("/numbers", "/applications", "/receipts")  # calls that write: a GET is none of theirs


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
    assert opened == []


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


def calls(kind: str) -> list[str]:
    """The addresses of the interface for machines that declare to be of a kind, filled with a figure that everybody may ask about."""
    open_ = next(one.name for one in FIGURES.values() if one.public)
    return [
        address(Route(one.path.replace("figures/<code>", f"figures/{open_}"), one.name, one.kind))
        for one in routes()
        if one.path.startswith(MACHINES) and one.kind == kind and not one.path.endswith(SENT)
    ]


@pytest.mark.django_db
def test_machines_are_answered_as_their_call_declares(town, client: Client, as_):
    post()
    assert {one.kind for one in routes() if one.path.startswith(MACHINES)} == {"public", "office"}
    asked = [*calls("public"), *calls("office")]
    member = User.objects.create(username="worker", name="周敏华", password="!", kind=MEMBER)
    strangers = {path: client.get(path).status_code for path in asked}
    members = {path: as_(member).get(path).status_code for path in asked}
    staff = {path: as_(town.leader).get(path).status_code for path in asked}
    assert [strangers[path] for path in calls("office")] == [401] * len(calls("office"))
    assert [members[path] for path in calls("office")] == [404] * len(calls("office"))
    nothing = {
        path for path in asked if path.endswith(("/x", "/x/publication", "-000000000000", "/unions/U33052200011"))
    }  # a name that nobody gave
    assert {path: code for path, code in strangers.items() if path in calls("public")} == {
        path: 404 if path in nothing else 302 if path == MACHINES else 200 for path in calls("public")
    }
    written = [address(one) for one in routes() if one.path.startswith(MACHINES) and one.path.endswith(SENT)]
    assert len(written) == len(SENT)
    assert {client.get(path).status_code for path in written} == {405}
    assert {Client().post(path, "{}", content_type="application/json").status_code for path in written} == {401}
    assert {as_(member).post(path, "{}", content_type="application/json").status_code for path in written} == {404}
    assert {path: staff[path] for path in asked} == {path: 404 if path in nothing else 302 if path == MACHINES else 200 for path in asked}


def test_a_call_that_does_not_say_who_may_make_it_is_closed_and_seen():
    api = NinjaAPI(auth=Session(), urls_namespace="bare")
    api.get("/bare")(lambda request: {})
    bare = next(one for one in api.urls[0] if one.name == "<lambda>")
    assert route(bare, "/api/bare", "api:").kind == "UNGUARDED"


def test_the_interface_itself_leads_to_what_may_be_asked(client: Client):
    assert client.get(MACHINES).headers["Location"] == "/api/openapi.json"
    assert set(client.get("/api/openapi.json").json()["paths"]) >= {"/api/figures", "/api/reviews/{name}"}


FOR_MEMBERS = {  # pages with a guard of the office that members open too
    "/desk/", "/search/", "/me/", "/me/account/", "/me/requests/", "/rights/reckon/", "/rights/reckon/terms/", "/help/", "/help/<str:part>/", "/help/pictures/<str:name>", "/messages/", "/messages/read/",
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
    assert opened - FOR_MEMBERS == set()
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
