"""An annual return: one union that leads, one statistical year, one posting of the books; its remarks and its signatures."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.returns.enums import Role, State
from niangjia.unions.models import Union


class AnnualReturn(models.Model):
    """The return of a union for a year. Its values are the books' answers at its posting: kept, so that a page does not ask again, never typed."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # NB-2026-000003
    union = models.ForeignKey(Union, models.PROTECT, related_name="annual_returns", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))  # in which the statistical year ends
    opens = models.DateField()  # its first day
    as_of = models.DateField(_("as of"))  # its last, by the parameter that was in force
    posting = models.BigIntegerField()  # the state of knowledge in which it was counted
    values = models.JSONField(default=dict)  # by line
    before = models.JSONField(default=dict)  # last year's, by line
    compared = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")  # the return they stand in; else the books said them
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRAFT)
    round = models.PositiveIntegerField(default=1)  # a withdrawal begins another, with signatures of its own
    freezes = ArrayField(models.BigIntegerField(), default=list)  # of the round that was signed, in the order of the lines
    signed = models.BigIntegerField(null=True)  # the books' own record of the signed document
    root = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("annual return")
        verbose_name_plural = _("annual returns")
        constraints = [
            models.UniqueConstraint(fields=["union", "year"], name="one_return_a_year"),
            models.CheckConstraint(condition=~Q(state__in=["SIGNED", "SENT"]) | Q(signed__isnull=False), name="a_signed_return_is_frozen"),
        ]
        indexes = [models.Index(fields=["-year", "union"], name="returns_by_year")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("returns:return", args=[self.uuid])

    @property
    def rank(self) -> str:
        """The level of its union, by which its day differs: 1 city, 2 county, 3 township."""
        return str(self.union.level)

    @property
    def duty(self) -> str:
        """On whose desk it lies: with the head of the union while it waits for her name, else with the organisation office."""
        return "leader" if self.state == State.CHECKED else "organisation"


class Remark(models.Model):
    """Why a number of a return is what it is."""

    annual = models.ForeignKey(AnnualReturn, models.CASCADE, related_name="remarks")
    line = models.CharField(max_length=4)
    text = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["annual", "line"], name="one_remark_a_line")]

    def __str__(self) -> str:
        return self.line


class Signature(models.Model):
    """Somebody answers for the numbers of a return. Written once."""

    annual = models.ForeignKey(AnnualReturn, models.CASCADE, related_name="signatures")
    round = models.PositiveIntegerField()
    role = models.CharField(max_length=6, choices=Role.choices)
    posting = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["annual", "round", "role"], name="a_return_has_one_of_a_role"),
            models.UniqueConstraint(fields=["annual", "round", "by"], name="a_return_is_signed_by_two"),
        ]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.annual_id} {self.role}"
