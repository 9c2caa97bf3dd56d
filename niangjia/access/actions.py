"""What is written about people who sign in: the chained log of who saw what."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from niangjia.access.chain import link
from niangjia.access.models import Binding, Once, Proof, SeenLog, User
from niangjia.access.queries import proof, walked
from niangjia.kit.dates import now
from niangjia.kit.errors import Overtaken, RuleBroken

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


def signed_in(*, user: User, request: Any = None, **_: Any) -> None:
    """Somebody signed in; through which door, if it is not that of the password."""
    note([("signed-in", "access.user", user.pk, getattr(request, "door", ""))], by=user)


def refused(*, credentials: dict[str, Any], **_: Any) -> None:
    """A sign-in failed; which name was tried is kept only if it is somebody's."""
    tried = User.objects.filter(username=credentials.get("username") or "").first()
    note([("refused", "access.user", tried.pk if tried else None, "")], by=tried)


def not_proved(word: str, *, user: User | None = None) -> None:
    """Somebody came through the provider and was not let in."""
    note([("refused", "access.user", user.pk if user else None, f"provider {word}")], by=user)


@transaction.atomic
def bind(user: User, issuer: str, subject: str, *, why: str, by: User) -> Binding:
    """From now on a subject of an issuer is this account. RuleBroken if it is another's, or this one is bound, or is none of staff."""
    if user.kind != User.Kind.STAFF or not user.is_active:
        raise RuleBroken(_("Only open accounts of staff are bound."))
    try:
        with transaction.atomic():
            made = Binding.objects.create(user=user, issuer=issuer, subject=subject, made_at=now(), made_by=by)
    except IntegrityError:
        raise RuleBroken(_("One of the two is bound already. Undo that first; one account is one person, here and there.")) from None
    note([("provider bound", "access.user", user.pk, why)], by=by)
    return made


@transaction.atomic
def unbind(one: Binding, *, why: str, by: User) -> None:
    """From now on nobody comes to the account by it; sessions that came through the provider end with it."""
    from allauth.usersessions.models import UserSession

    if not Binding.objects.filter(pk=one.pk, ended_at=None).update(ended_at=now(), ended_by=by):
        raise Overtaken
    if by.pk != one.user_id:
        for session in UserSession.objects.filter(user=one.user_id):
            session.end()
    note([("provider unbound", "access.user", one.user_id, why)], by=by)


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
    """A new password for somebody who lost hers; her sessions, second factor and binding end, so that she sets them up anew."""
    from allauth.mfa.models import Authenticator
    from allauth.usersessions.models import UserSession

    password = secrets.token_urlsafe(10)
    user.set_password(password)
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    Binding.objects.filter(user=user, ended_at=None).update(ended_at=now(), ended_by=by)
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


@transaction.atomic
def close_for_good(users: Iterable[int]) -> None:
    """Take the names off accounts of members whose files are erased, and end their sessions; the lines of the log keep their number."""
    from allauth.usersessions.models import UserSession

    those = User.objects.filter(pk__in=list(users), kind=User.Kind.MEMBER)
    for session in UserSession.objects.filter(user__in=those):
        session.end()
    for user in those:
        user.set_unusable_password()
        user.name, user.email, user.is_active = "", "", False
        user.save(update_fields=["password", "name", "email", "is_active"])
