"""What becomes of offices when their holder is no member any more."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Greatest

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.unions.models import Office


@transaction.atomic
def fall_vacant(holder: User, *, on: date, by: User | None) -> int:
    """Every office of somebody who has died or was expelled ends on a day, and with it whoever stands in for her. Answers how many.

    The house does so in the transaction that ends her membership, so that nobody acts in an office whose holder is gone.
    """
    held = list(Office.objects.select_for_update(of=("self",)).filter(Q(until=None) | Q(until__gt=on), user=holder, since__lte=on))
    for office in held:
        last = max(on, office.since + timedelta(days=1))  # an office lasts a day at the least
        Office.objects.filter(pk=office.pk).update(until=last)
        Office.objects.filter(delegated_by=office, until__gt=last).update(until=Greatest("since", Value(last)))
        note([("office ended", "unions.union", office.union_id, f"{office.duty}: {office.name}"[:200])], by=by)
    return len(held)
