"""Reading exports: those of a person and those that wait for her, who is asked, who took the file, and whether somebody was in one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Func, IntegerField, Q, QuerySet

from niangjia.access.api import SeenLog, User
from niangjia.exports.enums import QUERY, May
from niangjia.exports.models import Export, Held
from niangjia.exports.parameters import KEPT, PATIENCE
from niangjia.exports.permissions import ANSWERING
from niangjia.kit import crypt
from niangjia.kit.answer import answer
from niangjia.kit.dates import day_of
from niangjia.kit.exportable import EXPORTABLES, Exportable, Field
from niangjia.kit.holding import held
from niangjia.kit.who import permitted
from niangjia.unions.api import office_holders
from niangjia.unions.models import Union

WRITING = 7_330_500_5  # the lock that says that a workbook is being written


def listed(user: User, view: str = "") -> QuerySet[Export]:
    """The exports that a person may see: all, those on which her own office is asked to decide, or her own."""
    may = May.APPROVE if view == "waiting" else May.OWN if view == "mine" else May.VIEW
    rows = permitted(user, may, Export.objects.select_related("by", "union"))
    if view != "waiting":
        return rows
    mine = Q(pk__in=())
    for seat in user.seats:
        mine |= Q(asked_of=seat.union_id) if seat.duty == "chair" else Q(asked_of=seat.union_id, asked_duty=seat.duty)
    return rows.filter(mine, state="ASKED")


def waiting(user: User, most: int = 100) -> int:
    """How many exports wait for a person's answer; at most a hundred are counted."""
    return len(listed(user, "waiting").order_by()[:most].values_list("pk", flat=True))


def whole(pk: int) -> Export:
    """An export with all that its page names."""
    return Export.objects.select_related("by", "union", "asked_of", "decided_by").get(pk=pk)


def asking_seats(user: User, what: Exportable) -> list[Any]:
    """The offices in whose name a person may ask for a list: those that keep it, and chairs."""
    return [seat for seat in user.seats if seat.duty in (what.duty, "chair")]


def seat_at(user: User, what: Exportable, union: Union) -> Any:
    """Her office at a union that keeps a list; None if she holds none there."""
    return next((seat for seat in asking_seats(user, what) if seat.union_id == union.pk), None)


def second_for(union: Union, duty: str, by: User) -> tuple[Union, str, list[User]] | None:
    """Who answers: the nearest union, here or above, with somebody else in the office, and the office on whose desk it comes to lie.

    An office that the asker shares is passed over as long as there is another: her own desk should not show what she may not do.
    """
    up = [int(pk) for pk in union.path.strip("/").split("/") if pk]
    line = sorted(Union.objects.filter(pk__in=up), key=lambda one: -up.index(one.pk))
    shared: tuple[Union, str, list[User]] | None = None
    for one in line:
        for held_duty in (duty, *ANSWERING):
            people = [user for user in office_holders(one, held_duty) if user.pk != by.pk and user.is_active]
            if not people:
                continue
            if not any(seat.union_id == one.pk and seat.duty in (held_duty, "chair") for seat in by.seats):
                return one, held_duty, people
            shared = shared or (one, held_duty, people)
    return shared


def answering(export: Export) -> list[User]:
    """Who is asked now: the holders of the office on whose desk it lies, without the asker."""
    return [user for user in office_holders(export.asked_of, export.asked_duty) if user.pk != export.by_id]


def query_of(export: Export) -> dict[str, str]:
    """What the list was narrowed by."""
    said: dict[str, str] = json.loads(crypt.unseal(export.query_sealed, QUERY))
    return said


def fields_of(export: Export) -> list[Field]:
    """The columns that were chosen; one that is no longer declared is left out."""
    what = EXPORTABLES.get(export.what)
    known = {one.code: one for one in what.fields} if what else {}
    return [known[code] for code in export.columns if code in known]


def takings(export: Export) -> list[SeenLog]:
    """When the file was taken, the last first."""
    return list(
        SeenLog.objects.filter(kind="exports.export", thing_id=export.pk, act="downloaded").select_related("user").order_by("-pk")[:20]
    )


def worked_on(export: Export) -> bool:
    """Whether its workbook is being written just now."""
    return held(WRITING, export.pk)


def place(export: Export) -> Any:
    """Where the file lies, sealed: outside of what is backed up, because it must be gone when it is gone."""
    return settings.EXPORTS / str(export.uuid)


def that_held(rows: Iterable[tuple[str, int, int]]) -> QuerySet[Export]:
    """The exports that held one of some rows (its model's label, the union where it stood, its number), the last first."""
    said = Q(pk__in=())
    for thing, union, pk in rows:
        said |= Q(thing=thing, union_id=union, things__contains=[pk])
    return Export.objects.filter(pk__in=Held.objects.filter(said).values("export_id")).select_related("by", "union").order_by("-pk")


def where_held(export: Export, limit: int = 8) -> list[tuple[Union, int]]:
    """Of which unions it held the most rows, and how many."""
    counted = Held.objects.filter(export=export).annotate(n=Func("things", function="cardinality", output_field=IntegerField()))
    first = list(counted.order_by("-n", "union_id").values_list("union_id", "n")[:limit])
    unions = Union.objects.in_bulk([union for union, _n in first])
    return [(unions[union], n) for union, n in first if union in unions]


def kept(at: datetime) -> timedelta:
    """How long a workbook lies ready that is written at a moment."""
    span: timedelta = answer(KEPT, day_of(at), ()).value.length()
    return span


def patience(at: datetime) -> timedelta:
    """How long somebody may leave an export unanswered before it lapses."""
    span: timedelta = answer(PATIENCE, day_of(at), ()).value.length()
    return span
