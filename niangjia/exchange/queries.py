"""Reading systems, their last calls, what has changed since a cursor, and the addresses that are to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from niangjia.access.api import SeenLog, User
from niangjia.exchange.enums import ANEW, KEPT, READS, TEST
from niangjia.exchange.models import Change, Client, Delivery, Hook, HookSecret
from niangjia.kit.dates import now, today
from niangjia.kit.keyset import packed, unpacked
from niangjia.kit.problems import Gone
from niangjia.kit.who import GRANTS
from niangjia.unions.api import office_holders
from niangjia.unions.models import Union

CURSOR = 4  # numbers in a cursor of changes: server, transaction, line, and when it was given out
BIGGEST = 2**63


def clients(text: str = "", *, closed: bool = False) -> QuerySet[Client]:
    """Every system with the moment of its last call; it stands in the log, so that reading writes nothing."""
    last = SeenLog.objects.filter(user=OuterRef("user"), act="called").order_by("-at").values("at")[:1]
    rows = Client.objects.filter(closed_at__isnull=not closed).select_related("union").annotate(called_at=Subquery(last))
    return rows.filter(Q(name__contains=text.strip()) | Q(keeper__contains=text.strip())) if text.strip() else rows


def last_call(one: Client) -> SeenLog | None:
    """The last call of a system."""
    return SeenLog.objects.filter(user=one.user_id, act="called").order_by("-at").first()


@dataclass(frozen=True)
class Told:
    """Some changes in order, where to go on, and whether there is more already."""

    changes: list[Change]
    cursor: str
    more: bool


def horizon() -> tuple[int, int]:
    """Which server this is, and the oldest transaction that still runs (or the next to come): what is older is decided, and no more will come."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT system_identifier FROM pg_control_system()), pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        server, oldest = cursor.fetchone()
    return int(server), int(oldest)


def changes(user: Any, kind: str, may: str, since: str, *, size: int) -> Told:
    """What became of the unions or memberships that the caller sees, since a cursor; without one, only the cursor of now.

    ValueError if the cursor is none of ours; Gone if it is older than what is kept, or the database was restored elsewhere since.
    """
    server, oldest = horizon()
    moment = int(now().timestamp())
    if not since:
        return Told([], packed([server, oldest, 0, moment]), more=False)
    said = unpacked(since, CURSOR)
    if said is None or not all(isinstance(one, int) and 0 <= one < BIGGEST for one in said):
        raise ValueError(since)
    era, xid, number, given = said
    if era != server or given < moment - KEPT.total_seconds():
        raise Gone(_("What has changed since this cursor is no longer known. Read the whole list anew, with a fresh cursor taken first."))
    later = Q(xid__gt=xid) | Q(xid=xid, pk__gt=number)
    rows = seen(user, may, Change.objects.filter(later, kind=kind, xid__gte=xid, xid__lt=oldest)).order_by("xid", "pk")
    found = list(rows[: size + 1])
    if len(found) > size:
        last = found[size - 1]
        return Told(found[:size], packed([server, last.xid, last.pk, moment]), more=True)
    return Told(found, packed([server, max(oldest, xid), number if xid > oldest else 0, moment]), more=False)


def seen(user: Any, may: str, rows: QuerySet[Change]) -> QuerySet[Change]:
    """Those of places where the caller has the permission: asked of where the change happened, for the thing itself may stand elsewhere by now."""
    uses = getattr(user, "uses", None)
    return rows.none() if uses is not None and may not in uses else rows.filter(GRANTS[may].who.ask(user, Change))


AT_ONCE = 100  # changes that are read together for an address


@dataclass(frozen=True)
class Event:
    """One thing to tell an address: its key is the same however often it is told."""

    key: UUID
    what: str
    thing: UUID | None
    at: datetime
    cursor: str  # where the other side goes on that has taken it


def fresh() -> str:
    """The cursor of now."""
    server, oldest = horizon()
    return packed([server, oldest, 0, int(now().timestamp())])


def age(cursor: str) -> int:
    """How many seconds ago a cursor of ours was given out."""
    said = unpacked(cursor, CURSOR)
    return int(now().timestamp()) - int(said[3]) if said else 0


def events(hook: Hook) -> tuple[list[Event], str]:
    """What an address is to be told next, in order, and its cursor when there is nothing. What it missed for too long is one event: begin anew."""
    user = hook.client.user
    user.client = hook.client
    try:
        said = changes(user, hook.kind, READS[hook.kind], hook.cursor, size=AT_ONCE)
    except Gone:
        return [Event(uuid5(hook.uuid, hook.cursor), ANEW, None, now(), fresh())], ""
    server, moment = horizon()[0], int(now().timestamp())
    return [
        Event(uuid5(hook.uuid, f"{one.xid} {one.pk}"), one.what, one.thing, one.at, packed([server, one.xid, one.pk, moment])) for one in said.changes
    ], said.cursor  # fmt: skip


def open_hooks() -> QuerySet[Hook]:
    """Addresses that were approved, have a secret, and belong to a system whose scope holds and lets it read what it is told of."""
    reads = Q()
    for kind, may in READS.items():
        reads |= Q(kind=kind, client__uses__contains=[may])
    rows = Hook.objects.filter(reads, closed_at=None, approved_at__isnull=False, client__closed_at=None, client__until__gte=today())
    signed = Exists(HookSecret.objects.filter(hook=OuterRef("pk"), ended_at=None))
    return (
        rows.filter(signed, client__user__is_active=True)
        .exclude(client__union__state="ABOLISHED")
        .select_related("client__user", "client__union")
    )


def due_hooks() -> list[Hook]:
    """Those whose turn it is, whoever waited longest first."""
    moment = now()
    rows = open_hooks().filter(Q(next_at=None) | Q(next_at__lte=moment), Q(leased_until=None) | Q(leased_until__lt=moment))
    return list(rows.filter(paused_at=None, stopped_at=None).order_by("next_at", "pk"))


def waiting_tests() -> list[Delivery]:
    """Tests that somebody asked for and that have not left yet."""
    return list(Delivery.objects.filter(what=TEST, last_at=None, hook__in=open_hooks()).select_related("hook__client"))


def administrators(*duties: str) -> list[User]:
    """Who holds one of these offices of the house today, each once."""
    people = (user for union in Union.objects.filter(parent=None, level=1) for user in office_holders(union, *duties))
    return list({user.pk: user for user in people}.values())


def hooks_of(one: Client) -> list[Hook]:
    """The addresses of a system, those that are told first."""
    signed = Exists(HookSecret.objects.filter(hook=OuterRef("pk"), ended_at=None))
    rows = one.hooks.annotate(signed=signed).select_related("client", "made_by", "approved_by", "closed_by")
    return sorted(rows, key=lambda hook: (hook.closed_at is not None, hook.kind, -hook.pk))


def deliveries(hook: Hook) -> QuerySet[Delivery]:
    """What was posted to an address, the last first."""
    return Delivery.objects.filter(hook=hook)
