"""Where somebody is signed in: each place is shown, and any one of them is ended alone."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from niangjia.access.models import User

pytestmark = pytest.mark.django_db
PLACES = "/account/sessions/"


@pytest.fixture
def places(town, settings):
    """`places(user)` is one more browser in which she is signed in, as the demo's door lets her in."""
    settings.DEMO = True

    def enter(user):
        client = Client()
        client.post("/access/demo/", {"user": user.username})
        return client

    return enter


def ends(client):
    """The numbers of the sessions that the page offers to end."""
    page = client.get(PLACES).content.decode()
    return [one.pk for one in UserSession.objects.order_by("pk") if f'action="/access/sessions/{one.pk}/end/"' in page]


def inside(client):
    return client.get(PLACES).status_code == 200


def test_one_session_ends_and_no_other(town, places):
    here, office, home = (places(town.north_chair) for _ in range(3))
    other = places(town.leader)
    number = UserSession.objects.get(session_key=office.session.session_key).pk
    assert len(ends(here)) == 2, "this one is ended by signing out"
    answer = here.post(f"/access/sessions/{number}/end/")
    assert (answer.status_code, answer.url) == (303, PLACES)
    assert [inside(one) for one in (here, office, home, other)] == [True, False, True, True]
    assert number not in ends(here)


@pytest.mark.parametrize("whose", ["another's", "her own of here", "nobody's"])
def test_who_may_not_end_a_session_learns_nothing_of_it(town, places, whose):
    here, other = places(town.north_chair), places(town.leader)
    keys = {"another's": other, "her own of here": here}
    number = UserSession.objects.get(session_key=keys[whose].session.session_key).pk if whose in keys else 1
    assert here.post(f"/access/sessions/{number}/end/").status_code == 404
    assert inside(here)
    assert inside(other)


def test_a_stranger_is_led_to_the_door_and_a_member_ends_hers(town, places, client):
    assert client.post("/access/sessions/1/end/").status_code == 302
    member = User.objects.create(username="worker", name="周敏华", password="!", kind="MEMBER")
    here, phone = places(member), places(member)
    (number,) = ends(here)
    assert here.post(f"/access/sessions/{number}/end/").status_code == 303
    assert [inside(here), inside(phone)] == [True, False]
    assert here.get(f"/access/sessions/{number}/end/").status_code == 405
