"""What was reckoned for a dispute, as it was reckoned: inputs, the rules that held, the way and the answer. Written once."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.rights.enums import Cause
from niangjia.rights.models.disputes import Claimant, Dispute
from niangjia.rights.reckoned import Kind


class Reckoning(models.Model):
    """Why a sum or a day stands in a dispute: everything that gave it, so that it can be read and found again years later."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dispute = models.ForeignKey(Dispute, models.CASCADE, null=True, related_name="reckonings", verbose_name=_("dispute"))
    claimant = models.ForeignKey(
        Claimant, models.CASCADE, null=True, related_name="reckonings"
    )  # whose it is; she reads it on her own page
    claim = models.CharField(max_length=3, choices=Cause.choices, blank=True, db_default="")  # which of her claims it reckons
    kind = models.CharField(max_length=12, choices=Kind.choices)
    version = models.PositiveSmallIntegerField()  # of the rules of reckoning
    inputs = models.JSONField()  # what was filled in
    answer = models.JSONField()  # the steps and what they come to
    rules = models.JSONField()  # which value each parameter had, and which row gave it
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True)
    most = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # where the law gives a range
    day = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("reckoning")
        verbose_name_plural = _("reckonings")
        indexes = [models.Index(fields=["dispute", "-at"], name="reckonings_of_a_dispute")]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.kind}"
