"""What becomes of offices when their holder is no member any more, and of a chair that stands empty."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Greatest

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.flow.api import wind, works
from niangjia.kit.answer import asking
from niangjia.kit.dates import at as moment
from niangjia.kit.dates import today
from niangjia.notices.api import tell
from niangjia.unions.enums import LIVING, Duty
from niangjia.unions.models import Office, Union, open_on
from niangjia.unions.parameters import VACANT
from niangjia.unions.queries import answerable

SLICE = 500  # unions in one transaction


@transaction.atomic
def fall_vacant(holder: User, *, on: date, by: User | None) -> int:
    """Every office of somebody who has died or was expelled ends on a day, and with it whoever stands in for her. Answers how many.

    The house does so in the transaction that ends her membership, so that nobody acts in an office whose holder is gone.
    """
    held = list(
        Office.objects.select_for_update(of=("self",))
        .select_related("union")
        .filter(Q(until=None) | Q(until__gt=on), user=holder, since__lte=on)
    )
    for office in held:
        last = max(on, office.since + timedelta(days=1))  # an office lasts a day at the least
        Office.objects.filter(pk=office.pk).update(until=last)
        Office.objects.filter(delegated_by=office, until__gt=last).update(until=Greatest("since", Value(last)))
        note([("office ended", "unions.union", office.union_id, f"{office.duty}: {office.name}"[:200])], by=by)
        if office.duty == Duty.CHAIR and office.delegated_by_id is None:
            chair_stands(office.union, last)
    return len(held)


@transaction.atomic
def holder_left(holder: User, union: Union, *, on: date, by: User | None) -> int:
    """Somebody who holds offices in a union has left it, moved or been retained. They do not end by that: the union and the one above are told
    to hand them over, and a chair has the time of a vacant one. Answers how many.
    """
    mine = Office.objects.select_for_update(of=("self",)).filter(Q(until=None) | Q(until__gt=today()), user=holder, union=union)
    held = list(mine.filter(delegated_by=None, left_on=None))
    Office.objects.filter(pk__in=[one.pk for one in held]).update(left_on=on)
    for office in held:
        note([("office to hand over", "unions.union", union.pk, f"{office.duty}: {office.name}"[:200])], by=by)
        above = answerable(union.parent, "organisation") if union.parent is not None else []
        people = {one.pk: one for one in (*above, *answerable(union, "chair")) if one.pk not in (holder.pk, getattr(by, "pk", None))}
        facts = {"union": union.short_name, "name": office.name, "post": office.post, "day": str(on)}
        tell(list(people.values()), "office-to-hand-over", facts=facts, url=union.get_absolute_url())
    if any(one.duty == Duty.CHAIR for one in held):
        chair_stands(union, on)
    return len(held)


def holder_back(holder: User, union: Union) -> None:
    """She is a member of the union again: her offices there are hers."""
    mine = Office.objects.filter(user=holder, union=union, until=None).exclude(left_on=None)
    if mine.update(left_on=None):
        chair_stands(union, today())


def chair_stands(union: Union, day: date) -> None:
    """Begin, or end, the time within which the chair of a union is filled: custom, three months from the day on which it fell vacant."""
    day = max(day, today())
    held = Office.objects.filter(open_on(day), union=union, duty=Duty.CHAIR, delegated_by=None, left_on=None).exists()
    row = Union.objects.get(pk=union.pk)
    wanted = row.living and not held and row.parent_id is not None
    if wanted == (row.chair_by is not None):
        return
    row.chair_by = asking(row, day)(VACANT).after(moment(day), works()).date() if wanted else None
    Union.objects.filter(pk=row.pk).update(chair_by=row.chair_by)
    union.chair_by = row.chair_by
    wind(row)


def find_vacant() -> int:
    """Begin the time of every chair that stands empty without a clock: unions that stood so before there was one, or that were entered without a chair.

    Run again it finds nothing. A chair that is given from a later day on, or that ends on one, is not empty. Answers how many began.
    """
    to_come = Office.objects.filter(
        Q(until=None) | Q(until__gt=today()), union=OuterRef("pk"), duty=Duty.CHAIR, delegated_by=None, left_on=None
    )
    rows = Union.objects.filter(state__in=LIVING, parent__isnull=False, chair_by=None).exclude(Exists(to_come))
    begun = last = 0
    while some := list(rows.filter(pk__gt=last).order_by("pk")[:SLICE]):
        with transaction.atomic():
            for union in some:
                chair_stands(union, today())
        begun, last = begun + len(some), some[-1].pk
    return begun


def climb(union: Union) -> None:
    """The chair is vacant past its time: tell the union above the one on whose desk it lies."""
    top = union.parent.parent if union.parent is not None else None
    if top is not None:
        facts = {"union": union.short_name, "day": str(union.chair_by), "above": union.parent.short_name if union.parent else ""}
        tell(answerable(top, "organisation"), "chair-vacant-late", facts=facts, url=union.get_absolute_url())
