"""Keys are rotated, blind indexes included; an interrupted rotation is finished or taken back, never half."""

from __future__ import annotations

import json

import pytest

from niangjia.config import rotate
from niangjia.kit import crypt
from niangjia.kit.ids import identity_check
from niangjia.members.api import person_for
from niangjia.members.models import Person

NUMBER = "33059919900101001"
NUMBER += identity_check(NUMBER)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def path(settings, tmp_path):
    """A key file of its own; one person is sealed with it."""
    settings.KEY_FILE = tmp_path / "keys.json"
    crypt.keys.cache_clear()
    person_for("甄合成", NUMBER, "10000000001")
    yield settings.KEY_FILE
    crypt.keys.cache_clear()


def test_after_a_rotation_the_person_is_found_and_opened_by_new_keys(path, owner):
    before = Person.objects.get()
    with owner():
        rotate.rotate(path)
    after = Person.objects.get()
    assert bytes(after.id_hash) != bytes(before.id_hash)
    assert bytes(after.id_sealed)[:2] != bytes(before.id_sealed)[:2]
    assert crypt.unseal(after.id_sealed, "members.id") == NUMBER
    assert person_for("甄合成", NUMBER).pk == after.pk
    assert Person.objects.filter(phone_tail_hash=crypt.blind_one("0001", "members.phone.tail")).count() == 1


@pytest.mark.parametrize("committed", [True, False])
def test_a_rotation_killed_in_the_middle_is_finished_or_taken_back(path, owner, committed):
    old = json.loads(path.read_text())
    new = {"current": old["current"] + 1, "seal": {**old["seal"], str(old["current"] + 1): rotate._key()}, "find": rotate._key()}
    crypt.write_keys(path.with_suffix(".next"), json.dumps(new))
    with owner():
        if committed:
            rotate.reseal(old, new)
        rotate.rotate(path)
    assert json.loads(path.read_text()) == (new if committed else old)
    assert not path.with_suffix(".next").exists()
    assert crypt.unseal(Person.objects.get().id_sealed, "members.id") == NUMBER
