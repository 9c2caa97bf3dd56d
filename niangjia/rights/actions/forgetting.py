"""What rights forget of people at night: rows of tables that nobody took, who complained or told of what ended long ago, and its pictures."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from niangjia.kit.answer import answer
from niangjia.kit.dates import add_months, now, today
from niangjia.rights.actions.pictures import erase_pictures
from niangjia.rights.enums import SheetState
from niangjia.rights.models import Event, Sheet, SheetRow, Supervision
from niangjia.rights.parameters import COMPLAINANT_KEPT, ROWS_KEPT, TOLD_KEPT
from niangjia.rights.supervised import SupervisionState

ROUND = 200  # tables or cases in one transaction


def forget_rows() -> int:
    """Erase the rows that have waited too long in tables of workers; a table that is left empty is put aside. Answers how many rows went."""
    last, done = now() - answer(ROWS_KEPT, today(), ()).value.length(), 0
    waiting = Sheet.objects.filter(state=SheetState.READ, at__lt=last).order_by("pk")
    while True:
        with transaction.atomic():
            those = list(waiting.select_for_update(skip_locked=True, of=("self",))[:ROUND])
            done += SheetRow.objects.filter(sheet__in=those).delete()[0]
            for taken, state in ((False, SheetState.DROPPED), (True, SheetState.TAKEN)):
                pks = [one.pk for one in those if bool(one.taken) is taken]
                Sheet.objects.filter(pk__in=pks).update(state=state, ended_at=now())
        if len(those) < ROUND:
            return done


def forget_complainants() -> int:
    """Erase who complained, and how she is reached, some years after the case ended; the case stays. Answers how many."""
    last, done = add_months(today(), -12 * answer(COMPLAINANT_KEPT, today(), ()).value.count), 0
    over = Q(state=SupervisionState.CLOSED, closed_on__lte=last) | Q(state=SupervisionState.OUT, received_on__lte=last)
    while True:
        with transaction.atomic():
            pks = list(
                Supervision.objects.filter(over, complainant_sealed__isnull=False).order_by("pk").values_list("pk", flat=True)[:ROUND]
            )
            done += Supervision.objects.filter(pk__in=pks).update(complainant_sealed=None)
        if len(pks) < ROUND:
            return done


def forget_told() -> int:
    """Erase who told of an event, and its pictures, some years after it ended; the event stays. Answers how many events lost something."""
    last, done = add_months(today(), -12 * answer(TOLD_KEPT, today(), ()).value.count), 0
    over = Q(closed_on__lte=last) | Q(state__in=["FALSE", "REFERRED", "MERGED"], reported_on__lte=last)
    kept = Q(teller_sealed__isnull=False) | Q(pictures__isnull=False)
    while True:
        with transaction.atomic():
            pks = list(Event.objects.filter(over, kept).order_by("pk").values_list("pk", flat=True).distinct()[:ROUND])
            Event.objects.filter(pk__in=pks).update(teller_sealed=None)
            erase_pictures(pks)
            done += len(pks)
        if len(pks) < ROUND:
            return done
