"""What is written about people who sign in: the chained log of who saw what."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from niangjia.access.chain import link
from niangjia.access.models import Once, Proof, SeenLog, User
from niangjia.access.queries import proof, walked
from niangjia.kit.dates import now
from niangjia.kit.errors import RuleBroken

KEPT = timedelta(days=2)  # how long the key of a form is remembered
CHAIN = 7_330_500_1  # the advisory lock under which lines are chained


@transaction.atomic
def note(lines: Iterable[tuple[str, str, int | None, str]], *, by: User | None) -> None:
    """Write lines (act, kind, id, why) to the log, each chained to the last; one writer at a time, until the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN])
    before = SeenLog.objects.order_by("-pk").values_list("digest", flat=True).first() or ""
    made = []
    for act, kind, thing_id, why in lines:
        at = now()
        digest = link(before, at.isoformat(), by.pk if by else None, act, kind, thing_id, why)
        made.append(SeenLog(at=at, user=by, act=act, kind=kind, thing_id=thing_id, why=why, before=before, digest=digest))
        before = digest
    SeenLog.objects.bulk_create(made)


def signed_in(*, user: User, **_: Any) -> None:
    """Somebody signed in."""
    note([("signed-in", "access.user", user.pk, "")], by=user)


def refused(*, credentials: dict[str, Any], **_: Any) -> None:
    """A sign-in failed; which name was tried is kept only if it is somebody's."""
    tried = User.objects.filter(username=credentials.get("username") or "").first()
    note([("refused", "access.user", tried.pk if tried else None, "")], by=tried)


@transaction.atomic
def make_account(username: str, *, name: str, email: str = "", by: User) -> tuple[User, str]:
    """A new account and the password for its first sign-in, which is shown once and stored nowhere."""
    password = secrets.token_urlsafe(10)
    try:
        with transaction.atomic():
            user = User.objects.create_user(username, password, name=name, email=email)
    except IntegrityError:
        raise RuleBroken(_("Somebody has this account already. Add a digit, or the name of the unit.")) from None
    note([("account made", "access.user", user.pk, "")], by=by)
    return user, password


@transaction.atomic
def new_password(user: User, *, why: str, by: User) -> str:
    """A new password for somebody who lost hers; her sessions and second factor end, so that she sets it up anew."""
    from allauth.mfa.models import Authenticator
    from allauth.usersessions.models import UserSession

    password = secrets.token_urlsafe(10)
    user.set_password(password)
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    note([("password anew", "access.user", user.pk, why)], by=by)
    return password


@transaction.atomic
def set_open(user: User, *, is_open: bool, why: str, by: User) -> None:
    """Close an account, or open it again: who is closed cannot sign in, and holds no seat."""
    from allauth.usersessions.models import UserSession

    User.objects.filter(pk=user.pk).update(is_active=is_open)
    if not is_open:
        for session in UserSession.objects.filter(user=user):
            session.end()
    note([("account opened" if is_open else "account closed", "access.user", user.pk, why)], by=by)


def end_session(user: User, number: int, *, here: str) -> bool:
    """End one of a person's own sessions, by its number in her list, but not the one from `here`. Answers whether there was such a one."""
    from allauth.usersessions.models import UserSession

    session = UserSession.objects.filter(user=user, pk=number).exclude(session_key=here).first()
    if session is not None:
        session.end()
    return session is not None


def forget_keys() -> int:
    """Forget the keys of forms that were sent more than two days ago. Answers how many."""
    return Once.objects.filter(at__lt=now() - KEPT).delete()[0]


def prove(*, whole: bool) -> Proof:
    """Walk the log on from the last proof, or whole from its first line, and write down what was found."""
    begun = now()
    upto, digest, broken = walked(None if whole else proof())
    Proof.objects.filter(at__lt=begun - KEPT * 15).delete()
    return Proof.objects.create(at=begun, whole=whole, upto=upto, digest=digest, broken=broken)
