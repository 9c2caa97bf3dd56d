"""Where somebody in a new form of work works, and the half-yearly rounds in which unions make sure that she still does."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.members.enums import Confirming
from niangjia.members.models.register import Person
from niangjia.unions.models import Division, Union


class NewWork(models.Model):
    """For whom she drives or delivers, and where: no labour contract says it, so the account with the platform does. It goes with the person."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="new_work")
    platform = models.CharField(max_length=60)
    affiliate = models.CharField(max_length=120, blank=True)  # the partner or franchisee by which she is engaged
    place = models.ForeignKey(Division, models.PROTECT, null=True, related_name="+")  # of her main activity

    class Meta:
        verbose_name = _("new form of work")
        verbose_name_plural = _("new forms of work")

    def __str__(self) -> str:
        return f"{self.platform} {self.affiliate}".strip()


class Round(models.Model):
    """A union has members in new forms of work whose half year is over: one round for all of them, closed with the last."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    union = models.ForeignKey(Union, models.PROTECT, related_name="rounds", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=4, choices=Confirming.choices, default=Confirming.OPEN)
    opened_on = models.DateField()
    people = models.IntegerField()  # who was to be confirmed when it opened

    class Meta:
        verbose_name = _("round of confirmations")
        verbose_name_plural = _("rounds of confirmations")
        constraints = [models.UniqueConstraint(fields=["union"], condition=Q(state="OPEN"), name="a_union_has_one_round")]

    def __str__(self) -> str:
        return f"{self.union_id} {self.opened_on:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return f"{reverse('members:confirm')}?under={self.union.code}"
