"""What changed is posted to the addresses that want to be told: in order, at least once, again while nobody answers, given up after so many tries.

Nothing is held while the other side is waited for: no transaction, because changes are told only up to the oldest that runs; no lock, but a
lease that ends by itself. An event has the same id at each try, so whoever is told twice knows.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from niangjia.exchange.enums import HOOK, READS, TEST
from niangjia.exchange.models import Delivery, Hook, HookSecret
from niangjia.exchange.parameters import FIRST, KEPT_LOG, LONGEST, SECONDS, TRIES
from niangjia.exchange.queries import Event, administrators, age, due_hooks, events, waiting_tests
from niangjia.kit import crypt
from niangjia.kit.answer import answer
from niangjia.kit.dates import now, today
from niangjia.kit.outward import NoAnswer, NotAllowed, post
from niangjia.notices.api import tell

TURN = timedelta(seconds=20)  # what one address gets in a round: a slow one must not keep the others waiting
LEASE = timedelta(seconds=90)  # longer than any one post may take
REFRESHED = 600  # seconds after which a cursor is drawn anew though nothing was told
AGENT = "Niangjia"


def _set(what: Any) -> Any:
    """What a parameter of the house is today."""
    return answer(what, today(), ()).value


def tell_due() -> int:
    """One round: every address that is due is told, one after the other. Answers how many posts were taken."""
    done = sum(_test(one) for one in waiting_tests())
    for hook in due_hooks():
        try:
            done += _turn(hook)
        except Exception:  # whatever one address brought about, the others have their turn
            logging.getLogger(__name__).exception("a round of telling failed for address %s", hook.pk)
            _late(hook)
    return done


def _turn(hook: Hook) -> int:
    """Tell one address what is next, until there is nothing, its turn is over, or it does not answer."""
    found, onto = events(hook)
    if not found:
        if age(hook.cursor) > REFRESHED:  # lest the cursor grow too old where nothing happens
            Hook.objects.filter(pk=hook.pk, cursor=hook.cursor).update(cursor=onto)
        return 0
    if not _lease(hook):
        return 0
    hook.refresh_from_db(fields=["cursor", "tries"])
    done, until = 0, now() + TURN
    try:
        while (found := events(hook)[0]) and now() < until:
            for event in found:
                if not _lease(hook, again=True) or not _posted(hook, event):
                    return done
                done += 1
                if now() >= until:
                    break
    finally:
        Hook.objects.filter(pk=hook.pk).update(leased_until=None)
    return done


def _lease(hook: Hook, *, again: bool = False) -> bool:
    """Take the address for a while, or keep it; False if it was paused or taken away, or another worker has it."""
    free = Q() if again else Q(leased_until=None) | Q(leased_until__lt=now())
    rows = Hook.objects.filter(free, pk=hook.pk, paused_at=None, stopped_at=None, closed_at=None)
    return bool(rows.update(leased_until=now() + LEASE))


def _posted(hook: Hook, event: Event) -> bool:
    """Post one event; True if it was taken and noted."""
    code, fault = send(hook, event)
    return _taken(hook, event, code) if 200 <= code < 300 else _not_taken(hook, event, code, fault)


@transaction.atomic
def _taken(hook: Hook, event: Event, code: int) -> bool:
    """It was taken: the next one's turn. False if another worker has been here."""
    if not Hook.objects.filter(pk=hook.pk, cursor=hook.cursor).update(cursor=event.cursor, tries=0, next_at=None):
        return False
    hook.cursor, hook.tries = event.cursor, 0
    _noted(hook, event, code, "", done=True)
    return True


@transaction.atomic
def _not_taken(hook: Hook, event: Event, code: int, fault: str) -> bool:
    """It was not: wait, each time longer; after so many tries stop, and say so to those who let the system in."""
    tries = hook.tries + 1
    stops = tries >= _set(TRIES)
    facts = (
        {"stopped_at": now(), "next_at": None} if stops else {"next_at": now() + waits(tries, _set(FIRST).length(), _set(LONGEST).length())}
    )
    if not Hook.objects.filter(pk=hook.pk, cursor=hook.cursor, stopped_at=None).update(tries=tries, **facts):
        return False
    _noted(hook, event, code, fault)
    if stops:
        people = administrators("system", "security")
        told = {"system": hook.client.name, "tries": tries, "keeper": hook.client.keeper}
        tell(people, "hook-stopped", facts=told, url=hook.get_absolute_url(), urgent=True)
    return False


def waits(tries: int, first: timedelta, longest: timedelta) -> timedelta:
    """How long after so many tries in vain.

    >>> [str(waits(n, timedelta(minutes=1), timedelta(minutes=5))) for n in (1, 2, 3, 4, 99)]
    ['0:01:00', '0:02:00', '0:04:00', '0:05:00', '0:05:00']
    """
    return min(first * (1 << min(tries - 1, 20)), longest)


def _late(hook: Hook) -> None:
    """Let an address wait whose round broke off."""
    Hook.objects.filter(pk=hook.pk).update(next_at=now() + _set(FIRST).length(), leased_until=None)


def _noted(hook: Hook, event: Event, code: int, fault: str, *, done: bool = False) -> None:
    """Write the line of an event: the last answer and how many tries it took."""
    moment = now()
    first = {"what": event.what, "thing": event.thing, "at": moment}
    line, _new = Delivery.objects.get_or_create(hook=hook, event=event.key, defaults=first)
    Delivery.objects.filter(pk=line.pk).update(
        tries=line.tries + 1, code=code or None, fault=fault, last_at=moment, done_at=moment if done else None
    )


def _test(line: Delivery) -> bool:
    """Post a test, once."""
    if not Delivery.objects.filter(pk=line.pk, last_at=None).update(last_at=now(), tries=1):
        return False
    code, fault = send(line.hook, Event(line.event, TEST, None, line.at, line.hook.cursor))
    taken = 200 <= code < 300
    Delivery.objects.filter(pk=line.pk).update(code=code or None, fault=fault, done_at=now() if taken else None)
    return taken


def send(hook: Hook, event: Event) -> tuple[int, str]:
    """Post an event; answers the status, 0 if there was none, and then why."""
    body, keys = told(hook, event), _secrets(hook)
    if not keys:
        return 0, "unsigned"
    heads = {
        "Content-Type": "application/json", "User-Agent": AGENT, "Niangjia-Event": str(event.key), "Niangjia-Signature": signature(body, keys, now()),
    }  # fmt: skip
    try:
        return post(hook.url, body, heads, seconds=_set(SECONDS)), ""
    except (NotAllowed, NoAnswer) as fault:
        return 0, fault.word


def told(hook: Hook, event: Event) -> bytes:
    """What is posted: that something became of a thing, and its identifier; no word about anybody. What it is now is read with the key."""
    said = {
        "event": str(event.key), "kind": hook.kind, "what": event.what, "at": event.at.isoformat(), "id": str(event.thing) if event.thing else None,
        "cursor": event.cursor, "read": READS[hook.kind],
    }  # fmt: skip
    return json.dumps(said).encode()


def signature(body: bytes, keys: Iterable[str], at: datetime) -> str:
    """The moment, and for each secret the HMAC-SHA256 of the moment and the body.

    >>> from datetime import UTC
    >>> signature(b"{}", ["njs_a", "njs_b"], datetime(2026, 11, 30, tzinfo=UTC)).count("v1=")
    2
    """
    moment = str(int(at.timestamp()))
    made = (hmac.new(key.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest() for key in keys)
    return ",".join([f"t={moment}", *(f"v1={one}" for one in made)])


def _secrets(hook: Hook) -> list[str]:
    """The secrets that hold, the newest first."""
    rows = HookSecret.objects.filter(hook=hook, ended_at=None).order_by("-pk").values_list("sealed", flat=True)
    return [crypt.unseal(one, HOOK) for one in rows if one is not None]


def forget_deliveries() -> int:
    """Forget what was posted long ago. Answers how many lines."""
    return Delivery.objects.filter(at__lt=now() - _set(KEPT_LOG).length()).delete()[0]
