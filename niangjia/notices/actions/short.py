"""Short messages: laid down in the transaction of what they tell, and taken to the carrier by the worker, again while it is away."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import translation

from niangjia.kit import crypt
from niangjia.kit.answer import answer
from niangjia.kit.carrier import Away, Carrier, Letter, NotTaken, carrier
from niangjia.kit.dates import now, today
from niangjia.notices.enums import SHORT, SHORT_NUMBER, Kind, Sending
from niangjia.notices.models import ShortMessage
from niangjia.notices.parameters import A_DAY, KEPT, LENGTH, MORNING, NIGHT, PATIENCE
from niangjia.notices.short import SHORTS, awake, worded
from niangjia.notices.wording import kept

FIRST = timedelta(seconds=5)  # after the first failure; doubled at each
MOST = 100  # messages in one round of the worker


def _set(what: Any) -> Any:
    """What a parameter of the house is today."""
    return answer(what, today(), ()).value


@transaction.atomic
def text(
    number: str, what: str, *, facts: Mapping[str, Any], key: UUID | None = None, language: str = "", until: datetime | None = None,
    kind: str = Kind.SMS.value,
) -> ShortMessage:  # fmt: skip
    """Lay a short message down for a number: once by its key. It leaves when the transaction is committed, by the worker.

    ValueError if its kind is not declared, KeyError if a fact is missing. One number gets so many in a day and no more; what is of no use
    after a moment (`until`) is not sent after it.
    """
    declared = SHORTS.get(what)
    if declared is None:
        raise ValueError(f"no short message is declared as {what!r}: say it in the app's messages.py")
    stored, at = kept(facts), now()
    worded(declared, stored, _set(LENGTH))  # a missing fact fails here, where it was forgotten
    blind = crypt.blind_one(number, SHORT_NUMBER)
    if key is not None and (known := ShortMessage.objects.filter(key=key).first()) is not None:
        return known
    many = not declared.pressing and ShortMessage.objects.filter(number_hash=blind, at__gt=at - timedelta(days=1)).count() >= _set(A_DAY)
    return ShortMessage.objects.create(
        key=key or uuid4(), what=what, kind=kind, language=language, at=at, number_sealed=crypt.seal_one(number, SHORT_NUMBER), number_hash=blind,
        due_at=at if declared.at_once else awake(at, _set(NIGHT), _set(MORNING)), until=until or at + _set(PATIENCE).length(),
        facts_sealed=None if many else crypt.seal_one(json.dumps(stored), SHORT),
        **{"state": Sending.FAILED, "done_at": at, "fault": "many"} if many else {},
    )  # fmt: skip


def call(number: str, what: str, **facts: Any) -> ShortMessage:
    """Lay a call down for a number: what a short message would say is read to whoever answers."""
    return text(number, what, kind=Kind.VOICE.value, **facts)


def chat(number: str, what: str, **facts: Any) -> ShortMessage:
    """Lay a message down for the work messenger of whoever has a number."""
    return text(number, what, kind=Kind.CHAT.value, **facts)


def chats() -> bool:
    """Whether this house has a work messenger."""
    return carrier(Kind.CHAT.value) is not None


def send_waiting(most: int = MOST) -> int:
    """One round: every message that is due goes to the carrier, each in a transaction of its own. Answers how many left."""
    due = ShortMessage.objects.filter(state=Sending.QUEUED, due_at__lte=now()).order_by("due_at").values_list("pk", flat=True)[:most]
    plugs = {kind: carrier(kind) for kind in Kind.values} if (those := list(due)) else {}
    return sum(_take(pk, plugs) for pk in those)


@transaction.atomic
def _take(pk: int, plugs: Mapping[str, Carrier | None]) -> bool:
    """Take one message to the carrier; a second worker passes over what the first one holds."""
    one = ShortMessage.objects.select_for_update(skip_locked=True).filter(pk=pk, state=Sending.QUEUED).first()
    if one is None:
        return False
    if one.until < now():
        return _done(one, fault="late")
    letter, kind = letter_of(one), SHORTS.get(one.what)
    if kind is None or (kind.wanted is not None and not kind.wanted(letter.number)):
        return _done(one, fault="unwanted")
    try:
        plug = plugs.get(one.kind)
        if plug is None:
            raise Away("unplugged")
        return _done(one, receipt=plug.send(letter))
    except NotTaken as fault:
        return _done(one, fault=f"refused {fault}")
    except Away as fault:
        logging.getLogger(__name__).warning("a short message could not be sent: %s", fault)
        wait = now() + FIRST * 2 ** min(one.tries, 10)
        ShortMessage.objects.filter(pk=pk).update(tries=one.tries + 1, due_at=wait, fault=f"away {fault}"[:40])
        return False


def letter_of(one: ShortMessage) -> Letter:
    """A message that waits, in words: in the language of its reader."""
    assert one.number_sealed is not None
    assert one.facts_sealed is not None
    facts = json.loads(crypt.unseal(one.facts_sealed, SHORT))
    with translation.override(one.language or settings.LANGUAGE_CODE):
        words = worded(SHORTS[one.what], facts, _set(LENGTH)) if one.what in SHORTS else ""
    return Letter(
        str(one.key), crypt.unseal(one.number_sealed, SHORT_NUMBER), one.what, {name: str(said) for name, said in facts.items()}, words,
        one.kind,
    )  # fmt: skip


def _done(one: ShortMessage, *, receipt: str = "", fault: str = "") -> bool:
    """It has left, or will not: either way what it said is gone."""
    state = Sending.FAILED if fault else Sending.SENT
    ShortMessage.objects.filter(pk=one.pk).update(
        state=state, done_at=now(), receipt=receipt, fault=fault[:40], facts_sealed=None, tries=one.tries + 1
    )
    return not fault


def forget_numbers() -> int:
    """Forget to whom short messages went, some weeks after; that one went, when and of what kind, stays."""
    old = ShortMessage.objects.filter(erased_at=None, done_at__lt=now() - _set(KEPT).length())
    return old.update(number_sealed=None, number_hash=None, erased_at=now())
