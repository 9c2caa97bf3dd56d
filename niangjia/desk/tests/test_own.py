"""A member's own pages: what is held, from where, shown by one press; and who looked, by office and not her own looking."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from niangjia.access.models import SeenLog, User
from niangjia.kit.carrier import Folder
from niangjia.kit.dates import at, moved_to, now
from niangjia.kit.parameter import PARAMETERS
from niangjia.members import actions
from niangjia.members.models import Membership, Person
from niangjia.members.tests.rosters import line, number, roster
from niangjia.notices.api import send_waiting
from niangjia.notices.models import ShortMessage
from niangjia.unions.models import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(town, tmp_path):
    """One of the firm's members, signed in, who came with a roster."""
    actions.import_roster(roster(tmp_path / "a.csv", line(1), line(2)), town.firm, by=town.firm_chair)
    user = User.objects.create(username="m-x", name="示例会员", kind="MEMBER")
    person = Person.objects.get(memberships__name=line(1).split(",")[0])
    Person.objects.filter(pk=person.pk).update(user=user)
    person.refresh_from_db()
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client, person


def test_her_file_says_what_from_where_and_how_long_and_covers_the_numbers(town, member):
    client, person = member
    page = client.get("/me/file/").content.decode()
    assert person.name in page
    assert number(1) not in page
    assert f"{number(1)[:6]}********{number(1)[-4:]}" in page
    assert "10000000001" not in page
    assert town.firm.name in page
    assert "名册" in page
    assert "10年" in page


def test_one_press_shows_her_own_number_and_nobody_elses(member):
    client, person = member
    page = client.post("/me/file/shown/id/").content.decode()
    assert number(1) in page
    assert "10000000001" not in page
    assert "10000000001" in client.post("/me/file/shown/phone/").content.decode()
    assert client.post("/me/file/shown/name/").status_code == 404
    assert SeenLog.objects.filter(act="revealed", thing_id=person.pk, user=person.user).count() == 2


def test_who_looked_is_told_by_office_and_reason_and_not_her_own_looking(town, member):
    client, person = member
    one = Membership.objects.get(person=person)
    office = Office.objects.get(user=town.firm_chair, duty="chair")
    chair = Client()
    chair.force_login(town.firm_chair, backend="allauth.account.auth_backends.AuthenticationBackend")
    chair.get(one.get_absolute_url())
    chair.post(f"{one.get_absolute_url()}shown/id/", {"why": "核对身份证，号码330599198503120015"})
    client.post("/me/file/shown/id/")
    page = client.get("/me/looked/").content.decode()
    assert f"{office.union.short_name} {office.post}" in page
    assert "核对身份证" in page
    assert "330599198503120015" not in page, "what somebody typed is covered"
    assert person.user.name not in page.split("<main")[1]
    assert page.count("<tr") == 4  # the head, two openings, the reveal


def test_a_file_that_nobody_opened_says_so(member):
    assert "还没有人" in member[0].get("/me/looked/").content.decode()


def test_who_is_no_member_has_no_such_pages(town, as_):
    for path in ("/me/file/", "/me/looked/"):
        assert as_(town.firm_chair).get(path).status_code == 404
    assert as_(town.firm_chair).post("/me/file/shown/id/").status_code == 404


def test_the_pages_ask_as_much_of_the_database_for_many_lines_as_for_one(town, member):
    client, person = member
    one = Membership.objects.get(person=person)

    def asked(path):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    chair = Client()
    chair.force_login(town.firm_chair, backend="allauth.account.auth_backends.AuthenticationBackend")
    chair.get(one.get_absolute_url())
    before = asked("/me/looked/"), asked("/me/file/"), asked("/me/")
    for _n in range(8):
        chair.get(one.get_absolute_url())
    assert (asked("/me/looked/"), asked("/me/file/"), asked("/me/")) == before


@pytest.fixture
def phone(settings, tmp_path):
    settings.SMS = f"folder:{tmp_path / 'phone'}"
    return Folder(tmp_path / "phone")


def test_who_is_imported_first_is_told_by_short_message_where_the_place_wants_it(member, phone):
    assert actions.tell_imported() == 0
    object.__setattr__(PARAMETERS["members.file.first_text"], "default", True)
    try:
        with moved_to(at((now() + timedelta(days=1)).date(), 10)):
            assert actions.tell_imported(most=1) == 1
            assert actions.tell_imported() == 1
            assert actions.tell_imported() == 0
            assert send_waiting() == 2
    finally:
        object.__setattr__(PARAMETERS["members.file.first_text"], "default", False)
    assert ShortMessage.objects.filter(what="file-first-text").count() == 2
    assert all(len(one.text) <= 70 for one in phone.last(9))
    assert all(person.name not in one.text for one in phone.last(9) for person in Person.objects.all())
