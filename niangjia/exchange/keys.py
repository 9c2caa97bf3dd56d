"""Whose key comes with a call, and what its system then is to the house: seats without an office, and the few permissions that it may use."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from django.http import HttpRequest

from niangjia.access.api import User, too_many
from niangjia.exchange.enums import USES
from niangjia.exchange.models import Client, Key
from niangjia.kit.dates import today
from niangjia.kit.machines import TooMany
from niangjia.kit.pages import note
from niangjia.unions.api import Seat
from niangjia.unions.models import Union

WORD = "nj"  # what every key begins with, so that one that got about can be found
A_MINUTE = 60


def digest(secret: str) -> str:
    """What is kept of a key. It is drawn, 256 bits long, so a plain hash is enough: there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()


def parts(text: str) -> tuple[str, str] | None:
    """The head and the secret of a key as it was handed over; none if it is no key of ours."""
    word, _one, rest = text.partition("_")
    head, _two, secret = rest.partition("_")
    return (head, secret) if word == WORD and head and secret and text.isascii() else None


def known(text: str) -> Key | None:
    """The key, if it opens: not revoked, its system's scope granted and not over, its union still there."""
    said = parts(text)
    if said is None:
        return None
    rows = Key.objects.filter(revoked_at=None, client__closed_at=None, client__until__gte=today(), client__user__is_active=True)
    key = rows.exclude(client__union__state="ABOLISHED").select_related("client__user", "client__union").filter(head=said[0]).first()
    return key if key is not None and hmac.compare_digest(key.digest, digest(said[1])) else None


def caller(request: HttpRequest, text: str) -> User | None:
    """The account of the system that calls. Its call is noted whatever comes of it; more than are let in are turned away (TooMany)."""
    key = known(text)
    if key is None:
        if too_many(request, "machine-refused", reads=True):
            raise TooMany(A_MINUTE)
        return None
    if too_many(request, "machine", str(key.client_id), reads=True):
        raise TooMany(A_MINUTE)
    user = key.client.user
    user.client = key.client
    vars(request)["by_machine"] = True
    request.user = user
    note(request, "called", "exchange.client", key.client_id, f"{key.head} {request.method} {request.path}")
    return user


def _client(user: Any) -> Client | None:
    """The system of an account, as long as its scope holds."""
    found: Client | None = getattr(user, "client", None)
    holds = found is not None and found.closed_at is None and found.until is not None and found.until >= today()
    return found if holds and found is not None and found.union is not None and found.union.state != "ABOLISHED" else None


def seats(user: Any) -> list[Seat]:
    """Where a system stands: at its union, with the eyes of the offices to which its permissions belong."""
    client = _client(user)
    if client is None or client.union is None:
        return []
    union = client.union
    within = tuple(Union.objects.filter(path__startswith=union.path).values_list("pk", flat=True)) if union.level > 3 else ()
    duties = sorted({USES[use].duty for use in client.uses if use in USES})
    return [Seat(union.pk, union, union.level, duty, client.name, within) for duty in duties]


def uses(user: Any) -> frozenset[str]:
    """The permissions that a system may use; what those of the office may beyond them, it may not."""
    client = _client(user)
    return frozenset(client.uses) if client else frozenset()
