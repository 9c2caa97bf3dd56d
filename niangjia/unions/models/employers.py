"""What was written otherwise of an employer: by whom, when, field by field."""

from __future__ import annotations

from django.conf import settings
from django.db import models
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
