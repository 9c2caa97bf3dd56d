"""The yearly check that a township federation has its full-time chair (or vice-chair) and its staff, with the papers that show it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.unions.enums import Manning, Post
from niangjia.unions.models.tree import Union


class Staffing(models.Model):
    """A township federation was checked to have its full-time chair (or vice-chair) and its staff, with the paper that shows it."""

    union = models.ForeignKey(Union, models.CASCADE, related_name="staffings", verbose_name=_("union"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True)
    chair = models.BooleanField(_("chair in place"))
    staff = models.BooleanField(_("staff in place"))
    evidence = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("check of staffing")
        verbose_name_plural = _("checks of staffing")
        constraints = [models.UniqueConstraint(fields=["union"], condition=Q(until=None), name="one_staffing_at_a_time")]

    def __str__(self) -> str:
        return f"{self.union_id} {self.since}"


class StaffCheck(models.Model):
    """One township federation, one year: what it says of itself, what the county has confirmed. A confirmed one holds until the next."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # PB-2026-000003
    union = models.ForeignKey(Union, models.PROTECT, related_name="staff_checks", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=9, choices=Manning.choices, default=Manning.ASKED)
    due_on = models.DateField()  # by the parameter that was in force when it was asked for
    made_at = models.DateTimeField()
    # What the township says.
    head = models.CharField(max_length=60, blank=True)  # who is in the chair, or the vice-chair who works full-time
    post = models.CharField(max_length=6, choices=Post.choices[:2], blank=True)
    full_time = models.BooleanField(null=True)
    cadres = models.PositiveSmallIntegerField(null=True)  # 工会干部
    workers = models.PositiveSmallIntegerField(null=True)  # 社会化工会工作者
    appointed_no = models.CharField(max_length=60, blank=True)  # 任命文件
    staffed_no = models.CharField(max_length=60, blank=True)  # 编制文件
    remark = models.CharField(max_length=300, blank=True)
    filled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # What follows from it, by the rules of the day on which it was filled in.
    employees = models.PositiveIntegerField(null=True)  # of the units of the township, as they declare them
    needed = models.PositiveSmallIntegerField(null=True)  # social workers of the union
    chair_ok = models.BooleanField(null=True)
    staff_ok = models.BooleanField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("yearly check of staffing")
        verbose_name_plural = _("yearly checks of staffing")
        constraints = [
            models.UniqueConstraint(fields=["union", "year"], name="a_township_is_checked_once_a_year"),
            models.CheckConstraint(
                condition=~Q(state__in=["SENT", "CONFIRMED"])
                | Q(filled_by__isnull=False, full_time__isnull=False, cadres__isnull=False, workers__isnull=False, needed__isnull=False)
                & Q(chair_ok__isnull=False, staff_ok__isnull=False),
                name="what_is_sent_is_filled_in",
            ),
            models.CheckConstraint(
                condition=~Q(state="CONFIRMED") | Q(confirmed_by__isnull=False, confirmed_on__isnull=False), name="what_is_confirmed_says_by_whom"
            ),
            models.CheckConstraint(condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("filled_by")), name="two_people_stand_for_a_check"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["-year", "union"], name="staff_checks_by_year")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("unions:staff_check", args=[self.uuid])

    @property
    def met(self) -> bool:
        """Whether both the chair and the staff are as they should be."""
        return bool(self.chair_ok and self.staff_ok)
