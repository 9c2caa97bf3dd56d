"""Members sign in by a code on their phone. Nothing that the page answers, and nothing that it does, depends on whether the number is known."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import QuerySet

from niangjia.access.models import User
from niangjia.kit import crypt
from niangjia.kit.answer import answer, asking
from niangjia.kit.dates import now, today
from niangjia.members.actions.people import tell_first
from niangjia.members.enums import CODE, ID_TAIL, PHONE
from niangjia.members.models import Batch, Membership, Person, PhoneCode, Telling
from niangjia.members.parameters import CODE_TIME, CODE_TRIES, FIRST_TEXT, TAIL_FIRST
from niangjia.notices.api import text

DIGITS = 6
RECENT = timedelta(days=3)  # imports older than that are told of no more: it would be no news
ROUND = 500  # short messages that are laid down at a time
KEPT = timedelta(days=1)  # how long a question for a code is kept, for whoever looks why somebody could not come in


@dataclass(frozen=True)
class Outcome:
    """What became of a try: she is in, is asked for the end of her identity number, was wrong and may try again, or must begin anew."""

    kind: str  # in, tail, wrong, over
    user: User | None = None
    left: int = 0


def behind_phone(number_hash: bytes) -> QuerySet[Person]:
    """The people who may sign in by a phone: those who stand or stood in a union, and are not staff by the same account."""
    held = Membership.objects.filter(person__phone_hash=number_hash).values("person_id")
    return Person.objects.filter(pk__in=held, phone_hash=number_hash, erased_at=None).exclude(user__kind=User.Kind.STAFF)


def known(number: str) -> bool:
    """Whether a code for this number leaves the house: asked by the worker, long after the page was answered."""
    return behind_phone(crypt.blind_one(number, PHONE)).exists()


@transaction.atomic
def ask_code(number: str, *, language: str = "") -> PhoneCode:
    """Draw a code for a number and lay its message down. The register is not asked here: a known number takes no longer than another."""
    code, key = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}", uuid4()
    at = now()
    until = at + answer(CODE_TIME, today(), ()).value.length()
    made = PhoneCode.objects.create(
        uuid=key, number_hash=crypt.blind_one(number, PHONE), code_hash=_hashed(key, code), made_at=at, until=until
    )
    minutes = int((until - at).total_seconds() // 60)
    text(number, "sign-in-code", facts={"code": code, "minutes": minutes}, language=language, until=until)
    return made


def _hashed(key: UUID, code: str) -> bytes:
    """A code is compared by its keyed hash, bound to its own question."""
    return crypt.blind_one(f"{key}:{code}", CODE)


@transaction.atomic
def try_code(key: UUID, code: str) -> Outcome:
    """Compare a code, once: each try counts, whoever makes it, and a right one is used up."""
    row = _open(key)
    if row is None or row.passed_at is not None:
        return Outcome("over")
    people = list(behind_phone(bytes(row.number_hash)).order_by("pk")[:2])
    if not (hmac.compare_digest(bytes(row.code_hash), _hashed(key, code)) and people):
        return _wrong(row)
    PhoneCode.objects.filter(pk=row.pk).update(passed_at=now())
    first = people[0].user_id is None and answer(TAIL_FIRST, today(), ()).value
    if len(people) > 1 or first or people[0].tail_due:
        return Outcome("tail")
    return _let_in(row, people[0])


@transaction.atomic
def try_tail(key: UUID, tail: str) -> Outcome:
    """Who of those with this phone she is: by the last four of the identity number."""
    row = _open(key)
    if row is None or row.passed_at is None:
        return Outcome("over")
    meant = list(behind_phone(bytes(row.number_hash)).filter(id_tail_hash=crypt.blind_one(tail.upper(), ID_TAIL))[:2])
    return _let_in(row, meant[0]) if len(meant) == 1 else _wrong(row)


def _open(key: UUID) -> PhoneCode | None:
    """The question, if it may still be answered; held, so that two tries at once count as two."""
    row = PhoneCode.objects.select_for_update().filter(uuid=key, used_at=None, until__gt=now()).first()
    return row if row is not None and row.tries < answer(CODE_TRIES, today(), ()).value else None


def _wrong(row: PhoneCode) -> Outcome:
    PhoneCode.objects.filter(pk=row.pk).update(tries=row.tries + 1)
    left = answer(CODE_TRIES, today(), ()).value - row.tries - 1
    return Outcome("wrong" if left else "over", left=left)


def _let_in(row: PhoneCode, person: Person) -> Outcome:
    """She is who she says: her account is made the first time, and tied to her."""
    PhoneCode.objects.filter(pk=row.pk).update(used_at=now())
    person = Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=person.pk)
    if person.tail_due:
        Person.objects.filter(pk=person.pk).update(tail_due=False)
    if person.user is None:
        user = User.objects.create_user(f"m-{uuid4().hex[:16]}", name=person.name, kind=User.Kind.MEMBER)
        Person.objects.filter(pk=person.pk).update(user=user)
        tell_first(user)
        return Outcome("in", user)
    return Outcome("in", person.user) if person.user.is_active else Outcome("over")


def forget_codes() -> int:
    """Forget questions for codes of yesterday. Answers how many."""
    return PhoneCode.objects.filter(made_at__lt=now() - KEPT).delete()[0]


def tell_imported(most: int = ROUND) -> int:
    """Tell those whom an import made known by short message, where the place wants it so: a round of some, each once. Answers how many."""
    told = 0
    for batch in Batch.objects.filter(state=Batch.State.DONE, made_at__gt=now() - RECENT).select_related("union").order_by("pk"):
        if told < most and asking(batch.union, today())(FIRST_TEXT):
            told += _tell_some(batch, most - told)
    return told


@transaction.atomic
def _tell_some(batch: Batch, most: int) -> int:
    Telling.objects.get_or_create(batch=batch)
    telling = Telling.objects.select_for_update().get(batch=batch)
    people = list(Person.objects.filter(batch=batch, pk__gt=telling.upto, phone_sealed__isnull=False, erased_at=None).order_by("pk")[:most])
    for person in people:
        phone = crypt.unseal(person.phone_sealed or b"", PHONE)
        text(phone, "file-first-text", facts={"union": batch.union.short_name}, key=uuid5(NAMESPACE_OID, f"first-told:{person.uuid}"))
    if people:
        Telling.objects.filter(pk=telling.pk).update(upto=people[-1].pk)
    return len(people)
