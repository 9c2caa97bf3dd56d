"""Addresses that are told: entered by one administrator, approved by another, signed with a secret, paused, resumed, taken away."""

from __future__ import annotations

import secrets
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.api import User, note
from niangjia.exchange.actions.systems import held
from niangjia.exchange.enums import HOOK, KEYS_AT_ONCE, READS, TEST
from niangjia.exchange.models import Client, Delivery, Hook, HookSecret
from niangjia.exchange.queries import administrators, fresh
from niangjia.kit import crypt
from niangjia.kit.dates import now
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.outward import NoAnswer, NotAllowed, checked
from niangjia.notices.api import tell

WORD = "njs"  # what every secret begins with, so that one that got about can be found


@transaction.atomic
def make_hook(client: Client, kind: str, url: str, *, by: User) -> Hook:
    """Enter an address of a system. Nothing is posted to it before a second person has approved it.

    RuleBroken if the system may not read what it would be told of, has an address for it already, or the address is none that the house
    posts to.
    """
    one = held(client)
    if one.granted_at is None or READS[kind] not in one.uses:
        raise RuleBroken(_("The system was not granted to read this. Its scope comes first."))
    if one.hooks.filter(kind=kind, closed_at=None).exists():
        raise RuleBroken(_("There is an address for this already. Take it away before you enter another one."))
    check_address(url)
    made = Hook.objects.create(client=one, kind=kind, url=url, made_at=now(), made_by=by)
    note([("address entered", "exchange.hook", made.pk, url[:200])], by=by)
    tell(
        [who for who in administrators("security") if who.pk != by.pk],
        "hook-to-approve",
        facts={"system": one.name},
        url=made.get_absolute_url(),
    )
    return made


def check_address(url: str) -> None:
    """RuleBroken, with a sentence, for an address that the house does not post to. A name that nobody knows yet may be entered."""
    try:
        checked(url)
    except NoAnswer:
        return
    except NotAllowed as fault:
        sentences = {
            "form": _("Write the whole address, such as https://system.example/told, without a password, question mark or number sign."),
            "scheme": _("The address begins with https: what changes is not told in the clear."),
            "inward": _("This name leads into a network of our own, to which nothing is posted. Whoever runs the house can allow a network by name."),
        }  # fmt: skip
        raise RuleBroken(sentences[fault.word]) from None


@transaction.atomic
def approve_hook(hook: Hook, *, by: User) -> None:
    """A second person says that the address belongs to the system: from now on what changes is told, from this moment on."""
    one = _open(hook)
    if by.pk in (one.made_by_id, one.client.made_by_id):
        raise Refused(_("The address is approved by another person than the one who entered it, or the system."))
    if one.approved_at is not None:
        raise Overtaken
    check_address(one.url)
    Hook.objects.filter(pk=one.pk).update(approved_at=now(), approved_by=by, cursor=fresh())
    note([("address approved", "exchange.hook", one.pk, one.url[:200])], by=by)


@transaction.atomic
def make_secret(hook: Hook, *, by: User) -> str:
    """A secret to sign with, shown once. Two hold at a time: posts bear a signature by each, so that the other side changes over in peace."""
    one = _open(hook)
    taken = set(one.secrets.filter(ended_at=None).values_list("slot", flat=True))
    free = [slot for slot in range(1, KEYS_AT_ONCE + 1) if slot not in taken]
    if not free:
        raise RuleBroken(_("Two secrets hold already. End the one that is no longer used."))
    text = f"{WORD}_{secrets.token_hex(32)}"
    HookSecret.objects.create(hook=one, sealed=crypt.seal_one(text, HOOK), slot=free[0], made_at=now(), made_by=by)
    note([("secret made", "exchange.hook", one.pk, "")], by=by)
    return text


@transaction.atomic
def end_secret(secret: HookSecret, *, by: User) -> None:
    """From now on nothing is signed with it, and it is forgotten. Without any nothing is posted."""
    if not HookSecret.objects.filter(pk=secret.pk, ended_at=None).update(ended_at=now(), ended_by=by, sealed=None):
        raise Overtaken
    note([("secret ended", "exchange.hook", secret.hook_id, "")], by=by)


@transaction.atomic
def ask_test(hook: Hook, *, by: User) -> Delivery:
    """Have a test posted with the worker's next round: once, whatever is answered, also while the address is paused."""
    one = _open(hook)
    if one.approved_at is None or not one.secrets.filter(ended_at=None).exists():
        raise RuleBroken(_("First the address is approved and has a secret; then it can be tried."))
    if one.deliveries.filter(what=TEST, last_at=None).exists():
        raise RuleBroken(_("A test waits already; it leaves with the next round."))
    made = Delivery.objects.create(hook=one, event=uuid4(), what=TEST, at=now())
    note([("address tried", "exchange.hook", one.pk, "")], by=by)
    return made


@transaction.atomic
def pause(hook: Hook, *, by: User) -> None:
    """Post nothing for a while; what happens meanwhile is told afterwards."""
    one = _open(hook)
    if one.paused_at is not None:
        raise Overtaken
    Hook.objects.filter(pk=one.pk).update(paused_at=now())
    note([("address paused", "exchange.hook", one.pk, "")], by=by)


@transaction.atomic
def resume(hook: Hook, *, by: User) -> None:
    """Go on where it was left, paused by people or stopped by itself."""
    one = _open(hook)
    if one.paused_at is None and one.stopped_at is None:
        raise Overtaken
    Hook.objects.filter(pk=one.pk).update(paused_at=None, stopped_at=None, tries=0, next_at=None)
    note([("address resumed", "exchange.hook", one.pk, "")], by=by)


@transaction.atomic
def close_hook(hook: Hook, *, why: str, by: User) -> None:
    """Take an address away for good; its secrets are forgotten."""
    one = _open(hook)
    moment = now()
    Hook.objects.filter(pk=one.pk).update(closed_at=moment, closed_by=by)
    HookSecret.objects.filter(hook=one, ended_at=None).update(ended_at=moment, ended_by=by, sealed=None)
    note([("address taken away", "exchange.hook", one.pk, why)], by=by)


def _open(hook: Hook) -> Hook:
    one = (
        Hook.objects.select_for_update(of=("self",))
        .select_related("client")
        .filter(pk=hook.pk, closed_at=None, client__closed_at=None)
        .first()
    )
    if one is None:
        raise Overtaken
    return one
