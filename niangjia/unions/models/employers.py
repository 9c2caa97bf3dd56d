"""What was written otherwise of an employer: by whom, when, field by field; and two entries that were one employer."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.unions.models.tree import Employer


class EmployerChange(models.Model):
    """One correction of an employer's entry: a line of its story."""

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    what = models.JSONField()  # by column: what was, and what is
    reason = models.CharField(max_length=200, blank=True)  # why; of a sheet the name of its file

    goes_along = True  # it is noted of an employer, and holds nothing up

    class Meta:
        verbose_name = _("correction of an employer")
        verbose_name_plural = _("corrections of employers")
        indexes = [models.Index(fields=["employer", "-at"], name="changes_of_an_employer")]

    def __str__(self) -> str:
        return f"{self.employer_id} {self.at:%Y-%m-%d}"


class EmployerMerger(models.Model):
    """Two entries were one employer: what hung on the one hangs on the other since; each row that moved is noted, so that it can go back."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kept = models.ForeignKey(Employer, models.PROTECT, related_name="mergers")
    gone = models.ForeignKey(Employer, models.PROTECT, related_name="merged")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    moved = models.JSONField(default=dict)  # by table and column: the numbers of the rows
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_why = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("merger of employers")
        verbose_name_plural = _("mergers of employers")
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at=None), name="an_employer_is_merged_once"),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="an_employer_is_not_merged_with_itself"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undone_why="") | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_why="")),
                name="an_undone_merger_says_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"
