"""What is settled when a union has ended."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.unions.models.tree import Union


class Settlement(models.Model):
    """A union was abolished: where its members went, and what became of its assets, its account and its legal person (Trade Union Law 2021, art. 13)."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    union = models.OneToOneField(Union, models.PROTECT, related_name="settlement", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    heir = models.ForeignKey(Union, models.PROTECT, related_name="+")  # to which its members went
    retained = models.BooleanField(default=False)  # whether they go on with their membership retained: without dues and vote
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True)  # on which it was settled
    assets = models.CharField(max_length=500, blank=True)  # what there was, and to whom it went
    account_closed_on = models.DateField(null=True)
    cancelled_on = models.DateField(null=True)  # of its legal person
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("settlement of a union")
        verbose_name_plural = _("settlements of unions")
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="a_settlement_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(union=F("heir")), name="no_union_is_its_own_heir"),
        ]

    def __str__(self) -> str:
        return f"{self.union_id} {self.since}"
