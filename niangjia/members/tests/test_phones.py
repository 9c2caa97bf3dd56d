"""A phone is what a member signs in by: whoever writes another one into her file, she is told, and proves who she is."""

from __future__ import annotations

from uuid import uuid4

import pytest

from niangjia.access.models import User
from niangjia.kit import crypt
from niangjia.members import actions
from niangjia.members.enums import CODE, PHONE
from niangjia.members.models import Batch, Membership, Person, PhoneCode
from niangjia.members.tests.rosters import line, name, number, roster
from niangjia.notices.models import Message, ShortMessage

OLD, NEW = "10000000001", "10000000099"


@pytest.fixture
def she(town, tmp_path):
    """A member who has signed in before."""
    actions.import_roster(roster(tmp_path / "a.csv", line(1), line(2)), town.firm, by=town.firm_chair)
    one = Membership.objects.select_related("person", "union").get(name=name(1))
    user = User.objects.create(username="m-one", name=name(1), kind="MEMBER")
    Person.objects.filter(pk=one.person_id).update(user=user)
    return Membership.objects.select_related("person__user", "union").get(pk=one.pk)


def told(user):
    """To which numbers a short message of the change goes, and how often her inbox says so."""
    texts = ShortMessage.objects.filter(what="phone-changed-text")
    return crypt.unseal_many([one.number_sealed for one in texts], "notices.short.number"), Message.objects.filter(
        to=user, what="phone-changed"
    ).count()


def outcome(phone):
    made = actions.ask_code(phone)
    PhoneCode.objects.filter(pk=made.pk).update(code_hash=crypt.blind_one(f"{made.uuid}:123456", CODE))
    return made.uuid, actions.try_code(made.uuid, "123456").kind


def by_office(town, she, tmp_path):
    actions.correct(she, phone=NEW, by=town.firm_chair)


def by_code(town, she, tmp_path):
    code = actions.open_code(town.firm, by=town.firm_chair)
    sent = actions.send_in(code, uuid4(), actions.Sent(name(1), number(1), NEW, "CONTRACT"))
    actions.complete(sent, by=town.firm_chair)


def by_roster(town, she, tmp_path):
    actions.import_roster(roster(tmp_path / "b.csv", line(1, phone=NEW), line(2, phone="10000000098")), town.firm, by=town.firm_chair)


def by_request(town, she, tmp_path):
    wish = actions.ask_union(she.person, actions.Wish("CORRECT", what="phone", value=NEW), by=she.person.user)
    actions.grant(wish, by=town.firm_chair)


@pytest.mark.parametrize("change", [by_office, by_code, by_roster, by_request])
def test_whoever_changes_it_she_is_told_and_the_tail_is_asked_at_the_next_sign_in(town, she, tmp_path, change):
    assert outcome(OLD)[1] == "in"
    change(town, she, tmp_path)
    numbers, inbox = told(she.person.user)
    assert (numbers, inbox) == ([OLD], 1)
    key, kind = outcome(NEW)
    assert kind == "tail"
    assert actions.try_tail(key, "0000").kind == "wrong"
    assert actions.try_tail(key, number(1)[-4:]).kind == "in"
    assert outcome(NEW)[1] == "in", "she has proved it"


def test_the_same_phone_written_again_is_no_change(town, she):
    actions.correct(she, phone=OLD, job="质检员", by=town.firm_chair)
    assert told(she.person.user) == ([], 0)
    assert outcome(OLD)[1] == "in"


def test_an_import_that_is_taken_back_tells_her_too(town, she, tmp_path):
    by_roster(town, she, tmp_path)

    actions.undo(Batch.objects.latest("pk"), by=town.firm_chair)
    she.person.refresh_from_db()
    assert crypt.unseal(she.person.phone_sealed, PHONE) == OLD
    assert told(she.person.user) == ([OLD, NEW], 2)
    assert outcome(OLD)[1] == "tail"


def test_somebody_who_never_signed_in_is_told_on_the_old_phone(town, she):
    other = Membership.objects.select_related("union").get(name=name(2))
    actions.correct(other, phone="10000000098", by=town.firm_chair)
    assert told(she.person.user) == (["10000000002"], 0)
