"""Systems are entered, given their scope, let in with keys, and shut out; what they send on is taken."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from niangjia.access.api import User, note
from niangjia.access.models import Once
from niangjia.exchange.enums import KEPT, KEYS_AT_ONCE, USES, May
from niangjia.exchange.keys import WORD, digest
from niangjia.exchange.models import Change, Client, Key
from niangjia.kit import crypt
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.members.api import EDITION, Sent, disclose, send_in
from niangjia.members.models import Application, JoinCode, Membership
from niangjia.unions.models import Union, place_of

SENT_ON = "exchange.sent"  # the purpose of the keyed hash of a system's own key
MARGIN = timedelta(days=1)  # a transaction that began before a cursor was given out may end after


@transaction.atomic
def make_client(name: str, *, keeper: str, by: User) -> Client:
    """Enter another system. It can do nothing before a second person has given it a scope."""
    user = User.objects.create_user(f"system-{secrets.token_hex(6)}", name=name, kind=User.Kind.CLIENT)
    made = Client.objects.create(user=user, name=name, keeper=keeper, made_at=now(), made_by=by)
    note([("client made", "exchange.client", made.pk, "")], by=by)
    return made


@transaction.atomic
def grant_scope(client: Client, union: Union, uses: Collection[str], *, until: date, by: User) -> Client:
    """Say at which union a system stands, what it may use there, and until when; again, to change it. Never by the person who entered it.

    RuleBroken while a long transaction writes the registers: from the grant on every change is noted for it, so none may be under way.
    """
    one = held(client)
    if one.made_by_id == by.pk:
        raise Refused(_("The scope is granted by another person than the one who entered the system."))
    if not uses or set(uses) - set(USES) or until < today():
        raise RuleBroken(_("Choose at least one permission, and a last day that is not over."))
    _nobody_writes()
    for name, value in (place_of(union) | {"uses": sorted(uses), "until": until, "granted_at": now(), "granted_by": by}).items():
        setattr(one, name, value)
    one.save()
    note([("scope granted", "exchange.client", one.pk, f"{union.code} {until} {' '.join(one.uses)}"[:200])], by=by)
    return one


def _nobody_writes() -> None:
    """Wait until nobody writes the registers, and let nobody begin before the commit: whoever writes later sees that changes are to be noted."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '3s'")
            cursor.execute("LOCK TABLE unions_union, members_membership IN SHARE MODE")
    except OperationalError:
        raise RuleBroken(_("A roster is being taken over just now. Grant the scope when it is in; what you chose is not kept.")) from None


@transaction.atomic
def make_key(client: Client, *, by: User) -> str:
    """A key, shown once and kept as a hash. Two open at a time, so that one can follow the other without a gap."""
    one = held(client)
    if one.granted_at is None:
        raise RuleBroken(_("The security administrator grants the scope first; then there is something that a key opens."))
    taken = set(Key.objects.filter(client=one, revoked_at=None).values_list("slot", flat=True))
    free = [slot for slot in range(1, KEYS_AT_ONCE + 1) if slot not in taken]
    if not free:
        raise RuleBroken(_("Two keys are open already. Revoke the one that is no longer used."))
    head, secret = secrets.token_hex(4), secrets.token_hex(32)
    key = Key.objects.create(client=one, head=head, digest=digest(secret), slot=free[0], made_at=now(), made_by=by)
    note([("key made", "exchange.client", one.pk, head)], by=by)
    return f"{WORD}_{key.head}_{secret}"


@transaction.atomic
def revoke(key: Key, *, by: User) -> None:
    """From now on the key opens nothing."""
    if not Key.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now(), revoked_by=by):
        raise Overtaken
    note([("key revoked", "exchange.client", key.client_id, key.head)], by=by)


@transaction.atomic
def close(client: Client, *, why: str, by: User) -> None:
    """Shut a system out for good: its keys open nothing any more; what it did stays under its name."""
    one = held(client)
    moment = now()
    Client.objects.filter(pk=one.pk).update(closed_at=moment, closed_by=by)
    Key.objects.filter(client=one, revoked_at=None).update(revoked_at=moment, revoked_by=by)
    User.objects.filter(pk=one.user_id).update(is_active=False)
    note([("client closed", "exchange.client", one.pk, why)], by=by)


def held(client: Client) -> Client:
    one = Client.objects.select_for_update().filter(pk=client.pk, closed_at=None).first()
    if one is None:
        raise Overtaken
    return one


def forget_changes() -> int:
    """Forget changes that nobody can ask for any more. Answers how many."""
    return Change.objects.filter(at__lt=now() - KEPT - MARGIN).delete()[0]


@transaction.atomic
def show_numbers(one: Membership, *, why: str, by: User) -> dict[str, str]:
    """Show a system one member's numbers; who looked, and why, is written down first, where the member finds it. RuleBroken without a reason."""
    if not allows(by, May.NUMBERS, one):
        raise Refused(_("This system was not granted the permission that the call needs: %(may)s.") % {"may": May.NUMBERS.value})
    number = disclose(one.person, "id", why=why, by=by)
    return {"number": number, "phone": disclose(one.person, "phone", why=why, by=by) if one.person.phone_sealed is not None else ""}


@dataclass(frozen=True)
class SentOn:
    """What a system sends on of somebody who asks to join, and the edition of the notice that she agreed to there."""

    facts: Sent
    notice: str
    digest: str  # of all that was sent, to tell a repetition from another request


@transaction.atomic
def hand_in(union: Union, key: str, sent: SentOn, *, by: User) -> Application:
    """Take an application that somebody filled in elsewhere, once for each key of the system: sent again, the answer is the same.

    Refused where the system may not; RuleBroken if the key was used for something else, the union hangs out no code, the notice that was
    agreed to is not the one in force, or what was sent cannot be right (`send_in`).
    """
    if not allows(by, May.HAND_IN, union):
        raise Refused(_("This system may not send applications to that union."))
    word = UUID(
        bytes=crypt.blind_one(f"{by.pk} {key}", SENT_ON), version=4
    )  # leads to the page under which she follows it: not to be guessed
    used = RuleBroken(_("This Idempotency-Key was used for another request. Take a new one for each application."))
    if not Once.claim(word, user=by.pk, digest=sent.digest, at=now()):
        if Once.objects.get(key=word).digest != sent.digest:
            raise used
        return Application.objects.get(word=word)
    if Application.objects.filter(word=word).exists():  # so long ago that the key itself is forgotten
        raise used
    if sent.notice != EDITION:
        raise RuleBroken(_("She agreed to another edition of the notice than the one in force (%(edition)s). Show her that one, and send it again.") % {"edition": EDITION})  # fmt: skip
    code = JoinCode.objects.filter(union=union, closed_at=None).select_related("union").first()
    if code is None:
        raise RuleBroken(_("This union takes no applications by code just now. Ask it to hang out its code."))
    made = send_in(code, word, sent.facts)
    note([("sent on", "members.application", made.pk, key[:60])], by=by)
    return made
