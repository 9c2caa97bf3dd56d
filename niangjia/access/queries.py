"""Reading the log of who saw what, accounts, and whom a provider's subject is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Model, Q, QuerySet

from niangjia.access.chain import link
from niangjia.access.models import Binding, Proof, SeenLog, User
from niangjia.access.words import written
from niangjia.kit.dates import at as moment
from niangjia.kit.who import holding

NAMESAKES = 500  # people whose name holds what was searched; a longer name finds fewer


def openings(thing: Model) -> QuerySet[SeenLog]:
    """Who opened a thing, the last first."""
    return SeenLog.objects.filter(kind=thing._meta.label_lower, thing_id=thing.pk).select_related("user").order_by("-at")


@dataclass(frozen=True)
class Ask:
    """What the log is narrowed by."""

    q: str = ""  # a part of a name
    who: str = ""  # an account
    act: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None


def lines(ask: Ask) -> QuerySet[SeenLog]:
    """The lines of the log. People are found first, so that their lines are read by the index of a person."""
    rows = SeenLog.objects.select_related("user")
    if ask.q:
        rows = rows.filter(user__in=list(User.objects.filter(name__contains=ask.q).values_list("pk", flat=True)[:NAMESAKES]))
    if ask.who:
        rows = rows.filter(user__in=list(User.objects.filter(username=ask.who).values_list("pk", flat=True)))
    if ask.act:
        rows = rows.filter(act=ask.act)
    if ask.kind:
        rows = rows.filter(kind__in=written(ask.kind))
    if ask.since:
        rows = rows.filter(at__gte=moment(ask.since))
    if ask.until:
        rows = rows.filter(at__lt=moment(ask.until) + timedelta(days=1))
    return rows


def proof() -> Proof | None:
    """How far the log was walked the last time that it was proved."""
    return Proof.objects.order_by("-pk").first()


def walked(start: Proof | None = None) -> tuple[int, str, int | None]:
    """Walk the log from a proof on, or from its first line: the last line that follows from the one before, its hash, and the first that does not."""
    upto, before = (start.upto, start.digest) if start else (0, "")
    for line in SeenLog.objects.filter(pk__gt=upto).order_by("pk").iterator():
        said = link(before, line.at.isoformat(), line.user_id, line.act, line.kind, line.thing_id, line.why)
        if line.before != before or line.digest != said:
            return upto, before, line.pk
        upto, before = line.pk, line.digest
    return upto, before, None


def broken_at() -> int | None:
    """The first line of the log that does not follow from the one before; None if all do. What was proved before is not walked again."""
    last = proof()
    return last.broken if last and last.broken else walked(last)[2]


def accounts(text: str = "", *, idle: bool = False) -> QuerySet[User]:
    """Accounts of staff by name or account, or those only that hold no office; members' come with their membership."""
    rows = User.objects.filter(kind=User.Kind.STAFF)
    if idle:
        rows = rows.exclude(holding())
    if text.strip():
        rows = rows.filter(Q(username__startswith=text.strip().lower()) | Q(name__contains=text.strip()))
    return rows


def bound(issuer: str, subject: str) -> Binding | None:
    """Whose account a subject of an issuer is."""
    return Binding.objects.select_related("user").filter(issuer=issuer, subject=subject, ended_at=None, user__kind=User.Kind.STAFF).first()


def binding_of(user: User, issuer: str) -> Binding | None:
    """Which subject of an issuer an account is."""
    return Binding.objects.filter(user=user, issuer=issuer, ended_at=None).first()
