"""Whose file disputes still need, and how long rights keep what they keep of people."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kit.answer import answer
from niangjia.kit.dates import add_months, today
from niangjia.kit.retention import needs, retention
from niangjia.rights.actions.duty import forget_reaches
from niangjia.rights.actions.forgetting import forget_complainants, forget_rows, forget_told
from niangjia.rights.aidset import AID_KEPT
from niangjia.rights.models import Claimant, Recipient
from niangjia.rights.parameters import COMPLAINANT_KEPT, DISPUTE_KEPT, ROWS_KEPT, TOLD_KEPT


@needs("members.person")
def claimants(pks: list[int]) -> set[int]:
    """Whoever claims in a dispute that runs, or was closed within the years for which its file is kept."""
    first = add_months(today(), -12 * answer(DISPUTE_KEPT, today(), ()).value.count)
    still = Q(dispute__closed_on=None) | Q(dispute__closed_on__gt=first)
    return set(Claimant.objects.filter(still, person__in=pks).values_list("person_id", flat=True))


@needs("members.person")
def recipients(pks: list[int]) -> set[int]:
    """Whoever is aided in a case that runs, or ended within the years for which its file is kept."""
    first = add_months(today(), -12 * answer(AID_KEPT, today(), ()).value.count)
    over = Q(aid__state__in=["REFUSED", "UPHELD"], aid__decided_on__lte=first) | Q(aid__closed_on__lte=first)
    return set(Recipient.objects.filter(person__in=pks).exclude(over).values_list("person_id", flat=True))


retention(
    "rights.reach", after=timedelta(days=1), since=_("the last office ended"), goes=_("the number, and the days of leave"),
    keeps=_("who was on duty on which day"), erase=forget_reaches,
)  # fmt: skip
retention(
    "rights.sheetrow", after=ROWS_KEPT, since=_("the table was read"), goes=_("names, numbers and sums of rows that nobody took"),
    keeps=_("that the table was read, and how many were taken"), erase=forget_rows,
)  # fmt: skip
retention(
    "rights.event", after=TOLD_KEPT, since=_("the event ended"), goes=_("who told of it, how she is reached, and the pictures"),
    keeps=_("the event, its reports and its papers"), erase=forget_told,
)  # fmt: skip
retention(
    "rights.supervision", after=COMPLAINANT_KEPT, since=_("the case ended"), goes=_("who complained, and how she is reached"),
    keeps=_("the case, its letters and its outcome"), erase=forget_complainants,
)  # fmt: skip
