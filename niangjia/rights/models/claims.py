"""What each worker claims, line by line, what of it was agreed and came; and the tables out of which many workers are named."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from niangjia.rights.enums import Cause, LineOutcome, SheetState
from niangjia.rights.models.disputes import Claimant, Dispute, Receipt


class Claim(models.Model):
    """One kind of claim of one worker. A worker without lines claims what stands on her row, for the cause of the dispute."""

    claimant = models.ForeignKey(Claimant, models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=3, choices=Cause.choices)
    months = models.CharField(max_length=60, blank=True)  # for which months: 2015-07, 2015-08
    basis = models.CharField(max_length=120, blank=True)  # by which paper
    claimed = models.DecimalField(max_digits=12, decimal_places=2)
    agreed = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    outcome = models.CharField(max_length=11, choices=LineOutcome.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claimant", "kind"], name="a_claim_of_a_kind_once"),
            models.CheckConstraint(condition=Q(claimed__gte=0), name="a_line_is_not_negative"),
            models.CheckConstraint(
                condition=Q(agreed=None) | (Q(agreed__gte=0) & Q(agreed__lte=F("claimed"))), name="a_line_agrees_to_no_more_than_is_claimed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant_id} {self.kind}"


class Share(models.Model):
    """What one worker got of a payment, on one of her lines."""

    receipt = models.ForeignKey(Receipt, models.CASCADE, related_name="shares")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="shares")
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt", "claim"], name="a_share_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_share_is_money"),
        ]

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.claim_id}"


class Sheet(models.Model):
    """A table of workers that was read for a dispute: tried first, then taken, and undone while nothing hangs on them."""

    openings_are_logged: ClassVar[bool] = True

    uuid = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="sheets")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=7, choices=SheetState.choices, default=SheetState.READ)
    columns = models.JSONField(default=dict)  # the head as it stands in the file, by field
    taken = models.IntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.name}"


class SheetRow(models.Model):
    """A row that waits: its cells sealed, its faults by column. It is gone when it is taken or the table is put aside."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="rows")
    page = models.CharField(max_length=60, blank=True)
    row = models.IntegerField()  # as the table numbers it
    cells_sealed = models.BinaryField()
    faults = models.JSONField(default=list)  # [column, code]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "page", "row"], name="a_row_of_a_table_once")]
        indexes = [models.Index(fields=["sheet", "id"], condition=~Q(faults=[]), name="rows_with_faults")]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.row}"
