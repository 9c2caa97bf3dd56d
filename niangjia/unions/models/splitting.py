"""A union is split: what it decided, into which unions, and which units and officers go with each."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.unions.enums import Kind
from niangjia.unions.enums_life import Organ, Splitting
from niangjia.unions.models.tree import Employer, Office, Union

OVER = ("SETTLED", "REFUSED", "WITHDRAWN")  # nothing leads on from these
DONE = ("APPROVED", "SETTLED")  # it has been done


class Split(models.Model):
    """One union becomes several: it goes on with a part of it, or ends. Who goes where among its members stands one floor above."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # FL-2026-000003
    union = models.ForeignKey(Union, models.PROTECT, related_name="splits", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    above = models.ForeignKey(Union, models.PROTECT, related_name="+")  # that decides; it follows the union when that moves
    state = models.CharField(_("state"), max_length=10, choices=Splitting.choices, default=Splitting.DRAFT)
    ends = models.BooleanField(_("the union ends"), default=False)  # else it goes on with what goes to no other
    why = models.CharField(max_length=500)
    # What the union decided; empty until its meeting was held.
    organ = models.CharField(_("decided by"), max_length=9, choices=Organ.choices, blank=True)
    decided_on = models.DateField(null=True)
    decision_no = models.CharField(max_length=100, blank=True)  # of the minutes
    entitled = models.PositiveIntegerField(null=True)
    present = models.PositiveIntegerField(null=True)
    ayes = models.PositiveIntegerField(null=True)
    assets = models.CharField(max_length=500, blank=True)  # how funds, property and debts are to be shared out
    # What the union above decided, and what came of it.
    approval_no = models.CharField(max_length=60, blank=True)
    approved_on = models.DateField(null=True)  # from this day on the new unions stand
    settle_by = models.DateField(null=True)
    settled_on = models.DateField(null=True)
    settlement = models.CharField(max_length=500, blank=True)
    account_closed_on = models.DateField(null=True)  # of a union that ends
    cancelled_on = models.DateField(null=True)  # its legal person
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("split of a union")
        verbose_name_plural = _("splits of unions")
        constraints = [
            models.UniqueConstraint(fields=["union"], condition=Q(state__in=["DRAFT", "SENT"]), name="a_union_is_split_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "WITHDRAWN"]) | Q(decided_on__isnull=False) & ~Q(organ="") & ~Q(assets=""),
                name="what_is_sent_up_was_decided",
            ),
            models.CheckConstraint(condition=Q(present=None) | Q(present__lte=F("entitled")), name="nobody_decides_who_is_not_entitled"),
            models.CheckConstraint(condition=Q(ayes=None) | Q(ayes__lte=F("present")), name="no_more_agree_than_came"),
            models.CheckConstraint(
                condition=~Q(state__in=["APPROVED", "SETTLED"]) | Q(approved_on__isnull=False) & ~Q(approval_no=""),
                name="a_split_is_approved_by_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="SETTLED") | Q(settled_on__isnull=False) & ~Q(settlement=""), name="what_is_settled_says_how"
            ),
        ]
        indexes = [models.Index(fields=["-made_at", "-id"], name="splits_by_day")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("unions:split", args=[self.uuid])

    @property
    def done(self) -> bool:
        """Whether the new unions stand."""
        return self.state in DONE


class SplitPart(models.Model):
    """A union that a split makes."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    split = models.ForeignKey(Split, models.CASCADE, related_name="parts")
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(_("type"), max_length=2, choices=Kind.choices)
    union = models.ForeignKey(Union, models.PROTECT, null=True, related_name="split_parts")  # once it stands

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["split", "name"], name="a_part_has_a_name_of_its_own"),
            models.UniqueConstraint(fields=["union"], condition=Q(union__isnull=False), name="a_union_comes_of_one_split"),
        ]

    def __str__(self) -> str:
        return self.short_name


class SplitUnit(models.Model):
    """A unit that goes to a part: one that the union covered, or one that is new by the split."""

    split = models.ForeignKey(Split, models.CASCADE, related_name="units")
    part = models.ForeignKey(SplitPart, models.CASCADE, related_name="units")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["split", "employer"], name="a_unit_goes_one_way")]

    def __str__(self) -> str:
        return f"{self.part_id} {self.employer_id}"


class SplitOffice(models.Model):
    """An office that goes along to a part, with whoever holds it."""

    split = models.ForeignKey(Split, models.CASCADE, related_name="offices")
    part = models.ForeignKey(SplitPart, models.CASCADE, related_name="offices")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["split", "office"], name="an_office_goes_one_way")]

    def __str__(self) -> str:
        return f"{self.part_id} {self.office_id}"
