"""The numbers of the menu: counted once for the pages of some seconds, and anew after whatever the reader does."""

from __future__ import annotations

import pytest

from niangjia.kit.badges import COOKIE, COUNTERS, counter

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch, settings):
    """How often the number at the bell was counted."""
    settings.MENU_SECONDS = 20
    monkeypatch.setattr("niangjia.kit.badges.COUNTERS", dict(COUNTERS))
    times: list[int] = []
    counter("unread", lambda _request: times.append(1) or 7)
    return times


def test_the_pages_that_follow_are_told_what_the_first_one_counted(town, client, asked):
    client.force_login(town.north_rights)
    assert ">7<" in client.get("/rights/events/").content.decode()
    assert ">7<" in client.get("/rights/disputes/").content.decode()
    assert len(asked) == 1
    client.cookies[COOKIE].set(COOKIE, f"{client.cookies[COOKIE].value}x", "")  # forged
    client.get("/rights/events/")
    assert len(asked) == 2


def test_on_the_page_of_a_line_its_number_is_counted_anew(town, client, asked):
    client.force_login(town.north_rights)
    client.get("/rights/events/")
    client.get("/messages/")
    assert len(asked) == 2


def test_a_deed_takes_the_numbers_away(town, client, asked):
    client.force_login(town.north_rights)
    client.get("/rights/events/")
    client.post("/language/", {"language": "en", "next": "/"})
    assert client.cookies[COOKIE].value == ""
    client.get("/rights/events/")
    assert len(asked) == 2


def test_another_reader_at_the_same_machine_sees_her_own(town, client, asked):
    client.force_login(town.north_rights)
    client.get("/rights/events/")
    client.force_login(town.south_rights)
    client.get("/rights/events/")
    assert len(asked) == 2
