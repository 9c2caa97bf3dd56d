"""People on whom other floors write: found by identity number or made known, and their sealed values shown one at a time with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.kit import crypt, mask
from niangjia.kit.dates import now
from niangjia.kit.errors import RuleBroken
from niangjia.kit.faults import name_fault, phone_fault
from niangjia.kit.ids import birth_of, narrow, sex_of
from niangjia.members.enums import ID, ID_TAIL, PHONE, PHONE_TAIL, Paper
from niangjia.members.models import Membership, Person, Reveal
from niangjia.members.papers import read
from niangjia.notices.api import tell


@transaction.atomic
def person_for(name: str, number: str, phone: str = "", *, paper: str = Paper.ID, sex: str = "", born: date | None = None) -> Person:
    """The person with an identity number, member or not; made known if she is new. A phone is kept only where none is known.

    `sex` and `born` are asked for where her kind of paper does not say them in its number.
    """
    name, phone = "".join(name.split()), narrow(phone)
    if not name:
        raise RuleBroken(_("Write the name as on the identity card."))
    if fault := name_fault(name):
        raise RuleBroken(fault)
    shown = read(paper, number, sex, born)
    number = shown.number
    if phone and (fault := phone_fault(phone)):
        raise RuleBroken(fault)
    called = {} if not phone else {
        "phone_sealed": crypt.seal_one(phone, PHONE), "phone_hash": crypt.blind_one(phone, PHONE), "phone_tail_hash": crypt.blind_one(phone[-4:], PHONE_TAIL),
    }  # fmt: skip
    person, made = Person.objects.get_or_create(
        id_hash=crypt.blind_one(number, ID),
        defaults={
            "name": name, "sex": shown.sex, "born_on": shown.born, "paper": shown.paper, "id_sealed": crypt.seal_one(number, ID),
            "id_tail_hash": crypt.blind_one(number[-4:], ID_TAIL), **called,
        },
    )  # fmt: skip
    if person.same_as is not None:  # an old number of somebody who was merged
        person = person.same_as
    if not made and person.name != name:
        raise RuleBroken(_("This identity number is known under another name. Compare both with the card."))
    if not made and called and person.phone_sealed is None:
        Person.objects.filter(pk=person.pk).update(**called, tail_due=True)
        person.refresh_from_db()
    return person


@transaction.atomic
def people_for(rows: Sequence[tuple[str, str, str]]) -> list[Person | str]:
    """The persons with many identity numbers, as `person_for` finds one: each a person, or the sentence that stands in the way of her row.

    A few questions for any number of rows; the caller has looked at the shape of names, numbers and phones before.
    """
    said = [("".join(name.split()), narrow(number), narrow(phone)) for name, number, phone in rows]
    hashes = crypt.blind([number for _name, number, _phone in said], ID)
    known = {
        bytes(one.id_hash): one for one in Person.objects.filter(id_hash__in=hashes).select_related("same_as") if one.id_hash is not None
    }
    fresh = {h: row for h, row in zip(hashes, said, strict=True) if h not in known}
    if fresh:
        known |= _made(list(fresh), list(fresh.values()))
    found: list[Person | str] = []
    for h, (name, _number, _phone) in zip(hashes, said, strict=True):
        person = known[h].same_as or known[h]
        found.append(person if person.name == name else _("This identity number is known under another name. Compare both with the card."))
    return found


def _made(hashes: Sequence[bytes], rows: Sequence[tuple[str, str, str]]) -> dict[bytes, Person]:
    """People who are new to the house, made known at once; whoever was made known meanwhile by somebody else is read again."""
    numbers, phones = [number for _name, number, _phone in rows], [phone for _name, _number, phone in rows]
    sealed, tails = crypt.seal(numbers, ID), crypt.blind([number[-4:] for number in numbers], ID_TAIL)
    calls = zip(
        crypt.seal(phones, PHONE), crypt.blind(phones, PHONE), crypt.blind([phone[-4:] for phone in phones], PHONE_TAIL), strict=True
    )
    Person.objects.bulk_create(
        (
            Person(
                name=name, sex=sex_of(number), born_on=birth_of(number), id_sealed=seal, id_hash=h, id_tail_hash=tail,
                phone_sealed=call[0] if phone else None, phone_hash=call[1] if phone else None, phone_tail_hash=call[2] if phone else None,
            )
            for (name, number, phone), h, seal, tail, call in zip(rows, hashes, sealed, tails, calls, strict=True)
        ),
        ignore_conflicts=True, batch_size=2000,
    )  # fmt: skip
    return {bytes(one.id_hash): one for one in Person.objects.filter(id_hash__in=hashes) if one.id_hash is not None}


@dataclass(frozen=True)
class Covered:
    """What a page may show of a person without a reason."""

    name: str
    number: str
    phone: str


def covered(person: Person) -> Covered:
    """Name, number and phone, masked; nothing of somebody who is erased."""
    if person.id_sealed is None:
        return Covered("", "", "")
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


def tell_first(user: User) -> None:
    """At her first sign-in she is told that a file is kept of her, from where, and what she may do about it (PIPL 2021, art. 17).

    It waits for her from her first page on, so that nobody has to be told by a phone number that may be somebody else's.
    """
    tell([user], "file-first-told", facts={}, url="/me/file/")


@transaction.atomic
def disclose_own(person: Person, what: str) -> str:
    """Show somebody a sealed value of her own; no reason is asked of her, and the log has the line."""
    sealed = person.id_sealed if what == "id" else person.phone_sealed
    if sealed is None or person.user is None:
        raise RuleBroken(_("No phone is known."))
    note([("revealed", "members.person", person.pk, "")], by=person.user)
    return crypt.unseal(sealed, ID if what == "id" else PHONE)


@transaction.atomic
def renumber(person: Person, number: str) -> Person:
    """Write the identity number that is right, where a wrong one stood: sex and birth follow it, in her memberships too.

    RuleBroken if the number is another person's: then two files are one person's, and must be merged.
    """
    shown = read(person.paper, number, person.sex, person.born_on)
    number = shown.number
    blind = crypt.blind_one(number, ID)
    if Person.objects.filter(id_hash=blind).exclude(pk=person.pk).exists():
        raise RuleBroken(
            _("This number is known as another person's. Look whether both files are hers; two files are merged, not renumbered.")
        )
    Person.objects.filter(pk=person.pk).update(
        id_sealed=crypt.seal_one(number, ID),
        id_hash=blind,
        id_tail_hash=crypt.blind_one(number[-4:], ID_TAIL),
        sex=shown.sex,
        born_on=shown.born,
        paper=shown.paper,
    )
    Membership.objects.filter(person=person).exclude(sex=shown.sex).update(sex=shown.sex)
    person.refresh_from_db()
    return person
