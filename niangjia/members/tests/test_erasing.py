"""The end of a file: who left long ago goes, what is counted stays, and the books are equal before and after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from niangjia.access.models import SeenLog
from niangjia.files.api import carry_out, let_go
from niangjia.files.models import Document
from niangjia.files.queries import place
from niangjia.flow.models import Move
from niangjia.kit import crypt
from niangjia.kit.dates import at, moved_to, now, today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until
from niangjia.kit.retention import RETENTIONS, needed, retention
from niangjia.members import actions
from niangjia.members.enums import ID
from niangjia.members.models import Batch, Membership, Person
from niangjia.members.tests.rosters import line, name, number, roster
from niangjia.rights import api as rights
from niangjia.worklog.api import Asked, audit, evaluate, post

pytestmark = pytest.mark.django_db
LEFT, THEN = date(2016, 3, 1), at(date(2026, 4, 1), 12)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES = tmp_path / "files"


@pytest.fixture
def people(town, tmp_path):
    """Four members; three left ten years ago, one of them joined anew."""
    lines = [line(n, joined="2015-06-01") for n in (1, 2, 3, 4)]
    actions.import_roster(roster(tmp_path / "a.csv", *lines), town.firm, by=town.firm_chair)
    found = [Person.objects.get(id_hash=crypt.blind_one(number(n), ID)) for n in (1, 2, 3, 4)]
    for person in found[:3]:
        held = Membership.objects.get(person=person)
        actions.end(held, ending="LEFT", on=LEFT, reason=f"{person.name}离职", by=town.firm_chair)
    again = actions.apply(town.mill, actions.Facts(name(3), number(3)), by=town.mill_chair)
    actions.approve(again, on=today(), by=town.mill_chair)
    return found


def counts(town):
    post()
    days = [date(2015, 12, 31), date(2016, 12, 31), today()]
    return [
        evaluate(FIGURES[code].plan, Asked(until(day), town.city.pk, "today"))
        for code in ("members.people", "members.women")
        for day in days
    ]


def test_who_left_ten_years_ago_is_erased_and_every_count_stays(town, people, owner):
    before = counts(town)
    with moved_to(at(date(2026, 2, 20), 12)):
        assert actions.erase_left() == 0, "the ten years are not over"
    with moved_to(THEN):
        assert actions.erase_left() == 2
        assert actions.erase_left() == 0
    for person in people[:2]:
        person.refresh_from_db()
        assert (person.name, person.id_sealed, person.id_hash, person.phone_sealed, person.born_on) == ("", None, None, None, None)
        held = Membership.objects.get(person=person)
        assert (held.name, held.name_py, held.tokens, held.job) == ("", "", [], "")
        assert (held.union, held.joined_on, held.left_on, held.sex) == (town.firm, date(2015, 6, 1), LEFT, person.sex)
    for person in people[2:]:
        person.refresh_from_db()
        assert person.name
    assert counts(town) == before
    with owner():
        assert audit() == []


def test_the_story_keeps_its_steps_without_what_was_written(town, people):
    held = Membership.objects.get(person=people[0])
    with moved_to(THEN):
        actions.erase_left()
    story = Move.objects.filter(kind="members.membership", thing_id=held.pk, verb="end").get()
    assert (story.reason, story.by) == ("", town.firm_chair)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Move.objects.filter(pk=story.pk).update(reason="x")
    assert SeenLog.objects.filter(act="erased", thing_id=people[0].pk).exists()


def test_who_claims_in_a_dispute_is_kept_until_its_file_is_over(town, people):
    made = rights.open_(town.north, rights.Opening("012", today(), facts="欠薪。"), by=town.north_rights)
    rights.add_claimant(made, name=name(1), number=number(1), phone="", claimed=0, by=town.north_rights)
    assert needed("members.person", [one.pk for one in people]) == {people[0].pk}
    with moved_to(THEN):
        assert actions.erase_left() == 1
    people[0].refresh_from_db()
    assert people[0].name
    with pytest.raises(RuleBroken):
        actions.erase([people[0].pk])


def test_a_member_is_not_erased(people):
    with pytest.raises(RuleBroken):
        actions.erase([people[3].pk])


def test_the_database_refuses_half_an_erasure(people):
    with pytest.raises(IntegrityError, match="whole_or_erased"), transaction.atomic():
        Person.objects.filter(pk=people[0].pk).update(name="")
    with pytest.raises(IntegrityError, match="whole_or_erased"), transaction.atomic():
        Person.objects.filter(pk=people[0].pk).update(erased_at=now())


def test_who_comes_again_after_that_is_somebody_new(town, people):
    with moved_to(THEN):
        actions.erase_left()
        made = actions.apply(town.firm, actions.Facts(name(1), number(1)), by=town.firm_chair)
    assert made.person_id != people[0].pk


def test_the_page_of_somebody_erased_opens_and_shows_nobody(town, people):
    held = Membership.objects.get(person=people[0])
    with moved_to(THEN):
        actions.erase_left()
    client = Client()
    client.force_login(town.firm_chair, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(held.get_absolute_url())
    assert answer.status_code == 200
    assert name(1) not in answer.content.decode()


def test_the_file_of_a_roster_goes_after_two_years_and_what_was_taken_stays(town, people):
    batch = Batch.objects.get()
    path = place(batch.file_digest)
    assert path.exists()
    assert actions.erase_rosters() == 0
    assert let_go(batch.file_digest) is False, "the import holds it"
    with moved_to(now() + timedelta(days=750)):
        assert actions.erase_rosters() == 1
        assert actions.erase_rosters() == 0
    batch.refresh_from_db()
    assert (batch.file_digest, batch.file_name, batch.state) == ("", "", "DONE")
    assert not Document.objects.exists()
    client = Client()
    client.force_login(town.firm_chair, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(f"{batch.get_absolute_url()}workbook/").status_code == 422
    assert client.get(batch.get_absolute_url()).status_code == 200


def test_one_that_fails_holds_up_no_other(people):
    def breaks() -> int:
        raise RuntimeError("cannot")

    retention("access.aaa", after=timedelta(days=1), since="", goes="", keeps="", erase=breaks)
    try:
        with moved_to(THEN):
            done = carry_out()
    finally:
        del RETENTIONS["access.aaa"]
    assert "access.aaa" not in done
    assert done["members.person"] == 2


def test_what_is_declared_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        retention("members.person", after=timedelta(days=1), since="", goes="", keeps="", erase=lambda: 0)
