"""People on whom other floors write: found by identity number or made known, and their sealed values shown one at a time with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.kit import crypt, mask
from niangjia.kit.dates import now
from niangjia.kit.errors import RuleBroken
from niangjia.kit.faults import identity_fault, name_fault, phone_fault
from niangjia.kit.ids import birth_of, narrow, sex_of
from niangjia.members.enums import ID, ID_TAIL, PHONE, PHONE_TAIL
from niangjia.members.models import Person, Reveal


@transaction.atomic
def person_for(name: str, number: str, phone: str = "") -> Person:
    """The person with an identity number, member or not; made known if she is new. A phone is kept only where none is known."""
    name, number, phone = "".join(name.split()), narrow(number), narrow(phone)
    if not name:
        raise RuleBroken(_("Write the name as on the identity card."))
    if fault := name_fault(name) or identity_fault(number):
        raise RuleBroken(fault)
    if phone and (fault := phone_fault(phone)):
        raise RuleBroken(fault)
    called = {} if not phone else {
        "phone_sealed": crypt.seal_one(phone, PHONE), "phone_hash": crypt.blind_one(phone, PHONE), "phone_tail_hash": crypt.blind_one(phone[-4:], PHONE_TAIL),
    }  # fmt: skip
    person, made = Person.objects.get_or_create(
        id_hash=crypt.blind_one(number, ID),
        defaults={
            "name": name, "sex": sex_of(number), "born_on": birth_of(number), "id_sealed": crypt.seal_one(number, ID),
            "id_tail_hash": crypt.blind_one(number[-4:], ID_TAIL), **called,
        },
    )  # fmt: skip
    if not made and person.name != name:
        raise RuleBroken(_("This identity number is known under another name. Compare both with the card."))
    if not made and called and person.phone_sealed is None:
        Person.objects.filter(pk=person.pk).update(**called)
        person.refresh_from_db()
    return person


@dataclass(frozen=True)
class Covered:
    """What a page may show of a person without a reason."""

    name: str
    number: str
    phone: str


def covered(person: Person) -> Covered:
    """Name, number and phone, masked."""
    phone = mask.phone(crypt.unseal(person.phone_sealed, PHONE)) if person.phone_sealed else ""
    return Covered(mask.name(person.name), mask.identity(crypt.unseal(person.id_sealed, ID)), phone)


@transaction.atomic
def disclose(person: Person, what: str, *, why: str, by: User) -> str:
    """Show one sealed value to somebody whom the caller has let in; who looked, and why, is written down first."""
    if not why.strip():
        raise RuleBroken(_("Say why you need to see it: your reason is kept with your name."))
    sealed = person.id_sealed if what == "id" else person.phone_sealed
    if sealed is None:
        raise RuleBroken(_("No phone is known."))
    Reveal.objects.create(person=person, by=by, at=now(), what=what, why=why.strip()[:200])
    note([("revealed", "members.person", person.pk, why.strip()[:200])], by=by)
    return crypt.unseal(sealed, ID if what == "id" else PHONE)
