"""A phone is what a member signs in by: whenever it is written anew she is told, on the old one and in the system, and proves who she is."""

from __future__ import annotations

from django.db import transaction

from niangjia.kit import crypt
from niangjia.members.enums import PHONE, PHONE_TAIL
from niangjia.members.importing import taking
from niangjia.members.models import Before, Person
from niangjia.notices.api import tell, text
from niangjia.unions.models import Union


@transaction.atomic
def change_phone(person: int, phone: str, *, union: Union) -> bool:
    """Write another phone into a file, or none. Answers whether it was another one; if so the member is told, whoever wrote it."""
    one = Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=person)
    old = crypt.unseal(one.phone_sealed, PHONE) if one.phone_sealed is not None else ""
    if old == phone:
        return False
    Person.objects.filter(pk=person).update(
        phone_sealed=crypt.seal_one(phone, PHONE) if phone else None, phone_hash=crypt.blind_one(phone, PHONE) if phone else None,
        phone_tail_hash=crypt.blind_one(phone[-4:], PHONE_TAIL) if phone else None, tail_due=True,
    )  # fmt: skip
    _told(one, old, union.short_name)
    return True


def _told(one: Person, old: str, union: str) -> None:
    if old:
        text(old, "phone-changed-text", facts={"union": union})
    if one.user is not None:
        tell([one.user], "phone-changed", facts={"union": union}, url="/me/file/")


def take(batch: int, rows: int) -> None:
    """Write the good rows of an import into the register, and tell whoever signs in by a phone that it has changed."""
    last = Before.objects.filter(batch=batch).order_by("-pk").values_list("pk", flat=True).first() or 0
    taking.take(batch, rows)
    _changed(batch, last)


def _changed(batch: int, after: int) -> None:
    """Those who sign in and whose phone an import has changed, since a line of what was before: they are told, and prove who they are.

    Whoever has never signed in is asked for the end of her number at her first sign-in anyway.
    """
    rows = Before.objects.filter(batch=batch, pk__gt=after, person__user__isnull=False).select_related(
        "person__user", "membership__union", "batch__union"
    )
    for line in rows.order_by("pk").iterator(chunk_size=500):
        was, now = line.facts["was"], line.facts["now"]
        if was["phone_hash"] == now["phone_hash"]:
            continue
        old = crypt.unseal(bytes.fromhex(was["phone_sealed"]), PHONE) if was["phone_sealed"] else ""
        Person.objects.filter(pk=line.person_id).update(tail_due=True)
        _told(line.person, old, (line.membership or line.batch).union.short_name)


def changed_back(batch: int) -> list[tuple[int, str, str]]:
    """Before an import is taken back: those who sign in, with the phone that goes, and their union."""
    found = []
    rows = Before.objects.filter(batch=batch, person__user__isnull=False).select_related("person", "membership__union", "batch__union")
    for line in rows.order_by("pk").iterator(chunk_size=500):
        if line.facts["was"]["phone_hash"] != line.facts["now"]["phone_hash"]:
            old = crypt.unseal(line.person.phone_sealed, PHONE) if line.person.phone_sealed is not None else ""
            found.append((line.person_id, old, (line.membership or line.batch).union.short_name))
    return found


def told_back(lines: list[tuple[int, str, str]]) -> None:
    """After it was taken back: whoever has another phone again is told."""
    for pk, old, union in lines:
        one = Person.objects.select_related("user").get(pk=pk)
        if (crypt.unseal(one.phone_sealed, PHONE) if one.phone_sealed is not None else "") != old:
            Person.objects.filter(pk=pk).update(tail_due=True)
            _told(one, old, union)
